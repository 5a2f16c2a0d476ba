//! The page of coverage: what of ours stands behind each entry of the frameworks.

use super::Page;
use super::markdown::{code, codes, join, sentence, table};
use std::fmt::Write;
use telamon_catalog::{Catalog, Controls, EntryType};
use telamon_engine::{Accounted, accounting};
use telamon_rules::RuleSet;

pub(super) fn page(catalog: &Catalog, rules: &RuleSet, controls: &Controls) -> Page {
    let mut out = String::from(
        "# Coverage\n\n\
         Every entry of these frameworks, in every edition, has a rule that derives it from a model, or a reason why no \
         model can show it; every mitigation has a control of ours, or a reason. A build with a hole fails its tests. \
         `telamon rules coverage` prints the same, with your own rules too. A technique counts as covered where a part \
         of it is.\n\n",
    );
    let all = accounting(catalog, rules, controls, None);
    let groups: Vec<(&Accounted, bool, Vec<&Accounted>)> = all
        .chunk_by(|a, b| (&a.framework, &a.edition) == (&b.framework, &b.edition))
        .flat_map(|of| {
            [false, true].into_iter().filter_map(move |mitigations| {
                let of = of.iter().filter(|entry| (entry.sort == EntryType::Mitigation) == mitigations);
                let entries: Vec<&Accounted> = of.collect();
                entries.first().map(|first| (*first, mitigations, entries.clone()))
            })
        })
        .collect();
    out.push_str(&table(
        &["framework", "entries", "by rules or controls", "not in any architecture", "open"],
        groups.iter().map(|(first, mitigations, entries)| {
            let covered = entries.iter().filter(|entry| !entry.covered_by().is_empty()).count();
            let open = entries.iter().filter(|entry| entry.is_hole()).count();
            [
                title(catalog, first, *mitigations),
                entries.len().to_string(),
                covered.to_string(),
                (entries.len() - covered - open).to_string(),
                open.to_string(),
            ]
        }),
    ));
    for (first, mitigations, entries) in &groups {
        let _ = writeln!(out, "\n## {}\n", title(catalog, first, *mitigations));
        let ours = if *mitigations { "controls" } else { "rules" };
        out.push_str(&table(
            &["id", "name", ours],
            entries.iter().map(|entry| [code(&entry.id), entry.name.clone(), says(entry)]),
        ));
    }
    Page::reference("coverage", &out)
}

fn title(catalog: &Catalog, of: &Accounted, mitigations: bool) -> String {
    let name = catalog.get(&of.framework, Some(&of.edition)).map_or(of.framework.as_str(), |found| &found.name);
    let rest = if mitigations { ": mitigations" } else { "" };
    format!("{name} {}{rest}", of.edition)
}

/// Where the rules or controls are explained, or why there are none.
fn says(entry: &Accounted) -> String {
    match &entry.because {
        Some(because) => format!("*{}*", sentence(because)),
        None if entry.is_hole() => "**open**".to_owned(),
        // Hundreds of rules stand behind a word of STRIDE; a reader finds them on the pages of the rules.
        None if entry.sort == EntryType::Category => format!("{} rules", entry.rules.len()),
        None if entry.sort == EntryType::Mitigation => {
            join(entry.controls.iter().map(|id| format!("[{}](controls.md#{id})", code(id))))
        }
        None => codes(&entry.rules),
    }
}
