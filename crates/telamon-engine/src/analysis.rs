//! The analysis: the one value that every output is made from.
//!
//! Field names and their order are the published JSON (version 1). Adding a
//! key is allowed within a version; renaming or removing one is not.

use serde::{Deserialize, Serialize};

/// Version of the JSON shape below.
pub const ANALYSIS_VERSION: u32 = 1;

/// A threat model of one system on one date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Version of this shape, [`ANALYSIS_VERSION`].
    pub version: u32,
    /// The program that made it.
    pub tool: Tool,
    /// The model that was read.
    pub model: ModelInfo,
    /// The date of the analysis, `YYYY-MM-DD`; expiry of decisions is judged by it.
    pub as_of: String,
    /// Framework editions that ids are taken from.
    pub catalog: Vec<CatalogEdition>,
    /// The rule set that was applied.
    pub rules: RulesInfo,
    /// The table of weights that likelihood and impact are taken from.
    pub weights: WeightsInfo,
    /// Counts over the threats.
    pub summary: Summary,
    /// Trust zones, as understood.
    pub zones: Vec<Zone>,
    /// Components, as understood.
    pub components: Vec<Component>,
    /// Flows, as understood.
    pub flows: Vec<Flow>,
    /// Data assets, as understood.
    pub data: Vec<DataAsset>,
    /// Threats, in order of rank; mitigated ones last.
    pub threats: Vec<Threat>,
    /// Decisions of the model, in the order of the file.
    pub decisions: Vec<Decision>,
    /// Assumptions that the model states.
    pub assumptions: Vec<String>,
    /// What each framework entry came to for this model.
    pub coverage: Vec<Coverage>,
    /// Data assets and what protects them.
    pub assets: Vec<Asset>,
    /// Who can touch training data, model parameters, inference interfaces and tools.
    pub attack_surface: Vec<Surface>,
    /// Questions whose answers would change the most risk, most first.
    pub questions: Vec<Question>,
    /// Incidents that happened to systems of this shape.
    pub incidents: Vec<Incident>,
    /// Errors and warnings about the model.
    pub diagnostics: Vec<DiagnosticInfo>,
}

/// Name and version of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `telamon`.
    pub name: String,
    /// Semantic version.
    pub version: String,
}

/// The model as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Name of the system.
    pub system: String,
    /// Path as given by the caller.
    pub file: String,
    /// Digest of what was read, hexadecimal.
    pub digest: String,
    /// Description, where the model has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Owner, where the model names one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Lifecycle stage, where the model states one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lifecycle: String,
    /// Business section: objectives, criticality, regulations.
    #[serde(default)]
    pub business: Business,
}

/// What the model says of the business (PASTA stage 1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Business {
    /// low, moderate, high, critical; empty when not stated.
    pub criticality: String,
    /// Objectives, one sentence each.
    pub objectives: Vec<String>,
    /// Regulations named.
    pub regulations: Vec<String>,
}

/// A framework and its edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEdition {
    /// Framework id such as `atlas` or `owasp-llm`.
    pub framework: String,
    /// Edition such as `5.6.0`.
    pub edition: String,
    /// Name for people, such as `MITRE ATLAS`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// The rule set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesInfo {
    /// Digest over all rules applied.
    pub digest: String,
    /// Ids of rules switched off by the user.
    pub disabled: Vec<String>,
    /// Ids of rules that the user replaced.
    pub changed: Vec<String>,
    /// How many rules were applied.
    pub count: usize,
}

/// The weights table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightsInfo {
    /// Version word of the table.
    pub version: String,
    /// Digest of the table.
    pub digest: String,
}

/// Counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// All threats, whatever their status.
    pub threats: usize,
    /// Status word and count, in the order of [`Status`].
    pub by_status: std::collections::BTreeMap<Status, usize>,
    /// Severity and count of what is open, planned or in review.
    pub by_severity: std::collections::BTreeMap<Severity, usize>,
    /// Five rows, impact 5 to 1, of five counts, likelihood 1 to 5, of what is open, planned or in review.
    pub matrix: [[usize; 5]; 5],
    /// The same matrix for the inherent risk of all threats.
    pub matrix_inherent: [[usize; 5]; 5],
    /// The same matrix with what is planned.
    pub matrix_target: [[usize; 5]; 5],
    /// The severity that each cell of the matrices stands for (same rows and columns).
    pub matrix_severity: [[Severity; 5]; 5],
    /// How many components the model has.
    #[serde(default)]
    pub components: usize,
    /// How many flows it has.
    #[serde(default)]
    pub flows: usize,
    /// How many zones it uses.
    #[serde(default)]
    pub zones: usize,
}

/// Severity word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Fix when convenient.
    Low,
    /// Plan a fix.
    Medium,
    /// Fix before launch.
    High,
    /// Fix now.
    Critical,
}

impl Severity {
    /// The word, as in the JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What has become of a threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nothing decided, nothing in place that holds it.
    Open,
    /// A decision exists that no longer covers what is there.
    Review,
    /// Somebody decided to mitigate.
    Planned,
    /// Accepted until a date.
    Accepted,
    /// Transferred to another party.
    Transferred,
    /// Avoided by leaving something out.
    Avoided,
    /// Judged not to be a problem.
    FalsePositive,
    /// Held by controls that are in place.
    Mitigated,
}

impl Status {
    /// True where a threat still asks for something: open, planned or to review.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Planned | Self::Review)
    }
}

/// Confidence of the rule in this finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Stands on an attribute that nobody wrote, or the rule is a hint.
    Low,
    /// Usually right.
    Medium,
    /// The structure shows it.
    High,
}

/// Who wants to see the threat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Persona {
    /// Everybody.
    Regular,
    /// Whoever wants the finer points.
    Pedantic,
    /// Whoever must have considered everything.
    Auditor,
}

/// Trust zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// none, low, medium, high.
    pub trust: String,
    /// Enclosing zone.
    pub parent: Option<String>,
    /// us, supplier, customer, public.
    pub operator: String,
    /// Controls stated on the zone.
    pub controls: Vec<StatedControl>,
}

/// A component as understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Component {
    /// Id.
    pub id: String,
    /// Name for people (the id when none is written).
    pub name: String,
    /// Kinds, the first names it.
    pub kinds: Vec<String>,
    /// DFD element of the first kind: external-entity, process, data-store.
    pub element: String,
    /// True for a component of an AI kind (models, agents, training, vector stores...).
    pub ai: bool,
    /// Zone id.
    pub zone: String,
    /// us, supplier, customer, public.
    pub operator: String,
    /// Data assets held.
    pub holds: Vec<String>,
    /// Attributes written, key and words.
    pub attributes: std::collections::BTreeMap<String, String>,
    /// Facts that were inferred: key and word (exposure, roles).
    pub inferred: std::collections::BTreeMap<String, String>,
    /// Controls stated here.
    pub controls: Vec<StatedControl>,
    /// Labels that arrive here.
    pub labels: Vec<String>,
    /// Where it is written.
    pub location: Option<Location>,
}

/// A control as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedControl {
    /// Control id.
    pub id: String,
    /// absent, unknown, not-applicable, planned, attested, partial, implemented, verified.
    pub state: String,
}

/// A flow as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// `from:to` or `from:to:id`.
    pub id: String,
    /// Sender.
    pub from: String,
    /// Receiver.
    pub to: String,
    /// The text on it.
    pub caption: String,
    /// What it carries.
    pub carries: Vec<String>,
    /// True when `carries` was inferred from the kinds.
    pub inferred: bool,
    /// What comes back, where the flow is answered.
    pub answers: Vec<String>,
    /// Data assets on it.
    pub data: Vec<String>,
    /// True when the two ends stand in zones that differ.
    pub crosses: bool,
    /// Where it is written.
    pub location: Option<Location>,
}

/// A data asset as understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataAsset {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// public, internal, confidential, restricted.
    pub classification: String,
    /// What it contains.
    pub contains: Vec<String>,
    /// Components that hold it.
    pub held_by: Vec<String>,
}

/// A threat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Threat {
    /// `rule@component`, `rule@from:to`, `own:key`.
    pub id: String,
    /// Rule id (`own` for a threat written by people).
    pub rule: String,
    /// One line, names of this system filled in.
    pub title: String,
    /// Two or three sentences.
    pub summary: String,
    /// Whose weakness it is.
    pub component: String,
    /// That one first, then the others touched.
    pub components: Vec<String>,
    /// Flows touched.
    pub flows: Vec<String>,
    /// Current severity.
    pub severity: Severity,
    /// Current likelihood, 1 to 5.
    pub likelihood: u8,
    /// Current impact, 1 to 5.
    pub impact: u8,
    /// The three values and what they were made from.
    pub risk: Risk,
    /// Confidence.
    pub confidence: Confidence,
    /// Persona.
    pub persona: Persona,
    /// STRIDE words, the main one first.
    pub stride: Vec<String>,
    /// CIA words, the main one first.
    pub cia: Vec<String>,
    /// Kinds of harm.
    pub harm: Vec<String>,
    /// Framework entries, most specific first.
    pub frameworks: Vec<FrameworkRef>,
    /// Ways by which it becomes real, cheapest first, at most five.
    pub paths: Vec<Path>,
    /// How many more ways there are.
    pub more_paths: usize,
    /// Controls that are missing or present.
    pub controls: Controls,
    /// What to do, most effect first.
    pub remedies: Vec<Remedy>,
    /// How to see that the remedy works.
    pub verify: String,
    /// When it is no problem.
    pub benign: String,
    /// Results of tests and scans.
    pub evidence: Vec<String>,
    /// Ids of incidents (ATLAS case studies) that used these techniques.
    pub incidents: Vec<String>,
    /// What has become of it.
    pub status: Status,
    /// Why the status is what it is, where that is not plain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status_because: String,
    /// Index into `decisions` of the decision that applies.
    pub decision: Option<usize>,
    /// Place in the model file.
    pub location: Option<Location>,
}

impl Threat {
    /// The severity that counts: as people rated it, or as computed.
    pub fn effective_severity(&self) -> Severity {
        self.risk.rated.map_or(self.severity, |rated| rated.severity)
    }
}

/// Likelihood, impact and severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// 1 to 5.
    pub likelihood: u8,
    /// 1 to 5.
    pub impact: u8,
    /// From the matrix.
    pub severity: Severity,
}

/// Risk without controls, as it is, with what is planned, and as people rated it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// No controls.
    pub inherent: Level,
    /// Controls as they are.
    pub current: Level,
    /// Planned controls count in full.
    pub target: Level,
    /// People judged otherwise.
    pub rated: Option<Level>,
    /// What the figures were made from.
    pub factors: Vec<Factor>,
}

/// One factor of the risk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Name in the weights table.
    pub name: String,
    /// Effect in steps, such as `+1 impact`.
    pub effect: String,
    /// The reason given in the weights table, with this system's facts.
    pub because: String,
}

/// Framework, edition, id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkRef {
    /// Framework id.
    pub framework: String,
    /// Edition.
    pub edition: String,
    /// Id within the edition.
    pub id: String,
    /// Official name.
    pub name: String,
}

/// A way through the system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Label that travels.
    pub label: String,
    /// Elements from source to the threat's component (and on to what is reached).
    pub hops: Vec<Hop>,
    /// One line for people.
    pub says: String,
}

/// One element on a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hop {
    /// Component id.
    pub element: String,
    /// Flow by which it was reached; none for the source.
    pub flow: Option<String>,
    /// Place in the model file.
    pub location: Option<Location>,
    /// Caption of the flow that leaves this element along the path; empty for the last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// True when a control that would weaken the label is missing where this hop is entered.
    #[serde(default)]
    pub unguarded: bool,
}

/// Controls that matter for a threat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Controls {
    /// Not there, or only promised.
    pub missing: Vec<MissingControl>,
    /// There.
    pub present: Vec<PresentControl>,
}

/// A control that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingControl {
    /// Control id.
    pub id: String,
    /// Element where it would stand.
    pub on: String,
    /// absent, unknown, planned, not-stated.
    pub stated: String,
}

/// A control that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentControl {
    /// Control id.
    pub id: String,
    /// Element on which it stands.
    pub on: String,
    /// attested, partial, implemented, verified, not-applicable.
    pub state: String,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// Control id; empty for a remedy that is no control of the catalog.
    pub control: String,
    /// Element.
    pub on: String,
    /// One sentence naming elements of this system.
    pub says: String,
    /// Severity once it is in place; none when it was not computed.
    pub severity_after: Option<Severity>,
}

/// A decision of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Threat id, or a description of what it matches.
    pub target: String,
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
    /// Threat ids it applies to on `as_of`.
    pub threats: Vec<String>,
    /// in-force, expired, review, overdue, unused.
    pub state: String,
    /// Why, where the state is not in-force.
    pub because: String,
    /// Place in the model file.
    pub location: Option<Location>,
}

/// What a framework entry came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Framework id.
    pub framework: String,
    /// Edition.
    pub edition: String,
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// applies, mitigated, ruled-out, cannot-tell, not-assessed.
    pub state: String,
    /// Reason.
    pub because: String,
    /// Threat ids.
    pub threats: Vec<String>,
    /// Number of the question (index into `questions` plus one).
    pub question: Option<usize>,
}

/// A data asset and what protects it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Data asset id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// public, internal, confidential, restricted.
    pub classification: String,
    /// Where it lies.
    pub held_by: Vec<String>,
    /// Components it can arrive at beyond its holders.
    pub reaches: Vec<String>,
    /// Controls in place on its holders.
    pub protected_by: Vec<PresentControl>,
    /// Open threats to it.
    pub threats: Vec<String>,
}

/// A part of the attack surface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surface {
    /// training-data, knowledge, model-parameters, inference-interface, tools.
    pub what: String,
    /// Component.
    pub component: String,
    /// Who can touch it.
    pub who: Vec<String>,
    /// By which way, one line for each.
    pub ways: Vec<String>,
    /// Open threats there.
    pub threats: Vec<String>,
}

/// A question to the model's owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// One sentence ending in a question mark.
    pub ask: String,
    /// Element that it is about.
    pub about: String,
    /// Control or attribute in question.
    pub key: String,
    /// Lines to add to the model when the answer is yes.
    pub add: String,
    /// Threats that the answer would change.
    pub threats: Vec<String>,
    /// Risk that the answer would remove (sum of likelihood x impact steps).
    pub weight: u32,
}

/// An incident and how much of it this system allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Case study id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Date of the incident.
    pub date: String,
    /// Techniques of its procedure that apply here.
    pub shared: Vec<String>,
    /// Techniques of its procedure in all.
    pub steps: usize,
    /// Threat ids.
    pub threats: Vec<String>,
}

/// A diagnostic about the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticInfo {
    /// Stable code.
    pub code: String,
    /// error, warning, note.
    pub severity: String,
    /// One sentence.
    pub message: String,
    /// Place.
    pub location: Option<Location>,
}

/// A place in a file; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// File as given by the caller.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
}
