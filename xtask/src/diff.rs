//! `cargo xtask diff`: what a change of the spec means.

pub(crate) mod accepted;
pub(crate) mod base;
mod side;

use std::process::ExitCode;

use telnyx_codegen::{Deployed, Report, Upgrade};

use crate::input::show;
use crate::print;

pub(crate) use side::Spec;

/// Reports what a change to the spec means for users who upgrade, for published versions, and for code that still compiles.
///
/// Each side is a git revision, a folder, or an OpenAPI document. A folder has `openapi.yaml`, and can have `overlay.yaml` and
/// `sdk.yaml`. If a side is a single document, the command uses no overlay and no `sdk.yaml` for this side.
///
/// Exits with 0 if all is well, with 1 if there is a change that `--deny` names, and with 2 if a side cannot be read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The side before the change [default: the commit where this branch left the main branch]
    old: Option<String>,

    /// The side after the change [default: the folder spec/]
    new: Option<String>,

    /// Format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Exit with 1 if there is a change of this kind; you can give this option several times
    #[arg(long, value_enum)]
    deny: Vec<Denied>,

    /// Print lines for the changelog instead of the report
    #[arg(long)]
    changelog: bool,

    /// Explain a rule with an example; `--explain all` lists the rules
    #[arg(long, value_name = "RULE", exclusive = true)]
    explain: Option<String>,
}

/// Format of the report.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

/// Kinds of changes for which `--deny` makes the command fail.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Denied {
    /// Users' code stops compiling
    Major,
    /// The crate has something new, or users' code stops compiling
    Minor,
    /// The API rejects requests from published versions, or published versions lose a part of a response
    Deployed,
    /// Users' code still compiles, but its behaviour changes
    Meaning,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    if let Some(rule) = &arguments.explain {
        return explain(rule);
    }
    let old = match &arguments.old {
        Some(old) => old.clone(),
        None => base::branch_point()?,
    };
    let old = Spec::read(&old)?;
    let new = match &arguments.new {
        Some(new) => Spec::read(new)?,
        None => Spec::working_tree()?,
    };
    let Some(report) = compare(&old, &new) else {
        return Ok(ExitCode::from(2));
    };
    let version = old.version()?;
    let text = match (arguments.changelog, arguments.format) {
        (true, _) => report.changelog(version),
        (false, Format::Text) => report.text(version),
        (false, Format::Json) => report.json(version),
        (false, Format::Markdown) => report.markdown(version),
    };
    print::line(text.trim_end())?;
    let is_denied = arguments.deny.iter().any(|denied| denied.is_in(&report));
    Ok(ExitCode::from(u8::from(is_denied)))
}

/// Compares two specs; `None` if one has a mistake, which is then shown.
pub(crate) fn compare(old: &Spec, new: &Spec) -> Option<Report> {
    match telnyx_codegen::diff(&old.input, &new.input) {
        Ok(report) => Some(report),
        Err(unread) => {
            let input = match unread.side {
                telnyx_codegen::Side::Old => &old.input,
                telnyx_codegen::Side::New => &new.input,
            };
            show(&unread.diagnostics, input);
            None
        }
    }
}

fn explain(rule: &str) -> Result<ExitCode, String> {
    if rule == "all" {
        for id in telnyx_codegen::rules() {
            print::line(id)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let Some(text) = telnyx_codegen::explain(rule) else {
        return Err(format!(
            "there is no rule `{rule}`: `--explain all` lists the rules"
        ));
    };
    print::line(text)?;
    Ok(ExitCode::SUCCESS)
}

impl Denied {
    fn is_in(self, report: &Report) -> bool {
        match self {
            Self::Major => report.upgrade == Upgrade::Major,
            Self::Minor => report.upgrade >= Upgrade::Minor,
            Self::Deployed => report.deployed > Deployed::Fine,
            Self::Meaning => !report.meaning.is_empty(),
        }
    }
}
