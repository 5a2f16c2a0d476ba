//! The pages of rules, one for each topic.

use super::Page;
use super::markdown::{capital, code, codes, fence, join, placeholders, spaced, table};
use std::collections::BTreeMap;
use std::fmt::Write;
use telamon_model::Vocabulary;
use telamon_model::declaration::{IMPACT, LIKELIHOOD};
use telamon_rules::rule::{Examples, Modifier};
use telamon_rules::{Rule, RuleSet};

const CONFIDENCE: [&str; 3] = ["low", "medium", "high"];
const PERSONA: [&str; 3] = ["regular", "pedantic", "auditor"];

pub(super) fn pages(rules: &RuleSet, examples: &[Examples], vocabulary: &Vocabulary) -> Vec<Page> {
    let mut topics: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in &rules.rules {
        topics.entry(&rule.topic).or_default().push(rule);
    }
    let mut pages = vec![overview(rules, &topics)];
    for (topic, rules) in topics {
        let mut out = format!("# Rules: {}\n", spaced(topic));
        for rule in rules {
            let example = examples.iter().find(|example| example.rule == rule.id);
            one(rule, example, vocabulary, &mut out);
        }
        pages.push(Page::reference(&format!("rules/{topic}"), &out));
    }
    pages
}

fn overview(rules: &RuleSet, topics: &BTreeMap<&str, Vec<&Rule>>) -> Page {
    let mut out = format!(
        "# Rules\n\n{} rules in {} topics. Each topic is one file under `rules/`; the pages below are made from it. \
         A word in *italics* stands for an element of your model: [placeholders](../conditions.md#placeholders). \
         `telamon rules show ID` prints one rule.\n\n",
        rules.rules.len(),
        topics.len()
    );
    for (topic, rules) in topics {
        let _ = writeln!(out, "## {}\n", capital(&spaced(topic)));
        out.push_str(&table(
            &["rule", "threat", "STRIDE"],
            rules.iter().map(|rule| {
                [
                    format!("[{}]({topic}.md#{})", code(&rule.id), rule.id),
                    placeholders(&rule.title),
                    join(rule.stride.iter().map(|word| spaced(word))),
                ]
            }),
        ));
        out.push('\n');
    }
    Page::reference("rules/index", &out)
}

fn one(rule: &Rule, example: Option<&Examples>, vocabulary: &Vocabulary, out: &mut String) {
    let _ = writeln!(out, "\n## `{}`\n\n**{}**\n", rule.id, placeholders(&rule.title));
    let _ = writeln!(out, "### What\n\n{}\n", placeholders(&rule.summary));
    when(rule, vocabulary, out);
    let _ = writeln!(out, "### Maps\n");
    let words = |list: &[String]| join(list.iter().map(|word| spaced(word)));
    let _ = writeln!(out, "- STRIDE: {}", words(&rule.stride));
    let _ = writeln!(out, "- Security goal: {}", words(&rule.cia));
    let _ = writeln!(out, "- Harm: {}", words(&rule.harm));
    for mapping in &rule.maps {
        let edition = if mapping.edition.is_empty() { String::new() } else { format!(" {}", mapping.edition) };
        let _ = writeln!(out, "- {}{edition}: {}", mapping.framework, codes(&mapping.ids));
    }
    let level = |words: &[&str], at: u8| words.get(usize::from(at).saturating_sub(1)).copied().unwrap_or("").to_owned();
    let _ = writeln!(
        out,
        "- Without any control: likelihood {}, impact {}; confidence {}; shown to: {}\n",
        spaced(&level(LIKELIHOOD, rule.likelihood)),
        level(IMPACT, rule.impact),
        CONFIDENCE.get(usize::from(rule.confidence)).unwrap_or(&""),
        PERSONA.get(usize::from(rule.persona)).unwrap_or(&""),
    );
    let _ = writeln!(out, "### Answers\n");
    if rule.answers.is_empty() {
        let _ = writeln!(out, "No control on the component answers it; what helps stands on the way to it.\n");
    }
    for (control, answer) in &rule.answers {
        let id = vocabulary.control_id(*control);
        let _ = writeln!(out, "- [{}](../controls.md#{id}): {}", code(id), answer.word());
    }
    let _ = writeln!(out, "\n### Remedy\n\n{}\n", placeholders(&rule.remedy));
    let _ = writeln!(out, "### Verify\n\n{}\n", placeholders(&rule.verify));
    let _ = writeln!(out, "### Benign when\n\n{}\n", placeholders(&rule.benign));
    if let Some(example) = example {
        let _ = writeln!(out, "### Example\n\nIt fires:\n\n{}", fence("yaml", &example.fires));
        let _ = writeln!(out, "It does not:\n\n{}", fence("yaml", &example.silent));
    }
}

fn when(rule: &Rule, vocabulary: &Vocabulary, out: &mut String) {
    let _ = writeln!(out, "### When\n\nAt: {}. Condition:\n", code(&rule.at_text));
    let _ = writeln!(out, "{}", fence("text", &rule.when_text));
    for modifier in &rule.modifiers {
        let _ = writeln!(out, "- {}, {}: `{}`", effect(modifier), modifier.name, modifier.text);
    }
    if let Some(succeeds) = &rule.succeeds {
        let by = codes(succeeds.by.iter().map(|control| vocabulary.control_id(*control)));
        let _ = writeln!(out, "- Follows `{}` where it is held by {by}", succeeds.rule);
    }
    if !rule.modifiers.is_empty() || rule.succeeds.is_some() {
        out.push('\n');
    }
}

fn effect(modifier: &Modifier) -> &'static str {
    match (modifier.impact, modifier.likelihood) {
        (1.., _) => "Worse",
        (..=-1, _) => "Milder",
        (_, 1..) => "Likelier",
        _ => "Less likely",
    }
}
