//! Texts of all kinds that look like chance, the same in every run.

use telnyx_messaging_mock::Random;

/// What texts are made of: of characters, and of emoji that take several.
const ALPHABETS: [&[&str]; 8] = [
    &["a", "b", "Z", "7", " ", ",", "@", "$", "_", "\n", "\r\n"],
    &["[", "]", "{", "}", "^", "~", "|", "\\", "€", "\u{c}"],
    &["é", "ñ", "ü", "Ø", "ß", "£", "¿", "à"],
    &["Ç", "¤", "Δ", "Φ", "Γ", "Λ", "Ω", "Π", "Ψ", "Σ", "Θ", "Ξ"],
    &["α", "β", "Α", "ω", "ς", "ά"],
    &["’", "“", "…", "—", "`", "\t", "\u{a0}", "\u{200b}"],
    &[
        "😀",
        "👩\u{200d}👩\u{200d}👧",
        "👍🏽",
        "🇩🇪",
        "🏳\u{fe0f}\u{200d}🌈",
        "❤\u{fe0f}",
    ],
    &["я", "漢", "ا", "e\u{301}", "ê"],
];

/// Longer texts are rare, because the package takes the square of their length.
const LENGTHS: [u64; 4] = [12, 90, 180, 400];

pub(super) fn random(count: usize) -> Vec<String> {
    let mut random = Random::new(0x5eed);
    let mut texts = vec![String::new()];
    while texts.len() < count {
        // One alphabet as often as a mixture.
        let mask = match random.below(2) {
            0 => 1 << random.below(8),
            _ => random.below(255) + 1,
        };
        let pieces: Vec<&str> = (0..ALPHABETS.len())
            .filter(|bit| mask >> bit & 1 == 1)
            .flat_map(|bit| ALPHABETS[bit].iter().copied())
            .collect();
        let most = LENGTHS[random.index(LENGTHS.len())];
        let mut text = String::new();
        for _ in 0..=random.below(most) {
            // Letters in between, so that texts differ by few characters too.
            let piece = match random.below(3) {
                0 => pieces[random.index(pieces.len())],
                _ => ALPHABETS[0][random.index(5)],
            };
            text.push_str(piece);
        }
        texts.push(text);
    }
    texts
}
