//! Reading what a user wrote for a filter, and saying what would be right.

use telamon_engine::analysis::{Analysis, Persona, Severity};
use telamon_text::suggest;

use super::{Filter, FrameworkFilter, Tactics};
use crate::words;

const STRIDE: [&str; 6] =
    ["spoofing", "tampering", "repudiation", "information-disclosure", "denial-of-service", "elevation-of-privilege"];

const PERSONAS: [(&str, Persona); 3] =
    [("regular", Persona::Regular), ("pedantic", Persona::Pedantic), ("auditor", Persona::Auditor)];

/// Reads STRIDE letters or words: `I,T`, `it`, `information disclosure`.
pub fn stride(text: &str) -> Result<Vec<String>, String> {
    let mut chosen: Vec<&str> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let word = part.to_lowercase().replace([' ', '_'], "-");
        match STRIDE.iter().find(|known| **known == word) {
            Some(known) => chosen.push(known),
            None => chosen
                .extend(letters(&word).ok_or_else(|| {
                    unknown("STRIDE word", part, STRIDE, "the letters S, T, R, I, D, E or the words")
                })?),
        }
    }
    if chosen.is_empty() {
        return Err("no STRIDE word given; write letters such as `I,T` or words".to_owned());
    }
    // In the order of the acronym, each once.
    Ok(STRIDE.iter().filter(|known| chosen.contains(known)).map(|known| (*known).to_owned()).collect())
}

fn letters(word: &str) -> Option<Vec<&'static str>> {
    word.chars().map(|letter| STRIDE.into_iter().find(|known| known.starts_with(letter))).collect()
}

/// Reads a severity word.
pub fn min_severity(text: &str) -> Result<Severity, String> {
    let word = text.trim().to_lowercase();
    words::SEVERITIES
        .into_iter()
        .find(|level| words::severity(*level) == word)
        .ok_or_else(|| unknown("severity", text, words::SEVERITIES.map(words::severity), "one of"))
}

/// Reads a persona word.
pub fn persona(text: &str) -> Result<Persona, String> {
    let word = text.trim().to_lowercase();
    PERSONAS
        .into_iter()
        .find_map(|(known, persona)| (known == word).then_some(persona))
        .ok_or_else(|| unknown("persona", text, PERSONAS.map(|(word, _)| word), "one of"))
}

pub(crate) fn persona_word(persona: Persona) -> &'static str {
    PERSONAS.into_iter().find_map(|(word, known)| (known == persona).then_some(word)).unwrap_or("regular")
}

impl std::str::FromStr for FrameworkFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let (id, edition) = match text.split_once('@') {
            Some((id, edition)) => (id, Some(edition)),
            None => (text.as_str(), None),
        };
        if id.is_empty() || edition == Some("") {
            return Err(format!(
                "`{text}` is no framework; write an id such as `atlas`, or id and edition such as `owasp-llm@2025`"
            ));
        }
        Ok(Self { id: id.to_owned(), edition: edition.map(ToOwned::to_owned) })
    }
}

impl Filter {
    /// Checks that what the filter names exists in this analysis, so that a
    /// misspelt word does not pass for a system without threats.
    pub fn check(&self, analysis: &Analysis, tactics: &Tactics) -> Result<(), String> {
        if let Some(component) = &self.component {
            let ids = analysis.components.iter().map(|known| known.id.as_str());
            if !ids.clone().any(|id| id == component) {
                return Err(unknown("component", component, ids, "the components are"));
            }
        }
        if let Some(tactic) = &self.tactic
            && tactics.name(tactic).is_none()
        {
            let ids = tactics.names().map(|(id, _)| id);
            return Err(unknown("tactic", tactic, ids, "the tactics are"));
        }
        match &self.framework {
            Some(framework) => framework.check(analysis),
            None => Ok(()),
        }
    }
}

impl FrameworkFilter {
    fn check(&self, analysis: &Analysis) -> Result<(), String> {
        let editions: Vec<&str> = analysis
            .catalog
            .iter()
            .filter(|known| known.framework == self.id)
            .map(|known| known.edition.as_str())
            .collect();
        if editions.is_empty() {
            if ["stride", "cia"].contains(&self.id.as_str()) {
                return Ok(());
            }
            let mut ids: Vec<&str> = analysis.catalog.iter().map(|known| known.framework.as_str()).collect();
            ids.dedup();
            ids.extend(["stride", "cia"]);
            return Err(unknown("framework", &self.id, ids, "the frameworks are"));
        }
        match &self.edition {
            Some(edition) if !editions.contains(&edition.as_str()) => {
                Err(unknown(&format!("edition of `{}`", self.id), edition, editions, "the editions are"))
            }
            _ => Ok(()),
        }
    }
}

/// `unknown component `kbb`; did you mean `kb`?`, or the list where nothing
/// is near.
fn unknown<'a>(what: &str, word: &str, known: impl IntoIterator<Item = &'a str>, list: &str) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let word = words::plain(word);
    match suggest::closest(&word, known.iter().copied()) {
        Some(near) => format!("unknown {what} `{word}`; did you mean `{near}`?"),
        None if known.is_empty() => format!("unknown {what} `{word}`; there are none here"),
        None => {
            let more = known.len().saturating_sub(20);
            let listed = known.iter().take(20).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("unknown {what} `{word}`; {list} {listed}{rest}")
        }
    }
}
