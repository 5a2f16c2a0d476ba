//! Where labels begin.

use telamon_model::Graph;
use telamon_model::graph::{data_attribute, first_word};
use telamon_model::ids::{ComponentId, Id};
use telamon_model::model::DataDef;
use telamon_model::vocabulary::{Begins, LabelSet};

/// The labels that begin at each component.
pub fn sources(graph: &Graph<'_>) -> Vec<LabelSet> {
    let rows = &graph.vocabulary.sources;
    graph
        .components
        .ids()
        .map(|component| {
            let kinds = &graph.components[component].kinds;
            rows.iter()
                .filter(|row| {
                    graph.vocabulary.matches(&row.at, kinds) && begins(graph, component, row.begins)
                })
                .fold(0, |set, row| set | 1 << row.label)
        })
        .collect()
}

/// The labels that begin at each component only because of data that it holds, written by outsiders.
pub fn held(graph: &Graph<'_>) -> Vec<LabelSet> {
    graph
        .components
        .ids()
        .map(|component| {
            let kinds = &graph.components[component].kinds;
            let of = |held: bool| {
                graph
                    .vocabulary
                    .sources
                    .iter()
                    .filter(|row| {
                        (row.begins == Begins::HoldsOutside) == held
                            && graph.vocabulary.matches(&row.at, kinds)
                            && begins(graph, component, row.begins)
                    })
                    .fold(0, |set, row| set | 1 << row.label)
            };
            of(true) & !of(false)
        })
        .collect()
}

/// True when the condition of a source row holds.
pub(crate) fn begins(graph: &Graph<'_>, component: ComponentId, begins: Begins) -> bool {
    match begins {
        Begins::Always => true,
        Begins::Outsider => is_outsider(graph, component),
        Begins::Insider => is_insider(graph, component),
        Begins::Crowd => match graph.attribute(component, "sourcing") {
            Some(sourcing) => first_word(sourcing) != 0,
            None => is_outsider(graph, component) || graph.operator(component) != 0,
        },
        Begins::LowTrust => graph.trust(component) <= 1 || graph.operator(component) != 0,
        Begins::BroughtIn => match graph.attribute(component, "source") {
            Some(source) => first_word(source) != 0,
            None => graph.trust(component) <= 1 || graph.operator(component) != 0,
        },
        Begins::OwnModel => is_own_model(graph, component),
        Begins::HoldsOutside => holds(graph, component, |data| {
            words(data, "origin") & !1 != 0
        }),
        Begins::HoldsConfidential => holds(graph, component, is_confidential),
        Begins::HoldsScoped => holds(graph, component, |data| {
            is_scoped(data) && classification(data) >= 1
        }),
        Begins::HoldsSecret => holds(graph, component, |data| contains(data, "credentials")),
        Begins::HoldsWeights => holds(graph, component, |data| contains(data, "weights")),
        Begins::HoldsPrompts => holds(graph, component, |data| contains(data, "prompts")),
    }
}

/// A person or source of no or low trust.
pub(crate) fn is_outsider(graph: &Graph<'_>, component: ComponentId) -> bool {
    if graph.is_class(component, "person") {
        // These kinds say who the person is; `person` alone says nothing, then the zone decides.
        for kind in ["customer", "anonymous-user"] {
            if graph.is_kind(component, kind) {
                return true;
            }
        }
        for kind in ["employee", "developer", "data-scientist", "administrator", "moderator"] {
            if graph.is_kind(component, kind) {
                return graph.operator(component) != 0 && graph.trust(component) == 0
                    && graph.attribute(component, "operator").is_some();
            }
        }
        return graph.trust(component) <= 1;
    }
    let outside = graph.is_class(component, "outside-source")
        || graph.is_kind(component, "physical-scene")
        || graph.is_class(component, "sensor");
    outside && (graph.trust(component) <= 1 || graph.operator(component) == 3)
}

/// A person of medium trust or more.
pub(crate) fn is_insider(graph: &Graph<'_>, component: ComponentId) -> bool {
    graph.is_class(component, "person") && !is_outsider(graph, component)
}

/// A model whose weights are in our hands: it runs here, or we trained it.
pub(crate) fn is_own_model(graph: &Graph<'_>, component: ComponentId) -> bool {
    let source = graph.attribute(component, "source").map(first_word);
    match source {
        Some(1) => false,
        Some(_) => true,
        None => graph.operator(component) == 0,
    }
}

fn holds(
    graph: &Graph<'_>,
    component: ComponentId,
    is: impl Fn(&DataDef) -> bool,
) -> bool {
    graph
        .holds
        .of(component.index())
        .iter()
        .filter_map(|data| graph.data.get(*data))
        .any(|data| is(data))
}

/// The words of an attribute of a data asset; its default when not written.
pub(crate) fn words(data: &DataDef, name: &str) -> u32 {
    if let Some(attribute) = data_attribute(data, name) {
        return attribute.words;
    }
    telamon_model::declaration::DATA
        .key(name)
        .and_then(|(_, key)| key.words().iter().position(|word| *word == key.default))
        .map_or(0, |at| 1 << at)
}

/// 0 public to 3 restricted.
pub(crate) fn classification(data: &DataDef) -> u8 {
    u8::try_from(words(data, "classification").trailing_zeros().min(3)).unwrap_or(3)
}

/// True for data that belongs to some and not to others.
pub(crate) fn is_scoped(data: &DataDef) -> bool {
    words(data, "scope") & 0b111 != 0
}

fn contains(data: &DataDef, word: &str) -> bool {
    let bit = telamon_model::vocabulary::word_bit(telamon_model::declaration::CONTAINS, word);
    words(data, "contains") & bit != 0
}

/// Confidential by its class, or by what it contains.
pub(crate) fn is_confidential(data: &DataDef) -> bool {
    classification(data) >= 2
        || ["personal", "health", "biometric", "payment", "financial", "credentials"]
            .iter()
            .any(|word| contains(data, word))
}
