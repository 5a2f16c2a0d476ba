//! Decisions: what people decided about threats, and whether that still covers what is there.

use crate::analysis::{Decision, Location, Severity, Status};
use crate::digest::Digest;
use crate::locate::Locator;
use crate::threats::build::{element, proof};
use crate::threats::paths::ways;
use crate::threats::{Found, Level, World};
use telamon_model::hash::FastMap;
use telamon_model::ids::ComponentId;
use telamon_model::model::{DecisionDef, Target};
use telamon_text::Diagnostic;

/// How many ids are compared at most to propose similar ones.
const COMPARED: usize = 300_000;

/// Applies the decisions of the model to the findings. Gives them as they stand in the analysis.
pub(crate) fn apply(
    world: &World<'_, '_>,
    locator: &Locator<'_>,
    found: &mut [(Found, String)],
    as_of: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<Decision> {
    let mut list: Vec<Decision> = Vec::new();
    let index = Index::of(world, found);
    let mut compared = 0;
    for (number, def) in world.graph.model.decisions.iter().enumerate() {
        let mut decision = plain(def, locator.place(def.span));
        let mut states = Vec::new();
        for at in index.candidates(world, def) {
            let Some((found, id)) = found.get_mut(*at) else {
                continue;
            };
            if !is_for(world, def, found, id) || found.decision.is_some() {
                continue;
            }
            decision.threats.push(id.clone());
            found.decision = Some(number);
            if let (likelihood @ Some(_), impact) | (likelihood, impact @ Some(_)) =
                (def.rate_likelihood, def.rate_impact)
            {
                found.rated = Some(Level {
                    likelihood: likelihood.unwrap_or(found.current.likelihood),
                    impact: impact.unwrap_or(found.current.impact),
                });
            }
            states.push(judge(world, def, found, id, as_of));
        }
        // The worst of what it came to speaks for the decision.
        let order = ["review", "expired", "overdue", "in-force", "unused"];
        let worst = states.into_iter().min_by_key(|(state, _)| order.iter().position(|word| word == state));
        (decision.state, decision.because) = match worst {
            Some((state, because)) => (state.to_owned(), because),
            None if matches!(def.target, Target::Entry { .. }) => ("in-force".into(), String::new()),
            None => ("unused".into(), "no threat matches it".into()),
        };
        if decision.state == "unused" {
            out.push(Diagnostic::warning("unused-decision", "no threat matches this decision").at(def.span).label(
                match &def.target {
                    // Over a large model, the similar id is looked for only for the first of many.
                    Target::Threat(id) if compared < COMPARED => {
                        compared += found.len();
                        nearest(found, id)
                    }
                    Target::Threat(_) => "take it out, or mend the id".to_owned(),
                    _ => "take it out, or mend `match`".to_owned(),
                },
            ));
        } else if def.saw.is_none() && !decision.threats.is_empty() {
            out.push(
                Diagnostic::warning("unseen-decision", "this decision does not say what it saw")
                    .at(def.span)
                    .label("`telamon decide --refresh` fills it in"),
            );
        }
        list.push(decision);
    }
    list
}

/// Positions of the findings that decisions can be for, so that not every decision reads every finding.
struct Index<'m> {
    ids: FastMap<&'m str, Vec<usize>>,
    components: FastMap<ComponentId, Vec<usize>>,
    rules: FastMap<&'m str, Vec<usize>>,
}

impl<'m> Index<'m> {
    fn of(world: &World<'_, 'm>, found: &[(Found, String)]) -> Self {
        let mut index = Self { ids: FastMap::default(), components: FastMap::default(), rules: FastMap::default() };
        for def in &world.graph.model.decisions {
            match &def.target {
                Target::Threat(id) => {
                    index.ids.entry(id).or_default();
                }
                Target::Match { component: Some(component), .. } => {
                    if let Some(component) = world.graph.component(component) {
                        index.components.entry(component).or_default();
                    }
                }
                Target::Match { rule: Some(rule), .. } => {
                    index.rules.entry(rule).or_default();
                }
                Target::Match { .. } | Target::Entry { .. } => {}
            }
        }
        if world.graph.model.decisions.is_empty() {
            return index;
        }
        for (at, (found, id)) in found.iter().enumerate() {
            if let Some(list) = index.components.get_mut(&found.component) {
                list.push(at);
            }
            if let Some(list) = world.rule(found).and_then(|rule| index.rules.get_mut(rule.id.as_str())) {
                list.push(at);
            }
            if index.ids.is_empty() {
                continue;
            }
            for id in std::iter::once(id).chain(&former_ids(world, found, id)) {
                if let Some(list) = index.ids.get_mut(id.as_str())
                    && list.last() != Some(&at)
                {
                    list.push(at);
                }
            }
        }
        index
    }

    fn candidates(&self, world: &World<'_, '_>, def: &DecisionDef) -> &[usize] {
        let list = match &def.target {
            Target::Threat(id) => self.ids.get(id.as_str()),
            Target::Match { component: Some(component), .. } => {
                world.graph.component(component).and_then(|component| self.components.get(&component))
            }
            Target::Match { rule: Some(rule), .. } => self.rules.get(rule.as_str()),
            Target::Match { .. } | Target::Entry { .. } => None,
        };
        list.map_or(&[], Vec::as_slice)
    }
}

fn nearest(found: &[(Found, String)], id: &str) -> String {
    match telamon_text::suggest::closest(id, found.iter().map(|(_, id)| id.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "take it out, or mend the id".to_owned(),
    }
}

fn plain(def: &DecisionDef, location: Option<Location>) -> Decision {
    Decision {
        target: match &def.target {
            Target::Threat(id) => id.clone(),
            Target::Match { rule, component } => [
                rule.as_ref().map(|rule| format!("rule {rule}")),
                component.as_ref().map(|component| format!("component {component}")),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
            Target::Entry { framework, id } => format!("{framework} {id}"),
        },
        response: def.response.clone(),
        why: def.why.clone(),
        by: def.by.clone(),
        date: def.date.clone(),
        until: def.until.clone(),
        owner: def.owner.clone(),
        due: def.due.clone(),
        ticket: def.ticket.clone(),
        threats: Vec::new(),
        state: String::new(),
        because: String::new(),
        location,
    }
}

fn is_for(world: &World<'_, '_>, def: &DecisionDef, found: &Found, id: &str) -> bool {
    let name = world.graph.name(found.component);
    match &def.target {
        Target::Threat(wanted) => wanted == id || former_ids(world, found, id).iter().any(|was| was == wanted),
        Target::Match { rule, component } => {
            rule.as_deref().is_none_or(|wanted| world.rule(found).is_some_and(|rule| rule.id == wanted))
                && component.as_deref().is_none_or(|wanted| wanted == name)
                && (rule.is_some() || component.is_some())
        }
        Target::Entry { .. } => false,
    }
}

/// Ids that the threat had before its component was renamed.
fn former_ids(world: &World<'_, '_>, found: &Found, id: &str) -> Vec<String> {
    let Some(def) = world.graph.components.get(found.component).filter(|def| !def.texts.is_empty()) else {
        return Vec::new();
    };
    let Some(at) = telamon_model::graph::key(&telamon_model::declaration::COMPONENT, "was") else {
        return Vec::new();
    };
    let name = &def.id.value;
    def.text(at).lines().map(|was| id.replace(&format!("@{name}"), &format!("@{was}"))).collect()
}

/// What a threat's decision would have to have seen: its paths, controls and current severity.
pub(crate) fn digest(world: &World<'_, '_>, found: &Found) -> String {
    let mut digest = Digest::default();
    let Some(rule) = world.rule(found) else {
        return digest.hex();
    };
    let proof = proof(world, found, rule);
    for way in ways(world, found, &proof) {
        for (component, _) in &way.steps {
            digest.text(world.graph.name(*component));
        }
        digest.text(";");
    }
    for (control, place) in &proof.missing {
        digest.text(world.graph.vocabulary.control_id(*control));
        digest.text(&element(world, *place));
    }
    for held in world.controls.of(found.component) {
        digest.text(world.graph.vocabulary.control_id(held.used.control));
        digest.text(held.used.state.word());
    }
    digest.hex()
}

/// Sets the status of a threat by a decision; gives the state of the decision for it, with the reason.
fn judge(world: &World<'_, '_>, def: &DecisionDef, found: &mut Found, id: &str, as_of: &str) -> (&'static str, String) {
    if found.status == Status::Mitigated {
        return ("in-force", String::new());
    }
    if let Some(saw) = &def.saw {
        let severity = found.current.severity(world.weights);
        let seen = severity_of(&saw.severity);
        let because = if !saw.ids.is_empty() && !saw.ids.iter().any(|seen| seen == id) {
            // A threat that matches since is nobody's decision.
            found.decision = None;
            found.rated = None;
            found.status_because = "it matches a decision that was made before it was there".into();
            return ("review", format!("`{id}` was not there when it was made"));
        } else if seen.is_some_and(|seen| severity > seen) {
            format!("the risk has risen from {}", saw.severity)
        } else if !saw.digest.is_empty() && saw.digest != digest(world, found) && saw.ids.len() <= 1 {
            "paths or controls have changed since".to_owned()
        } else {
            String::new()
        };
        if !because.is_empty() {
            found.status = Status::Review;
            found.status_because.clone_from(&because);
            return ("review", because);
        }
    }
    let over = !def.until.is_empty() && def.until.as_str() < as_of;
    if over {
        found.status = Status::Open;
        found.status_because = format!("the decision to {} it was over on {}", def.response, def.until);
        return ("expired", format!("it was over on {}", def.until));
    }
    found.status_because.clone_from(&def.why);
    match def.response.as_str() {
        "mitigate" => {
            found.status = Status::Planned;
            if !def.due.is_empty() && def.due.as_str() < as_of {
                return ("overdue", format!("it was due on {}", def.due));
            }
        }
        "accept" => found.status = Status::Accepted,
        "transfer" => found.status = Status::Transferred,
        "avoid" => found.status = Status::Avoided,
        "false-positive" => found.status = Status::FalsePositive,
        _ => {}
    }
    ("in-force", String::new())
}

pub(crate) fn severity_of(word: &str) -> Option<Severity> {
    [Severity::Low, Severity::Medium, Severity::High, Severity::Critical]
        .into_iter()
        .find(|severity| severity.word() == word)
}
