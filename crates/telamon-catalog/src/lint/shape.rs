//! What ids look like. Shapes are learnt from the ids in the catalog: letters
//! in front, so many digits, perhaps a part behind a dot.

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::framework::Framework;

/// How the ids of one framework that begin alike are built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Letters and marks in front of the first digit.
    pub prefix: String,
    /// Framework, without edition.
    pub framework: String,
    /// Fewest digits.
    pub least: usize,
    /// Most digits.
    pub most: usize,
    /// Highest number.
    pub highest: u64,
    /// Many texts have such words that are no citations.
    pub common: bool,
}

impl Shape {
    /// Whether the prefix alone tells that this is an id: two capital letters
    /// before four digits may be anything.
    pub(crate) fn is_distinctive(&self) -> bool {
        self.prefix.len() > 2
    }

    /// Whether digits of any number look like an id of this framework.
    pub(crate) fn is_marked(&self) -> bool {
        self.prefix.bytes().any(|byte| !byte.is_ascii_alphanumeric())
    }
}

/// An id split into what comes before its first digit, its digits, and its part.
pub(crate) struct Parts<'t> {
    pub prefix: &'t str,
    pub digits: &'t str,
    /// With the dot; may be empty.
    pub part: &'t str,
}

/// Splits an id; none where it is not built like one.
pub(crate) fn split(id: &str) -> Option<Parts<'_>> {
    let first = id.find(|letter: char| letter.is_ascii_digit())?;
    let (prefix, rest) = id.split_at_checked(first)?;
    if !prefix.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, part) = rest.split_at_checked(end)?;
    let well_built = part.is_empty() || part.strip_prefix('.').is_some_and(all_digits);
    well_built.then_some(Parts { prefix, digits, part })
}

pub(crate) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The shapes of all ids in the catalog, longest prefix first.
pub(crate) fn learn(catalog: &Catalog) -> Vec<Shape> {
    let mut shapes: BTreeMap<(String, String), Shape> = BTreeMap::new();
    for framework in catalog.frameworks() {
        for id in ids(framework) {
            let Some(parts) = split(id) else { continue };
            let shape = shapes.entry((parts.prefix.to_owned(), framework.framework.clone())).or_insert_with(|| Shape {
                prefix: parts.prefix.to_owned(),
                framework: framework.framework.clone(),
                least: usize::MAX,
                most: 0,
                highest: 0,
                common: framework.common_ids,
            });
            shape.least = shape.least.min(parts.digits.len());
            shape.most = shape.most.max(parts.digits.len());
            shape.highest = shape.highest.max(parts.digits.parse().unwrap_or(0));
        }
    }
    let mut shapes: Vec<Shape> = shapes.into_values().collect();
    shapes.sort_by(|a, b| (b.prefix.len(), &a.prefix, &a.framework).cmp(&(a.prefix.len(), &b.prefix, &b.framework)));
    shapes
}

fn ids(framework: &Framework) -> impl Iterator<Item = &str> {
    let entries = framework.entries.iter().map(|entry| entry.id.as_str());
    let history = framework.history.iter().map(|past| past.id.as_str());
    entries.chain(history).chain(framework.elsewhere.iter().map(String::as_str))
}

/// An id found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cited<'t> {
    /// First byte of the id.
    pub start: usize,
    /// Behind the id and its edition.
    pub end: usize,
    /// The id without edition.
    pub id: &'t str,
    /// The edition as written.
    pub edition: Option<&'t str>,
    /// Index of the shape.
    pub shape: usize,
}

/// The id that begins at a byte, if one does. The caller sees to it that no
/// word runs into it from the left.
pub(crate) fn id_at<'t>(text: &'t str, at: usize, shapes: &[Shape], catalog: &Catalog) -> Option<Cited<'t>> {
    let rest = text.get(at..)?;
    let first = *rest.as_bytes().first()?;
    let mut best: Option<(usize, usize, bool)> = None;
    for (index, shape) in shapes.iter().enumerate() {
        if shape.prefix.as_bytes().first() != Some(&first) {
            continue;
        }
        let Some(behind) = rest.strip_prefix(shape.prefix.as_str()) else { continue };
        let digits = leading_digits(behind);
        if digits == 0 || digits > MOST_DIGITS {
            continue;
        }
        let fits = (shape.least..=shape.most).contains(&digits);
        let length = shape.prefix.len() + digits;
        // Of shapes that begin alike the one with the right number of digits.
        if best.is_none_or(|(.., known)| fits && !known) {
            best = Some((index, length, fits));
        }
    }
    let (shape, mut length, _) = best?;
    let part = rest.get(length..).and_then(|behind| behind.strip_prefix('.')).map_or(0, leading_digits);
    if part > 0 && part <= MOST_DIGITS {
        length += 1 + part;
    }
    let behind = rest.get(length..)?;
    if behind.chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let id = rest.get(..length)?;
    let framework = shapes.get(shape)?.framework.as_str();
    let (edition, taken) = edition_behind(behind, framework, catalog);
    Some(Cited { start: at, end: at + length + taken, id, edition, shape })
}

/// More digits than any id has; bounds the look ahead.
const MOST_DIGITS: usize = 12;

fn leading_digits(text: &str) -> usize {
    text.bytes().take(MOST_DIGITS + 1).take_while(u8::is_ascii_digit).count()
}

/// The edition that follows an id, and how many bytes that takes: `:2025`,
/// `:v1.1`, `-2025`, ` (2025)`. Behind a colon whatever looks like an edition
/// is one; elsewhere only an edition that the catalog knows.
fn edition_behind<'t>(behind: &'t str, framework: &str, catalog: &Catalog) -> (Option<&'t str>, usize) {
    let cites = catalog.get(framework, None).is_some_and(Framework::cites_edition);
    for (open, close, sure) in [
        (":", "", true),
        ("@", "", true),
        ("-", "", false),
        ("_", "", false),
        ("/", "", false),
        (" (", ")", false),
        (" ", "", false),
    ] {
        let Some(inside) = behind.strip_prefix(open) else { continue };
        let word = edition_word(inside);
        if word.is_empty() || !inside.get(word.len()..).is_some_and(|rest| rest.starts_with(close)) {
            continue;
        }
        let known = is_known_edition(word, framework, catalog);
        let tells = cites || (sure && known);
        if !tells {
            continue;
        }
        let looks = word.starts_with(['v', 'V']) || (word.len() == 4 && word.starts_with("20")) || word.contains('.');
        if known || (sure && looks) {
            return (Some(word), open.len() + word.len() + close.len());
        }
    }
    (None, 0)
}

/// The run of characters that an edition may have.
pub(crate) fn edition_word(text: &str) -> &str {
    let marker = usize::from(text.starts_with(['v', 'V']));
    let mut end = marker;
    for byte in text.bytes().skip(marker).take(12) {
        if byte.is_ascii_digit() || (byte == b'.' && end > marker) {
            end += 1;
        } else {
            break;
        }
    }
    let word = text.get(..end).unwrap_or("").trim_end_matches('.');
    let behind = text.get(word.len()..).and_then(|rest| rest.chars().next());
    if word.len() == marker || behind.is_some_and(char::is_alphanumeric) { "" } else { word }
}

/// Whether a framework has an edition that people write so.
pub(crate) fn is_known_edition(word: &str, framework: &str, catalog: &Catalog) -> bool {
    catalog.get(framework, Some(word)).is_some()
}
