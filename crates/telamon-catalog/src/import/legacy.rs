//! The YAML of releases 4 and 5: lists of entries within `matrices`, case
//! studies beside them.

use std::collections::BTreeSet;

use telamon_text::yaml::Node;
use telamon_text::{Diagnostic, Span};

use super::collect::{Collector, Found};
use super::stretch::Stretch;
use crate::framework::EntryType;

/// Gathers the entries; gives the release.
pub(super) fn collect<'n>(root: &'n Node<'n>, into: &mut Collector<'n>) -> Option<&'n Node<'n>> {
    for matrix in list(root, "matrices", into) {
        for node in list(matrix, "tactics", into) {
            entry(node, EntryType::Tactic, "description", into);
        }
        for node in list(matrix, "techniques", into) {
            let Some(id) = entry(node, EntryType::Technique, "description", into) else { continue };
            for tactic in list(node, "tactics", into) {
                refer(id, "a tactic", tactic, EntryType::Tactic, into);
            }
            // The newest of these files have the word of format 6.
            for parent in ["subtechnique-of", "specializes"].iter().filter_map(|key| node.get(key)) {
                refer(id, "the parent", parent, EntryType::Technique, into);
            }
        }
        for node in list(matrix, "mitigations", into) {
            if let Some(id) = entry(node, EntryType::Mitigation, "description", into) {
                mitigation(id, node, into);
            }
        }
    }
    for node in list(root, "case-studies", into) {
        let Some(id) = entry(node, EntryType::CaseStudy, "summary", into) else { continue };
        for (number, step) in list(node, "procedure", into).iter().enumerate() {
            for (key, sort) in [("technique", EntryType::Technique), ("tactic", EntryType::Tactic)] {
                match step.get(key) {
                    Some(named) => refer(id, format!("the {key} of step {}", number + 1), named, sort, into),
                    None => into.misshapen(head(step), format!("step {} of `{id}` names no {key}", number + 1)),
                }
            }
        }
    }
    root.get("version")
}

/// What a mitigation is against, and the words on it that must be plain.
fn mitigation<'n>(id: &'n str, node: &'n Node<'n>, into: &mut Collector<'n>) {
    let mut seen = BTreeSet::new();
    for item in list(node, "techniques", into) {
        // Once a plain id, later an object with what it does there.
        let named = item.get("id").unwrap_or(item);
        refer(id, "a technique", named, EntryType::Technique, into);
        if let Some(technique) = named.as_str()
            && !seen.insert(technique)
        {
            let message = format!("`{id}` lists `{technique}` twice");
            into.say(Diagnostic::warning("import-duplicate", message).at(named.span));
        }
    }
    for key in ["ml-lifecycle", "ML-lifecycle", "category", "tags"] {
        for item in list(node, key, into) {
            if item.as_str().is_none() {
                into.misshapen(head(item), format!("`{key}` of `{id}` holds {}, expected is a text", item.describe()));
            }
        }
    }
}

/// The items of a list; a key that is missing is an empty one.
pub(super) fn list<'n>(node: &'n Node<'n>, key: &str, into: &mut Collector<'n>) -> &'n [Node<'n>] {
    match node.get(key) {
        Some(list) if !list.is_seq() && !list.is_plain_null() => {
            into.misshapen(head(list), format!("`{key}` is {}, expected is a list", list.describe()));
            &[]
        }
        Some(list) => list.items(),
        None => &[],
    }
}

/// Where a node begins: the whole of a long one says less.
pub(super) fn head(node: &Node<'_>) -> Span {
    match (node.entries().first(), node.items().first()) {
        (Some((key, _)), _) => head(key),
        (None, Some(item)) => head(item),
        (None, None) => node.span,
    }
}

/// Adds an entry; gives its id.
fn entry<'n>(node: &'n Node<'n>, sort: EntryType, description: &str, into: &mut Collector<'n>) -> Option<&'n str> {
    let id = node.get("id");
    found(node, id, sort, description, into)
}

/// Adds an entry whose id stands somewhere; gives the id.
pub(super) fn found<'n>(
    node: &'n Node<'n>,
    id: Option<&'n Node<'n>>,
    sort: EntryType,
    description: &str,
    into: &mut Collector<'n>,
) -> Option<&'n str> {
    let what = sort.as_str();
    if !node.is_map() {
        into.misshapen(head(node), format!("a {what} is {}, expected is a map", node.describe()));
        return None;
    }
    let Some((id, span)) = id.and_then(|id| Some((id.as_str()?, id.span))) else {
        into.misshapen(head(node), format!("a {what} has no id; it is left out"));
        return None;
    };
    if let Some(stated) = node.get("object-type")
        && stated.as_str() != Some(what)
    {
        let stands = stated.as_str().unwrap_or("");
        let message = format!("`{id}` stands among those of type {what} and says that it is `{stands}`");
        into.say(Diagnostic::warning("import-mismatch", message).at(stated.span));
    }
    let mut text = |key: &str| match node.get(key) {
        Some(value) => value.as_str().unwrap_or_else(|| {
            if !value.is_plain_null() {
                into.misshapen(head(value), format!("`{key}` of `{id}` is {}, expected is a text", value.describe()));
            }
            ""
        }),
        None => "",
    };
    let (name, says) = (text("name"), text(description));
    let around = Stretch::of_node(node.get(description).unwrap_or(node), into.text);
    let deprecated = node.get("deprecated").and_then(Node::as_str) == Some("true");
    into.entry(Found { sort, id, name, description: says, span, around, deprecated });
    Some(id)
}

/// Adds that an entry names another one.
pub(super) fn refer<'n>(
    from: &'n str,
    what: impl Into<String>,
    to: &'n Node<'n>,
    sort: EntryType,
    into: &mut Collector<'n>,
) {
    let what = what.into();
    match to.as_str() {
        Some(id) => into.refers(from, what, id, sort, to.span),
        None => into.misshapen(head(to), format!("{what} of `{from}` is {}, expected is an id", to.describe())),
    }
}
