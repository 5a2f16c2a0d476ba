//! From the text of a condition to an [`Expr`], with the place of every error.
//!
//! ```text
//! expr   = term { "or" term }         term = factor { "and" factor }
//! factor = "not" factor | "(" expr ")" | atom
//! atom   = attribute op words | name [ "(" args ")" ]
//! ```

pub mod atom;
mod lex;

use crate::expr::{Expr, Sort};
use lex::{Lexer, Token};
use telamon_model::Vocabulary;

/// What is wrong with a condition: byte range in its text, and two sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub label: String,
}

/// How deep parentheses and neighbours may nest.
const DEPTH: usize = 24;

struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    at: usize,
    len: usize,
    depth: usize,
    vocabulary: &'t Vocabulary,
}

/// Parses and type-checks a condition about an element of `sort`.
pub fn parse(text: &str, sort: Sort, vocabulary: &Vocabulary) -> Result<Expr, ParseError> {
    let tokens = Lexer::tokens(text)?;
    let mut parser = Parser { tokens, at: 0, len: text.len(), depth: 0, vocabulary };
    let expr = parser.expr(sort)?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(Parser::error(
            token,
            format!("`{}` does not belong here", token.text),
            "join conditions with `and` or `or`",
        )),
    }
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self) -> Option<Token<'t>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.text == text);
        if found {
            self.at += 1;
        }
        found
    }

    fn error(token: Token<'_>, message: impl Into<String>, label: impl Into<String>) -> ParseError {
        ParseError {
            start: token.start,
            end: token.start + token.text.len(),
            message: message.into(),
            label: label.into(),
        }
    }

    fn at_end(&self, message: &str, label: &str) -> ParseError {
        ParseError { start: self.len.saturating_sub(1), end: self.len, message: message.into(), label: label.into() }
    }

    fn expect(&mut self, text: &str) -> Result<(), ParseError> {
        match self.peek() {
            Some(token) if token.text == text => {
                self.at += 1;
                Ok(())
            }
            Some(token) => Err(Self::error(
                token,
                format!("`{}` where `{text}` was expected", token.text),
                format!("write `{text}` here"),
            )),
            None => {
                Err(self.at_end(&format!("the condition ends where `{text}` was expected"), &format!("add `{text}`")))
            }
        }
    }

    fn expr(&mut self, sort: Sort) -> Result<Expr, ParseError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.at_end("the condition nests too deeply", "split it into two rules"));
        }
        let mut parts = vec![self.term(sort)?];
        while self.eat("or") {
            parts.push(self.term(sort)?);
        }
        self.depth -= 1;
        Ok(flatten(parts, Expr::Or))
    }

    fn term(&mut self, sort: Sort) -> Result<Expr, ParseError> {
        let mut parts = vec![self.factor(sort)?];
        while self.eat("and") {
            parts.push(self.factor(sort)?);
        }
        Ok(flatten(parts, Expr::And))
    }

    fn factor(&mut self, sort: Sort) -> Result<Expr, ParseError> {
        let mut negations = 0usize;
        while self.eat("not") {
            negations += 1;
        }
        let inner = if self.eat("(") {
            let inner = self.expr(sort)?;
            self.expect(")")?;
            inner
        } else {
            self.atom(sort)?
        };
        Ok(if negations % 2 == 1 { Expr::Not(Box::new(inner)) } else { inner })
    }
}

fn flatten(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    join(parts)
}

#[cfg(test)]
mod tests;
