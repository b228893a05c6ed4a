//! Signs webhooks here and with Telnyx's clients, changes them, and asks the other side whether to accept them.

mod case;
mod cases;
mod party;

use self::case::{Case, Verdict};
use self::party::{Party, TelnyxClient, ThisCrate};
use crate::table;
use crate::telnyx_clients::{Language, TelnyxClients};

const HEAD: [&str; 6] = [
    "signed by",
    "verified by",
    "cases",
    "accepted",
    "exceptions",
    "disagreements",
];

/// Gives `true` if nobody disagrees on any case.
pub(crate) fn run(clients: &TelnyxClients) -> Result<bool, String> {
    let mut rows = vec![HEAD.map(str::to_owned)];
    let mut disagreements = 0;
    for language in Language::ALL {
        let mut this_crate = ThisCrate;
        let mut telnyx_client = TelnyxClient::start(clients, language)?;
        let mut compare = |signer: &mut dyn Party, verifier: &mut dyn Party| {
            let cases = cases::all(signer)?;
            let comparison = Comparison::of(&cases, verifier)?;
            disagreements += comparison.disagreements;
            rows.push([
                signer.name().to_owned(),
                verifier.name().to_owned(),
                cases.len().to_string(),
                comparison.accepted.to_string(),
                comparison.exceptions.to_string(),
                comparison.disagreements.to_string(),
            ]);
            Ok::<(), String>(())
        };
        compare(&mut this_crate, &mut telnyx_client)?;
        compare(&mut telnyx_client, &mut this_crate)?;
    }
    table::print(&rows);
    Ok(disagreements == 0)
}

/// How the verdicts of one verifier compare with what they should be.
#[derive(Default)]
struct Comparison {
    accepted: usize,
    /// Cases in which the verifier is known to accept more than the others.
    exceptions: usize,
    disagreements: usize,
}

impl Comparison {
    /// Prints each exception and each disagreement.
    fn of(cases: &[Case], verifier: &mut dyn Party) -> Result<Self, String> {
        let mut comparison = Self::default();
        for case in cases {
            let verdict = verifier.verdict(case)?;
            let exception = case.exception_of(verifier.language());
            let expected = if exception.is_some() {
                Verdict::Accepted
            } else {
                case.expected
            };
            comparison.accepted += usize::from(verdict == Verdict::Accepted);
            let name = verifier.name();
            if verdict != expected {
                comparison.disagreements += 1;
                println!(
                    "DISAGREEMENT: {}: {name}: {verdict:?}, expected {expected:?}",
                    case.name
                );
            } else if let Some(reason) = exception {
                comparison.exceptions += 1;
                println!("exception: {}: {name} accepts it: {reason}", case.name);
            }
        }
        Ok(comparison)
    }
}
