//! Single values: words, texts, dates, references.

use super::Context;
use crate::declaration::{Key, Type};
use crate::model::Spanned;
use crate::vocabulary::{KindIx, word_index};
use std::borrow::Cow;
use std::fmt::Display;
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span};

/// What a node is, for messages.
pub(super) fn shape(node: &Node<'_>) -> &'static str {
    match &node.value {
        Value::Null => "empty",
        Value::Scalar { text, .. } if text.trim().is_empty() => "empty",
        Value::Scalar { .. } => "a single value",
        Value::Seq(items) if items.is_empty() => "an empty list",
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

/// A value of another sort than is wanted.
pub(super) fn wrong(node: &Node<'_>, what: impl Display, wanted: &str, context: &mut Context<'_>) {
    let place = context.place(node);
    context.error(
        Diagnostic::error("wrong-type", format!("{what} is {}, not {wanted}", shape(node)))
            .at(place)
            .label(format!("write {wanted}")),
    );
}

/// What is quoted in a message: on one line, and not all of a long text.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && !text.contains(['\n', '\r', '\t']) {
        return Cow::Borrowed(text);
    }
    let mut short = String::new();
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            short.push(' ');
        }
        short.push_str(word);
        if short.len() > LONGEST {
            break;
        }
    }
    match short.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", short.get(..end).unwrap_or(""))),
        None => Cow::Owned(short),
    }
}

/// Longer words are cut in messages.
const LONGEST: usize = 60;

/// A text.
pub(super) fn text<'n>(node: &'n Node<'_>, name: &str, context: &mut Context<'_>) -> Option<&'n str> {
    if let Some(text) = node.as_str() {
        cut_short(node, context);
        return Some(text);
    }
    if node.is_plain_null() {
        cut_short(node, context);
    } else {
        wrong(node, format_args!("`{name}`"), "a text", context);
    }
    None
}

/// Warns where ` #` ends a text that was to go on: `order #12`. Behind two blanks, or before one, it is a comment.
fn cut_short(node: &Node<'_>, context: &mut Context<'_>) {
    let nothing = node.is_plain_null() && node.span.is_empty();
    if !node.is_plain() && !nothing {
        return;
    }
    let Some(comment) = node.comment_after(context.text) else {
        return;
    };
    let rest = context.text.get(comment.range()).unwrap_or("").trim_end();
    let written = context.text.get(node.span.range()).unwrap_or("");
    let close = comment.start == node.span.end.saturating_add(1);
    if !close || !rest.chars().nth(1).is_some_and(char::is_alphanumeric) || written.starts_with('*') {
        return;
    }
    let first = if nothing { comment } else { node.span };
    let whole = Span::new(comment.source, first.range().start, comment.range().start + rest.len());
    let text = context.text.get(whole.range()).unwrap_or("");
    let quoted =
        if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") };
    context.error(
        Diagnostic::warning("cut-short", format!("the text ends before `{rest}`, which YAML takes for a comment"))
            .at(Span::new(comment.source, comment.range().start, whole.range().end))
            .label("quote the text if this is part of it")
            .note("a comment has a blank behind its `#`")
            .fix(whole, quoted, "quote the text"),
    );
}

/// A list of texts that people read, or one.
pub(super) fn prose(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> Vec<String> {
    for item in node.items() {
        cut_short(item, context);
    }
    cut_short(node, context);
    texts(node, name, context).into_iter().map(|text| text.value).collect()
}

/// Items of a list; a single value counts as a list of one.
pub(super) fn items<'n>(node: &'n Node<'n>, name: &str, context: &mut Context<'_>) -> &'n [Node<'n>] {
    match &node.value {
        Value::Seq(items) => items,
        Value::Null => &[],
        Value::Scalar { .. } => std::slice::from_ref(node),
        Value::Map(_) => {
            wrong(node, format_args!("`{name}`"), "a list", context);
            &[]
        }
    }
}

/// A list of texts, or one.
pub(super) fn texts(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> Vec<Spanned<String>> {
    let list = items(node, name, context);
    let mut found = Vec::with_capacity(list.len());
    for item in list {
        match item.as_str() {
            Some(text) => found.push(Spanned { value: text.to_owned(), span: item.span }),
            None => match colon_in_text(item, name, context) {
                Some(diagnostic) => context.error(diagnostic),
                None => wrong(item, format_args!("an item of `{name}`"), "a text", context),
            },
        }
    }
    found
}

/// `- we trust: everyone` is a map to YAML.
fn colon_in_text(item: &Node<'_>, name: &str, context: &Context<'_>) -> Option<Diagnostic> {
    let written = context.text.get(item.span.range())?;
    let [(_, value)] = item.entries() else {
        return None;
    };
    if value.as_str().is_none() || written.contains(['\n', '"', '\\', '{']) {
        return None;
    }
    let diagnostic = Diagnostic::error("wrong-type", format!("an item of `{name}` is a map, not a text")).at(item.span);
    Some(diagnostic.label("a text with `: ` in it needs quotes").fix(
        item.span,
        format!("\"{written}\""),
        "quote the text",
    ))
}

/// Names of other things: texts that are not empty.
pub(super) fn names(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> Vec<Spanned<String>> {
    let mut found = texts(node, name, context);
    found.retain_mut(|text| {
        let trimmed = text.value.trim();
        if trimmed.len() < text.value.len() {
            text.value = trimmed.to_owned();
        }
        if text.value.is_empty() {
            context.error(empty(name, text.span));
        }
        if let Some(list) = list_in_text(&text.value) {
            context.error(no_list(name, text.span, &list));
            return false;
        }
        !text.value.is_empty()
    });
    found
}

/// The list that `a, b` is meant to be.
fn list_in_text(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.contains(',').then(|| text.split(',').map(str::trim).collect())?;
    parts.iter().all(|part| is_id(part)).then(|| format!("[{}]", parts.join(", ")))
}

fn no_list(name: &str, span: Span, list: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("`{name}` is one text, not a list"))
        .at(span)
        .label(format!("write `{list}`"))
        .fix(span, list, format!("write `{list}`"))
}

fn empty(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("`{name}` names nothing")).at(span).label("write a name, or leave it out")
}

/// One name; a list of one counts as it.
pub(super) fn name(node: &Node<'_>, name: &str, wanted: &str, context: &mut Context<'_>) -> Option<Spanned<String>> {
    let item = match &node.value {
        Value::Seq(items) => match items.as_slice() {
            [item] => item,
            _ => node,
        },
        _ => node,
    };
    match &item.value {
        Value::Null => None,
        Value::Scalar { text, .. } if text.trim().is_empty() => {
            context.error(empty(name, item.span));
            None
        }
        Value::Scalar { text, .. } => Some(Spanned { value: text.trim().to_owned(), span: item.span }),
        _ => {
            wrong(item, format_args!("`{name}`"), wanted, context);
            None
        }
    }
}

/// A date, `YYYY-MM-DD`; empty when it is none.
pub(super) fn date(node: &Node<'_>, name: &str, context: &mut Context<'_>) -> String {
    let Some(text) = node.as_str() else {
        if !node.is_plain_null() {
            wrong(node, format_args!("`{name}`"), "a date", context);
        }
        return String::new();
    };
    if is_date(text) {
        return text.to_owned();
    }
    context.error(
        Diagnostic::error("bad-date", format!("`{}` is no date", shown(text)))
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

/// Reports a word that its key does not have.
pub(super) fn unknown_word(text: &str, node: &Node<'_>, key: &str, words: &[&str], context: &mut Context<'_>) {
    let message = format!("`{}` is not a value of `{key}`", shown(text));
    let diagnostic = Diagnostic::error("unknown-word", message).at(node.span);
    let diagnostic = match context.closest(text, words.iter().copied()) {
        Some(near) => {
            diagnostic.label(format!("did you mean `{near}`?")).fix(node.span, near, format!("write `{near}`"))
        }
        None => diagnostic.label(format!("one of: {}", words.join(", "))),
    };
    context.error(diagnostic);
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
            wrong(node, format_args!("`{}`", key.name), if several { "a list of words" } else { "one word" }, context);
            return None;
        }
    };
    let mut set = 0;
    for item in list {
        let Some(text) = item.as_str() else {
            wrong(item, format_args!("an item of `{}`", key.name), "a word", context);
            continue;
        };
        let text = match (key.ty, text.trim()) {
            (Type::Bool, "true") => "yes",
            (Type::Bool, "false") => "no",
            (_, text) => text,
        };
        match word_index(words, text) {
            Some(at) => set |= 1u32 << at,
            None if text.is_empty() => wrong(item, format_args!("`{}`", key.name), "a word", context),
            None if several && list_in_text(text).is_some() => {
                let list = list_in_text(text).unwrap_or_default();
                context.error(no_list(key.name, item.span, &list));
            }
            None => unknown_word(text, item, key.name, words, context),
        }
    }
    (set != 0).then_some(set)
}

/// One kind, or a list.
pub(super) fn kinds(node: &Node<'_>, context: &mut Context<'_>) -> Vec<KindIx> {
    const WANTED: &str = "a kind, such as `llm`";
    let mut found = Vec::with_capacity(1);
    let list = match &node.value {
        // That there is none was said.
        Value::Seq(items) => items.as_slice(),
        Value::Scalar { .. } => std::slice::from_ref(node),
        Value::Null => &[],
        _ => {
            wrong(node, "`kind`", WANTED, context);
            &[]
        }
    };
    let vocabulary = context.vocabulary;
    for item in list {
        let Some(text) = item.as_str().map(str::trim).filter(|text| !text.is_empty()) else {
            wrong(item, "`kind`", WANTED, context);
            continue;
        };
        if let Some(kind) = vocabulary.kind(text) {
            found.push(kind);
        } else if let Some(list) = list_in_text(text) {
            context.error(no_list("kind", item.span, &list));
        } else {
            let diagnostic = Diagnostic::error("unknown-kind", format!("unknown kind `{}`", shown(text))).at(item.span);
            let near = context.closest(text, vocabulary.kinds.iter().map(|kind| kind.id.as_str()));
            context.error(match near {
                Some(near) => {
                    diagnostic.label(format!("did you mean `{near}`?")).fix(item.span, near, format!("write `{near}`"))
                }
                None => diagnostic.label("`telamon kinds` lists all kinds"),
            });
        }
    }
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
