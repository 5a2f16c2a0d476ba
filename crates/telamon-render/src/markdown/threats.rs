//! The threats: a table to find them, then each one in full; what is settled
//! stays folded.

use telamon_engine::analysis::{Analysis, Status, Threat};

use super::escape::{code, text};
use super::{gap, heading};
use crate::filter::Selection;
use crate::words;

pub fn print(out: &mut Vec<String>, analysis: &Analysis, selection: &Selection) {
    let shown = &selection.shown;
    let of = |keep: fn(Status) -> bool| -> Vec<&Threat> {
        let threats = shown.iter().copied();
        threats.filter(|threat| keep(threat.status)).collect()
    };
    let live = of(words::is_live);
    if !live.is_empty() {
        heading(out, 2, "Threats");
        table(out, &live);
        for (index, threat) in live.iter().enumerate() {
            let title = format!("{}. {}", index + 1, text(&threat.title));
            heading(out, 3, &title);
            full(out, analysis, threat);
        }
    }
    let decided = of(|status| !words::is_live(status) && status != Status::Mitigated);
    if !decided.is_empty() {
        heading(out, 2, "Decided");
        for threat in decided {
            settled(out, analysis, threat);
        }
    }
    let mitigated = of(|status| status == Status::Mitigated);
    if !mitigated.is_empty() {
        gap(out);
        out.push("<details>".to_owned());
        out.push(format!("<summary>{} mitigated by controls in place</summary>", mitigated.len()));
        out.push(String::new());
        for threat in mitigated {
            settled(out, analysis, threat);
        }
        out.push(String::new());
        out.push("</details>".to_owned());
    }
}

fn table(out: &mut Vec<String>, threats: &[&Threat]) {
    out.push("| | severity | threat | component | do first | then |".to_owned());
    out.push("| ---: | --- | --- | --- | --- | --- |".to_owned());
    for (index, threat) in threats.iter().enumerate() {
        let severity = words::severity(words::effective(threat));
        let (remedy, after) = threat.remedies.first().map_or(("", ""), |remedy| {
            let after = remedy.severity_after.map_or("", words::severity);
            (remedy.says.as_str(), after)
        });
        out.push(format!(
            "| {} | {severity} | {} | {} | {} | {after} |",
            index + 1,
            text(&threat.title),
            code(&threat.component),
            text(remedy)
        ));
    }
}

fn full(out: &mut Vec<String>, analysis: &Analysis, threat: &Threat) {
    let (likelihood, impact) = words::effective_cell(threat);
    out.push(format!(
        "**{}** (likelihood {likelihood}, impact {impact}), confidence {}, {}",
        words::severity(words::effective(threat)),
        words::confidence(threat.confidence),
        code(&threat.id)
    ));
    if !threat.summary.is_empty() {
        out.push(String::new());
        out.push(text(&threat.summary));
    }
    out.push(String::new());
    for path in &threat.paths {
        let hops: Vec<String> = words::hops(path).iter().map(|hop| code(hop)).collect();
        let label = text(&words::spoken(&path.label));
        item(out, "Path", &format!("{} ({label})", hops.join(" → ")));
    }
    if threat.more_paths > 0 {
        let more = words::count(threat.more_paths, "more way");
        item(out, "Path", &format!("and {more}"));
    }
    let missing = threat.controls.missing.iter();
    let missing = missing.map(|control| (&control.id, &control.on, &control.stated));
    item(out, "Missing", &controls(missing));
    item(out, "In place", &present(threat));
    for (index, remedy) in threat.remedies.iter().enumerate() {
        let effect = match (remedy.severity_after, threat.risk.current.severity) {
            (None, _) => String::new(),
            (Some(after), before) if after == before => {
                format!(" (stays {})", words::severity(after))
            }
            (Some(after), before) => {
                format!(" ({} → {})", words::severity(before), words::severity(after))
            }
        };
        let label = if index == 0 { "Do first" } else { "Then" };
        item(out, label, &format!("{}{effect}", text(&remedy.says)));
    }
    if let Some(says) = words::decided(analysis, threat) {
        item(out, "Status", &text(&says));
    }
    if let Some(rated) = threat.risk.rated {
        let says = format!(
            "{} by people; the model gives {}",
            words::severity(rated.severity),
            words::severity(threat.risk.current.severity)
        );
        item(out, "Rated", &says);
    }
    item(out, "Risk", &risk(threat));
    item(out, "Check", &text(&threat.verify));
    item(out, "No problem when", &text(&threat.benign));
    item(out, "Known as", &known_as(threat));
    item(out, "STRIDE", &spoken(&threat.stride));
    item(out, "Harm", &spoken(&threat.harm));
    item(out, "Evidence", &text(&threat.evidence.join("; ")));
    item(out, "Seen in", &text(&threat.incidents.join(", ")));
    if let Some(place) = &threat.location {
        item(out, "Where", &code(&format!("{}:{}", place.file, place.line)));
    }
}

/// A decided or mitigated threat on one line.
fn settled(out: &mut Vec<String>, analysis: &Analysis, threat: &Threat) {
    let mut parts = vec![format!(
        "**{}** ({}, without controls {})",
        text(&threat.title),
        words::severity(words::effective(threat)),
        words::severity(threat.risk.inherent.severity)
    )];
    parts.extend(words::decided(analysis, threat).map(|says| text(&says)));
    let present = present(threat);
    if !present.is_empty() {
        parts.push(format!("in place: {present}"));
    }
    parts.push(code(&threat.id));
    out.push(format!("- {}", parts.join("; ")));
}

/// A labelled point, left out where there is nothing to say.
fn item(out: &mut Vec<String>, label: &str, says: &str) {
    if !says.is_empty() {
        out.push(format!("- {label}: {says}"));
    }
}

fn risk(threat: &Threat) -> String {
    let mut says = format!(
        "{} without controls, {} now, {} as planned",
        words::severity(threat.risk.inherent.severity),
        words::severity(threat.risk.current.severity),
        words::severity(threat.risk.target.severity)
    );
    for factor in &threat.risk.factors {
        says.push_str("; ");
        says.push_str(&text(&format!("{}: {}", factor.effect, factor.because)));
    }
    says
}

fn known_as(threat: &Threat) -> String {
    let refs = threat.frameworks.iter();
    let refs: Vec<String> = refs.map(|entry| text(&format!("{} {}", words::cite(entry), entry.name))).collect();
    refs.join("; ")
}

fn present(threat: &Threat) -> String {
    let present = threat.controls.present.iter();
    controls(present.map(|control| (&control.id, &control.on, &control.state)))
}

fn controls<'a>(all: impl Iterator<Item = (&'a String, &'a String, &'a String)>) -> String {
    let all: Vec<String> =
        all.map(|(id, on, state)| format!("{} on {} ({})", code(id), code(on), text(&words::spoken(state)))).collect();
    all.join(", ")
}

fn spoken(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|word| text(&words::spoken(word))).collect();
    list.join(", ")
}
