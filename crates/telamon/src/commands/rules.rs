//! `telamon rules`: list, show and test.

use crate::cli::{RulesArgs, RulesCommand};
use crate::output::{Done, Output};
use crate::setup;
use std::fmt::Write as _;
use std::path::PathBuf;
use telamon_engine::analysis::Status;
use telamon_model::NoLoader;
use telamon_rules::rule::Examples;
use telamon_rules::{Rule, RuleSet};

/// Runs the command.
pub fn run(args: &RulesArgs, output: &Output) -> Done {
    match &args.command {
        RulesCommand::List { rules } => list(rules, output),
        RulesCommand::Show { id, rules } => show(id, rules, output),
        RulesCommand::Test { rules } => test(rules, output),
    }
}

fn list(folders: &[PathBuf], output: &Output) -> Done {
    let (set, _) = setup::rules(folders, output)?;
    let mut topics: Vec<&str> = set.rules.iter().map(|rule| rule.topic.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut text = String::new();
    for topic in topics {
        let _ = writeln!(text, "{topic}");
        for rule in set.rules.iter().filter(|rule| rule.topic == topic) {
            let mark = if set.changed.contains(&rule.id) { "*" } else { " " };
            let _ = writeln!(text, " {mark} {:<38} {}", rule.id, rule.title);
        }
    }
    let _ = writeln!(text, "\n{} rules{}", set.rules.len(), if set.changed.is_empty() { "" } else { "; * your own" });
    output.print(&text);
    Ok(true)
}

fn show(id: &str, folders: &[PathBuf], output: &Output) -> Done {
    let (set, own) = setup::rules(folders, output)?;
    let Some(rule) = set.get(id) else {
        let near = telamon_text::suggest::closest(id, set.rules.iter().map(|rule| rule.id.as_str()));
        let hint = near.map_or("`telamon rules list` lists all rules".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(format!("there is no rule `{id}`; {hint}").into());
    };
    let mut text = explain(rule);
    let examples = own.into_iter().chain(telamon_data::rule_examples()).find(|examples| examples.rule == rule.id);
    if let Some(examples) = examples {
        let _ = write!(text, "\nfires on\n{}\nsilent on\n{}", indent(&examples.fires), indent(&examples.silent));
    }
    output.print(&text);
    Ok(true)
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// A rule for a person.
pub fn explain(rule: &Rule) -> String {
    let vocabulary = telamon_data::vocabulary();
    let mut text = format!("{}  ({}:{})\n{}\n\n{}\n\n", rule.id, rule.file, rule.line, rule.title, rule.summary);
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name:<11} {value}");
        }
    };
    row("at", rule.at_text.clone());
    row("when", rule.when_text.clone());
    for modifier in &rule.modifiers {
        let effect = match modifier.impact.signum() {
            1 => "worse if",
            -1 => "milder if",
            _ => "likelier if",
        };
        row(effect, format!("{}: {}", modifier.name, modifier.text));
    }
    row("stride", rule.stride.join(", "));
    row("harm", rule.harm.join(", "));
    for mapping in &rule.maps {
        let edition = if mapping.edition.is_empty() { String::new() } else { format!("@{}", mapping.edition) };
        row("maps", format!("{}{edition}: {}", mapping.framework, mapping.ids.join(", ")));
    }
    let answers: Vec<String> = rule
        .answers
        .iter()
        .map(|(control, answer)| format!("{} ({})", vocabulary.control_id(*control), answer.word()))
        .collect();
    row("answers", answers.join(", "));
    if let Some(succeeds) = &rule.succeeds {
        let by: Vec<&str> = succeeds.by.iter().map(|control| vocabulary.control_id(*control)).collect();
        row("succeeds", format!("{} where it is held by {}", succeeds.rule, by.join(", ")));
    }
    row("remedy", rule.remedy.clone());
    row("verify", rule.verify.clone());
    row("no problem", rule.benign.clone());
    text
}

fn test(folders: &[PathBuf], output: &Output) -> Done {
    let (set, own) = setup::rules(folders, output)?;
    let examples = if folders.is_empty() { telamon_data::rule_examples() } else { own };
    let (mut passed, mut failed) = (0usize, Vec::new());
    for example in &examples {
        let mut wrong = Vec::new();
        match open(&set, example, &example.fires)? {
            _ if example.fires.is_empty() => wrong.push("has no `fires` example".to_owned()),
            false => wrong.push("is silent on its `fires` example".to_owned()),
            true => {}
        }
        match open(&set, example, &example.silent)? {
            _ if example.silent.is_empty() => wrong.push("has no `silent` example".to_owned()),
            true => wrong.push("fires on its `silent` example".to_owned()),
            false => {}
        }
        if wrong.is_empty() {
            passed += 1;
        } else {
            failed.extend(wrong.into_iter().map(|why| format!("{} {why}", example.rule)));
        }
    }
    for line in &failed {
        output.line(line);
    }
    output.line(&format!("{passed} of {} rules pass their examples", examples.len()));
    Ok(failed.is_empty())
}

/// True when the rule is open in the model.
fn open(set: &RuleSet, example: &Examples, model: &str) -> Result<bool, crate::output::Failure> {
    if model.is_empty() {
        return Ok(false);
    }
    let reading = telamon_model::read(
        "example.yaml",
        model.to_owned(),
        telamon_data::vocabulary(),
        &mut NoLoader,
        &telamon_text::yaml::Limits::default(),
    );
    if let Some(error) = reading.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
        return Err(format!("an example of `{}` cannot be read: {}", example.rule, error.message).into());
    }
    let loaded = crate::input::Loaded { reading, name: "example.yaml".into(), folder: PathBuf::from(".") };
    let as_of = setup::date(None)?;
    let analysis = setup::analysis(&loaded, set, &as_of, usize::MAX);
    Ok(analysis.threats.iter().any(|threat| threat.rule == example.rule && threat.status != Status::Mitigated))
}

/// Rules that cite an entry, in its own edition or in one that maps to it.
pub fn citing<'r>(set: &'r RuleSet, entry: telamon_catalog::EntryRef<'_>) -> Vec<&'r Rule> {
    let catalog = telamon_data::catalog();
    let framework = entry.framework;
    set.rules
        .iter()
        .filter(|rule| {
            rule.maps.iter().filter(|mapping| mapping.framework == framework.framework).any(|mapping| {
                let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
                mapping.ids.iter().filter_map(|id| catalog.entry(&mapping.framework, edition, id)).any(|own| {
                    if own.framework.edition == framework.edition {
                        return own.id() == entry.id();
                    }
                    // The nearest relation alone: what is merely related is another risk.
                    catalog
                        .translate(own, &framework.edition)
                        .first()
                        .is_some_and(|translation| translation.entry.id() == entry.id())
                })
            })
        })
        .collect()
}
