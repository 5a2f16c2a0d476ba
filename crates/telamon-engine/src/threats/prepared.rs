//! What the assessment of a finding reads of its rule and of the weights, looked up once for each rule.

use crate::labels::{STRONG, Standing, WEAK};
use crate::weights::{Weights, WordRow, by_word};
use std::collections::BTreeMap;
use telamon_model::Graph;
use telamon_model::declaration::{CLASSIFICATION, CRITICALITY};
use telamon_model::vocabulary::{Acts, ControlIx, Strength};
use telamon_rules::expr::Expr;
use telamon_rules::rule::{Answer, At};
use telamon_rules::{Rule, RuleSet};

/// A control that answers a rule.
pub(crate) struct Answering {
    pub(crate) control: ControlIx,
    pub(crate) answer: Answer,
    /// Full strength that it has on the hop into the component, for the labels of the rule.
    pub(crate) counted: u32,
    /// Whether it is written anywhere in the model.
    pub(crate) written: bool,
}

/// What is at stake first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Main {
    Confidentiality,
    Integrity,
    Other,
}

/// One rule.
pub(crate) struct Prepared<'w> {
    /// The condition stands on labels.
    pub(crate) uses_labels: bool,
    /// Effects that the condition reaches for, where an answer can stand on what is reached.
    pub(crate) effects: u32,
    pub(crate) answers: Vec<Answering>,
    /// Row of its maturity.
    pub(crate) maturity: Option<&'w WordRow>,
    pub(crate) main: Main,
    /// Number of the technique or entry that it is first named after, among those of all rules.
    pub(crate) entry: Option<usize>,
}

/// All rules, and what is the same for all of them.
pub(crate) struct Preparation<'w> {
    rules: Vec<Prepared<'w>>,
    /// Rows of the classes of data, and the row for none.
    classes: [Option<&'w WordRow>; 4],
    none: Option<&'w WordRow>,
    /// Row of the criticality of the business.
    pub(crate) criticality: Option<&'w WordRow>,
    /// Number of entries.
    pub(crate) entries: usize,
}

impl<'w> Preparation<'w> {
    /// Prepares the rules. `maturity` has the word of each, `named` the entry that it is first named after.
    pub(crate) fn new(
        graph: &Graph<'_>,
        standing: &Standing<'_>,
        rules: &'w RuleSet,
        weights: &'w Weights,
        maturity: &[String],
        named: &[String],
    ) -> Self {
        let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
        let rules = rules
            .rules
            .iter()
            .zip(maturity.iter().zip(named))
            .map(|(rule, (maturity, named))| {
                let entry = (!named.is_empty()).then(|| {
                    let next = entries.len();
                    *entries.entry(named).or_insert(next)
                });
                Prepared { maturity: by_word(&weights.maturity, maturity), entry, ..prepare(graph, standing, rule) }
            })
            .collect();
        let class = |name: &&str| by_word(&weights.data, name);
        let word = CRITICALITY.get(usize::from(graph.model.business.criticality.unwrap_or(1)));
        Self {
            rules,
            classes: [0, 1, 2, 3].map(|at| CLASSIFICATION.get(at).and_then(class)),
            none: by_word(&weights.data, "none"),
            criticality: word.and_then(|word| by_word(&weights.criticality, word)),
            entries: entries.len(),
        }
    }

    /// A rule by its position.
    pub(crate) fn rule(&self, at: usize) -> Option<&Prepared<'w>> {
        self.rules.get(at)
    }

    /// Row for the class of the data at stake.
    pub(crate) fn class(&self, class: Option<u8>) -> Option<&'w WordRow> {
        match class.and_then(|class| self.classes.get(usize::from(class))) {
            Some(row) => *row,
            None => self.none,
        }
    }
}

fn prepare<'w>(graph: &Graph<'_>, standing: &Standing<'_>, rule: &Rule) -> Prepared<'w> {
    let mut labels = Vec::new();
    rule.when.labels(&mut labels);
    let mut effects = 0;
    if matches!(rule.at, At::Component(_)) {
        effects_of(&rule.when, &mut effects);
    }
    Prepared {
        uses_labels: !labels.is_empty(),
        effects,
        answers: rule
            .answers
            .iter()
            .map(|(control, answer)| Answering {
                control: *control,
                answer: *answer,
                counted: hop_strength(graph, &labels, *control),
                written: standing.is_written(*control),
            })
            .collect(),
        maturity: None,
        main: match rule.cia.first().map_or("", String::as_str) {
            "confidentiality" => Main::Confidentiality,
            "integrity" => Main::Integrity,
            _ => Main::Other,
        },
        entry: None,
    }
}

/// Full strength that the control has on the hop into the component, for these labels.
fn hop_strength(graph: &Graph<'_>, labels: &[u8], control: ControlIx) -> u32 {
    let Some(word) = graph.vocabulary.controls.get(usize::from(control)) else {
        return 0;
    };
    if word.acts != Acts::Intake {
        return 0;
    }
    labels
        .iter()
        .filter_map(|label| word.strength.get(usize::from(*label)).copied().flatten())
        .map(|strength| match strength {
            Strength::Weak => WEAK,
            Strength::Strong | Strength::Stop => STRONG,
        })
        .max()
        .unwrap_or(0)
}

fn effects_of(expr: &Expr, out: &mut u32) {
    match expr {
        Expr::Reaches(effects) => *out |= effects,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| effects_of(part, out)),
        _ => {}
    }
}
