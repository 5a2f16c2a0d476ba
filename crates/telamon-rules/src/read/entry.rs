//! One entry of a rule file.

use super::RuleFile;
use crate::check;
use crate::expr::{Expr, Named, Role, Sort};
use crate::parse::{self, ParseError};
use crate::rule::{
    Answer, At, CIA, End, Examples, FACT_PLACES, FACT_VERBS, Fact, HARMS, Mapping, Modifier, Rule, STRIDE, Succeeds,
};
use telamon_model::Vocabulary;
use telamon_model::declaration::{IMPACT, LIKELIHOOD};
use telamon_model::vocabulary::{ControlIx, word_index};
use telamon_text::yaml::{Node, Style, Value};
use telamon_text::{Diagnostic, SourceId, Sources, Span, suggest};

/// Keys of a rule: name, whether it must be there, and what it says.
pub const KEYS: [(&str, bool, &str); 26] = [
    ("id", true, "id in kebab case; part of every threat's id"),
    ("title", true, "one line with placeholders such as `{component}`"),
    ("at", true, "kinds and roles, or `flow`, or `data`"),
    ("when", true, "the condition"),
    ("component", false, "for a flow rule, `from` or `to`: whose threat it is"),
    ("worse-if", false, "conditions by name that raise the impact a step"),
    ("likelier-if", false, "conditions by name that raise the likelihood a step"),
    ("milder-if", false, "conditions by name that lower the impact a step"),
    ("stride", true, "STRIDE words, the main one first"),
    ("cia", true, "confidentiality, integrity, availability, the main one first"),
    ("harm", true, "kinds of harm"),
    ("maps", false, "framework entries, `framework@edition: [ids]`"),
    ("likelihood", true, "rare, unlikely, possible, likely, almost-certain: without any control"),
    ("impact", false, "negligible, minor, moderate, major, severe: before what is at stake"),
    ("confidence", false, "low, medium, high"),
    ("persona", false, "regular, pedantic, auditor: who wants to see it"),
    ("once", false, "true: a system shows it at its worst place; the other places are for pedantic readers"),
    ("answers", false, "controls on the component and how they work: stop, strong, weak, limits, detects"),
    ("succeeds", false, "`{ rule, by }`: appears where a control holds that rule's threat"),
    ("needs", false, "what the attacker must hold: `write(source)`"),
    ("gains", false, "what the step gives: `influence(component)`"),
    ("summary", true, "two or three sentences with placeholders"),
    ("remedy", true, "what to do, with placeholders"),
    ("verify", true, "how to see that the remedy works"),
    ("benign", true, "when it is no problem"),
    ("fires", false, "the smallest model in which it fires; `silent` beside it"),
];

const MORE_KEYS: [&str; 1] = ["silent"];

struct Entry<'e> {
    node: &'e Node<'e>,
    head: Span,
    sources: &'e Sources,
    vocabulary: &'e Vocabulary,
    out: &'e mut Vec<Diagnostic>,
}

pub(super) fn read(node: &Node<'_>, sources: &Sources, source: SourceId, vocabulary: &Vocabulary, file: &mut RuleFile) {
    let Value::Map(entries) = &node.value else {
        file.diagnostics.push(
            Diagnostic::error("bad-rule", "a rule is a map of keys").at(node.span).label("begin it with `- id: ...`"),
        );
        return;
    };
    let head = entries.first().map_or(node.span, |(key, _)| key.span);
    let mut entry = Entry { node, head, sources, vocabulary, out: &mut file.diagnostics };
    entry.keys(entries);
    let before = entry.out.iter().filter(|d| d.is_error()).count();
    let rule = entry.rule(source);
    let fires = entry.text("fires");
    let silent = entry.text("silent");
    let errors = entry.out.iter().filter(|d| d.is_error()).count();
    if let Some(rule) = rule
        && errors == before
    {
        file.examples.push(Examples { rule: rule.id.clone(), fires, silent });
        file.rules.push(rule);
    }
}

impl Entry<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: String, label: String) {
        self.out.push(Diagnostic::error(code, message).at(span).label(label));
    }

    fn keys(&mut self, entries: &[(Node<'_>, Node<'_>)]) {
        let known: Vec<&str> = KEYS.iter().map(|(name, _, _)| *name).chain(MORE_KEYS).collect();
        for (key, _) in entries {
            let name = key.as_str().unwrap_or("");
            if name.starts_with("x-") || known.contains(&name) {
                continue;
            }
            let label = match suggest::closest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("keys: {}", known.join(", ")),
            };
            self.error("unknown-key", key.span, format!("unknown key `{name}` in a rule"), label);
        }
        for (name, required, says) in KEYS {
            if required && self.node.get(name).is_none() {
                self.error("missing-key", self.head, format!("`{name}` is missing"), format!("add `{name}`: {says}"));
            }
        }
    }

    fn text(&mut self, name: &str) -> String {
        let Some(node) = self.node.get(name) else {
            return String::new();
        };
        if let Some(text) = node.as_str() {
            text.trim().to_owned()
        } else {
            self.error("wrong-type", self.head, format!("`{name}` must be a text"), "write a text".into());
            String::new()
        }
    }

    fn list(&mut self, name: &str) -> Vec<(String, Span)> {
        let Some(node) = self.node.get(name) else {
            return Vec::new();
        };
        let items = match &node.value {
            Value::Seq(items) => items.as_slice(),
            Value::Scalar { .. } => std::slice::from_ref(node),
            _ => &[],
        };
        items.iter().filter_map(|item| Some((item.as_str()?.to_owned(), item.span))).collect()
    }

    fn words(&mut self, name: &str, known: &[&str]) -> Vec<String> {
        let list = self.list(name);
        let mut found = Vec::new();
        for (word, span) in list {
            if known.contains(&word.as_str()) {
                found.push(word);
            } else {
                self.unknown(&word, span, name, known);
            }
        }
        found
    }

    fn unknown(&mut self, word: &str, span: Span, name: &str, known: &[&str]) {
        let label = match suggest::closest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of: {}", known.join(", ")),
        };
        self.error("unknown-word", span, format!("`{word}` is not a value of `{name}`"), label);
    }

    /// Index of a single word of a list, or of the default.
    fn level(&mut self, name: &str, known: &[&str], default: u8) -> u8 {
        match self.list(name).first() {
            None => default,
            Some((word, span)) => {
                if let Some(at) = word_index(known, word) {
                    at
                } else {
                    self.unknown(&word.clone(), *span, name, known);
                    default
                }
            }
        }
    }

    fn prose(&mut self, name: &str) -> String {
        let text = self.text(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let span = self.node.get(name).map_or(self.head, |node| node.span);
        for (start, end) in check::unknown_placeholders(&text) {
            let word = text.get(start..end).unwrap_or("").to_owned();
            self.error(
                "unknown-placeholder",
                span,
                format!("`{word}` is no placeholder"),
                format!(
                    "one of: {}",
                    crate::rule::PLACEHOLDERS
                        .iter()
                        .map(|(name, _)| format!("{{{name}}}"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
        }
        text
    }

    /// The place of a byte range within a condition.
    fn place(node: &Node<'_>, error: &ParseError) -> Span {
        let plain = matches!(node.value, Value::Scalar { style: Style::Plain, .. });
        let text = node.as_str().unwrap_or("");
        // Folded and quoted conditions are longer in the source; then the whole is underlined.
        if plain && node.span.len() == text.len() {
            let start = node.span.range().start;
            Span::new(node.span.source, start + error.start, start + error.end)
        } else {
            node.span
        }
    }

    fn condition(&mut self, node: &Node<'_>, sort: Sort) -> Option<(Expr, String)> {
        let Some(text) = node.as_str() else {
            self.error(
                "wrong-type",
                node.span,
                "a condition must be a text".into(),
                "quote it when it begins with a sign".into(),
            );
            return None;
        };
        match parse::parse(text, sort, self.vocabulary) {
            Ok(expr) => {
                if let Err(why) = check::polarity(&expr, false) {
                    self.error("polarity", node.span, why.to_owned(), String::new());
                    return None;
                }
                Some((expr, text.split_whitespace().collect::<Vec<_>>().join(" ")))
            }
            Err(error) => {
                let span = Self::place(node, &error);
                self.error("bad-condition", span, error.message, error.label);
                None
            }
        }
    }

    fn at(&mut self) -> Option<(At, String)> {
        let list = self.list("at");
        let text = list.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(", ");
        if let [(only, _)] = list.as_slice() {
            match only.as_str() {
                "flow" => return Some((At::Flow, text)),
                "data" => return Some((At::Data, text)),
                _ => {}
            }
        }
        let mut named = Vec::new();
        for (word, span) in list {
            if let Some(role) = Role::parse(&word) {
                named.push(Named::Role(role));
            } else if let Some(kind) = self.vocabulary.kind(&word) {
                named.push(Named::Kind(kind));
            } else {
                let known: Vec<&str> = self
                    .vocabulary
                    .kinds
                    .iter()
                    .map(|kind| kind.id.as_str())
                    .chain(Role::ALL.iter().map(|(_, word, _)| *word))
                    .collect();
                let label = suggest::closest(&word, known.iter().copied()).map_or_else(
                    || "write a kind, a role, `flow` or `data`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.error("unknown-kind", span, format!("`{word}` is not a kind or a role"), label);
            }
        }
        (!named.is_empty()).then_some((At::Component(named), text))
    }

    fn control(&mut self, word: &str, span: Span) -> Option<ControlIx> {
        let found = self.vocabulary.control(word);
        if found.is_none() {
            let known = self.vocabulary.controls.iter().map(|c| c.id.as_str());
            let label = suggest::closest(word, known).map_or_else(
                || "`telamon controls` lists all controls".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.error("unknown-control", span, format!("unknown control `{word}`"), label);
        }
        found
    }

    fn answers(&mut self) -> Vec<(ControlIx, Answer)> {
        let Some(node) = self.node.get("answers") else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let words: Vec<&str> = Answer::ALL.iter().map(|(_, word)| *word).collect();
        for (key, value) in node.entries() {
            let control = self.control(key.as_str().unwrap_or(""), key.span);
            let word = value.as_str().unwrap_or("");
            let answer = Answer::ALL.iter().find(|(_, known)| *known == word).map(|(answer, _)| *answer);
            if answer.is_none() {
                self.unknown(word, value.span, "answers", &words);
            }
            if let (Some(control), Some(answer)) = (control, answer) {
                found.push((control, answer));
            }
        }
        found
    }

    fn modifiers(&mut self, sort: Sort) -> Vec<Modifier> {
        let mut found = Vec::new();
        for (key, impact, likelihood) in [("worse-if", 1, 0), ("likelier-if", 0, 1), ("milder-if", -1, 0)] {
            let Some(node) = self.node.get(key) else {
                continue;
            };
            for (name, value) in node.entries() {
                let (value, harm) = match value.get("when") {
                    Some(when) => {
                        let harm = value
                            .get("harm")
                            .map(|node| node.items().iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect())
                            .unwrap_or_default();
                        (when, harm)
                    }
                    None => (value, Vec::new()),
                };
                if let Some((when, text)) = self.condition(value, sort) {
                    found.push(Modifier {
                        name: name.as_str().unwrap_or("").to_owned(),
                        when,
                        text,
                        impact,
                        likelihood,
                        harm,
                    });
                }
            }
        }
        found
    }

    fn maps(&mut self) -> Vec<Mapping> {
        let Some(node) = self.node.get("maps") else {
            return Vec::new();
        };
        node.entries()
            .iter()
            .map(|(key, value)| {
                let name = key.as_str().unwrap_or("");
                let (framework, edition) = name.split_once('@').unwrap_or((name, ""));
                let ids = match &value.value {
                    Value::Seq(items) => items.iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect(),
                    _ => value.as_str().map(ToOwned::to_owned).into_iter().collect(),
                };
                Mapping { framework: framework.to_owned(), edition: edition.to_owned(), ids }
            })
            .collect()
    }

    fn facts(&mut self, name: &str) -> Vec<Fact> {
        let mut found = Vec::new();
        for (text, span) in self.list(name) {
            let parts = text
                .strip_suffix(')')
                .and_then(|text| text.split_once('('))
                .filter(|(verb, of)| FACT_VERBS.contains(verb) && FACT_PLACES.contains(of));
            match parts {
                Some((verb, of)) => found.push(Fact { verb: verb.to_owned(), of: of.to_owned() }),
                None => self.error(
                    "bad-fact",
                    span,
                    format!("`{text}` is no fact of an attack"),
                    format!("write `verb(place)`: {} of {}", FACT_VERBS.join(", "), FACT_PLACES.join(", ")),
                ),
            }
        }
        found
    }

    fn succeeds(&mut self) -> Option<Succeeds> {
        let node = self.node.get("succeeds")?;
        let rule = node.get("rule").and_then(Node::as_str).unwrap_or("").to_owned();
        let by: Vec<(String, Span)> = node
            .get("by")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|item| Some((item.as_str()?.to_owned(), item.span)))
            .collect();
        if rule.is_empty() || by.is_empty() {
            self.error(
                "bad-successor",
                self.head,
                "`succeeds` needs a rule and the controls that hold it".into(),
                "write `succeeds: { rule: id, by: [control] }`".into(),
            );
            return None;
        }
        Some(Succeeds { rule, by: by.into_iter().filter_map(|(word, span)| self.control(&word, span)).collect() })
    }

    fn rule(&mut self, source: SourceId) -> Option<Rule> {
        let id = self.text("id");
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            self.error(
                "bad-id",
                self.node.get("id").map_or(self.head, |node| node.span),
                format!("`{id}` cannot be the id of a rule"),
                "use lower-case letters, digits and `-`".into(),
            );
        }
        let (at, at_text) = self.at()?;
        let sort = match at {
            At::Component(_) => Sort::Component,
            At::Flow => Sort::Flow,
            At::Data => Sort::Data,
        };
        let (when, when_text) = match self.node.get("when") {
            Some(node) => {
                let found = self.condition(node, sort)?;
                if let Some(name) = check::foreign_attribute(&found.0, &at, self.vocabulary) {
                    self.error(
                        "foreign-attribute",
                        node.span,
                        format!("none of the kinds in `at` has the attribute `{name}`"),
                        format!("name a kind in `at` that has `{name}`"),
                    );
                }
                found
            }
            None => (Expr::True, String::new()),
        };
        let end = match self.list("component").first().map(|(word, _)| word.as_str()) {
            Some("from") => End::From,
            _ => End::To,
        };
        let place = self.sources.position(source, self.head.start);
        let file = self.sources.name(source).to_owned();
        let stem = file.rsplit(['/', '\\']).next().unwrap_or("");
        let topic = stem.split('.').next().unwrap_or("").to_owned();
        Some(Rule {
            id,
            title: self.prose("title"),
            at,
            at_text,
            end,
            when,
            when_text,
            modifiers: self.modifiers(sort),
            stride: self.words("stride", &STRIDE),
            cia: self.words("cia", &CIA),
            harm: self.words("harm", &HARMS),
            maps: self.maps(),
            likelihood: self.level("likelihood", LIKELIHOOD, 2) + 1,
            impact: self.level("impact", IMPACT, 2) + 1,
            confidence: self.level("confidence", &["low", "medium", "high"], 2),
            persona: self.level("persona", &["regular", "pedantic", "auditor"], 0),
            once: self.level("once", &["false", "true"], 0) == 1,
            answers: self.answers(),
            succeeds: self.succeeds(),
            needs: self.facts("needs"),
            gains: self.facts("gains"),
            summary: self.prose("summary"),
            remedy: self.prose("remedy"),
            verify: self.prose("verify"),
            benign: self.prose("benign"),
            topic,
            file,
            line: place.line,
        })
    }
}
