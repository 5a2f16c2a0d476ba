//! `telamon diff`: what changed between two models or analyses.

use crate::cli::DiffArgs;
use crate::output::{Done, Failure, Output};
use crate::page::Page;
use crate::{input, rulebook, setup};
use std::fmt::Write as _;
use std::path::Path;
use telamon_engine::analysis::{Analysis, Severity};
use telamon_engine::{Diff, ThreatChange, diff};

/// How many reasons are named for a threat.
const REASONS: usize = 4;

/// Runs the command.
pub fn run(args: &DiffArgs, output: &Output) -> Done {
    let as_of = setup::date(args.as_of.as_deref())?;
    let old = read(&args.old, args, &as_of, output)?;
    let new = read(&args.new, args, &as_of, output)?;
    let diff = diff(&old, &new);
    let text = match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&diff).map_err(|error| error.to_string())? + "\n",
        "markdown" => markdown(&diff, &old, &new),
        _ => text(&diff, output.width),
    };
    output.print(&text);
    let fail_on = args.fail_on.as_deref().map(telamon_render::filter::min_severity).transpose()?;
    let worse = |change: &ThreatChange| change.after > change.before;
    Ok(fail_on.is_none_or(|level| {
        !diff.new.iter().chain(&diff.changed).any(|change| worse(change) && change.after >= Some(level))
    }))
}

/// Reads an analysis that was written as JSON, or a model, which is analysed.
pub fn read(path: &Path, args: &DiffArgs, as_of: &str, output: &Output) -> Result<Analysis, Failure> {
    if path.extension().is_some_and(|ending| ending == "json")
        && let Some(analysis) = written(path)?
    {
        return Ok(analysis);
    }
    let model = crate::cli::ModelArg { model: Some(path.to_owned()), rules: args.rules.clone() };
    let loaded = input::sound(&model, output)?;
    let rules = rulebook::rules_for(&loaded, &model, output)?;
    Ok(setup::analysis(&loaded, &rules, as_of, usize::MAX))
}

/// An analysis in a JSON file; none when the file holds something else, a model perhaps.
pub fn written(path: &Path) -> Result<Option<Analysis>, Failure> {
    let text = input::text(path)?;
    let Ok(value) = serde_json::from_str::<serde_json::Value>(&text) else { return Ok(None) };
    if value.get("threats").is_none_or(|threats| !threats.is_array()) || value.get("summary").is_none() {
        return Ok(None);
    }
    serde_json::from_value(value)
        .map(Some)
        .map_err(|error| format!("`{}` is no analysis that this version can read: {error}", path.display()).into())
}

fn word(severity: Option<Severity>) -> &'static str {
    severity.map_or("none", Severity::word)
}

fn weight(change: &ThreatChange) -> String {
    match (change.before, change.after) {
        (Some(before), Some(after)) if before != after => format!("{}, was {}", word(Some(after)), word(Some(before))),
        (before, after) => word(after.or(before)).to_owned(),
    }
}

fn text(diff: &Diff, width: usize) -> String {
    let mut page = Page::new(width);
    page.line(&counts(diff));
    for (title, mark, list) in [("new", '+', &diff.new), ("changed", '~', &diff.changed), ("gone", '-', &diff.gone)] {
        if list.is_empty() {
            continue;
        }
        page.gap();
        page.line(title);
        for change in list {
            page.aligned(&format!("{mark} {}", weight(change)), 22, &format!("{} ({})", change.title, change.id));
            for reason in change.because.iter().take(REASONS) {
                page.aligned("", 22, &format!("because {reason}"));
            }
        }
    }
    if !diff.elements.is_empty() {
        page.gap();
        page.line("elements");
        for element in &diff.elements {
            page.aligned(&format!("  {} {}", element.sort, element.id), 36, &element.changes.join("; "));
        }
    }
    page.finish()
}

fn counts(diff: &Diff) -> String {
    let rules = if diff.other_rules { "; the rules differ too" } else { "" };
    format!(
        "{} new, {} changed, {} gone, {} as before{rules}",
        diff.new.len(),
        diff.changed.len(),
        diff.gone.len(),
        diff.same
    )
}

/// A comment for a merge request.
fn markdown(diff: &Diff, old: &Analysis, new: &Analysis) -> String {
    let mut text = format!("## Threats of {}: {}\n", cell(&new.model.system), counts(diff));
    let _ = writeln!(text, "\nFrom `{}` to `{}`.", old.model.file, new.model.file);
    for (title, list) in [("New", &diff.new), ("Changed", &diff.changed), ("Gone", &diff.gone)] {
        if list.is_empty() {
            continue;
        }
        let _ = write!(text, "\n### {title}\n\n| Severity | Threat | Because |\n| --- | --- | --- |\n");
        for change in list {
            let reasons: Vec<String> = change.because.iter().take(REASONS).map(|reason| cell(reason)).collect();
            let _ = writeln!(
                text,
                "| {} | {}<br>`{}` | {} |",
                weight(change),
                cell(&change.title),
                change.id,
                reasons.join("<br>")
            );
        }
    }
    if !diff.elements.is_empty() {
        let _ = write!(text, "\n### Elements\n\n| Element | What changed |\n| --- | --- |\n");
        for element in &diff.elements {
            let _ = writeln!(text, "| {} `{}` | {} |", element.sort, element.id, cell(&element.changes.join("; ")));
        }
    }
    text
}

/// Text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('\n', " ")
}
