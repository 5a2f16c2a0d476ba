//! Words and signs of a condition.

use super::ParseError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word: letters, digits, `-`, `_`, `.`.
    Word,
    /// A sign.
    Sign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) start: usize,
}

pub(super) struct Lexer;

impl Lexer {
    pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, ParseError> {
        let mut tokens = Vec::new();
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if c.is_whitespace() {
                continue;
            }
            let (kind, end) = if c.is_alphanumeric() {
                let mut end = start + c.len_utf8();
                while let Some((at, c)) = chars.peek().copied() {
                    if !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
                        break;
                    }
                    end = at + c.len_utf8();
                    chars.next();
                }
                (Kind::Word, end)
            } else if matches!(c, '<' | '>' | '!') && chars.peek().is_some_and(|(_, c)| *c == '=') {
                chars.next();
                (Kind::Sign, start + 2)
            } else if matches!(c, '(' | ')' | ',' | '=' | '<' | '>') {
                (Kind::Sign, start + 1)
            } else {
                return Err(ParseError {
                    start,
                    end: start + c.len_utf8(),
                    message: format!("`{c}` has no meaning in a condition"),
                    label: "conditions are made of words, `and`, `or`, `not`, parentheses and comparisons".into(),
                });
            };
            tokens.push(Token { kind, text: text.get(start..end).unwrap_or(""), start });
        }
        Ok(tokens)
    }
}
