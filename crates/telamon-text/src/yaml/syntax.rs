//! Errors in the syntax in words that help.

use std::ops::Range;

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

use super::read::Failure;
use super::recover::{Blame, Step, indent, line_around};

/// What is wrong and what would be right.
pub(super) fn explain(source: SourceId, text: &str, failure: &Failure, step: &Step) -> Diagnostic {
    let here = Here { source, text };
    match &step.blame {
        Blame::Tabs(tabs) => here.tabs(tabs),
        Blame::Bracket(start, at) => here.bracket(&failure.kind, *start, *at),
        Blame::Quote(start, at) => here
            .error(*start..*start + 1, "the quote is not closed on its line")
            .label("opened here")
            .related(here.span(&(*at..*at)), "so that this stands behind a closing quote"),
        Blame::Lone(word) => here.lone(word),
        Blame::Here(at) => here.own(&failure.kind, *at),
    }
}

struct Here<'t> {
    source: SourceId,
    text: &'t str,
}

impl Here<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source, range.start, range.end)
    }

    fn error(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error("syntax", message).at(self.span(&range))
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// The letter at a byte; empty at the end of the text.
    fn letter(&self, at: usize) -> Range<usize> {
        let letter = self.text.get(at..).and_then(|rest| rest.chars().next());
        at..at + letter.map_or(0, char::len_utf8)
    }

    /// The word at a byte.
    fn word(&self, at: usize) -> Range<usize> {
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest
            .find(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '[' | ']' | '{' | '}'))
            .unwrap_or(rest.len());
        if end == 0 { self.letter(at) } else { at..at + end }
    }

    fn tabs(&self, tabs: &Range<usize>) -> Diagnostic {
        let lines = self.text.lines().filter(|line| line.trim_start_matches(' ').starts_with('\t')).count();
        let diagnostic = Diagnostic::error("tab-indent", "a tab cannot indent a line")
            .at(self.span(tabs))
            .label("use spaces here")
            .note("YAML indents with spaces alone; each tab is read as one space for now");
        if lines > 1 { diagnostic.note(format!("{lines} lines begin with a tab")) } else { diagnostic }
    }

    fn bracket(&self, kind: &ErrorKind, start: usize, at: usize) -> Diagnostic {
        let open = self.slice(self.letter(start));
        let close = if open == "[" { "]" } else { "}" };
        let found = self.word(at);
        let shown = self.slice(found.clone()).to_owned();
        let one_line = line_around(self.text, start) == line_around(self.text, at);
        match kind {
            ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
                self.error(start..start + 1, format!("`{open}` is closed by `{close}`"))
            }
            ErrorKind::UnexpectedCharacter { character } => self.reserved(*character, at),
            ErrorKind::UnclosedQuotedScalar => self.error(self.letter(at), "the quote is not closed"),
            _ if escape(kind) => self.escape(at),
            _ if let Some(token) = self.after_missing_comma(start, at) => {
                let key = self.slice(token.clone());
                let end = self.slice(0..token.start).trim_end().len();
                self.error(token.clone(), format!("a comma is missing before `{key}`")).fix(
                    self.span(&(end..end)),
                    ",",
                    "end the line above with a comma",
                )
            }
            _ if one_line || self.is_first(start) => {
                let before = if shown.is_empty() { "the end".to_owned() } else { format!("`{shown}`") };
                self.error(found, format!("expected `,` or `{close}` before {before}"))
                    .related(self.span(&(start..start + 1)), "opened here")
                    .note("a text with `:`, `,`, `[` or `{` in it needs quotes between brackets")
            }
            _ => self
                .error(start..start + 1, format!("`{open}` is not closed"))
                .label("opened here")
                .related(self.span(&found), format!("a `,` or `{close}` was expected before this")),
        }
    }

    /// Whether nothing stands before a bracket: it is the whole document.
    fn is_first(&self, start: usize) -> bool {
        self.slice(0..start).trim_start_matches('\u{FEFF}').trim().is_empty()
    }

    /// In a document that is one bracket (JSON): the key whose colon surprised
    /// the parser, where it begins a line and the line above has no comma.
    fn after_missing_comma(&self, start: usize, at: usize) -> Option<Range<usize>> {
        if !self.is_first(start) || !self.slice(at..at + 1).starts_with([':', '"']) {
            return None;
        }
        let line = line_around(self.text, at);
        if line.start <= start {
            return None;
        }
        let first = line.start + indent(self.text, &line).len();
        let end = self.slice(first..line.end).find(':').map_or(at, |colon| first + colon);
        let above = self.slice(start..first).trim_end();
        let key = first..first + self.slice(first..end).trim_end().len();
        (!key.is_empty() && !above.ends_with([',', '{', '[', ':'])).then_some(key)
    }

    fn lone(&self, word: &Range<usize>) -> Diagnostic {
        let text = self.slice(word.clone());
        if let Some((key, value)) = text.split_once(':')
            && !key.contains(' ')
        {
            let colon = word.start + key.len();
            return Diagnostic::error("missing-space", format!("`{text}` lacks a space after the colon"))
                .at(self.span(word))
                .fix(self.span(&(colon..colon + 1)), ": ", format!("write `{key}: {value}`"));
        }
        self.error(word.clone(), format!("`{text}` lacks a colon"))
            .label("this line is neither a key nor a list item")
            .fix(self.span(&(word.end..word.end)), ":", format!("write `{text}:` if it is a key"))
    }

    /// A mistake that stands where the parser noticed it.
    fn own(&self, kind: &ErrorKind, at: usize) -> Diagnostic {
        let line = line_around(self.text, at);
        let first = line.start + indent(self.text, &line).len();
        let word = self.word(at);
        match kind {
            ErrorKind::MappingValueNotAllowed => self.second_colon(&line, at),
            ErrorKind::UnexpectedCharacter { character } => self.reserved(*character, at),
            ErrorKind::UnclosedQuotedScalar => self.error(self.letter(at), "the quote is not closed"),
            ErrorKind::MisplacedFlowCollectionEnd => {
                let bracket = self.letter(at);
                let text = format!("`{}` closes nothing", self.slice(bracket.clone()));
                self.error(bracket, text)
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => self
                .error(word, "something stands behind the closing quote")
                .note("quote the whole text; a quote within it is written `\\\"` or, in single quotes, `''`"),
            ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
                let start = first.min(line.end);
                if self.slice(start..line.end).starts_with("- ") {
                    self.error(start..start + 1, "a list item stands where a key is expected")
                        .note("a list belongs under a key without a value of its own")
                } else {
                    self.error(self.word(start), "the indentation fits no line above")
                        .note("entries of one map begin in the same column")
                }
            }
            ErrorKind::ExpectedBlockSequenceEntry => self
                .error(self.word(first), "a list item is expected here")
                .note("an item begins with `- `, in the column of the items above"),
            ErrorKind::BlockSequenceEntryNotAllowed => self
                .error(self.letter(at), "a list cannot begin on the line of its key")
                .note("begin it on the next line, or write `[a, b]`"),
            ErrorKind::SimpleKeyExpected => self.lone(&self.statement(first, line.end)),
            ErrorKind::InvalidBlockScalarHeader => self
                .error(self.letter(at), "a text cannot begin with `>` or `|`")
                .note("`>` and `|` begin a text on the following lines; quote it if they belong to it"),
            ErrorKind::ExpectedDocumentStart => self
                .error(word, "the document has ended before this")
                .note("a document is one map: entries of it begin in the first column"),
            _ if escape(kind) => self.escape(at),
            _ => self.error(word, format!("this is not valid YAML: {kind}")),
        }
    }

    /// What a line says, without comment and blanks at its end.
    fn statement(&self, start: usize, end: usize) -> Range<usize> {
        let text = self.slice(start..end);
        let text = text.split(" #").next().unwrap_or(text).trim_end();
        start..start + text.len()
    }

    /// `a -> b: x: y`: the text behind the first colon needs quotes.
    fn second_colon(&self, line: &Range<usize>, at: usize) -> Diagnostic {
        let colon = self.letter(at);
        let diagnostic = self.error(colon, "a colon is not allowed here");
        let Some(first) = self.slice(line.start..at).find(": ") else {
            if at - line.start > LONGEST_KEY {
                return diagnostic.label(format!("a key has at most {LONGEST_KEY} characters"));
            }
            return diagnostic
                .label("this key stands deeper than the lines above allow")
                .note("entries of one map begin in the same column");
        };
        let statement = self.statement(line.start + first + 2, line.end);
        let blanks = statement.len() - self.slice(statement.clone()).trim_start().len();
        let value = statement.start + blanks..statement.end;
        let words = self.slice(value.clone());
        let diagnostic = diagnostic.label("a second colon in one line");
        if words.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']) {
            return diagnostic;
        }
        let quoted = quoted(words);
        let says = format!("put the text in quotes: `{quoted}`");
        diagnostic.note("a text that contains `: ` needs quotes").fix(self.span(&value), quoted, says)
    }

    /// `@`, `%` and the grave accent begin no text.
    fn reserved(&self, character: char, at: usize) -> Diagnostic {
        let line = line_around(self.text, at);
        let letter = self.letter(at);
        let shown = match character {
            '`' => "a grave accent".to_owned(),
            _ => format!("`{}`", character.escape_default()),
        };
        let diagnostic = self.error(letter, format!("a text cannot begin with {shown}"));
        // Up to what could end the text between brackets.
        let statement = self.statement(at, line.end);
        let words = self.slice(statement.clone());
        let words = words.split([',', ']', '}']).next().unwrap_or(words).trim_end();
        if words.is_empty() || words.contains(": ") || words.ends_with(':') {
            return diagnostic.note("put the text in quotes");
        }
        let quoted = quoted(words);
        let says = format!("put it in quotes: `{quoted}`");
        diagnostic.fix(self.span(&(at..at + words.len())), quoted, says)
    }

    fn escape(&self, at: usize) -> Diagnostic {
        self.error(self.letter(at), "this escape is unknown in a text in double quotes")
            .note("write `\\\\` for a backslash, or use single quotes, which know no escapes")
    }
}

/// YAML looks for the colon behind a key no further than this.
const LONGEST_KEY: usize = 1024;

fn escape(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape
    )
}

/// A text in quotes: double ones where that needs no escapes.
fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}
