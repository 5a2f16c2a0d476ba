//! What must hold for every model: the engine is monotone in controls, blind to order and captions, deterministic.

use proptest::prelude::*;
use std::collections::BTreeMap;
use telamon_engine::analysis::{Analysis, Level, Threat};
use telamon_engine::{Inputs, analyze};
use telamon_model::{NoLoader, read};

const KINDS: &[&str] = &[
    "customer",
    "anonymous-user",
    "employee",
    "public-web",
    "email",
    "web-app",
    "api",
    "gateway",
    "llm-app",
    "agent",
    "llm",
    "classifier",
    "inference-endpoint",
    "vector-store",
    "database",
    "agent-memory",
    "semantic-cache",
    "tool",
    "mcp-server",
    "code-interpreter",
    "data-pipeline",
    "dataset",
    "training-job",
    "model-registry",
    "model-hub",
    "log-store",
    "human-reviewer",
    "guardrail",
    "agent-instructions",
    "ci-cd",
];
const ZONES: &[&str] = &["internet", "vendor", "app", "data", "training", "workstation"];
const STATES: &[&str] = &["absent", "unknown", "planned", "attested", "partial", "implemented", "verified"];

#[derive(Debug, Clone)]
struct Sketch {
    components: Vec<(usize, usize, Vec<(usize, usize)>, bool, bool)>,
    flows: Vec<(usize, usize)>,
}

fn sketches() -> impl Strategy<Value = Sketch> {
    let controls = telamon_data::vocabulary().controls.len();
    let component = (
        0..KINDS.len(),
        0..ZONES.len(),
        prop::collection::vec((0..controls, 0..STATES.len()), 0..4),
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(component, 3..10).prop_flat_map(|components| {
        let count = components.len();
        prop::collection::vec((0..count, 0..count), 2..18)
            .prop_map(move |flows| Sketch { components: components.clone(), flows })
    })
}

impl Sketch {
    fn text(&self, order: impl Fn(&mut Vec<String>), caption: &str) -> String {
        let vocabulary = telamon_data::vocabulary();
        let mut components = Vec::new();
        for (number, (kind, zone, controls, holds, effects)) in self.components.iter().enumerate() {
            let mut seen = BTreeMap::new();
            for (control, state) in controls {
                seen.entry(vocabulary.controls[*control].id.clone()).or_insert(STATES[*state]);
            }
            let stated: Vec<String> = seen.iter().map(|(id, state)| format!("{id}: {state}")).collect();
            let holds = if *holds { ", holds: [secretive]" } else { "" };
            let effects = if *effects { ", effects: [send, pay]" } else { "" };
            components.push(format!(
                "  c{number}: {{ kind: {}, zone: {}, controls: {{ {} }}{holds}{effects} }}\n",
                KINDS[*kind],
                ZONES[*zone],
                stated.join(", ")
            ));
        }
        let mut flows: Vec<String> = self
            .flows
            .iter()
            .enumerate()
            .map(|(number, (from, to))| format!("  - c{from} -> c{to}: {caption}{number}\n"))
            .collect();
        order(&mut components);
        order(&mut flows);
        format!(
            "system: Sketch\ncomponents:\n{}data:\n  secretive: {{ classification: restricted, contains: [personal], scope: user, origin: [users, us] }}\nflows:\n{}",
            components.concat(),
            flows.concat()
        )
    }

    fn plain(&self) -> String {
        self.text(|_| {}, "says ")
    }
}

fn analysis(text: &str) -> Analysis {
    let vocabulary = telamon_data::vocabulary();
    let reading = read("m.yaml", text.to_owned(), vocabulary, &mut NoLoader, &Default::default());
    assert!(!reading.has_errors(), "{:#?}\n{text}", reading.diagnostics);
    analyze(
        &reading,
        &Inputs {
            vocabulary,
            catalog: telamon_data::catalog(),
            rules: telamon_data::rules(),
            weights: telamon_data::weights(),
            as_of: "2026-11-25",
            file: "m.yaml",
            version: "test",
            detail: 3,
            elements: true,
            limit: usize::MAX,
        },
    )
}

/// What must not depend on the file: everything but places, captions and digests.
fn essence(analysis: &Analysis) -> Vec<(String, Level, String, Vec<String>)> {
    analysis
        .threats
        .iter()
        .map(|threat| {
            (
                threat.id.clone(),
                threat.risk.current,
                threat.title.clone(),
                threat.paths.iter().map(|path| path.says.clone()).collect(),
            )
        })
        .collect()
}

fn by_id(analysis: &Analysis) -> BTreeMap<&str, &Threat> {
    analysis.threats.iter().map(|threat| (threat.id.as_str(), threat)).collect()
}

/// The rule at the root of a family of successors.
fn family(rule: &str) -> String {
    let rules = telamon_data::rules();
    let mut at = rule.to_owned();
    while let Some(succeeds) = rules.get(&at).and_then(|rule| rule.succeeds.as_ref()) {
        at.clone_from(&succeeds.rule);
    }
    at
}

/// Highest severity and product of each family at each component.
fn families(analysis: &Analysis) -> BTreeMap<(String, String), u8> {
    let mut map = BTreeMap::new();
    for threat in &analysis.threats {
        let level = threat.risk.current;
        let entry =
            map.entry((family(&threat.rule), threat.id.split('@').nth(1).unwrap_or("").to_owned())).or_insert(0);
        *entry = (*entry).max(level.severity as u8);
    }
    map
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_in_the_file_does_not_matter(sketch in sketches()) {
        let forward = analysis(&sketch.plain());
        let backward = analysis(&sketch.text(|lines| lines.reverse(), "says "));
        prop_assert_eq!(essence(&forward), essence(&backward));
    }

    #[test]
    fn captions_change_nothing(sketch in sketches()) {
        let one = analysis(&sketch.plain());
        let other = analysis(&sketch.text(|_| {}, "Überweisung "));
        prop_assert_eq!(essence(&one), essence(&other));
    }

    #[test]
    fn the_same_bytes_come_out(sketch in sketches()) {
        let text = sketch.plain();
        prop_assert_eq!(format!("{:?}", analysis(&text)), format!("{:?}", analysis(&text)));
    }

    #[test]
    fn a_control_removes_no_threat_and_raises_no_risk(
        sketch in sketches(),
        at in any::<prop::sample::Index>(),
        control in any::<prop::sample::Index>(),
        state in 2..STATES.len(),
    ) {
        let mut more = sketch.clone();
        let component = at.index(more.components.len());
        let control = control.index(telamon_data::vocabulary().controls.len());
        // A control that stands there already would be changed, not added.
        prop_assume!(more.components[component].2.iter().all(|(own, _)| *own != control));
        more.components[component].2.push((control, state));
        let before = analysis(&sketch.plain());
        let after = analysis(&more.plain());
        let known = by_id(&after);
        for threat in &before.threats {
            // A successor stands on a control; its family is looked at below.
            let root = telamon_data::rules().get(&threat.rule).is_none_or(|rule| rule.succeeds.is_none());
            let Some(now) = known.get(threat.id.as_str()) else {
                prop_assert!(!root, "{} is gone", threat.id);
                continue;
            };
            if root {
                prop_assert!(now.risk.current.likelihood <= threat.risk.current.likelihood, "{} became likelier", threat.id);
                prop_assert!(now.risk.current.impact <= threat.risk.current.impact, "{} became worse", threat.id);
            }
        }
        let families_before = families(&before);
        for (family, severity) in families(&after) {
            let was = families_before.get(&family).copied().unwrap_or(0);
            prop_assert!(severity <= was, "the family {:?} rose from {} to {}", family, was, severity);
        }
    }

    #[test]
    fn a_flow_without_controls_removes_no_label(sketch in sketches(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let mut more = sketch.clone();
        let count = more.components.len();
        more.flows.push((from.index(count), to.index(count)));
        let before = analysis(&sketch.plain());
        let after = analysis(&more.plain());
        for (one, other) in before.components.iter().zip(&after.components) {
            for label in &one.labels {
                prop_assert!(other.labels.contains(label), "{} lost {label}", one.id);
            }
        }
    }
}
