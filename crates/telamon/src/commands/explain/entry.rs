//! Entries of frameworks: what they are, what they have to do with one another, and which rules look for them.

use super::super::{official, rules};
use super::page;
use crate::page::Page;
use telamon_catalog::{EntryRef, Framework, Past};
use telamon_rules::RuleSet;

/// How many incidents are named.
const INCIDENTS: usize = 6;

/// Everything that an id of a framework may mean, also in earlier releases.
pub fn all(id: &str, set: &RuleSet, width: usize) -> Vec<String> {
    let catalog = telamon_data::catalog();
    let mut pages: Vec<String> =
        catalog.find_all(id, None, None).into_iter().map(|entry| of_entry(entry, set, width)).collect();
    if pages.is_empty()
        && let Some((framework, past)) = catalog.find_past(id)
    {
        pages.push(of_past(framework, past, set, width));
    }
    pages
}

/// A framework in one edition.
pub fn of_framework(framework: &Framework, width: usize) -> String {
    let mut page = page(width, &format!("{}  {} {}", framework.key(), framework.name, framework.edition));
    page.gap();
    page.row("released", &framework.released);
    page.row("source", &framework.source);
    page.row("licence", &format!("{} · {}", framework.licence, framework.attribution));
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for entry in &framework.entries {
        let word = entry.kind.as_str();
        match kinds.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => kinds.push((word, 1)),
        }
    }
    let counts: Vec<String> = kinds.iter().map(|(word, count)| many(*count, word)).collect();
    page.row("entries", &counts.join(", "));
    let others: Vec<String> = telamon_data::catalog()
        .all_editions()
        .filter(|(id, edition, _)| *id == framework.framework && *edition != framework.edition)
        .map(|(id, edition, _)| format!("{id}@{edition}"))
        .collect();
    page.row("other ones", &others.join(", "));
    page.row("full texts", &official::editions(framework));
    page.row("next", &format!("`telamon catalog show {}` lists the entries", framework.key()));
    page.finish()
}

/// A count and a word in the number that goes with it.
fn many(count: usize, word: &str) -> String {
    if count == 1 {
        return format!("1 {word}");
    }
    match word.strip_suffix('y') {
        Some(stem) => format!("{count} {stem}ies"),
        None if word.ends_with('s') => format!("{count} {word}es"),
        None => format!("{count} {word}s"),
    }
}

fn cite(list: Vec<EntryRef<'_>>) -> Vec<String> {
    list.into_iter().map(EntryRef::citation).collect()
}

fn of_entry(entry: EntryRef<'_>, set: &RuleSet, width: usize) -> String {
    let framework = entry.framework;
    let data = entry.entry;
    let mut page = page(width, &format!("{}  {}", entry.cite(), entry.name()));
    page.line(&format!("{} of {} {}", data.kind.as_str(), framework.name, framework.edition));
    page.gap();
    page.paragraph(&data.summary);
    page.gap();
    for (what, means) in &data.means {
        page.row(&format!("of {what}"), means);
    }
    page.rows("part of", cite(entry.parent().into_iter().collect()));
    page.rows("parts", cite(entry.children()));
    page.rows("tactics", cite(entry.tactics()));
    page.row("maturity", data.maturity.as_deref().unwrap_or(""));
    page.row("platforms", &data.platforms.join(", "));
    page.row("ATT&CK", data.attack.as_deref().unwrap_or(""));
    page.rows("mitigations", cite(entry.mitigations().into_iter().map(|(entry, _)| entry).collect()));
    page.row("lifecycle", &data.lifecycle.join(", "));
    let named = |id: &String| catalog_name(entry, id);
    page.rows("against", data.mitigates.iter().map(named));
    incident(entry, &mut page);
    let catalog = telamon_data::catalog();
    let counterparts = catalog.counterparts(entry);
    page.rows(
        "elsewhere",
        counterparts.iter().map(|other| format!("{} ({})", other.entry.citation(), other.relation.as_str())),
    );
    if framework.framework == "attack" {
        page.rows("adapted as", cite(adapted(entry.id())));
    }
    let editions = catalog
        .all_editions()
        .filter(|(id, edition, _)| *id == framework.framework && *edition != framework.edition)
        .flat_map(|(_, edition, _)| catalog.translate(entry, edition));
    page.rows("editions", editions.map(|other| format!("{} ({})", other.entry.citation(), other.relation.as_str())));
    let used = entry.used_in();
    page.rows("incidents", used.iter().take(INCIDENTS).map(|used| used.case.citation()));
    if used.len() > INCIDENTS {
        page.row("", &format!("and {} more", used.len() - INCIDENTS));
    }
    let ours: Vec<&str> = rules::citing(set, entry).iter().map(|rule| rule.id.as_str()).collect();
    page.row("our rules", &ours.join(", "));
    let mut text = page.finish();
    text.push_str(&official::section(framework, entry.id(), entry.name(), width));
    text
}

/// Entries of other frameworks that name this technique of ATT&CK as the one they are made from.
fn adapted(id: &str) -> Vec<EntryRef<'static>> {
    let catalog = telamon_data::catalog();
    catalog
        .all_editions()
        .filter(|(framework, _, default)| *default && !matches!(*framework, "attack" | "cwe"))
        .filter_map(|(framework, edition, _)| catalog.get(framework, Some(edition)))
        .flat_map(|framework| framework.entries.iter().map(move |entry| EntryRef { framework, entry }))
        .filter(|other| other.entry.attack.as_deref() == Some(id))
        .collect()
}

/// What a case study says of itself.
fn incident(entry: EntryRef<'_>, page: &mut Page) {
    let data = entry.entry;
    page.row("date", data.incident_date.as_deref().unwrap_or(""));
    page.row("sort", data.case_type.as_deref().unwrap_or(""));
    page.row("target", data.target.as_deref().unwrap_or(""));
    page.row("actor", data.actor.as_deref().unwrap_or(""));
    for (number, step) in data.steps.iter().enumerate() {
        page.row(&format!("step {}", number + 1), &catalog_name(entry, &step.technique));
    }
}

/// Id and name of another entry of the same framework.
fn catalog_name(of: EntryRef<'_>, id: &str) -> String {
    telamon_data::catalog()
        .entry(&of.framework.framework, Some(&of.framework.edition), id)
        .map_or_else(|| id.to_owned(), EntryRef::citation)
}

fn of_past(framework: &Framework, past: &Past, set: &RuleSet, width: usize) -> String {
    let mut page = page(width, &format!("{}  {}", past.id, past.was));
    page.line(&format!("an id of an earlier release of {}", framework.name));
    page.gap();
    page.row("until", past.until.as_deref().unwrap_or(""));
    page.row("since", past.since.as_deref().unwrap_or(""));
    let mut text = page.finish();
    let today =
        past.became.as_deref().and_then(|id| telamon_data::catalog().find(id, Some(&framework.framework), None));
    if let Some(today) = today {
        text.push_str("today\n\n");
        text.push_str(&of_entry(today, set, width));
    }
    text
}
