//! `telamon rules`: list, show and test.

use crate::cli::{RulesArgs, RulesCommand};
use crate::output::{Done, Output};
use crate::page::Page;
use crate::{rulebook, setup};
use std::path::PathBuf;
use telamon_catalog::EntryType;
use telamon_engine::analysis::Status;
use telamon_model::NoLoader;
use telamon_rules::rule::Examples;
use telamon_rules::{Rule, RuleSet};

/// Runs the command.
pub fn run(args: &RulesArgs, output: &Output) -> Done {
    match &args.command {
        RulesCommand::List { rules } => list(rules, output),
        RulesCommand::Show { id, rules } => show(id, rules, output),
        RulesCommand::Coverage { framework, format, rules } => coverage(framework.as_deref(), format, rules, output),
        RulesCommand::Test { rules } => test(rules, output),
    }
}

fn list(folders: &[PathBuf], output: &Output) -> Done {
    let (set, _) = rulebook::rules(folders, output)?;
    let mut topics: Vec<&str> = set.rules.iter().map(|rule| rule.topic.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    let mut page = Page::new(output.width);
    for topic in topics {
        page.line(topic);
        for rule in set.rules.iter().filter(|rule| rule.topic == topic) {
            let mark = if set.changed.contains(&rule.id) { "*" } else { " " };
            page.aligned(&format!(" {mark} {}", rule.id), 41, &rule.title);
        }
    }
    page.gap();
    page.line(&format!("{} rules{}", set.rules.len(), if set.changed.is_empty() { "" } else { "; * your own" }));
    output.print(&page.finish());
    Ok(true)
}

fn show(id: &str, folders: &[PathBuf], output: &Output) -> Done {
    let (set, own) = rulebook::rules(folders, output)?;
    let Some(rule) = set.get(id) else {
        return Err(format!("there is no rule `{id}`; {}", rulebook::nearest_rule(&set, id)).into());
    };
    output.print(&explain(rule, output.width));
    let examples = own.into_iter().chain(telamon_data::rule_examples()).find(|examples| examples.rule == rule.id);
    if let Some(examples) = examples {
        let mut page = Page::new(output.width);
        page.line("\nfires on").code(&examples.fires).line("\nsilent on").code(&examples.silent);
        output.print(&page.finish());
    }
    Ok(true)
}

/// A rule for a person.
pub fn explain(rule: &Rule, width: usize) -> String {
    let vocabulary = telamon_data::vocabulary();
    let mut page = Page::new(width);
    page.line(&format!("{}  ({}:{})", rule.id, rule.file, rule.line));
    page.paragraph(&rule.title).gap().paragraph(&rule.summary).gap();
    page.row("at", &rule.at_text);
    page.row("when", &rule.when_text);
    for modifier in &rule.modifiers {
        let effect = match modifier.impact.signum() {
            1 => "worse if",
            -1 => "milder if",
            _ => "likelier if",
        };
        page.row(effect, &format!("{}: {}", modifier.name, modifier.text));
    }
    page.row("stride", &rule.stride.join(", "));
    page.row("harm", &rule.harm.join(", "));
    for mapping in &rule.maps {
        let edition = if mapping.edition.is_empty() { String::new() } else { format!("@{}", mapping.edition) };
        page.row("maps", &format!("{}{edition}: {}", mapping.framework, mapping.ids.join(", ")));
    }
    let answer = |(control, answer): &(_, telamon_rules::rule::Answer)| {
        format!("{} ({})", vocabulary.control_id(*control), answer.word())
    };
    page.row("answers", &rule.answers.iter().map(answer).collect::<Vec<_>>().join(", "));
    if let Some(succeeds) = &rule.succeeds {
        let by: Vec<&str> = succeeds.by.iter().map(|control| vocabulary.control_id(*control)).collect();
        page.row("succeeds", &format!("{} where it is held by {}", succeeds.rule, by.join(", ")));
    }
    page.row("remedy", &rule.remedy);
    page.row("verify", &rule.verify);
    page.row("no problem", &rule.benign);
    page.finish()
}

/// Every entry with its rules, of a mitigation with its controls; fine when none is without them and without a reason.
fn coverage(framework: Option<&str>, format: &str, folders: &[PathBuf], output: &Output) -> Done {
    let (set, _) = rulebook::rules(folders, output)?;
    let catalog = telamon_data::catalog();
    let asked = framework.map(|name| match name.split_once('@') {
        Some((name, edition)) => (name, Some(edition)),
        None => (name, None),
    });
    let entries = telamon_engine::accounting(catalog, &set, telamon_data::controls(), asked);
    if entries.is_empty() {
        let mut known: Vec<String> = catalog
            .all_editions()
            .filter(|(id, _, _)| catalog.is_accounted(id) || catalog.accounts_for(id, EntryType::Mitigation))
            .map(|(id, edition, _)| format!("{id}@{edition}"))
            .collect();
        known.sort();
        let name = framework.unwrap_or_default();
        return Err(format!("`{name}` is not accounted for; write one of {}", known.join(", ")).into());
    }
    let holes = entries.iter().filter(|entry| entry.is_hole()).count();
    if format == "json" {
        let text = serde_json::to_string_pretty(&entries).map_err(|error| error.to_string())?;
        output.print(&format!("{text}\n"));
        return Ok(holes == 0);
    }
    let mut page = Page::new(output.width);
    for of in entries.chunk_by(|a, b| (&a.framework, &a.edition) == (&b.framework, &b.edition)) {
        let Some(first) = of.first() else { continue };
        page.line(&format!("{}@{}", first.framework, first.edition));
        let (mitigations, threats): (Vec<_>, Vec<_>) = of.iter().partition(|entry| entry.sort == EntryType::Mitigation);
        for (entries, what, by) in [(threats, "entries", "rules"), (mitigations, "mitigations", "controls")] {
            if entries.is_empty() {
                continue;
            }
            let with = entries.iter().filter(|entry| !entry.covered_by().is_empty()).count();
            let open = entries.iter().filter(|entry| entry.is_hole()).count();
            page.line(&format!(
                "{} {what}, {with} by {by}, {} not in any architecture, {open} open",
                entries.len(),
                entries.len() - with - open
            ));
        }
        for entry in of {
            let says = match &entry.because {
                Some(because) => format!("- {because}"),
                None if entry.is_hole() => "OPEN: nothing of ours and no reason".to_owned(),
                None => entry.covered_by().join(", "),
            };
            page.aligned(&format!("  {} {}", entry.id, entry.name), 52, &says);
        }
        page.gap();
    }
    output.print(&page.finish());
    Ok(holes == 0)
}

fn test(folders: &[PathBuf], output: &Output) -> Done {
    let (set, own) = rulebook::rules(folders, output)?;
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
