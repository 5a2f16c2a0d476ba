//! Text for a person: paragraphs and rows that fit the terminal.

use unicode_width::UnicodeWidthStr;

/// Columns of the names of rows.
const NAME: usize = 13;

/// A column this narrow is not worth writing in.
const NARROW: usize = 20;

/// A text that grows line by line.
pub struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// An empty page of so many columns.
    pub fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    /// A line as it stands.
    pub fn line(&mut self, line: &str) -> &mut Self {
        self.text.push_str(line);
        self.text.push('\n');
        self
    }

    /// An empty line, unless there is one already.
    pub fn gap(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self
    }

    /// Text that is wrapped.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        for line in wrap(text, self.width) {
            self.line(&line);
        }
        self
    }

    /// A name and a text that is wrapped beside it; nothing when the text is empty.
    pub fn row(&mut self, name: &str, value: &str) -> &mut Self {
        self.aligned(name, NAME, value)
    }

    /// A row whose name has a column of this width. A name that is wider pushes its first line; where that leaves
    /// too little room, the text begins below the name.
    pub fn aligned(&mut self, name: &str, column: usize, value: &str) -> &mut Self {
        let column = column.min(self.width / 2);
        let mut first = column.max(name.width() + 1);
        let mut beside = name.to_owned();
        if !value.is_empty() && first + NARROW > self.width {
            self.line(name);
            beside.clear();
            first = column;
        }
        for line in wrap_first(value, self.width.saturating_sub(first), self.width.saturating_sub(column)) {
            let pad = if beside.is_empty() { column } else { first };
            let blank = pad.saturating_sub(beside.width());
            let line = format!("{beside}{}{line}", " ".repeat(blank));
            self.line(&line);
            beside.clear();
        }
        self
    }

    /// A row with one line for each value.
    pub fn rows(&mut self, name: &str, values: impl IntoIterator<Item = String>) -> &mut Self {
        let mut name = name;
        for value in values {
            self.row(name, &value);
            name = "";
        }
        self
    }

    /// Lines that keep their breaks, set in.
    pub fn code(&mut self, text: &str) -> &mut Self {
        for line in text.lines() {
            let line = format!("    {line}");
            self.line(line.trim_end());
        }
        self
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Lines of at most so many columns; a word that is wider stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_first(text, width, width)
}

fn wrap_first(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let width = if lines.is_empty() { first } else { rest };
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Page, wrap};

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrap("one two three four five", 20), ["one two three four", "five"]);
        assert_eq!(wrap("one two", 1), ["one", "two"]);
        assert_eq!(wrap("  ", 20), Vec::<String>::new());
        assert_eq!(wrap("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", 20), ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "b"]);
    }

    #[test]
    fn rows_hang_beside_their_name() {
        let mut page = Page::new(40);
        page.row("is a", "a store of vectors that is searched by meaning").row("none", "");
        page.rows("parts", ["one".to_owned(), "two".to_owned()]);
        assert_eq!(
            page.finish(),
            "is a         a store of vectors that is\n             searched by meaning\nparts        one\n             two\n"
        );
    }
}
