//! What a rule of the code is.

/// A rule that a line of the code upholds.
pub(super) struct Rule {
    /// What holds.
    pub(super) says: &'static str,
    /// The code that upholds it. It stands once.
    pub(super) text: &'static str,
    /// What takes its place.
    pub(super) broken: &'static str,
    pub(super) suite: Suite,
    /// The test that then fails.
    pub(super) test: &'static str,
    /// If the test has hundreds of cases, the one that shows it. The test then looks at no other case.
    pub(super) case: Option<&'static str>,
}

/// The tests of a package.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Suite {
    /// Unit tests of the generator.
    Generator,
    /// What the generator writes for documents, and says of them.
    Documents,
    /// The crate as a caller sees it.
    Promises,
    /// Unit tests of the crate, in a program that reads numbers as they are written.
    ArbitraryPrecision,
}

impl Suite {
    /// What `cargo test` is told.
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

/// A decision of the generator, which the snapshot of a fixture shows.
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

/// A verdict of `diff`, which a single change shows.
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
