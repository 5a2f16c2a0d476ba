//! The small document tree.

use telamon_engine::analysis::Analysis;

use crate::html::rich::Rich;
use crate::words;

/// A document: blocks in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title, its only heading of level 1.
    pub title: String,
    /// Name of the system.
    pub system: String,
    /// Program and version.
    pub generator: String,
    /// Language tag.
    pub lang: String,
    /// The blocks after the title.
    pub blocks: Vec<Block>,
}

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 2 to 4.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Rich),
    /// Something that the method asks for and nobody has stated.
    Missing(Rich),
    /// A table.
    Table(Table),
    /// A list, numbered or not.
    List {
        /// True for a numbered list.
        numbered: bool,
        /// Its items.
        items: Vec<Rich>,
    },
}

/// A table with a header row; the first cell of a row names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows, for those who cannot see where it stands.
    pub label: String,
    /// Column names; those that end in ` #` hold numbers.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Rich>>,
}

impl Document {
    /// An empty document.
    pub fn new(analysis: &Analysis, method: &str, lang: &str) -> Self {
        Self {
            title: words::plain(&format!("{}: {method}", analysis.model.system)),
            system: words::plain(&analysis.model.system),
            generator: words::plain(&format!("{} {}", analysis.tool.name, analysis.tool.version)),
            lang: crate::html::page::language(lang).to_owned(),
            blocks: Vec::new(),
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl AsRef<str>) {
        let level = level.clamp(2, 4);
        self.blocks.push(Block::Heading(level, words::plain(text.as_ref())));
    }

    /// Adds a paragraph, where there is something in it.
    pub fn paragraph(&mut self, text: Rich) {
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(text));
        }
    }

    /// Says that something is missing.
    pub fn missing(&mut self, text: Rich) {
        self.blocks.push(Block::Missing(text));
    }

    /// Adds a list, where it has items.
    pub fn list(&mut self, numbered: bool, items: Vec<Rich>) {
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered, items });
        }
    }

    /// Adds a table, where it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

impl Table {
    /// A table without rows.
    pub fn new(label: &str, head: &[&str]) -> Self {
        Self { label: label.to_owned(), head: head.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Rich>) {
        self.rows.push(cells);
    }

    /// Name of a column and whether it holds numbers.
    pub fn column(name: &str) -> (&str, bool) {
        name.strip_suffix(" #").map_or((name, false), |name| (name, true))
    }
}
