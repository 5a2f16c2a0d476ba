//! What an analysis needs besides model and rules: date, tactics, tables.

use crate::input::Loaded;
use crate::output::Failure;
use std::time::{SystemTime, UNIX_EPOCH};
use telamon_engine::Inputs;
use telamon_engine::analysis::Analysis;
use telamon_render::filter::Tactics;
use telamon_rules::RuleSet;

/// For how many threats the effect of each remedy is computed.
const DETAIL: usize = 60;

/// The same for a model of so many components or more: each effect is an analysis of its own, and nobody reads
/// the remedies of more threats at once.
const LARGE: usize = 500;
const DETAIL_LARGE: usize = 20;

/// Today, or the date that was given.
pub fn date(given: Option<&str>) -> Result<String, Failure> {
    match given {
        Some(text) if telamon_model::read::is_date(text) => Ok(text.to_owned()),
        Some(text) => Err(format!("`{text}` is no date; write it as year-month-day, such as 2026-11-25").into()),
        None => {
            let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            Ok(civil(seconds / 86_400))
        }
    }
}

/// The day so many days after 1970-01-01, by the days-from-civil algorithm of Howard Hinnant, turned round.
fn civil(days: u64) -> String {
    let z = days + 719_468;
    let era = z / 146_097;
    let of_era = z % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Analyses a model. `limit` is how many threats are written out.
pub fn analysis(loaded: &Loaded, rules: &RuleSet, as_of: &str, limit: usize) -> Analysis {
    telamon_engine::analyze(&loaded.reading, &inputs(loaded, rules, as_of, limit))
}

/// What the engine is given.
pub fn inputs<'i>(loaded: &'i Loaded, rules: &'i RuleSet, as_of: &'i str, limit: usize) -> Inputs<'i> {
    Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules,
        weights: telamon_data::weights(),
        as_of,
        file: &loaded.name,
        version: env!("CARGO_PKG_VERSION"),
        detail: if loaded.reading.model.components.len() < LARGE { DETAIL } else { DETAIL_LARGE },
        limit,
        elements: true,
    }
}

/// Tactics of techniques, in the order of their matrix.
pub fn tactics() -> Tactics {
    let mut tactics = Tactics::default();
    let catalog = telamon_data::catalog();
    for (id, edition, default) in catalog.editions() {
        // Lists of weaknesses and the big matrix that is only looked up have no tactics that a threat serves; those of
        // the taxonomy of attacks are what an attacker wants in the end, no steps on the way.
        if !default || matches!(id, "cwe" | "attack" | "nist-ai-100-2") {
            continue;
        }
        let Some(framework) = catalog.get(id, Some(edition)) else { continue };
        for entry in &framework.entries {
            match entry.kind {
                telamon_catalog::EntryType::Tactic => tactics.add_tactic(&entry.id, &entry.name),
                telamon_catalog::EntryType::Technique => {
                    tactics.add_technique(&entry.id, entry.tactics.iter().cloned());
                }
                _ => {}
            }
        }
    }
    tactics
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_are_dates() {
        assert_eq!(civil(0), "1970-01-01");
        assert_eq!(civil(19_782), "2024-02-29");
        assert_eq!(civil(20_782), "2026-11-25");
    }
}
