//! `telamon decide`: writes a decision into the model, with what it saw.

use crate::cli::{DecideArgs, ModelArg};
use crate::input::{self, Loaded};
use crate::output::{Done, Failure, Output};
use crate::setup;
use std::fmt::Write as _;
use telamon_model::declaration::{IMPACT, LIKELIHOOD, RESPONSE};
use telamon_model::model::{Saw, Target};
use telamon_rules::RuleSet;
use telamon_text::edit::{self, Edit};
use telamon_text::yaml::{self, Limits, Value};
use telamon_text::{SourceId, Span};

/// Runs the command.
pub fn run(args: &DecideArgs, output: &Output) -> Done {
    for (word, name, known) in [
        (&args.response, "--response", RESPONSE),
        (&args.rate_likelihood, "--rate-likelihood", LIKELIHOOD),
        (&args.rate_impact, "--rate-impact", IMPACT),
    ] {
        if let Some(word) = word
            && !known.contains(&word.as_str())
        {
            return Err(format!("`{word}` is no value of `{name}`; one of: {}", known.join(", ")).into());
        }
    }
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
    let rules = setup::rules_for(&loaded, &arg, output)?;
    let source = SourceId(0);
    let text = loaded.reading.sources.text(source);
    let (edits, says) = if args.refresh {
        refresh(&loaded, &rules, &as_of)
    } else {
        let threat = args.threat.clone().unwrap_or_default();
        (vec![decision(args, &loaded, &rules, &as_of, &threat)?], format!("decided on {threat}"))
    };
    let changed = edit::apply(text, &edits).map_err(|error| error.to_string())?;
    // What was written must read back, or nothing is written.
    let again = telamon_model::read(
        &loaded.name,
        changed.clone(),
        telamon_data::vocabulary(),
        &mut telamon_model::NoLoader,
        &Limits::default(),
    );
    let broken = again.diagnostics.iter().any(|diagnostic| {
        diagnostic.is_error() && !matches!(diagnostic.code.as_str(), "include-unreadable" | "unknown-reference")
    });
    if broken {
        return Err("the decision cannot be written without damage to the file; add it by hand below `decisions:`".into());
    }
    std::fs::write(&path, changed).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    output.line(&format!("{}: {says}", path.display()));
    Ok(true)
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
fn decision(
    args: &DecideArgs,
    loaded: &Loaded,
    rules: &RuleSet,
    as_of: &str,
    threat: &str,
) -> Result<Edit, Failure> {
    let own = threat.strip_prefix("own:").is_some_and(|key| {
        loaded.reading.model.threats.iter().any(|threat| threat.key.value == key)
    });
    let seen = saw(loaded, rules, as_of, &[threat.to_owned()]);
    if seen.is_none() && !own {
        let analysis = setup::analysis(loaded, rules, as_of, usize::MAX);
        let near = telamon_text::suggest::closest(threat, analysis.threats.iter().map(|threat| threat.id.as_str()));
        let hint = near.map_or("`telamon analyze --quiet` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(format!("`{}` has no threat `{threat}`; {hint}", loaded.name).into());
    }
    let model = &loaded.reading.model;
    if model.decisions.iter().any(|decision| matches!(&decision.target, Target::Threat(id) if id == threat)) {
        return Err(format!("`{}` has a decision on `{threat}` already; change it there", loaded.name).into());
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
        return Err("decisions can be written into YAML models; this one is JSON, add it by hand below `decisions`".into());
    }
    let indented = |by: usize| -> String {
        entry.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
    };
    let end_of_line = |at: usize| text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |more| at + more + 1);
    let (at, new) = match root.get_entry("decisions") {
        Some((_, list)) => match &list.value {
            Value::Seq(items) if !items.is_empty() => {
                let first = list.span.range().start;
                if text.get(first..).is_some_and(|rest| rest.starts_with('[')) {
                    return Err("`decisions` is written in brackets; write one decision a line, then `decide` can add to it".into());
                }
                let line = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
                let indent = text.get(line..first).map_or(2, str::len);
                (end_of_line(list.span.range().end), indented(indent))
            }
            _ => (end_of_line(list.span.range().end), indented(2)),
        },
        None => (text.len(), format!("decisions:\n{}", indented(2))),
    };
    let missing = at > 0 && !text.get(..at).is_some_and(|before| before.ends_with('\n'));
    let new = if missing { format!("\n{new}") } else { new };
    Ok(Edit::new(Span::new(source, at, at), new))
}

/// Edits that fill in what decisions saw.
fn refresh(loaded: &Loaded, rules: &RuleSet, as_of: &str) -> (Vec<Edit>, String) {
    let analysis = setup::analysis(loaded, rules, as_of, usize::MAX);
    let text = loaded.reading.sources.text(SourceId(0));
    let mut edits = Vec::new();
    for (decision, def) in analysis.decisions.iter().zip(&loaded.reading.model.decisions) {
        if def.saw.is_some() || decision.threats.is_empty() || def.span.source != SourceId(0) {
            continue;
        }
        let Some(seen) = saw(loaded, rules, as_of, &decision.threats) else { continue };
        let range = def.span.range();
        let body = text.get(range.clone()).unwrap_or("");
        let edit = if body.starts_with('{') {
            let at = range.start + body.trim_end_matches('}').trim_end().len();
            Edit::new(Span::new(SourceId(0), at, at), format!(", saw: {}", saw_text(&seen)))
        } else {
            let line = text.get(..range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let indent = " ".repeat(range.start - line);
            let at = range.end;
            Edit::new(Span::new(SourceId(0), at, at), format!("\n{indent}saw: {}", saw_text(&seen)))
        };
        edits.push(edit);
    }
    let says = match edits.len() {
        0 => "every decision says what it saw".to_owned(),
        1 => "one decision now says what it saw".to_owned(),
        count => format!("{count} decisions now say what they saw"),
    };
    (edits, says)
}
