//! A document as Markdown (CommonMark with tables).

use std::fmt::Write;

use super::document::{Block, Document, Table};
use crate::html::rich::{Kind, Piece, Rich};

impl Document {
    /// The document as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", escape(&self.title));
        for block in &self.blocks {
            out.push('\n');
            out.push_str(&self::block(block));
        }
        out
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, text) => {
            format!("{} {}\n", "#".repeat(usize::from(*level)), escape(text))
        }
        Block::Paragraph(text) => format!("{}\n", line(text)),
        Block::Missing(text) => format!("> **Missing:** {}\n", line(text)),
        Block::List { numbered, items } => items
            .iter()
            .enumerate()
            .map(
                |(index, item)| {
                    if *numbered { format!("{}. {}\n", index + 1, line(item)) } else { format!("- {}\n", line(item)) }
                },
            )
            .collect(),
        Block::Table(table) => self::table(table),
    }
}

fn table(table: &Table) -> String {
    let mut out = String::from("|");
    for name in &table.head {
        _ = write!(out, " {} |", escape(Table::column(name).0));
    }
    out.push_str("\n|");
    for name in &table.head {
        out.push_str(if Table::column(name).1 { " ---: |" } else { " --- |" });
    }
    out.push('\n');
    for row in &table.rows {
        out.push('|');
        for cell in row {
            _ = write!(out, " {} |", line(cell));
        }
        out.push('\n');
    }
    out
}

fn line(text: &Rich) -> String {
    text.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece.kind {
        Kind::Code => code(&piece.text),
        Kind::Strong | Kind::Severity => format!("**{}**", escape(&piece.text)),
        Kind::State => format!("*{}*", escape(&piece.text)),
        Kind::Text | Kind::Arrow | Kind::Link | Kind::Date => escape(&piece.text),
    }
}

/// A code span; nothing inside one is markup but the fence itself, and the
/// bar that would end a cell.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Text in which nothing is markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            out.push('\\');
        }
        if character == '&' {
            out.push_str("&amp;");
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let hostile = Rich::of("<b>*a*</b> | [x](y) &lt;").code("a|b`c");
        assert_eq!(line(&hostile), "\\<b\\>\\*a\\*\\</b\\> \\| \\[x\\](y) &amp;lt;`` a\\|b`c ``");
    }

    #[test]
    fn numbers_are_aligned_right() {
        let mut numbers = Table::new("counts", &["Name", "Count #"]);
        numbers.row(vec![Rich::new().code("kb"), Rich::of("2")]);
        assert_eq!(table(&numbers), "| Name | Count |\n| --- | ---: |\n| `kb` | 2 |\n");
    }
}
