//! Flows: `a -> b: caption`, `a -> b [tool-call]: caption`, `a <-> b`, and the long form.

use super::section::Fields;
use super::{Context, value};
use crate::declaration::FLOW;
use crate::model::{FlowDef, FlowDetail, Spanned};
use crate::vocabulary::{CARRIES, CarriesSet, word_index};
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span, suggest};

/// The flow that `tools:` stands for.
pub(super) fn tool_flow(agent: &Spanned<String>, tool: Spanned<String>) -> FlowDef {
    FlowDef {
        span: tool.span,
        from: agent.clone(),
        to: tool,
        caption: String::new(),
        id: None,
        carries: word_index(&CARRIES, "tool-call").map_or(0, |at| 1 << at),
        detail: None,
    }
}

pub(super) fn flows(node: &Node<'_>, flows: &mut Vec<FlowDef>, context: &mut Context<'_>) {
    let list = match &node.value {
        Value::Seq(items) => items.as_slice(),
        Value::Null => &[],
        _ => {
            context.error(
                Diagnostic::error("wrong-type", format!("`flows` is {}, not a list", value::shape(node)))
                    .at(value::head(node))
                    .label("write each flow on a line of its own: `- a -> b: caption`"),
            );
            &[]
        }
    };
    for item in list {
        match &item.value {
            Value::Scalar { text, .. } => short(text, item.span, item.span, "", flows, context),
            // `a -> b: caption` is a map of one key to YAML.
            Value::Map(entries) => match entries.as_slice() {
                [(key, caption)] if key.as_str().is_some_and(|key| key.contains("->")) => {
                    let text = key.as_str().unwrap_or("");
                    let caption = value::text(caption, "caption", context).unwrap_or("");
                    short(text, key.span, item.span, caption, flows, context);
                }
                _ => long(item, flows, context),
            },
            _ => context.error(
                Diagnostic::error("bad-flow", format!("a flow is {}", value::shape(item)))
                    .at(value::head(item))
                    .label("write `a -> b: caption`"),
            ),
        }
    }
}

/// A part of `text` with its place; exact where the text stands in the source as it is.
fn part(text: &str, from: usize, to: usize, span: Span) -> Spanned<String> {
    let piece = text.get(from..to).unwrap_or("");
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    let whole = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(0);
    // A quoted or folded text is longer in the source than what it says: then the whole is underlined.
    let place = if whole == text.len() {
        let start = span.start.saturating_add(small(from + lead));
        Span { source: span.source, start, end: start.saturating_add(small(trimmed.len())) }
    } else {
        span
    };
    Spanned { value: trimmed.to_owned(), span: place }
}

fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn short(text: &str, span: Span, whole: Span, caption: &str, flows: &mut Vec<FlowDef>, context: &mut Context<'_>) {
    let both = text.find("<->");
    let arrow = both.or_else(|| text.find("->"));
    let Some(at) = arrow else {
        context.error(
            Diagnostic::error("bad-flow", format!("`{text}` is no flow"))
                .at(span)
                .label("write `a -> b: caption`, or `a <-> b` for both directions"),
        );
        return;
    };
    let after = at + if both.is_some() { 3 } else { 2 };
    let from = part(text, 0, at, span);
    let (end, carries) = match text.get(after..).and_then(|rest| rest.find('[')) {
        Some(open) => {
            let open = after + open;
            let close = text.get(open..).and_then(|rest| rest.find(']')).map_or(text.len(), |close| open + close);
            (open, carries_words(text, open + 1, close, span, context))
        }
        None => (text.len(), 0),
    };
    let to = part(text, after, end, span);
    for name in [&from, &to] {
        if !value::is_id(&name.value) {
            let more = name.value.contains("->");
            context.error(
                Diagnostic::error(
                    "bad-flow",
                    if name.value.is_empty() {
                        "a flow needs a component at both ends".to_owned()
                    } else {
                        format!("`{}` cannot be the id of a component", name.value)
                    },
                )
                .at(name.span)
                .label(if more {
                    "one arrow a line: write `- a -> b` and `- b -> c`"
                } else {
                    "write `a -> b: caption`"
                }),
            );
            return;
        }
    }
    let flow = FlowDef { span: whole, from, to, caption: caption.trim().to_owned(), id: None, carries, detail: None };
    if both.is_some() {
        let mut back = flow.clone();
        std::mem::swap(&mut back.from, &mut back.to);
        flows.push(flow);
        flows.push(back);
    } else {
        flows.push(flow);
    }
}

fn carries_words(text: &str, from: usize, to: usize, span: Span, context: &mut Context<'_>) -> CarriesSet {
    let mut set = 0;
    let mut start = from;
    for word in text.get(from..to).unwrap_or("").split(',') {
        let place = part(text, start, start + word.len(), span);
        start += word.len() + 1;
        set |= carries_word(&place, context);
    }
    set
}

fn carries_word(word: &Spanned<String>, context: &mut Context<'_>) -> CarriesSet {
    if let Some(at) = word_index(&CARRIES, &word.value) {
        return 1 << at;
    }
    let diagnostic =
        Diagnostic::error("unknown-carries", format!("a flow cannot carry `{}`", word.value)).at(word.span);
    context.error(match suggest::closest(&word.value, CARRIES) {
        Some(near) => {
            diagnostic.label(format!("did you mean `{near}`?")).fix(word.span, near, format!("write `{near}`"))
        }
        None => diagnostic.label(format!("one of: {}", CARRIES.join(", "))),
    });
    0
}

fn long(node: &Node<'_>, flows: &mut Vec<FlowDef>, context: &mut Context<'_>) {
    let Some(mut fields) = Fields::read(node, &FLOW, "a flow", context) else {
        return;
    };
    fields.require(value::head(node), context);
    let from = fields.spanned_texts("from", context).into_iter().next();
    let to = fields.spanned_texts("to", context).into_iter().next();
    let carries =
        fields.spanned_texts("carries", context).iter().fold(0, |set, word| set | carries_word(word, context));
    let caption = fields.text_or_empty("caption", context);
    let id = fields.text("id", context).map(String::into_boxed_str);
    let data = fields.spanned_texts("data", context);
    let controls = fields.take("controls").map(|node| value::controls(node, context)).unwrap_or_default();
    let (attributes, _) = fields.attributes(context);
    let one_way = FLOW.key("one-way").is_some_and(|(at, _)| {
        attributes.iter().any(|attribute| usize::from(attribute.key) == at && attribute.words == 2)
    });
    if let (Some(from), Some(to)) = (from, to) {
        flows.push(FlowDef {
            span: node.span,
            from,
            to,
            caption,
            id,
            carries,
            detail: Some(Box::new(FlowDetail { attributes, data, controls, one_way })),
        });
    }
}
