//! Text of a model inside Markdown: shown as written, never as markup.

use crate::words;

/// Prose. Every mark that could begin markup, HTML or a table cell is escaped;
/// marks inside a word that cannot (hyphens, dots) stay readable.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for letter in words::plain(raw).trim().chars() {
        match letter {
            // Entities work in every flavour, a backslash before < does not.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            '!' => out.push_str("&#33;"),
            other => out.push(other),
        }
    }
    first_mark(out)
}

/// A text that begins like a list or an underline is kept from becoming one.
fn first_mark(text: String) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, after) = text.split_at(digits);
    if digits > 0 && (after.starts_with(". ") || after.starts_with(") ")) {
        return format!("{number}\\{after}");
    }
    let word = text.split(' ').next().unwrap_or_default();
    let marks = !word.is_empty() && word.chars().all(|letter| "-+=".contains(letter));
    if marks { format!("\\{text}") } else { text }
}

/// An id or name as code. Inside, nothing is markup but the backtick and, in
/// a table, the bar.
pub fn code(raw: &str) -> String {
    let inner = words::plain(raw).replace('`', "'").replace('|', "\\|");
    let inner = inner.trim();
    if inner.is_empty() { "–".to_owned() } else { format!("`{inner}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_shown_as_written() {
        assert_eq!(text("a*b_c | [x](y) <b>"), r"a\*b\_c \| \[x\](y) &lt;b&gt;");
        assert_eq!(text("![i](http://x)"), r"&#33;\[i\](http://x)");
        assert_eq!(text("plain text, order-tool: 5.6"), "plain text, order-tool: 5.6");
        assert_eq!(text("two\nlines"), "two lines");
    }

    #[test]
    fn a_text_does_not_become_a_list_or_heading() {
        assert_eq!(text("- item"), r"\- item");
        assert_eq!(text("1. item"), r"1\. item");
        assert_eq!(text("# head"), r"\# head");
        assert_eq!(text("=="), r"\==");
        assert_eq!(text("2026 was"), "2026 was");
        assert_eq!(text("0.4.0"), "0.4.0");
        assert_eq!(text("+2 impact"), "+2 impact");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a`b|c"), r"`a'b\|c`");
        assert_eq!(code(" "), "–");
    }
}
