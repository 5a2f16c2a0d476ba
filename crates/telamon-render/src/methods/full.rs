//! Everything, in the order of the four questions.

use telamon_engine::analysis::{Analysis, Threat};

use super::document::{Document, Table};
use super::{MethodOptions, parts};
use crate::html::names::Names;
use crate::html::rich::{self, Rich};
use crate::words;

pub fn document(analysis: &Analysis, options: &MethodOptions) -> Document {
    let names = Names::new(analysis);
    let mut document = Document::new(analysis, "threat model", &options.lang);
    parts::lead(&mut document, &names);
    system(&mut document, &names);
    threats(&mut document, &names, options);
    answers(&mut document, &names);
    check(&mut document, &names);
    parts::made(&mut document, analysis, options);
    document
}

fn system(document: &mut Document, names: &Names) {
    let analysis = names.analysis;
    document.heading(2, "What are we working on?");
    if analysis.components.is_empty() {
        document.missing(Rich::of("the model has no components."));
    }
    for (title, table) in [
        ("Zones", parts::zones(analysis)),
        ("Components", parts::components(analysis)),
        ("Flows", parts::flows(analysis)),
        ("Data", parts::data(analysis)),
        ("Attack surface", parts::surface(names)),
    ] {
        if !table.rows.is_empty() {
            document.heading(3, title);
            document.table(table);
        }
    }
    if !analysis.assumptions.is_empty() {
        document.heading(3, "Assumptions");
        document.list(false, analysis.assumptions.iter().map(Rich::of).collect());
    }
}

fn threats(document: &mut Document, names: &Names, options: &MethodOptions) {
    document.heading(2, "What can go wrong?");
    let live: Vec<&Threat> = names.live().collect();
    if live.is_empty() {
        document.paragraph(Rich::of("No threat is open."));
    }
    for severity in words::SEVERITIES {
        let of_it: Vec<&&Threat> = live.iter().filter(|threat| words::effective(threat) == severity).collect();
        if of_it.is_empty() {
            continue;
        }
        document.heading(3, format!("{}, {}", rich::capital(words::severity(severity)), of_it.len()));
        for threat in of_it {
            parts::threat(document, threat, options);
        }
    }
    let settled = names.analysis.threats.iter().filter(|threat| !words::is_live(threat.status));
    let settled = parts::threats("Settled threats", settled);
    if !settled.rows.is_empty() {
        document.heading(3, "Settled or held by controls");
        document.table(settled);
    }
    let incidents = parts::incidents(names);
    if !incidents.rows.is_empty() {
        document.heading(3, "Incidents at systems of this shape");
        document.table(incidents);
    }
}

fn answers(document: &mut Document, names: &Names) {
    document.heading(2, "What are we going to do about it?");
    let controls = parts::missing_controls(names);
    if !controls.rows.is_empty() {
        document.heading(3, "Controls that are missing");
        document.table(controls);
    }
    document.heading(3, "Decisions");
    if names.analysis.decisions.is_empty() {
        document.missing(Rich::of("nothing has been decided about any threat."));
    }
    document.table(parts::decisions(names));
}

fn check(document: &mut Document, names: &Names) {
    let analysis = names.analysis;
    document.heading(2, "Did we do a good job?");
    let coverage = coverage(names);
    if !coverage.rows.is_empty() {
        document.heading(3, "What was weighed");
        document.table(coverage);
    }
    document.heading(3, "What tests and scans showed");
    let evidence = parts::evidence(analysis);
    if evidence.is_empty() {
        document.missing(Rich::of("no result of a test or a scan is attached."));
    }
    document.list(false, evidence);
    let questions = parts::questions(analysis);
    if !questions.is_empty() {
        document.heading(3, "Questions");
        document.list(true, questions);
    }
    let remarks: Vec<Rich> = analysis
        .diagnostics
        .iter()
        .map(|remark| Rich::of(format!("{}: ", remark.severity)).then(rich::prose(&remark.message, &[])))
        .collect();
    if !remarks.is_empty() {
        document.heading(3, "Remarks on the model");
        document.list(false, remarks);
    }
}

/// How many entries of each framework came to which state.
fn coverage(names: &Names) -> Table {
    const STATES: [&str; 5] = ["applies", "mitigated", "ruled-out", "cannot-tell", "not-assessed"];
    let mut table = Table::new(
        "Coverage",
        &["Framework", "Edition", "Applies #", "Mitigated #", "Ruled out #", "Cannot tell #", "Not assessed #"],
    );
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for entry in &names.analysis.coverage {
        let key = (entry.framework.as_str(), entry.edition.as_str());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        let mut row = vec![Rich::of(words::framework(key.0)), Rich::of(key.1)];
        row.extend(STATES.iter().map(|state| {
            let count = names
                .analysis
                .coverage
                .iter()
                .filter(|other| (other.framework.as_str(), other.edition.as_str()) == key)
                .filter(|other| other.state == *state)
                .count();
            parts::number(count)
        }));
        table.row(row);
    }
    table
}
