//! Made-up models of any size, for benches and for trying things out.
//!
//! One component in ten is of an AI kind. Zones, data assets and controls in
//! every state are there in the proportions of a usual model. What is written
//! is valid: every reference leads somewhere, every control can stand where it
//! stands.

use crate::random::Random;
use crate::run::{Done, Failure};
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use telamon_model::Vocabulary;
use telamon_model::vocabulary::KindIx;

/// How flows are spread over the components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A circle with chords: every component has as many flows as the others.
    Ring,
    /// Few components receive most of the flows.
    PowerLaw,
}

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Number of components.
    pub components: usize,
    /// Number of flows.
    pub flows: usize,
    /// How the flows are spread.
    pub shape: Shape,
    /// The same seed gives the same model.
    pub seed: u64,
}

/// What surrounds the AI parts, with the zone in which it usually stands.
const USUAL: &[(&str, &str)] = &[
    ("customer", "internet"),
    ("employee", "workstation"),
    ("public-web", "internet"),
    ("email", "internet"),
    ("web-app", "app"),
    ("mobile-app", "internet"),
    ("api", "app"),
    ("service", "app"),
    ("service", "app"),
    ("function", "app"),
    ("gateway", "app"),
    ("queue", "app"),
    ("cache", "app"),
    ("database", "data"),
    ("database", "data"),
    ("object-store", "data"),
    ("log-store", "data"),
    ("identity-provider", "app"),
    ("secret-store", "data"),
    ("ci-cd", "training"),
    ("repository", "training"),
    ("container", "app"),
];

/// AI kinds, with the zone in which each usually stands.
const AI: &[(&str, &str)] = &[
    ("llm", "vendor"),
    ("llm", "app"),
    ("llm-app", "app"),
    ("agent", "app"),
    ("classifier", "app"),
    ("embedding-model", "app"),
    ("inference-endpoint", "app"),
    ("vector-store", "data"),
    ("retriever", "app"),
    ("agent-memory", "data"),
    ("tool", "app"),
    ("mcp-server", "app"),
    ("guardrail", "app"),
    ("dataset", "training"),
    ("training-job", "training"),
    ("data-pipeline", "training"),
    ("model-registry", "training"),
    ("model-hub", "internet"),
];

const STATES: &[&str] =
    &["implemented", "implemented", "verified", "partial", "attested", "planned", "absent", "unknown"];
const CLASSES: &[&str] = &["public", "internal", "confidential", "confidential", "restricted"];
const ORIGINS: &[&str] = &["us", "users", "outsiders", "public-web", "supplier"];
const SCOPES: &[&str] = &["user", "tenant", "organisation", "everyone"];
const TRUST: &[&str] = &["low", "medium", "medium", "high"];
const EFFECTS: &[&str] = &["send: anyone", "write: own-tenant", "pay: allow-list", "execute: self", "read: anyone"];

/// Writes the model to a file.
pub fn to_file(plan: &Plan, path: &Path) -> Done {
    File::create(path)
        .and_then(|file| write(plan, telamon_data::vocabulary(), &mut BufWriter::new(file)))
        .map_err(|error| Failure::cannot(format!("cannot write `{}`: {error}", path.display())))
}

/// The model as text.
pub fn text(plan: &Plan) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = write(plan, telamon_data::vocabulary(), &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn write(plan: &Plan, vocabulary: &Vocabulary, out: &mut impl Write) -> io::Result<()> {
    let mut random = Random::new(plan.seed);
    let zones = plan.components.div_ceil(50).min(500);
    let assets = plan.components.div_ceil(20);
    writeln!(out, "system: Generated, {} components, seed {}", plan.components, plan.seed)?;
    writeln!(out, "zones:")?;
    for zone in 0..zones {
        let parent = if zone >= 10 { format!(", parent: z{}", zone / 10) } else { String::new() };
        writeln!(out, "  z{zone}: {{ trust: {}{parent} }}", random.pick(TRUST))?;
    }
    writeln!(out, "components:")?;
    let controls = Standing::of(vocabulary);
    for component in 0..plan.components {
        one_component(component, zones, assets, &controls, &mut random, out)?;
    }
    writeln!(out, "data:")?;
    for asset in 0..assets {
        writeln!(
            out,
            "  d{asset}: {{ classification: {}, origin: {}, scope: {} }}",
            random.pick(CLASSES),
            random.pick(ORIGINS),
            random.pick(SCOPES)
        )?;
    }
    writeln!(out, "flows:")?;
    for flow in 0..plan.flows {
        if let Some((from, to)) = ends(plan, flow, &mut random) {
            writeln!(out, "  - c{from} -> c{to}: message {flow}")?;
        }
    }
    out.flush()
}

fn one_component(
    number: usize,
    zones: usize,
    assets: usize,
    controls: &Standing<'_>,
    random: &mut Random,
    out: &mut impl Write,
) -> io::Result<()> {
    let (kind, usual) = if number % 10 == 9 { random.pick(AI) } else { random.pick(USUAL) };
    let own = *usual != "internet" && *usual != "vendor" && random.percent(60);
    let zone = if own { format!("z{}", random.below(zones)) } else { (*usual).to_owned() };
    write!(out, "  c{number}: {{ kind: {kind}, zone: {zone}")?;
    if matches!(*kind, "database" | "object-store" | "vector-store" | "dataset" | "agent-memory" | "log-store") {
        write!(out, ", holds: [d{}]", random.below(assets))?;
    }
    if matches!(*kind, "tool" | "mcp-server" | "agent") && random.percent(60) {
        write!(out, ", effects: {{ {} }}", random.pick(EFFECTS))?;
    }
    let standing = controls.on(kind);
    if !standing.is_empty() && random.percent(40) {
        let mut chosen: Vec<&str> = (0..=random.below(3)).map(|_| *random.pick(standing)).collect();
        chosen.sort_unstable();
        chosen.dedup();
        let stated: Vec<String> =
            chosen.into_iter().map(|control| format!("{control}: {}", random.pick(STATES))).collect();
        write!(out, ", controls: {{ {} }}", stated.join(", "))?;
    }
    writeln!(out, " }}")
}

/// The two ends of a flow; none where there is but one component.
fn ends(plan: &Plan, flow: usize, random: &mut Random) -> Option<(usize, usize)> {
    let count = plan.components;
    if count < 2 {
        return None;
    }
    let from = flow % count;
    let to = match plan.shape {
        // Round n of the circle goes seven steps further than the one before.
        Shape::Ring => (from + 1 + flow / count * 7) % count,
        Shape::PowerLaw => {
            // The cube of a share of a million or so: half of the flows go to an eighth of the components.
            let share = random.below(1 << 20) as u128;
            ((count as u128 * share * share * share) >> 60) as usize
        }
    };
    Some((from, if to == from { (to + 1) % count } else { to }))
}

/// The controls that can stand on a component of each kind that is used.
struct Standing<'v>(Vec<(&'static str, Vec<&'v str>)>);

impl<'v> Standing<'v> {
    fn of(vocabulary: &'v Vocabulary) -> Self {
        let on = |kind: Option<KindIx>| {
            let kinds: Vec<KindIx> = kind.into_iter().collect();
            let can = vocabulary.controls.iter().filter(|control| vocabulary.can_stand(control, &kinds));
            can.map(|control| control.id.as_str()).collect()
        };
        Self(USUAL.iter().chain(AI).map(|(kind, _)| (*kind, on(vocabulary.kind(kind)))).collect())
    }

    fn on(&self, kind: &str) -> &[&'v str] {
        self.0.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, controls)| controls)
    }
}
