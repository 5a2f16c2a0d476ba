//! `expected.yaml` as data, and what it means that a threat answers to it.

use serde::Deserialize;
use std::path::Path;
use telamon_engine::analysis::{Analysis, Status, Threat};
use telamon_text::{Sources, yaml};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[allow(dead_code)]
    pub system: String,
    pub expected: Vec<Wanted>,
    #[serde(default)]
    pub not_expected: Vec<Noise>,
    #[serde(default)]
    pub top: Vec<Demand>,
}

/// A threat that an expert names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    pub title: String,
    pub component: Vec<String>,
    pub atlas: Vec<String>,
    pub owasp: Vec<String>,
    pub stride: Vec<String>,
    #[allow(dead_code)]
    pub severity: String,
    #[allow(dead_code)]
    pub because: String,
    pub must: bool,
}

/// What an expert would call noise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    pub what: String,
    #[allow(dead_code)]
    pub because: String,
    #[serde(default)]
    pub coverage: Option<Entry>,
}

/// State of a framework entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub framework: String,
    pub edition: String,
    pub id: String,
    pub state: String,
}

/// What must be true of the list as a whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    pub expect: String,
    #[allow(dead_code)]
    pub because: String,
    #[serde(default)]
    pub within: Option<usize>,
    #[serde(default)]
    pub count: Option<usize>,
    #[serde(default)]
    pub stride: Vec<String>,
    #[serde(default)]
    pub atlas: Vec<String>,
    #[serde(default)]
    pub owasp: Vec<String>,
    #[serde(default)]
    pub component: Vec<String>,
    #[serde(default)]
    pub coverage: Vec<Entry>,
    #[serde(default)]
    pub remedies: Vec<Remedy>,
    #[serde(default)]
    pub path: Vec<String>,
}

/// A control that must be named on one of these elements.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    pub control: String,
    pub at: Vec<String>,
}

pub fn read(file: &Path) -> Expected {
    let text = std::fs::read_to_string(file).unwrap();
    let sources = Sources::new();
    let source = sources.add("expected.yaml", text.clone());
    let mut wrong = Vec::new();
    let node = yaml::read(source, &text, &yaml::Limits::default(), &mut wrong);
    assert!(wrong.is_empty(), "{}: {wrong:#?}", file.display());
    yaml::from_node(&node.unwrap()).unwrap_or_else(|error| panic!("{}: {error:#?}", file.display()))
}

/// Threats that count as open, in order of rank. What somebody accepted or plans to mend was found all the same.
pub fn ranked(analysis: &Analysis) -> Vec<&Threat> {
    analysis.threats.iter().filter(|threat| threat.rule != "own" && threat.status != Status::Mitigated).collect()
}

pub fn letter(word: &str) -> &'static str {
    match word {
        "spoofing" => "S",
        "tampering" => "T",
        "repudiation" => "R",
        "information-disclosure" => "I",
        "denial-of-service" => "D",
        "elevation-of-privilege" => "E",
        _ => "?",
    }
}

/// The same id, or one is the parent technique of the other.
fn kin(one: &str, other: &str) -> bool {
    let below = |child: &str, parent: &str| child.strip_prefix(parent).is_some_and(|rest| rest.starts_with('.'));
    one == other || below(one, other) || below(other, one)
}

pub fn is_technique(threat: &Threat, id: &str) -> bool {
    threat.frameworks.iter().any(|entry| entry.framework == "atlas" && kin(&entry.id, id))
}

/// `LLM01:2025`, `ML02:2023`, `ASI06:2026`.
fn is_entry(threat: &Threat, cited: &str) -> bool {
    let (id, edition) = cited.split_once(':').unwrap_or((cited, ""));
    threat
        .frameworks
        .iter()
        .any(|entry| entry.framework.starts_with("owasp") && entry.id == id && entry.edition == edition)
}

fn is_named(threat: &Threat, atlas: &[String], owasp: &[String], stride: &[String]) -> bool {
    if atlas.is_empty() && owasp.is_empty() {
        return threat.stride.iter().any(|word| stride.iter().any(|wanted| wanted == letter(word)));
    }
    atlas.iter().any(|id| is_technique(threat, id)) || owasp.iter().any(|id| is_entry(threat, id))
}

fn is_on(threat: &Threat, components: &[String]) -> bool {
    components.is_empty() || components.contains(&threat.component)
}

impl Wanted {
    pub fn answered_by(&self, threat: &Threat) -> bool {
        is_on(threat, &self.component) && is_named(threat, &self.atlas, &self.owasp, &self.stride)
    }
}

impl Demand {
    /// What is not as demanded, if anything.
    pub fn complaints(&self, analysis: &Analysis) -> Vec<String> {
        let mut wrong = Vec::new();
        let ranked = ranked(analysis);
        if let Some(within) = self.within {
            let first = ranked.iter().take(within);
            if let Some(count) = self.count {
                let found = first
                    .filter(|threat| {
                        threat
                            .stride
                            .first()
                            .is_some_and(|word| self.stride.iter().any(|wanted| wanted == letter(word)))
                    })
                    .count();
                if found < count {
                    wrong.push(format!("{}: {found} of the first {within}, not {count}", self.expect));
                }
            } else if !first.into_iter().any(|threat| {
                is_on(threat, &self.component) && is_named(threat, &self.atlas, &self.owasp, &self.stride)
            }) {
                wrong.push(format!("{}: not among the first {within}", self.expect));
            }
        }
        wrong.extend(self.coverage.iter().filter_map(|entry| entry.complaint(analysis)));
        for remedy in &self.remedies {
            // A control that is there in part is shown as such beside the threat, not among what to add.
            let is_there = ranked.iter().any(|threat| {
                threat.remedies.iter().any(|given| given.control == remedy.control && remedy.at.contains(&given.on))
                    || threat.controls.present.iter().any(|given| {
                        given.id == remedy.control && given.state == "partial" && remedy.at.contains(&given.on)
                    })
            });
            if !is_there {
                wrong.push(format!("{}: no remedy `{}` on {}", self.expect, remedy.control, remedy.at.join(", ")));
            }
        }
        if !self.path.is_empty()
            && !ranked.iter().flat_map(|threat| &threat.paths).any(|path| {
                let mut hops = path.hops.iter();
                self.path.iter().all(|stop| hops.any(|hop| hop.element == *stop))
            })
        {
            wrong.push(format!("{}: no path {}", self.expect, self.path.join(" -> ")));
        }
        wrong
    }
}

impl Entry {
    /// What is wrong with the state of the entry; a state without a reason is wrong too.
    pub fn complaint(&self, analysis: &Analysis) -> Option<String> {
        let found = analysis.coverage.iter().find(|coverage| {
            coverage.framework == self.framework && coverage.edition == self.edition && coverage.id == self.id
        });
        match found {
            Some(entry) if entry.state == self.state && !entry.because.is_empty() => None,
            Some(entry) => Some(format!(
                "{}@{} {} is {} because `{}`, not {}",
                self.framework, self.edition, self.id, entry.state, entry.because, self.state
            )),
            None => Some(format!("{}@{} {} is not in the coverage", self.framework, self.edition, self.id)),
        }
    }
}
