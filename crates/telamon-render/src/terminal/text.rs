//! Colour, width and wrapping of lines on a terminal.

use telamon_engine::analysis::Severity;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Puts colour on words where the terminal shows it.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    color: bool,
}

impl Paint {
    pub fn new(color: bool) -> Self {
        Self { color }
    }

    /// The colour of a severity. The sixteen basic colours follow the user's
    /// theme, so they stay readable on light and dark ground; the word or
    /// number that is painted always says the same.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        self.wrap(
            match severity {
                Severity::Critical => "1;31",
                Severity::High => "31",
                Severity::Medium => "33",
                Severity::Low => "36",
            },
            text,
        )
    }

    /// What helps to find the rest: labels, dots, ids.
    pub fn quiet(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// Headings.
    pub fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    fn wrap(self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Columns that a text takes; colours take none.
pub fn width(text: &str) -> usize {
    let mut total = 0;
    for (index, piece) in text.split('\u{1b}').enumerate() {
        let visible = if index == 0 { piece } else { piece.split_once('m').map_or("", |(_, rest)| rest) };
        total += visible.width();
    }
    total
}

/// The text with blanks up to a width.
pub fn pad(text: &str, to: usize) -> String {
    let blanks = to.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// Blanks up to a width, then the text.
pub fn pad_left(text: &str, to: usize) -> String {
    let blanks = to.saturating_sub(width(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// How the parts of a line are joined and how a line between them breaks.
#[derive(Debug, Clone, Copy)]
pub enum Glue {
    /// Words of a sentence.
    Blank,
    /// `a · b`; the dot goes at a break.
    Dot,
    /// `a, b`; the comma stays at the end of the line.
    Comma,
    /// `a → b`; the arrow leads the next line.
    Arrow,
}

/// Joins parts into lines no wider than `limit` where the parts allow it. A
/// part is never cut: an id that is too long stands alone and sticks out.
pub fn join(parts: &[String], glue: Glue, limit: usize) -> Vec<String> {
    let (between, at_end, at_start) = match glue {
        Glue::Blank => (" ", "", ""),
        Glue::Dot => (" · ", "", ""),
        Glue::Comma => (", ", ",", ""),
        Glue::Arrow => (" → ", "", "→ "),
    };
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for (index, part) in parts.iter().enumerate() {
        if current.is_empty() {
            current.push_str(part);
            continue;
        }
        let tail = if index + 1 < parts.len() { at_end } else { "" };
        if width(&current) + width(between) + width(part) + width(tail) <= limit {
            current.push_str(between);
        } else {
            current.push_str(at_end);
            lines.push(std::mem::take(&mut current));
            current.push_str(at_start);
        }
        current.push_str(part);
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}

/// Breaks a sentence at its blanks, and scripts that have none where a line
/// is full.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if width(word) <= limit || word.is_ascii() {
            words.push(word.to_owned());
        } else {
            words.extend(slices(word, limit));
        }
    }
    join(&words, Glue::Blank, limit)
}

/// Cuts a word before each wide letter that would not fit. Letters of one
/// column are never parted: a long id in a Latin script stays whole.
fn slices(word: &str, limit: usize) -> Vec<String> {
    let mut slices = vec![String::new()];
    let mut filled = 0;
    for letter in word.chars() {
        let columns = letter.width().unwrap_or(0);
        if columns > 1 && filled + columns > limit && filled > 0 {
            slices.push(String::new());
            filled = 0;
        }
        filled += columns;
        if let Some(slice) = slices.last_mut() {
            slice.push(letter);
        }
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn colour_takes_no_room() {
        let painted = Paint::new(true).severity(Severity::High, "HIGH");
        assert_eq!(painted, "\u{1b}[31mHIGH\u{1b}[0m");
        assert_eq!(width(&painted), 4);
        assert_eq!(width(&pad(&painted, 10)), 10);
        assert_eq!(Paint::new(false).severity(Severity::High, "HIGH"), "HIGH");
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(width("検索"), 4);
        assert_eq!(pad("検索", 6), "検索  ");
        assert_eq!(pad_left("7", 3), "  7");
    }

    #[test]
    fn each_glue_breaks_in_its_own_way() {
        let words = parts(&["alpha", "beta", "gamma"]);
        assert_eq!(join(&words, Glue::Comma, 12), ["alpha, beta,", "gamma"]);
        assert_eq!(join(&words, Glue::Dot, 12), ["alpha · beta", "gamma"]);
        assert_eq!(join(&words, Glue::Arrow, 12), ["alpha → beta", "→ gamma"]);
        assert_eq!(join(&words, Glue::Blank, 80), ["alpha beta gamma"]);
    }

    #[test]
    fn a_long_part_stands_alone_and_whole() {
        let words = parts(&["a", "indirect-prompt-injection@assistant", "b"]);
        assert_eq!(join(&words, Glue::Blank, 10), words);
        assert!(join(&[], Glue::Blank, 10).is_empty());
        assert_eq!(wrap("ein-überlanges-wort", 5), ["ein-überlanges-wort"]);
    }

    #[test]
    fn a_script_without_blanks_is_broken_where_the_line_is_full() {
        assert_eq!(wrap("検索検索検索", 5), ["検索", "検索", "検索"]);
    }
}
