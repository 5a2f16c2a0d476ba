//! The system as a graph with dense ids.
//!
//! Components are numbered by sorted id, flows by (from, to, carries, id), so
//! that order in the file never matters. A flow is one exchange: what is asked
//! and what comes back, each a directed [`Edge`].

mod build;
mod carries;

use crate::declaration::{COMPONENT, DATA, EXPOSURE, FLOW, OPERATOR, Section, TRUST, ZONE};
use crate::hash::FastMap;
use crate::ids::{ComponentId, DataId, EdgeId, FlowId, IdVec, ZoneId};
use crate::model::{Attribute, ComponentDef, DataDef, FlowDef, FlowDetail, Model, ZoneDef, text_of};
use crate::vocabulary::{CarriesSet, ClassSet, Half, KindIx, Vocabulary};

/// A zone: written, implied, or both.
#[derive(Debug, Clone)]
pub struct Zone<'m> {
    /// Id.
    pub id: &'m str,
    /// As written, where it is.
    pub def: Option<&'m ZoneDef>,
    /// Index into [`TRUST`].
    pub trust: u8,
    /// Index into [`OPERATOR`].
    pub operator: u8,
    /// Enclosing zone.
    pub parent: Option<ZoneId>,
}

/// A written flow.
#[derive(Debug, Clone)]
pub struct Flow<'m> {
    /// As written.
    pub def: &'m FlowDef,
    /// What only the long form has.
    pub detail: Option<&'m FlowDetail>,
    /// Sender.
    pub from: ComponentId,
    /// Receiver.
    pub to: ComponentId,
    /// What the drawn half carries.
    pub carries: CarriesSet,
    /// What else the two kinds could mean; empty when written or plain.
    pub ambiguous: CarriesSet,
    /// True when `carries` was inferred.
    pub inferred: bool,
    /// Which half the arrow draws.
    pub half: Half,
    /// What the other half carries; empty when there is none, or another flow draws it.
    pub other: CarriesSet,
}

/// Components with the same kinds: what depends on the kinds alone is found once for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Family<'m> {
    /// Their kinds, in the order in which they are written.
    pub kinds: &'m [KindIx],
    /// The classes of these kinds.
    pub classes: ClassSet,
}

/// One direction of a flow.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Sender.
    pub from: ComponentId,
    /// Receiver.
    pub to: ComponentId,
    /// What it carries.
    pub carries: CarriesSet,
    /// Which half it is.
    pub half: Half,
    /// The written flow.
    pub flow: FlowId,
}

/// Lists of small ids, one for each element of a sort, in one array.
#[derive(Debug, Clone, Default)]
pub struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    /// The list of an element.
    pub fn of(&self, at: usize) -> &[T] {
        let (Some(start), Some(end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return &[];
        };
        self.items.get(*start as usize..*end as usize).unwrap_or(&[])
    }

    /// Groups items by owner; the order of the items of one owner is kept.
    pub fn group(owners: usize, items: impl Iterator<Item = (usize, T)> + Clone) -> Self
    where
        T: Copy,
    {
        let mut starts = vec![0u32; owners + 1];
        let mut total = 0usize;
        for (owner, _) in items.clone() {
            if let Some(slot) = starts.get_mut(owner + 1) {
                *slot += 1;
                total += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        let mut next = starts.clone();
        let mut placed: Vec<Option<T>> = vec![None; total];
        for (owner, item) in items {
            if let Some(at) = next.get_mut(owner)
                && let Some(slot) = placed.get_mut(*at as usize)
            {
                *slot = Some(item);
                *at += 1;
            }
        }
        Self { starts, items: placed.into_iter().flatten().collect() }
    }
}

/// A model as a graph.
#[derive(Debug)]
pub struct Graph<'m> {
    /// The model.
    pub model: &'m Model,
    /// The words.
    pub vocabulary: &'m Vocabulary,
    /// Zones by id; implied ones only where something stands in them.
    pub zones: IdVec<ZoneId, Zone<'m>>,
    /// Components by id.
    pub components: IdVec<ComponentId, &'m ComponentDef>,
    /// Zone of each component.
    pub zone_of: IdVec<ComponentId, ZoneId>,
    /// Who runs each component: index into [`OPERATOR`].
    pub operators: IdVec<ComponentId, u8>,
    /// Lists of kinds that components have.
    pub families: Vec<Family<'m>>,
    /// Family of each component: position in `families`.
    pub family_of: IdVec<ComponentId, u32>,
    /// Data assets by id.
    pub data: IdVec<DataId, &'m DataDef>,
    /// Flows.
    pub flows: IdVec<FlowId, Flow<'m>>,
    /// Edges: the asks and answers of the flows.
    pub edges: IdVec<EdgeId, Edge>,
    /// Edges that leave each component.
    pub outgoing: Lists<EdgeId>,
    /// Edges that arrive at each component.
    pub incoming: Lists<EdgeId>,
    /// Data assets that each component holds.
    pub holds: Lists<DataId>,
    /// Components that hold each data asset, each once, by id.
    pub held_by: Lists<ComponentId>,
    /// Data assets on each flow.
    pub flow_data: Lists<DataId>,
    /// Who can reach each component: index into [`EXPOSURE`].
    pub exposure: IdVec<ComponentId, u8>,
    index: FastMap<&'m str, ComponentId>,
    data_index: FastMap<&'m str, DataId>,
}

impl<'m> Graph<'m> {
    /// Builds the graph; elements that refer to nothing are left out.
    pub fn build(model: &'m Model, vocabulary: &'m Vocabulary) -> Self {
        build::build(model, vocabulary)
    }

    /// The component with this id.
    pub fn component(&self, id: &str) -> Option<ComponentId> {
        self.index.get(id).copied()
    }

    /// The data asset with this id.
    pub fn data_asset(&self, id: &str) -> Option<DataId> {
        self.data_index.get(id).copied()
    }

    /// Id of a component as written.
    pub fn name(&self, component: ComponentId) -> &'m str {
        self.components.get(component).map_or("", |def| def.id.value.as_str())
    }

    /// Name of a component for people: the one that is written, else its id.
    pub fn title(&self, component: ComponentId) -> &'m str {
        let Some(def) = self.components.get(component) else {
            return "";
        };
        let name = if def.texts.is_empty() { "" } else { key(&COMPONENT, "name").map_or("", |at| def.text(at)) };
        if name.is_empty() { &def.id.value } else { name }
    }

    /// Id of a flow in outputs: `from:to`, or `from:to:id`.
    pub fn flow_id(&self, flow: FlowId) -> String {
        let Some(info) = self.flows.get(flow) else {
            return String::new();
        };
        let (from, to) = (&*info.def.from.value, &*info.def.to.value);
        match &info.def.id {
            Some(id) => [from, ":", to, ":", id].concat(),
            None => [from, ":", to].concat(),
        }
    }

    /// Zone of a component.
    pub fn zone(&self, component: ComponentId) -> &Zone<'m> {
        self.zones.at(*self.zone_of.at(component))
    }

    /// Trust of the zone of a component: index into [`TRUST`].
    pub fn trust(&self, component: ComponentId) -> u8 {
        self.zone(component).trust
    }

    /// Who runs a component: index into [`OPERATOR`].
    pub fn operator(&self, component: ComponentId) -> u8 {
        *self.operators.at(component)
    }

    /// An attribute of a component, where written.
    pub fn attribute(&self, component: ComponentId, name: &str) -> Option<&'m Attribute> {
        named(&COMPONENT, &self.components.get(component)?.attributes, name)
    }

    /// True when one of the component's kinds is `kind` or stands below it.
    pub fn is_kind(&self, component: ComponentId, kind: &str) -> bool {
        let Some(kind) = self.vocabulary.kind(kind) else {
            return false;
        };
        self.components.get(component).is_some_and(|def| def.kinds.iter().any(|own| self.vocabulary.is_a(*own, kind)))
    }

    /// True when one of the component's kinds is of this class.
    pub fn is_class(&self, component: ComponentId, class: &str) -> bool {
        self.classes(component) & self.vocabulary.class_set(&[class]) != 0
    }

    /// The family of a component: its position in `families`.
    pub fn family(&self, component: ComponentId) -> usize {
        self.family_of.get(component).map_or(usize::MAX, |family| *family as usize)
    }

    /// The classes of a component's kinds.
    pub fn classes(&self, component: ComponentId) -> ClassSet {
        self.families.get(self.family(component)).map_or(0, |family| family.classes)
    }

    /// For each family, what holds of its kinds.
    pub fn of_families<T>(&self, of: impl Fn(&Family<'m>) -> T) -> Vec<T> {
        self.families.iter().map(of).collect()
    }

    /// True when the zones of its two ends differ.
    pub fn crosses(&self, from: ComponentId, to: ComponentId) -> bool {
        self.zone_of.get(from) != self.zone_of.get(to)
    }

    /// A zone and those that enclose it, innermost first.
    pub fn zone_chain(&self, zone: ZoneId) -> Vec<ZoneId> {
        let mut chain = vec![zone];
        let mut at = zone;
        while let Some(parent) = self.zones.get(at).and_then(|zone| zone.parent) {
            // A model with a circle, or with more zones within each other, has errors.
            if chain.contains(&parent) || chain.len() > crate::check::LEVELS {
                break;
            }
            chain.push(parent);
            at = parent;
        }
        chain
    }
}

/// Position of a key in its section.
pub fn key(section: &Section, name: &str) -> Option<u8> {
    section.key(name).and_then(|(at, _)| u8::try_from(at).ok())
}

/// The attribute with this name. Elements have few attributes and sections many keys, so it is the names of
/// what is written that are looked at.
fn named<'a>(section: &Section, attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attributes.iter().find(|attribute| section.keys.get(usize::from(attribute.key)).is_some_and(|key| key.name == name))
}

/// The first word of an attribute, as an index.
pub fn first_word(attribute: &Attribute) -> u8 {
    u8::try_from(attribute.words.trailing_zeros().min(31)).unwrap_or(0)
}

/// A text of a zone.
pub fn zone_text<'z>(zone: &Zone<'z>, name: &str) -> &'z str {
    zone.def.map_or("", |def| key(&ZONE, name).map_or("", |at| text_of(&def.texts, at)))
}

/// A text of a data asset.
pub fn data_text<'d>(data: &'d DataDef, name: &str) -> &'d str {
    key(&DATA, name).map_or("", |at| text_of(&data.texts, at))
}

/// An attribute of a data asset, where written.
pub fn data_attribute<'d>(data: &'d DataDef, name: &str) -> Option<&'d Attribute> {
    named(&DATA, &data.attributes, name)
}

/// An attribute of a flow, where written.
pub fn flow_attribute<'f>(flow: &'f FlowDef, name: &str) -> Option<&'f Attribute> {
    named(&FLOW, &flow.detail.as_ref()?.attributes, name)
}

/// The word at an index of trust.
pub fn trust_word(trust: u8) -> &'static str {
    TRUST.get(usize::from(trust)).copied().unwrap_or("none")
}

/// The word at an index of operators.
pub fn operator_word(operator: u8) -> &'static str {
    OPERATOR.get(usize::from(operator)).copied().unwrap_or("us")
}

/// The word at an index of exposure.
pub fn exposure_word(exposure: u8) -> &'static str {
    EXPOSURE.get(usize::from(exposure)).copied().unwrap_or("local")
}
