//! A model as written: typed, with the span of every element and attribute.

use crate::vocabulary::{CarriesSet, ControlIx, KindIx};
use telamon_text::Span;

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// An attribute: key number in its section, and the set of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute {
    /// Position of the key in its [`crate::declaration::Section`].
    pub key: u8,
    /// Words written, one bit for each word of the key; for a text, bit 1 (stated).
    pub words: u32,
    /// Where the value is written.
    pub span: Span,
}

/// A text of an element that is no word: key number and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextValue {
    /// Position of the key in its section.
    pub key: u8,
    /// Text; texts of a list are joined by a line feed.
    pub text: String,
}

/// State of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ControlState {
    /// Stated to be missing.
    Absent,
    /// Stated to be unknown.
    Unknown,
    /// Does not apply here.
    NotApplicable,
    /// Somebody intends it.
    Planned,
    /// A supplier says so.
    Attested,
    /// In part.
    Partial,
    /// In place.
    Implemented,
    /// In place, with evidence.
    Verified,
}

impl ControlState {
    /// All states, in the order of [`crate::vocabulary::CONTROL_STATES`].
    pub const ALL: [Self; 8] = [
        Self::Absent,
        Self::Unknown,
        Self::NotApplicable,
        Self::Planned,
        Self::Attested,
        Self::Partial,
        Self::Implemented,
        Self::Verified,
    ];

    /// The word as written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
            Self::Planned => "planned",
            Self::Attested => "attested",
            Self::Partial => "partial",
            Self::Implemented => "implemented",
            Self::Verified => "verified",
        }
    }
}

/// A control as written on a component, flow, zone or data asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlUse {
    /// Which control.
    pub control: ControlIx,
    /// How far it is.
    pub state: ControlState,
    /// Where its name is written.
    pub span: Span,
    /// Evidence, reason and dates, where written.
    pub detail: Option<Box<ControlDetail>>,
}

/// Details of a control.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlDetail {
    /// What shows it.
    pub evidence: Vec<String>,
    /// Who says so.
    pub by: String,
    /// When.
    pub date: String,
    /// When it is due.
    pub due: String,
    /// The reason, or what is left out.
    pub why: String,
    /// What a limit counts, one bit for each word.
    pub per: u32,
}

/// A zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneDef {
    /// Id.
    pub id: Spanned<String>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Texts.
    pub texts: Vec<TextValue>,
    /// Enclosing zone.
    pub parent: Option<Spanned<String>>,
    /// Controls.
    pub controls: Vec<ControlUse>,
}

/// An effect and to whom it reaches, as indices into the word lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effect {
    /// Index into [`crate::vocabulary::EFFECTS`].
    pub effect: u8,
    /// Index into [`crate::vocabulary::EFFECT_REACH`].
    pub reach: u8,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentDef {
    /// Id.
    pub id: Spanned<String>,
    /// Kinds, the first names it.
    pub kinds: Vec<KindIx>,
    /// Where the kind is written.
    pub kind_span: Span,
    /// Zone, where written.
    pub zone: Option<Spanned<String>>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Texts.
    pub texts: Vec<TextValue>,
    /// Data assets held.
    pub holds: Vec<Spanned<String>>,
    /// Controls.
    pub controls: Vec<ControlUse>,
    /// Effects.
    pub effects: Vec<Effect>,
    /// Components whose verdict these people profit from.
    pub gains_from: Vec<Spanned<String>>,
}

/// A data asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDef {
    /// Id.
    pub id: Spanned<String>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Texts.
    pub texts: Vec<TextValue>,
    /// Controls on its provenance.
    pub controls: Vec<ControlUse>,
}

/// A flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowDef {
    /// Where it is written.
    pub span: Span,
    /// Sender.
    pub from: Spanned<String>,
    /// Receiver.
    pub to: Spanned<String>,
    /// Caption.
    pub caption: String,
    /// Id, where parallel flows must be told apart.
    pub id: Option<Box<str>>,
    /// What it carries; empty when not written.
    pub carries: CarriesSet,
    /// Details of the long form.
    pub detail: Option<Box<FlowDetail>>,
}

/// What only the long form of a flow has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowDetail {
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Data assets on it.
    pub data: Vec<Spanned<String>>,
    /// Controls on it.
    pub controls: Vec<ControlUse>,
    /// Nothing comes back.
    pub one_way: bool,
}

/// A threat found by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnThreat {
    /// Key; the id is `own:<key>`.
    pub key: Spanned<String>,
    /// One line.
    pub title: String,
    /// Whose weakness it is, and others touched.
    pub components: Vec<Spanned<String>>,
    /// 1 to 5.
    pub likelihood: u8,
    /// 1 to 5.
    pub impact: u8,
    /// STRIDE words.
    pub stride: Vec<String>,
    /// Framework citations.
    pub frameworks: Vec<Spanned<String>>,
    /// Summary.
    pub summary: String,
    /// Remedies.
    pub remedies: Vec<String>,
}

/// What a decision is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// One threat.
    Threat(String),
    /// Threats of a rule, or on a component, or both.
    Match {
        /// Rule id.
        rule: Option<String>,
        /// Component id.
        component: Option<String>,
    },
    /// A framework entry.
    Entry {
        /// Framework, with edition where written.
        framework: String,
        /// Id.
        id: String,
    },
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionDef {
    /// Where it is written.
    pub span: Span,
    /// What it is for.
    pub target: Target,
    /// mitigate, accept, transfer, avoid, false-positive.
    pub response: String,
    /// Reason.
    pub why: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub date: String,
    /// End of an acceptance.
    pub until: String,
    /// Who does it.
    pub owner: String,
    /// When it is due.
    pub due: String,
    /// Ticket.
    pub ticket: String,
    /// Likelihood (1-5) as people judge it.
    pub rate_likelihood: Option<u8>,
    /// Impact (1-5) as people judge it.
    pub rate_impact: Option<u8>,
    /// What the decision saw.
    pub saw: Option<Saw>,
}

/// What a decision saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saw {
    /// Digest of paths and controls.
    pub digest: String,
    /// Severity word at that time.
    pub severity: String,
    /// Threats that matched at that time.
    pub ids: Vec<String>,
}

/// A loss figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loss {
    /// Low figure.
    pub low: Option<f64>,
    /// Most likely figure.
    pub likely: Option<f64>,
    /// High figure.
    pub high: Option<f64>,
    /// Other keys and their text.
    pub texts: Vec<TextValue>,
}

/// The business section.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BusinessDef {
    /// Index into [`crate::declaration::CRITICALITY`], where written.
    pub criticality: Option<u8>,
    /// Objectives.
    pub objectives: Vec<String>,
    /// Regulations.
    pub regulations: Vec<String>,
    /// Loss figures.
    pub losses: Vec<Loss>,
}

/// The rules section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulesDef {
    /// Folders of own rules.
    pub folders: Vec<Spanned<String>>,
    /// Rules switched off.
    pub disabled: Vec<Spanned<String>>,
}

/// A model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// Name of the system.
    pub system: String,
    /// Description.
    pub description: String,
    /// Owner.
    pub owner: String,
    /// Lifecycle stage.
    pub lifecycle: String,
    /// Number in the company's inventory.
    pub inventory_id: String,
    /// Intended purpose.
    pub purpose: String,
    /// Business section.
    pub business: BusinessDef,
    /// Zones as written.
    pub zones: Vec<ZoneDef>,
    /// Components as written.
    pub components: Vec<ComponentDef>,
    /// Data assets as written.
    pub data: Vec<DataDef>,
    /// Flows as written.
    pub flows: Vec<FlowDef>,
    /// Threats found by hand.
    pub threats: Vec<OwnThreat>,
    /// Decisions.
    pub decisions: Vec<DecisionDef>,
    /// Assumptions.
    pub assumptions: Vec<String>,
    /// Questions.
    pub questions: Vec<String>,
    /// Own rules, rules switched off.
    pub rules: RulesDef,
}

impl ComponentDef {
    /// The words of an attribute, where written.
    pub fn attribute(&self, key: u8) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key == key)
    }

    /// A text by key number.
    pub fn text(&self, key: u8) -> &str {
        text_of(&self.texts, key)
    }
}

/// The text with this key number; empty when not written.
pub fn text_of(texts: &[TextValue], key: u8) -> &str {
    texts.iter().find(|text| text.key == key).map_or("", |text| text.text.as_str())
}
