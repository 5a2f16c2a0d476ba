//! A map read against its declaration: known keys picked, unknown keys reported.

use super::{Context, value};
use crate::declaration::{Section, Type};
use crate::model::{Attribute, Spanned, TextValue};
use std::fmt::Display;
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span};

/// The values of a section's keys, by key position.
pub(super) struct Fields<'n> {
    section: &'static Section,
    values: Vec<Option<&'n Node<'n>>>,
}

impl<'n> Fields<'n> {
    /// Picks the keys of `section` from a map; reports unknown keys and values that are no map. Nothing is an empty
    /// map where no key is required.
    pub(super) fn read(
        node: &'n Node<'n>,
        section: &'static Section,
        what: impl Display,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        if node.is_plain_null() && !section.keys.iter().any(|key| key.required) {
            return Some(Self { section, values: vec![None; section.keys.len()] });
        }
        let Value::Map(entries) = &node.value else {
            if !context.is_lost(node) {
                context.error(no_map(node, section, what, context));
            }
            return None;
        };
        let mut values = vec![None; section.keys.len()];
        let mut meant = Vec::new();
        for (key, node) in entries {
            let Some(name) = key.as_str() else {
                value::wrong(key, "a key", "a word", context);
                continue;
            };
            // Keys that begin with `x-` belong to other tools.
            if name.starts_with("x-") {
                continue;
            }
            match section.key(name) {
                Some((at, _)) => {
                    if let Some(slot) = values.get_mut(at)
                        && slot.is_none()
                    {
                        *slot = Some(node);
                    }
                }
                None => meant.extend(unknown_key(name, key.span, section, context).map(|at| (at, node))),
            }
        }
        // A misspelt key is read as what it is meant to be: what is wrong below it comes in the same run.
        for (at, node) in meant {
            if let Some(slot) = values.get_mut(at)
                && slot.is_none()
            {
                *slot = Some(node);
            }
        }
        Some(Self { section, values })
    }

    /// Reports required keys that are not there, or have no value.
    pub(super) fn require(&self, span: Span, context: &mut Context<'_>) {
        if context.patched {
            return;
        }
        for (key, value) in self.section.keys.iter().zip(&self.values) {
            let place = match value {
                None => span,
                Some(node) if node.is_plain_null() || node.is_seq() && node.items().is_empty() => node.span,
                Some(_) => continue,
            };
            if key.required {
                context.error(
                    Diagnostic::error("missing-key", format!("`{}` is missing", key.name))
                        .at(place)
                        .label(format!("add `{}`: {}", key.name, key.doc)),
                );
            }
        }
    }

    /// Whether a key is written and has a value.
    pub(super) fn has(&self, name: &str) -> bool {
        let at = self.section.key(name).map(|(at, _)| at);
        at.and_then(|at| self.values.get(at).copied().flatten()).is_some_and(|node| !node.is_plain_null())
    }

    /// The value of a key, once.
    pub(super) fn take(&mut self, name: &str) -> Option<&'n Node<'n>> {
        let (at, _) = self.section.key(name)?;
        self.values.get_mut(at)?.take()
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, context: &mut Context<'_>) -> Option<String> {
        let node = self.take(name)?;
        value::text(node, name, context).map(ToOwned::to_owned)
    }

    /// A text, empty when not written.
    pub(super) fn text_or_empty(&mut self, name: &str, context: &mut Context<'_>) -> String {
        self.text(name, context).unwrap_or_default()
    }

    /// A list of texts, or one.
    pub(super) fn texts(&mut self, name: &str, context: &mut Context<'_>) -> Vec<String> {
        self.take(name).map(|node| value::prose(node, name, context)).unwrap_or_default()
    }

    /// A list of names, or one, with their places.
    pub(super) fn names(&mut self, name: &str, context: &mut Context<'_>) -> Vec<Spanned<String>> {
        self.take(name).map(|node| value::names(node, name, context)).unwrap_or_default()
    }

    /// One name with its place.
    pub(super) fn name(&mut self, name: &str, wanted: &str, context: &mut Context<'_>) -> Option<Spanned<String>> {
        self.take(name).and_then(|node| value::name(node, name, wanted, context))
    }

    /// A date, empty when not written or no date.
    pub(super) fn date(&mut self, name: &str, context: &mut Context<'_>) -> String {
        let Some(node) = self.take(name) else {
            return String::new();
        };
        value::date(node, name, context)
    }

    /// The words of the attribute at key position `at`.
    pub(super) fn attribute(&mut self, at: usize, context: &mut Context<'_>) -> Option<Attribute> {
        let key = self.section.keys.get(at)?;
        let node = self.values.get_mut(at)?.take()?;
        let words = value::words(node, key, context)?;
        Some(Attribute { key: u8::try_from(at).ok()?, words, span: node.span })
    }

    /// All attributes and texts that are still there; lists, maps and references are left alone.
    pub(super) fn attributes(&mut self, context: &mut Context<'_>) -> (Vec<Attribute>, Vec<TextValue>) {
        let mut attributes = Vec::new();
        let mut texts = Vec::new();
        for (at, key) in self.section.keys.iter().enumerate() {
            let Some(node) = self.values.get(at).copied().flatten() else {
                continue;
            };
            match key.ty {
                Type::Text | Type::Texts | Type::Date => {
                    let list = if key.ty == Type::Text {
                        value::text(node, key.name, context).map(ToOwned::to_owned).into_iter().collect()
                    } else if key.ty == Type::Date {
                        vec![value::date(node, key.name, context)]
                    } else {
                        value::prose(node, key.name, context)
                    };
                    let text = list.join("\n");
                    if let Ok(number) = u8::try_from(at)
                        && !text.is_empty()
                    {
                        // `none` written out says the same as nothing written, but on purpose.
                        let words = if text == "none" { 1 } else { 2 };
                        attributes.push(Attribute { key: number, words, span: node.span });
                        texts.push(TextValue { key: number, text });
                    }
                }
                _ if key.is_attribute() => {
                    attributes.extend(self.attribute(at, context));
                }
                _ => {}
            }
        }
        (attributes, texts)
    }

    /// Calls `each` for every entry of a map of ids.
    pub(super) fn each(
        &mut self,
        name: &str,
        context: &mut Context<'_>,
        mut each: impl FnMut(Spanned<String>, &'n Node<'n>, &mut Context<'_>),
    ) {
        let Some(node) = self.take(name) else { return };
        match &node.value {
            Value::Null => {}
            Value::Map(entries) => {
                for (key, value) in entries {
                    match key.as_str() {
                        Some(id) if id.starts_with("x-") => {}
                        Some(id) if value::is_id(id) => {
                            each(Spanned { value: id.to_owned(), span: key.span }, value, context);
                        }
                        Some(id) => context.error(bad_id(id, key)),
                        None => value::wrong(key, "an id", "a word", context),
                    }
                }
            }
            _ if context.is_lost(node) => {}
            Value::Seq(_) => context.error(
                Diagnostic::error("wrong-type", format!("`{name}` is a list, not a map of ids"))
                    .at(context.place(node))
                    .label("write each as `id: { ... }`, without a dash"),
            ),
            Value::Scalar { .. } => context.error(
                Diagnostic::error("wrong-type", format!("`{name}` is {}, not a map of ids", value::shape(node)))
                    .at(context.place(node))
                    .label(format!("write `{name}:` and below it `id: {{ ... }}`")),
            ),
        }
    }
}

fn bad_id(id: &str, key: &Node<'_>) -> Diagnostic {
    let shown = value::shown(id);
    if id.contains(":{") || id.contains(":[") {
        return Diagnostic::error("missing-space", format!("`{shown}` lacks a space after the colon"))
            .at(key.span)
            .label("write `id: { ... }`");
    }
    let diagnostic =
        Diagnostic::error("bad-id", format!("`{shown}` cannot be an id")).at(key.span).label(if id.contains(" {") {
            "a colon is missing: write `id: { ... }`"
        } else {
            "use letters, digits, `-`, `_` and `.`, beginning with a letter or digit"
        });
    strange(id, diagnostic)
}

/// Names a character that looks like a part of a letter, like a blank, or like nothing.
fn strange(word: &str, diagnostic: Diagnostic) -> Diagnostic {
    match word.chars().find(|letter| !letter.is_ascii() && !letter.is_alphanumeric()) {
        Some(letter) => diagnostic.note(format!("U+{:04X} is neither letter nor digit", u32::from(letter))),
        None => diagnostic,
    }
}

/// A section that is something else than a map of keys.
fn no_map(node: &Node<'_>, section: &Section, what: impl Display, context: &Context<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::error("wrong-type", format!("{what} is {}, not a map of keys", value::shape(node)))
        .at(context.place(node));
    // `bot: llm` says enough to be written right, unless something else is needed too.
    let sole = section.keys.iter().filter(|key| key.required).count() <= 1;
    if let Some(word) = node.as_str().map(str::trim)
        && let Some(key) = section.keys.iter().find(|key| match key.ty {
            Type::Kinds => context.vocabulary.kind(word).is_some(),
            Type::Word(words) | Type::Ordered(words) => words.contains(&word),
            _ => false,
        })
        && sole
    {
        let right = format!("{{ {}: {word} }}", key.name);
        return diagnostic.label(format!("write `{right}`")).fix(node.span, right.clone(), format!("write `{right}`"));
    }
    let first = section.keys.iter().find(|key| key.required).or(section.keys.first());
    diagnostic.label(format!("write keys such as `{}: ...`", first.map_or("", |key| key.name)))
}

/// Reports a key that the section does not have; gives the position of the one that is meant.
fn unknown_key(name: &str, span: Span, section: &Section, context: &mut Context<'_>) -> Option<usize> {
    let message = format!("unknown key `{}` in `{}`", value::shown(name), section.name);
    let diagnostic = Diagnostic::error("unknown-key", message).at(span);
    let near = context.closest(name, section.keys.iter().map(|key| key.name));
    context.error(match near {
        Some(near) => diagnostic.label(format!("did you mean `{near}`?")).fix(span, near, format!("write `{near}`")),
        None => strange(name, diagnostic)
            .label("not a key of this section")
            .note(format!("keys: {}", section.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", "))),
    });
    section.key(near?).map(|(at, _)| at)
}
