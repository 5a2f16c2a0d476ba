//! What the words of `not_expected` mean: ids and rules that must not be open.

use super::expected::{Expected, is_technique, ranked};
use telamon_engine::analysis::{Analysis, Threat};

/// Words of `what`, ATLAS ids and rules that would be that noise, and the only components on which it counts.
type Meaning = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

const MEANINGS: &[Meaning] = &[
    ("prompt injection", &["AML.T0051", "AML.T0054"], &[], &[]),
    ("jailbreak in a chat", &[], &["direct-prompt-injection"], &[]),
    ("model extraction", &["AML.T0020", "AML.T0024.002"], &[], &[]),
    ("extraction or inversion", &["AML.T0024.002"], &["training-data-inference"], &[]),
    ("extraction, inversion or poisoning", &["AML.T0024.002", "AML.T0020"], &["training-data-inference"], &[]),
    ("exact-score extraction", &["AML.T0024.002"], &[], &["feed"]),
    ("poisoning of training data", &["AML.T0020"], &[], &[]),
    ("training data poisoning", &["AML.T0020"], &[], &[]),
    ("evasion of a classifier", &["AML.T0015", "AML.T0043"], &[], &[]),
    ("cross-tenant retrieval", &[], &["cross-user-retrieval"], &[]),
    ("retrieval poisoning", &["AML.T0070", "AML.T0071"], &[], &[]),
    ("poisoned help articles", &[], &["knowledge-poisoning"], &["faq"]),
    ("excessive agency", &["AML.T0053"], &["excessive-agency", "tool-misuse"], &[]),
    ("system prompt leakage", &["AML.T0056"], &[], &[]),
    ("sql injection", &[], &["model-written-query"], &["order-tool", "orders"]),
    ("code execution by generated code", &["AML.T0050"], &[], &[]),
    ("code execution by the model file", &["AML.T0011.000"], &["unsafe-model-load"], &[]),
    ("unsafe deserialisation", &["AML.T0011.000"], &["unsafe-model-load"], &["encoder"]),
    ("supply chain of a hub model", &[], &["unvetted-model-origin", "moving-model-reference"], &[]),
    ("membership inference", &["AML.T0024.000"], &[], &[]),
    ("script in the", &["AML.T0077", "AML.T0067"], &["model-output-in-browser"], &[]),
    ("nobody can trace", &[], &["untraceable-decisions"], &[]),
    ("reading each other's bookings", &[], &["cross-user-retrieval", "asker-rights-not-applied"], &["bot", "accounts"]),
    ("denial of service by customers", &["AML.T0029", "AML.T0046"], &[], &[]),
];

/// Open threats that are noise by the words of the expectation.
pub fn complaints(expected: &Expected, analysis: &Analysis) -> Vec<String> {
    let mut wrong = Vec::new();
    let open = ranked(analysis);
    for noise in &expected.not_expected {
        wrong.extend(noise.coverage.as_ref().and_then(|entry| entry.complaint(analysis)));
        let what = noise.what.to_lowercase();
        let meanings: Vec<_> = MEANINGS.iter().filter(|(words, ..)| what.contains(words)).collect();
        if what.contains("inside the supplier's training") {
            // An opaque component is one question, not a list.
            wrong.extend(count(&open, "tuning", 2).map(|found| format!("{}: {found}", noise.what)));
        } else if meanings.is_empty() {
            wrong.push(format!("`{}` has no meaning in this test yet", noise.what));
        }
        for (_, atlas, rules, components) in meanings {
            for threat in &open {
                let is_there = components.is_empty() || components.contains(&threat.component.as_str());
                if is_there
                    && (rules.contains(&threat.rule.as_str()) || atlas.iter().any(|id| is_technique(threat, id)))
                {
                    wrong.push(format!("{}: {} is open", noise.what, threat.id));
                }
            }
        }
    }
    wrong
}

fn count(open: &[&Threat], component: &str, at_most: usize) -> Option<String> {
    let found: Vec<_> =
        open.iter().filter(|threat| threat.component == component).map(|threat| threat.id.as_str()).collect();
    (found.len() > at_most).then(|| found.join(", "))
}
