//! Diagnostics as text: sentence, place, the line with the mistake, and what to write instead.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Diagnostic, Diagnostics, Severity, Spot};
use crate::Input;
use crate::tree::{Source, spans};

/// How many bytes after a mistake may be shown; a line of a terminal holds less. Only the renderer's time depends on it.
const MAX_SHOWN_AFTER: usize = 1000;

impl Diagnostics {
    /// All of them in the order of the inputs, each once, and a last line that counts them; empty if there are none.
    ///
    /// `input` is what the run read. `colour` adds escape codes for a terminal.
    #[must_use]
    pub fn render(&self, input: &Input, colour: bool) -> String {
        self.render_sources(&input.sources(), colour)
    }

    /// The same for the sources that the places count.
    pub(crate) fn render_sources(&self, sources: &[Option<&Source>], colour: bool) -> String {
        if self.found.is_empty() {
            return String::new();
        }
        let mut files: Vec<File> = sources.iter().copied().map(File::new).collect();
        let has_errors = self.has_errors();
        // What was chosen where something is wrong may be chosen otherwise once that is mended.
        let is_shown = |found: &&Diagnostic| !has_errors || found.severity != Severity::Note;
        let mut located: Vec<Located> = self
            .found
            .iter()
            .filter(is_shown)
            .filter_map(|diagnostic| Located::new(diagnostic, &mut files))
            .collect();
        located.sort_by(|one, other| one.key().cmp(&other.key()));
        located.dedup_by(|one, other| one.key() == other.key());

        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut text = String::new();
        for diagnostic in &located {
            text += &renderer.render(&[diagnostic.group(&files)]);
            text += "\n\n";
        }
        text + &summary(&located)
    }
}

/// An input with the spans of its nodes, which are looked up when the first diagnostic needs them.
struct File<'a> {
    source: Option<&'a Source>,
    text: Cow<'a, str>,
    spans: Option<Vec<Range<usize>>>,
}

impl<'a> File<'a> {
    fn new(source: Option<&'a Source>) -> Self {
        Self {
            source,
            text: source.map(Source::lossy_text).unwrap_or_default(),
            spans: None,
        }
    }

    fn span(&mut self, node: u32) -> Range<usize> {
        let spans = self
            .spans
            .get_or_insert_with(|| self.source.map(spans).unwrap_or_default());
        spans.get(node as usize).cloned().unwrap_or_default()
    }

    /// The part of `span` on its first line.
    fn on_one_line(&self, span: Range<usize>) -> Range<usize> {
        let shown = self.text.get(span.clone()).unwrap_or_default();
        let first = shown.split(['\n', '\r']).next().unwrap_or_default();
        span.start..span.start + first.len()
    }

    /// The lines that hold the bytes `span`, a long last one cut short, and the number of the first.
    fn lines(&self, span: Range<usize>) -> (Range<usize>, usize) {
        let bytes = self.text.as_bytes();
        let is_break = |byte: &u8| *byte == b'\n';
        let start = bytes[..span.start]
            .iter()
            .rposition(is_break)
            .map_or(0, |position| position + 1);
        let end = (span.end..bytes.len())
            .take(MAX_SHOWN_AFTER)
            .find(|offset| is_break(&bytes[*offset]))
            .unwrap_or(bytes.len().min(span.end + MAX_SHOWN_AFTER));
        let end = (end..bytes.len())
            .find(|offset| self.text.is_char_boundary(*offset))
            .unwrap_or(bytes.len());
        let breaks_before = bytes[..start].iter().filter(|byte| is_break(byte)).count();
        (start..end, breaks_before + 1)
    }
}

/// A stretch of one line of an input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    file: usize,
    start: usize,
    end: usize,
}

impl Stretch {
    fn new(spot: Spot, files: &mut [File]) -> Option<Self> {
        let (index, span) = match spot {
            Spot::Node(place) => {
                let index = usize::from(place.file);
                (index, files.get_mut(index)?.span(place.node))
            }
            Spot::Byte { file, offset } => (usize::from(file), offset..offset),
        };
        let Range { start, end } = files.get(index)?.on_one_line(span);
        Some(Self {
            file: index,
            start,
            end,
        })
    }
}

/// A diagnostic whose places were looked up.
struct Located<'a> {
    diagnostic: &'a Diagnostic,
    primary: Stretch,
    related: Vec<(Stretch, &'a str)>,
}

impl<'a> Located<'a> {
    fn new(diagnostic: &'a Diagnostic, files: &mut [File]) -> Option<Self> {
        let related = diagnostic.related.iter().filter_map(|(place, remark)| {
            Some((Stretch::new(Spot::Node(*place), files)?, remark.as_str()))
        });
        Some(Self {
            diagnostic,
            related: related.collect(),
            primary: Stretch::new(diagnostic.spot, files)?,
        })
    }

    /// What orders diagnostics, and what two have to share to be the same.
    fn key(&self) -> (&Stretch, Severity, &str, Option<&str>) {
        let Diagnostic {
            severity,
            message,
            help,
            ..
        } = self.diagnostic;
        (&self.primary, *severity, message, help.as_deref())
    }

    fn group<'s>(&'s self, files: &'s [File]) -> Group<'s> {
        let level = match self.diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let group = level
            .primary_title(&self.diagnostic.message)
            .elements(self.snippets(files));
        match &self.diagnostic.help {
            Some(help) => group.element(Level::HELP.message(without_control_characters(help))),
            None => group,
        }
    }

    /// The lines of the input with the mistake, then those of other inputs that matter.
    fn snippets<'s>(&'s self, files: &'s [File]) -> Vec<Snippet<'s, Annotation<'s>>> {
        let mut shown = vec![self.primary.file];
        for (stretch, _) in &self.related {
            if !shown.contains(&stretch.file) {
                shown.push(stretch.file);
            }
        }
        shown
            .into_iter()
            .filter_map(|index| snippet(&files[index], self.marks(index)))
            .collect()
    }

    /// What is underlined in the input number `file`, and the remark beside it.
    fn marks(&self, file: usize) -> Vec<(&Stretch, Option<&str>)> {
        let primary = (&self.primary, None);
        let related = self
            .related
            .iter()
            .map(|(stretch, remark)| (stretch, Some(*remark)));
        std::iter::once(primary)
            .chain(related)
            .filter(|(stretch, _)| stretch.file == file)
            .collect()
    }
}

/// The lines from the first mark to the last; only these are given to the renderer, which reads all it is given.
fn snippet<'s>(
    file: &'s File,
    marks: Vec<(&'s Stretch, Option<&'s str>)>,
) -> Option<Snippet<'s, Annotation<'s>>> {
    let start = marks.iter().map(|(stretch, _)| stretch.start).min()?;
    let end = marks.iter().map(|(stretch, _)| stretch.end).max()?;
    let (lines, first_line) = file.lines(start..end);
    let annotations = marks.into_iter().map(|(stretch, remark)| {
        let span = stretch.start - lines.start..stretch.end - lines.start;
        match remark {
            None => AnnotationKind::Primary.span(span),
            Some(remark) => AnnotationKind::Context.span(span).label(remark),
        }
    });
    let annotations: Vec<Annotation> = annotations.collect();
    Some(
        Snippet::source(&file.text[lines])
            .path(file.source.map(|source| source.name.as_str()))
            .line_start(first_line)
            .annotations(annotations),
    )
}

/// A help may quote an input; its own line breaks stay.
fn without_control_characters(help: &str) -> String {
    let lines: Vec<String> = help.split('\n').map(normalize_untrusted_str).collect();
    lines.join("\n")
}

/// `2 errors, 1 note`.
fn summary(located: &[Located]) -> String {
    let names = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Note, "note"),
    ];
    let counts = names.map(|(severity, name)| {
        let count = located
            .iter()
            .filter(|located| located.diagnostic.severity == severity)
            .count();
        match count {
            0 => None,
            1 => Some(format!("1 {name}")),
            _ => Some(format!("{count} {name}s")),
        }
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    counts.join(", ") + "\n"
}

#[cfg(test)]
mod tests;
