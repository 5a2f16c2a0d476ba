//! The declaration of the model language.
//!
//! One table: sections, keys, types, allowed words, cautious defaults and
//! one-line docs. The reader, the JSON Schema, completion, `explain` and the
//! reference pages are all made from it.

use crate::vocabulary::{CARRIES, EFFECTS};

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Any text.
    Text,
    /// A list of texts, or one text.
    Texts,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// `true` or `false` (also `yes` and `no`).
    Bool,
    /// A number.
    Number,
    /// One of these words.
    Word(&'static [&'static str]),
    /// One of these words, which stand in rising order.
    Ordered(&'static [&'static str]),
    /// One or several of these words.
    Words(&'static [&'static str]),
    /// One kind or a list of kinds.
    Kinds,
    /// The id of a zone.
    Zone,
    /// Ids of data assets.
    Data,
    /// Ids of components.
    Components,
    /// Controls: a list, or a map to a state or to a map of details.
    Controls,
    /// Effects: a list, or a map to whom each reaches.
    Effects,
    /// A map with these keys.
    Section(&'static Section),
    /// A map from ids to maps with these keys.
    Map(&'static Section),
    /// A list of maps with these keys.
    List(&'static Section),
    /// A list of flows, short or long form.
    Flows,
    /// Anything; kept and not read.
    Any,
}

/// One key of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What its value may be.
    pub ty: Type,
    /// What is assumed for the analysis when it is not written; empty when nothing is.
    pub default: &'static str,
    /// Kinds for which it means something (descendants too); empty for all.
    pub on: &'static [&'static str],
    /// It must be written.
    pub required: bool,
    /// One line.
    pub doc: &'static str,
}

/// A section of the language.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// Name as shown in documentation.
    pub name: &'static str,
    /// One or two sentences.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
    /// A complete model that shows the section; executed in a test.
    pub example: &'static str,
}

impl Section {
    /// The key with this name.
    pub fn key(&self, name: &str) -> Option<(usize, &'static Key)> {
        self.keys.iter().enumerate().find(|(_, key)| key.name == name)
    }
}

impl Key {
    /// Words of an attribute: word types, and the two words of a truth value or a text.
    pub fn words(&self) -> &'static [&'static str] {
        match self.ty {
            Type::Word(words) | Type::Ordered(words) | Type::Words(words) => words,
            Type::Bool => BOOL,
            Type::Text | Type::Texts | Type::Date => STATED,
            _ => &[],
        }
    }

    /// True when a rule can read this key as an attribute.
    pub fn is_attribute(&self) -> bool {
        !self.words().is_empty()
    }
}

/// The two words of a truth value in a condition.
pub const BOOL: &[&str] = &["no", "yes"];
/// The two words of a text in a condition: whether it is written.
pub const STATED: &[&str] = &["none", "stated"];
/// Trust of a zone, rising.
pub const TRUST: &[&str] = &["none", "low", "medium", "high"];
/// Who runs a thing.
pub const OPERATOR: &[&str] = &["us", "supplier", "customer", "public"];
/// Who can reach a component, rising.
pub const EXPOSURE: &[&str] = &["local", "internal", "partner", "public"];
/// Classification of data, rising.
pub const CLASSIFICATION: &[&str] = &["public", "internal", "confidential", "restricted"];
/// What data contains.
pub const CONTAINS: &[&str] = &[
    "personal",
    "health",
    "biometric",
    "pseudonymous",
    "payment",
    "financial",
    "credentials",
    "source-code",
    "ip",
    "weights",
    "prompts",
    "location",
    "children",
    "legal",
    "security",
];
/// Who wrote data.
pub const ORIGIN: &[&str] = &["us", "users", "outsiders", "public-web", "supplier"];
/// Whose data it is, rising in breadth.
pub const SCOPE: &[&str] = &["user", "group", "tenant", "organisation", "everyone"];
/// Levels of need.
pub const NEED: &[&str] = &["low", "medium", "high"];
/// Criticality of the business, rising.
pub const CRITICALITY: &[&str] = &["low", "moderate", "high", "critical"];
/// Lifecycle stages.
pub const LIFECYCLE: &[&str] = &["idea", "design", "build", "production", "retired"];
/// What a model's output does to people or things.
pub const DECIDES: &[&str] = &[
    "advise", "rank", "flag", "approve", "decline", "price", "diagnose", "hire", "grade", "moderate", "block", "route",
    "control",
];
/// Formats of a model file.
pub const FORMAT: &[&str] = &[
    "safetensors",
    "gguf",
    "onnx",
    "tflite",
    "coreml",
    "saved-model",
    "keras",
    "hdf5",
    "pickle",
    "joblib",
    "torch",
    "torchscript",
    "skops",
    "other",
];
/// Likelihood words, rising.
pub const LIKELIHOOD: &[&str] = &["rare", "unlikely", "possible", "likely", "almost-certain"];
/// Impact words, rising.
pub const IMPACT: &[&str] = &["negligible", "minor", "moderate", "major", "severe"];
/// Responses to a threat.
pub const RESPONSE: &[&str] = &["mitigate", "accept", "transfer", "avoid", "false-positive"];

const fn key(name: &'static str, ty: Type, default: &'static str, doc: &'static str) -> Key {
    Key { name, ty, default, on: &[], required: false, doc }
}

const fn must(name: &'static str, ty: Type, doc: &'static str) -> Key {
    Key { name, ty, default: "", on: &[], required: true, doc }
}

const fn only(
    name: &'static str,
    ty: Type,
    default: &'static str,
    on: &'static [&'static str],
    doc: &'static str,
) -> Key {
    Key { name, ty, default, on, required: false, doc }
}

const BROUGHT_IN: &[&str] = &[
    "model",
    "dataset",
    "library",
    "container",
    "tool",
    "mcp-server",
    "plugin",
    "model-artifact",
    "agent-instructions",
    "agent",
    "embedding-model",
    "skill-market",
];
const MODELS: &[&str] = &["model", "model-artifact", "inference-endpoint", "model-server"];
const AGENTS: &[&str] = &["agent", "orchestrator", "llm-app"];
const PEOPLE: &[&str] = &["external-entity", "human-reviewer", "labeling"];
const STORES: &[&str] = &["data-store", "retriever", "feature-store", "semantic-cache"];

/// Keys of a component.
pub const COMPONENT: Section = Section {
    name: "components",
    doc: "What the system is made of: a map by id. Ids are letters, digits, `-`, `_` and `.`.",
    keys: &[
        must("kind", Type::Kinds, "what it is: one kind, or a list when it is two things; the first names it"),
        key("zone", Type::Zone, "app", "trust zone in which it stands"),
        key("operator", Type::Word(OPERATOR), "us", "who runs it; the zone's when not written"),
        key("name", Type::Text, "", "name for people"),
        key("description", Type::Text, "", "what it does"),
        key("holds", Type::Data, "", "data assets that it keeps"),
        key("controls", Type::Controls, "", "controls that stand here, with their states"),
        key(
            "tenancy",
            Type::Word(&["single", "shared"]),
            "shared",
            "whether several users' or customers' work meets in it",
        ),
        key("exposure", Type::Ordered(EXPOSURE), "", "who can reach it; inferred from the flows when not written"),
        key(
            "acts-as",
            Type::Word(&["user", "tenant", "service"]),
            "service",
            "with whose rights it works; decides confused deputy",
        ),
        key("decides", Type::Words(DECIDES), "", "what its output does to people or things"),
        key(
            "oversight",
            Type::Ordered(&["none", "after", "before"]),
            "none",
            "whether a person looks at its decisions, before or after they take effect",
        ),
        key("artifacts", Type::Texts, "", "paths or globs of the real files"),
        key(
            "credentials",
            Type::Word(&["none", "delegated", "short-lived", "static"]),
            "static",
            "with what it opens other things",
        ),
        key("egress", Type::Ordered(&["none", "allow-list", "open"]), "open", "where it can send data"),
        key("time-critical", Type::Bool, "no", "somebody waits for its answer"),
        key("fallback", Type::Word(&["none", "degraded", "manual"]), "none", "what happens when it stops"),
        key("opaque", Type::Bool, "no", "a supplier's box: asked about as a whole"),
        key("was", Type::Texts, "", "former ids, so that decisions survive a renaming"),
        key("tags", Type::Texts, "", "words for grouping; never read by rules"),
        only("model", Type::Text, "none", MODELS, "name of the model"),
        only("provider", Type::Text, "none", MODELS, "who made it"),
        only("base", Type::Text, "none", MODELS, "what it was built from"),
        only("format", Type::Word(FORMAT), "other", MODELS, "format of its file"),
        only("loads-code", Type::Bool, "no", MODELS, "loading it runs code that came with it"),
        only(
            "promotion",
            Type::Word(&["manual", "gated", "automatic"]),
            "automatic",
            MODELS,
            "how a new version goes live",
        ),
        only("source", Type::Word(&["own", "vendor", "hub"]), "own", BROUGHT_IN, "where it comes from"),
        only("revision", Type::Text, "none", BROUGHT_IN, "the pinned version, commit or digest"),
        only(
            "updates",
            Type::Ordered(&["fixed", "periodic", "nightly", "continuous"]),
            "periodic",
            BROUGHT_IN,
            "how often it changes",
        ),
        only("by-reference", Type::Bool, "no", &["dataset"], "a data set that is a list of addresses"),
        only(
            "autonomy",
            Type::Ordered(&["suggest", "approve", "mixed", "act"]),
            "act",
            AGENTS,
            "what it may do without a person",
        ),
        only("tools", Type::Components, "", AGENTS, "shorthand: components that it calls as tools"),
        key("effects", Type::Effects, "", "what it can do to the world, and to whom each effect reaches"),
        only(
            "identity",
            Type::Ordered(&["anonymous", "self-registered", "verified"]),
            "anonymous",
            PEOPLE,
            "how cheap a new identity is",
        ),
        only("gains-from", Type::Components, "", PEOPLE, "components whose verdict they profit from"),
        only(
            "sourcing",
            Type::Word(&["staff", "contractor", "crowd"]),
            "contractor",
            PEOPLE,
            "how these people are engaged",
        ),
        only("independent", Type::Bool, "no", PEOPLE, "an approver who has no stake in the result"),
        only(
            "sees-proposal-first",
            Type::Bool,
            "yes",
            PEOPLE,
            "a reviewer who sees the model's proposal before forming a view",
        ),
        only(
            "isolation",
            Type::Ordered(&["none", "filter", "index", "instance"]),
            "none",
            STORES,
            "how users or tenants are kept apart",
        ),
        only(
            "filter-set-by",
            Type::Word(&["server", "model"]),
            "model",
            STORES,
            "who sets the filter that keeps them apart",
        ),
    ],
    example: r"system: Mail assistant
components:
  clerk:     { kind: employee, zone: workstation }
  assistant: { kind: agent, zone: app, autonomy: approve, acts-as: user, controls: { audit-log: implemented } }
  gpt:       { kind: llm, zone: vendor, model: gpt-4o, source: vendor, updates: periodic }
  mailer:    { kind: tool, zone: app, effects: { send: anyone }, controls: { human-approval: absent } }
flows:
  - clerk -> assistant: request
  - assistant -> gpt: prompt
  - assistant -> mailer: send a letter
",
};

/// Keys of a zone.
pub const ZONE: Section = Section {
    name: "zones",
    doc: "Trust zones. `internet`, `vendor`, `app`, `data`, `training` and `workstation` exist without being written and can be overridden.",
    keys: &[
        key("name", Type::Text, "", "name for people"),
        key("description", Type::Text, "", "what stands in it"),
        key("trust", Type::Ordered(TRUST), "low", "how far what stands in it is trusted"),
        key("parent", Type::Zone, "", "enclosing zone"),
        key("operator", Type::Word(OPERATOR), "us", "who runs it"),
        key("controls", Type::Controls, "", "controls at its boundary"),
    ],
    example: r"system: Two zones
zones:
  partner: { trust: low, operator: supplier }
  vault:   { trust: high, parent: data, controls: [network-segmentation] }
components:
  bureau: { kind: api, zone: partner }
  scorer: { kind: service, zone: vault }
flows:
  - scorer -> bureau: query
",
};

/// Keys of a data asset.
pub const DATA: Section = Section {
    name: "data",
    doc: "Data assets: what would be lost, and who wrote it.",
    keys: &[
        key("name", Type::Text, "", "name for people"),
        key("description", Type::Text, "", "what it is"),
        key("classification", Type::Ordered(CLASSIFICATION), "confidential", "how confidential it is"),
        key("contains", Type::Words(CONTAINS), "", "what it contains"),
        key("origin", Type::Words(ORIGIN), "us", "who wrote it"),
        key("scope", Type::Ordered(SCOPE), "organisation", "whose it is"),
        key("fields", Type::Any, "", "the schema, where it matters"),
        key("retention", Type::Text, "none", "how long it is kept"),
        key("integrity", Type::Ordered(NEED), "medium", "how bad a wrong record would be"),
        key("availability", Type::Ordered(NEED), "medium", "how bad its absence would be"),
        key("provenance", Type::Controls, "", "controls on where it comes from"),
    ],
    example: r"system: Case files
components:
  lawyer: { kind: employee, zone: workstation }
  search: { kind: service, zone: app }
  cases:  { kind: vector-store, zone: data, holds: [files], isolation: filter, filter-set-by: server }
data:
  files: { classification: restricted, contains: [personal, legal], scope: user, origin: [users, supplier], retention: 10 years }
flows:
  - lawyer -> search: question
  - search -> cases
",
};

/// Keys of a flow in the long form.
pub const FLOW: Section = Section {
    name: "flows",
    doc: "Data flows. Short form `a -> b: caption`, `a -> b [tool-call]: caption`, `a <-> b`; a flow that asks is answered unless it is one-way.",
    keys: &[
        must("from", Type::Components, "sender"),
        must("to", Type::Components, "receiver"),
        key("caption", Type::Text, "", "text for people; never read by the analysis"),
        key("id", Type::Text, "", "id, where parallel flows of a pair must be told apart"),
        key("data", Type::Data, "", "data assets on it"),
        key("protocol", Type::Text, "none", "protocol"),
        key("controls", Type::Controls, "", "controls on it"),
        key("carries", Type::Words(&CARRIES), "", "what it carries; inferred from the two kinds when not written"),
        key("one-way", Type::Bool, "no", "nothing comes back"),
        key("asserted", Type::Texts, "none", "what the sender states about itself, unchecked"),
    ],
    example: r"system: Flows
components:
  user:  { kind: customer, zone: internet }
  app:   { kind: llm-app, zone: app }
  gpt:   { kind: llm, zone: vendor }
  audit: { kind: log-store, zone: data }
flows:
  - user -> app: question
  - app -> gpt [prompt, context]: question with passages
  - { from: app, to: audit, caption: prompts and answers, carries: telemetry, one-way: true, controls: [encryption-in-transit] }
",
};

/// Keys of a threat that people found by hand.
pub const OWN_THREAT: Section = Section {
    name: "threats",
    doc: "Threats that people found by hand, a map by key; the id of each is `own:<key>`.",
    keys: &[
        must("title", Type::Text, "one line"),
        must("component", Type::Components, "whose weakness it is, and others touched"),
        key("likelihood", Type::Word(LIKELIHOOD), "possible", "likelihood word"),
        key("impact", Type::Word(IMPACT), "moderate", "impact word"),
        key("stride", Type::Texts, "", "STRIDE words"),
        key("frameworks", Type::Texts, "", "framework ids, OWASP ids with their edition"),
        key("summary", Type::Text, "", "two or three sentences"),
        key("remedies", Type::Texts, "", "what to do"),
    ],
    example: r"system: Own threat
components:
  desk: { kind: human-reviewer, zone: app }
  bot:  { kind: llm-app, zone: app }
flows:
  - bot -> desk: cases
threats:
  bribed-reviewer:
    title: A reviewer is paid to pass cases
    component: desk
    likelihood: unlikely
    impact: major
    stride: [tampering]
    summary: Two reviewers decide alone on cases worth much to outsiders.
    remedies: [draw reviewers at random, review a sample a second time]
",
};

/// Keys of `match` in a decision.
pub const MATCH: Section = Section {
    name: "match",
    doc: "Which threats a decision is for, when it is for more than one.",
    keys: &[key("rule", Type::Text, "", "rule id"), key("component", Type::Components, "", "component id")],
    example: "",
};

/// Keys of `entry` in a decision.
pub const ENTRY: Section = Section {
    name: "entry",
    doc: "A framework entry that a decision answers by a reason.",
    keys: &[
        must("framework", Type::Text, "framework, with its edition: `owasp-llm@2025`"),
        must("id", Type::Text, "id of the entry"),
    ],
    example: "",
};

/// Keys of `rate` in a decision.
pub const RATE: Section = Section {
    name: "rate",
    doc: "How people judge likelihood and impact.",
    keys: &[
        key("likelihood", Type::Word(LIKELIHOOD), "", "likelihood word"),
        key("impact", Type::Word(IMPACT), "", "impact word"),
    ],
    example: "",
};

/// Keys of `saw` in a decision.
pub const SAW: Section = Section {
    name: "saw",
    doc: "What the decision saw; written by `telamon decide`.",
    keys: &[
        key("digest", Type::Text, "", "digest of paths and controls"),
        key("severity", Type::Word(&["low", "medium", "high", "critical"]), "", "severity at that time"),
        key("ids", Type::Texts, "", "threats that matched at that time"),
    ],
    example: "",
};

/// Keys of a decision.
pub const DECISION: Section = Section {
    name: "decisions",
    doc: "What was decided about a threat, by whom and until when.",
    keys: &[
        key("threat", Type::Text, "", "threat id"),
        key("match", Type::Section(&MATCH), "", "threats of a rule or on a component"),
        key("entry", Type::Section(&ENTRY), "", "framework entry answered by a reason"),
        must("response", Type::Word(RESPONSE), "mitigate, accept, transfer, avoid or false-positive"),
        must("why", Type::Text, "the reason"),
        key("by", Type::Text, "", "role that decided"),
        key("date", Type::Date, "", "when"),
        key("until", Type::Date, "", "end of an acceptance"),
        key("owner", Type::Text, "", "role that does it"),
        key("due", Type::Date, "", "when it is to be done"),
        key("ticket", Type::Text, "", "ticket"),
        key("rate", Type::Section(&RATE), "", "likelihood and impact as people judge them"),
        key("saw", Type::Section(&SAW), "", "what the decision saw; written by `telamon decide`"),
    ],
    example: r"system: Decided
components:
  user: { kind: customer, zone: internet }
  bot:  { kind: llm-app, zone: app }
  gpt:  { kind: llm, zone: vendor }
flows:
  - user -> bot: question
  - bot -> gpt: prompt
decisions:
  - match: { component: bot, rule: direct-prompt-injection }
    response: accept
    why: the bot has no tools and holds no data
    by: product owner
    date: 2026-11-20
    until: 2027-05-31
",
};

/// Keys of a loss figure.
pub const LOSS: Section = Section {
    name: "loss",
    doc: "The user's own loss figures, for the quantified risk.",
    keys: &[
        key("low", Type::Number, "", "low figure"),
        key("likely", Type::Number, "", "most likely figure"),
        key("high", Type::Number, "", "high figure"),
        key("currency", Type::Text, "", "currency code"),
        key("period", Type::Text, "", "per event, or per year"),
        key(
            "kind",
            Type::Word(&["response", "replacement", "fines", "lost-business", "lost-advantage", "people-harmed"]),
            "",
            "kind of loss",
        ),
        key("source", Type::Text, "", "where the figure comes from"),
        key("date", Type::Date, "", "when it was given"),
    ],
    example: "",
};

/// Keys of the business section.
pub const BUSINESS: Section = Section {
    name: "business",
    doc: "What the system is for and what its failure would cost.",
    keys: &[
        key("criticality", Type::Ordered(CRITICALITY), "moderate", "how much hangs on it"),
        key("objectives", Type::Texts, "", "what it is to achieve"),
        key("regulations", Type::Texts, "", "laws and standards it falls under"),
        key("loss", Type::List(&LOSS), "", "loss figures"),
    ],
    example: r"system: Business
business:
  criticality: high
  objectives: [answer clients within the day]
  regulations: [gdpr, dora]
  loss:
    - { kind: fines, low: 10000, likely: 80000, high: 900000, currency: EUR, period: per event, source: legal department, date: 2026-10-01 }
components:
  bot: { kind: llm-app, zone: app }
",
};

/// Keys of the rules section.
pub const RULES: Section = Section {
    name: "rules",
    doc: "Own rules and rules switched off; shown in every output.",
    keys: &[
        key("folders", Type::Texts, "", "folders of rule files, relative to the model"),
        key("disabled", Type::Texts, "", "ids of rules that are switched off"),
    ],
    example: r"system: Rules
components:
  bot: { kind: llm-app, zone: app }
rules:
  disabled: [no-audit-trail]
",
};

/// The file.
pub const MODEL: Section = Section {
    name: "model",
    doc: "A system and what is known about it.",
    keys: &[
        must("system", Type::Text, "name of the system"),
        key("description", Type::Text, "", "what it does, for whom"),
        key("owner", Type::Text, "", "role that answers for it"),
        key("lifecycle", Type::Word(LIFECYCLE), "", "stage of its life"),
        key("inventory-id", Type::Text, "", "number in the company's inventory"),
        key("purpose", Type::Text, "", "intended purpose"),
        key("include", Type::Texts, "", "other files of this model, below its folder"),
        key("business", Type::Section(&BUSINESS), "", "objectives, criticality, regulations, loss figures"),
        key("zones", Type::Map(&ZONE), "", "trust zones"),
        key("components", Type::Map(&COMPONENT), "", "what it is made of"),
        key("data", Type::Map(&DATA), "", "data assets"),
        key("flows", Type::Flows, "", "data flows"),
        key("threats", Type::Map(&OWN_THREAT), "", "threats that people found by hand"),
        key("decisions", Type::List(&DECISION), "", "what was decided"),
        key("assumptions", Type::Texts, "", "what was assumed"),
        key("questions", Type::Texts, "", "what is not known"),
        key("rules", Type::Section(&RULES), "", "own rules, rules switched off"),
    ],
    example: r"system: Support assistant
description: Answers customers from a private knowledge base.
owner: head of service
lifecycle: design
components:
  customer:  { kind: person, zone: internet }
  web:       { kind: web-app, zone: app, controls: [authentication] }
  assistant: { kind: llm, zone: vendor, model: gpt-4o }
  kb:        { kind: vector-store, zone: app, holds: [articles] }
data:
  articles: { classification: confidential }
flows:
  - customer -> web: chat message
  - web -> assistant: prompt
  - kb -> assistant: retrieved passages
assumptions: [staff accounts are managed elsewhere]
questions: [who may write articles?]
",
};

/// Sections that have a page of their own.
pub const SECTIONS: [&Section; 9] =
    [&MODEL, &BUSINESS, &ZONE, &COMPONENT, &DATA, &FLOW, &OWN_THREAT, &DECISION, &RULES];

/// Details of a control in the long form.
pub const CONTROL_DETAIL: Section = Section {
    name: "control",
    doc: "A control with its state and what shows it.",
    keys: &[
        must("state", Type::Word(&crate::vocabulary::CONTROL_STATES), "how far it is"),
        key("evidence", Type::Texts, "", "what shows it"),
        key("by", Type::Text, "", "who says so"),
        key("date", Type::Date, "", "when"),
        key("due", Type::Date, "", "when it is to be done"),
        key("why", Type::Text, "", "the reason, for not-applicable; what is left out, for partial"),
        key("per", Type::Words(&["address", "user", "tenant", "token", "money"]), "", "what a limit counts"),
    ],
    example: "",
};

/// Words of effects, for the schema.
pub const EFFECT_WORDS: &[&str] = &EFFECTS;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_words_of_their_key() {
        for section in SECTIONS {
            for key in section.keys {
                if !key.default.is_empty() && key.is_attribute() {
                    assert!(
                        key.words().contains(&key.default),
                        "{}.{}: default `{}`",
                        section.name,
                        key.name,
                        key.default
                    );
                }
            }
        }
    }

    #[test]
    fn a_word_set_fits_its_bits() {
        for section in SECTIONS {
            assert!(section.keys.len() < 64);
            for key in section.keys {
                assert!(key.words().len() <= 32, "{}", key.name);
            }
        }
    }
}
