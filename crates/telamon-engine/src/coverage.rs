//! What each framework entry came to: applies, mitigated, ruled out, cannot tell, not assessed.

use crate::analysis::{Confidence, Coverage, FrameworkRef, Severity, Status, Threat};
use crate::eval::families;
use crate::threats::World;
use std::collections::BTreeMap;
use telamon_catalog::{Catalog, EntryRef, EntryType};
use telamon_rules::Rule;
use telamon_rules::expr::Named;
use telamon_rules::rule::At;

/// The entry of a framework; the default edition where none is named.
pub(crate) fn entry<'c>(
    catalog: &'c Catalog,
    framework: &str,
    edition: Option<&str>,
    id: &str,
) -> Option<EntryRef<'c>> {
    catalog.entry(framework, edition, id)
}

/// An entry as it stands in the analysis.
pub(crate) fn reference(entry: EntryRef<'_>) -> FrameworkRef {
    FrameworkRef {
        framework: entry.framework.framework.clone(),
        edition: entry.framework.edition.clone(),
        id: entry.entry.id.clone(),
        name: entry.name().to_owned(),
    }
}

/// Which editions of the frameworks are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Editions {
    /// Those that analyses speak of.
    Analysed,
    /// Those that are only looked up, too.
    All,
}

impl Editions {
    /// True when this edition is one of them.
    pub(crate) fn meant(self, catalog: &Catalog, framework: &str, edition: &str) -> bool {
        self == Self::All || !catalog.is_reference(framework, edition)
    }
}

/// The entry in the other editions of its framework.
pub(crate) fn translations<'c>(catalog: &'c Catalog, of: EntryRef<'_>, editions: Editions) -> Vec<EntryRef<'c>> {
    catalog
        .all_editions()
        .filter(|(framework, edition, _)| *framework == of.framework.framework && *edition != of.framework.edition)
        .filter(|(framework, edition, _)| editions.meant(catalog, framework, edition))
        .flat_map(|(_, edition, _)| catalog.translate(of, edition).into_iter().take(1))
        .map(|translation| translation.entry)
        .collect()
}

/// What rules derive: entries of lists and matrices of threats, not weaknesses or countermeasures.
pub(crate) const THREATS: [EntryType; 3] = [EntryType::Technique, EntryType::Entry, EntryType::Category];

/// Threats of an entry, in rank order.
type ByEntry<'t> = BTreeMap<(&'t str, &'t str, &'t str), Vec<&'t Threat>>;

/// Accounts for every entry of every accounted framework.
pub(crate) fn coverage(
    world: &World<'_, '_>,
    threats: &[Threat],
    questions: &BTreeMap<String, usize>,
) -> Vec<Coverage> {
    let mut by_entry: ByEntry<'_> = BTreeMap::new();
    for threat in threats {
        for of in &threat.frameworks {
            for id in with_parent(world.catalog, of) {
                let list = by_entry.entry((&of.framework, &of.edition, id)).or_default();
                // A threat may carry a technique and its sub-technique.
                if list.last().is_none_or(|last| last.id != threat.id) {
                    list.push(threat);
                }
            }
        }
        for (framework, words) in [("stride", &threat.stride), ("cia", &threat.cia)] {
            for word in words {
                let edition = world.catalog.default_edition(framework).unwrap_or("");
                by_entry.entry((framework, edition, word)).or_default().push(threat);
            }
        }
    }
    let rules = rules_by_entry(world.catalog, &world.rules.rules, Editions::Analysed);
    let mut list = Vec::new();
    for (id, edition, _) in world.catalog.editions() {
        // Loading a list of weaknesses to leave it out again would cost more than the rest together.
        if !world.catalog.is_accounted(id) {
            continue;
        }
        let Some(framework) = world.catalog.get(id, Some(edition)) else {
            continue;
        };
        for entry in framework.entries.iter().filter(|entry| THREATS.contains(&entry.kind)) {
            let key = (framework.framework.as_str(), framework.edition.as_str(), entry.id.as_str());
            let own = by_entry.get(&key).map(Vec::as_slice).unwrap_or_default();
            let with_rules = rules.get(&(key.0.to_owned(), key.1.to_owned(), key.2.to_owned()));
            let unseen = world.catalog.unseen(key.0, key.2);
            let (state, because, question) = match (own, with_rules, unseen) {
                ([], None, Some(reason)) => ("ruled-out", reason.to_owned(), None),
                _ => judge(world, own, with_rules.map(Vec::as_slice), questions),
            };
            list.push(Coverage {
                framework: framework.framework.clone(),
                edition: framework.edition.clone(),
                id: entry.id.clone(),
                name: entry.display_name().to_owned(),
                state: state.to_owned(),
                because,
                threats: own.iter().map(|threat| threat.id.clone()).collect(),
                question,
            });
        }
    }
    list
}

/// An entry and, of a sub-technique, the technique: what shows the one shows the other.
fn with_parent<'c>(catalog: &'c Catalog, of: &'c FrameworkRef) -> impl Iterator<Item = &'c str> {
    let parent =
        catalog.entry(&of.framework, Some(&of.edition), &of.id).and_then(|entry| entry.entry.parent.as_deref());
    std::iter::once(of.id.as_str()).chain(parent)
}

/// Rules by framework, edition and id, translations included.
pub(crate) fn rules_by_entry<'r>(
    catalog: &Catalog,
    rules: &'r [Rule],
    editions: Editions,
) -> BTreeMap<(String, String, String), Vec<&'r Rule>> {
    let mut map: BTreeMap<(String, String, String), Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        for of in crate::threats::build::frameworks(catalog, rule, editions) {
            for id in with_parent(catalog, &of) {
                let list = map.entry((of.framework.clone(), of.edition.clone(), id.to_owned())).or_default();
                if list.last().is_none_or(|last| last.id != rule.id) {
                    list.push(rule);
                }
            }
        }
        for (framework, words) in [("stride", &rule.stride), ("cia", &rule.cia)] {
            let edition = catalog.default_edition(framework).unwrap_or("");
            for word in words {
                map.entry((framework.to_owned(), edition.to_owned(), word.clone())).or_default().push(rule);
            }
        }
    }
    map
}

fn judge(
    world: &World<'_, '_>,
    threats: &[&Threat],
    rules: Option<&[&Rule]>,
    questions: &BTreeMap<String, usize>,
) -> (&'static str, String, Option<usize>) {
    let open: Vec<&&Threat> = threats
        .iter()
        .filter(|threat| threat.status != Status::Mitigated && threat.status != Status::FalsePositive)
        .collect();
    if !open.is_empty() {
        if open.iter().all(|threat| threat.confidence == Confidence::Low)
            && let Some(question) = open.iter().find_map(|threat| questions.get(&threat.id))
        {
            return (
                "cannot-tell",
                format!("it stands on what the model does not say: question {question}"),
                Some(*question),
            );
        }
        let worst = open.iter().map(|threat| threat.severity).max();
        let highest = worst.map_or("", Severity::word);
        return (
            "applies",
            match open.len() {
                1 => format!("one threat, {highest}"),
                many => format!("{many} threats, the worst {highest}"),
            },
            None,
        );
    }
    if let Some(first) = threats.first() {
        let because = if first.status == Status::FalsePositive {
            "judged not to be a problem".to_owned()
        } else {
            let controls: Vec<String> =
                first.controls.present.iter().map(|control| format!("{} on {}", control.id, control.on)).collect();
            if controls.is_empty() {
                "controls in place hold it".to_owned()
            } else {
                format!("held by {}", controls.join(", "))
            }
        };
        return ("mitigated", because, None);
    }
    match rules {
        None => ("not-assessed", "no rule yet".to_owned(), None),
        Some(rules) => ("ruled-out", ruled_out(world, rules), None),
    }
}

/// Why none of the rules of an entry holds: the first thing that the system does not have.
fn ruled_out(world: &World<'_, '_>, rules: &[&Rule]) -> String {
    let mut absent: Vec<String> = Vec::new();
    let mut present = None;
    for rule in rules {
        let At::Component(named) = &rule.at else {
            present.get_or_insert(*rule);
            continue;
        };
        // Every family has a component.
        let any = families(&world.scene(world.inherent), named).contains(&true)
            || named.iter().any(|named| match named {
                Named::Role(role) => world.facts.role(*role).is_some_and(|bits| !bits.is_empty()),
                Named::Kind(_) => false,
            });
        if any {
            present.get_or_insert(*rule);
        } else {
            for name in named {
                let absence = match name {
                    Named::Kind(kind) => world.graph.vocabulary.kind_id(*kind).replace('-', " "),
                    Named::Role(role) => role.word().replace('-', " "),
                };
                if !absent.contains(&absence) {
                    absent.push(absence);
                }
            }
        }
    }
    if let Some(rule) = present {
        return format!("nothing here satisfies `{}`", rule.when_text);
    }
    absent.truncate(4);
    format!("there is no {}", absent.join(", no "))
}
