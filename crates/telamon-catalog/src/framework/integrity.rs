//! What serde cannot see: ids that come twice, references that lead nowhere.

use std::collections::BTreeSet;

use telamon_text::Diagnostic;

use super::{Entry, Framework, PastHow};

/// Everything in a framework that does not hold together: an id that comes
/// twice, a parent, tactic, mitigated technique, step or successor that is no
/// entry, an entry without a name.
///
/// The diagnostics carry no span: the value may come from anywhere. Each names
/// the entry.
pub fn check_integrity(framework: &Framework) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let key = framework.key();
    let mut ids = BTreeSet::new();
    for entry in &framework.entries {
        if !ids.insert(entry.id.as_str()) {
            out.push(wrong("duplicate-id", format!("`{}` comes twice in {key}", entry.id)));
        }
        if entry.id.trim().is_empty() || entry.name.trim().is_empty() {
            out.push(wrong("missing-name", format!("an entry of {key} lacks an id or a name: `{}`", entry.id)));
        }
    }
    if !framework.citation.contains("{id}") {
        out.push(wrong("bad-citation", format!("the citation of {key} lacks `{{id}}`: `{}`", framework.citation)));
    }
    for entry in &framework.entries {
        for (what, id) in references(entry) {
            if !ids.contains(id) {
                out.push(wrong(
                    "dangling-reference",
                    format!("`{}` in {key} names `{id}` as {what}, which is no entry", entry.id),
                ));
            }
        }
        if entry.parent.as_deref() == Some(entry.id.as_str()) {
            out.push(wrong("dangling-reference", format!("`{}` in {key} is its own parent", entry.id)));
        }
    }
    for past in &framework.history {
        let gone = past.how != PastHow::Renamed;
        if gone && ids.contains(past.id.as_str()) {
            out.push(wrong("stale-history", format!("`{}` in {key} is an entry and said to be gone", past.id)));
        }
        if !gone && !ids.contains(past.id.as_str()) && past.became.is_none() {
            out.push(wrong("dangling-reference", format!("`{}` in {key} was renamed and is no entry", past.id)));
        }
        if let Some(became) = past.became.as_deref()
            && !ids.contains(became)
            && !framework.history.iter().any(|later| later.id == became && later.id != past.id)
        {
            out.push(wrong(
                "dangling-reference",
                format!("`{}` in {key} became `{became}`, which is no entry", past.id),
            ));
        }
    }
    out
}

/// The ids of the same framework that an entry names, with what for.
fn references(entry: &Entry) -> impl Iterator<Item = (&'static str, &str)> {
    let parent = entry.parent.iter().map(|id| ("parent", id.as_str()));
    let tactics = entry.tactics.iter().map(|id| ("tactic", id.as_str()));
    let mitigates = entry.mitigates.iter().map(|id| ("mitigated technique", id.as_str()));
    let steps = entry.steps.iter().flat_map(|step| {
        [("tactic of a step", step.tactic.as_str()), ("technique of a step", step.technique.as_str())]
    });
    parent.chain(tactics).chain(mitigates).chain(steps)
}

fn wrong(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, message)
}
