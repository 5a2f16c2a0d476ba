//! Data files: a spanned node into any type that serde can make.

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Visitor};

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggest;

use super::node::{Node, Value};

/// Makes a value of a node. An error names the offending node, and the nearest
/// key where one is unknown.
#[allow(clippy::result_large_err)] // once per file
pub fn from_node<T: DeserializeOwned>(node: &Node<'_>) -> Result<T, Diagnostic> {
    T::deserialize(Reader { node }).map_err(|error| {
        let mut diagnostic = Diagnostic::error("bad-data", error.message).at(error.span.unwrap_or(node.span));
        if let Some(near) = error.near {
            diagnostic = diagnostic.label(format!("did you mean `{near}`?"));
        }
        if let Some(note) = error.note {
            diagnostic = diagnostic.note(note);
        }
        diagnostic
    })
}

/// An error on its way up; the first node that sees it gives it a place.
#[derive(Debug)]
struct Error {
    message: String,
    span: Option<Span>,
    near: Option<String>,
    note: Option<String>,
    /// A key that is unknown: its place is the key's, not the map's.
    key: Option<String>,
}

impl Error {
    fn new(message: String) -> Self {
        Self { message, span: None, near: None, note: None, key: None }
    }

    fn unknown(what: &str, word: &str, known: &'static [&'static str]) -> Self {
        let mut error = Self::new(format!("unknown {what} `{word}`"));
        error.near = suggest::closest(word, known.iter().copied()).map(str::to_owned);
        error.note = (!known.is_empty()).then(|| format!("known: {}", known.join(", ")));
        error
    }

    fn at(mut self, node: &Node<'_>) -> Self {
        if self.span.is_none() {
            let key = self.key.as_deref().and_then(|key| node.get_entry(key));
            self.span = Some(key.map_or(node.span, |(key, _)| key.span));
        }
        self
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let mut error = Self::unknown("key", field, expected);
        error.key = Some(field.to_owned());
        error
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown("word", variant, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("key `{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("key `{field}` stands twice in one map"))
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct Reader<'n, 's> {
    node: &'n Node<'s>,
}

impl Reader<'_, '_> {
    fn expected(self, what: &str) -> Error {
        Error::new(format!("expected {what}, found {}", self.node.describe())).at(self.node)
    }

    /// A number: only plain scalars are numbers.
    fn number<T: std::str::FromStr>(self, what: &str) -> Result<T, Error> {
        self.node
            .as_str()
            .filter(|_| self.node.is_plain())
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| self.expected(what))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty, $what:literal;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number::<$type>($what)?).map_err(|error: Error| error.at(self.node))
        })*
    };
}

impl<'de> de::Deserializer<'de> for Reader<'_, '_> {
    type Error = Error;

    numbers! {
        deserialize_i8 visit_i8 i8, "an integer from -128 to 127";
        deserialize_i16 visit_i16 i16, "an integer from -32768 to 32767";
        deserialize_i32 visit_i32 i32, "an integer";
        deserialize_i64 visit_i64 i64, "an integer";
        deserialize_i128 visit_i128 i128, "an integer";
        deserialize_u8 visit_u8 u8, "an integer from 0 to 255";
        deserialize_u16 visit_u16 u16, "an integer from 0 to 65535";
        deserialize_u32 visit_u32 u32, "a non-negative integer";
        deserialize_u64 visit_u64 u64, "a non-negative integer";
        deserialize_u128 visit_u128 u128, "a non-negative integer";
        deserialize_f32 visit_f32 f32, "a number";
        deserialize_f64 visit_f64 f64, "a number";
    }

    /// For untagged enums and free values: what the text looks like.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Seq(_) => return self.deserialize_seq(visitor),
            Value::Map(_) => return self.deserialize_map(visitor),
            Value::Scalar { text, .. } if self.node.is_plain() => match text.as_ref() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                text => {
                    // `nan`, `inf` and `infinity` are words here, not numbers.
                    let numeric = text.bytes().any(|byte| byte.is_ascii_digit());
                    if let Ok(number) = text.parse::<u64>() {
                        visitor.visit_u64(number)
                    } else if let Ok(number) = text.parse::<i64>() {
                        visitor.visit_i64(number)
                    } else if let (true, Ok(number)) = (numeric, text.parse::<f64>()) {
                        visitor.visit_f64(number)
                    } else {
                        visitor.visit_str(text)
                    }
                }
            },
            Value::Scalar { text, .. } => visitor.visit_str(text),
        }
        .map_err(|error: Error| error.at(self.node))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.as_str().filter(|_| self.node.is_plain()) {
            Some("true") => visitor.visit_bool(true),
            Some("false") => visitor.visit_bool(false),
            _ => Err(self.expected("`true` or `false`")),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.node.as_str().ok_or_else(|| self.expected("a text"))?;
        visitor.visit_str(text).map_err(|error: Error| error.at(self.node))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.is_plain_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.is_plain_null() { visitor.visit_unit() } else { Err(self.expected("nothing")) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|error| error.at(self.node))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Seq(items) = &self.node.value else {
            return Err(self.expected("a list"));
        };
        visitor.visit_seq(Items { rest: items.iter() }).map_err(|error| error.at(self.node))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Map(entries) = &self.node.value else {
            return Err(self.expected("a map"));
        };
        visitor.visit_map(Entries { rest: entries.iter(), value: None }).map_err(|error| error.at(self.node))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    /// A word names a variant without content; a map with one entry names one
    /// with content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (name, content) = match &self.node.value {
            Value::Scalar { .. } => (self.node, None),
            Value::Map(entries) => match entries.as_slice() {
                [(key, value)] => (key, Some(value)),
                _ => return Err(self.expected("a word, or a map with one entry")),
            },
            _ => return Err(self.expected("a word")),
        };
        visitor.visit_enum(Choice { name, content }).map_err(|error| error.at(self.node))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // A wrong key gets its place from the map, a wrong word from its node.
        let text = self.node.as_str().ok_or_else(|| self.expected("a word"))?;
        visitor.visit_str(text).map_err(|error: Error| error.at(self.node))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Items<'n, 's> {
    rest: std::slice::Iter<'n, Node<'s>>,
}

impl<'de> de::SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.rest.next() else {
            return Ok(None);
        };
        let value = seed.deserialize(Reader { node }).map_err(|error| error.at(node))?;
        Ok(Some(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Entries<'n, 's> {
    rest: std::slice::Iter<'n, (Node<'s>, Node<'s>)>,
    value: Option<&'n Node<'s>>,
}

impl<'de> de::MapAccess<'de> for Entries<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((node, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let key = seed.deserialize(Reader { node }).map_err(|error| error.at(node))?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(node) => seed.deserialize(Reader { node }).map_err(|error| error.at(node)),
            None => Err(Error::new("a value was asked for before its key".to_owned())),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The variant of an enum.
struct Choice<'n, 's> {
    name: &'n Node<'s>,
    content: Option<&'n Node<'s>>,
}

impl<'de, 'n, 's> de::EnumAccess<'de> for Choice<'n, 's> {
    type Error = Error;
    type Variant = Content<'n, 's>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self::Variant), Error> {
        let name = self.name.as_str().unwrap_or("").into_deserializer();
        let variant = seed.deserialize(name).map_err(|error: Error| error.at(self.name))?;
        Ok((variant, Content { name: self.name, node: self.content }))
    }
}

/// What a variant holds.
struct Content<'n, 's> {
    name: &'n Node<'s>,
    node: Option<&'n Node<'s>>,
}

impl<'n, 's> Content<'n, 's> {
    fn reader(&self) -> Result<Reader<'n, 's>, Error> {
        let name = self.name.as_str().unwrap_or("");
        self.node
            .map(|node| Reader { node })
            .ok_or_else(|| Error::new(format!("`{name}` needs a value: write `{name}: ...`")).at(self.name))
    }
}

impl<'de> de::VariantAccess<'de> for Content<'_, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.node {
            Some(node) if !node.is_plain_null() => Err(Reader { node }.expected("nothing")),
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self.reader()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_seq(self.reader()?, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_map(self.reader()?, visitor)
    }
}
