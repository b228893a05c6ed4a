//! Names that file systems accept.

/// A name that file systems accept. A longer name is cut off, with a checksum of the whole name at its end.
pub(crate) fn cut(name: String) -> String {
    const LONGEST: usize = 200;
    if name.len() <= LONGEST {
        return name;
    }
    let start: String = name.chars().take(LONGEST).collect();
    format!("{}_{:016x}", start.trim_end_matches('_'), sum(&name))
}

/// A checksum of a text, which is the same on every machine (FNV-1a).
fn sum(text: &str) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let add = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(PRIME);
    text.bytes().fold(START, add)
}
