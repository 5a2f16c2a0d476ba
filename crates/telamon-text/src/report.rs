//! Diagnostics as text for a person, in the look of rustc.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level as Grade, Padding, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

mod window;

use window::{Extract, Mark};

/// How to render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// Whether to colour with ANSI codes.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// How many diagnostics are printed before "and N more".
    pub limit: usize,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { color: false, width: 100, limit: 50 }
    }
}

/// Renders diagnostics in the order given (see [`crate::sort`]), each followed
/// by an empty line. Only the lines around a place are looked at, so that the
/// size of the source does not matter.
pub fn render(sources: &Sources, diagnostics: &[Diagnostic], options: &RenderOptions) -> String {
    let renderer = if options.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(options.width.clamp(40, 400));
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(options.limit) {
        text.push_str(&one(sources, diagnostic, &renderer, options));
        text.push_str("\n\n");
    }
    let rest = diagnostics.len().saturating_sub(options.limit);
    if rest > 0 {
        let _ = writeln!(text, "... and {rest} more");
    }
    text
}

fn one(sources: &Sources, diagnostic: &Diagnostic, renderer: &Renderer, options: &RenderOptions) -> String {
    let grade = match diagnostic.level {
        Level::Error => Grade::ERROR,
        Level::Warning => Grade::WARNING,
        Level::Note => Grade::NOTE,
    };
    let message = printable(&diagnostic.message);
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| printable(note)).collect();
    let fix = diagnostic.fix.as_ref().map(|fix| printable(&fix.says));
    let extracts = extracts(sources, diagnostic, options.width);

    let mut group = Group::with_title(grade.primary_title(message.as_str()).id(diagnostic.code.as_str()));
    for extract in &extracts {
        let mut snippet =
            Snippet::source(extract.text.as_str()).line_start(extract.first_line as usize).path(extract.name.as_str());
        for mark in &extract.marks {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(mark.range.clone());
            snippet = snippet.annotation(if mark.label.is_empty() {
                annotation
            } else {
                annotation.label(mark.label.as_str())
            });
        }
        group = group.element(snippet);
    }
    let remarks = !notes.is_empty() || fix.is_some();
    if !extracts.is_empty() && remarks {
        group = group.element(Padding);
    }
    for note in &notes {
        group = group.element(Grade::NOTE.message(note.as_str()));
    }
    if let Some(fix) = &fix {
        group = group.element(Grade::HELP.message(fix.as_str()));
    }
    let mut text = renderer.render(&[group]);
    for extract in &extracts {
        // The renderer counts columns in the part of a line that it is given.
        if let Some((shown, real)) = extract.shifted() {
            let place = |column| format!("{}:{}:{column}", extract.name, extract.line);
            text = text.replacen(&place(shown), &place(real), 1);
        }
    }
    text
}

/// The pieces of text to show: the offending place first, places near to it in
/// the same piece, distant ones in pieces of their own.
fn extracts(sources: &Sources, diagnostic: &Diagnostic, width: usize) -> Vec<Extract> {
    let mut extracts: Vec<Extract> = Vec::new();
    let own = diagnostic.span.map(|span| Mark::new(span, &printable(&diagnostic.label), true));
    let related = diagnostic.related.iter().map(|(span, text)| Mark::new(*span, &printable(text), false));
    for mark in own.into_iter().chain(related) {
        let extract = Extract::of(sources, mark, width);
        match extracts.iter_mut().find(|known| known.takes(&extract)) {
            Some(known) => known.add(sources, extract),
            None => extracts.push(extract),
        }
    }
    extracts
}

/// Text of others could carry codes that move the cursor or colour the screen.
fn printable(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() && letter != '\n' || turns(letter) { '\u{FFFD}' } else { letter })
        .collect()
}

/// Characters that turn the direction of text around, which can show something
/// else than what is there.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
