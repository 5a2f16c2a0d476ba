//! A threat of a model in full, and what a framework entry came to in a model.

use super::page;
use crate::cli::ExplainArgs;
use crate::input;
use crate::output::{Failure, Output};
use crate::{rulebook, setup};
use telamon_catalog::{EntryRef, EntryType};
use telamon_engine::analysis::{Analysis, Coverage, Level, Status, Threat};
use telamon_text::suggest;

fn analysis(args: &ExplainArgs, output: &Output) -> Result<Analysis, Failure> {
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    Ok(setup::analysis(&loaded, &rules, &setup::date(None)?, usize::MAX))
}

/// The threat that the command names.
pub fn of_model(args: &ExplainArgs, output: &Output) -> Result<String, Failure> {
    let analysis = analysis(args, output)?;
    match analysis.threats.iter().find(|threat| threat.id == args.id) {
        Some(threat) => Ok(of_threat(threat, &analysis, output.width)),
        None => {
            let near = suggest::closest(&args.id, analysis.threats.iter().map(|threat| threat.id.as_str()));
            let hint =
                near.map_or("`telamon analyze --quiet` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
            Err(format!("`{}` has no threat `{}`; {hint}", analysis.model.file, args.id).into())
        }
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Review => "review",
        Status::Planned => "planned",
        Status::Accepted => "accepted",
        Status::Transferred => "transferred",
        Status::Avoided => "avoided",
        Status::FalsePositive => "false positive",
        Status::Mitigated => "mitigated",
    }
}

fn level(level: &Level) -> String {
    format!("{} (likelihood {}, impact {})", level.severity.word(), level.likelihood, level.impact)
}

/// Id and name with edition, where the catalog has it.
fn citation(framework: &str, edition: &str, id: &str) -> String {
    telamon_data::catalog().entry(framework, Some(edition), id).map_or_else(|| id.to_owned(), EntryRef::citation)
}

fn of_threat(threat: &Threat, analysis: &Analysis, width: usize) -> String {
    let mut page = page(width, &threat.id);
    page.paragraph(&threat.title).gap().paragraph(&threat.summary).gap();
    page.row("status", status(threat.status));
    page.row("because", &threat.status_because);
    page.row("now", &level(&threat.risk.current));
    page.row("no controls", &level(&threat.risk.inherent));
    page.row("with plans", &level(&threat.risk.target));
    page.row("rated", &threat.risk.rated.as_ref().map(level).unwrap_or_default());
    page.rows("path", threat.paths.iter().map(|path| path.says.clone()));
    if threat.more_paths > 0 {
        page.row("", &format!("and {} more", threat.more_paths));
    }
    page.rows(
        "factor",
        threat.risk.factors.iter().map(|factor| format!("{} {}: {}", factor.name, factor.effect, factor.because)),
    );
    page.rows(
        "in place",
        threat.controls.present.iter().map(|control| format!("{} on {} ({})", control.id, control.on, control.state)),
    );
    page.rows(
        "missing",
        threat
            .controls
            .missing
            .iter()
            .map(|control| format!("{} on {} ({})", control.id, control.on, control.stated.replace('-', " "))),
    );
    page.rows(
        "remedy",
        threat.remedies.iter().map(|remedy| match remedy.severity_after {
            Some(after) => format!("{} ({} → {})", remedy.says, threat.severity.word(), after.word()),
            None => remedy.says.clone(),
        }),
    );
    page.row("verify", &threat.verify);
    page.row("no problem", &threat.benign);
    page.rows("known as", threat.frameworks.iter().map(|entry| citation(&entry.framework, &entry.edition, &entry.id)));
    let happened = |id: &String| telamon_data::catalog().find(id, None, None).map_or(id.clone(), EntryRef::citation);
    page.rows("happened", threat.incidents.iter().map(happened));
    page.row("rule", &threat.rule);
    page.gap();
    let place =
        threat.location.as_ref().map_or(analysis.model.file.clone(), |place| format!("{}:{}", place.file, place.line));
    page.line(&format!("{place}, as of {}", analysis.as_of));
    page.finish()
}

/// What an entry came to in the model, in each edition that has it.
pub fn why_not(args: &ExplainArgs, output: &Output) -> Result<String, Failure> {
    let catalog = telamon_data::catalog();
    let entries = catalog.find_all(&args.id, None, None);
    if entries.is_empty() {
        return Err(
            format!("`{}` is no id of a framework; `telamon catalog search` finds one by words", args.id).into()
        );
    }
    let analysis = analysis(args, output)?;
    let mut pages = Vec::new();
    for entry in entries {
        let found = analysis.coverage.iter().find(|row| {
            (row.framework.as_str(), row.edition.as_str(), row.id.as_str())
                == (entry.framework.framework.as_str(), entry.framework.edition.as_str(), entry.id())
        });
        pages.push(came_to(entry, found, &analysis, output.width));
    }
    Ok(pages.join("\n"))
}

fn came_to(entry: EntryRef<'_>, found: Option<&Coverage>, analysis: &Analysis, width: usize) -> String {
    let mut page = page(width, &entry.citation());
    let Some(found) = found else {
        let name = &entry.framework.name;
        let id = entry.id();
        page.paragraph(&match entry.entry.kind {
            _ if !telamon_data::catalog().is_accounted(&entry.framework.framework) => {
                format!("{name} is looked up, not accounted for: no model is measured by it")
            }
            EntryType::CaseStudy => format!("`telamon incidents --case {id}` holds this case against a model"),
            EntryType::Mitigation => format!(
                "a model states controls, not mitigations; `telamon rules coverage --framework {}` names those of each",
                entry.framework.framework
            ),
            EntryType::Technique | EntryType::Entry | EntryType::Category | EntryType::Weakness => {
                format!("models are measured by another edition of {name}")
            }
            EntryType::Tactic => format!("models are measured by the techniques of {name}, not by its tactics"),
        });
        return page.finish();
    };
    page.row("in model", &analysis.model.file);
    page.row("came to", &found.state.replace('-', " "));
    page.row("because", &found.because);
    page.rows("threats", found.threats.iter().cloned());
    let question = found.question.and_then(|number| analysis.questions.get(number.checked_sub(1)?));
    page.row("question", question.map_or("", |question| question.ask.as_str()));
    page.finish()
}
