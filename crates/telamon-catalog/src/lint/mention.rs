//! Where a text speaks of a framework, and of which edition of it.

use std::collections::BTreeMap;

use super::shape::{edition_word, is_known_edition};
use crate::catalog::Catalog;

/// A set of frameworks, one bit for each in the order of
/// [`Catalog::framework_ids`]; the first 64 take part.
pub(crate) type Mask = u64;

/// A place where a text speaks of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mentioned {
    pub start: usize,
    pub end: usize,
    /// Number of the framework.
    pub framework: usize,
    /// The edition, where one is named along with it.
    pub edition: Option<String>,
    /// It is the key of a file: `atlas: [...]`.
    pub key: bool,
    /// With the frameworks that are named in one breath: "ATLAS and ATT&CK".
    pub together: Mask,
}

/// The words for frameworks, ready to be looked for.
#[derive(Debug, Default)]
pub(crate) struct MentionWords {
    /// By first byte in lower case; longest first.
    by_first: BTreeMap<u8, Vec<Word>>,
    /// Ids of the frameworks by number.
    pub frameworks: Vec<String>,
}

#[derive(Debug)]
struct Word {
    text: String,
    framework: usize,
    exact: bool,
    /// The id of a framework, which counts only as a key: `atlas:`, `atlas@5.6.0`.
    key: bool,
}

impl MentionWords {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let frameworks: Vec<String> = catalog.framework_ids().into_iter().map(str::to_owned).collect();
        let mut words = Self { by_first: BTreeMap::new(), frameworks: frameworks.clone() };
        for (number, id) in frameworks.iter().enumerate().take(64) {
            words.add(id, number, true);
            if let Some(framework) = catalog.get(id, None) {
                words.add(&framework.name, number, false);
            }
        }
        for mention in &catalog.hints().mentions {
            if let Some(number) = frameworks.iter().take(64).position(|id| *id == mention.framework) {
                for word in &mention.words {
                    words.add(word, number, false);
                }
            }
        }
        for list in words.by_first.values_mut() {
            // Of words as long as each other the key first: it says more.
            list.sort_by(|a, b| (b.text.len(), b.key, &a.text).cmp(&(a.text.len(), a.key, &b.text)));
        }
        words
    }

    fn add(&mut self, text: &str, framework: usize, key: bool) {
        let Some(first) = text.bytes().next() else { return };
        let exact = !key && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let text = if exact { text.to_owned() } else { text.to_lowercase() };
        self.by_first.entry(first.to_ascii_lowercase()).or_default().push(Word { text, framework, exact, key });
    }

    /// The mention that begins at a byte, if one does. The caller sees to it
    /// that no word runs into it from the left.
    pub(crate) fn at(&self, text: &str, at: usize, catalog: &Catalog) -> Option<Mentioned> {
        let rest = text.get(at..)?;
        let first = rest.as_bytes().first()?.to_ascii_lowercase();
        for word in self.by_first.get(&first)? {
            let Some(length) = matched(rest, word) else { continue };
            let behind = rest.get(length..).unwrap_or("");
            if behind.chars().next().is_some_and(char::is_alphanumeric) {
                continue;
            }
            if word.key && !behind.trim_start_matches(['"', '\'', ' ']).starts_with([':', '@']) {
                continue;
            }
            let id = self.frameworks.get(word.framework)?;
            let behind_edition = edition_behind(behind, id, catalog);
            let edition = behind_edition.or_else(|| edition_before(text, at, id, catalog));
            return Some(Mentioned {
                start: at,
                end: at + length,
                framework: word.framework,
                edition,
                key: word.key,
                together: 1 << word.framework,
            });
        }
        None
    }
}

/// How many bytes the word takes at the start of a text. A blank stands for any
/// short run of blanks, hyphens and marks of emphasis.
fn matched(rest: &str, word: &Word) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    for wanted in word.text.bytes() {
        if wanted == b' ' {
            let run = bytes.iter().skip(at).take(6).take_while(|byte| b" \t\r\n-_*".contains(byte)).count();
            if run == 0 {
                return None;
            }
            at += run;
            continue;
        }
        let byte = *bytes.get(at)?;
        let same = if word.exact { byte == wanted } else { byte.to_ascii_lowercase() == wanted };
        if !same {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// How far behind the words for a framework its edition may stand.
const EDITION_REACH: usize = 40;

/// The edition that follows: "(2025)", "v1.1", "@2025", "for Applications 2025".
fn edition_behind(behind: &str, framework: &str, catalog: &Catalog) -> Option<String> {
    let mut before = ' ';
    for (at, letter) in behind.char_indices() {
        if at > EDITION_REACH || matches!(letter, '\n' | '|' | ';' | '.') {
            return None;
        }
        if !before.is_alphanumeric() && (letter.is_ascii_digit() || letter == 'v' || letter == 'V') {
            let word = edition_word(behind.get(at..)?);
            if !word.is_empty() && is_known_edition(word, framework, catalog) {
                return Some(word.to_owned());
            }
            // Another number in between: what follows belongs to something else.
            if letter.is_ascii_digit() {
                return None;
            }
        }
        before = letter;
    }
    None
}

/// The edition in front: "the 2025 OWASP Top 10 for LLM".
fn edition_before(text: &str, at: usize, framework: &str, catalog: &Catalog) -> Option<String> {
    let before = text.get(..at)?.strip_suffix(' ')?;
    let tail: usize = before.bytes().rev().take(12).take_while(|byte| !byte.is_ascii_whitespace()).count();
    let word = before.get(before.len() - tail..)?.trim_matches(['(', ')', '*', '"']);
    let whole = !word.is_empty() && edition_word(word) == word;
    (whole && is_known_edition(word, framework, catalog)).then(|| word.to_owned())
}
