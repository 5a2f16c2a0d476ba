//! `telamon explain`: any id that the program knows.

use super::rules;
use crate::cli::ExplainArgs;
use crate::output::{Done, Failure, Output};
use crate::{codes, input, setup};
use std::fmt::Write as _;
use telamon_catalog::EntryRef;
use telamon_engine::analysis::{Analysis, Threat};

/// Runs the command.
pub fn run(args: &ExplainArgs, output: &Output) -> Done {
    let id = args.id.as_str();
    let text = if id.contains('@') && !id.contains('/') && telamon_data::catalog().by_key(id).is_none() || id.starts_with("own:") {
        threat(args, output)?
    } else {
        word(id).ok_or_else(|| unknown(id))?
    };
    output.print(&text);
    Ok(true)
}

fn word(id: &str) -> Option<String> {
    if let Some(rule) = telamon_data::rules().get(id) {
        return Some(rules::explain(rule));
    }
    if let Some(kind) = telamon_data::kinds().get(id) {
        return Some(of_kind(kind));
    }
    if let Some(control) = telamon_data::controls().get(id) {
        return Some(of_control(control));
    }
    if let Some((code, means, then)) = codes::find(id) {
        return Some(format!("{code}: a message of check, analyze or the id lint\n\n{means}\n{then}\n"));
    }
    let catalog = telamon_data::catalog();
    let all = catalog.find_all(id, None, None);
    if !all.is_empty() {
        return Some(all.into_iter().map(of_entry).collect::<Vec<_>>().join("\n"));
    }
    let (framework, past) = catalog.find_past(id)?;
    let today = past.became.as_deref().and_then(|id| catalog.find(id, Some(&framework.framework), None));
    let mut text = format!("{} {}: an id of an earlier release of {}\n", past.id, past.was, framework.name);
    if let Some(today) = today {
        let _ = writeln!(text, "today: {}", today.citation());
    }
    Some(text)
}

fn unknown(id: &str) -> Failure {
    let mut names: Vec<&str> = telamon_data::rules().rules.iter().map(|rule| rule.id.as_str()).collect();
    names.extend(telamon_data::kinds().kinds.iter().map(|kind| kind.id.as_str()));
    names.extend(telamon_data::controls().controls.iter().map(|control| control.id.as_str()));
    names.extend(codes::CODES.iter().map(|(code, _, _)| *code));
    let near = telamon_text::suggest::closest(id, names);
    let hint = near.map_or(
        "it is no framework id, rule, control, kind or message; `telamon catalog search` finds entries by words".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    format!("nothing is called `{id}`; {hint}").into()
}

fn row(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(text, "{name:<12} {value}");
    }
}

fn of_kind(kind: &telamon_catalog::Kind) -> String {
    let kinds = telamon_data::kinds();
    let mut text = format!("{}: a kind of component\n{}\n\n", kind.id, kind.line);
    if let Some(which) = &kind.which {
        row(&mut text, "which one?", which);
    }
    let lineage: Vec<&str> = kinds.lineage(&kind.id).iter().skip(1).map(|kind| kind.id.as_str()).collect();
    row(&mut text, "is a", &lineage.join(", "));
    let below: Vec<&str> = kinds.children(&kind.id).iter().map(|kind| kind.id.as_str()).collect();
    row(&mut text, "children", &below.join(", "));
    let vocabulary = telamon_data::vocabulary();
    if let Some(at) = vocabulary.kind(&kind.id) {
        if let Some(word) = vocabulary.kinds.get(usize::from(at)) {
            row(&mut text, "stride", &word.stride.join(", "));
        }
        let stands: Vec<&str> = vocabulary
            .controls
            .iter()
            .filter(|control| vocabulary.can_stand(control, &[at]))
            .map(|control| control.id.as_str())
            .collect();
        row(&mut text, "controls", &stands.join(", "));
    }
    text
}

fn of_control(control: &telamon_catalog::Control) -> String {
    let mut text = format!("{}: {}\n{}\n\n", control.id, control.name, control.line);
    row(&mut text, "do", &control.says.replace("{on}", "the element"));
    row(&mut text, "effect", &control.effect);
    row(&mut text, "stands on", &control.stands.join(", "));
    let strength: Vec<String> = control.strength.iter().map(|(label, strength)| format!("{label} ({strength})")).collect();
    row(&mut text, "weighs on", &strength.join(", "));
    row(&mut text, "inherited", if control.inherited == "none" { "" } else { &control.inherited });
    row(&mut text, "cost", &control.cost);
    for (framework, ids) in &control.maps {
        row(&mut text, framework, &ids.join(", "));
    }
    let set = telamon_data::rules();
    let at = telamon_data::vocabulary().control(&control.id);
    let rules: Vec<&str> = set
        .rules
        .iter()
        .filter(|rule| rule.answers.iter().any(|(own, _)| Some(*own) == at))
        .map(|rule| rule.id.as_str())
        .collect();
    row(&mut text, "answers", &rules.join(", "));
    text
}

fn of_entry(entry: EntryRef<'_>) -> String {
    let framework = entry.framework;
    let mut text = format!(
        "{}  {}\n{} of {} {}\n",
        entry.cite(),
        entry.name(),
        entry.entry.kind.as_str(),
        framework.name,
        framework.edition
    );
    if !entry.entry.summary.is_empty() {
        let _ = write!(text, "\n{}\n", entry.entry.summary);
    }
    text.push('\n');
    for (what, means) in &entry.entry.means {
        row(&mut text, &format!("of {what}"), means);
    }
    let cite = |list: Vec<EntryRef<'_>>| list.iter().map(|entry| entry.citation()).collect::<Vec<_>>().join("; ");
    row(&mut text, "part of", &cite(entry.parent().into_iter().collect()));
    row(&mut text, "parts", &cite(entry.children()));
    row(&mut text, "tactics", &cite(entry.tactics()));
    row(&mut text, "maturity", entry.entry.maturity.as_deref().unwrap_or(""));
    row(&mut text, "ATT&CK", entry.entry.attack.as_deref().unwrap_or(""));
    let against: Vec<EntryRef<'_>> = entry.mitigations().into_iter().map(|(entry, _)| entry).collect();
    row(&mut text, "mitigations", &cite(against));
    if !entry.entry.mitigates.is_empty() {
        row(&mut text, "against", &entry.entry.mitigates.join(", "));
    }
    row(&mut text, "related", &entry.entry.related.join(", "));
    let catalog = telamon_data::catalog();
    let other: Vec<String> = catalog
        .editions()
        .filter(|(id, edition, _)| *id == framework.framework && *edition != framework.edition)
        .flat_map(|(_, edition, _)| catalog.translate(entry, edition))
        .map(|translation| format!("{} ({})", translation.entry.citation(), translation.relation.as_str()))
        .collect();
    row(&mut text, "editions", &other.join("; "));
    let used: Vec<String> = entry.used_in().into_iter().take(6).map(|used| used.case.citation()).collect();
    row(&mut text, "incidents", &used.join("; "));
    for (number, step) in entry.entry.steps.iter().enumerate() {
        let name = catalog.entry(&framework.framework, Some(&framework.edition), &step.technique);
        row(
            &mut text,
            &format!("step {}", number + 1),
            &name.map_or_else(|| step.technique.clone(), EntryRef::citation),
        );
    }
    let ours: Vec<&str> =
        rules::citing(telamon_data::rules(), entry).iter().map(|rule| rule.id.as_str()).collect();
    row(&mut text, "our rules", &ours.join(", "));
    text
}

/// A threat of a model, in full.
fn threat(args: &ExplainArgs, output: &Output) -> Result<String, Failure> {
    let loaded = input::sound(&args.model, output)?;
    let rules = setup::rules_for(&loaded, &args.model, output)?;
    let as_of = setup::date(None)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, usize::MAX);
    match analysis.threats.iter().find(|threat| threat.id == args.id) {
        Some(threat) => Ok(of_threat(threat, &analysis)),
        None => {
            let near = telamon_text::suggest::closest(&args.id, analysis.threats.iter().map(|threat| threat.id.as_str()));
            let hint = near.map_or("`telamon analyze --quiet` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
            Err(format!("`{}` has no threat `{}`; {hint}", loaded.name, args.id).into())
        }
    }
}

fn of_threat(threat: &Threat, analysis: &Analysis) -> String {
    let mut text = format!("{}\n{}\n\n{}\n\n", threat.id, threat.title, threat.summary);
    let level = |level: &telamon_engine::analysis::Level| {
        format!("{:?} (likelihood {}, impact {})", level.severity, level.likelihood, level.impact).to_lowercase()
    };
    row(&mut text, "status", &format!("{:?}", threat.status).to_lowercase());
    row(&mut text, "because", &threat.status_because);
    row(&mut text, "now", &level(&threat.risk.current));
    row(&mut text, "no controls", &level(&threat.risk.inherent));
    row(&mut text, "with plans", &level(&threat.risk.target));
    if let Some(rated) = &threat.risk.rated {
        row(&mut text, "rated", &level(rated));
    }
    for path in &threat.paths {
        row(&mut text, "path", &path.says);
    }
    if threat.more_paths > 0 {
        row(&mut text, "", &format!("and {} more", threat.more_paths));
    }
    for factor in &threat.risk.factors {
        row(&mut text, "factor", &format!("{} {}: {}", factor.name, factor.effect, factor.because));
    }
    for control in &threat.controls.present {
        row(&mut text, "in place", &format!("{} on {} ({})", control.id, control.on, control.state));
    }
    for control in &threat.controls.missing {
        row(&mut text, "missing", &format!("{} on {} ({})", control.id, control.on, control.stated));
    }
    for remedy in &threat.remedies {
        let after = remedy.severity_after.map_or(String::new(), |after| {
            format!(" ({:?} → {:?})", threat.severity, after).to_lowercase()
        });
        row(&mut text, "remedy", &format!("{}{after}", remedy.says));
    }
    row(&mut text, "verify", &threat.verify);
    row(&mut text, "no problem", &threat.benign);
    let editions: Vec<String> = threat
        .frameworks
        .iter()
        .map(|entry| {
            telamon_data::catalog()
                .entry(&entry.framework, Some(&entry.edition), &entry.id)
                .map_or_else(|| entry.id.clone(), EntryRef::citation)
        })
        .collect();
    for citation in editions {
        row(&mut text, "known as", &citation);
    }
    for id in &threat.incidents {
        let name = telamon_data::catalog().find(id, None, None).map_or_else(|| id.clone(), EntryRef::citation);
        row(&mut text, "happened", &name);
    }
    row(&mut text, "rule", &threat.rule);
    let _ = writeln!(text, "\nfrom {} as of {}", analysis.model.file, analysis.as_of);
    text
}
