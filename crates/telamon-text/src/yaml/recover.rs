//! Leaving out broken lines without moving a byte.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ErrorKind;

use super::build::{Builder, floor};
use super::read::Failure;

/// The text that is parsed: the original, or a copy with blank lines.
pub(super) struct Patch<'s> {
    text: Cow<'s, str>,
    /// The end of the lines that were blanked last, with the kind of error.
    last: Option<(Range<usize>, ErrorKind)>,
}

/// What to do about a failure.
pub(super) struct Step {
    /// The lines to leave out.
    pub lines: Range<usize>,
    /// What is to blame.
    pub blame: Blame,
    /// The same mistake as the one before: not worth a second diagnostic.
    pub silent: bool,
    /// Whether reading again makes sense.
    pub mendable: bool,
    kind: ErrorKind,
}

/// What is to blame: the parser notices many mistakes later than they are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// What stands at this byte.
    Here(usize),
    /// Tabs at the start of lines: they become blanks in the whole file.
    Tabs(Range<usize>),
    /// The bracket at the first byte is open where the second byte stands.
    Bracket(usize, usize),
    /// The quote at the first byte is closed by one before the second byte.
    Quote(usize, usize),
    /// A word without a colon on a line of its own.
    Lone(Range<usize>),
}

impl<'s> Patch<'s> {
    pub fn new(text: &'s str) -> Self {
        Self { text: Cow::Borrowed(text), last: None }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_patched(&self) -> bool {
        matches!(self.text, Cow::Owned(_))
    }

    pub fn blank_nul(&mut self) {
        self.text = Cow::Owned(self.text.replace('\0', " "));
    }

    pub fn apply(&mut self, step: &Step) {
        let text = match step.blame {
            Blame::Tabs(_) => untabbed(&self.text),
            _ => blanked(&self.text, &step.lines),
        };
        self.text = Cow::Owned(text);
        self.last = Some((step.lines.clone(), step.kind.clone()));
    }
}

/// Decides what to leave out.
pub(super) fn step(patch: &Patch<'_>, builder: &Builder<'_, '_>, failure: &Failure) -> Step {
    let text = patch.text();
    let at = place(text, failure);
    let line = line_around(text, at);
    let blame = blame(text, builder, failure, at);
    let first = match &blame {
        Blame::Here(_) | Blame::Tabs(_) => line,
        Blame::Bracket(start, _) | Blame::Quote(start, _) => line_around(text, *start),
        Blame::Lone(word) => line_around(text, word.start),
    };
    let brackets = matches!(blame, Blame::Bracket(..));
    let lines = first.start..block_end(text, &first, brackets);
    // Where the whole document is one bracket (JSON), nothing is left without it.
    let whole = match blame {
        Blame::Bracket(start, _) => {
            builder.open_bracket().map_or(builder.at_root(), |(_, root)| root) && {
                text.get(..start).is_some_and(|before| !before.contains(": "))
            }
        }
        _ => false,
    };
    // Blanking what is blank already leads nowhere.
    let something = text.get(lines.clone()).is_some_and(|lines| !lines.trim().is_empty());
    let silent = patch.last.as_ref().is_some_and(|(last, kind)| {
        let between = text.get(last.end.min(first.start)..first.start).unwrap_or("x");
        between.trim().is_empty() && *kind == failure.kind && indentation_error(kind)
    });
    Step { lines, blame, silent, mendable: something && !whole, kind: failure.kind.clone() }
}

fn blame(text: &str, builder: &Builder<'_, '_>, failure: &Failure, at: usize) -> Blame {
    let line = line_around(text, at);
    let blanks = indent(text, &line);
    if tab_error(&failure.kind) && blanks.contains('\t') {
        return Blame::Tabs(line.start..line.start + blanks.len());
    }
    if matches!(
        failure.kind,
        ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::UnknownQuotedScalarEscape
    ) && let Some(start) = last_quote(text, failure.understood, at)
        && start < line.start
    {
        return Blame::Quote(start, at);
    }
    let bracket = builder.open_bracket().map(|(start, _)| start);
    if let Some(start) = bracket.or_else(|| open_bracket(text, failure.understood, at)) {
        return Blame::Bracket(start, at);
    }
    if failure.kind == ErrorKind::MappingValueNotAllowed && !has_key_before(text, &line, at) {
        let before = text.get(..line.start).unwrap_or("").trim_end();
        let above = line_around(text, before.len());
        if let Some(word) = lone_word(text, &above) {
            return Blame::Lone(word);
        }
    }
    Blame::Here(at)
}

/// Whether a line has a `key: ` before a byte.
fn has_key_before(text: &str, line: &Range<usize>, at: usize) -> bool {
    text.get(line.start..at).is_some_and(|before| before.contains(": "))
}

/// The text of a line that is neither a key nor an item with one.
fn lone_word(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let content = text.get(line.clone())?;
    let mut start = indent(text, line).len();
    while content.get(start..).is_some_and(|rest| rest.starts_with("- ")) {
        start += 2;
    }
    let words = content.get(start..)?.trim_end();
    let plain = words.starts_with(|letter: char| letter.is_alphanumeric())
        && !words.ends_with(':')
        && !words.contains(": ")
        && !words.contains(" #");
    plain.then(|| line.start + start..line.start + start + words.len())
}

/// The byte to blame: the parser notices some mistakes only at the start of a
/// later line, or at the end of the text.
fn place(text: &str, failure: &Failure) -> usize {
    let mut at = floor(text, failure.at);
    let line = line_around(text, at);
    if text.get(line).is_some_and(|line| line.trim().is_empty()) {
        // Go back to the last line with something on it.
        let before = text.get(..at).unwrap_or("").trim_end();
        at = floor(text, before.len().saturating_sub(1));
    }
    at
}

fn tab_error(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::UnexpectedCharacter { character: '\t' }
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidIndentation
            | ErrorKind::MappingValueNotAllowed
    )
}

fn indentation_error(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry
    )
}

/// The line that a byte stands on, with its line break.
pub(super) fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |next| at + next + 1);
    start..end
}

/// The blanks at the start of a line.
pub(super) fn indent<'t>(text: &'t str, line: &Range<usize>) -> &'t str {
    let line = text.get(line.clone()).unwrap_or("");
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("")
}

/// Where the block that a line begins ends: its more indented lines, its list
/// at the same indentation, and the line with the closing bracket.
fn block_end(text: &str, first: &Range<usize>, bracket: bool) -> usize {
    let own = indent(text, first).len();
    let own_item = text.get(first.start + own..first.end).is_some_and(|line| line.starts_with("- "));
    let mut end = first.end;
    let mut next = first.end;
    while next < text.len() {
        let line = line_around(text, next);
        let content = text.get(line.clone()).unwrap_or("").trim_end();
        let indentation = indent(text, &line).len();
        let words = content.trim_start();
        let closes = bracket && indentation == own && words.starts_with(['}', ']']);
        let item = !own_item && indentation == own && (words.starts_with("- ") || words == "-");
        if words.is_empty() {
            next = line.end;
        } else if indentation > own || closes || item {
            next = line.end;
            end = line.end;
        } else {
            break;
        }
    }
    end
}

/// The first bracket between two bytes that is not closed there. A rough look
/// is enough: it decides which line is left out.
fn open_bracket(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    scan(text, from, to, |at, byte, starts| match byte {
        b'[' | b'{' if starts || !open.is_empty() => open.push(at),
        b']' | b'}' => {
            open.pop();
        }
        _ => {}
    });
    open.first().copied()
}

/// The last quote between two bytes that begins a text.
fn last_quote(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut last = None;
    scan(text, from, to, |at, byte, starts| {
        if starts && matches!(byte, b'"' | b'\'') {
            last = Some(at);
        }
    });
    last
}

/// Visits the bytes that stand outside of quotes and comments, the opening
/// quote itself included; the flag says whether a value can start there.
fn scan(text: &str, from: usize, to: usize, mut visit: impl FnMut(usize, u8, bool)) {
    let mut quote = None;
    let mut comment = false;
    let mut before = b' ';
    let part = text.as_bytes().get(from..to).unwrap_or(&[]);
    for (at, &byte) in part.iter().enumerate() {
        let starts = b" \t\n[{,:-".contains(&before);
        match quote {
            _ if comment => comment = byte != b'\n',
            Some(mark) if byte == mark && before != b'\\' => quote = None,
            Some(_) => {}
            None if byte == b'#' && b" \t\n".contains(&before) => comment = true,
            None => {
                if starts && matches!(byte, b'"' | b'\'') {
                    quote = Some(byte);
                }
                visit(from + at, byte, starts);
            }
        }
        before = byte;
    }
}

/// The text with blanks instead of some lines; every byte stays in its place.
fn blanked(text: &str, lines: &Range<usize>) -> String {
    let mut result = String::with_capacity(text.len());
    result.push_str(text.get(..lines.start).unwrap_or(""));
    for letter in text.get(lines.clone()).unwrap_or("").chars() {
        if matches!(letter, '\n' | '\r') {
            result.push(letter);
        } else {
            result.extend(std::iter::repeat_n(' ', letter.len_utf8()));
        }
    }
    result.push_str(text.get(lines.end..).unwrap_or(""));
    result
}

/// The text with one blank for each tab that indents a line.
fn untabbed(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        result.extend(std::iter::repeat_n(' ', line.len() - rest.len()));
        result.push_str(rest);
    }
    result
}
