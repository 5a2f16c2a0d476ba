//! `telamon decide`: writes a decision into the model, with what it saw.

use crate::cli::{DecideArgs, ModelArg};
use crate::input::{self, Loaded};
use crate::output::{self, Done, Failure, Output};
use crate::{rulebook, setup};
use std::fmt::Write as _;
use telamon_model::model::{Saw, Target};
use telamon_rules::RuleSet;
use telamon_text::edit::{self, Edit};
use telamon_text::yaml::{self, Limits, Value};
use telamon_text::{SourceId, Span};

/// Runs the command.
pub fn run(args: &DecideArgs, output: &Output) -> Done {
    for date in [&args.until, &args.due].into_iter().flatten() {
        setup::date(Some(date))?;
    }
    let as_of = setup::date(args.as_of.as_deref())?;
    let path = input::model_path(args.model.as_deref())?;
    if path.as_os_str() == "-" {
        return Err("a decision is written into a file; name one with `--model`".into());
    }
    let arg = ModelArg { model: args.model.clone(), rules: args.rules.clone() };
    let loaded = input::sound(&arg, output)?;
    let rules = rulebook::rules_for(&loaded, &arg, output)?;
    let text = loaded.reading.sources.text(SourceId(0));
    let (edits, says) = match &args.threat {
        Some(threat) if args.refresh => {
            (vec![renewal(&loaded, &rules, &as_of, threat)?], format!("renewed what the decision on {threat} saw"))
        }
        Some(threat) => (vec![decision(args, &loaded, &rules, &as_of, threat)?], format!("decided on {threat}")),
        None => refresh(&loaded, &rules, &as_of),
    };
    let edits: Vec<Edit> = edits.into_iter().map(|edit| with_breaks_of(text, edit)).collect();
    let changed = edit::apply(text, &edits).map_err(|error| error.to_string())?;
    unbroken(&loaded, &changed, args.refresh)?;
    if changed != text {
        output::replace(&path, &changed)?;
    }
    output.line(&format!("{}: {says}", path.display()));
    Ok(true)
}

/// Line breaks as the file has them.
fn with_breaks_of(text: &str, edit: Edit) -> Edit {
    if text.contains("\r\n") { Edit::new(edit.span, edit.replacement.replace('\n', "\r\n")) } else { edit }
}

/// What was written must read back, or nothing is written.
fn unbroken(loaded: &Loaded, changed: &str, refreshed: bool) -> Result<(), Failure> {
    let again = telamon_model::read(
        &loaded.name,
        changed.to_owned(),
        telamon_data::vocabulary(),
        &mut telamon_model::NoLoader,
        &Limits::default(),
    );
    // Included files are not read again, so what they define is unknown here.
    let elsewhere = |code: &str| matches!(code, "include-unreadable" | "unknown-reference");
    let broken = again.diagnostics.iter().any(|said| said.is_error() && !elsewhere(said.code.as_str()));
    let here = loaded.reading.model.decisions.iter().filter(|decision| decision.span.source == SourceId(0)).count();
    if broken || again.model.decisions.len() != here + usize::from(!refreshed) {
        return Err(
            "the decision cannot be written without damage to the file; add it by hand below `decisions:`".into()
        );
    }
    Ok(())
}

fn saw(loaded: &Loaded, rules: &RuleSet, as_of: &str, ids: &[String]) -> Option<Saw> {
    telamon_engine::decide::saw(&loaded.reading, &setup::inputs(loaded, rules, as_of, usize::MAX), ids)
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn saw_text(saw: &Saw) -> String {
    let digest = if saw.digest.is_empty() { String::new() } else { format!("digest: {}, ", quoted(&saw.digest)) };
    let ids: Vec<String> = saw.ids.iter().map(|id| quoted(id)).collect();
    format!("{{ {digest}severity: {}, ids: [{}] }}", saw.severity, ids.join(", "))
}

/// The edit that adds a decision at the end of the section, or the section at the end of the file.
fn decision(args: &DecideArgs, loaded: &Loaded, rules: &RuleSet, as_of: &str, threat: &str) -> Result<Edit, Failure> {
    let own = threat
        .strip_prefix("own:")
        .is_some_and(|key| loaded.reading.model.threats.iter().any(|threat| threat.key.value == key));
    let seen = saw(loaded, rules, as_of, &[threat.to_owned()]);
    if seen.is_none() && !own {
        let analysis = setup::analysis(loaded, rules, as_of, usize::MAX);
        let near = telamon_text::suggest::closest(threat, analysis.threats.iter().map(|threat| threat.id.as_str()));
        let hint =
            near.map_or("`telamon analyze --quiet` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(format!("`{}` has no threat `{threat}`; {hint}", loaded.name).into());
    }
    let model = &loaded.reading.model;
    if model.decisions.iter().any(|decision| matches!(&decision.target, Target::Threat(id) if id == threat)) {
        return Err(format!(
            "`{}` has a decision on `{threat}` already; change it there, or renew what it saw with `--refresh`",
            loaded.name
        )
        .into());
    }
    let mut entry = format!("- threat: {}\n", quoted(threat));
    let mut add = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(entry, "  {key}: {}", quoted(value));
        }
    };
    add("response", args.response.as_deref());
    add("why", args.why.as_deref());
    add("by", args.by.as_deref());
    add("date", Some(as_of));
    add("until", args.until.as_deref());
    add("owner", args.owner.as_deref());
    add("due", args.due.as_deref());
    add("ticket", args.ticket.as_deref());
    if args.rate_likelihood.is_some() || args.rate_impact.is_some() {
        let rate: Vec<String> = [("likelihood", &args.rate_likelihood), ("impact", &args.rate_impact)]
            .into_iter()
            .filter_map(|(key, word)| word.as_ref().map(|word| format!("{key}: {word}")))
            .collect();
        let _ = writeln!(entry, "  rate: {{ {} }}", rate.join(", "));
    }
    if let Some(seen) = seen {
        let _ = writeln!(entry, "  saw: {}", saw_text(&seen));
    }
    place(loaded, &entry)
}

/// Where the entry goes.
fn place(loaded: &Loaded, entry: &str) -> Result<Edit, Failure> {
    let source = SourceId(0);
    let text = loaded.reading.sources.text(source);
    let mut ignored = Vec::new();
    let root = yaml::read(source, text, &Limits::default(), &mut ignored).ok_or("the model cannot be read again")?;
    if text.trim_start().starts_with('{') {
        return Err(
            "decisions can be written into YAML models; this one is JSON, add it by hand below `decisions`".into()
        );
    }
    let indented = |by: usize| -> String { entry.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect() };
    let end_of_line =
        |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |more| at + more + 1);
    let (at, new) = match root.get_entry("decisions") {
        Some((_, list)) => {
            match &list.value {
                // An empty list in brackets makes room for one with a line for each decision.
                Value::Seq(items) if items.is_empty() => {
                    return Ok(Edit::new(list.span, format!("\n{}", indented(2).trim_end())));
                }
                Value::Seq(_) => {
                    let first = list.span.range().start;
                    if text.get(first..).is_some_and(|rest| rest.starts_with('[')) {
                        return Err("`decisions` is written in brackets; write one decision a line, then `decide` can add to it".into());
                    }
                    let line = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
                    let indent = text.get(line..first).map_or(2, str::len);
                    (end_of_line(list.span.range().end), indented(indent))
                }
                _ => (end_of_line(list.span.range().end), indented(2)),
            }
        }
        None => (text.len(), format!("decisions:\n{}", indented(2))),
    };
    let missing = at > 0 && !text.get(..at).is_some_and(|before| before.ends_with('\n'));
    let new = if missing { format!("\n{new}") } else { new };
    Ok(Edit::new(Span::new(source, at, at), new))
}

/// Edits that fill in what decisions saw.
fn refresh(loaded: &Loaded, rules: &RuleSet, as_of: &str) -> (Vec<Edit>, String) {
    let analysis = setup::analysis(loaded, rules, as_of, usize::MAX);
    let mut edits = Vec::new();
    for (decision, def) in analysis.decisions.iter().zip(&loaded.reading.model.decisions) {
        if def.saw.is_some() || decision.threats.is_empty() || def.span.source != SourceId(0) {
            continue;
        }
        let Some(seen) = saw(loaded, rules, as_of, &decision.threats) else { continue };
        edits.push(added(loaded, def.span, &seen));
    }
    let says = match edits.len() {
        0 => "every decision says what it saw".to_owned(),
        1 => "one decision now says what it saw".to_owned(),
        count => format!("{count} decisions now say what they saw"),
    };
    (edits, says)
}

/// The edit that puts what is there now into the place of what a decision saw.
fn renewal(loaded: &Loaded, rules: &RuleSet, as_of: &str, threat: &str) -> Result<Edit, Failure> {
    let analysis = setup::analysis(loaded, rules, as_of, usize::MAX);
    let mut decisions = analysis.decisions.iter().zip(&loaded.reading.model.decisions);
    let Some((decision, def)) = decisions.find(|(decision, _)| decision.threats.iter().any(|id| id == threat)) else {
        return Err(format!("`{}` has no decision on `{threat}`", loaded.name).into());
    };
    if def.span.source != SourceId(0) {
        let file = loaded.reading.sources.name(def.span.source);
        return Err(format!("the decision on `{threat}` is written in `{file}`; change it there").into());
    }
    let seen = saw(loaded, rules, as_of, &decision.threats).ok_or("the threat is not there any more")?;
    let mut ignored = Vec::new();
    let text = loaded.reading.sources.text(SourceId(0));
    let root =
        yaml::read(SourceId(0), text, &Limits::default(), &mut ignored).ok_or("the model cannot be read again")?;
    let old = root
        .get("decisions")
        .and_then(|list| list.items().iter().find(|item| item.span == def.span))
        .and_then(|item| item.get("saw"));
    Ok(match old {
        Some(old) => Edit::new(old.span, saw_text(&seen)),
        None => added(loaded, def.span, &seen),
    })
}

/// The edit that adds what was seen at the end of a decision.
fn added(loaded: &Loaded, decision: Span, seen: &Saw) -> Edit {
    let text = loaded.reading.sources.text(SourceId(0));
    let range = decision.range();
    let body = text.get(range.clone()).unwrap_or("");
    if body.starts_with('{') {
        let at = range.start + body.strip_suffix('}').unwrap_or(body).trim_end().len();
        Edit::new(Span::new(SourceId(0), at, at), format!(", saw: {}", saw_text(seen)))
    } else {
        let line = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let indent = " ".repeat(range.start - line);
        Edit::new(Span::new(SourceId(0), range.end, range.end), format!("\n{indent}saw: {}", saw_text(seen)))
    }
}
