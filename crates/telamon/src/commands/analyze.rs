//! `telamon analyze`: the main job.

use crate::baseline::Baseline;
use crate::cli::{AnalyzeArgs, Format};
use crate::output::{Done, Failure, Output};
use crate::{input, rulebook, setup};
use std::fmt::Write as _;
use std::path::PathBuf;
use telamon_engine::analysis::{Analysis, Severity};
use telamon_render::filter::{self, Filter, Selection, Tactics};
use telamon_render::terminal::{self, TerminalOptions};
use telamon_render::{csv, json, markdown, sarif};

/// Beyond this many threats only those that are asked for are written out.
const WRITTEN: usize = 20_000;

/// Runs the command.
pub fn run(args: &AnalyzeArgs, output: &Output) -> Done {
    let formats = if args.format.is_empty() { vec![Format::Text] } else { args.format.clone() };
    if formats.len() > 1 && args.output.is_none() {
        return Err("several formats need `-o NAME`; each gets its own ending".into());
    }
    let filter = filter(args, &formats)?;
    let fail_on = args.fail_on.as_deref().map(filter::min_severity).transpose()?;
    let as_of = setup::date(args.as_of.as_deref())?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    if args.sensitivity {
        return sensitivity(&loaded, &rules, &as_of, output);
    }
    let tactics = setup::tactics();
    // Filters other than `top` look at every threat.
    let plain = Filter { top: None, persona: None, ..filter.clone() } == Filter::default();
    let limit = match filter.top {
        Some(top) if plain && args.baseline.is_none() => top.saturating_mul(4).max(100),
        _ => WRITTEN,
    };
    // What names elements only in threats does without the list of all of them.
    let elements = filter.component.is_some()
        || formats.iter().any(|format| !matches!(format, Format::Text | Format::Markdown | Format::Csv));
    let inputs = telamon_engine::Inputs { elements, ..setup::inputs(&loaded, &rules, &as_of, limit) };
    let mut analysis = telamon_engine::analyze(&loaded.reading, &inputs);
    let baseline = Baseline::read(args.baseline.as_deref())?;
    let before = analysis.threats.len();
    analysis.threats.retain(|threat| !baseline.knows(threat));
    let known = before - analysis.threats.len();
    filter.check(&analysis, &tactics)?;
    for format in &formats {
        // Programs get everything unless a condition was asked for.
        let own = if matches!(format, Format::Text | Format::Markdown | Format::Html) {
            filter.clone()
        } else {
            Filter { persona: filter.persona.filter(|_| args.persona.is_some()), ..filter.clone() }
        };
        let selection = own.select(&analysis, &tactics);
        let text = render(*format, &loaded, &analysis, &selection, &tactics, args, output)?;
        let path = path(args.output.as_ref(), *format, formats.len() > 1);
        loaded.keep(path.as_deref())?;
        output.write(path.as_deref(), &text)?;
        if matches!(format, Format::Csv) && selection.hidden() > 0 {
            Output::error(&format!("{} threats are not shown: {}", selection.hidden(), selection.says().join(" ")));
        }
    }
    if known > 0 {
        Output::error(&format!("{known} threats stand in the baseline and are not shown"));
    }
    let fine = fail_on.is_none_or(|level| !fails(&analysis, level, known > 0));
    // The program ends here: taking millions of pieces apart one by one would only take time.
    std::mem::forget(analysis);
    std::mem::forget(loaded);
    Ok(fine)
}

fn filter(args: &AnalyzeArgs, formats: &[Format]) -> Result<Filter, Failure> {
    Ok(Filter {
        stride: args.stride.as_deref().map(filter::stride).transpose()?.unwrap_or_default(),
        framework: args.framework.as_deref().map(str::parse).transpose()?,
        tactic: args.tactic.clone(),
        component: args.component.clone(),
        min_severity: args.min_severity.as_deref().map(filter::min_severity).transpose()?,
        persona: Some(filter::persona(args.persona.as_deref().unwrap_or("regular"))?),
        top: args.top.or_else(|| (args.verbose && formats == [Format::Text]).then_some(usize::MAX)),
    })
}

/// True when an open, planned or reviewed threat is of this severity or worse; people's rating counts.
fn fails(analysis: &Analysis, level: Severity, has_baseline: bool) -> bool {
    // The summary counts what a baseline knows too.
    !has_baseline && analysis.summary.by_severity.iter().any(|(severity, count)| *severity >= level && *count > 0)
        || analysis.threats.iter().any(|threat| threat.status.is_live() && threat.effective_severity() >= level)
}

fn render(
    format: Format,
    loaded: &input::Loaded,
    analysis: &Analysis,
    selection: &Selection<'_>,
    tactics: &Tactics,
    args: &AnalyzeArgs,
    output: &Output,
) -> Result<String, Failure> {
    Ok(match format {
        Format::Text => {
            let options = TerminalOptions {
                width: output.width,
                color: output.color,
                verbose: args.verbose,
                quiet: args.quiet,
                group_by: args.group_by.as_deref().map(str::parse).transpose()?,
                model: args.model.model.as_ref().map(|path| path.display().to_string()),
            };
            terminal::render(analysis, selection, tactics, &options)
        }
        Format::Json => json::render(analysis, selection),
        Format::Markdown => markdown::render(analysis, selection),
        Format::Sarif => sarif::render(analysis, selection),
        Format::Csv => csv::render(analysis, selection),
        Format::Html => super::report::html(analysis, selection, None, &command(args), super::diagram::pins(loaded)?)?,
    })
}

/// The command line that makes a report again.
fn command(args: &AnalyzeArgs) -> String {
    let mut command = "telamon report".to_owned();
    if let Some(model) = &args.model.model {
        let _ = write!(command, " {}", model.display());
    }
    command
}

fn path(output: Option<&PathBuf>, format: Format, several: bool) -> Option<PathBuf> {
    let path = output?;
    if !several {
        return Some(path.clone());
    }
    let ending = match format {
        Format::Text => "txt",
        Format::Json => "json",
        Format::Markdown => "md",
        Format::Sarif => "sarif",
        Format::Csv => "csv",
        Format::Html => "html",
    };
    let mut name = path.clone().into_os_string();
    name.push(".");
    name.push(ending);
    Some(PathBuf::from(name))
}

fn sensitivity(loaded: &input::Loaded, rules: &telamon_rules::RuleSet, as_of: &str, output: &Output) -> Done {
    let inputs = setup::inputs(loaded, rules, as_of, usize::MAX);
    let rows = telamon_engine::sensitivity(&loaded.reading, &inputs);
    if rows.is_empty() {
        output.line("no threat changes its severity when one weight moves by one step");
        return Ok(true);
    }
    let mut text = String::from("Severity that hangs on one weight (catalog/weights.yaml), moved by one step:\n\n");
    let mut last = "";
    for row in &rows {
        if row.threat != last {
            let _ = writeln!(text, "{}", row.threat);
            last = &row.threat;
        }
        let _ = writeln!(
            text,
            "  {:<9} → {:<9} {}",
            format!("{:?}", row.from).to_lowercase(),
            format!("{:?}", row.to).to_lowercase(),
            row.row
        );
    }
    output.print(&text);
    Ok(true)
}
