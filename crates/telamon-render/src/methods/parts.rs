//! Tables and lists that several methods share.

use telamon_engine::analysis::{Analysis, Severity, Threat};

use super::MethodOptions;
use super::document::{Document, Table};
use crate::html::names::Names;
use crate::html::rich::{self, Rich};
use crate::html::{first, path, refs, scope};
use crate::words;

/// What the document is about, in one paragraph.
pub fn lead(document: &mut Document, names: &Names) {
    let analysis = names.analysis;
    document.paragraph(Rich::of(&analysis.model.description));
    let live: Vec<&Threat> = names.live().collect();
    let counts = if live.is_empty() {
        "no threat is open".to_owned()
    } else {
        format!("{} open: {}", words::count(live.len(), "threat"), words::by_severity(&words::count_severities(&live)))
    };
    document.paragraph(Rich::of("As of ").date(&analysis.as_of).text(format!(", {counts}.")));
}

/// Trust zones.
pub fn zones(analysis: &Analysis) -> Table {
    let mut table = Table::new("Zones", &["Zone", "Name", "Trust", "Inside", "Run by", "Components #"]);
    for zone in &analysis.zones {
        let inside = analysis.components.iter().filter(|component| component.zone == zone.id).count();
        table.row(vec![
            Rich::new().code(&zone.id),
            Rich::of(&zone.name),
            Rich::of(&zone.trust),
            Rich::new().codes(zone.parent.as_deref()),
            Rich::of(&zone.operator),
            number(inside),
        ]);
    }
    table
}

/// Components with what they are and where they stand.
pub fn components(analysis: &Analysis) -> Table {
    let mut table = Table::new("Components", &["Component", "Kind", "Element", "Zone", "Run by", "Holds", "Controls"]);
    for component in &analysis.components {
        let mut name = Rich::new().code(&component.id);
        if component.name != component.id {
            name = name.text(format!(" {}", component.name));
        }
        let controls = component
            .controls
            .iter()
            .map(|control| Rich::new().code(&control.id).text(" ").state(words::spoken(&control.state)));
        table.row(vec![
            name,
            Rich::of(component.kinds.join(", ")),
            Rich::of(words::spoken(&component.element)),
            Rich::new().code(&component.zone),
            Rich::of(&component.operator),
            Rich::new().codes(component.holds.iter().map(String::as_str)),
            Rich::new().list(controls),
        ]);
    }
    table
}

/// Flows; those that cross into another zone say so.
pub fn flows(analysis: &Analysis) -> Table {
    let mut table = Table::new("Flows", &["Flow", "Caption", "Carries", "Comes back", "Data", "Crosses a boundary"]);
    for flow in &analysis.flows {
        let carries = words::spoken(&flow.carries.join(", "));
        let inferred = if flow.inferred { " (inferred)" } else { "" };
        table.row(vec![
            Rich::new().code(&flow.from).text(" → ").code(&flow.to),
            Rich::of(&flow.caption),
            Rich::of(format!("{carries}{inferred}")),
            Rich::of(words::spoken(&flow.answers.join(", "))),
            Rich::new().codes(flow.data.iter().map(String::as_str)),
            Rich::of(if flow.crosses { "yes" } else { "no" }),
        ]);
    }
    table
}

/// Data assets.
pub fn data(analysis: &Analysis) -> Table {
    let mut table = Table::new("Data", &["Data", "Name", "Class", "Contains", "Held by"]);
    for asset in &analysis.data {
        table.row(vec![
            Rich::new().code(&asset.id),
            Rich::of(&asset.name),
            Rich::of(&asset.classification),
            Rich::of(asset.contains.join(", ")),
            Rich::new().codes(asset.held_by.iter().map(String::as_str)),
        ]);
    }
    table
}

/// Who can touch what.
pub fn surface(names: &Names) -> Table {
    let mut table =
        Table::new("Attack surface", &["Part", "Component", "Who can touch it", "By which way", "Open threats #"]);
    for surface in &names.analysis.attack_surface {
        let mut ways = Rich::new();
        for (index, way) in surface.ways.iter().enumerate() {
            if index > 0 {
                ways = ways.text("; ");
            }
            ways = ways.then(path::way(names, way));
        }
        table.row(vec![
            Rich::of(rich::capital(&words::spoken(&surface.what))),
            Rich::new().code(&surface.component),
            Rich::of(surface.who.join(", ")),
            ways,
            number(names.live_of(&surface.threats).len()),
        ]);
    }
    table
}

/// Threats in one table.
pub fn threats<'a>(label: &str, threats: impl IntoIterator<Item = &'a Threat>) -> Table {
    let mut table = Table::new(label, &["Severity", "Threat", "Component", "Missing", "First step", "Status"]);
    for threat in threats {
        let missing =
            threat.controls.missing.iter().map(|control| Rich::new().code(&control.id).text(" on ").code(&control.on));
        table.row(vec![
            Rich::new().severity(words::effective(threat)),
            Rich::of(&threat.title).text(" ").code(&threat.id),
            Rich::new().code(&threat.component),
            Rich::new().list(missing),
            step(threat),
            Rich::of(words::spoken(words::status(threat.status))),
        ]);
    }
    table
}

/// The remedy with the most effect.
pub fn step(threat: &Threat) -> Rich {
    threat.remedies.first().map_or_else(Rich::new, |remedy| {
        let says = rich::prose(remedy.says.trim_end_matches('.'), &[&remedy.on]);
        match remedy.severity_after {
            Some(after) => says.text(": ").arrow(words::effective(threat), after),
            None => says,
        }
    })
}

/// Controls that are missing, most threats first.
pub fn missing_controls(names: &Names) -> Table {
    let mut found: Vec<(&str, &str, String, usize, Severity)> = Vec::new();
    for threat in names.live() {
        let severity = words::effective(threat);
        for control in &threat.controls.missing {
            let known = found.iter_mut().find(|(id, on, ..)| *id == control.id && *on == control.on);
            match known {
                Some((_, _, _, count, worst)) => {
                    *count += 1;
                    *worst = severity.max(*worst);
                }
                None => found.push((&control.id, &control.on, first::stated(control), 1, severity)),
            }
        }
    }
    found.sort_by(|one, other| other.4.cmp(&one.4).then(other.3.cmp(&one.3)));
    let mut table = Table::new("Missing controls", &["Control", "On", "Stated", "Worst threat", "Threats #"]);
    for (id, on, stated, count, worst) in found {
        table.row(vec![
            Rich::new().code(id),
            Rich::new().code(on),
            Rich::of(stated),
            Rich::new().severity(worst),
            number(count),
        ]);
    }
    table
}

/// Decisions.
pub fn decisions(names: &Names) -> Table {
    let mut table = Table::new("Decisions", &["About", "Decision", "Reason", "By", "Until or due", "State"]);
    for decision in &names.analysis.decisions {
        let dates = [("until ", &decision.until), ("due ", &decision.due)]
            .into_iter()
            .filter(|(_, date)| !date.is_empty())
            .map(|(word, date)| Rich::of(word).date(date));
        let state = words::spoken(&decision.state);
        let because = rich::prose(&decision.because, &[]);
        table.row(vec![
            scope::target(names, decision),
            Rich::of(words::spoken(&decision.response)),
            rich::prose(&decision.why, &[]),
            Rich::of(format!("{} {}", decision.by, decision.date).trim()),
            Rich::new().list(dates),
            if because.is_empty() { Rich::of(state) } else { Rich::of(state).text(": ").then(because) },
        ]);
    }
    table
}

/// Questions, most risk first.
pub fn questions(analysis: &Analysis) -> Vec<Rich> {
    analysis
        .questions
        .iter()
        .map(|question| {
            let ask = rich::prose(&question.ask, &[&question.about]);
            if question.threats.is_empty() {
                return ask;
            }
            ask.text(" Bears on ").codes(question.threats.iter().map(String::as_str)).text(".")
        })
        .collect()
}

/// Incidents that share techniques with the model.
pub fn incidents(names: &Names) -> Table {
    let mut table =
        Table::new("Incidents", &["Incident", "Name", "Date", "Techniques allowed here", "Of #", "Open threats #"]);
    for incident in &names.analysis.incidents {
        table.row(vec![
            Rich::new().code(&incident.id),
            Rich::of(&incident.name),
            Rich::new().date(&incident.date),
            Rich::new().codes(incident.shared.iter().map(String::as_str)),
            number(incident.steps),
            number(names.live_of(&incident.threats).len()),
        ]);
    }
    table
}

/// What tests and scans showed.
pub fn evidence(analysis: &Analysis) -> Vec<Rich> {
    let mut lines = Vec::new();
    for threat in &analysis.threats {
        for line in &threat.evidence {
            lines.push(Rich::new().code(&threat.id).text(format!(": {line}")));
        }
    }
    lines
}

/// All that is known of one threat, as a list under its heading.
pub fn threat(document: &mut Document, threat: &Threat, options: &MethodOptions) {
    document.heading(4, &threat.title);
    document.paragraph(
        Rich::new()
            .severity(words::effective(threat))
            .text(format!(
                " likelihood {}, impact {}; {}; ",
                threat.likelihood,
                threat.impact,
                words::spoken(words::status(threat.status))
            ))
            .code(&threat.id),
    );
    document.paragraph(rich::prose(&threat.summary, &[]));
    let mut items = Vec::new();
    for way in &threat.paths {
        items.push(Rich::of("Path: ").then(path::line(way)));
    }
    if threat.more_paths > 0 {
        items.push(Rich::of(format!("{} beside these", words::count(threat.more_paths, "more way"))));
    }
    for control in &threat.controls.missing {
        items.push(
            Rich::of("Missing: ")
                .code(&control.id)
                .text(" on ")
                .code(&control.on)
                .text(", ")
                .state(first::stated(control)),
        );
    }
    for control in &threat.controls.present {
        items.push(
            Rich::of("In place: ")
                .code(&control.id)
                .text(" on ")
                .code(&control.on)
                .text(", ")
                .state(words::spoken(&control.state)),
        );
    }
    for remedy in &threat.remedies {
        let says = rich::prose(remedy.says.trim_end_matches('.'), &[&remedy.on]);
        let says = Rich::of("Remedy: ").then(says);
        items.push(match remedy.severity_after {
            Some(after) => says.text(": ").arrow(words::effective(threat), after),
            None => says,
        });
    }
    if !threat.verify.is_empty() {
        items.push(Rich::of("Done when: ").then(rich::prose(&threat.verify, &[])));
    }
    items.extend(refs::lines(&threat.frameworks, &options.same_entries));
    document.list(false, items);
}

/// How the document was made.
pub fn made(document: &mut Document, analysis: &Analysis, options: &MethodOptions) {
    document.heading(2, "How it was made");
    let mut items = vec![
        Rich::of(format!(
            "{} {}, {}",
            rich::capital(&analysis.tool.name),
            analysis.tool.version,
            words::count(analysis.rules.count, "rule")
        )),
        Rich::of("Model ").code(&analysis.model.file).text(", ").code(scope::digest(&analysis.model.digest)),
        Rich::of("Rules ").code(scope::digest(&analysis.rules.digest)),
        Rich::of(format!("Weights version {}", analysis.weights.version)),
    ];
    if !analysis.catalog.is_empty() {
        items.push(Rich::of(words::editions(analysis).join("; ")));
    }
    for (word, ids) in
        [("Rules switched off: ", &analysis.rules.disabled), ("Rules replaced: ", &analysis.rules.changed)]
    {
        if !ids.is_empty() {
            items.push(Rich::of(word).codes(ids.iter().map(String::as_str)));
        }
    }
    if !options.command.is_empty() {
        items.push(Rich::new().code(&options.command));
    }
    document.list(false, items);
    document.paragraph(Rich::of(
        "A path supports a threat and proves nothing. Severities come from a table of weights, which is declared judgement.",
    ));
    for notice in &options.attributions {
        document.paragraph(Rich::of(notice));
    }
}

/// A number in a cell.
pub fn number(number: usize) -> Rich {
    Rich::of(number.to_string())
}
