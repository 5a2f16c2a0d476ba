//! PASTA, the process for attack simulation and threat analysis: seven stages,
//! each with what model and analysis know, and what they do not.

use std::collections::BTreeMap;

use telamon_engine::analysis::{Analysis, Severity, Threat};

use super::document::{Document, Table};
use super::{MethodOptions, parts};
use crate::html::names::Names;
use crate::html::path;
use crate::html::rich::Rich;
use crate::words;

/// How many threats have their paths written out in stage 6.
const MODELLED: usize = 20;

pub fn document(analysis: &Analysis, options: &MethodOptions) -> Document {
    let names = Names::new(analysis);
    let mut document = Document::new(analysis, "PASTA", &options.lang);
    parts::lead(&mut document, &names);
    objectives(&mut document, analysis);
    technical_scope(&mut document, analysis);
    decomposition(&mut document, &names);
    threat_analysis(&mut document, &names);
    weaknesses(&mut document, &names);
    attacks(&mut document, &names);
    risk(&mut document, &names);
    parts::made(&mut document, analysis, options);
    document
}

fn objectives(document: &mut Document, analysis: &Analysis) {
    document.heading(2, "1. Objectives");
    let business = &analysis.model.business;
    if business.objectives.is_empty() {
        document.missing(
            Rich::of("the model states no objectives of the business (").code("business: objectives").text(")."),
        );
    }
    document.list(false, business.objectives.iter().map(Rich::of).collect());
    if business.criticality.is_empty() {
        document.missing(Rich::of("how critical the system is (").code("business: criticality").text(")."));
    } else {
        document.paragraph(Rich::of(format!("Criticality: {}.", business.criticality)));
    }
    if business.regulations.is_empty() {
        document.missing(Rich::of("which regulations apply (").code("business: regulations").text(")."));
    } else {
        document.paragraph(Rich::of(format!("Regulations: {}.", business.regulations.join(", "))));
    }
    if analysis.data.is_empty() {
        document.missing(Rich::of("what is to be protected: the model names no data."));
    } else {
        document.heading(3, "What is to be protected");
        document.table(parts::data(analysis));
    }
}

fn technical_scope(document: &mut Document, analysis: &Analysis) {
    document.heading(2, "2. Technical scope");
    if analysis.components.is_empty() {
        document.missing(Rich::of("the model has no components."));
    }
    document.table(parts::components(analysis));
    let suppliers: Vec<&str> = analysis
        .components
        .iter()
        .filter(|component| component.operator == "supplier")
        .map(|component| component.id.as_str())
        .collect();
    if !suppliers.is_empty() {
        document.paragraph(Rich::of("Run by suppliers: ").codes(suppliers).text("."));
    }
    document.list(false, analysis.assumptions.iter().map(|line| Rich::of("Assumed: ").text(line)).collect());
}

fn decomposition(document: &mut Document, names: &Names) {
    let analysis = names.analysis;
    document.heading(2, "3. Decomposition of the application");
    if analysis.zones.is_empty() {
        document.missing(Rich::of("trust zones."));
    }
    document.table(parts::zones(analysis));
    if analysis.flows.is_empty() {
        document.missing(Rich::of("data flows; without them nothing can be said of paths."));
        return;
    }
    let crossing = analysis.flows.iter().filter(|flow| flow.crosses).count();
    document.paragraph(Rich::of(format!(
        "{}, of which {crossing} cross from one zone into another.",
        words::count(analysis.flows.len(), "flow")
    )));
    document.table(parts::flows(analysis));
    let surface = parts::surface(names);
    if !surface.rows.is_empty() {
        document.heading(3, "Entry points");
        document.table(surface);
    }
}

fn threat_analysis(document: &mut Document, names: &Names) {
    document.heading(2, "4. Threat analysis");
    let sources = sources(names);
    if sources.rows.is_empty() {
        document.missing(Rich::of("no open threat has a path, so no source of attacks is known."));
    } else {
        document.heading(3, "Where attacks start");
        document.table(sources);
    }
    document.heading(3, "What happened elsewhere");
    let incidents = parts::incidents(names);
    if incidents.rows.is_empty() {
        document.missing(Rich::of("no incident of the catalog shares a technique with this model."));
    }
    document.table(incidents);
    let threats = parts::threats("Threats", names.live());
    if !threats.rows.is_empty() {
        document.heading(3, "Threats");
        document.table(threats);
    }
}

/// The elements at which the paths of open threats begin.
fn sources(names: &Names) -> Table {
    let mut found: BTreeMap<&str, (usize, Severity)> = BTreeMap::new();
    for threat in names.live() {
        let severity = words::effective(threat);
        let mut starts: Vec<&str> =
            threat.paths.iter().filter_map(|path| path.hops.first()).map(|hop| hop.element.as_str()).collect();
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            let entry = found.entry(start).or_insert((0, severity));
            entry.0 += 1;
            entry.1 = entry.1.max(severity);
        }
    }
    let mut table = Table::new("Sources", &["Source", "Kind", "Zone", "Trust", "Worst", "Open threats #"]);
    for (source, (count, worst)) in found {
        let component = names.component(source);
        let zone = component.and_then(|component| names.zone(&component.zone));
        let kind = component.and_then(|component| component.kinds.first());
        table.row(vec![
            Rich::new().code(source),
            Rich::of(kind.map_or("", String::as_str)),
            Rich::new().codes(zone.map(|zone| zone.id.as_str())),
            Rich::of(zone.map_or("", |zone| zone.trust.as_str())),
            Rich::new().severity(worst),
            parts::number(count),
        ]);
    }
    table
}

fn weaknesses(document: &mut Document, names: &Names) {
    document.heading(2, "5. Weaknesses and vulnerabilities");
    let weaknesses = weakness_table(names);
    if weaknesses.rows.is_empty() {
        document.missing(Rich::of("no open threat is mapped to a known weakness."));
    } else {
        document.heading(3, "Weaknesses behind the threats");
        document.table(weaknesses);
    }
    let controls = parts::missing_controls(names);
    if !controls.rows.is_empty() {
        document.heading(3, "Controls that are missing");
        document.table(controls);
    }
    document.heading(3, "What tests and scans showed");
    let evidence = parts::evidence(names.analysis);
    if evidence.is_empty() {
        document.missing(Rich::of(
            "no result of a test or a scan is attached; the weaknesses above follow from the structure alone.",
        ));
    }
    document.list(false, evidence);
}

/// The weaknesses that open threats name. A weakness enumeration is told from
/// other frameworks by its id, which says what it is.
fn weakness_table(names: &Names) -> Table {
    let mut found: BTreeMap<(&str, &str, &str), Vec<&Threat>> = BTreeMap::new();
    for threat in names.live() {
        for entry in threat.frameworks.iter().filter(|entry| entry.framework == "cwe") {
            found.entry((&entry.id, &entry.name, &entry.edition)).or_default().push(threat);
        }
    }
    let mut table = Table::new("Weaknesses", &["Weakness", "Name", "Edition", "Threats"]);
    for ((id, name, edition), threats) in found {
        table.row(vec![
            Rich::new().code(id),
            Rich::of(name),
            Rich::of(edition),
            Rich::new().codes(threats.iter().map(|threat| threat.id.as_str())),
        ]);
    }
    table
}

fn attacks(document: &mut Document, names: &Names) {
    document.heading(2, "6. Attack modelling");
    let modelled: Vec<&Threat> = names
        .live()
        .filter(|threat| words::effective(threat) > Severity::Low)
        .filter(|threat| !threat.paths.is_empty())
        .collect();
    if modelled.is_empty() {
        document.missing(Rich::of("no open threat above low has a path."));
    }
    for threat in modelled.iter().take(MODELLED) {
        document.heading(3, &threat.title);
        document.paragraph(Rich::new().severity(words::effective(threat)).text(" ").code(&threat.id));
        let mut ways: Vec<Rich> = threat.paths.iter().map(path::line).collect();
        if threat.more_paths > 0 {
            ways.push(Rich::of(words::count(threat.more_paths, "more way")));
        }
        document.list(false, ways);
    }
    let more = modelled.len().saturating_sub(MODELLED);
    if more > 0 {
        document.paragraph(Rich::of(format!("{more} more threats have paths; the analysis holds them.")));
    }
    document.missing(Rich::of(
        "how probable each attack is and how long it takes: this analysis holds ways, not a simulation.",
    ));
}

fn risk(document: &mut Document, names: &Names) {
    let analysis = names.analysis;
    document.heading(2, "7. Risk and impact");
    let mut table = Table::new(
        "Risk",
        &["Threat", "Without controls", "Now", "With what is planned", "Rated by people", "First step"],
    );
    for threat in names.live() {
        let risk = &threat.risk;
        table.row(vec![
            Rich::new().code(&threat.id),
            Rich::of(words::severity(risk.inherent.severity)),
            Rich::new().severity(risk.current.severity),
            Rich::of(words::severity(risk.target.severity)),
            Rich::of(risk.rated.map_or("", |rated| words::severity(rated.severity))),
            parts::step(threat),
        ]);
    }
    if table.rows.is_empty() {
        document.paragraph(Rich::of("No threat is open."));
    }
    document.table(table);
    document.heading(3, "Decisions");
    if analysis.decisions.is_empty() {
        document.missing(Rich::of("nothing has been decided about any threat."));
    }
    document.table(parts::decisions(names));
    let questions = parts::questions(analysis);
    if !questions.is_empty() {
        document.heading(3, "Questions whose answers would change the most");
        document.list(true, questions);
    }
    document.missing(Rich::of("impact in money: this analysis holds no loss figures."));
}
