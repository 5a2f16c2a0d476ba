//! What an analysis needs besides the model: rules in force, date, tactics.

use crate::cli::ModelArg;
use crate::input::{self, Loaded};
use crate::output::{Failure, Output};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use telamon_engine::Inputs;
use telamon_engine::analysis::Analysis;
use telamon_render::filter::Tactics;
use telamon_rules::rule::Examples;
use telamon_rules::{RuleSet, read_rules};
use telamon_text::{Diagnostic, Sources};

/// For how many threats the effect of each remedy is computed.
const DETAIL: usize = 60;

/// Rules of the folders, on top of the built-in ones, with their examples.
pub fn rules(folders: &[PathBuf], output: &Output) -> Result<(RuleSet, Vec<Examples>), Failure> {
    let mut set = telamon_data::rules().clone();
    let mut examples = Vec::new();
    for folder in folders {
        let own = rule_folder(folder, output)?;
        for example in own.1 {
            examples.push(example);
        }
        set.extend(own.0);
    }
    Ok((set, examples))
}

fn rule_folder(folder: &Path, output: &Output) -> Result<(Vec<telamon_rules::Rule>, Vec<Examples>), Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("cannot read the rules in `{}`: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml" || end == "yml"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("there is no rule file (*.yaml) in `{}`", folder.display()).into());
    }
    let sources = Sources::new();
    let mut rules = Vec::new();
    let mut examples = Vec::new();
    let mut wrong: Vec<Diagnostic> = Vec::new();
    for file in files {
        let text = input::text(&file)?;
        let source = sources.add(file.display().to_string(), text);
        let read = read_rules(&sources, source, telamon_data::vocabulary());
        wrong.extend(read.diagnostics);
        wrong.extend(ids(&read.rules));
        rules.extend(read.rules);
        examples.extend(read.examples);
    }
    if telamon_text::has_errors(&wrong) {
        input::say(&sources, &wrong, output);
        return Err(Failure::Said);
    }
    Ok((rules, examples))
}

/// Framework ids of own rules that do not exist.
fn ids(rules: &[telamon_rules::Rule]) -> Vec<Diagnostic> {
    let catalog = telamon_data::catalog();
    let mut wrong = Vec::new();
    for rule in rules {
        for mapping in &rule.maps {
            let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
            for id in &mapping.ids {
                if let Err(problem) = catalog.check_id(&mapping.framework, edition, id) {
                    wrong.push(Diagnostic::error(
                        problem.code.to_string(),
                        format!("rule `{}` ({}:{}): {}", rule.id, rule.file, rule.line, problem.message),
                    ));
                }
            }
        }
    }
    wrong
}

/// The rules in force for a model: built-in ones, those of its folders and of the command, less those switched off.
pub fn rules_for(loaded: &Loaded, arg: &ModelArg, output: &Output) -> Result<RuleSet, Failure> {
    let section = &loaded.reading.model.rules;
    let mut folders: Vec<PathBuf> = section.folders.iter().map(|folder| loaded.folder.join(&folder.value)).collect();
    folders.extend(arg.rules.iter().cloned());
    let (mut set, _) = rules(&folders, output)?;
    let mut unknown = Vec::new();
    for id in &section.disabled {
        if !set.disable(&id.value) {
            let names: Vec<&str> = set.rules.iter().map(|rule| rule.id.as_str()).collect();
            let near = telamon_text::suggest::closest(&id.value, names);
            unknown.push(
                Diagnostic::error("unknown-rule", format!("there is no rule `{}` to switch off", id.value))
                    .at(id.span)
                    .label(near.map_or("`telamon rules list` lists all rules".to_owned(), |near| format!("did you mean `{near}`?"))),
            );
        }
    }
    if unknown.is_empty() {
        Ok(set)
    } else {
        input::say(&loaded.reading.sources, &unknown, output);
        Err(Failure::Said)
    }
}

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
        detail: DETAIL,
        limit,
    }
}

/// Tactics of techniques, in the order of their matrix.
pub fn tactics() -> Tactics {
    let mut tactics = Tactics::default();
    let catalog = telamon_data::catalog();
    for (id, edition, default) in catalog.editions() {
        // Lists of weaknesses and the big matrix that is only looked up have no tactics that a threat serves.
        if !default || matches!(id, "cwe" | "attack") {
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
