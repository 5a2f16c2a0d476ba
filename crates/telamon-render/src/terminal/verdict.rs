//! The head of the report: what was analysed, the matrix, the counts.

use std::collections::BTreeMap;

use telamon_engine::analysis::{Severity, Status, Threat};

use super::Page;
use super::text::{self, Glue};
use crate::words;

pub fn print(page: &mut Page) {
    head(page);
    let live: Vec<&Threat> =
        page.selection.matched.iter().copied().filter(|threat| words::is_live(threat.status)).collect();
    if !live.is_empty() {
        page.gap();
        matrix(page, &live);
    }
    page.gap();
    counts(page, &live);
}

fn head(page: &mut Page) {
    let analysis = page.analysis;
    let title = page.paint.strong(&words::plain(&analysis.model.system));
    let file = words::plain(&analysis.model.file);
    for line in text::join(&[title, file], Glue::Dot, page.width) {
        page.line(line);
    }
    let sizes = [
        words::count(analysis.summary.components, "component"),
        words::count(analysis.summary.flows, "flow"),
        words::count(analysis.summary.zones, "zone"),
    ]
    .join(", ");
    let editions = words::editions(analysis);
    let mut whole = vec![sizes.clone()];
    if !editions.is_empty() {
        whole.push(editions.join(", "));
    }
    let joined = text::join(&whole, Glue::Dot, page.width);
    if joined.len() == 1 {
        page.lines.extend(joined);
    } else {
        page.line(sizes);
        for line in text::join(&editions, Glue::Comma, page.width) {
            page.line(line);
        }
    }
}

/// Counts by impact (rows) and likelihood (columns) under their words. Dots
/// keep the eye on the grid where a cell is empty.
fn matrix(page: &mut Page, live: &[&Threat]) {
    let rows = words::matrix(live);
    let stub = 14;
    let mut head = " ".repeat(stub);
    for word in words::LIKELIHOODS {
        head.push_str("  ");
        head.push_str(word);
    }
    let painted = page.paint.quiet(&head);
    page.line(painted);
    for ((row, severities), impact) in rows.iter().zip(&page.analysis.summary.matrix_severity).zip(words::IMPACTS) {
        let mut cells = page.paint.quiet(&text::pad(&format!("  {impact}"), stub));
        for ((number, severity), word) in row.iter().zip(severities).zip(words::LIKELIHOODS) {
            let cell =
                if *number == 0 { page.paint.quiet("·") } else { page.paint.severity(*severity, &number.to_string()) };
            cells.push_str(&text::pad_left(&cell, word.len() + 2));
        }
        page.lines.push(cells);
    }
}

fn counts(page: &mut Page, live: &[&Threat]) {
    let mut parts = Vec::new();
    if live.is_empty() {
        parts.push(page.paint.strong("no open threats"));
    } else {
        let by_severity = words::count_severities(live);
        let number = page.paint.strong(&words::count(live.len(), "open threat"));
        parts.push(format!("{number}: {}", painted(page, &by_severity)));
    }
    parts.extend(statuses(page));
    for line in text::join(&parts, Glue::Dot, page.width) {
        page.line(line);
    }
    let mut notes = page.selection.says();
    notes.extend(switched(page));
    if !notes.is_empty() {
        let text = notes.join("; ");
        for line in text::wrap(&format!("not shown: {text}"), page.width) {
            page.line(line);
        }
    }
}

fn painted(page: &Page, counts: &BTreeMap<Severity, usize>) -> String {
    words::SEVERITIES
        .iter()
        .filter_map(|level| {
            let number = counts.get(level).filter(|number| **number > 0)?;
            let says = format!("{number} {}", words::severity(*level));
            Some(page.paint.severity(*level, &says))
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// What was decided or holds, counted by status.
fn statuses(page: &Page) -> Vec<String> {
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for threat in &page.selection.matched {
        *counts.entry(threat.status).or_insert(0) += 1;
    }
    let number = |status: Status| counts.get(&status).copied().unwrap_or(0);
    let mut parts = Vec::new();
    let of_these: Vec<String> = [(Status::Planned, "planned"), (Status::Review, "to review")]
        .into_iter()
        .filter(|(status, _)| number(*status) > 0)
        .map(|(status, word)| format!("{} {word}", number(status)))
        .collect();
    if !of_these.is_empty() {
        parts.push(format!("of these {}", of_these.join(", ")));
    }
    let decided: Vec<String> = [
        (Status::Accepted, "accepted"),
        (Status::Transferred, "transferred"),
        (Status::Avoided, "avoided"),
        (Status::FalsePositive, "false positive"),
    ]
    .into_iter()
    .filter(|(status, _)| number(*status) > 0)
    .map(|(status, word)| format!("{} {word}", number(status)))
    .collect();
    if !decided.is_empty() {
        parts.push(decided.join(", "));
    }
    if number(Status::Mitigated) > 0 {
        parts.push(format!("{} mitigated by controls in place", number(Status::Mitigated)));
    }
    parts
}

/// Rules that the user switched off or replaced; every output says so.
fn switched(page: &Page) -> Vec<String> {
    let rules = &page.analysis.rules;
    let mut says = Vec::new();
    if !rules.disabled.is_empty() {
        says.push(format!("what the rules switched off would find ({})", words::plain(&rules.disabled.join(", "))));
    }
    if !rules.changed.is_empty() {
        says.push(format!("the original of rules that were replaced ({})", words::plain(&rules.changed.join(", "))));
    }
    says
}
