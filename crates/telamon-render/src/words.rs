//! The words that every output uses for the same thing, and clean text.

use std::collections::BTreeMap;

use telamon_engine::analysis::{Analysis, Confidence, Decision, FrameworkRef, Path, Severity, Status, Threat};

/// Severities from the worst to the least.
pub const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

/// Likelihood 1 to 5.
pub const LIKELIHOODS: [&str; 5] = ["rare", "unlikely", "possible", "likely", "almost certain"];

/// Impact 5 to 1, the order of the rows of a matrix.
pub const IMPACTS: [&str; 5] = ["severe", "major", "moderate", "minor", "negligible"];

/// The word of a severity.
pub fn severity(severity: Severity) -> &'static str {
    severity.word()
}

/// The word of a status as the JSON has it.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Review => "review",
        Status::Planned => "planned",
        Status::Accepted => "accepted",
        Status::Transferred => "transferred",
        Status::Avoided => "avoided",
        Status::FalsePositive => "false-positive",
        Status::Mitigated => "mitigated",
    }
}

/// The word of a confidence.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

/// The severity that counts: as people rated it, otherwise as derived.
pub fn effective(threat: &Threat) -> Severity {
    threat.effective_severity()
}

/// Likelihood and impact that count, in the order of the matrix's axes.
pub fn effective_cell(threat: &Threat) -> (u8, u8) {
    threat.risk.rated.map_or((threat.likelihood, threat.impact), |level| (level.likelihood, level.impact))
}

/// True for a threat that still asks for something: open, planned or to review.
pub fn is_live(status: Status) -> bool {
    status.is_live()
}

/// The decision that applies to a threat.
pub fn decision<'a>(analysis: &'a Analysis, threat: &Threat) -> Option<&'a Decision> {
    analysis.decisions.get(threat.decision?)
}

/// `1 threat`, `2 threats`; the plural is the singular with an s.
pub fn count(number: usize, singular: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {singular}s") }
}

/// `1 critical, 3 high`, leaving out what is zero.
pub fn by_severity(counts: &BTreeMap<Severity, usize>) -> String {
    SEVERITIES
        .iter()
        .filter_map(|level| match counts.get(level) {
            Some(0) | None => None,
            Some(number) => Some(format!("{number} {}", severity(*level))),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// How many of the threats have each effective severity.
pub fn count_severities(threats: &[&Threat]) -> BTreeMap<Severity, usize> {
    let mut counts = BTreeMap::new();
    for threat in threats {
        *counts.entry(effective(threat)).or_insert(0) += 1;
    }
    counts
}

/// Five rows, impact 5 to 1, of five counts, likelihood 1 to 5.
pub fn matrix(threats: &[&Threat]) -> [[usize; 5]; 5] {
    let mut cells = [[0; 5]; 5];
    for threat in threats {
        let (likelihood, impact) = effective_cell(threat);
        let row = 5_usize.wrapping_sub(usize::from(impact));
        let column = usize::from(likelihood).wrapping_sub(1);
        if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell += 1;
        }
    }
    cells
}

/// A framework id as people write it: `OWASP LLM` for `owasp-llm`.
pub fn framework(id: &str) -> String {
    if id == "attack" {
        return "ATT&CK".to_owned();
    }
    let mut name = String::new();
    for part in id.split('-') {
        let number = part.chars().all(|letter| letter.is_ascii_digit());
        if !name.is_empty() {
            // `100-2` is one number.
            name.push(if number && name.ends_with(|letter: char| letter.is_ascii_digit()) { '-' } else { ' ' });
        }
        // Long parts are words, short ones initials.
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if !name.is_empty() && part.len() > 5 => {
                name.push(first.to_ascii_uppercase());
                name.extend(letters);
            }
            _ => name.push_str(&part.to_uppercase()),
        }
    }
    name
}

/// An id as it is cited. OWASP numbers its lists afresh in each edition, so
/// its ids mean nothing without one; the ids of the others are never reused.
pub fn cite(entry: &FrameworkRef) -> String {
    // `T6` alone could be anything.
    let lettered = entry.id.chars().filter(char::is_ascii_alphabetic).count() >= 2;
    match entry.framework.starts_with("owasp-") {
        true if lettered => format!("{}:{}", entry.id, entry.edition),
        true => format!("OWASP {}", entry.id),
        false => entry.id.clone(),
    }
}

/// The edition that stands first in the catalog of the analysis is the one
/// shown where nobody asked for another.
pub fn default_edition<'a>(analysis: &'a Analysis, framework: &str) -> Option<&'a str> {
    analysis.catalog.iter().find(|entry| entry.framework == framework).map(|entry| entry.edition.as_str())
}

/// The entries of a threat in the default edition of each framework.
pub fn default_refs<'a>(analysis: &Analysis, threat: &'a Threat) -> Vec<&'a FrameworkRef> {
    threat
        .frameworks
        .iter()
        .filter(|entry| default_edition(analysis, &entry.framework).is_none_or(|edition| edition == entry.edition))
        .collect()
}

/// `ATLAS 5.6.0`, `OWASP LLM 2026 and 2025`: the editions in use, in order.
pub fn editions(analysis: &Analysis) -> Vec<String> {
    let mut grouped: Vec<(&str, Vec<&str>)> = Vec::new();
    for entry in &analysis.catalog {
        match grouped.iter_mut().find(|(id, _)| *id == entry.framework) {
            Some((_, editions)) => editions.push(&entry.edition),
            None => grouped.push((&entry.framework, vec![&entry.edition])),
        }
    }
    grouped.into_iter().map(|(id, editions)| plain(&format!("{} {}", framework(id), editions.join("/")))).collect()
}

/// What is printed for the elements of a path: their ids, or the sentence
/// where a path has no hops.
pub fn hops(path: &Path) -> Vec<String> {
    if path.hops.is_empty() {
        path.says.split(" -> ").map(plain).collect()
    } else {
        path.hops.iter().map(|hop| plain(&hop.element)).collect()
    }
}

/// `not-stated` as people say it.
pub fn spoken(word: &str) -> String {
    plain(word).replace('-', " ")
}

/// A sentence about what was decided, with reason, people and dates.
pub fn decided(analysis: &Analysis, threat: &Threat) -> Option<String> {
    let decision = decision(analysis, threat);
    let because = match decision {
        Some(decision) if threat.status_because.is_empty() => match threat.status {
            Status::Review => decision.because.as_str(),
            _ => "",
        },
        _ => threat.status_because.as_str(),
    };
    let mut says = match threat.status {
        Status::Open | Status::Mitigated => return (!because.is_empty()).then(|| plain(because)),
        Status::Review => "to review".to_owned(),
        other => spoken(status(other)),
    };
    if threat.status == Status::Review {
        append(&mut says, ": ", because);
    }
    if let Some(decision) = decision {
        if threat.status == Status::Review {
            append(&mut says, "; ", &response(&decision.response));
        }
        append(&mut says, " by ", &decision.by);
        append(&mut says, " on ", &decision.date);
        append(&mut says, " until ", &decision.until);
        append(&mut says, ", owner ", &decision.owner);
        append(&mut says, ", due ", &decision.due);
        append(&mut says, ", ticket ", &decision.ticket);
        append(&mut says, ": ", &decision.why);
    }
    if threat.status != Status::Review {
        append(&mut says, "; ", because);
    }
    Some(says)
}

/// `accept` as something that was done.
fn response(word: &str) -> String {
    match word {
        "accept" => "accepted".to_owned(),
        "transfer" => "transferred".to_owned(),
        "avoid" => "avoided".to_owned(),
        "mitigate" => "planned".to_owned(),
        other => spoken(other),
    }
}

fn append(says: &mut String, glue: &str, text: &str) {
    if !text.is_empty() {
        says.push_str(glue);
        says.push_str(&plain(text));
    }
}

/// Text of a model without what could steer a terminal or reorder a line:
/// control characters and the marks that change the direction of writing
/// become a replacement character, line breaks and tabs a space.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\r' | '\t' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            control if control.is_control() => '\u{fffd}',
            other => other,
        })
        .collect()
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;
