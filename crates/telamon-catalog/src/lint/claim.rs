//! The words around an id that say what it is thought to be.

use std::collections::BTreeSet;

use super::names::word_set;

/// What stands beside an id.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// A name given to the id: `T1565 Data Manipulation`, `Reconnaissance (TA0043)`.
    pub name: Option<Claim>,
    /// Words before it in the same sentence, nearest last.
    pub before: String,
    /// Words behind it in the same sentence.
    pub after: String,
    /// It is a part of an address, which gives it no name.
    pub in_address: bool,
}

/// A name that a text gives an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub text: String,
    pub stems: BTreeSet<String>,
    /// It is set off as a name: written with capitals, next to the id, and
    /// nothing else follows.
    pub sure: bool,
    /// It stands behind the id, without a bracket.
    pub behind: bool,
}

/// How far a name may reach.
const REACH: usize = 120;
/// How many words of a sentence speak of an id.
const WORDS: usize = 12;

/// Reads the words around `text[start..end]`, which is an id with its edition.
/// `left` and `right` are the ends of the neighbouring ids.
pub(crate) fn claims(text: &str, start: usize, end: usize, left: usize, right: usize) -> Claims {
    if in_address(text, start) {
        return Claims { in_address: true, ..Claims::default() };
    }
    let before = before(text, start, left);
    let after = after(text, end, right);
    let name = name_behind(after)
        .or_else(|| name_in_next_key(text, end))
        .or_else(|| name_in_front(before))
        .or_else(|| name_in_cell_before(text, start, left));
    Claims { name, before: last_words(before, WORDS), after: first_words(after, WORDS), in_address: false }
}

/// An address says nothing about the id in it.
fn in_address(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(REACH));
    let piece = text.get(from..start).unwrap_or("");
    let word = piece.rsplit(|letter: char| letter.is_whitespace() || "()<>\"'".contains(letter)).next();
    word.is_some_and(|word| word.contains("://"))
}

/// The rest of the line in front of an id, cut at a sentence end.
fn before(text: &str, start: usize, left: usize) -> &str {
    let from = floor(text, start.saturating_sub(REACH).max(left));
    let piece = text.get(from..start).unwrap_or("");
    let cut = piece.rfind(['\n', '|', ';']).map_or(0, |at| at + 1);
    let piece = piece.get(cut..).unwrap_or("");
    let cut = piece.rfind(". ").map_or(0, |at| at + 2);
    piece.get(cut..).unwrap_or("")
}

fn after(text: &str, end: usize, right: usize) -> &str {
    let to = ceil(text, (end + REACH).min(right));
    let piece = text.get(end..to).unwrap_or("");
    let cut = piece.find(['\n', ';']).unwrap_or(piece.len());
    let piece = piece.get(..cut).unwrap_or("");
    // One cell further counts, as in `| T1190 | Exploit ... |`.
    let mut bars = piece.match_indices('|').map(|(at, _)| at);
    let first = bars.next();
    let limit = match (first, bars.next()) {
        (Some(_), Some(second)) => second,
        _ => piece.len(),
    };
    let piece = piece.get(..limit).unwrap_or("");
    let cut = piece.find(". ").unwrap_or(piece.len());
    piece.get(..cut).unwrap_or("").trim_end_matches('.')
}

/// Marks between an id and its name.
const MARKS: &[char] = &[' ', '\t', '*', '_', '`', '"', '\'', ':', '-', '–', '—', '|', ',', '(', '[', ']', '>', '='];

fn name_behind(after: &str) -> Option<Claim> {
    let after = skip_link(after);
    let name = after.trim_start_matches(MARKS);
    let marks = after.get(..after.len() - name.len())?;
    if marks.is_empty() || marks.matches(',').count() > 1 {
        return None;
    }
    // `id: T1565, name: Data Manipulation` and the same in JSON.
    let name = skip_key(name);
    let explicit = marks.contains([':', '(', '–', '—', '|']) || marks.contains(" - ");
    let end = name.find(['(', ')', '[', ']', '|', '"', '`', ',', '/', '*', '{', '}']).unwrap_or(name.len());
    let whole = name.get(..end)?.trim();
    let title = title_run(whole);
    let words = if title.is_empty() && explicit { first_words(whole, 6) } else { title.to_owned() };
    let sure = !title.is_empty() && title.len() == whole.len() && !marks.contains(',');
    let behind = !marks.contains('(');
    claim(&words, sure).map(|claim| Claim { behind, ..claim })
}

/// `](https://...)` behind an id belongs to the id.
fn skip_link(after: &str) -> &str {
    let Some(inside) = after.strip_prefix("](") else { return after };
    inside.find(')').and_then(|end| inside.get(end + 1..)).unwrap_or(after)
}

fn skip_key(name: &str) -> &str {
    for key in ["name", "title", "technique", "tactic"] {
        if let Some(rest) = name.strip_prefix(key) {
            let value = rest.trim_start_matches(['"', '\'', ' ']);
            if let Some(value) = value.strip_prefix(':') {
                return value.trim_start_matches(['"', '\'', ' ']);
            }
        }
    }
    name
}

/// `id: T1565` on one line and `name: Data Manipulation` on the next.
fn name_in_next_key(text: &str, end: usize) -> Option<Claim> {
    let rest = text.get(end..ceil(text, end + REACH))?;
    let (here, next) = rest.split_once('\n')?;
    if !here.trim_matches(['"', '\'', ',', ' ', '\r']).is_empty() {
        return None;
    }
    let line = next.lines().next()?.trim_start_matches([' ', '"', '\'', '-']);
    let value = skip_key(line);
    if value.len() == line.len() {
        return None;
    }
    claim(value.trim_end_matches(['"', '\'', ',', ' ']), false)
}

/// `Reconnaissance (TA0043)`, `| Reconnaissance | TA0043`: a name before an
/// opening bracket, with the name of a framework perhaps in between.
fn name_in_front(before: &str) -> Option<Claim> {
    let open = before.rfind('(')?;
    let (name, inside) = before.split_at_checked(open)?;
    if inside.contains(')') || inside.split_whitespace().count() > 4 {
        return None;
    }
    let name = name.trim_end_matches([' ', '*', '_', '`', '"', '\'']);
    let from = name.rfind([',', ':', '(', ')', '"', '`', '*', '–', '—']).map_or(0, |at| at + 1);
    let name = floor_get(name, from);
    let title = title_tail(name);
    claim(title, !title.is_empty())
}

/// `| Reconnaissance | TA0043`, `Reconnaissance,TA0043`.
fn name_in_cell_before(text: &str, start: usize, left: usize) -> Option<Claim> {
    let from = floor(text, start.saturating_sub(REACH).max(left));
    let line = text.get(from..start)?.rsplit('\n').next()?;
    let inside = line.trim_end_matches([' ', '"', '`', '*']).strip_suffix(['|', ','])?;
    let cell = inside.rsplit(['|', ',']).next()?.trim_matches([' ', '"', '`', '*']);
    claim(title_tail(cell), false)
}

fn claim(text: &str, sure: bool) -> Option<Claim> {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || "[]`*_\"'".contains(letter));
    let stems = word_set(text);
    (!stems.is_empty()).then(|| Claim { text: text.to_owned(), stems, sure, behind: false })
}

/// Words that names have in lower case.
const JOINTS: [&str; 14] = ["of", "and", "via", "for", "in", "to", "the", "with", "from", "by", "on", "or", "a", "&"];

fn is_title_word(word: &str) -> bool {
    word.chars().find(|letter| letter.is_alphanumeric()).is_some_and(|first| first.is_uppercase() || first.is_numeric())
}

/// The words in capitals at the start: "Data Manipulation is ..." gives two.
fn title_run(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ') {
        let next = at + word.len();
        if is_title_word(word) {
            end = next;
        } else if end == 0 || !JOINTS.contains(&word) {
            break;
        }
        at = next + 1;
        if word.ends_with([',', ';', '.', '!', '?']) {
            break;
        }
    }
    text.get(..end).unwrap_or("").trim_end_matches([',', ';', '.', ':', '!', '?'])
}

/// The words in capitals at the end: "uses ML Model Access" gives three.
fn title_tail(text: &str) -> &str {
    let mut start = text.len();
    let mut at = text.len();
    for word in text.rsplit(' ') {
        let from = at - word.len();
        if is_title_word(word) {
            start = from;
        } else if !word.is_empty() && (start == text.len() || !JOINTS.contains(&word)) {
            break;
        }
        at = from.saturating_sub(1);
    }
    text.get(start..).unwrap_or("")
}

fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

fn last_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.get(words.len().saturating_sub(count)..).unwrap_or_default().join(" ")
}

fn floor(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}

/// The text from a byte that may lie within a letter.
fn floor_get(text: &str, at: usize) -> &str {
    text.get(ceil(text, at)..).unwrap_or("")
}
