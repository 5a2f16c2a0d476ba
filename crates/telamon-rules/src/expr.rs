//! Conditions after parsing and type-checking.

use serde::{Deserialize, Serialize};
use telamon_model::vocabulary::{CarriesSet, ControlIx, KindIx, LabelSet};

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sort {
    /// A component.
    Component,
    /// One direction of a flow.
    Flow,
    /// A data asset.
    Data,
}

impl Sort {
    /// The word for messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Flow => "flow",
            Self::Data => "data asset",
        }
    }
}

/// Roles that the engine derives from the flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Sends a prompt to a model.
    Prompter,
    /// Does what a model's output says.
    Actor,
    /// Opens files that others wrote.
    Parser,
    /// Checks what others do.
    Checker,
    /// Holds or uses a credential.
    KeyHolder,
    /// Receives feedback or labels.
    FeedbackSink,
    /// Trains on records.
    Trainer,
    /// A person or source of no or low trust.
    Outsider,
    /// A person of medium trust or more.
    Insider,
    /// A model run here, not at a vendor.
    OwnModel,
    /// Keeps what it receives.
    Keeper,
    /// An AI kind.
    Ai,
    /// Run by others, or by a supplier.
    External,
    /// The first of our components that an outsider's request meets.
    Entry,
}

impl Role {
    /// All roles and their words.
    pub const ALL: [(Self, &'static str, &'static str); 14] = [
        (Self::Prompter, "prompter", "sends a prompt to a model"),
        (Self::Actor, "actor", "does what a model's output says"),
        (Self::Parser, "parser", "opens files that outsiders wrote"),
        (Self::Checker, "checker", "checks what others do: guardrail, policy point, reviewer"),
        (Self::KeyHolder, "key-holder", "calls a service of another operator or zone with a credential"),
        (Self::FeedbackSink, "feedback-sink", "receives feedback or labels"),
        (Self::Trainer, "trainer", "trains on records"),
        (Self::Outsider, "outsider", "a person or source of no or low trust"),
        (Self::Insider, "insider", "a person of medium trust or more"),
        (Self::OwnModel, "own-model", "a model that runs here, its weights in our hands"),
        (Self::Keeper, "keeper", "keeps what it receives"),
        (Self::Ai, "ai", "an AI kind"),
        (Self::External, "external", "run by a supplier, a customer or the public"),
        (Self::Entry, "entry", "the first of our components that an outsider's request meets"),
    ];

    /// The role with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == word).map(|(role, _, _)| *role)
    }

    /// The word of the role.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(role, _, _)| *role == self).map_or("", |(_, word, _)| word)
    }
}

/// Something that `is(...)` and `at:` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Named {
    /// A kind or its descendants.
    Kind(KindIx),
    /// A role.
    Role(Role),
}

/// How an attribute is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Op {
    /// One of the words.
    Equal,
    /// None of the words.
    NotEqual,
    /// Below the word.
    Less,
    /// Up to the word.
    AtMost,
    /// Above the word.
    More,
    /// From the word up.
    AtLeast,
    /// Has one of the words (of several).
    Has,
}

/// An attribute of a sort: where the engine finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Attr {
    /// A key of the declaration's section for the sort.
    Key(u8),
    /// Trust of the component's zone.
    Trust,
    /// Who runs the component; the zone's when not written.
    Operator,
    /// Who can reach the component; inferred when not written.
    Exposure,
    /// Criticality of the business.
    Criticality,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Expr {
    /// Always.
    True,
    /// All of these.
    And(Vec<Expr>),
    /// One of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// The component is one of these.
    Is(Vec<Named>),
    /// One of these controls is effective here.
    Guarded(Sort, Vec<ControlIx>),
    /// One of these labels arrives, by a flow that carries one of these (empty: any).
    Sees(LabelSet, CarriesSet),
    /// The component, or what it can make act, has one of these effects.
    Reaches(u32),
    /// The component itself has one of these effects, reaching at least so far.
    Effects(u32, u8),
    /// The component holds data that satisfies this.
    Holds(Box<Expr>),
    /// A flow that satisfies this arrives.
    Receives(Box<Expr>),
    /// A flow that satisfies this leaves.
    Sends(Box<Expr>),
    /// The sender satisfies this.
    From(Box<Expr>),
    /// The receiver satisfies this.
    To(Box<Expr>),
    /// The flow carries data that satisfies this (written on it, or held by the sender).
    With(Box<Expr>),
    /// The two ends stand in zones that differ.
    Crosses,
    /// The flow asks (true) or answers (false).
    Asks(bool),
    /// The flow carries one of these.
    Carries(CarriesSet),
    /// The flow brings one of these labels.
    Brings(LabelSet),
    /// A component that satisfies this holds the data asset.
    HeldBy(Box<Expr>),
    /// An attribute is one of these words: the set of words for which it holds.
    Attribute {
        /// Whose attribute.
        sort: Sort,
        /// Which.
        attr: Attr,
        /// Words for which the condition holds, one bit each.
        words: u32,
        /// Words of the default; zero when there is none.
        default: u32,
    },
}

impl Expr {
    /// The labels on which the condition stands, in the order of the text.
    pub fn labels(&self, out: &mut Vec<u8>) {
        match self {
            Self::Sees(labels, _) | Self::Brings(labels) => {
                for at in 0..16u8 {
                    if labels >> at & 1 == 1 && !out.contains(&at) {
                        out.push(at);
                    }
                }
            }
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.labels(out)),
            Self::Not(inner)
            | Self::Holds(inner)
            | Self::Receives(inner)
            | Self::Sends(inner)
            | Self::From(inner)
            | Self::To(inner)
            | Self::With(inner)
            | Self::HeldBy(inner) => inner.labels(out),
            _ => {}
        }
    }
}
