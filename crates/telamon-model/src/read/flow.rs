//! Flows: `a -> b: caption`, `a -> b [tool-call]: caption`, `a <-> b`, and the long form.

use super::arrow::{self, Arrow, Way};
use super::section::Fields;
use super::{Context, control, value};
use crate::declaration::FLOW;
use crate::model::{FlowDef, FlowDetail, Spanned};
use crate::vocabulary::{CARRIES, CarriesSet, word_index};
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span};

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
            // `-a -> b` is a text that goes on over the lines.
            let dashes = node.as_str().is_some_and(|text| text.starts_with(['-', '–', '—']));
            context.error(
                Diagnostic::error("wrong-type", format!("`flows` is {}, not a list", value::shape(node)))
                    .at(context.place(node))
                    .label(if dashes {
                        "begin each flow with `-` and a blank: `- a -> b: caption`"
                    } else {
                        "write each flow on a line of its own: `- a -> b: caption`"
                    }),
            );
            &[]
        }
    };
    for item in list {
        match &item.value {
            Value::Scalar { text, .. } => short(text, item.span, item.span, None, flows, context),
            Value::Map(entries) => match (entries.iter().find(|(key, _)| is_short(key)), entries.as_slice()) {
                // `a -> b: caption` is a map of one key to YAML.
                (Some((key, caption)), [_]) => {
                    let text = key.as_str().unwrap_or("");
                    let caption = match &caption.value {
                        Value::Seq(_) => {
                            context.error(in_caption(caption));
                            ""
                        }
                        _ => value::text(caption, "caption", context).unwrap_or(""),
                    };
                    short(text, key.span, item.span, Some(caption), flows, context);
                }
                (Some((key, _)), _) => context.error(
                    Diagnostic::error("bad-flow", "a flow with an arrow has no further keys")
                        .at(key.span)
                        .label("write `{ from: a, to: b, caption: ..., carries: ... }`"),
                ),
                (None, _) => long(item, flows, context),
            },
            _ => context.error(
                Diagnostic::error("bad-flow", format!("a flow is {}", value::shape(item)))
                    .at(context.place(item))
                    .label("write `a -> b: caption`"),
            ),
        }
    }
}

/// `a -> b: [prompt]`
fn in_caption(node: &Node<'_>) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("the caption is {}, not a text", value::shape(node)))
        .at(value::head(node))
        .label("what a flow carries stands before the colon: `a -> b [prompt]: caption`")
}

/// Whether a key is a flow in the short form, or was meant to be one.
fn is_short(key: &Node<'_>) -> bool {
    key.as_str().is_some_and(|text| FLOW.key(text).is_none() && arrow::find(text).is_some())
}

/// A part of `text`, which is what stands at `span`, with its place.
fn part(text: &str, from: usize, to: usize, span: Span, context: &Context<'_>) -> Spanned<String> {
    let piece = text.get(from..to).unwrap_or("");
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    // Behind a quote or at once; where lines were folded or letters escaped, the whole is underlined.
    let start = usize::try_from(span.start).unwrap_or(0);
    let exact = [start, start + 1]
        .into_iter()
        .find(|at| context.text.get(*at..).is_some_and(|source| source.starts_with(text)));
    let place = exact.map_or(span, |at| {
        let start = at + from + lead;
        Span::new(span.source, start, start + trimmed.len())
    });
    Spanned { value: trimmed.to_owned(), span: place }
}

/// A flow in one text. `caption` is what stands behind the colon, if YAML took the text for a key.
fn short(
    text: &str,
    span: Span,
    whole: Span,
    caption: Option<&str>,
    flows: &mut Vec<FlowDef>,
    context: &mut Context<'_>,
) {
    let Some(arrow) = arrow::find(text) else {
        context.error(no_flow(text, span, context));
        return;
    };
    let after = arrow.end;
    let rest = text.get(after..).unwrap_or("");
    let colon = if caption.is_some() { None } else { rest.find(':').map(|at| after + at) };
    let open = rest.find('[').map(|at| after + at).filter(|at| colon.is_none_or(|colon| *at < colon));
    let from = part(text, 0, arrow.start, span, context);
    let to = part(text, after, open.or(colon).unwrap_or(text.len()), span, context);
    let ids = value::is_id(&from.value) && value::is_id(&to.value);
    if !arrow.right {
        if !ids {
            context.error(no_flow(text, span, context));
            return;
        }
        context.error(wrong_arrow(&from, &to, arrow, text, span, context));
    } else if !ids {
        let name = if value::is_id(&from.value) { &to } else { &from };
        let arrow = part(text, arrow.start, arrow.end, span, context);
        context.error(bad_end(name, arrow.span, context));
        return;
    }
    let (end, carries) = open.map_or((colon.unwrap_or(text.len()), 0), |open| brackets(text, open, span, context));
    let behind = behind(text, end, &to, span, context);
    let caption = caption.unwrap_or(behind);
    let flow = FlowDef { span: whole, from, to, caption: caption.trim().to_owned(), id: None, carries, detail: None };
    if arrow.way == Way::Both {
        let mut back = flow.clone();
        std::mem::swap(&mut back.from, &mut back.to);
        flows.push(flow);
        flows.push(back);
    } else {
        flows.push(flow);
    }
}

fn no_flow(text: &str, span: Span, context: &Context<'_>) -> Diagnostic {
    let message = if text.trim().is_empty() {
        "a flow is empty".to_owned()
    } else {
        format!("`{}` is no flow", value::shown(text))
    };
    let label = runs_on(span, context).unwrap_or("write `a -> b: caption`, or `a <-> b` for both directions");
    Diagnostic::error("bad-flow", message).at(span).label(label)
}

fn bad_end(name: &Spanned<String>, arrow: Span, context: &Context<'_>) -> Diagnostic {
    if name.value.is_empty() {
        return Diagnostic::error("bad-flow", "a flow needs a component at both ends")
            .at(arrow)
            .label("write `a -> b: caption`");
    }
    let shown = value::shown(&name.value);
    let label = runs_on(name.span, context).unwrap_or(if arrow::find(&name.value).is_some() {
        "one arrow a line: write `- a -> b` and `- b -> c`"
    } else if name.value.contains(',') {
        "one flow a line: write `- a -> b` and `- a -> c`"
    } else if name.value.contains('[') {
        "what a flow carries stands behind both ends: `a -> b [prompt]: caption`"
    } else {
        "write `a -> b: caption`"
    });
    Diagnostic::error("bad-flow", format!("`{shown}` cannot be the id of a component")).at(name.span).label(label)
}

/// A text without quotes takes in the lines below that are indented deeper.
fn runs_on(span: Span, context: &Context<'_>) -> Option<&'static str> {
    let written = context.text.get(span.range())?;
    written.contains('\n').then_some("this goes on over the line: indent the next one like the first")
}

/// The ends are clear and only the arrow is not one.
fn wrong_arrow(
    from: &Spanned<String>,
    to: &Spanned<String>,
    arrow: Arrow,
    text: &str,
    span: Span,
    context: &Context<'_>,
) -> Diagnostic {
    let written = part(text, arrow.start, arrow.end, span, context);
    let right = arrow.way.arrow();
    let diagnostic = Diagnostic::error("bad-flow", format!("`{}` is no arrow of a flow", written.value));
    let exact = written.span != span;
    match arrow.way {
        Way::Back => {
            let turned = format!("{} {right} {}", to.value, from.value);
            let diagnostic = diagnostic.at(written.span).label(format!("turn it round: `{turned}`"));
            if exact {
                diagnostic.fix(from.span.join(to.span), turned.clone(), format!("write `{turned}`"))
            } else {
                diagnostic
            }
        }
        Way::There | Way::Both => {
            let diagnostic = diagnostic
                .at(written.span)
                .label(format!("flows are written `a {right} b`"))
                .note("`a -> b` is a call with its answer, `a <-> b` stands for both directions");
            if exact { diagnostic.fix(written.span, right, format!("write `{right}`")) } else { diagnostic }
        }
    }
}

/// What the brackets that open at `open` say, and where they end.
fn brackets(text: &str, open: usize, span: Span, context: &mut Context<'_>) -> (usize, CarriesSet) {
    let rest = text.get(open..).unwrap_or("");
    if let Some(length) = rest.find(']') {
        return (open + length + 1, carries_words(text, open + 1, open + length, span, context));
    }
    let place = part(text, open, open + 1, span, context);
    context.error(
        Diagnostic::error("bad-flow", "the bracket is not closed")
            .at(place.span)
            .label("write what the flow carries as `[prompt]`"),
    );
    (text.len(), 0)
}

/// The caption that a text, which YAML did not split, has behind both ends and the brackets.
fn behind<'t>(text: &'t str, end: usize, to: &Spanned<String>, span: Span, context: &mut Context<'_>) -> &'t str {
    let rest = text.get(end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let place = |context: &Context<'_>| part(text, end + blanks, text.len(), span, context);
    match rest.strip_prefix(':') {
        Some(caption) if caption.is_empty() || caption.starts_with(char::is_whitespace) => caption,
        Some(caption) => {
            let place = place(context);
            let message = format!("`{}{}` lacks a space after the colon", to.value, value::shown(&place.value));
            let mut diagnostic = Diagnostic::error("missing-space", message)
                .at(to.span.join(place.span))
                .label("write `a -> b: caption`");
            if place.span != span {
                let colon = usize::try_from(place.span.start).unwrap_or(0) + 1;
                diagnostic = diagnostic.fix(Span::new(span.source, colon, colon), " ", "put a space after the colon");
            }
            context.error(diagnostic);
            caption
        }
        None if rest.is_empty() => "",
        None => {
            let place = place(context);
            context.error(
                Diagnostic::error(
                    "bad-flow",
                    format!("`{}` stands behind the brackets without a colon", value::shown(&place.value)),
                )
                .at(place.span)
                .label("write `a -> b [prompt]: caption`"),
            );
            ""
        }
    }
}

fn carries_words(text: &str, from: usize, to: usize, span: Span, context: &mut Context<'_>) -> CarriesSet {
    let words = text.get(from..to).unwrap_or("");
    if words.trim().is_empty() {
        let place = part(text, from.saturating_sub(1), to + 1, span, context);
        context.error(
            Diagnostic::error("bad-flow", "the brackets are empty")
                .at(place.span)
                .label("write what the flow carries, as `[prompt]`, or leave them out"),
        );
    }
    let mut set = 0;
    let mut start = from;
    for word in words.split(',') {
        let place = part(text, start, start + word.len(), span, context);
        start += word.len() + 1;
        if !place.value.is_empty() {
            set |= carries_word(&place, context);
        }
    }
    set
}

fn carries_word(word: &Spanned<String>, context: &mut Context<'_>) -> CarriesSet {
    if let Some(at) = word_index(&CARRIES, &word.value) {
        return 1 << at;
    }
    let diagnostic =
        Diagnostic::error("unknown-carries", format!("a flow cannot carry `{}`", value::shown(&word.value)))
            .at(word.span);
    let near = context.closest(&word.value, CARRIES);
    context.error(match near {
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
    fields.require(context.place(node), context);
    let from = fields.name("from", "one component", context);
    let to = fields.name("to", "one component", context);
    let carries = fields.names("carries", context).iter().fold(0, |set, word| set | carries_word(word, context));
    let caption = fields.text_or_empty("caption", context);
    let id = fields.text("id", context).map(String::into_boxed_str);
    let data = fields.names("data", context);
    let controls = fields.take("controls").map(|node| control::controls(node, context)).unwrap_or_default();
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
