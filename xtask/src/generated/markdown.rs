//! Pieces of Markdown that several pages use.

/// A table; pipes and line ends in the cells are made harmless.
pub(super) fn table<R: IntoIterator<Item = String>>(heads: &[&str], rows: impl IntoIterator<Item = R>) -> String {
    let mut out = line(heads.iter().map(|&head| head.to_owned()));
    out.push_str(&line(heads.iter().map(|_| "---".to_owned())));
    for row in rows {
        out.push_str(&line(row));
    }
    out
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(&text)).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// A word as code; nothing for no word.
pub(super) fn code(word: impl AsRef<str>) -> String {
    let word = word.as_ref();
    if word.is_empty() { String::new() } else { format!("`{word}`") }
}

/// Words as code, separated by commas.
pub(super) fn codes<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> String {
    join(words.into_iter().map(code))
}

/// Words, separated by commas.
pub(super) fn join<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> String {
    words.into_iter().map(|word| word.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

/// A fenced block.
pub(super) fn fence(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// An id as words: `data-store` is `data store`.
pub(super) fn spaced(id: &str) -> String {
    id.replace('-', " ")
}

/// The same with a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A line of the data as a sentence: a capital letter in front, a full stop behind.
pub(super) fn sentence(text: &str) -> String {
    let text = capital(text.trim());
    if text.is_empty() || text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}

/// Placeholders such as `{component}` as words in italics.
pub(super) fn placeholders(text: &str) -> String {
    text.replace(['{', '}'], "*")
}

#[cfg(test)]
mod tests {
    use super::{fence, placeholders, sentence, table};

    #[test]
    fn a_cell_keeps_its_row_together() {
        assert_eq!(table(&["a"], [["one | two\nthree".to_owned()]]), "| a |\n| --- |\n| one \\| two three |\n");
    }

    #[test]
    fn lines_of_data_read_as_sentences() {
        assert_eq!(sentence("an id is cited"), "An id is cited.");
        assert_eq!(sentence("is it limited?"), "Is it limited?");
        assert_eq!(placeholders("{source} steers {component}"), "*source* steers *component*");
        assert_eq!(fence("yaml", "a: b\n\n"), "```yaml\na: b\n```\n");
    }
}
