//! The STIX bundle: objects that name one another by STIX ids and carry the id
//! of ATLAS as an external reference.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use telamon_text::{Diagnostic, SourceId, Span};

use super::collect::{Collector, Found};
use super::stretch::Stretch;
use super::{Format, Imported, is_edition_name, not_atlas};
use crate::catalog::Catalog;
use crate::framework::EntryType;

/// Who gives the ids of ATLAS.
const SOURCE: &str = "mitre-atlas";

/// The types that are entries.
const TYPES: [(&str, EntryType); 4] = [
    ("x-mitre-tactic", EntryType::Tactic),
    ("attack-pattern", EntryType::Technique),
    ("course-of-action", EntryType::Mitigation),
    ("campaign", EntryType::CaseStudy),
];

#[derive(Deserialize)]
struct Bundle<'t> {
    #[serde(rename = "type", default)]
    sort: Value,
    #[serde(borrow, default)]
    objects: Vec<&'t RawValue>,
}

/// What is read of an object. Any value is taken, so that one that is wrong
/// does not cost the others.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Object {
    #[serde(rename = "type")]
    sort: Value,
    id: Value,
    name: Value,
    description: Value,
    external_references: Value,
    kill_chain_phases: Value,
    x_mitre_shortname: Value,
    x_mitre_version: Value,
    x_mitre_deprecated: Value,
    revoked: Value,
    relationship_type: Value,
    source_ref: Value,
    target_ref: Value,
    tactic_refs: Value,
    x_mitre_contents: Value,
}

impl Object {
    fn entry_type(&self) -> Option<EntryType> {
        let sort = self.sort.as_str()?;
        TYPES.iter().find(|(known, _)| *known == sort).map(|(_, sort)| *sort)
    }

    fn atlas_id(&self) -> Option<&str> {
        let of_atlas = |reference: &&Value| word(reference, "source_name") == SOURCE;
        list(&self.external_references).iter().find(of_atlas)?.get("external_id")?.as_str()
    }

    fn is_deprecated(&self) -> bool {
        [&self.x_mitre_deprecated, &self.revoked].iter().any(|value| value.as_bool() == Some(true))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// Objects with their places, by STIX id.
struct Known<'o> {
    objects: &'o [(Object, Stretch<'o>)],
    by_id: BTreeMap<&'o str, &'o Object>,
    shortnames: BTreeSet<&'o str>,
}

/// Reads a bundle.
pub(super) fn read(source: SourceId, text: &str, catalog: &Catalog) -> Result<Imported, Vec<Diagnostic>> {
    // JSON has no byte order mark; editors write one all the same.
    let body = text.trim_start_matches('\u{feff}');
    let bundle: Bundle<'_> = serde_json::from_str(body).map_err(|error| vec![no_json(source, text, body, &error)])?;
    if bundle.sort.as_str() != Some("bundle") {
        return Err(vec![not_atlas("it is JSON and no STIX bundle")]);
    }
    let mut broken = Vec::new();
    let mut objects = Vec::with_capacity(bundle.objects.len());
    for raw in &bundle.objects {
        // The slices lie in the text: their distance is the place.
        let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let around = Stretch::new(source, start, raw.get());
        match serde_json::from_str::<Object>(raw.get()) {
            Ok(object) => objects.push((object, around)),
            Err(_) => broken.push(around.place("{")),
        }
    }
    let mut into = Collector::new(text, catalog);
    for place in broken {
        into.misshapen(place, "this is no object of a bundle; it is left out");
    }
    let mut known = Known { objects: &objects, by_id: BTreeMap::new(), shortnames: BTreeSet::new() };
    let mut repeated = BTreeSet::new();
    for (object, around) in &objects {
        entry(object, *around, &mut into);
        let id = object.id.as_str().unwrap_or("");
        if known.by_id.contains_key(id) && object.atlas_id().is_none() && repeated.insert(id) {
            let message = format!("several objects of the bundle share the id `{id}`");
            into.say(Diagnostic::warning("import-duplicate", message).at(around.place(id)));
        }
        known.by_id.entry(id).or_insert(object);
        if object.atlas_id().is_some() {
            known.shortnames.extend(object.x_mitre_shortname.as_str());
        }
    }
    known.check(&mut into);
    let edition = into.edition_by_content().or_else(|| stated(&objects));
    let mut imported = into.finish(Format::Stix)?;
    imported.edition = edition;
    telamon_text::sort(&mut imported.diagnostics);
    Ok(imported)
}

/// The release that the collection states. `0.1` is what it says when nobody
/// kept the number up to date.
fn stated(objects: &[(Object, Stretch<'_>)]) -> Option<String> {
    let collection = objects.iter().find(|(object, _)| object.sort.as_str() == Some("x-mitre-collection"))?;
    let version = collection.0.x_mitre_version.as_str()?;
    (is_edition_name(version) && !version.starts_with("0.")).then(|| version.to_owned())
}

fn entry<'n>(object: &'n Object, around: Stretch<'n>, into: &mut Collector<'n>) {
    let Some(sort) = object.entry_type() else { return };
    let Some(id) = object.atlas_id() else {
        // A bundle may hold ATT&CK as well, whose objects have ids of their own.
        if list(&object.external_references).iter().all(|reference| word(reference, "external_id").is_empty()) {
            into.misshapen(around.place("{"), format!("a {} has no id; it is left out", sort.as_str()));
        }
        return;
    };
    let text = |value: &'n Value| value.as_str().unwrap_or("");
    into.entry(Found {
        sort,
        id,
        name: text(&object.name),
        description: text(&object.description),
        span: around.place(id),
        around,
        deprecated: object.is_deprecated(),
    });
}

impl Known<'_> {
    /// Says which objects name others that are not there or should not be named.
    fn check(&self, into: &mut Collector<'_>) {
        for (object, around) in self.objects {
            match object.sort.as_str() {
                Some("relationship") => self.relation(object, *around, into),
                Some("x-mitre-matrix" | "x-mitre-collection") => {
                    let contents = list(&object.x_mitre_contents).iter().map(|content| word(content, "object_ref"));
                    let named = list(&object.tactic_refs).iter().filter_map(Value::as_str).chain(contents);
                    for id in named.filter(|id| !self.by_id.contains_key(id)) {
                        let sort = object.sort.as_str().unwrap_or("");
                        into.say(dangling(&format!("the {sort} names"), id, around.place(id)));
                    }
                }
                _ => self.phases(object, *around, into),
            }
        }
    }

    fn phases(&self, object: &Object, around: Stretch<'_>, into: &mut Collector<'_>) {
        let Some(id) = object.atlas_id() else { return };
        for phase in list(&object.kill_chain_phases).iter().filter(|phase| word(phase, "kill_chain_name") == SOURCE) {
            let tactic = word(phase, "phase_name");
            if !self.shortnames.contains(tactic) {
                into.say(dangling(&format!("a kill chain phase of `{id}` is"), tactic, around.place(tactic)));
            }
        }
    }

    /// Relations of ATLAS; what is wrong within ATT&CK is not told here.
    fn relation(&self, object: &Object, around: Stretch<'_>, into: &mut Collector<'_>) {
        let sort = object.relationship_type.as_str().unwrap_or("");
        let ends = [&object.source_ref, &object.target_ref].map(|end| end.as_str().unwrap_or(""));
        let found = ends.map(|end| self.by_id.get(end).copied());
        let foreign = |end: &Option<&Object>| end.is_some_and(|object| object.atlas_id().is_none());
        if found.iter().any(foreign) && !found.iter().flatten().any(|object| object.atlas_id().is_some()) {
            return;
        }
        for (end, object) in ends.iter().zip(&found) {
            match object {
                None => into.say(dangling(&format!("a relation `{sort}` names"), end, around.place(end))),
                Some(object) if object.is_deprecated() && sort != "revoked-by" => {
                    let id = object.atlas_id().unwrap_or(end);
                    let message = format!("a relation `{sort}` names `{id}`, which is deprecated");
                    into.say(Diagnostic::warning("import-deprecated", message).at(around.place(end)));
                }
                Some(_) => {}
            }
        }
    }
}

fn dangling(what: &str, id: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("import-dangling", format!("{what} `{id}`, which is not in the bundle")).at(span)
}

/// Where JSON ends to be JSON.
fn no_json(source: SourceId, text: &str, body: &str, error: &serde_json::Error) -> Diagnostic {
    let before: usize = body.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (text.len() - body.len() + before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let message = match error.classify() {
        serde_json::error::Category::Data => "this is JSON and no STIX bundle",
        _ => "this is not valid JSON",
    };
    let wrong = not_atlas(message).at(Span::new(source, at, at + length));
    wrong.note(format!("{error}"))
}
