//! The kinds of components, as the file `catalog/vocabulary/kinds.yaml` has them.

use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

use crate::parse::parse;

/// All kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Kinds {
    /// In the order of the file.
    pub kinds: Vec<Kind>,
}

/// One kind. What is not written is that of the parent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Kind {
    /// Id as written in models.
    pub id: String,
    /// The kind that this one is a sort of; none for the four elements of a
    /// data-flow diagram.
    #[serde(default)]
    pub parent: Option<String>,
    /// What it is, in one sentence.
    pub line: String,
    /// How to tell it from a kind that is easily taken for it.
    #[serde(default)]
    pub which: Option<String>,
    /// STRIDE categories that it is exposed to.
    #[serde(default)]
    pub stride: Option<Vec<String>>,
    /// Whether it is a part of an AI system proper.
    #[serde(default)]
    pub ai: Option<bool>,
    /// The class that the tables of flows and labels go by.
    #[serde(default)]
    pub class: Option<String>,
    /// Component of the CoSAI Risk Map.
    #[serde(default)]
    pub cosai: Option<String>,
}

/// Reads `kinds.yaml`.
///
/// # Errors
/// Everything that is wrong with the file; whether parents exist is checked by
/// [`Kinds::check`].
pub fn parse_kinds(source: SourceId, text: &str) -> Result<Kinds, Vec<Diagnostic>> {
    parse(source, text)
}

/// The tree has a handful of levels; the bound ends a circle in hand-made data.
const DEEPEST: usize = 32;

impl Kinds {
    /// A kind by its id.
    pub fn get(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// A kind and those it is a sort of, nearest first.
    pub fn lineage(&self, id: &str) -> Vec<&Kind> {
        let mut out = Vec::new();
        let mut at = self.get(id);
        while let Some(kind) = at {
            out.push(kind);
            at = kind.parent.as_deref().and_then(|parent| self.get(parent)).filter(|_| out.len() < DEEPEST);
        }
        out
    }

    /// Whether a kind is another or a sort of it.
    pub fn is_a(&self, id: &str, ancestor: &str) -> bool {
        self.lineage(id).iter().any(|kind| kind.id == ancestor)
    }

    /// The kinds directly below one, in the order of the file.
    pub fn children(&self, id: &str) -> Vec<&Kind> {
        self.kinds.iter().filter(|kind| kind.parent.as_deref() == Some(id)).collect()
    }

    /// The kinds without a parent.
    pub fn roots(&self) -> Vec<&Kind> {
        self.kinds.iter().filter(|kind| kind.parent.is_none()).collect()
    }

    /// The element of a data-flow diagram that a kind is drawn as.
    pub fn element(&self, id: &str) -> Option<&str> {
        self.lineage(id).last().map(|kind| kind.id.as_str())
    }

    /// Its class, its own or inherited.
    pub fn class(&self, id: &str) -> Option<&str> {
        self.lineage(id).into_iter().find_map(|kind| kind.class.as_deref())
    }

    /// Its STRIDE categories, its own or inherited.
    pub fn stride(&self, id: &str) -> &[String] {
        self.lineage(id).into_iter().find_map(|kind| kind.stride.as_deref()).unwrap_or_default()
    }

    /// Whether it is a part of an AI system proper, by itself or by what it is a sort of.
    pub fn is_ai(&self, id: &str) -> bool {
        self.lineage(id).into_iter().find_map(|kind| kind.ai).unwrap_or(false)
    }

    /// Everything that does not hold together: ids that come twice, parents
    /// that are no kinds or run in a circle, kinds without class.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (at, kind) in self.kinds.iter().enumerate() {
            let id = &kind.id;
            if self.kinds.iter().take(at).any(|other| other.id == *id) {
                out.push(Diagnostic::error("duplicate-id", format!("kind `{id}` comes twice")));
            }
            if let Some(parent) = &kind.parent
                && self.get(parent).is_none()
            {
                out.push(Diagnostic::error(
                    "dangling-reference",
                    format!("kind `{id}` is a sort of `{parent}`, which is no kind"),
                ));
            }
            let lineage = self.lineage(id);
            if lineage.last().is_some_and(|root| root.parent.is_some()) && lineage.len() >= DEEPEST {
                out.push(Diagnostic::error("circle", format!("kind `{id}` is a sort of itself")));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, parse_kinds};
    use telamon_text::SourceId;

    fn kinds() -> Kinds {
        parse_kinds(
            SourceId(0),
            "kinds:\n  - { id: process, line: Something that runs., class: service, stride: [spoofing, tampering] }\n  - { id: data-store, line: Something that keeps., class: store }\n  - { id: model, parent: process, line: A model., ai: true, class: model }\n  - { id: llm, parent: model, line: A language model., which: An agent calls tools., stride: [tampering] }\n",
        )
        .unwrap()
    }

    #[test]
    fn what_is_not_written_is_inherited() {
        let kinds = kinds();
        assert!(kinds.is_a("llm", "process") && !kinds.is_a("llm", "data-store"));
        assert_eq!(kinds.element("llm"), Some("process"));
        assert_eq!(kinds.class("llm"), Some("model"));
        assert_eq!(kinds.stride("llm"), ["tampering"]);
        assert_eq!(kinds.stride("model"), ["spoofing", "tampering"]);
        assert!(kinds.is_ai("llm") && !kinds.is_ai("process"));
        assert_eq!(kinds.children("process").len(), 1);
        assert_eq!(kinds.roots().len(), 2);
        assert!(kinds.check().is_empty());
    }

    #[test]
    fn a_circle_ends_and_is_reported() {
        let kinds =
            parse_kinds(SourceId(0), "kinds:\n  - { id: a, parent: b, line: A }\n  - { id: b, parent: a, line: B }\n")
                .unwrap();
        assert!(!kinds.is_a("a", "c"));
        assert!(kinds.check().iter().any(|diagnostic| diagnostic.code == *"circle"));
    }

    #[test]
    fn an_unknown_parent_is_reported() {
        let kinds = parse_kinds(SourceId(0), "kinds:\n  - { id: a, parent: nowhere, line: A }\n").unwrap();
        assert_eq!(kinds.check().len(), 1);
    }
}
