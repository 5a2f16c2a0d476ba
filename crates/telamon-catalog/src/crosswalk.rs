//! How entries of one framework or edition relate to those of another.

mod rows;

pub use rows::Rows;
use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

use crate::parse::parse;

/// One file of `catalog/crosswalks/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Crosswalk {
    /// Name for people.
    pub name: String,
    /// Where the rows come from.
    pub source: String,
    /// Licence of the source.
    pub licence: String,
    /// Date of the source.
    pub date: String,
    /// Editions between which ids keep their meaning.
    #[serde(default)]
    pub same_ids: Vec<SameIds>,
    /// The rows.
    pub rows: Rows,
}

/// An id that both editions have, and that no row relates between them, is the
/// same entry in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SameIds {
    /// Framework.
    pub framework: String,
    /// The older edition.
    pub from: String,
    /// The newer edition.
    pub to: String,
    /// The framework that states it, or `ours`.
    pub stated_by: String,
    /// Whether a person has checked it.
    pub review: Review,
}

/// One statement that two entries belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Row {
    /// The older or the stating side.
    pub from: RowEnd,
    /// The other side; none where nothing follows.
    #[serde(default)]
    pub to: Option<RowEnd>,
    /// How they relate.
    pub relation: Relation,
    /// The framework that states it, or `ours`.
    pub stated_by: String,
    /// Whether a person has checked the row.
    pub review: Review,
    /// What the relation word leaves out.
    #[serde(default)]
    pub note: Option<String>,
}

/// An entry with its edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowEnd {
    /// Framework.
    pub framework: String,
    /// Edition.
    pub edition: String,
    /// Id.
    pub id: String,
}

/// How two entries relate, read from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same risk.
    Same,
    /// The same risk under another name.
    Renamed,
    /// The new one covers more.
    Widened,
    /// The new one covers less.
    Narrowed,
    /// One of several that the old one became.
    Split,
    /// Several became this one.
    Merged,
    /// The new one has it as a part.
    Absorbed,
    /// They touch each other.
    Related,
    /// Nothing follows.
    Gone,
}

impl Row {
    /// Whether it relates editions of one framework, or says that an id is gone.
    pub(crate) fn is_within(&self) -> bool {
        self.to.as_ref().is_none_or(|to| to.framework == self.from.framework)
    }
}

impl Relation {
    /// All relations, nearest first.
    pub(crate) const ALL: [Self; 9] = [
        Self::Same,
        Self::Renamed,
        Self::Widened,
        Self::Narrowed,
        Self::Split,
        Self::Merged,
        Self::Absorbed,
        Self::Related,
        Self::Gone,
    ];

    /// The word in the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Renamed => "renamed",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Absorbed => "absorbed",
            Self::Related => "related",
            Self::Gone => "gone",
        }
    }

    /// The word for the same row read from `to` to `from`.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Widened => Self::Narrowed,
            Self::Narrowed => Self::Widened,
            Self::Split => Self::Merged,
            Self::Merged => Self::Split,
            Self::Absorbed => Self::Related,
            other => other,
        }
    }
}

/// Whether a person has checked a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Not yet.
    Unreviewed,
    /// Yes.
    Reviewed,
}

impl Review {
    /// The word in the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreviewed => "unreviewed",
            Self::Reviewed => "reviewed",
        }
    }
}

/// Reads a file of `catalog/crosswalks/`.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn parse_crosswalk(source: SourceId, text: &str) -> Result<Crosswalk, Vec<Diagnostic>> {
    parse(source, text)
}
