//! The page of controls.

use super::Page;
use super::markdown::{capital, code, codes, join, sentence, table};
use std::fmt::Write;
use telamon_catalog::{Control, Controls};
use telamon_model::Vocabulary;
use telamon_rules::RuleSet;

pub(super) fn page(controls: &Controls, rules: &RuleSet, vocabulary: &Vocabulary) -> Page {
    let mut out = String::from(
        "# Controls\n\n\
         A control stands on a component, a flow, a zone or a data asset, in a [state](language/index.md#controls). One \
         that is not mentioned counts as missing, and becomes a question. `telamon controls WORD` searches this list.\n\n",
    );
    out.push_str(&table(
        &["control", "effect", "cost", "what it does"],
        controls.controls.iter().map(|control| {
            let link = format!("[{}](#{})", code(&control.id), control.id);
            [link, control.effect.clone(), control.cost.clone(), sentence(&control.line)]
        }),
    ));
    for control in &controls.controls {
        one(control, rules, vocabulary, &mut out);
    }
    Page::reference("controls", &out)
}

fn one(control: &Control, rules: &RuleSet, vocabulary: &Vocabulary, out: &mut String) {
    let _ = writeln!(out, "\n## {}\n\n**{}.** {}\n", control.id, control.name, sentence(&control.line));
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "- {name}: {value}");
        }
    };
    row("Remedy", sentence(&control.says.replace("{on}", "*the element*")));
    row("Question", sentence(&control.ask.replace("{on}", "*the element*")));
    row("Stands on", codes(&control.stands));
    row(
        weighs(control),
        join(control.strength.iter().map(|(label, strength)| format!("{} ({strength})", code(label)))),
    );
    row("Inherited from", if control.inherited == "none" { String::new() } else { control.inherited.clone() });
    row("Answers the rules", answers(control, rules, vocabulary));
    for (framework, ids) in &control.maps {
        row(&capital(framework), codes(ids));
    }
}

/// Whose labels it weighs on.
fn weighs(control: &Control) -> &'static str {
    match control.acts.as_str() {
        "intake" => "Weighs on labels that arrive",
        "output" => "Weighs on labels that leave",
        "flow" => "Weighs on labels of the flow",
        _ => "Weighs on labels",
    }
}

/// The rules that it answers, each with how.
fn answers(control: &Control, rules: &RuleSet, vocabulary: &Vocabulary) -> String {
    let at = vocabulary.control(&control.id);
    join(rules.rules.iter().filter_map(|rule| {
        let (_, answer) = rule.answers.iter().find(|(own, _)| Some(*own) == at)?;
        Some(format!("[{}](rules/{}.md#{}) ({})", code(&rule.id), rule.topic, rule.id, answer.word()))
    }))
}
