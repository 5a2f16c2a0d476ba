//! The page of frameworks.

use super::Page;
use super::markdown::{code, table};
use std::collections::BTreeMap;
use std::fmt::Write;
use telamon_catalog::{Catalog, EntryType, Framework};

pub(super) fn page(catalog: &Catalog) -> Page {
    let mut out = String::from(
        "# Frameworks\n\n\
         Each edition is one file under `catalog/frameworks/`. It holds facts: ids, names, dates and relations, with \
         their source and licence. Sentences about an entry are our own. `telamon explain ID` shows an entry, \
         `telamon catalog search WORDS` finds one.\n\n",
    );
    out.push_str(&table(
        &["key", "name", "released", "entries", "earlier ids", "default"],
        catalog.frameworks().map(|framework| {
            [
                code(framework.key()),
                framework.name.clone(),
                framework.released.clone(),
                framework.entries.len().to_string(),
                framework.history.len().to_string(),
                if framework.default { "yes".to_owned() } else { String::new() },
            ]
        }),
    ));
    for framework in catalog.frameworks() {
        one(framework, &mut out);
    }
    out.push_str("\n## Crosswalks\n\nHow entries of editions and frameworks relate. Each row names who states it.\n\n");
    out.push_str(&table(
        &["name", "rows", "source", "licence", "date"],
        catalog.crosswalks().iter().map(|crosswalk| {
            [
                crosswalk.name.clone(),
                crosswalk.rows.len().to_string(),
                crosswalk.source.clone(),
                crosswalk.licence.clone(),
                crosswalk.date.clone(),
            ]
        }),
    ));
    Page::reference("frameworks", &out)
}

fn one(framework: &Framework, out: &mut String) {
    let _ = writeln!(out, "\n## {} {}\n", framework.name, framework.edition);
    let _ = writeln!(out, "- Key: {}", code(framework.key()));
    let _ = writeln!(out, "- Released: {}", framework.released);
    let _ = writeln!(out, "- Source: {}", framework.source);
    let _ = writeln!(out, "- Licence of the source: {}; {}", framework.licence, framework.attribution);
    if let Some(entry) = framework.entries.first() {
        let _ = writeln!(out, "- Cited as: {}", code(framework.cite(&entry.id)));
    }
    let mut counts: BTreeMap<EntryType, usize> = BTreeMap::new();
    for entry in &framework.entries {
        *counts.entry(entry.kind).or_default() += 1;
    }
    let counts: Vec<String> = counts.into_iter().map(|(kind, count)| counted(kind, count)).collect();
    let _ = writeln!(out, "- Holds: {}", counts.join(", "));
    if framework.partial {
        let _ = writeln!(out, "- The file holds a part of the framework; an id that is missing here may exist.");
    }
}

fn counted(kind: EntryType, count: usize) -> String {
    let (one, many) = match kind {
        EntryType::Tactic => ("tactic", "tactics"),
        EntryType::Technique => ("technique", "techniques, sub-techniques included"),
        EntryType::Mitigation => ("mitigation", "mitigations"),
        EntryType::CaseStudy => ("case study", "case studies"),
        EntryType::Entry => ("entry", "entries"),
        EntryType::Weakness => ("weakness", "weaknesses"),
        EntryType::Category => ("category", "categories"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}
