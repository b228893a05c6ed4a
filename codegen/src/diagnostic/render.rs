//! Diagnostics as text: sentence, place, the line with the mistake, and what to write instead.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Diagnostic, Diagnostics, Severity, Spot};
use crate::Input;
use crate::tree::{Source, spans};

/// How many bytes of a line are shown before and after a mark. A line of a terminal has fewer. A whole document may be on one
/// line, and the renderer reads its whole input.
const MAX_SHOWN_BESIDE: usize = 1000;

/// The maximum number of bytes between two marks that are shown in one piece.
const MAX_BETWEEN: usize = 20_000;

impl Diagnostics {
    /// All diagnostics in the order of the inputs, each once, and a last line that counts them; empty if there are none.
    ///
    /// `input` is the input of the run. `colour` adds escape codes for a terminal.
    #[must_use]
    pub fn render(&self, input: &Input, colour: bool) -> String {
        self.render_sources(&input.sources(), colour)
    }

    /// The same for the sources that places refer to.
    pub(crate) fn render_sources(&self, sources: &[Option<&Source>], colour: bool) -> String {
        if self.found.is_empty() {
            return String::new();
        }
        let mut files: Vec<File> = sources.iter().copied().map(File::new).collect();
        let has_errors = self.has_errors();
        // A choice that the generator made may change when the errors are corrected.
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
            let pieces = diagnostic.pieces();
            let rendered = renderer.render(&[diagnostic.group(&pieces, &files)]);
            let placed = pieces.iter().fold(rendered, |text, piece| {
                piece.place(text, &files[piece.file])
            });
            text += &placed;
            text += "\n\n";
        }
        text + &summary(&located)
    }
}

/// An input with the starts of its lines, and the spans of its nodes. The first diagnostic computes the spans.
struct File<'a> {
    source: Option<&'a Source>,
    text: Cow<'a, str>,
    lines: Vec<usize>,
    spans: Option<Vec<Range<usize>>>,
}

impl<'a> File<'a> {
    fn new(source: Option<&'a Source>) -> Self {
        let text = source.map(Source::lossy_text).unwrap_or_default();
        let breaks = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self {
            source,
            lines: std::iter::once(0).chain(breaks).collect(),
            text,
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

    /// The line that contains the byte `offset`, counted from 1, and the offset of its start.
    fn line(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset);
        (line, self.lines[line - 1])
    }

    /// The lines that contain the bytes `span`. Text too far from it is cut off.
    fn shown(&self, span: &Range<usize>) -> Range<usize> {
        let (_, first_line) = self.line(span.start);
        let start = first_line.max(span.start.saturating_sub(MAX_SHOWN_BESIDE));
        let (last_line, _) = self.line(span.end);
        let line_end = self.lines.get(last_line).map(|next| next - 1);
        let end = line_end.unwrap_or(self.text.len());
        let end = end.min(span.end + MAX_SHOWN_BESIDE);
        let is_boundary = |offset: &usize| self.text.is_char_boundary(*offset);
        let start = (start..span.start).find(is_boundary).unwrap_or(span.start);
        start
            ..(end..self.text.len())
                .find(is_boundary)
                .unwrap_or(self.text.len())
    }
}

/// A part of one line of an input.
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

/// A diagnostic with the positions of its places.
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

    /// The key that sorts diagnostics. Two diagnostics with the same key are the same.
    fn key(&self) -> (&Stretch, Severity, &str, Option<&str>) {
        let Diagnostic {
            severity,
            message,
            help,
            ..
        } = self.diagnostic;
        (&self.primary, *severity, message, help.as_deref())
    }

    fn group<'s>(&'s self, pieces: &[Piece<'s>], files: &'s [File]) -> Group<'s> {
        let level = match self.diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let group = level
            .primary_title(&self.diagnostic.message)
            .elements(pieces.iter().map(|piece| piece.snippet(&files[piece.file])));
        match &self.diagnostic.help {
            Some(help) => group.element(Level::HELP.message(without_control_characters(help))),
            None => group,
        }
    }

    /// The shown parts of the inputs: the place of the mistake first, then other places that matter.
    fn pieces(&self) -> Vec<Piece<'_>> {
        let primary = Mark {
            stretch: &self.primary,
            remark: None,
        };
        let mut pieces = vec![Piece::of(primary)];
        for (stretch, remark) in &self.related {
            let mark = Mark {
                stretch,
                remark: Some(remark),
            };
            match pieces.iter_mut().find(|piece| piece.is_near(stretch)) {
                Some(piece) => piece.add(mark),
                None => pieces.push(Piece::of(mark)),
            }
        }
        pieces
    }
}

/// The underlined text and the remark beside it. The mistake itself has no remark.
#[derive(Clone, Copy)]
struct Mark<'s> {
    stretch: &'s Stretch,
    remark: Option<&'s str>,
}

/// Marks in one input that are shown in one piece.
struct Piece<'s> {
    file: usize,
    span: Range<usize>,
    marks: Vec<Mark<'s>>,
}

impl<'s> Piece<'s> {
    fn of(mark: Mark<'s>) -> Self {
        Self {
            file: mark.stretch.file,
            span: mark.stretch.start..mark.stretch.end,
            marks: vec![mark],
        }
    }

    fn is_near(&self, stretch: &Stretch) -> bool {
        self.file == stretch.file
            && stretch.start < self.span.end + MAX_BETWEEN
            && self.span.start < stretch.end + MAX_BETWEEN
    }

    fn add(&mut self, mark: Mark<'s>) {
        self.span.start = self.span.start.min(mark.stretch.start);
        self.span.end = self.span.end.max(mark.stretch.end);
        self.marks.push(mark);
    }

    fn snippet(&self, file: &'s File) -> Snippet<'s, Annotation<'s>> {
        let shown = file.shown(&self.span);
        let annotations: Vec<Annotation> = self
            .marks
            .iter()
            .map(|Mark { stretch, remark }| {
                let span = stretch.start - shown.start..stretch.end - shown.start;
                match remark {
                    None => AnnotationKind::Primary.span(span),
                    Some(remark) => AnnotationKind::Context.span(span).label(*remark),
                }
            })
            .collect();
        Snippet::source(&file.text[shown])
            .path(file.source.map(|source| source.name.as_str()))
            .line_start(file.line(self.span.start).0)
            .annotations(annotations)
    }

    /// Counts columns from the start of the line, if the renderer got only a part of the line.
    fn place(&self, rendered: String, file: &File) -> String {
        let (line, line_start) = file.line(self.span.start);
        let shown = file.shown(&self.span).start;
        if shown == line_start {
            return rendered;
        }
        let name = file.source.map_or("", |source| source.name.as_str());
        let columns = |start: usize, end: usize| 1 + file.text[start..end].chars().count();
        let marks = self.marks.iter().map(|mark| mark.stretch.start);
        let mut on_this_line = marks.filter(|mark| file.line(*mark).0 == line);
        let placed = on_this_line.find_map(|mark| {
            let counted = format!("{name}:{line}:{}", columns(shown, mark));
            let (before, after) = rendered.split_once(&counted)?;
            let is_whole = !after.starts_with(|next: char| next.is_ascii_digit());
            is_whole.then(|| format!("{before}{name}:{line}:{}{after}", columns(line_start, mark)))
        });
        placed.unwrap_or(rendered)
    }
}

/// A help may quote an input, but its own line breaks stay.
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
