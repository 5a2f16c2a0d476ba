//! One framework in one edition: its entries and what became of earlier ids.

mod integrity;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

pub use integrity::check_integrity;

use crate::parse::parse;

/// One edition of a framework, as its file under `catalog/frameworks/` has it.
///
/// Every field is always written, so that the value can be kept in a format
/// that does not describe itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Framework {
    /// Id of the framework: lower case, the same in all editions.
    pub framework: String,
    /// Edition as the source counts it.
    pub edition: String,
    /// Name for people.
    pub name: String,
    /// The edition that is meant when nobody names one.
    #[serde(default)]
    pub default: bool,
    /// Other ways in which people write this edition: a year, a version.
    #[serde(default)]
    pub edition_also: Vec<String>,
    /// Date of the release.
    pub released: String,
    /// Where the facts were taken from.
    pub source: String,
    /// Licence of the source.
    pub licence: String,
    /// Whom to name.
    pub attribution: String,
    /// How an id is cited, with `{id}` and `{edition}`.
    pub citation: String,
    /// The file holds a part of the list: an id that is missing may exist.
    #[serde(default)]
    pub partial: bool,
    /// Ids that the framework has outside the part that this file covers.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// Ids such as `T1` or `Article 9` stand in many texts: they are citations
    /// only where a text names the framework.
    #[serde(default)]
    pub common_ids: bool,
    /// All entries.
    pub entries: Vec<Entry>,
    /// Ids and names of earlier releases.
    #[serde(default)]
    pub history: Vec<Past>,
}

/// What sort of entry it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryType {
    /// Why an attacker does something.
    Tactic,
    /// How an attacker does it.
    Technique,
    /// What helps against techniques.
    Mitigation,
    /// An incident or an exercise.
    CaseStudy,
    /// One risk of a list.
    #[default]
    Entry,
    /// A weakness of software.
    Weakness,
    /// One of a few classes of harm.
    Category,
}

impl EntryType {
    /// The word in the data files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tactic => "tactic",
            Self::Technique => "technique",
            Self::Mitigation => "mitigation",
            Self::CaseStudy => "case-study",
            Self::Entry => "entry",
            Self::Weakness => "weakness",
            Self::Category => "category",
        }
    }
}

/// One entry of a framework.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// Id without edition.
    pub id: String,
    /// What sort of entry it is.
    #[serde(rename = "type")]
    pub kind: EntryType,
    /// The official name.
    pub name: String,
    /// Name with that of the parent, for sub-techniques.
    #[serde(default)]
    pub full_name: Option<String>,
    /// Other names in use.
    #[serde(default)]
    pub also: Vec<String>,
    /// The entry that this one is a part of.
    #[serde(default)]
    pub parent: Option<String>,
    /// One sentence of our own; empty where there is none.
    #[serde(default)]
    pub summary: String,
    /// What it means where: for a model, an agent, data.
    #[serde(default)]
    pub means: BTreeMap<String, String>,
    /// Tactics that a technique serves.
    #[serde(default)]
    pub tactics: Vec<String>,
    /// How real a technique is: feasible, demonstrated, realized.
    #[serde(default)]
    pub maturity: Option<String>,
    /// Platforms that the source names.
    #[serde(default)]
    pub platforms: Vec<String>,
    /// The ATT&CK entry that the source refers to.
    #[serde(default)]
    pub attack: Option<String>,
    /// Date of the first release of the entry.
    #[serde(default)]
    pub created: Option<String>,
    /// Date of its last change.
    #[serde(default)]
    pub modified: Option<String>,
    /// Techniques that a mitigation helps against.
    #[serde(default)]
    pub mitigates: Vec<String>,
    /// Stages of the life cycle at which a mitigation is done.
    #[serde(default)]
    pub lifecycle: Vec<String>,
    /// Sorts of a mitigation: technical, policy...
    #[serde(default)]
    pub category: Vec<String>,
    /// What happened in a case study, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// When the case happened.
    #[serde(default)]
    pub incident_date: Option<String>,
    /// incident or exercise.
    #[serde(default)]
    pub case_type: Option<String>,
    /// Whom the case hit.
    #[serde(default)]
    pub target: Option<String>,
    /// Who did it.
    #[serde(default)]
    pub actor: Option<String>,
    /// Ids of other frameworks that the source states, with edition.
    #[serde(default)]
    pub related: Vec<String>,
}

/// One step of a case study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What the step was for.
    pub tactic: String,
    /// What was done.
    pub technique: String,
}

/// What happened to an id of an earlier release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// The id at that time.
    pub id: String,
    /// Its name at that time.
    pub was: String,
    /// Last release with it.
    #[serde(default)]
    pub until: Option<String>,
    /// The id that stands for it today.
    #[serde(default)]
    pub became: Option<String>,
    /// What was done.
    pub how: PastHow,
    /// First release without it.
    #[serde(default)]
    pub since: Option<String>,
}

/// What was done to an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PastHow {
    /// Same id, other name.
    Renamed,
    /// Gone.
    Retired,
    /// Gone, another id covers it.
    Replaced,
    /// Same thing under another id.
    Moved,
}

impl Framework {
    /// Reads a file of `catalog/frameworks/`.
    ///
    /// # Errors
    /// Everything that is wrong with the file: syntax, an unknown key, a
    /// missing one. References between entries are checked by
    /// [`check_integrity`].
    pub fn parse(source: SourceId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        parse(source, text)
    }

    /// `owasp-llm@2025`: framework and edition as models and rules write them.
    pub fn key(&self) -> String {
        format!("{}@{}", self.framework, self.edition)
    }

    /// An id as people cite it in this edition: `LLM01:2025`.
    pub fn cite(&self, id: &str) -> String {
        self.citation.replace("{id}", id).replace("{edition}", &self.edition)
    }

    /// Whether a citation must name the edition.
    pub fn cites_edition(&self) -> bool {
        self.citation.contains("{edition}")
    }

    /// Whether people write this edition so: `2025`, `v1.1`.
    pub fn is_edition(&self, word: &str) -> bool {
        let bare = |text: &str| text.trim_start_matches(['v', 'V']).to_owned();
        let word = bare(word);
        bare(&self.edition) == word || self.edition_also.iter().any(|also| bare(also) == word)
    }
}

impl Entry {
    /// The name that stands for itself: that of a sub-technique with its parent's.
    pub fn display_name(&self) -> &str {
        self.full_name.as_deref().unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests;
