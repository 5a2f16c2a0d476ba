//! One threat in full: title, way, ids, what is missing and what to do first.

use telamon_engine::analysis::{Path, Severity, Status, Threat};

use super::Page;
use super::text::{self, Glue};
use crate::words;

/// Where the text of a threat begins, after the severity word.
const INDENT: usize = 10;
/// Room for the label of a row.
const LABEL: usize = 10;
/// Ways and missing controls printed where the user asked for no more.
const FEW: usize = 3;

pub fn print(page: &mut Page, threat: &Threat) {
    title(page, threat);
    if page.options.verbose && !threat.summary.is_empty() {
        body(page, &text::wrap(&words::plain(&threat.summary), room(page)));
    }
    paths(page, threat);
    facts(page, threat);
    if let Some(says) = words::decided(page.analysis, threat) {
        let label = if threat.status == Status::Open { "note" } else { "status" };
        row(page, label, &says);
    }
    rated(page, threat);
    missing(page, threat);
    if page.options.verbose {
        in_place(page, threat);
    }
    remedies(page, threat);
    if page.options.verbose {
        detail(page, threat);
    }
    row(page, "id", &words::plain(&threat.id));
}

/// Decided threats in short, and mitigated ones too where asked.
pub fn print_settled(page: &mut Page, settled: &[&Threat]) {
    let (mitigated, decided): (Vec<&Threat>, Vec<&Threat>) =
        settled.iter().partition(|threat| threat.status == Status::Mitigated);
    for threat in &decided {
        page.gap();
        title(page, threat);
        if let Some(says) = words::decided(page.analysis, threat) {
            row(page, "status", &says);
        }
        row(page, "id", &words::plain(&threat.id));
    }
    if page.options.verbose {
        for threat in &mitigated {
            page.gap();
            headline(page, &page.paint.quiet(&text::pad("held", INDENT)), threat);
            inherent(page, threat);
            in_place(page, threat);
            if !threat.status_because.is_empty() {
                row(page, "note", &words::plain(&threat.status_because));
            }
            row(page, "id", &words::plain(&threat.id));
        }
    }
}

fn room(page: &Page) -> usize {
    // A line of more than 100 letters is hard to read on any screen.
    page.width.min(INDENT + 100) - INDENT
}

fn title(page: &mut Page, threat: &Threat) {
    let severity = words::effective(threat);
    let word = words::severity(severity).to_uppercase();
    let painted = page.paint.severity(severity, &word);
    headline(page, &text::pad(&painted, INDENT), threat);
}

fn headline(page: &mut Page, lead: &str, threat: &Threat) {
    for (index, line) in text::wrap(&words::plain(&threat.title), room(page)).iter().enumerate() {
        let line = page.paint.strong(line);
        if index == 0 {
            page.line(format!("{lead}{line}"));
        } else {
            page.line(format!("{}{line}", " ".repeat(INDENT)));
        }
    }
}

fn body(page: &mut Page, lines: &[String]) {
    for line in lines {
        page.line(format!("{}{line}", " ".repeat(INDENT)));
    }
}

fn row(page: &mut Page, label: &str, says: &str) {
    let limit = room(page).saturating_sub(LABEL);
    rows(page, label, &text::wrap(says, limit));
}

fn rows(page: &mut Page, label: &str, lines: &[String]) {
    for (index, line) in lines.iter().enumerate() {
        let lead = if index == 0 { page.paint.quiet(&text::pad(label, LABEL)) } else { " ".repeat(LABEL) };
        page.line(format!("{}{lead}{line}", " ".repeat(INDENT)));
    }
}

fn paths(page: &mut Page, threat: &Threat) {
    let shown = if page.options.verbose { threat.paths.len() } else { FEW - 1 };
    // What travels matters once two ways differ in it.
    let labelled = threat.paths.iter().any(|path| threat.paths.first().is_some_and(|first| first.label != path.label));
    for path in threat.paths.iter().take(shown) {
        let lines = path_lines(page, path, labelled);
        body(page, &lines);
    }
    let more = threat.paths.len().saturating_sub(shown) + threat.more_paths;
    if more > 0 {
        body(page, &[format!("and {}", words::count(more, "more way"))]);
    }
}

fn path_lines(page: &Page, path: &Path, labelled: bool) -> Vec<String> {
    let mut hops = words::hops(path);
    if labelled && let Some(first) = hops.first_mut() {
        *first = format!("{}: {first}", words::spoken(&path.label));
    }
    // Continued lines stand two columns in, so that ways stay apart.
    let mut lines = text::join(&hops, Glue::Arrow, room(page) - 2);
    for line in lines.iter_mut().skip(1) {
        line.insert_str(0, "  ");
    }
    lines
}

/// Framework ids, then STRIDE and confidence: on one line if that fits.
fn facts(page: &mut Page, threat: &Threat) {
    let refs = match &page.selection.filter.framework {
        Some(asked) if asked.edition.is_some() => threat
            .frameworks
            .iter()
            .filter(|entry| {
                if entry.framework == asked.id {
                    Some(&entry.edition) == asked.edition.as_ref()
                } else {
                    words::default_edition(page.analysis, &entry.framework)
                        .is_none_or(|edition| edition == entry.edition)
                }
            })
            .collect(),
        _ => words::default_refs(page.analysis, threat),
    };
    let ids: Vec<String> = refs.into_iter().map(|entry| words::plain(&words::cite(entry))).collect();
    let mut kinds: Vec<String> = threat.stride.iter().map(|word| words::spoken(word)).collect();
    kinds = if kinds.is_empty() { Vec::new() } else { vec![kinds.join(", ")] };
    kinds.push(format!("confidence {}", words::confidence(threat.confidence)));
    let whole: Vec<String> = ids.iter().chain(&kinds).cloned().collect();
    let mut lines = text::join(&whole, Glue::Dot, room(page));
    if lines.len() > 1 {
        lines = text::join(&ids, Glue::Dot, room(page));
        lines.extend(text::join(&kinds, Glue::Dot, room(page)));
    }
    body(page, &lines);
}

fn rated(page: &mut Page, threat: &Threat) {
    if let Some(rated) = threat.risk.rated {
        let says = format!(
            "{} by people; the model gives {}",
            painted(page, rated.severity),
            painted(page, threat.risk.current.severity)
        );
        row(page, "rated", &says);
    }
}

fn inherent(page: &mut Page, threat: &Threat) {
    let says = format!(
        "{} without them, {} with them",
        painted(page, threat.risk.inherent.severity),
        painted(page, threat.risk.current.severity)
    );
    row(page, "risk", &says);
}

fn painted(page: &Page, severity: Severity) -> String {
    page.paint.severity(severity, words::severity(severity))
}

fn missing(page: &mut Page, threat: &Threat) {
    let all = &threat.controls.missing;
    // One more line says as much as "and 1 more".
    let shown = if page.options.verbose || all.len() <= FEW + 1 { all.len() } else { FEW };
    let mut parts: Vec<String> = all
        .iter()
        .take(shown)
        .map(|control| {
            format!(
                "{} on {} ({})",
                words::plain(&control.id),
                words::plain(&control.on),
                words::spoken(&control.stated)
            )
        })
        .collect();
    if all.len() > shown {
        parts.push(format!("{} more", all.len() - shown));
    }
    list(page, "missing", &parts);
}

fn in_place(page: &mut Page, threat: &Threat) {
    let parts: Vec<String> = threat
        .controls
        .present
        .iter()
        .map(|control| {
            format!(
                "{} on {} ({})",
                words::plain(&control.id),
                words::plain(&control.on),
                words::spoken(&control.state)
            )
        })
        .collect();
    list(page, "in place", &parts);
}

fn list(page: &mut Page, label: &str, parts: &[String]) {
    let limit = room(page).saturating_sub(LABEL);
    let mut lines = Vec::new();
    for line in text::join(parts, Glue::Comma, limit) {
        lines.extend(text::wrap(&line, limit));
    }
    rows(page, label, &lines);
}

fn remedies(page: &mut Page, threat: &Threat) {
    let shown = if page.options.verbose { usize::MAX } else { 1 };
    let limit = room(page).saturating_sub(LABEL);
    for (index, remedy) in threat.remedies.iter().take(shown).enumerate() {
        let mut parts: Vec<String> =
            words::plain(remedy.says.trim_end_matches('.')).split_whitespace().map(ToOwned::to_owned).collect();
        if let Some(after) = remedy.severity_after {
            if let Some(last) = parts.last_mut() {
                last.push(':');
            }
            // The effect was derived, so it is told against what was derived.
            let before = threat.risk.current.severity;
            // One part: before and after stay on one line.
            parts.push(if after == before {
                format!("stays {}", painted(page, after))
            } else {
                format!("{} → {}", painted(page, before), painted(page, after))
            });
        }
        let label = if index == 0 { "first" } else { "then" };
        rows(page, label, &text::join(&parts, Glue::Blank, limit));
    }
}

/// What only somebody who checks the finding wants to read.
fn detail(page: &mut Page, threat: &Threat) {
    if !threat.verify.is_empty() {
        row(page, "verify", &words::plain(&threat.verify));
    }
    if !threat.benign.is_empty() {
        row(page, "benign", &words::plain(&threat.benign));
    }
    let likelihood = word(&words::LIKELIHOODS, usize::from(threat.risk.current.likelihood), 1);
    let impact = word(&words::IMPACTS, 5, usize::from(threat.risk.current.impact));
    let says = [
        format!("{likelihood} and {impact}: {}", painted(page, threat.risk.current.severity)),
        format!("{} without controls", painted(page, threat.risk.inherent.severity)),
        format!("{} as planned", painted(page, threat.risk.target.severity)),
    ];
    let mut lines = text::join(&says, Glue::Comma, room(page).saturating_sub(LABEL));
    for factor in &threat.risk.factors {
        let says = format!("{}: {}", factor.effect, factor.because);
        lines.extend(text::wrap(&words::plain(&says), room(page).saturating_sub(LABEL)));
    }
    rows(page, "risk", &lines);
    let place =
        threat.location.as_ref().map(|place| format!("{}:{}:{}", words::plain(&place.file), place.line, place.column));
    if let Some(place) = place {
        row(page, "at", &place);
    }
    if !threat.incidents.is_empty() {
        row(page, "seen in", &words::plain(&threat.incidents.join(", ")));
    }
}

/// The word at `from - minus` of a scale, or `?` for a figure outside it.
fn word(scale: &[&'static str], from: usize, minus: usize) -> &'static str {
    from.checked_sub(minus).and_then(|index| scale.get(index)).copied().unwrap_or("?")
}
