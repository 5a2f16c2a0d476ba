//! Official texts as they are kept in a user's folder.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the official file says of one entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialText {
    /// Its name.
    pub name: String,
    /// Its description, in Markdown; empty where the file has none.
    pub description: String,
}

/// The texts of a framework in one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficialTexts {
    /// Id of the framework in the catalog.
    pub framework: String,
    /// The release.
    pub edition: String,
    /// Name of the file that they come from.
    pub source: String,
    /// Digest of that file.
    pub digest: String,
    /// Texts by id.
    pub texts: BTreeMap<String, OfficialText>,
}

impl OfficialTexts {
    /// The name of the file that keeps them.
    pub fn file_name(&self) -> String {
        format!("{}@{}{}", self.framework, self.edition, Self::ENDING)
    }

    /// How the name of such a file ends.
    pub const ENDING: &str = ".texts.json";
}

/// Whether a text can name a release, and with it a file.
pub fn is_edition_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    text.starts_with(|letter: char| letter.is_ascii_digit()) && text.len() <= 32 && text.chars().all(plain)
}

/// Whether one release is later than another: their numbers decide, so that
/// `5.10` comes after `5.9` and `2026.05` after both.
pub fn newer(one: &str, other: &str) -> Ordering {
    let numbers = |text: &str| -> Vec<u64> {
        text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
    };
    numbers(one).cmp(&numbers(other)).then_with(|| one.cmp(other))
}

/// A text without what could steer a terminal; line breaks stay.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\t', '\r'], " ");
    let kept: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    kept.trim().to_owned()
}
