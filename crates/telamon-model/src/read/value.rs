//! Single values: words, texts, dates, references, controls, effects.

use super::Context;
use super::section::Fields;
use crate::declaration::{CONTROL_DETAIL, Key, Type};
use crate::model::{ControlDetail, ControlState, ControlUse, Effect, Spanned};
use crate::vocabulary::{CONTROL_STATES, ControlIx, EFFECT_REACH, EFFECTS, KindIx, word_index};
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span, suggest};

/// What a node is, for messages.
pub(super) fn shape(node: &Node<'_>) -> &'static str {
    match &node.value {
        Value::Null => "empty",
        Value::Scalar { .. } => "a single value",
        Value::Seq(_) => "a list",
        Value::Map(_) => "a map",
    }
}

/// The place to underline for a node: its first word, since a map may run over many lines.
pub(super) fn head(node: &Node<'_>) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        Value::Seq(items) => items.first().map_or(node.span, head),
        _ => node.span,
    }
}

/// True for the id of an element.
pub(super) fn is_id(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphanumeric)
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn wrong(node: &Node<'_>, name: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("`{name}` is {}, not {wanted}", shape(node)))
        .at(head(node))
        .label(format!("write {wanted}"))
}

/// A text.
pub(super) fn text<'n>(node: &'n Node<'_>, name: &str, context: &mut Context<'_>) -> Option<&'n str> {
    if let Some(text) = node.as_str() {
        return Some(text);
    }
    if !matches!(node.value, Value::Null) {
        context.error(wrong(node, name, "a text"));
    }
    None
}

/// Items of a list; a single value counts as a list of one.
pub(super) fn items<'n>(node: &'n Node<'n>, wanted: &str, context: &mut Context<'_>) -> &'n [Node<'n>] {
    match &node.value {
        Value::Seq(items) => items,
        Value::Null => &[],
        Value::Scalar { .. } => std::slice::from_ref(node),
        Value::Map(_) => {
            context.error(wrong(node, "this", wanted));
            &[]
        }
    }
}

/// A list of texts, or one.
pub(super) fn texts(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> Vec<Spanned<String>> {
    let list = match &node.value {
        Value::Seq(items) => items.as_slice(),
        Value::Scalar { .. } => std::slice::from_ref(node),
        Value::Null => &[],
        Value::Map(_) => {
            context.error(wrong(node, name, "a list"));
            &[]
        }
    };
    let mut found = Vec::with_capacity(list.len());
    for item in list {
        match item.as_str() {
            Some(text) => found.push(Spanned { value: text.to_owned(), span: item.span }),
            None => context.error(wrong(item, name, "a list of texts")),
        }
    }
    found
}

/// A date, `YYYY-MM-DD`; empty when it is none.
pub(super) fn date(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> String {
    let Some(text) = text(node, name, context) else {
        return String::new();
    };
    if is_date(text) {
        return text.to_owned();
    }
    context.error(
        Diagnostic::error("bad-date", format!("`{text}` is no date"))
            .at(node.span)
            .label("write it as year-month-day, such as 2026-11-25"),
    );
    String::new()
}

/// True for a day of the calendar written `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let digits = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=last).contains(&day)
}

fn unknown_word(text: &str, node: &Node<'_>, key: &str, words: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error("unknown-word", format!("`{text}` is not a value of `{key}`")).at(node.span);
    match suggest::closest(text, words.iter().copied()) {
        Some(near) => {
            diagnostic.label(format!("did you mean `{near}`?")).fix(node.span, near, format!("write `{near}`"))
        }
        None => diagnostic.label(format!("one of: {}", words.join(", "))),
    }
}

/// The words of an attribute, as a set.
pub(super) fn words(node: &Node<'_>, key: &Key, context: &mut Context<'_>) -> Option<u32> {
    let words = key.words();
    let several = matches!(key.ty, Type::Words(_));
    let list = match &node.value {
        Value::Seq(items) if several => items.as_slice(),
        Value::Scalar { .. } => std::slice::from_ref(node),
        Value::Null => return None,
        _ => {
            context.error(wrong(node, key.name, if several { "a list of words" } else { "one word" }));
            return None;
        }
    };
    let mut set = 0;
    for item in list {
        let Some(text) = item.as_str() else {
            context.error(wrong(item, key.name, "a word"));
            continue;
        };
        let text = match (key.ty, text) {
            (Type::Bool, "true") => "yes",
            (Type::Bool, "false") => "no",
            (_, text) => text,
        };
        match word_index(words, text) {
            Some(at) => set |= 1u32 << at,
            // A data asset may name a kind of content that the list does not have: it is kept as a tag.
            None => context.error(unknown_word(text, item, key.name, words)),
        }
    }
    (set != 0).then_some(set)
}

/// One kind, or a list.
pub(super) fn kinds(node: &Node<'_>, context: &mut Context<'_>) -> Vec<KindIx> {
    let mut found = Vec::with_capacity(1);
    let list = match &node.value {
        Value::Seq(items) => items.as_slice(),
        Value::Scalar { .. } => std::slice::from_ref(node),
        _ => {
            context.error(wrong(node, "kind", "a kind, such as `llm`"));
            &[]
        }
    };
    for item in list {
        let Some(text) = item.as_str() else {
            context.error(wrong(item, "kind", "a kind, such as `llm`"));
            continue;
        };
        if let Some(kind) = context.vocabulary.kind(text) {
            found.push(kind);
        } else {
            let diagnostic = Diagnostic::error("unknown-kind", format!("unknown kind `{text}`")).at(item.span);
            let near = suggest::closest(text, context.vocabulary.kinds.iter().map(|kind| kind.id.as_str()))
                .map(ToOwned::to_owned);
            context.error(match near {
                Some(near) => diagnostic.label(format!("did you mean `{near}`?")).fix(
                    item.span,
                    near.clone(),
                    format!("write `{near}`"),
                ),
                None => diagnostic.label("`telamon kinds` lists all kinds"),
            });
        }
    }
    found
}

fn control_index(text: &str, node: &Node<'_>, context: &mut Context<'_>) -> Option<ControlIx> {
    if let Some(control) = context.vocabulary.control(text) {
        return Some(control);
    }
    let diagnostic = Diagnostic::error("unknown-control", format!("unknown control `{text}`")).at(node.span);
    let near = suggest::closest(text, context.vocabulary.controls.iter().map(|control| control.id.as_str()))
        .map(ToOwned::to_owned);
    context.error(match near {
        Some(near) => {
            diagnostic.label(format!("did you mean `{near}`?")).fix(node.span, near.clone(), format!("write `{near}`"))
        }
        None => diagnostic.label("`telamon controls` lists all controls"),
    });
    None
}

fn state(node: &Node<'_>, context: &mut Context<'_>) -> Option<ControlState> {
    let text = node.as_str().unwrap_or("");
    let found = word_index(&CONTROL_STATES, text).and_then(|at| ControlState::ALL.get(usize::from(at)).copied());
    if found.is_none() {
        context.error(if text.is_empty() {
            wrong(node, "state", "a state, such as `implemented`")
        } else {
            unknown_word(text, node, "state", &CONTROL_STATES)
        });
    }
    found
}

/// Controls: a list (all implemented), or a map to a state or to details.
pub(super) fn controls(node: &Node<'_>, context: &mut Context<'_>) -> Vec<ControlUse> {
    let mut found: Vec<ControlUse> = Vec::new();
    match &node.value {
        Value::Null => {}
        Value::Scalar { .. } | Value::Seq(_) => {
            for text in texts(node, "controls", context) {
                let at = Node { span: text.span, value: Value::Null };
                if let Some(control) = control_index(&text.value, &at, context) {
                    found.push(ControlUse { control, state: ControlState::Implemented, span: text.span, detail: None });
                }
            }
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let Some(name) = key.as_str() else {
                    context.error(wrong(key, "controls", "a control"));
                    continue;
                };
                let control = control_index(name, key, context);
                let (state, detail) = match &value.value {
                    Value::Map(_) => control_detail(value, context),
                    _ => (state(value, context), None),
                };
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

fn control_detail(node: &Node<'_>, context: &mut Context<'_>) -> (Option<ControlState>, Option<Box<ControlDetail>>) {
    let Some(mut fields) = Fields::read(node, &CONTROL_DETAIL, "a control", context) else {
        return (None, None);
    };
    fields.require(head(node), context);
    let state = fields.take("state").and_then(|node| state(node, context));
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
    if state == Some(ControlState::NotApplicable) && detail.why.is_empty() {
        context.error(
            Diagnostic::warning("no-reason", "a control that does not apply needs a reason")
                .at(head(node))
                .label("add `why: ...`"),
        );
    }
    (state, Some(Box::new(detail)))
}

/// Effects: a list, or a map to whom each reaches.
pub(super) fn effects(node: &Node<'_>, context: &mut Context<'_>) -> Vec<Effect> {
    let widest = u8::try_from(EFFECT_REACH.len().saturating_sub(1)).unwrap_or(0);
    let mut found = Vec::new();
    let mut add = |node: &Node<'_>, reach: u8, context: &mut Context<'_>| {
        let text = node.as_str().unwrap_or("");
        match word_index(&EFFECTS, text) {
            Some(effect) => found.push(Effect { effect, reach }),
            None => context.error(unknown_word(text, node, "effects", &EFFECTS)),
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
                let text = value.as_str().unwrap_or("");
                if let Some(reach) = word_index(&EFFECT_REACH, text) {
                    add(key, reach, context);
                } else {
                    context.error(unknown_word(text, value, "effects", &EFFECT_REACH));
                    add(key, widest, context);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|effect| effect.effect);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert!(is_date("2026-02-28"));
        assert!(is_date("2024-02-29"));
        assert!(!is_date("2026-02-29"));
        assert!(!is_date("2026-13-01"));
        assert!(!is_date("26-01-01"));
        assert!(!is_date("2026-1-1"));
    }

    #[test]
    fn ids_are_words() {
        assert!(is_id("kb"));
        assert!(is_id("3d-view_2.a"));
        assert!(is_id("größe"));
        assert!(!is_id(""));
        assert!(!is_id("-a"));
        assert!(!is_id("a b"));
        assert!(!is_id("a:b"));
    }
}
