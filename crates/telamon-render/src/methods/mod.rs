//! Documents that walk an analysis the way a method prescribes.
//!
//! Each method builds one [`Document`]; the same document becomes HTML or
//! Markdown. What a method asks for and neither model nor analysis knows is
//! said to be missing, never filled with words.

mod document;
mod full;
mod html;
mod markdown;
mod owasp;
mod parts;
mod pasta;
mod stride;
#[cfg(test)]
mod tests;

use telamon_engine::analysis::Analysis;

pub use document::{Block, Document, Table};

use crate::html::SameEntry;

/// What a document needs beside the analysis.
#[derive(Debug, Clone, Default)]
pub struct MethodOptions {
    /// The command line that makes this document again; may be empty.
    pub command: String,
    /// Language of the model's own words; `en` when empty.
    pub lang: String,
    /// Which entries of two editions of one list are the same.
    pub same_entries: Vec<SameEntry>,
    /// Notices that the frameworks' licences ask for, one sentence each.
    pub attributions: Vec<String>,
}

/// A method that a document can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Spoofing to elevation of privilege, by component and by letter.
    Stride,
    /// The seven stages of PASTA.
    Pasta,
    /// The OWASP lists, entry by entry and by edition.
    Owasp,
    /// Everything, in the order of the four questions.
    Full,
}

impl Method {
    /// All methods with the word that a user writes.
    pub const ALL: [(&'static str, Self); 4] =
        [("stride", Self::Stride), ("pasta", Self::Pasta), ("owasp", Self::Owasp), ("full", Self::Full)];

    /// The method of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, method)| (known == word).then_some(method))
    }

    /// The document of this method.
    pub fn document(self, analysis: &Analysis, options: &MethodOptions) -> Document {
        match self {
            Self::Stride => stride(analysis, options),
            Self::Pasta => pasta(analysis, options),
            Self::Owasp => owasp(analysis, options),
            Self::Full => full(analysis, options),
        }
    }
}

/// Threats by component and by STRIDE letter.
pub fn stride(analysis: &Analysis, options: &MethodOptions) -> Document {
    stride::document(analysis, options)
}

/// The seven stages of PASTA, with what is known for each.
pub fn pasta(analysis: &Analysis, options: &MethodOptions) -> Document {
    pasta::document(analysis, options)
}

/// The OWASP lists by edition: each entry with its state and threats.
pub fn owasp(analysis: &Analysis, options: &MethodOptions) -> Document {
    owasp::document(analysis, options)
}

/// Everything that the analysis holds, in the order of the four questions.
pub fn full(analysis: &Analysis, options: &MethodOptions) -> Document {
    full::document(analysis, options)
}
