//! A rule of the code.

/// A rule that depends on one line of code.
pub(super) struct Rule {
    /// What holds.
    pub(super) says: &'static str,
    /// The code of the rule. It occurs once.
    pub(super) text: &'static str,
    /// The code that replaces it.
    pub(super) broken: &'static str,
    pub(super) suite: Suite,
    /// The test that must then fail.
    pub(super) test: &'static str,
    /// If the test has hundreds of cases, the one that must fail. The test then checks no other case.
    pub(super) case: Option<&'static str>,
}

/// The tests of a package.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Suite {
    /// Unit tests of the generator.
    Generator,
    /// The generator's output and diagnostics for documents.
    Documents,
    /// The crate from a caller's view.
    Promises,
    /// Unit tests of the crate, in a program with serde_json's feature `arbitrary_precision`.
    ArbitraryPrecision,
}

impl Suite {
    /// The arguments for `cargo test`.
    pub(super) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Generator => &["--package=telnyx-codegen", "--lib"],
            Self::Documents => &["--package=telnyx-messaging-tests", "--test=generator"],
            Self::Promises => &["--package=telnyx-messaging-tests", "--test=tests"],
            Self::ArbitraryPrecision => &[
                "--package=telnyx-messaging",
                "--lib",
                "--features=serde_json/arbitrary_precision",
            ],
        }
    }
}

/// A decision of the generator that a fixture's snapshot shows.
pub(super) const fn fixture(
    says: &'static str,
    text: &'static str,
    broken: &'static str,
    name: &'static str,
) -> Rule {
    const TEST: &str = "emit::each_decision_gives_the_rust_of_its_snapshot";
    Rule {
        suite: Suite::Documents,
        case: Some(name),
        ..runtime(says, text, broken, TEST)
    }
}

pub(super) const fn generator(
    says: &'static str,
    text: &'static str,
    broken: &'static str,
    test: &'static str,
) -> Rule {
    Rule {
        suite: Suite::Generator,
        ..runtime(says, text, broken, test)
    }
}

pub(super) const fn runtime(
    says: &'static str,
    text: &'static str,
    broken: &'static str,
    test: &'static str,
) -> Rule {
    Rule {
        says,
        text,
        broken,
        suite: Suite::Promises,
        test,
        case: None,
    }
}

/// A verdict of `diff` on a single change.
pub(super) const fn verdict(
    says: &'static str,
    text: &'static str,
    broken: &'static str,
    change: &'static str,
) -> Rule {
    const TEST: &str = "diff::every_change_gets_its_verdict";
    Rule {
        suite: Suite::Documents,
        case: Some(change),
        ..runtime(says, text, broken, TEST)
    }
}
