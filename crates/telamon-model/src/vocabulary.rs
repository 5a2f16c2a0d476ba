//! The words that a model may use, as a value that the catalog builds.
//!
//! The model needs kinds, controls and labels without depending on the
//! catalog, so the catalog hands them over in this shape.

use crate::bits::Bits;
use crate::hash::FastMap;
use serde::{Deserialize, Serialize};

/// Index of a kind in [`Vocabulary::kinds`].
pub type KindIx = u16;
/// Index of a control in [`Vocabulary::controls`].
pub type ControlIx = u16;
/// Index of a class in [`Vocabulary::classes`].
pub type ClassIx = u8;
/// Set of classes, one bit for each in [`Vocabulary::classes`].
pub type ClassSet = u64;
/// Set of carries words, one bit for each in [`CARRIES`].
pub type CarriesSet = u32;
/// Set of labels, one bit for each in [`LABELS`].
pub type LabelSet = u16;

/// What a flow can carry.
pub const CARRIES: [&str; 24] = [
    "prompt",
    "context",
    "completion",
    "tool-call",
    "tool-result",
    "tool-description",
    "query",
    "passages",
    "embedding",
    "training-data",
    "annotation",
    "feedback",
    "features",
    "prediction",
    "artifact",
    "model-update",
    "configuration",
    "request",
    "response",
    "command",
    "message",
    "file",
    "telemetry",
    "secret",
];
/// Facts that travel.
pub const LABELS: [&str; 16] = [
    "reach",
    "attacker-prompt",
    "crafted-input",
    "untrusted-text",
    "untrusted-record",
    "untrusted-file",
    "untrusted-artifact",
    "model-output",
    "steered-output",
    "private-data",
    "foreign-data",
    "secret",
    "model-weights",
    "hidden-instructions",
    "staff-text",
    "steered-action",
];
/// What something that acts can do.
pub const EFFECTS: [&str; 12] = [
    "read", "write", "send", "publish", "pay", "execute", "delete", "physical", "sign-in", "approve", "train", "speak",
];
/// To whom an effect reaches, narrowest first.
pub const EFFECT_REACH: [&str; 4] = ["self", "own-tenant", "allow-list", "anyone"];
/// States of a control, as written.
pub const CONTROL_STATES: [&str; 8] =
    ["absent", "unknown", "not-applicable", "planned", "attested", "partial", "implemented", "verified"];

/// One kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Id as written in models.
    pub id: String,
    /// Parent kind; none for the four roots.
    pub parent: Option<KindIx>,
    /// Root: external-entity, process, data-store or data-flow.
    pub element: String,
    /// Class that the flow and label tables key on.
    pub class: ClassIx,
    /// AI kind.
    pub ai: bool,
    /// One line.
    pub line: String,
    /// How to tell it from a kind that is easily confused with it.
    pub which: String,
    /// STRIDE words that this kind is exposed to by default.
    pub stride: Vec<String>,
}

/// How a control weighs on a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// A filter or a limit.
    Weak,
    /// A real obstacle.
    Strong,
    /// Makes it impossible once it is implemented.
    Stop,
}

/// Where a control weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Acts {
    /// On what arrives at its component.
    Intake,
    /// On what leaves its component.
    Output,
    /// On the flow on which it stands.
    Flow,
    /// On no hop; it answers rules.
    Own,
}

/// From where a control is inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inherited {
    /// Not at all.
    No,
    /// From the zone in which a component stands.
    Zone,
    /// From the agent or orchestrator that calls a component.
    Orchestrator,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// Id as written in models.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Remedy sentence with `{on}`.
    pub says: String,
    /// Question with `{on}`.
    pub ask: String,
    /// Kinds on which it can stand (descendants too).
    pub kinds: Vec<KindIx>,
    /// Classes on which it can stand.
    pub classes: Vec<ClassIx>,
    /// It can stand on a flow.
    pub on_flow: bool,
    /// It can stand on a zone.
    pub on_zone: bool,
    /// It can stand on a data asset.
    pub on_data: bool,
    /// Where it weighs.
    pub acts: Acts,
    /// What it weighs on each label, in the order of [`LABELS`].
    pub strength: [Option<Strength>; 16],
    /// From where it is inherited.
    pub inherited: Inherited,
    /// low, medium, high.
    pub cost: String,
    /// prevents, limits, detects.
    pub effect: String,
}

/// Matches the two ends of a flow by kind or class; an empty list matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Kinds (descendants too).
    pub kinds: Vec<KindIx>,
    /// Classes.
    pub classes: Vec<ClassIx>,
}

/// One row of the table that infers what a flow carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InferRow {
    /// Sender.
    pub from: Ends,
    /// Receiver.
    pub to: Ends,
    /// What it carries.
    pub carries: CarriesSet,
    /// Other meanings that the two kinds leave open.
    pub or: CarriesSet,
}

/// How something is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// Word of the ask.
    pub ask: u8,
    /// Receivers of the ask for which the row holds (empty: all).
    pub to: Ends,
    /// Words of the answer.
    pub answer: u8,
}

/// Half of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Half {
    /// What is asked or pushed.
    Ask,
    /// What comes back.
    Answer,
}

/// One row of the label table: sent by such a component on such a flow, the label arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalRow {
    /// Label held by the sender.
    pub label: u8,
    /// Label that arrives.
    pub arrives_as: u8,
    /// Sender.
    pub from: Ends,
    /// Receiver.
    pub to: Ends,
    /// Carries words on which it travels.
    pub carries: CarriesSet,
    /// Halves on which it travels.
    pub ask: bool,
    /// Halves on which it travels.
    pub answer: bool,
}

/// When a label begins at a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Begins {
    /// A person or source of no or low trust.
    Outsider,
    /// A person of medium trust or more.
    Insider,
    /// People who are not staff.
    Crowd,
    /// Stands in a zone of no or low trust, or is run by others.
    LowTrust,
    /// Has a `source` other than own, or stands outside.
    BroughtIn,
    /// It is written that the public can reach it.
    Public,
    /// Its weights are in our hands.
    OwnModel,
    /// Holds data that outsiders wrote.
    HoldsOutside,
    /// Holds confidential data.
    HoldsConfidential,
    /// Holds data that belongs to some and not to others.
    HoldsScoped,
    /// Holds credentials.
    HoldsSecret,
    /// Holds weights.
    HoldsWeights,
    /// Holds prompts.
    HoldsPrompts,
    /// In every case.
    Always,
}

impl Begins {
    /// All conditions and their words.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Outsider, "outsider"),
        (Self::Insider, "insider"),
        (Self::Crowd, "crowd"),
        (Self::LowTrust, "low-trust"),
        (Self::BroughtIn, "brought-in"),
        (Self::Public, "public"),
        (Self::OwnModel, "own-model"),
        (Self::HoldsOutside, "holds-outside"),
        (Self::HoldsConfidential, "holds-confidential"),
        (Self::HoldsScoped, "holds-scoped"),
        (Self::HoldsSecret, "holds-secret"),
        (Self::HoldsWeights, "holds-weights"),
        (Self::HoldsPrompts, "holds-prompts"),
        (Self::Always, "always"),
    ];
}

/// Where a label begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// The label.
    pub label: u8,
    /// Components at which it can begin.
    pub at: Ends,
    /// When it does.
    pub begins: Begins,
}

/// What components of a kind can do when their effects are not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectRow {
    /// Components.
    pub at: Ends,
    /// Effects, one bit for each in [`EFFECTS`].
    pub effects: u32,
}

/// A zone that is there without being written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpliedZone {
    /// Id.
    pub id: String,
    /// none, low, medium, high.
    pub trust: String,
    /// us, supplier, customer, public.
    pub operator: String,
}

/// All words, and the tables keyed by them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Controls.
    pub controls: Vec<Control>,
    /// Classes of kinds.
    pub classes: Vec<String>,
    /// What a flow carries by its two ends; the first row that matches holds.
    pub infer: Vec<InferRow>,
    /// What answers what; the first row that matches holds.
    pub answers: Vec<AnswerRow>,
    /// Where labels begin.
    pub sources: Vec<SourceRow>,
    /// The label table.
    pub arrivals: Vec<ArrivalRow>,
    /// What components can do when it is not written.
    pub effects: Vec<EffectRow>,
    /// Zones that exist without being written.
    pub zones: Vec<ImpliedZone>,
    /// By kind: the kind itself and those above it.
    #[serde(skip)]
    above: Vec<Bits>,
    #[serde(skip)]
    index: FastMap<String, KindIx>,
    #[serde(skip)]
    control_index: FastMap<String, ControlIx>,
}

impl Vocabulary {
    /// Fills the look-up tables; to be called once after the lists are filled or decoded.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        self.above = (0u16..)
            .zip(&self.kinds)
            .map(|(kind, _)| {
                let mut above = Bits::new(self.kinds.len());
                self.climb(kind).for_each(|kind| above.insert(usize::from(kind)));
                above
            })
            .collect();
        self.index = (0u16..).zip(&self.kinds).map(|(at, kind)| (kind.id.clone(), at)).collect();
        self.control_index = (0u16..).zip(&self.controls).map(|(at, control)| (control.id.clone(), at)).collect();
        self
    }

    /// The kind with this id.
    pub fn kind(&self, id: &str) -> Option<KindIx> {
        self.index.get(id).copied()
    }

    /// The control with this id.
    pub fn control(&self, id: &str) -> Option<ControlIx> {
        self.control_index.get(id).copied()
    }

    /// The class with this name.
    pub fn class(&self, name: &str) -> Option<ClassIx> {
        self.classes.iter().position(|class| class == name).and_then(|at| u8::try_from(at).ok())
    }

    /// A set of classes by their names, one bit each.
    pub fn class_set(&self, names: &[&str]) -> ClassSet {
        names.iter().filter_map(|name| self.class(name)).fold(0, |set, class| set | class_bit(class))
    }

    /// The classes of a list of kinds.
    pub fn classes_of(&self, kinds: &[KindIx]) -> ClassSet {
        kinds
            .iter()
            .filter_map(|kind| self.kinds.get(usize::from(*kind)))
            .fold(0, |set, kind| set | class_bit(kind.class))
    }

    /// Id of a kind; empty for an index that is not of this vocabulary.
    pub fn kind_id(&self, kind: KindIx) -> &str {
        self.kinds.get(usize::from(kind)).map_or("", |kind| kind.id.as_str())
    }

    /// Id of a control; empty for an index that is not of this vocabulary.
    pub fn control_id(&self, control: ControlIx) -> &str {
        self.controls.get(usize::from(control)).map_or("", |control| control.id.as_str())
    }

    /// True when `kind` is `ancestor` or stands below it.
    pub fn is_a(&self, kind: KindIx, ancestor: KindIx) -> bool {
        match self.above.get(usize::from(kind)) {
            Some(above) => above.contains(usize::from(ancestor)),
            // A kind of a vocabulary that is being built.
            None => self.climb(kind).any(|kind| kind == ancestor),
        }
    }

    /// True when one of these kinds is of the kind with this id; ids that are not known are of none.
    pub fn any_is_a(&self, own: &[String], kind: &str) -> bool {
        self.kind(kind).is_some_and(|of| own.iter().filter_map(|own| self.kind(own)).any(|own| self.is_a(own, of)))
    }

    /// A kind and those above it, up to its root.
    fn climb(&self, kind: KindIx) -> impl Iterator<Item = KindIx> {
        let parent = |kind: &KindIx| self.kinds.get(usize::from(*kind)).and_then(|kind| kind.parent);
        // The tree has a handful of levels; the bound guards against a cycle in hand-made data.
        std::iter::successors(Some(kind), parent).take(32)
    }

    /// True when one of the kinds matches.
    pub fn matches(&self, ends: &Ends, kinds: &[KindIx]) -> bool {
        ends.kinds.is_empty() && ends.classes.is_empty() || self.is_any(&ends.kinds, &ends.classes, kinds)
    }

    /// True when one of the kinds is of one of these classes, or one of these kinds or below it.
    fn is_any(&self, of: &[KindIx], classes: &[ClassIx], kinds: &[KindIx]) -> bool {
        kinds.iter().any(|kind| {
            self.kinds.get(usize::from(*kind)).is_some_and(|kind| classes.contains(&kind.class))
                || of.iter().any(|end| self.is_a(*kind, *end))
        })
    }

    /// True when the control can stand on a component of one of these kinds.
    pub fn can_stand(&self, control: &Control, kinds: &[KindIx]) -> bool {
        self.is_any(&control.kinds, &control.classes, kinds)
    }
}

/// The bit of a class in a set; the catalog has far fewer than 64 classes.
fn class_bit(class: ClassIx) -> ClassSet {
    1u64.checked_shl(u32::from(class)).unwrap_or(0)
}

/// Position of a word in a list, as a small number.
pub fn word_index(words: &[&str], word: &str) -> Option<u8> {
    words.iter().position(|known| *known == word).and_then(|at| u8::try_from(at).ok())
}

/// The bit of a word in a set; zero when it is no such word.
pub fn word_bit(words: &[&str], word: &str) -> u32 {
    word_index(words, word).map_or(0, |at| 1u32 << at)
}

/// The words of a set, in the order of the list.
pub fn set_words<'w>(words: &'w [&'w str], set: u32) -> impl Iterator<Item = &'w str> + 'w {
    words.iter().enumerate().filter(move |(at, _)| set >> at & 1 == 1).map(|(_, word)| *word)
}
