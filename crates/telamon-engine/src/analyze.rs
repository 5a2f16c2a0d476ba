//! From a model that was read to its analysis.

mod describe;
mod own;

use crate::analysis::{
    ANALYSIS_VERSION, Analysis, Business, CatalogEdition, DiagnosticInfo, ModelInfo, Persona, RulesInfo, Severity,
    Status, Summary, Threat, Tool, WeightsInfo,
};
use crate::coverage::coverage;
use crate::digest::Digest;
use crate::eval::View;
use crate::facts::Facts;
use crate::labels::{Begun, Credit, Hops, Labels, Standing, Table, begin, uses};
use crate::locate::Locator;
use crate::threats::build::build;
use crate::threats::find::{self, Sets, find};
use crate::threats::prepared::Preparation;
use crate::threats::rank::rank;
use crate::threats::remedies::Reruns;
use crate::threats::{Found, World};
use crate::weights::Weights;
use crate::{decisions, incidents, questions, surface};
use std::collections::{BTreeMap, BTreeSet};
use telamon_catalog::Catalog;
use telamon_model::model::ControlState;
use telamon_model::threads;
use telamon_model::vocabulary::LabelSet;
use telamon_model::{Graph, Reading, Vocabulary};
use telamon_rules::{Plan, RuleSet};
use telamon_text::{Diagnostic, Level};

/// What an analysis is made from besides the model.
#[derive(Clone, Copy)]
pub struct Inputs<'i> {
    /// Kinds, controls and tables.
    pub vocabulary: &'i Vocabulary,
    /// Frameworks.
    pub catalog: &'i Catalog,
    /// Rules in force.
    pub rules: &'i RuleSet,
    /// Weights of the risk.
    pub weights: &'i Weights,
    /// Date, `YYYY-MM-DD`.
    pub as_of: &'i str,
    /// Name of the model file for outputs.
    pub file: &'i str,
    /// Version of the program.
    pub version: &'i str,
    /// For how many threats the effect of each remedy is computed.
    pub detail: usize,
    /// How many threats are written out; all are counted. `usize::MAX` for all.
    pub limit: usize,
    /// Whether components and flows are described; reports that name them only in threats do without.
    pub elements: bool,
}

/// The three ways of counting controls, each with what travels then. Two that would be the same are one.
struct Views {
    inherent: View,
    /// None where there is no control at all: then it is as without controls.
    current: Option<View>,
    /// None where no control is planned: then it is as now.
    target: Option<View>,
}

impl Views {
    fn current(&self) -> &View {
        self.current.as_ref().unwrap_or(&self.inherent)
    }

    fn target(&self) -> &View {
        self.target.as_ref().unwrap_or_else(|| self.current())
    }
}

fn views(graph: &Graph<'_>, table: &Table, standing: &Standing<'_>, sources: &[LabelSet]) -> Views {
    let view = |credit: Credit| {
        let hops = Hops::weigh(graph, standing, credit, None, &[]);
        View::new(graph, table, sources, credit, hops)
    };
    let planned = uses(graph).any(|used| used.state == ControlState::Planned);
    let any = planned || uses(graph).next().is_some();
    let (current, (inherent, target)) = threads::both(
        graph.components.len(),
        || any.then(|| view(Credit::Current)),
        || (view(Credit::Inherent), planned.then(|| view(Credit::Target))),
    );
    Views { inherent, current, target }
}

/// The most mature technique of each rule decides its maturity.
fn maturity(inputs: &Inputs<'_>) -> Vec<String> {
    const ORDER: [&str; 3] = ["feasible", "demonstrated", "realized"];
    inputs
        .rules
        .rules
        .iter()
        .map(|rule| {
            rule.maps
                .iter()
                .flat_map(|mapping| mapping.ids.iter().map(move |id| (mapping, id)))
                .filter_map(|(mapping, id)| {
                    let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
                    let entry = inputs.catalog.entry(&mapping.framework, edition, id)?;
                    let word = entry.entry.maturity.as_deref()?;
                    ORDER.iter().position(|known| *known == word)
                })
                .max()
                .and_then(|at| ORDER.get(at))
                .map_or(String::new(), |word| (*word).to_owned())
        })
        .collect()
}

/// The technique, of a sub-technique its parent, that each rule is first named after; empty where it has none.
fn named(inputs: &Inputs<'_>) -> Vec<String> {
    let first = |rule: &telamon_rules::Rule| {
        let mapping = rule.maps.first()?;
        let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
        let entry = inputs.catalog.entry(&mapping.framework, edition, mapping.ids.first()?)?.entry;
        Some(entry.parent.clone().unwrap_or_else(|| entry.id.clone()))
    };
    inputs.rules.rules.iter().map(|rule| first(rule).unwrap_or_default()).collect()
}

/// A store that holds what outsiders wrote is where their words begin only when no flow shows how they come
/// there; else the way from their author is the one to show.
fn refine(graph: &Graph<'_>, table: &Table, standing: &Standing<'_>, begun: &mut Begun) {
    let Begun { sources, held, .. } = begun;
    if held.iter().all(|labels| *labels == 0) {
        return;
    }
    let others: Vec<LabelSet> = sources.iter().zip(&*held).map(|(all, held)| all & !held).collect();
    let hops = Hops::weigh(graph, standing, Credit::Inherent, None, &[]);
    let labels = Labels::travel(graph, table, &others, &hops);
    for (component, (all, held)) in graph.components.ids().zip(sources.iter_mut().zip(&*held)) {
        *all &= !(held & labels.set(component));
    }
}

/// Calls `then` with everything that is known before the first threat is built.
pub(crate) fn with_world<T>(reading: &Reading, inputs: &Inputs<'_>, then: impl FnOnce(&World<'_, '_>) -> T) -> T {
    let graph = Graph::build(&reading.model, inputs.vocabulary);
    let table = Table::of(&graph);
    let standing = Standing::gather(&graph);
    let mut begun = begin(&graph);
    refine(&graph, &table, &standing, &mut begun);
    let views = views(&graph, &table, &standing, &begun.sources);
    let facts = Facts::derive(&graph, &table, &begun, &views.inherent);
    let plan = Plan::compile(inputs.rules);
    let world = World {
        graph: &graph,
        table: &table,
        sources: &begun.sources,
        controls: &standing,
        facts: &facts,
        inherent: &views.inherent,
        current: views.current(),
        target: views.target(),
        rules: inputs.rules,
        plan: &plan,
        weights: inputs.weights,
        catalog: inputs.catalog,
        prepared: Preparation::new(&graph, &standing, inputs.rules, inputs.weights, &maturity(inputs), &named(inputs)),
    };
    then(&world)
}

/// Analyses a model. A model with errors is analysed as far as it could be read.
pub fn analyze(reading: &Reading, inputs: &Inputs<'_>) -> Analysis {
    with_world(reading, inputs, |world| analysis(world, reading, inputs))
}

/// Findings with their ids, ranked, decisions applied.
pub(crate) fn ranked(
    world: &World<'_, '_>,
    locator: &Locator<'_>,
    as_of: &str,
    out: &mut Vec<Diagnostic>,
) -> (Vec<(Found, String)>, Vec<crate::analysis::Decision>) {
    let sets = Sets::of(world);
    let found = find(world, &sets);
    drop(sets);
    let chunks: Vec<&[Found]> = found.chunks(4096).collect();
    let ids = threads::each(chunks.len(), world.graph.components.len(), |chunk| -> Vec<String> {
        chunks.get(chunk).into_iter().copied().flatten().map(|found| find::id(world, found)).collect()
    });
    let mut found: Vec<(Found, String)> = found.into_iter().zip(ids.into_iter().flatten()).collect();
    let decisions = decisions::apply(world, locator, &mut found, as_of, out);
    (rank(world, found), decisions)
}

fn analysis(world: &World<'_, '_>, reading: &Reading, inputs: &Inputs<'_>) -> Analysis {
    let locator = Locator::new(&reading.sources);
    let mut diagnostics = reading.diagnostics.clone();
    let elements = world.graph.components.len();
    let (warnings, (found, mut decided, more)) = threads::both(
        elements,
        || {
            let mut warnings = Vec::new();
            telamon_model::check::warnings(world.graph, &mut warnings);
            warnings
        },
        || {
            let mut more = Vec::new();
            let (found, decided) = ranked(world, &locator, inputs.as_of, &mut more);
            (found, decided, more)
        },
    );
    diagnostics.extend(warnings);
    diagnostics.extend(more);
    let reruns = Reruns::default();
    let mut threats: Vec<Threat> = Vec::new();
    let mut shown: Vec<&Found> = Vec::new();
    // Rules of which a system shows the worst place alone.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for (number, (found, id)) in found.iter().enumerate().take(inputs.limit) {
        let reruns = (number < inputs.detail).then_some(&reruns);
        if let Some(mut threat) = build(world, &locator, found, id.clone(), reruns) {
            let once = world.rule(found).is_some_and(|rule| rule.once) && found.status != Status::Mitigated;
            if once && !told.insert(found.rule) {
                threat.persona = threat.persona.max(Persona::Pedantic);
            }
            threats.push(threat);
            shown.push(found);
        }
    }
    let own = own::threats(world, &locator, inputs.as_of, &mut decided);
    let mut summary = summary(world, &found);
    for threat in own {
        count(&mut summary, &threat);
        let at = threats.partition_point(|other| {
            (other.status == Status::Mitigated, std::cmp::Reverse((other.severity, other.likelihood * other.impact)))
                <= (false, std::cmp::Reverse((threat.severity, threat.likelihood * threat.impact)))
        });
        threats.insert(at, threat);
    }
    // Own threats stand among the others, which keep their order.
    let built: Vec<(&Found, &Threat)> =
        shown.into_iter().zip(threats.iter().filter(|threat| !threat.id.starts_with("own:"))).take(ASKED_OF).collect();
    let (questions, numbers) = questions::questions(world, &built);
    let model = &reading.model;
    telamon_text::sort(&mut diagnostics);
    let (attack_surface, digest) =
        threads::both(elements, || surface::surface(world, &threats), || model_digest(reading));
    Analysis {
        version: ANALYSIS_VERSION,
        tool: Tool { name: "telamon".into(), version: inputs.version.into() },
        model: ModelInfo {
            system: model.system.clone(),
            file: inputs.file.into(),
            digest,
            description: model.description.clone(),
            owner: model.owner.clone(),
            lifecycle: model.lifecycle.clone(),
            business: Business {
                criticality: model
                    .business
                    .criticality
                    .and_then(|at| telamon_model::declaration::CRITICALITY.get(usize::from(at)))
                    .map_or(String::new(), |word| (*word).to_owned()),
                objectives: model.business.objectives.clone(),
                regulations: model.business.regulations.clone(),
            },
        },
        as_of: inputs.as_of.into(),
        catalog: editions(inputs.catalog),
        rules: RulesInfo {
            digest: rules_digest(inputs.rules),
            disabled: inputs.rules.disabled.clone(),
            changed: inputs.rules.changed.clone(),
            count: inputs.rules.rules.len(),
        },
        weights: WeightsInfo {
            version: inputs.weights.version.clone(),
            digest: crate::digest::of(&format!("{:?}", inputs.weights)),
        },
        summary,
        zones: describe::zones(world),
        components: if inputs.elements { describe::components(world, &locator) } else { Vec::new() },
        flows: if inputs.elements { describe::flows(world, &locator) } else { Vec::new() },
        data: describe::data(world),
        coverage: coverage(world, &threats, &numbers),
        assets: surface::assets(world, &threats),
        attack_surface,
        incidents: incidents::of_system(inputs.catalog, &threats),
        threats,
        decisions: decided,
        assumptions: model.assumptions.clone(),
        questions,
        diagnostics: diagnostics
            .iter()
            .map(|diagnostic| DiagnosticInfo {
                code: diagnostic.code.as_str().to_owned(),
                severity: match diagnostic.level {
                    Level::Error => "error",
                    Level::Warning => "warning",
                    Level::Note => "note",
                }
                .to_owned(),
                message: diagnostic.message.clone(),
                location: diagnostic.span.and_then(|span| locator.place(span)),
            })
            .collect(),
    }
}

/// Questions are made from so many threats at the most.
const ASKED_OF: usize = 2_000;

/// Editions that ids of threats are taken from; of each framework the default edition first, then newer before older.
fn editions(catalog: &Catalog) -> Vec<CatalogEdition> {
    let mut list: Vec<(&str, &str, bool)> =
        catalog.editions().filter(|(framework, _, _)| !LOOKED_UP.contains(framework)).collect();
    list.sort_by(|a, b| (a.0, !a.2, std::cmp::Reverse(a.1)).cmp(&(b.0, !b.2, std::cmp::Reverse(b.1))));
    list.into_iter()
        .map(|(framework, edition, _)| CatalogEdition {
            framework: framework.to_owned(),
            edition: edition.to_owned(),
            name: String::new(),
        })
        .collect()
}

/// Frameworks that only the id lint looks into.
const LOOKED_UP: [&str; 1] = ["attack"];

/// Digest of every file that was read.
fn model_digest(reading: &Reading) -> String {
    let mut digest = Digest::default();
    for at in 0..reading.sources.len() {
        if let Ok(at) = u32::try_from(at) {
            digest.text(reading.sources.text(telamon_text::SourceId(at)));
        }
    }
    digest.hex()
}

fn rules_digest(rules: &RuleSet) -> String {
    let mut digest = Digest::default();
    for rule in &rules.rules {
        digest.text(&rule.id);
        digest.text(&rule.when_text);
        digest.text(&format!("{:?}{:?}{:?}", rule.answers, rule.likelihood, rule.impact));
    }
    digest.hex()
}

/// Row and column of a level in the matrices.
fn cell(matrix: &mut [[usize; 5]; 5], likelihood: u8, impact: u8) {
    let row = 5usize.saturating_sub(usize::from(impact.clamp(1, 5)));
    let column = usize::from(likelihood.clamp(1, 5)) - 1;
    if let Some(cell) = matrix.get_mut(row).and_then(|row| row.get_mut(column)) {
        *cell += 1;
    }
}

fn summary(world: &World<'_, '_>, found: &[(Found, String)]) -> Summary {
    let mut summary = Summary {
        threats: found.len(),
        by_status: BTreeMap::new(),
        by_severity: [Severity::Low, Severity::Medium, Severity::High, Severity::Critical]
            .into_iter()
            .map(|severity| (severity, 0))
            .collect(),
        matrix: [[0; 5]; 5],
        matrix_inherent: [[0; 5]; 5],
        matrix_target: [[0; 5]; 5],
        matrix_severity: world.weights.matrix,
        components: world.graph.components.len(),
        flows: world.graph.flows.len(),
        zones: world.graph.zones.len(),
    };
    for (found, _) in found {
        *summary.by_status.entry(found.status).or_default() += 1;
        cell(&mut summary.matrix_inherent, found.inherent.likelihood, found.inherent.impact);
        if found.is_counted() {
            let level = found.level();
            *summary.by_severity.entry(level.severity(world.weights)).or_default() += 1;
            cell(&mut summary.matrix, level.likelihood, level.impact);
            cell(&mut summary.matrix_target, found.target.likelihood, found.target.impact);
        }
    }
    summary
}

/// Adds a threat that people found to the counts.
fn count(summary: &mut Summary, threat: &Threat) {
    summary.threats += 1;
    *summary.by_status.entry(threat.status).or_default() += 1;
    cell(&mut summary.matrix_inherent, threat.likelihood, threat.impact);
    if threat.status.is_live() {
        *summary.by_severity.entry(threat.severity).or_default() += 1;
        cell(&mut summary.matrix, threat.likelihood, threat.impact);
        cell(&mut summary.matrix_target, threat.likelihood, threat.impact);
    }
}
