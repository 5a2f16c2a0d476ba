//! Zones, components and data assets.

use super::section::Fields;
use super::{Context, value};
use crate::declaration::{COMPONENT, DATA, ZONE};
use crate::model::{ComponentDef, DataDef, Spanned, ZoneDef};
use telamon_text::yaml::Node;

pub(super) fn zone(id: Spanned<String>, node: &Node<'_>, context: &mut Context<'_>) -> Option<ZoneDef> {
    let mut fields = Fields::read(node, &ZONE, format_args!("zone `{}`", id.value), context)?;
    let parent = fields.spanned_texts("parent", context).into_iter().next();
    let controls = fields.take("controls").map(|node| value::controls(node, context)).unwrap_or_default();
    let (attributes, texts) = fields.attributes(context);
    Some(ZoneDef { id, attributes, texts, parent, controls })
}

/// A component, and the components that `tools` names.
pub(super) fn component(
    id: Spanned<String>,
    node: &Node<'_>,
    context: &mut Context<'_>,
) -> Option<(ComponentDef, Vec<Spanned<String>>)> {
    let mut fields = Fields::read(node, &COMPONENT, format_args!("component `{}`", id.value), context)?;
    fields.require(value::head(node), context);
    let kind = fields.take("kind");
    let kinds = kind.map(|node| value::kinds(node, context)).unwrap_or_default();
    let kind_span = kind.map_or(id.span, |node| node.span);
    let zone = fields.spanned_texts("zone", context).into_iter().next();
    let holds = fields.spanned_texts("holds", context);
    let gains_from = fields.spanned_texts("gains-from", context);
    let tools = fields.spanned_texts("tools", context);
    let controls = fields.take("controls").map(|node| value::controls(node, context)).unwrap_or_default();
    let effects = fields.take("effects").map(|node| value::effects(node, context)).unwrap_or_default();
    let (attributes, texts) = fields.attributes(context);
    Some((ComponentDef { id, kinds, kind_span, zone, attributes, texts, holds, controls, effects, gains_from }, tools))
}

pub(super) fn data(id: Spanned<String>, node: &Node<'_>, context: &mut Context<'_>) -> Option<DataDef> {
    let mut fields = Fields::read(node, &DATA, format_args!("data asset `{}`", id.value), context)?;
    let controls = fields.take("provenance").map(|node| value::controls(node, context)).unwrap_or_default();
    let (attributes, texts) = fields.attributes(context);
    Some(DataDef { id, attributes, texts, controls })
}
