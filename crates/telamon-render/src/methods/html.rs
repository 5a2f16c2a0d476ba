//! A document as HTML, in the look of the report.

use std::fmt::Write;

use serde::Serialize;

use super::document::{Block, Document, Table};
use crate::html::names::anchor;
use crate::html::rich::{Kind, Piece, Rich};
use crate::html::{RenderError, templates};

/// What the frame of the document is given.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'a str,
    generator: &'a str,
    title: &'a str,
    system: &'a str,
    contents: Vec<Entry>,
    body: String,
}

#[derive(Serialize)]
struct Entry {
    anchor: String,
    label: String,
}

impl Document {
    /// The document as one HTML file.
    ///
    /// # Errors
    /// Only a defect of the built-in frame.
    pub fn to_html(&self) -> Result<String, RenderError> {
        let (body, contents) = body(self);
        templates::document(&Frame {
            lang: &self.lang,
            generator: &self.generator,
            title: &self.title,
            system: &self.system,
            contents,
            body,
        })
    }
}

fn body(document: &Document) -> (String, Vec<Entry>) {
    let mut out = format!("<h1>{}</h1>\n", escape(&document.title));
    let mut contents = Vec::new();
    let mut open = false;
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(2, text) => {
                if open {
                    out.push_str("</section>\n");
                }
                open = true;
                let name = format!("s{}-{}", contents.len() + 1, anchor(&text.to_lowercase()));
                _ = write!(
                    out,
                    "<section class=\"text\" aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n",
                    escape(&name),
                    escape(text)
                );
                contents.push(Entry { anchor: name, label: text.clone() });
            }
            Block::Heading(level, text) => {
                _ = writeln!(out, "<h{level}>{}</h{level}>", escape(text));
            }
            Block::Paragraph(text) => {
                _ = writeln!(out, "<p>{}</p>", rich(text));
            }
            Block::Missing(text) => {
                _ = writeln!(out, "<p class=\"gap-note\"><strong>Missing:</strong> {}</p>", rich(text));
            }
            Block::List { numbered, items } => list(&mut out, *numbered, items),
            Block::Table(table) => self::table(&mut out, table, index),
        }
    }
    if open {
        out.push_str("</section>\n");
    }
    (out, contents)
}

fn list(out: &mut String, numbered: bool, items: &[Rich]) {
    let tag = if numbered { "ol" } else { "ul" };
    _ = writeln!(out, "<{tag}>");
    for item in items {
        _ = writeln!(out, "<li>{}</li>", rich(item));
    }
    _ = writeln!(out, "</{tag}>");
}

fn table(out: &mut String, table: &Table, index: usize) {
    let numeric = |column: usize| {
        let name = table.head.get(column).map_or("", String::as_str);
        if Table::column(name).1 { " class=\"num\"" } else { "" }
    };
    _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-label=\"{}, table {}, scrolls sideways\" tabindex=\"0\">\n<table class=\"wide\">\n<thead><tr>",
        escape(&table.label),
        index + 1
    );
    for (column, name) in table.head.iter().enumerate() {
        let (name, _) = Table::column(name);
        _ = write!(out, "<th scope=\"col\"{}>{}</th>", numeric(column), escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            if column == 0 {
                _ = write!(out, "<th scope=\"row\">{}</th>", rich(cell));
            } else {
                _ = write!(out, "<td{}>{}</td>", numeric(column), rich(cell));
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn rich(text: &Rich) -> String {
    text.0.iter().map(piece).collect()
}

/// A document has no anchors for threats, so a link is its words alone.
fn piece(piece: &Piece) -> String {
    let text = escape(&piece.text);
    match piece.kind {
        Kind::Text | Kind::Link => text,
        Kind::Code if piece.text.chars().count() > 24 => {
            format!("<code class=\"long\">{text}</code>")
        }
        Kind::Code => format!("<code>{text}</code>"),
        Kind::Strong => format!("<strong>{text}</strong>"),
        Kind::State => format!("<span class=\"state\">{text}</span>"),
        Kind::Arrow => format!("<span class=\"arrow\">{text}</span>"),
        Kind::Date => format!("<time datetime=\"{text}\">{text}</time>"),
        Kind::Severity => format!("<span class=\"sev {}\">{text}</span>", escape(&piece.target)),
    }
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
