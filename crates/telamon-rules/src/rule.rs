//! A rule as loaded.

use crate::expr::{Expr, Named};
use serde::{Deserialize, Serialize};
use telamon_model::vocabulary::ControlIx;

/// What a rule is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum At {
    /// Components of these kinds or roles.
    Component(Vec<Named>),
    /// Flows, in the direction in which they are drawn.
    Flow,
    /// Data assets.
    Data,
}

/// Which end of a flow carries the threat of a flow rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// The sender.
    From,
    /// The receiver.
    To,
}

/// How a control on the threat's component works on the threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Answer {
    /// Makes it impossible.
    Stop,
    /// Lowers the likelihood much.
    Strong,
    /// Lowers the likelihood.
    Weak,
    /// Lowers the impact.
    Limits,
    /// Is shown; lowers nothing.
    Detects,
}

impl Answer {
    /// All answers and their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Stop, "stop"),
        (Self::Strong, "strong"),
        (Self::Weak, "weak"),
        (Self::Limits, "limits"),
        (Self::Detects, "detects"),
    ];

    /// The word as written.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(answer, _)| *answer == self).map_or("", |(_, word)| word)
    }
}

/// Something that makes a threat worse or milder where it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modifier {
    /// Its name, shown as a factor.
    pub name: String,
    /// When it holds.
    pub when: Expr,
    /// The condition as written.
    pub text: String,
    /// Steps of impact (positive: worse).
    pub impact: i8,
    /// Steps of likelihood (positive: worse).
    pub likelihood: i8,
    /// Harms that it adds.
    pub harm: Vec<String>,
}

/// Entries of one framework edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Framework id.
    pub framework: String,
    /// Edition; empty for the default one.
    pub edition: String,
    /// Ids, most specific first.
    pub ids: Vec<String>,
}

/// The parent of a successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succeeds {
    /// The rule whose threat a control holds.
    pub rule: String,
    /// The controls that hold it.
    pub by: Vec<ControlIx>,
}

/// A step of the attacker: a fact about an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// reach, influence, read, write, execute.
    pub verb: String,
    /// component, source, sink, from, to, data.
    pub of: String,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Id.
    pub id: String,
    /// One line, with placeholders.
    pub title: String,
    /// What it is about.
    pub at: At,
    /// `at` as written.
    pub at_text: String,
    /// For a flow rule, whose threat it is.
    pub end: End,
    /// When it fires.
    pub when: Expr,
    /// The condition as written.
    pub when_text: String,
    /// What makes it worse or milder.
    pub modifiers: Vec<Modifier>,
    /// STRIDE words, the main one first.
    pub stride: Vec<String>,
    /// CIA words, the main one first.
    pub cia: Vec<String>,
    /// Harms.
    pub harm: Vec<String>,
    /// Framework entries.
    pub maps: Vec<Mapping>,
    /// 1 to 5, without any control.
    pub likelihood: u8,
    /// 1 to 5, before what is at stake.
    pub impact: u8,
    /// Index: 0 low, 1 medium, 2 high.
    pub confidence: u8,
    /// Index: 0 regular, 1 pedantic, 2 auditor.
    pub persona: u8,
    /// A system shows it at its worst place; at the others it is for pedantic readers.
    pub once: bool,
    /// Controls on the component and how they work.
    pub answers: Vec<(ControlIx, Answer)>,
    /// Set for a rule that follows another.
    pub succeeds: Option<Succeeds>,
    /// What the attacker must hold.
    pub needs: Vec<Fact>,
    /// What the step gives.
    pub gains: Vec<Fact>,
    /// Two or three sentences, with placeholders.
    pub summary: String,
    /// What to do, with placeholders.
    pub remedy: String,
    /// How to see that it works.
    pub verify: String,
    /// When it is no problem.
    pub benign: String,
    /// Topic: name of the file without its ending.
    pub topic: String,
    /// Where it is written: file and line.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// The examples of a rule; kept apart, since analysis never needs them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// Rule id.
    pub rule: String,
    /// The smallest model in which it fires.
    pub fires: String,
    /// The same model with the one thing that makes it impossible.
    pub silent: String,
}

/// The rules in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// Rules by id.
    pub rules: Vec<Rule>,
    /// Ids of rules that are switched off.
    pub disabled: Vec<String>,
    /// Ids of rules that the user replaced or added.
    pub changed: Vec<String>,
}

impl RuleSet {
    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok().and_then(|at| self.rules.get(at))
    }

    /// Adds rules, replacing those of the same id, and keeps the order by id.
    pub fn extend(&mut self, rules: Vec<Rule>) {
        for rule in rules {
            self.changed.push(rule.id.clone());
            self.rules.retain(|own| own.id != rule.id);
            self.rules.push(rule);
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        self.changed.sort();
        self.changed.dedup();
    }

    /// Switches a rule off; false when there is none of this id.
    pub fn disable(&mut self, id: &str) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        let found = self.rules.len() < before;
        if found {
            self.disabled.push(id.to_owned());
            self.disabled.sort();
            self.disabled.dedup();
        }
        found
    }
}

/// Placeholders that titles, summaries and remedies may use.
pub const PLACEHOLDERS: [(&str, &str); 9] = [
    ("component", "the threat's component"),
    ("kind", "its kind"),
    ("source", "where the first path begins"),
    ("via", "the element before the component on the first path"),
    ("sink", "what the component reaches: the element with the effect, or the model it prompts"),
    ("data", "the data at stake"),
    ("from", "sender of the flow"),
    ("to", "receiver of the flow"),
    ("neighbour", "the element that satisfies the neighbour condition"),
];

/// The verbs of facts.
pub const FACT_VERBS: [&str; 5] = ["reach", "influence", "read", "write", "execute"];
/// What a fact can be about.
pub const FACT_PLACES: [&str; 8] = ["component", "source", "via", "sink", "from", "to", "data", "neighbour"];
/// Kinds of harm.
pub const HARMS: [&str; 14] = [
    "privacy",
    "fraud",
    "wrong-decision",
    "financial",
    "reputation",
    "safety",
    "outage",
    "intellectual-property",
    "discrimination",
    "legal",
    "dispute",
    "abuse",
    "takeover",
    "manipulation",
];
/// STRIDE words.
pub const STRIDE: [&str; 6] =
    ["spoofing", "tampering", "repudiation", "information-disclosure", "denial-of-service", "elevation-of-privilege"];
/// CIA words.
pub const CIA: [&str; 3] = ["confidentiality", "integrity", "availability"];
