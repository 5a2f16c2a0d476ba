//! The attacker's view of the rules is closed, and no sentence of a rule stands in another one.

use std::collections::BTreeMap;
use telamon_engine::holes;
use telamon_rules::{Rule, RuleSet};

#[test]
fn needs_are_met_and_gains_lead_on() {
    let open = holes(telamon_data::rules(), telamon_data::attackers());
    assert!(open.is_empty(), "{}", open.join("\n"));
}

#[test]
fn a_need_that_nobody_meets_is_found() {
    let mut rule: Rule = telamon_data::rules().rules[0].clone();
    rule.needs = vec![telamon_rules::rule::Fact { verb: "teleport".into(), of: "component".into() }];
    rule.harm = vec!["boredom".into()];
    let set = RuleSet { rules: vec![rule], ..RuleSet::default() };
    let open = holes(&set, telamon_data::attackers());
    assert!(open.iter().any(|hole| hole.contains("nobody can teleport(component)")), "{open:?}");
    assert!(open.iter().any(|hole| hole.contains("`boredom` costs nothing")), "{open:?}");
}

/// What to do, how to verify it and when it is no problem are worth reading only when they speak of this threat.
#[test]
fn no_sentence_stands_in_two_rules() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for rule in &telamon_data::rules().rules {
        for text in [&rule.summary, &rule.remedy, &rule.verify, &rule.benign] {
            for sentence in text.split(". ").map(|sentence| sentence.trim().trim_end_matches('.')) {
                if let Some(other) = seen.insert(sentence, &rule.id) {
                    twice.push(format!("{other} and {}: {sentence}", rule.id));
                }
            }
        }
        if !rule.remedy.contains('{') {
            twice.push(format!("{}: the remedy names no element of the system", rule.id));
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}
