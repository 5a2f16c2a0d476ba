//! How people speak of frameworks: data, so that a new framework needs no code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

use crate::parse::parse;

/// The file `catalog/vocabulary/lint-hints.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hints {
    /// What people call the frameworks.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// What people call the entries, beside their names.
    #[serde(default)]
    pub topics: Vec<Topic>,
}

/// What people call a framework. A single word in capitals is matched as it is
/// written; everything else in any case, and any blank for a blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// Id of the framework.
    pub framework: String,
    /// The words.
    pub words: Vec<String>,
}

/// Words that stand for a threat, and the entry that covers it best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Phrases, each on its own enough.
    pub words: Vec<String>,
    /// Id by framework, with edition where the framework has several.
    pub means: BTreeMap<String, String>,
}

impl Hints {
    /// Reads the file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(source: SourceId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        parse(source, text)
    }
}
