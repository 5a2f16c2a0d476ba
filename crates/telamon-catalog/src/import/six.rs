//! The YAML of format 6: maps of entries by id, and relations apart from them,
//! by the entry that they start from and by their type.

use std::collections::BTreeSet;

use telamon_text::Diagnostic;
use telamon_text::yaml::Node;

use super::collect::Collector;
use super::legacy::{found, head, list, refer};
use super::not_atlas;
use crate::framework::EntryType;

/// Where entries stand.
const SECTIONS: [(&str, EntryType); 4] = [
    ("tactics", EntryType::Tactic),
    ("techniques", EntryType::Technique),
    ("mitigations", EntryType::Mitigation),
    ("case-studies", EntryType::CaseStudy),
];

/// Types of relations: what each starts from (a matrix is no entry) and where it leads.
const RELATIONS: [(&str, Option<EntryType>, EntryType); 5] = [
    ("sequences", None, EntryType::Tactic),
    ("achieves", Some(EntryType::Technique), EntryType::Tactic),
    ("specializes", Some(EntryType::Technique), EntryType::Technique),
    ("mitigates", Some(EntryType::Mitigation), EntryType::Technique),
    ("employs", Some(EntryType::CaseStudy), EntryType::Technique),
];

/// Refuses formats that this module does not know.
pub(super) fn check_version(version: &Node<'_>) -> Result<(), Diagnostic> {
    let stated = version.as_str().unwrap_or("");
    if stated.split('.').next() == Some("6") {
        return Ok(());
    }
    Err(not_atlas(&format!("its `format-version` is `{stated}`, and 6 is the one that is known")).at(version.span))
}

/// Gathers the entries; gives the release.
pub(super) fn collect<'n>(root: &'n Node<'n>, into: &mut Collector<'n>) -> Option<&'n Node<'n>> {
    for (section, sort) in SECTIONS {
        for (key, node) in map(root, section, into) {
            let Some(id) = found(node, Some(key), sort, "description", into) else { continue };
            if let Some(inner) = node.get("id")
                && inner.as_str() != Some(id)
            {
                let says = inner.as_str().unwrap_or("");
                let message = format!("the entry under `{id}` calls itself `{says}`; the key is taken");
                into.say(Diagnostic::warning("import-mismatch", message).at(inner.span));
            }
        }
    }
    for (key, types) in map(root, "relationships", into) {
        let Some(from) = key.as_str() else { continue };
        for (name, _) in types.entries() {
            let sort = name.as_str().unwrap_or("");
            match RELATIONS.iter().find(|(known, _, _)| *known == sort) {
                Some((relation, start, end)) => relations(from, types, (relation, *start, *end), key, into),
                None => into.misshapen(name.span, format!("`{from}` has relations of the unknown type `{sort}`")),
            }
        }
    }
    root.get("collection").and_then(|collection| collection.get("version"))
}

/// Relations of one type from one entry.
fn relations<'n>(
    from: &'n str,
    types: &'n Node<'n>,
    (relation, start, end): (&str, Option<EntryType>, EntryType),
    key: &'n Node<'n>,
    into: &mut Collector<'n>,
) {
    if let Some(start) = start {
        refer(from, format!("the source of `{relation}`"), key, start, into);
    }
    let items = list(types, relation, into);
    let steps: BTreeSet<&str> = items.iter().filter_map(|item| item.get("step-id")?.as_str()).collect();
    let mut pairs = BTreeSet::new();
    for item in items {
        if let Some(source) = item.get("source")
            && source.as_str() != Some(from)
        {
            let says = source.as_str().unwrap_or("");
            let message = format!("a relation of `{from}` names `{says}` as its source");
            into.say(Diagnostic::warning("import-mismatch", message).at(source.span));
        }
        let Some(target) = item.get("target") else {
            into.misshapen(head(item), format!("a relation `{relation}` of `{from}` has no target"));
            continue;
        };
        refer(from, format!("a target of `{relation}`"), target, end, into);
        // A case study may use a technique in several steps.
        let step = item.get("step-id").and_then(Node::as_str);
        if let Some(id) = target.as_str()
            && !pairs.insert((id, step))
        {
            let message = format!("`{from}` has `{relation}` to `{id}` twice");
            into.say(Diagnostic::warning("import-duplicate", message).at(target.span));
        }
        if let Some(tactic) = item.get("tactic") {
            refer(from, "the tactic of a step", tactic, EntryType::Tactic, into);
        }
        for next in list(item, "leads-to", into) {
            let id = next.as_str().unwrap_or("");
            if !steps.contains(id) {
                let message = format!("a step of `{from}` leads to `{id}`, which is none of its steps");
                into.say(Diagnostic::warning("import-dangling", message).at(next.span));
            }
        }
    }
}

/// The entries of a map; a key that is missing is an empty one.
fn map<'n>(node: &'n Node<'n>, key: &str, into: &mut Collector<'n>) -> &'n [(Node<'n>, Node<'n>)] {
    match node.get(key) {
        Some(map) if !map.is_map() && !map.is_plain_null() => {
            into.misshapen(head(map), format!("`{key}` is {}, expected is a map by id", map.describe()));
            &[]
        }
        Some(map) => map.entries(),
        None => &[],
    }
}
