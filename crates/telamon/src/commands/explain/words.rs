//! The words of models: kinds, controls, keys, labels, and the codes of messages.

use super::page;
use crate::codes;
use telamon_catalog::{Control, Kind};
use telamon_model::declaration::{CONTROL_DETAIL, SECTIONS, Section};
use telamon_model::vocabulary::{CARRIES, LABELS};
use telamon_rules::RuleSet;
use telamon_rules::rule::At;

/// Everything that is called this in models or messages.
pub fn all(id: &str, set: &RuleSet, width: usize) -> Vec<String> {
    let mut pages = Vec::new();
    pages.extend(telamon_data::kinds().get(id).map(|kind| of_kind(kind, set, width)));
    pages.extend(telamon_data::controls().get(id).map(|control| of_control(control, set, width)));
    if LABELS.contains(&id) {
        pages.push(of_label(id, set, width));
    }
    if CARRIES.contains(&id) {
        pages.push(of_carries(id, set, width));
    }
    pages.extend(of_key(id, width));
    pages.extend(of_code(id, width));
    pages
}

/// Ids of the rules that a condition speaks for.
fn rules_with(set: &RuleSet, wanted: impl Fn(&telamon_rules::Rule) -> bool) -> String {
    let ids: Vec<&str> = set.rules.iter().filter(|rule| wanted(rule)).map(|rule| rule.id.as_str()).collect();
    ids.join(", ")
}

/// True when a text has the word, whole.
fn names(text: &str, word: &str) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|part| part == word)
}

/// True when a rule names the word in its condition or in one that makes it worse.
fn reads(rule: &telamon_rules::Rule, word: &str) -> bool {
    names(&rule.when_text, word) || rule.modifiers.iter().any(|modifier| names(&modifier.text, word))
}

fn of_kind(kind: &Kind, set: &RuleSet, width: usize) -> String {
    let kinds = telamon_data::kinds();
    let vocabulary = telamon_data::vocabulary();
    let mut page = page(width, &format!("{}: a kind of component", kind.id));
    page.paragraph(&kind.line).gap();
    page.row("which one?", kind.which.as_deref().unwrap_or(""));
    let lineage: Vec<&str> = kinds.lineage(&kind.id).iter().skip(1).map(|kind| kind.id.as_str()).collect();
    page.row("is a", &lineage.join(", "));
    let below: Vec<&str> = kinds.children(&kind.id).iter().map(|kind| kind.id.as_str()).collect();
    page.row("children", &below.join(", "));
    if let Some(at) = vocabulary.kind(&kind.id) {
        if let Some(word) = vocabulary.kinds.get(usize::from(at)) {
            page.row("stride", &word.stride.join(", "));
        }
        let stands: Vec<&str> = vocabulary
            .controls
            .iter()
            .filter(|control| vocabulary.can_stand(control, &[at]))
            .map(|control| control.id.as_str())
            .collect();
        page.row("controls", &stands.join(", "));
    }
    let keys: Vec<&str> = telamon_model::declaration::COMPONENT
        .keys
        .iter()
        .filter(|key| key.on.iter().any(|on| *on == kind.id || lineage.contains(on)))
        .map(|key| key.name)
        .collect();
    page.row("own keys", &keys.join(", "));
    let here = |rule: &telamon_rules::Rule| match &rule.at {
        At::Component(_) => names(&rule.at_text, &kind.id) || lineage.iter().any(|above| names(&rule.at_text, above)),
        At::Flow | At::Data => false,
    };
    page.row("our rules", &rules_with(set, here));
    page.finish()
}

fn of_control(control: &Control, set: &RuleSet, width: usize) -> String {
    let mut page = page(width, &format!("{}: {}", control.id, control.name));
    page.paragraph(&control.line).gap();
    page.row("do", &control.says.replace("{on}", "the element"));
    page.row("effect", &control.effect);
    page.row("stands on", &control.stands.join(", "));
    let strength: Vec<String> =
        control.strength.iter().map(|(label, strength)| format!("{label} ({strength})")).collect();
    page.row("weighs on", &strength.join(", "));
    page.row("inherited", if control.inherited == "none" { "" } else { &control.inherited });
    page.row("cost", &control.cost);
    for (framework, ids) in &control.maps {
        let named = |id: &String| {
            telamon_data::catalog()
                .entry(framework, None, id)
                .map_or_else(|| id.clone(), telamon_catalog::EntryRef::citation)
        };
        let ids: Vec<String> = ids.iter().map(named).collect();
        page.row(framework, &ids.join(", "));
    }
    let at = telamon_data::vocabulary().control(&control.id);
    page.row("answers", &rules_with(set, |rule| rule.answers.iter().any(|(own, _)| Some(*own) == at)));
    page.row("rules out", &rules_with(set, |rule| reads(rule, &control.id)));
    page.finish()
}

fn of_label(label: &str, set: &RuleSet, width: usize) -> String {
    let mut page = page(width, &format!("{label}: a label, a fact that travels along flows"));
    page.gap();
    let weighs = telamon_data::controls()
        .controls
        .iter()
        .filter_map(|control| control.strength.get(label).map(|strength| format!("{} ({strength})", control.id)));
    page.row("held by", &weighs.collect::<Vec<_>>().join(", "));
    page.row("our rules", &rules_with(set, |rule| reads(rule, label)));
    page.finish()
}

fn of_carries(word: &str, set: &RuleSet, width: usize) -> String {
    let mut page = page(width, &format!("{word}: what a flow can carry"));
    page.gap();
    page.row("written", &format!("a -> b [{word}]: caption"));
    let vocabulary = telamon_data::vocabulary();
    let bit = CARRIES.iter().position(|known| *known == word);
    let answer = vocabulary
        .answers
        .iter()
        .find(|row| Some(usize::from(row.ask)) == bit)
        .and_then(|row| CARRIES.get(usize::from(row.answer)));
    page.row("answered by", answer.copied().unwrap_or(""));
    page.row("our rules", &rules_with(set, |rule| reads(rule, word)));
    page.finish()
}

fn of_key(id: &str, width: usize) -> Option<String> {
    let sections: Vec<&Section> = SECTIONS.into_iter().chain([&CONTROL_DETAIL]).collect();
    let mut texts = Vec::new();
    for section in sections {
        let Some((_, key)) = section.key(id) else { continue };
        let mut page = page(width, &format!("{id}: a key of {}", section.name));
        page.paragraph(key.doc).gap();
        page.row("words", &key.words().join(", "));
        page.row("when left out", key.default);
        page.row("for", &key.on.join(", "));
        texts.push(page.finish());
    }
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn of_code(id: &str, width: usize) -> Option<String> {
    let (code, means, then) = codes::find(id)?;
    let mut page = page(width, &format!("{code}: a message of check, analyze or the id lint"));
    page.gap();
    page.paragraph(means);
    page.paragraph(then);
    if let Some(example) = codes::example(code) {
        page.gap().line("for example").gap().code(example);
    }
    Some(page.finish())
}
