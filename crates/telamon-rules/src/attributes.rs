//! The attributes that a condition can read, by sort.

use crate::expr::{Attr, Sort};
use telamon_model::declaration::{COMPONENT, CRITICALITY, DATA, EXPOSURE, FLOW, Key, OPERATOR, Section, TRUST, Type};

/// An attribute of a sort.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Where the engine finds it.
    pub attr: Attr,
    /// Its words.
    pub words: &'static [&'static str],
    /// Whether the words stand in rising order.
    pub ordered: bool,
    /// Whether it can have several words.
    pub several: bool,
    /// Index of the default word, where there is one.
    pub default: Option<usize>,
    /// Kinds that have it; empty for all.
    pub on: &'static [&'static str],
}

fn section(sort: Sort) -> &'static Section {
    match sort {
        Sort::Component => &COMPONENT,
        Sort::Flow => &FLOW,
        Sort::Data => &DATA,
    }
}

fn derived(attr: Attr, words: &'static [&'static str], ordered: bool) -> Attribute {
    Attribute { attr, words, ordered, several: false, default: None, on: &[] }
}

/// The attribute with this name.
pub fn attribute(sort: Sort, name: &str) -> Option<Attribute> {
    if sort == Sort::Component {
        match name {
            "trust" => return Some(derived(Attr::Trust, TRUST, true)),
            "operator" => return Some(derived(Attr::Operator, OPERATOR, false)),
            "exposure" => return Some(derived(Attr::Exposure, EXPOSURE, true)),
            "criticality" => return Some(derived(Attr::Criticality, CRITICALITY, true)),
            _ => {}
        }
    }
    let (at, key) = section(sort).key(name)?;
    // Names, descriptions and tags say nothing to a rule.
    if !key.is_attribute() || matches!(name, "name" | "description" | "caption" | "tags" | "was" | "id") {
        return None;
    }
    Some(Attribute {
        attr: Attr::Key(u8::try_from(at).ok()?),
        words: key.words(),
        ordered: matches!(key.ty, Type::Ordered(_)),
        several: matches!(key.ty, Type::Words(_)),
        default: key.words().iter().position(|word| *word == key.default),
        on: key.on,
    })
}

/// Names of all attributes of a sort, for suggestions and documentation.
pub fn names(sort: Sort) -> Vec<&'static str> {
    let mut names: Vec<&'static str> =
        section(sort).keys.iter().map(|key| key.name).filter(|name| attribute(sort, name).is_some()).collect();
    if sort == Sort::Component {
        for name in ["trust", "operator", "exposure", "criticality"] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The key behind an attribute, where it is a key of the declaration.
pub fn key(sort: Sort, attr: Attr) -> Option<&'static Key> {
    let name = match attr {
        Attr::Key(at) => return section(sort).keys.get(usize::from(at)),
        Attr::Trust => "zone",
        Attr::Operator => "operator",
        Attr::Exposure => "exposure",
        Attr::Criticality => return None,
    };
    section(sort).key(name).map(|(_, key)| key)
}
