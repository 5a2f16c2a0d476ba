//! Where labels begin.

use telamon_model::Graph;
use telamon_model::bits::Bits;
use telamon_model::declaration::EXPOSURE;
use telamon_model::graph::{data_attribute, first_word};
use telamon_model::ids::{ComponentId, Id};
use telamon_model::model::DataDef;
use telamon_model::vocabulary::{Begins, LabelSet};

/// Where labels begin.
#[derive(Debug)]
pub struct Begun {
    /// The labels that begin at each component.
    pub sources: Vec<LabelSet>,
    /// Of these, the ones that begin only because of data that the component holds, written by outsiders.
    pub held: Vec<LabelSet>,
    /// Persons and sources of no or low trust.
    pub outsiders: Bits,
    /// Persons of medium trust or more.
    pub insiders: Bits,
}

/// Finds where labels begin.
pub fn begin(graph: &Graph<'_>) -> Begun {
    let people = People::of(graph);
    let count = graph.components.len();
    let outsiders = Bits::collect(count, |at| people.is_outsider(graph, ComponentId::from_usize(at)));
    let insiders =
        Bits::collect(count, |at| people.is_person(graph, ComponentId::from_usize(at)) && !outsiders.contains(at));
    let rows = graph.of_families(|family| -> Vec<(u8, Begins)> {
        graph
            .vocabulary
            .sources
            .iter()
            .filter(|row| graph.vocabulary.matches(&row.at, family.kinds))
            .map(|row| (row.label, row.begins))
            .collect()
    });
    let says: Vec<u8> = graph.data.iter().map(|data| says(data)).collect();
    let mut sources = Vec::with_capacity(count);
    let mut held = Vec::with_capacity(count);
    for component in graph.components.ids() {
        let said = graph
            .holds
            .of(component.index())
            .iter()
            .fold(0, |said, data| said | says.get(data.index()).copied().unwrap_or(0));
        let is =
            Is { outsider: outsiders.contains(component.index()), insider: insiders.contains(component.index()), said };
        let (mut all, mut written, mut others) = (0, 0, 0);
        for (label, row) in rows.get(graph.family(component)).into_iter().flatten() {
            if !is.begins(graph, component, *row) {
                continue;
            }
            all |= 1 << label;
            match row {
                Begins::HoldsOutside => written |= 1 << label,
                _ => others |= 1 << label,
            }
        }
        sources.push(all);
        held.push(written & !others);
    }
    Begun { sources, held, outsiders, insiders }
}

/// What a component is, as far as it decides which labels begin there.
struct Is {
    outsider: bool,
    insider: bool,
    /// What the data says that it holds: one bit for each of the `Holds` conditions.
    said: u8,
}

impl Is {
    /// True when the condition of a source row holds.
    fn begins(&self, graph: &Graph<'_>, component: ComponentId, begins: Begins) -> bool {
        match begins {
            Begins::Always => true,
            Begins::Outsider => self.outsider,
            Begins::Insider => self.insider,
            Begins::Crowd => match graph.attribute(component, "sourcing") {
                Some(sourcing) => first_word(sourcing) != 0,
                None => self.outsider || graph.operator(component) != 0,
            },
            Begins::LowTrust => graph.trust(component) <= 1 || graph.operator(component) != 0,
            Begins::Public => graph
                .attribute(component, "exposure")
                .is_some_and(|written| usize::from(first_word(written)) + 1 == EXPOSURE.len()),
            Begins::BroughtIn => match graph.attribute(component, "source") {
                Some(source) => first_word(source) != 0,
                None => graph.trust(component) <= 1 || graph.operator(component) != 0,
            },
            Begins::OwnModel => is_own_model(graph, component),
            Begins::HoldsOutside => self.said & OUTSIDE != 0,
            Begins::HoldsConfidential => self.said & CONFIDENTIAL != 0,
            Begins::HoldsScoped => self.said & SCOPED != 0,
            Begins::HoldsSecret => self.said & SECRET != 0,
            Begins::HoldsWeights => self.said & WEIGHTS != 0,
            Begins::HoldsPrompts => self.said & PROMPTS != 0,
        }
    }
}

const OUTSIDE: u8 = 1;
const CONFIDENTIAL: u8 = 2;
const SCOPED: u8 = 4;
const SECRET: u8 = 8;
const WEIGHTS: u8 = 16;
const PROMPTS: u8 = 32;

/// What a data asset says, one bit for each of the `Holds` conditions.
fn says(data: &DataDef) -> u8 {
    [
        (OUTSIDE, words(data, "origin") & !1 != 0),
        (CONFIDENTIAL, is_confidential(data)),
        (SCOPED, is_scoped(data) && classification(data) >= 1),
        (SECRET, contains(data, "credentials")),
        (WEIGHTS, contains(data, "weights")),
        (PROMPTS, contains(data, "prompts")),
    ]
    .into_iter()
    .fold(0, |said, (bit, holds)| if holds { said | bit } else { said })
}

/// What kinds say of the people and things that stand outside, by family.
struct People {
    families: Vec<Person>,
}

#[derive(Clone, Copy)]
enum Person {
    /// A kind that says that it is a stranger.
    Stranger,
    /// A kind that says that it is staff.
    Staff,
    /// A person of whom the kind says nothing more.
    Anybody,
    /// A source or sensor of the world outside.
    Source,
    /// Nothing of these.
    None,
}

impl People {
    fn of(graph: &Graph<'_>) -> Self {
        let vocabulary = graph.vocabulary;
        let person = vocabulary.class_set(&["person"]);
        let outside = vocabulary.class_set(&["outside-source", "sensor"]);
        let families = graph.of_families(|family| {
            let is = |names: &[&str]| {
                names
                    .iter()
                    .filter_map(|name| vocabulary.kind(name))
                    .any(|kind| family.kinds.iter().any(|own| vocabulary.is_a(*own, kind)))
            };
            if family.classes & person != 0 {
                // These kinds say who the person is; `person` alone says nothing, then the zone decides.
                if is(&["customer", "anonymous-user"]) {
                    Person::Stranger
                } else if is(&["employee", "developer", "data-scientist", "administrator", "moderator"]) {
                    Person::Staff
                } else {
                    Person::Anybody
                }
            } else if family.classes & outside != 0 || is(&["physical-scene"]) {
                Person::Source
            } else {
                Person::None
            }
        });
        Self { families }
    }

    fn at(&self, graph: &Graph<'_>, component: ComponentId) -> Person {
        self.families.get(graph.family(component)).copied().unwrap_or(Person::None)
    }

    fn is_person(&self, graph: &Graph<'_>, component: ComponentId) -> bool {
        matches!(self.at(graph, component), Person::Stranger | Person::Staff | Person::Anybody)
    }

    /// A person or source of no or low trust.
    fn is_outsider(&self, graph: &Graph<'_>, component: ComponentId) -> bool {
        match self.at(graph, component) {
            Person::Stranger => true,
            Person::Staff => {
                graph.operator(component) != 0
                    && graph.trust(component) == 0
                    && graph.attribute(component, "operator").is_some()
            }
            Person::Anybody => graph.trust(component) <= 1,
            Person::Source => graph.trust(component) <= 1 || graph.operator(component) == 3,
            Person::None => false,
        }
    }
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
