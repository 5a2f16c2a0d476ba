//! Entries of frameworks that no architecture can show, with the reason.
//!
//! What a rule could derive from a model needs a rule, and what a control could do a control; these are the rest: what
//! an attacker does at home, say.

use crate::framework::EntryType;
use crate::parse::parse;
use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

/// One file of `catalog/coverage`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unseen {
    /// Id of the framework; its entries in all editions are meant.
    pub framework: String,
    /// The sorts of entries that are accounted for: threats by rules, mitigations by controls.
    #[serde(default = "threats")]
    pub accounts: Vec<EntryType>,
    /// Entries by reason.
    pub unseen: Vec<UnseenEntries>,
}

/// Entries that one reason keeps out of every architecture.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnseenEntries {
    /// Their ids.
    pub ids: Vec<String>,
    /// Why no rule can derive them: one sentence without a full stop, for reports.
    pub because: String,
}

/// What rules derive: entries of lists, techniques of matrices, classes of harm.
fn threats() -> Vec<EntryType> {
    vec![EntryType::Technique, EntryType::Entry, EntryType::Category]
}

/// Reads a file of `catalog/coverage`.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn parse_unseen(source: SourceId, text: &str) -> Result<Unseen, Vec<Diagnostic>> {
    parse(source, text)
}
