//! A map read against its declaration: known keys picked, unknown keys reported.

use super::{Context, value};
use crate::declaration::{Section, Type};
use crate::model::{Attribute, Spanned, TextValue};
use telamon_text::yaml::{Node, Value};
use telamon_text::{Diagnostic, Span, suggest};

/// The values of a section's keys, by key position.
pub(super) struct Fields<'n> {
    section: &'static Section,
    values: Vec<Option<&'n Node<'n>>>,
}

impl<'n> Fields<'n> {
    /// Picks the keys of `section` from a map; reports unknown keys and values that are no map.
    pub(super) fn read(
        node: &'n Node<'n>,
        section: &'static Section,
        what: impl std::fmt::Display,
        context: &mut Context<'_>,
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            context.error(
                Diagnostic::error("wrong-type", format!("{what} is {}, not a map of keys", value::shape(node)))
                    .at(node.span)
                    .label(format!("write keys such as `{}: ...`", section.keys.first().map_or("", |key| key.name))),
            );
            return None;
        };
        let mut values = vec![None; section.keys.len()];
        for (key, node) in entries {
            let Some(name) = key.as_str() else {
                context.error(
                    Diagnostic::error("wrong-type", "a key must be a word")
                        .at(key.span)
                        .label(format!("this is {}", value::shape(key))),
                );
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
                None => context.error(unknown_key(name, key.span, section)),
            }
        }
        Some(Self { section, values })
    }

    /// Reports required keys that are not there.
    pub(super) fn require(&self, span: Span, context: &mut Context<'_>) {
        for (key, value) in self.section.keys.iter().zip(&self.values) {
            if key.required && value.is_none() {
                context.error(
                    Diagnostic::error("missing-key", format!("`{}` is missing", key.name))
                        .at(span)
                        .label(format!("add `{}`: {}", key.name, key.doc)),
                );
            }
        }
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
        self.spanned_texts(name, context).into_iter().map(|text| text.value).collect()
    }

    /// A list of texts, or one, with their places.
    pub(super) fn spanned_texts(&mut self, name: &str, context: &mut Context<'_>) -> Vec<Spanned<String>> {
        self.take(name).map(|node| value::texts(node, name, context)).unwrap_or_default()
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
                        value::texts(node, key.name, context).into_iter().map(|text| text.value).collect::<Vec<_>>()
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
                        Some(id) => context.error(
                            Diagnostic::error("bad-id", format!("`{id}` cannot be an id"))
                                .at(key.span)
                                .label("use letters, digits, `-`, `_` and `.`, beginning with a letter or digit"),
                        ),
                        None => context.error(
                            Diagnostic::error("bad-id", "an id must be a word")
                                .at(key.span)
                                .label(format!("this is {}", value::shape(key))),
                        ),
                    }
                }
            }
            _ => context.error(
                Diagnostic::error("wrong-type", format!("`{name}` is {}, not a map of ids", value::shape(node)))
                    .at(node.span)
                    .label(format!("write `{name}:` and below it `id: {{ ... }}`")),
            ),
        }
    }
}

fn unknown_key(name: &str, span: Span, section: &Section) -> Diagnostic {
    let known = section.keys.iter().map(|key| key.name);
    let diagnostic = Diagnostic::error("unknown-key", format!("unknown key `{name}` in `{}`", section.name)).at(span);
    match suggest::closest(name, known) {
        Some(near) => diagnostic.label(format!("did you mean `{near}`?")).fix(span, near, format!("write `{near}`")),
        None => diagnostic
            .label("not a key of this section")
            .note(format!("keys: {}", section.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", "))),
    }
}
