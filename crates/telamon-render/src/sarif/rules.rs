//! Rules and framework entries that occur, each once, with the numbers by
//! which results refer to them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use telamon_engine::analysis::{Analysis, Confidence, FrameworkRef, Severity, Threat};

use super::result;
use crate::words;

/// Hosts take no more tags than this.
const TAGS: usize = 20;

/// The framework editions that the threats refer to.
pub struct Taxonomies<'a> {
    list: Vec<Taxonomy<'a>>,
}

struct Taxonomy<'a> {
    framework: &'a str,
    edition: &'a str,
    name: String,
    /// Id and name, by id.
    entries: BTreeMap<&'a str, &'a str>,
}

impl<'a> Taxonomies<'a> {
    pub fn of(analysis: &'a Analysis, threats: &[&'a Threat]) -> Self {
        let mut found: BTreeMap<(&str, &str), BTreeMap<&str, &str>> = BTreeMap::new();
        for entry in threats.iter().flat_map(|threat| &threat.frameworks) {
            found.entry((&entry.framework, &entry.edition)).or_default().insert(&entry.id, &entry.name);
        }
        let list = found.into_iter().map(|((framework, edition), entries)| {
            let known = analysis.catalog.iter().find(|known| known.framework == framework && !known.name.is_empty());
            Taxonomy {
                framework,
                edition,
                name: known.map_or_else(|| words::framework(framework), |known| words::plain(&known.name)),
                entries,
            }
        });
        Self { list: list.collect() }
    }

    pub fn components(&self) -> Vec<Value> {
        let components = self.list.iter().map(|taxonomy| {
            let taxa: Vec<Value> = taxonomy
                .entries
                .iter()
                .map(|(id, name)| {
                    json!({
                        "id": words::plain(id),
                        "name": words::plain(name),
                        "shortDescription": { "text": result::message(name) },
                    })
                })
                .collect();
            json!({
                "name": taxonomy.name,
                "version": words::plain(taxonomy.edition),
                "isComprehensive": false,
                "taxa": taxa,
            })
        });
        components.collect()
    }

    /// How the tool names the taxonomies that it uses.
    pub fn references(&self) -> Vec<Value> {
        let list = self.list.iter().enumerate();
        list.map(|(index, taxonomy)| json!({ "name": taxonomy.name, "index": index })).collect()
    }

    /// A reference to one entry.
    pub fn reference(&self, entry: &FrameworkRef) -> Option<Value> {
        let (index, taxonomy) = self
            .list
            .iter()
            .enumerate()
            .find(|(_, taxonomy)| taxonomy.framework == entry.framework && taxonomy.edition == entry.edition)?;
        let place = taxonomy.entries.keys().position(|id| *id == entry.id.as_str())?;
        Some(json!({
            "id": words::plain(&entry.id),
            "index": place,
            "toolComponent": { "name": taxonomy.name, "index": index },
        }))
    }
}

/// The rules of the shown threats in the order of their ids.
pub struct Rules<'a> {
    analysis: &'a Analysis,
    by_id: BTreeMap<&'a str, Vec<&'a Threat>>,
}

impl<'a> Rules<'a> {
    pub fn of(analysis: &'a Analysis, threats: &[&'a Threat]) -> Self {
        let mut by_id: BTreeMap<&str, Vec<&Threat>> = BTreeMap::new();
        for threat in threats {
            by_id.entry(&threat.rule).or_default().push(threat);
        }
        Self { analysis, by_id }
    }

    /// Number of a rule in the list of descriptors.
    pub fn index(&self, rule: &str) -> Option<usize> {
        self.by_id.keys().position(|id| *id == rule)
    }

    pub fn descriptors(&self, taxonomies: &Taxonomies) -> Vec<Value> {
        let rules = self.by_id.iter();
        rules
            .filter_map(|(id, threats)| {
                let first = threats.first()?;
                Some(self.descriptor(id, first, threats, taxonomies))
            })
            .collect()
    }

    fn descriptor(&self, id: &str, first: &Threat, threats: &[&Threat], taxonomies: &Taxonomies) -> Value {
        let name = title(id);
        let refs: Vec<String> = words::default_refs(self.analysis, first)
            .into_iter()
            .map(|entry| format!("{} {}", words::cite(entry), entry.name))
            .collect();
        let full = if refs.is_empty() { name.clone() } else { format!("{name}: {}", refs.join("; ")) };
        let severity = worst(threats);
        let relationships: Vec<Value> = first
            .frameworks
            .iter()
            .filter_map(|entry| taxonomies.reference(entry))
            .map(|target| json!({ "target": target, "kinds": ["relevant"] }))
            .collect();
        json!({
            "id": words::plain(id),
            "name": name,
            "shortDescription": { "text": name },
            "fullDescription": { "text": result::message(&full) },
            "defaultConfiguration": { "level": result::level(severity) },
            "help": help(first),
            "relationships": relationships,
            "properties": {
                "tags": tags(first),
                "precision": match first.confidence {
                    Confidence::Low => "low",
                    Confidence::Medium => "medium",
                    Confidence::High => "high",
                },
                "problem.severity": match severity {
                    Severity::Critical | Severity::High => "error",
                    Severity::Medium => "warning",
                    Severity::Low => "recommendation",
                },
                "security-severity": score(severity),
            },
        })
    }
}

/// The middle of the band that hosts show as the same severity word.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

/// The worst severity of what is live, otherwise of what is settled.
fn worst(threats: &[&Threat]) -> Severity {
    let live =
        threats.iter().filter(|threat| words::is_live(threat.status)).map(|threat| words::effective(threat)).max();
    let any = threats.iter().map(|threat| words::effective(threat)).max();
    live.or(any).unwrap_or(Severity::Low)
}

/// A rule id as a name: `rag-poisoning` is `Rag poisoning`.
fn title(id: &str) -> String {
    let spoken = words::spoken(id);
    let mut letters = spoken.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spoken,
    }
}

fn help(threat: &Threat) -> Value {
    let mut points: Vec<(&str, String)> = Vec::new();
    for remedy in &threat.remedies {
        points.push(("What to do", words::plain(&remedy.says)));
    }
    if !threat.verify.is_empty() {
        points.push(("How to check", words::plain(&threat.verify)));
    }
    if !threat.benign.is_empty() {
        points.push(("No problem when", words::plain(&threat.benign)));
    }
    if points.is_empty() {
        points.push(("See", words::plain(&threat.id)));
    }
    let text: Vec<String> =
        points.iter().map(|(label, says)| format!("{label}: {}.", says.trim_end_matches('.'))).collect();
    let markdown: Vec<String> =
        points.iter().map(|(label, says)| format!("- **{label}:** {}", crate::markdown::text(says))).collect();
    json!({ "text": text.join("\n"), "markdown": markdown.join("\n") })
}

fn tags(threat: &Threat) -> Vec<String> {
    let mut tags = vec!["security".to_owned()];
    tags.extend(threat.stride.iter().map(|word| format!("stride/{word}")));
    tags.extend(threat.frameworks.iter().map(|entry| {
        if entry.framework == "cwe" {
            // The spelling by which hosts recognise a weakness.
            format!("external/cwe/{}", entry.id.to_lowercase())
        } else {
            format!("{}@{}/{}", entry.framework, entry.edition, entry.id)
        }
    }));
    tags.truncate(TAGS);
    tags.iter().map(|tag| words::plain(tag)).collect()
}
