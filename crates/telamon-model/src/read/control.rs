//! What is done against threats, and what a component can do to the world: controls and effects.

use super::Context;
use super::section::Fields;
use super::value::{head, shown, unknown_word, wrong};
use crate::declaration::CONTROL_DETAIL;
use crate::model::{ControlDetail, ControlState, ControlUse, Effect};
use crate::vocabulary::{CONTROL_STATES, ControlIx, EFFECT_REACH, EFFECTS, word_index};
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span};

fn control_index(text: &str, span: Span, context: &mut Context<'_>) -> Option<ControlIx> {
    let vocabulary = context.vocabulary;
    let text = text.trim();
    if let Some(control) = vocabulary.control(text) {
        return Some(control);
    }
    let diagnostic = Diagnostic::error("unknown-control", format!("unknown control `{}`", shown(text))).at(span);
    let near = context.closest(text, vocabulary.controls.iter().map(|control| control.id.as_str()));
    context.error(match near {
        Some(near) => diagnostic.label(format!("did you mean `{near}`?")).fix(span, near, format!("write `{near}`")),
        None => diagnostic.label("`telamon controls` lists all controls"),
    });
    None
}

fn state(node: &Node<'_>, context: &mut Context<'_>) -> Option<ControlState> {
    let text = node.as_str().unwrap_or("").trim();
    let found = word_index(&CONTROL_STATES, text).and_then(|at| ControlState::ALL.get(usize::from(at)).copied());
    if found.is_none() {
        if text.is_empty() {
            wrong(node, "the state", "a word such as `implemented`", context);
        } else {
            unknown_word(text, node, "state", &CONTROL_STATES, context);
        }
    }
    found
}

/// A control in a list.
fn listed(item: &Node<'_>, context: &mut Context<'_>) -> Option<ControlUse> {
    match (&item.value, item.entries()) {
        (Value::Scalar { text, .. }, _) => {
            let control = control_index(text, item.span, context)?;
            Some(ControlUse { control, state: ControlState::Implemented, span: item.span, detail: None })
        }
        // `- rate-limiting: planned`
        (_, [(key, _)]) if key.as_str().is_some_and(|name| context.vocabulary.control(name).is_some()) => {
            context.error(
                Diagnostic::error("wrong-type", "a list of controls has no states")
                    .at(key.span)
                    .label("write all of them without dashes: `a: implemented` and `b: planned`"),
            );
            None
        }
        _ => {
            wrong(item, "an item of `controls`", "a control", context);
            None
        }
    }
}

/// Controls: a list (all implemented), or a map to a state or to details.
pub(super) fn controls(node: &Node<'_>, context: &mut Context<'_>) -> Vec<ControlUse> {
    let mut found: Vec<ControlUse> = Vec::new();
    match &node.value {
        Value::Null => {}
        Value::Scalar { .. } => found.extend(listed(node, context)),
        Value::Seq(items) => {
            for item in items {
                found.extend(listed(item, context));
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let Some(name) = key.as_str() else {
                    wrong(key, "a key of `controls`", "a control", context);
                    continue;
                };
                let control = control_index(name, key.span, context);
                let (state, detail) = match &value.value {
                    Value::Map(_) => control_detail(value, context),
                    _ => (state(value, context), None),
                };
                if state == Some(ControlState::NotApplicable)
                    && detail.as_ref().is_none_or(|detail| detail.why.is_empty())
                {
                    context.error(no_reason(value));
                }
                if let (Some(control), Some(state)) = (control, state) {
                    found.push(ControlUse { control, state, span: key.span, detail });
                }
            }
        }
    }
    let mut seen: Vec<ControlIx> = Vec::new();
    for used in &found {
        if seen.contains(&used.control) {
            let name = context.vocabulary.control_id(used.control).to_owned();
            context.error(
                Diagnostic::error("duplicate-control", format!("`{name}` is stated twice"))
                    .at(used.span)
                    .label("keep one"),
            );
        }
        seen.push(used.control);
    }
    found
}

fn no_reason(node: &Node<'_>) -> Diagnostic {
    Diagnostic::warning("no-reason", "a control that does not apply needs a reason")
        .at(head(node))
        .label(if node.is_map() { "add `why: ...`" } else { "write `{ state: not-applicable, why: ... }`" })
}

fn control_detail(node: &Node<'_>, context: &mut Context<'_>) -> (Option<ControlState>, Option<Box<ControlDetail>>) {
    let Some(mut fields) = Fields::read(node, &CONTROL_DETAIL, "a control", context) else {
        return (None, None);
    };
    fields.require(context.place(node), context);
    let state = fields.take("state").filter(|node| !node.is_plain_null()).and_then(|node| state(node, context));
    let per = CONTROL_DETAIL
        .key("per")
        .and_then(|(at, _)| fields.attribute(at, context))
        .map_or(0, |attribute| attribute.words);
    let detail = ControlDetail {
        evidence: fields.texts("evidence", context),
        by: fields.text_or_empty("by", context),
        date: fields.date("date", context),
        due: fields.date("due", context),
        why: fields.text_or_empty("why", context),
        per,
    };
    (state, Some(Box::new(detail)))
}

/// Effects: a list, or a map to whom each reaches.
pub(super) fn effects(node: &Node<'_>, context: &mut Context<'_>) -> Vec<Effect> {
    let widest = u8::try_from(EFFECT_REACH.len().saturating_sub(1)).unwrap_or(0);
    let mut found = Vec::new();
    let mut add = |node: &Node<'_>, reach: u8, context: &mut Context<'_>| {
        let text = node.as_str().unwrap_or("").trim();
        match word_index(&EFFECTS, text) {
            Some(effect) => found.push(Effect { effect, reach }),
            None if text.is_empty() => wrong(node, "an item of `effects`", "an effect, such as `send`", context),
            None => unknown_word(text, node, "effects", &EFFECTS, context),
        }
    };
    match &node.value {
        Value::Null => {}
        Value::Scalar { .. } => add(node, widest, context),
        Value::Seq(items) => {
            for item in items {
                add(item, widest, context);
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let text = value.as_str().unwrap_or("").trim();
                if let Some(reach) = word_index(&EFFECT_REACH, text) {
                    add(key, reach, context);
                } else {
                    let effect = key.as_str().unwrap_or("");
                    if text.is_empty() {
                        wrong(
                            value,
                            format_args!("the reach of `{}`", shown(effect)),
                            "a word such as `anyone`",
                            context,
                        );
                    } else {
                        unknown_word(text, value, effect, &EFFECT_REACH, context);
                    }
                    add(key, widest, context);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|effect| effect.effect);
    found
}
