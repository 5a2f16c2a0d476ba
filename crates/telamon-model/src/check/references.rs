//! Duplicate ids and references to what is not there.

use super::zones;
use crate::hash::FastMap;
use crate::model::{FlowDef, Model, Spanned};
use crate::read::value::shown;
use crate::threads;
use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use telamon_text::{Diagnostic, Span, suggest};

/// Reports ids that are given twice and, unless lines were left out while
/// reading (`patched`), references to elements that do not exist.
pub fn references(model: &Model, vocabulary: &Vocabulary, patched: bool, out: &mut Vec<Diagnostic>) {
    let components = known("component", model.components.iter().map(|c| &c.id), out);
    let mut zones = known("zone", model.zones.iter().map(|z| &z.id), out);
    let data = known("data asset", model.data.iter().map(|d| &d.id), out);
    known("threat", model.threats.iter().map(|t| &t.key), out);
    if patched {
        return;
    }
    for zone in &vocabulary.zones {
        zones.entry(&zone.id).or_default();
    }
    let mut missing = Missing::default();
    for component in &model.components {
        missing.check("zone", component.zone.iter(), &zones);
        missing.check("data asset", component.holds.iter(), &data);
        missing.check("component", component.gains_from.iter(), &components);
    }
    for zone in &model.zones {
        missing.check("zone", zone.parent.iter(), &zones);
    }
    let parts: Vec<&[FlowDef]> = model.flows.chunks(PART).collect();
    let parts = threads::each(parts.len(), model.flows.len(), |part| {
        let mut missing = Missing::default();
        for flow in parts.get(part).copied().unwrap_or_default() {
            missing.check("component", [&flow.from, &flow.to], &components);
            if let Some(detail) = &flow.detail {
                missing.check("data asset", detail.data.iter(), &data);
            }
        }
        missing
    });
    for (key, places) in parts.into_iter().flat_map(|part| part.found) {
        missing.found.entry(key).or_default().extend(places);
    }
    for threat in &model.threats {
        missing.check("component", threat.components.iter(), &components);
    }
    missing.report(&components, &zones, &data, out);
    zones::nesting(&model.zones, out);
}

/// Ids of one sort, and where each is first written.
type Known<'m> = FastMap<&'m str, Span>;

/// Collects the ids of a sort and reports those that are given twice.
fn known<'m>(sort: &str, ids: impl Iterator<Item = &'m Spanned<String>>, out: &mut Vec<Diagnostic>) -> Known<'m> {
    let mut known = Known::default();
    known.reserve(ids.size_hint().0);
    for id in ids {
        match known.entry(&id.value) {
            Entry::Vacant(free) => {
                free.insert(id.span);
            }
            Entry::Occupied(first) => out.push(
                Diagnostic::error("duplicate-id", format!("the {sort} `{}` is written twice", shown(&id.value)))
                    .at(id.span)
                    .label("rename this one")
                    .related(*first.get(), "first written here"),
            ),
        }
    }
    known
}

/// How many flows are looked at in one go.
const PART: usize = 65_536;

/// How many names are compared at most to propose similar ones; nobody reads thousands of proposals.
const COMPARED: usize = 300_000;

/// References that lead nowhere: by sort and id, with every place.
#[derive(Default)]
struct Missing<'m> {
    found: BTreeMap<(&'static str, &'m str), Vec<Span>>,
}

impl<'m> Missing<'m> {
    fn check(&mut self, sort: &'static str, ids: impl IntoIterator<Item = &'m Spanned<String>>, known: &Known<'_>) {
        for id in ids {
            if !known.contains_key(id.value.as_str()) {
                self.found.entry((sort, &id.value)).or_default().push(id.span);
            }
        }
    }

    fn report(self, components: &Known<'m>, zones: &Known<'m>, data: &Known<'m>, out: &mut Vec<Diagnostic>) {
        // The choice between equally near names must not depend on the order of a set.
        let sorted = |known: &Known<'m>| {
            let mut names: Vec<&str> = known.keys().copied().collect();
            names.sort_unstable();
            names
        };
        let names = [sorted(components), sorted(zones), sorted(data)];
        // Those that are read first get a proposal first.
        let mut found: Vec<((&str, &str), Vec<Span>)> = self.found.into_iter().collect();
        found.sort_by_key(|(_, places)| places.iter().min().copied());
        let mut compared = 0;
        for ((sort, id), places) in found {
            let [components, zones, data] = &names;
            let known = match sort {
                "zone" => zones,
                "component" => components,
                _ => data,
            };
            let near = if compared < COMPARED { suggest::closest(id, known.iter().copied()) } else { None };
            compared += known.len();
            let id = shown(id);
            for span in places {
                let diagnostic = Diagnostic::error("unknown-reference", format!("no {sort} is called `{id}`")).at(span);
                out.push(match near {
                    Some(near) => {
                        diagnostic.label(format!("did you mean `{near}`?")).fix(span, near, format!("write `{near}`"))
                    }
                    None if sort == "component" => {
                        diagnostic.label(format!("add it: `{id}: {{ kind: ... }}` in `components`"))
                    }
                    None if sort == "zone" => {
                        diagnostic.label(format!("add it: `{id}: {{ trust: medium }}` in `zones`"))
                    }
                    None => diagnostic.label(format!("add it: `{id}: {{ classification: confidential }}` in `data`")),
                });
            }
        }
    }
}
