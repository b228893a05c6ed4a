//! Reads an OpenAPI document and writes the Rust code of a client crate.
//!
//! The crate is pure: it turns text into files, without input or output, clock or environment. The same input produces the same
//! bytes everywhere.

mod config;
mod contract;
mod diagnostic;
mod diff;
mod emit;
mod error_codes;
mod features;
mod lower;
mod markdown;
mod model;
mod names;
mod openapi;
mod overlay;
pub mod pointer;
mod reader;
mod source;
mod stack;
mod suggest;
mod tree;
mod unwritten;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use diff::{
    BothWays, Change, Deployed, Report, Side, Unread, Upgrade, Version, diff, diff_each, explain,
    rules, user_program, wire_program,
};
pub use lower::{TypeName, is_date};
pub use model::Feature;
pub use openapi::{HOLD_DATA, HOLD_NAMES, METHODS};
pub use source::{File, HEADER, is_generated};
pub use tree::{Entry, Node, Place, Positions, Source, Value};
pub use unwritten::UNWRITTEN;

/// The inputs of a run.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub document: Source,
    /// Corrections of the document.
    pub overlay: Option<Source>,
    /// Names and facts that OpenAPI cannot express.
    pub config: Option<Source>,
}

/// A document without an overlay or a configuration.
impl From<Source> for Input {
    fn from(document: Source) -> Self {
        Self {
            document,
            overlay: None,
            config: None,
        }
    }
}

/// The numbers of a run's inputs in places.
const DOCUMENT: u16 = 0;
const OVERLAY: u16 = 1;
const CONFIG: u16 = 2;

impl Input {
    /// The inputs in the order of their numbers.
    pub(crate) fn sources(&self) -> [Option<&Source>; 3] {
        [
            Some(&self.document),
            self.overlay.as_ref(),
            self.config.as_ref(),
        ]
    }
}

/// The output of a run.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// The features that turn on some of the files, sorted by name.
    pub features: Vec<Feature>,
    /// Warnings and notes.
    pub diagnostics: Diagnostics,
}

/// Generates the crate's files from the inputs.
///
/// # Errors
///
/// Every mistake in the inputs, each with its place; then there are no files.
pub fn generate(input: &Input) -> Result<Output, Diagnostics> {
    stack::with_room(|| files_of(input))
}

fn files_of(input: &Input) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let Some((document, config)) = read(input, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let model = lower::lower(&document, &config, &mut diagnostics)
        .and_then(|model| features::assign(model, &config, &mut diagnostics));
    let Some(model) = model else {
        return Err(diagnostics);
    };
    let mut files: Vec<File> = emit::files(&model).map(source::format).collect();
    files.push(source::page("operations.md", &emit::map(&model)));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Output {
        files,
        features: model.features,
        diagnostics,
    })
}

/// The components of the document that are types of the crate, each with the name of its type.
///
/// # Errors
///
/// Every mistake in the inputs, each with its place.
pub fn component_types(input: &Input) -> Result<Vec<(String, String)>, Diagnostics> {
    stack::with_room(|| types_of_components(input))
}

fn types_of_components(input: &Input) -> Result<Vec<(String, String)>, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let lowered = read(input, &mut diagnostics).and_then(|(document, config)| {
        lower::lower_with_contract(&document, &config, &mut diagnostics)
    });
    let Some((model, contract)) = lowered else {
        return Err(diagnostics);
    };
    let types = contract.components.into_iter().filter_map(|(name, shape)| {
        let ty = shape.rust?;
        let is_made = model.items.iter().any(|item| item.name == ty);
        is_made.then_some((name, ty))
    });
    Ok(types.collect())
}

/// Generates the catalogue of error codes; the document of `input` is `errors.yaml`.
///
/// # Errors
///
/// Every mistake in it, each with its place; then there is no file.
pub fn generate_error_codes(input: &Input) -> Result<Output, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let codes = tree::parse(&input.document, DOCUMENT, &mut diagnostics)
        .map(|root| error_codes::read(&root, &mut diagnostics));
    match codes {
        Some(codes) if !diagnostics.has_errors() => Ok(Output {
            files: vec![source::format(emit::error_codes(&codes))],
            features: Vec::new(),
            diagnostics,
        }),
        _ => Err(diagnostics),
    }
}

/// What the types of a document are called, through the naming stage alone.
///
/// # Errors
///
/// The mistakes for which no name can be given.
pub fn type_names(document: Node, config: Option<&Source>) -> Result<Vec<TypeName>, Diagnostics> {
    stack::with_room(|| {
        let mut diagnostics = Diagnostics::default();
        read_tree(Some(document.clone()), config, &mut diagnostics)
            .and_then(|(document, config)| lower::type_names(&document, &config, &mut diagnostics))
            .ok_or(diagnostics)
    })
}

/// A document with its overlay applied.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The document. Each node knows its place.
    pub tree: Node,
    /// Warnings.
    pub diagnostics: Diagnostics,
}

/// Applies the overlay to the document: what [`generate`] goes by, for tools that read or compare documents.
///
/// # Errors
///
/// Every mistake in the document and the overlay, each with its place.
pub fn merge(input: &Input) -> Result<Merged, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    match overlaid(input, &mut diagnostics) {
        Some(tree) if !diagnostics.has_errors() => Ok(Merged { tree, diagnostics }),
        _ => Err(diagnostics),
    }
}

/// The JSON Schema of the configuration, for editors.
#[must_use]
pub fn config_schema() -> String {
    config::schema()
}

/// Reads all inputs; `None` if one has a mistake, because building on misread input would only report false errors.
fn read(
    input: &Input,
    diagnostics: &mut Diagnostics,
) -> Option<(openapi::Document, config::Config)> {
    let document = tree::parse(&input.document, DOCUMENT, diagnostics);
    // This check comes before the overlay, which may add descriptions to the same parts.
    if let Some(document) = &document {
        unwritten::check(document, diagnostics);
    }
    let document = with_overlay(document, input, diagnostics);
    read_tree(document, input.config.as_ref(), diagnostics)
}

/// Reads a parsed document and the configuration; `None` if one of them has a mistake.
fn read_tree(
    document: Option<Node>,
    config: Option<&Source>,
    diagnostics: &mut Diagnostics,
) -> Option<(openapi::Document, config::Config)> {
    let config = config.and_then(|source| tree::parse(source, CONFIG, diagnostics));
    let config = config
        .map(|root| config::read(&root, diagnostics))
        .unwrap_or_default();
    let mut document = document?;
    let moved = openapi::settle(&mut document, diagnostics);
    let document = openapi::read(&document, moved, diagnostics)?;
    (!diagnostics.has_errors()).then_some((document, config))
}

/// Parses the document and applies the overlay.
fn overlaid(input: &Input, diagnostics: &mut Diagnostics) -> Option<tree::Node> {
    let document = tree::parse(&input.document, DOCUMENT, diagnostics);
    with_overlay(document, input, diagnostics)
}

/// The document with the overlay applied to it.
fn with_overlay(
    document: Option<tree::Node>,
    input: &Input,
    diagnostics: &mut Diagnostics,
) -> Option<tree::Node> {
    let overlay = input
        .overlay
        .as_ref()
        .and_then(|source| tree::parse(source, OVERLAY, diagnostics));
    let mut document = document?;
    if let Some(overlay) = overlay {
        overlay::apply(&mut document, &overlay, diagnostics);
        overlay::check_reasons(&overlay, diagnostics);
    }
    Some(document)
}
