//! `cargo xtask sentences`: draws and checks sentences from the project's documentation and messages.

mod code;
mod crooked;
mod draw;
mod markdown;
mod sources;
mod split;

use std::process::ExitCode;

use crate::print;
use sources::Kind;

/// Draws random sentences for someone to read, or checks all sentences for length and awkward phrases.
///
/// The sentences come from READMEs, guides, examples, the changelog, documentation of public items, pages for maintainers,
/// diagnostics and command help. A draw takes the same number of sentences from each kind of text. If the texts have not changed,
/// a draw with the same seed has the same sentences.
///
/// Exits with 0 if all is well, with 1 if `--check` finds a sentence to rewrite, and with 2 if a file cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Seed of the draw, in hexadecimal digits
    #[arg(long, value_name = "HEX", default_value = "0", value_parser = seed)]
    seed: u64,

    /// Number of sentences to draw
    #[arg(long, value_name = "NUMBER", default_value_t = 60)]
    count: usize,

    /// Draw nothing; list each sentence that is too long or has an awkward phrase
    #[arg(long, conflicts_with_all = ["seed", "count"])]
    check: bool,
}

/// A sentence and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sentence {
    text: String,
    /// `README.md:12`
    place: String,
    kind: Kind,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let sentences = sources::sentences()?;
    if arguments.check {
        return check(&sentences);
    }
    for sentence in draw::from(&sentences, arguments.seed, arguments.count) {
        print::line(format_args!("{}\n    {}\n", sentence.place, sentence.text))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check(sentences: &[Sentence]) -> Result<ExitCode, String> {
    let mut found = 0;
    for sentence in sentences {
        for complaint in crooked::complaints(&sentence.text) {
            found += 1;
            print::line(format_args!(
                "{}: {complaint}\n    {}",
                sentence.place, sentence.text
            ))?;
        }
    }
    print::line(format_args!(
        "{} sentences, {found} to rewrite",
        sentences.len()
    ))?;
    Ok(ExitCode::from(u8::from(found > 0)))
}

fn seed(text: &str) -> Result<u64, String> {
    u64::from_str_radix(text, 16).map_err(|_| "write up to 16 digits from 0 to f".to_owned())
}
