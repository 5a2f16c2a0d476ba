//! Whether a model may pass: its analysis against a policy.

use crate::analysis::{Analysis, Location, Severity, Status, Threat};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use telamon_catalog::Catalog;
use telamon_model::Vocabulary;
use telamon_text::yaml::Node;
use telamon_text::{Diagnostic, SourceId, Span, suggest, yaml};

/// What a model must fulfil. See `catalog/policy.yaml` for the keys.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    /// Name for outputs.
    pub name: String,
    /// Highest severity that may stay open, by criticality of the business.
    pub max_open: BTreeMap<String, Severity>,
    /// States of decisions that stop the gate.
    #[serde(default)]
    pub decisions: Vec<String>,
    /// Whether rules may be switched off.
    #[serde(default)]
    pub disabled_rules: Permission,
    /// Frameworks of which every entry must be accounted for, with an edition if wanted.
    #[serde(default)]
    pub checklists: Vec<String>,
    /// Controls that kinds must have.
    #[serde(default)]
    pub required: Vec<Required>,
}

/// Whether something is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// It is.
    #[default]
    Allow,
    /// It is not.
    Forbid,
}

/// Controls that components of some kinds must state.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Required {
    /// Kinds; their descendants are meant too.
    pub kinds: Vec<String>,
    /// One of these controls must be in place.
    pub any_of: Vec<String>,
    /// Why.
    pub because: String,
}

/// Something that the policy forbids.
#[derive(Debug, Clone, Serialize)]
pub struct Breach {
    /// Which part of the policy: max-open, decision, disabled-rule, checklist, required-control.
    pub check: String,
    /// What is wrong and what would be right.
    pub says: String,
    /// Threat, decision, rule, entry or component that it is about.
    pub about: String,
    /// How severe, where it is a threat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Where in the model file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// States of a control that count as in place.
const IN_PLACE: [&str; 3] = ["implemented", "attested", "verified"];

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// Everything that is wrong with the file, words that the vocabulary does not know included.
    pub fn parse(source: SourceId, text: &str, vocabulary: &Vocabulary) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let root = yaml::read(source, text, &yaml::Limits::default(), &mut diagnostics);
        let Some(root) = root else { return Err(diagnostics) };
        let policy: Self = yaml::from_node(&root).map_err(|diagnostic| vec![diagnostic])?;
        let mut wrong = |at: Span, message: String, known: &[&str], word: &str| {
            let near = suggest::closest(word, known.iter().copied());
            let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
            diagnostics.push(Diagnostic::error(CODE, message).at(at).label(label));
        };
        let levels = telamon_model::declaration::CRITICALITY;
        if let Some((key, limits)) = root.get_entry("max-open") {
            for (word, at) in limits.entries().iter().filter_map(|(key, _)| Some((key.as_str()?, key.span))) {
                if !levels.contains(&word) {
                    let known = levels.join(", ");
                    wrong(at, format!("`{word}` in `max-open` is no criticality; write one of {known}"), levels, word);
                }
            }
            // A level that is left out would let everything pass.
            let missing: Vec<&str> =
                levels.iter().copied().filter(|level| !policy.max_open.contains_key(*level)).collect();
            if !missing.is_empty() {
                let missing = missing.join(", ");
                wrong(key.span, format!("`max-open` does not say what may be open at: {missing}"), &[], "");
            }
        }
        for (state, at) in root.get("decisions").map(words).unwrap_or_default() {
            if !DECISION_STATES.contains(&state) {
                let known = DECISION_STATES.join(", ");
                let message = format!("`{state}` is no state of a decision; write one of {known}");
                wrong(at, message, &DECISION_STATES, state);
            }
        }
        let kinds: Vec<&str> = vocabulary.kinds.iter().map(|kind| kind.id.as_str()).collect();
        let controls: Vec<&str> = vocabulary.controls.iter().map(|control| control.id.as_str()).collect();
        for required in root.get("required").map(Node::items).unwrap_or_default() {
            for (kind, at) in required.get("kinds").map(words).unwrap_or_default() {
                if vocabulary.kind(kind).is_none() {
                    wrong(at, format!("`{kind}` is no kind; `telamon kinds` lists them"), &kinds, kind);
                }
            }
            for (control, at) in required.get("any-of").map(words).unwrap_or_default() {
                if vocabulary.control(control).is_none() {
                    wrong(at, format!("`{control}` is no control; `telamon controls` lists them"), &controls, control);
                }
            }
        }
        if diagnostics.is_empty() { Ok(policy) } else { Err(diagnostics) }
    }

    /// What is wrong with the checklists of a policy that could be read: a list that nobody knows would let everything
    /// pass.
    pub fn unknown_checklists(source: SourceId, text: &str, catalog: &Catalog) -> Vec<Diagnostic> {
        let Some(root) = yaml::read(source, text, &yaml::Limits::default(), &mut Vec::new()) else { return Vec::new() };
        let known: Vec<(&str, &str)> = catalog
            .editions()
            .filter(|(id, ..)| catalog.is_accounted(id))
            .map(|(id, edition, _)| (id, edition))
            .collect();
        let ids: BTreeSet<&str> = known.iter().map(|(id, _)| *id).collect();
        let mut diagnostics = Vec::new();
        for (list, at) in root.get("checklists").map(words).unwrap_or_default() {
            let (framework, edition) = split(list);
            let (message, label) = if !ids.contains(framework) {
                let all: Vec<&str> = ids.iter().copied().collect();
                let near = suggest::closest(framework, ids.iter().copied());
                let label = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                (format!("`{framework}` is no checklist; there are {}", all.join(", ")), label)
            } else if edition.is_some_and(|edition| !known.contains(&(framework, edition))) {
                let of = known.iter().filter(|(id, _)| *id == framework);
                let editions: Vec<String> = of.map(|(id, edition)| format!("{id}@{edition}")).collect();
                (format!("there is no checklist `{list}`"), format!("there is {}", editions.join(", ")))
            } else {
                continue;
            };
            diagnostics.push(Diagnostic::error(CODE, message).at(at).label(label));
        }
        diagnostics
    }
}

/// Code of what is wrong with the words of a policy.
const CODE: &str = "bad-policy";

/// The words of a list, with their places.
fn words<'n>(list: &'n Node<'_>) -> Vec<(&'n str, Span)> {
    list.items().iter().filter_map(|item| Some((item.as_str()?, item.span))).collect()
}

/// Framework and edition, where one is named.
fn split(list: &str) -> (&str, Option<&str>) {
    list.split_once('@').map_or((list, None), |(id, of)| (id, Some(of)))
}

/// States of decisions that a policy can forbid.
const DECISION_STATES: [&str; 4] = ["expired", "review", "overdue", "unused"];

/// Everything in which the analysis breaks the policy. `known` are threats that a baseline lets pass.
pub fn gate(
    policy: &Policy,
    analysis: &Analysis,
    vocabulary: &Vocabulary,
    known: impl Fn(&Threat) -> bool,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    threats(policy, analysis, known, &mut breaches);
    for decision in analysis.decisions.iter().filter(|decision| policy.decisions.contains(&decision.state)) {
        breaches.push(Breach {
            check: "decision".into(),
            says: format!(
                "the decision is {}{}; renew it or answer the threat",
                decision.state,
                if decision.because.is_empty() { String::new() } else { format!(": {}", decision.because) }
            ),
            about: decision.target.clone(),
            severity: None,
            location: decision.location.clone(),
        });
    }
    if policy.disabled_rules == Permission::Forbid {
        breaches.extend(analysis.rules.disabled.iter().map(|rule| Breach {
            check: "disabled-rule".into(),
            says: format!("the rule `{rule}` is switched off; switch it on and decide about its threats instead"),
            about: rule.clone(),
            severity: None,
            location: None,
        }));
    }
    checklists(policy, analysis, &mut breaches);
    required(policy, analysis, vocabulary, &mut breaches);
    breaches
}

fn threats(policy: &Policy, analysis: &Analysis, known: impl Fn(&Threat) -> bool, breaches: &mut Vec<Breach>) {
    // What is not said is taken as in the declaration of the key.
    let criticality = match analysis.model.business.criticality.as_str() {
        "" => "moderate",
        word => word,
    };
    let Some(most) = policy.max_open.get(criticality).copied() else { return };
    for threat in &analysis.threats {
        let severity = threat.effective_severity();
        if matches!(threat.status, Status::Open | Status::Review) && severity > most && !known(threat) {
            breaches.push(Breach {
                check: "max-open".into(),
                says: format!("{} is open, and nothing above {} may be", severity.word(), most.word()),
                about: threat.id.clone(),
                severity: Some(severity),
                location: threat.location.clone(),
            });
        }
    }
}

fn checklists(policy: &Policy, analysis: &Analysis, breaches: &mut Vec<Breach>) {
    for list in &policy.checklists {
        let (framework, edition) = split(list);
        let open = analysis.coverage.iter().filter(|entry| {
            entry.framework == framework
                && edition.is_none_or(|edition| edition == entry.edition)
                && matches!(entry.state.as_str(), "cannot-tell" | "not-assessed")
        });
        for entry in open {
            breaches.push(Breach {
                check: "checklist".into(),
                says: format!("{} cannot be told: {}", entry.name, entry.because),
                about: format!("{framework}@{}: {}", entry.edition, entry.id),
                severity: None,
                location: None,
            });
        }
    }
}

fn required(policy: &Policy, analysis: &Analysis, vocabulary: &Vocabulary, breaches: &mut Vec<Breach>) {
    for component in &analysis.components {
        let is = |kind: &String| vocabulary.any_is_a(&component.kinds, kind);
        for required in policy.required.iter().filter(|required| required.kinds.iter().any(is)) {
            let has = |control: &String| {
                component
                    .controls
                    .iter()
                    .any(|stated| stated.id == *control && IN_PLACE.contains(&stated.state.as_str()))
            };
            if !required.any_of.iter().any(has) {
                breaches.push(Breach {
                    check: "required-control".into(),
                    says: format!(
                        "{} states none of {} as implemented: {}",
                        component.id,
                        required.any_of.join(", "),
                        required.because
                    ),
                    about: component.id.clone(),
                    severity: None,
                    location: component.location.clone(),
                });
            }
        }
    }
}
