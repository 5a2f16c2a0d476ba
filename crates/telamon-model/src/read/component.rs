//! Zones, components and data assets.

use super::section::Fields;
use super::{Context, control, value};
use crate::declaration::{COMPONENT, DATA, ZONE};
use crate::model::{ComponentDef, DataDef, Spanned, ZoneDef};
use telamon_text::yaml::Node;

// What is not read is there all the same: that others name it is no mistake of theirs.

pub(super) fn zone(id: Spanned<String>, node: &Node<'_>, context: &mut Context<'_>) -> ZoneDef {
    let what = format_args!("zone `{}`", value::shown(&id.value));
    let Some(mut fields) = Fields::read(node, &ZONE, what, context) else {
        return ZoneDef { id, attributes: Vec::new(), texts: Vec::new(), parent: None, controls: Vec::new() };
    };
    let parent = fields.name("parent", "one zone", context);
    let controls = fields.take("controls").map(|node| control::controls(node, context)).unwrap_or_default();
    let (attributes, texts) = fields.attributes(context);
    ZoneDef { id, attributes, texts, parent, controls }
}

/// A component, and the components that `tools` names.
pub(super) fn component(
    id: Spanned<String>,
    node: &Node<'_>,
    context: &mut Context<'_>,
) -> (ComponentDef, Vec<Spanned<String>>) {
    let mut def = ComponentDef {
        kind_span: id.span,
        id,
        kinds: Vec::new(),
        zone: None,
        attributes: Vec::new(),
        texts: Vec::new(),
        holds: Vec::new(),
        controls: Vec::new(),
        effects: Vec::new(),
        gains_from: Vec::new(),
    };
    let what = format_args!("component `{}`", value::shown(&def.id.value));
    let Some(mut fields) = Fields::read(node, &COMPONENT, what, context) else {
        return (def, Vec::new());
    };
    fields.require(context.place(node), context);
    if let Some(node) = fields.take("kind") {
        def.kinds = value::kinds(node, context);
        def.kind_span = node.span;
    }
    def.zone = fields.name("zone", "one zone", context);
    def.holds = fields.names("holds", context);
    def.gains_from = fields.names("gains-from", context);
    let tools = fields.names("tools", context);
    def.controls = fields.take("controls").map(|node| control::controls(node, context)).unwrap_or_default();
    def.effects = fields.take("effects").map(|node| control::effects(node, context)).unwrap_or_default();
    (def.attributes, def.texts) = fields.attributes(context);
    (def, tools)
}

pub(super) fn data(id: Spanned<String>, node: &Node<'_>, context: &mut Context<'_>) -> DataDef {
    let what = format_args!("data asset `{}`", value::shown(&id.value));
    let Some(mut fields) = Fields::read(node, &DATA, what, context) else {
        return DataDef { id, attributes: Vec::new(), texts: Vec::new(), controls: Vec::new() };
    };
    let controls = fields.take("provenance").map(|node| control::controls(node, context)).unwrap_or_default();
    let (attributes, texts) = fields.attributes(context);
    DataDef { id, attributes, texts, controls }
}
