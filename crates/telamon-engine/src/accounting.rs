//! Which rules derive each entry of the frameworks, which controls of ours do what their mitigations ask for, and which
//! entries no architecture can show.

use crate::coverage::{Editions, THREATS, rules_by_entry, translations};
use serde::Serialize;
use std::collections::BTreeMap;
use telamon_catalog::{Catalog, Controls, EntryType};
use telamon_rules::RuleSet;

/// An entry of a framework and what derives it or, of a mitigation, what does it.
#[derive(Debug, Clone, Serialize)]
pub struct Accounted {
    /// Framework id.
    pub framework: String,
    /// Edition.
    pub edition: String,
    /// What sort of entry it is.
    #[serde(rename = "type")]
    pub sort: EntryType,
    /// Id within the edition.
    pub id: String,
    /// Official name.
    pub name: String,
    /// Rules that derive it, of the entry or of a part of it.
    pub rules: Vec<String>,
    /// Of a mitigation: controls of ours that it maps to.
    pub controls: Vec<String>,
    /// Why no architecture can show it, where no rule or control does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

impl Accounted {
    /// What of ours covers it: rules of a threat, controls of a mitigation.
    pub fn covered_by(&self) -> &[String] {
        if self.sort == EntryType::Mitigation { &self.controls } else { &self.rules }
    }

    /// True when there is neither a rule or control nor a reason.
    pub fn is_hole(&self) -> bool {
        self.covered_by().is_empty() && self.because.is_none()
    }
}

/// Accounts for every entry of the frameworks that are accounted for, or of one of them, in all editions.
pub fn accounting(
    catalog: &Catalog,
    rules: &RuleSet,
    controls: &Controls,
    framework: Option<(&str, Option<&str>)>,
) -> Vec<Accounted> {
    let by_rules = rules_by_entry(catalog, &rules.rules, Editions::All);
    let by_controls = controls_by_entry(catalog, controls);
    let mut list = Vec::new();
    for (id, edition, _) in catalog.all_editions() {
        let asked = framework.is_none_or(|(name, of)| name == id && of.is_none_or(|of| of == edition));
        let sorts = THREATS.into_iter().chain([EntryType::Mitigation]);
        let sorts: Vec<EntryType> = sorts.filter(|sort| catalog.accounts_for(id, *sort)).collect();
        if !asked || sorts.is_empty() {
            continue;
        }
        let Some(all) = catalog.get(id, Some(edition)) else { continue };
        for entry in all.entries.iter().filter(|entry| sorts.contains(&entry.kind)) {
            let key = (id.to_owned(), edition.to_owned(), entry.id.clone());
            let mut accounted = Accounted {
                rules: by_rules.get(&key).into_iter().flatten().map(|rule| rule.id.clone()).collect(),
                controls: by_controls.get(&key).cloned().unwrap_or_default(),
                framework: key.0,
                edition: key.1,
                sort: entry.kind,
                id: key.2,
                name: entry.display_name().to_owned(),
                because: None,
            };
            if accounted.covered_by().is_empty() {
                accounted.because = catalog.unseen(id, &entry.id).map(ToOwned::to_owned);
            }
            list.push(accounted);
        }
    }
    list
}

/// Ids of our controls by framework, edition and id of what they map to, in all editions.
fn controls_by_entry(catalog: &Catalog, controls: &Controls) -> BTreeMap<(String, String, String), Vec<String>> {
    let mut map: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    for control in &controls.controls {
        for (key, ids) in &control.maps {
            let (framework, edition) =
                key.split_once('@').map_or((key.as_str(), None), |(name, edition)| (name, Some(edition)));
            // Catalogs of controls that are not in ours are named, and there is nothing to account for.
            for entry in ids.iter().filter_map(|id| catalog.entry(framework, edition, id)) {
                for entry in std::iter::once(entry).chain(translations(catalog, entry, Editions::All)) {
                    let of = entry.framework;
                    let key = (of.framework.clone(), of.edition.clone(), entry.entry.id.clone());
                    let list = map.entry(key).or_default();
                    if list.last().is_none_or(|last| *last != control.id) {
                        list.push(control.id.clone());
                    }
                }
            }
        }
    }
    map
}
