//! Events of the parser to nodes, within the limits.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};

use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};

use super::node::{Limits, Node, Style, Value};

mod map;
mod place;

pub(super) use place::{floor, size};

/// After so many diagnostics a file is not worth reading on.
const MOST_DIAGNOSTICS: usize = 10_000;

/// Builds the tree of one document. Finished nodes lie on one stack until their
/// collection ends, so that each list and map is allocated once, at its size.
pub(super) struct Builder<'s, 'l> {
    source: SourceId,
    /// The text as written, which nodes borrow from.
    original: &'s str,
    limits: &'l Limits,
    stack: Vec<Node<'s>>,
    frames: Vec<Frame>,
    anchors: BTreeMap<usize, Anchor<'s>>,
    /// Nodes so far, copies included.
    nodes: usize,
    /// Of these, the ones that no one wrote but aliases copied.
    aliased: usize,
    /// What aliases and anchors copied, long texts weighed in.
    copied: usize,
    documents: usize,
    /// Whether reading must end here.
    pub stopped: bool,
    pub out: Vec<Diagnostic>,
}

/// A list or map that is not closed yet.
struct Frame {
    map: bool,
    flow: bool,
    start: usize,
    /// Where its children begin on the stack.
    base: usize,
    anchor: usize,
}

struct Anchor<'s> {
    node: Node<'s>,
    cost: usize,
    height: usize,
}

impl<'s, 'l> Builder<'s, 'l> {
    pub fn new(source: SourceId, original: &'s str, limits: &'l Limits) -> Self {
        Self {
            source,
            original,
            limits,
            stack: Vec::new(),
            frames: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
            aliased: 0,
            copied: 0,
            documents: 0,
            stopped: false,
            out: Vec::new(),
        }
    }

    /// Takes the next event. `input` is the text that is parsed: the original,
    /// or a copy of the same length in which broken lines are blank.
    pub fn take(&mut self, event: Event<'_>, span: granit_parser::Span, input: &str) {
        let range = span.byte_range().unwrap_or(0..0);
        // In a line that was blanked, a byte can lie within a character of the
        // original.
        let range = floor(self.original, range.start)..floor(self.original, range.end);
        let span_here = Span::new(self.source, range.start, range.end);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.say(
                        Diagnostic::error("several-documents", "a second document starts here")
                            .at(span_here)
                            .label("`---` begins another document")
                            .note("a file holds one document: put the second one into a file of its own"),
                    );
                    self.stopped = true;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let as_text = self.check_tag(tag.as_deref(), &span, "str");
                let text = self.keep(text, input);
                let node = self.scalar(text, style, span_here, as_text);
                self.push(node, anchor);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &span, "seq");
                self.open(false, style, range.start, anchor);
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), &span, "map");
                self.open(true, style, range.start, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(range.end)),
            Event::Alias(id) => self.alias(id, span_here),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, span_here),
            _ => {}
        }
    }

    /// The tree so far: what is open is closed.
    pub fn finish(&mut self) -> Option<Node<'s>> {
        while !self.frames.is_empty() {
            self.close(None);
        }
        (!self.stack.is_empty()).then(|| self.stack.swap_remove(0))
    }

    /// How deep the caller allows lists and maps to lie.
    pub fn depth_limit(&self) -> usize {
        self.limits.depth
    }

    /// Where the outermost open `[` or `{` stands, and whether it is the
    /// document itself.
    pub fn open_bracket(&self) -> Option<(usize, bool)> {
        let at = self.frames.iter().position(|frame| frame.flow)?;
        self.frames.get(at).map(|frame| (frame.start, at == 0))
    }

    /// Whether nothing is open but the document.
    pub fn at_root(&self) -> bool {
        self.frames.is_empty()
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        if self.out.len() > MOST_DIAGNOSTICS {
            return;
        }
        self.out.push(diagnostic);
        if self.out.len() == MOST_DIAGNOSTICS {
            self.out.push(Diagnostic::error(
                "too-many-errors",
                format!("more than {MOST_DIAGNOSTICS} errors: the rest of the file is not read"),
            ));
            self.stopped = true;
        }
    }

    /// The same text, borrowed from the original where it stands there.
    fn keep(&self, text: Cow<'_, str>, input: &str) -> Cow<'s, str> {
        match text {
            Cow::Owned(text) => Cow::Owned(text),
            Cow::Borrowed(part) => {
                let start = (part.as_ptr() as usize).wrapping_sub(input.as_ptr() as usize);
                let end = start.saturating_add(part.len());
                let same_text = std::ptr::eq(input, self.original);
                match self.original.get(start..end) {
                    Some(kept) if same_text || kept == part => Cow::Borrowed(kept),
                    _ => Cow::Owned(part.to_owned()),
                }
            }
        }
    }

    fn scalar(&mut self, text: Cow<'s, str>, style: ScalarStyle, span: Span, as_text: bool) -> Node<'s> {
        if text.len() > self.limits.scalar {
            let start = span.start as usize;
            let line = self.original.get(start..span.end as usize).unwrap_or("");
            let shown = line.find(['\n', '\r']).unwrap_or(line.len()).min(60);
            self.say(
                Diagnostic::error(
                    "scalar-too-long",
                    format!("a text of {} bytes is longer than the limit of {}", text.len(), size(self.limits.scalar)),
                )
                .at(Span::new(self.source, start, floor(self.original, start + shown))),
            );
            return Node { span, value: Value::Null };
        }
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        // The parser gives `~` for a value that is left out.
        let left_out = style == Style::Plain && span.is_empty();
        let null = style == Style::Plain
            && !as_text
            && (left_out || (!self.at_key() && matches!(&*text, "~" | "null" | "Null" | "NULL")));
        let span = match style {
            Style::Literal => place::block(self.original, self.end_of_last(), span, '|'),
            Style::Folded => place::block(self.original, self.end_of_last(), span, '>'),
            _ if left_out => place::left_out(self.original, span),
            _ => span,
        };
        let value = if null { Value::Null } else { Value::Scalar { text, style } };
        Node { span, value }
    }

    /// Where the node before the next one ends.
    fn end_of_last(&self) -> usize {
        self.stack.last().map_or(0, |node| node.span.end as usize)
    }

    /// Whether the next node is the key of a map.
    fn at_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.map && (self.stack.len() - frame.base).is_multiple_of(2))
    }

    fn push(&mut self, node: Node<'s>, anchor: usize) {
        self.nodes += 1;
        // What is still open when reading stops is closed all the same.
        if self.nodes > self.limits.nodes && !self.stopped {
            self.too_many(node.span);
            return;
        }
        if anchor != 0 && !self.stopped {
            let cost = node.cost();
            if self.pay(cost, node.span) {
                let named = Anchor { node: node.clone(), cost, height: node.height() };
                self.anchors.insert(anchor, named);
            }
        }
        self.stack.push(node);
    }

    fn open(&mut self, map: bool, style: StructureStyle, start: usize, anchor: usize) {
        if self.frames.len() >= self.limits.depth {
            self.too_deep(Span::new(self.source, start, start));
            return;
        }
        self.frames.push(Frame { map, flow: style == StructureStyle::Flow, start, base: self.stack.len(), anchor });
    }

    /// Closes the innermost list or map; without an end for one that the text
    /// does not close.
    fn close(&mut self, end: Option<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let children = self.stack.split_off(frame.base.min(self.stack.len()));
        let first = children.first().map(|node| node.span);
        let last = children.iter().map(|node| node.span.end as usize).max();
        let inner_end = last.unwrap_or(frame.start);
        let span = match end {
            Some(end) if frame.flow => Span::new(self.source, frame.start, end),
            _ if frame.flow => Span::new(self.source, frame.start, inner_end),
            // A list's block begins at its dash, a map's at its first key.
            _ if frame.map => Span::new(self.source, first.map_or(frame.start, |span| span.start as usize), inner_end),
            _ => Span::new(self.source, place::dash(self.original, frame.start), inner_end),
        };
        let value = if frame.map { Value::Map(self.entries(children, frame.flow)) } else { Value::Seq(children) };
        self.push(Node { span, value }, frame.anchor);
    }

    fn alias(&mut self, id: usize, span: Span) {
        let Some(anchor) = self.anchors.get(&id) else {
            self.say(
                Diagnostic::error("alias-cycle", "an alias stands within the value that it names")
                    .at(span)
                    .label("refers to what it is part of"),
            );
            self.push(Node { span, value: Value::Null }, 0);
            return;
        };
        let (cost, height) = (anchor.cost, anchor.height);
        if self.frames.len() + height > self.limits.depth {
            self.too_deep(span);
            return;
        }
        if !self.pay(cost, span) {
            return;
        }
        self.nodes += cost.saturating_sub(1);
        self.aliased += cost.saturating_sub(1);
        let value = self.anchors.get(&id).map_or(Value::Null, |anchor| anchor.node.value.clone());
        self.push(Node { span, value }, 0);
    }

    fn unknown_alias(&mut self, name: &str, span: Span) {
        let raw = self.original.get(span.range()).unwrap_or("");
        let text = if raw.is_empty() { format!("*{name}") } else { raw.to_owned() };
        self.say(
            Diagnostic::error("alias-unknown", format!("alias `{text}` names no anchor"))
                .at(span)
                .label("no `&` with this name stands before it")
                .note("in YAML `*` begins an alias: a text that begins with it needs quotes")
                .fix(span, format!("\"{text}\""), format!("write `\"{text}\"` if a text is meant")),
        );
        let value = Value::Scalar { text: Cow::Owned(text), style: Style::Plain };
        self.push(Node { span, value }, 0);
    }

    /// Charges copied nodes. A copy is cheap to write and dear to keep, so
    /// copies have a share of the node budget that grows with what is written.
    fn pay(&mut self, cost: usize, span: Span) -> bool {
        self.copied = self.copied.saturating_add(cost);
        let written = self.nodes.saturating_sub(self.aliased);
        let allowed = (self.limits.nodes / 40 + 8 * written).min(self.limits.nodes);
        if self.copied > allowed || self.nodes.saturating_add(cost) > self.limits.nodes {
            self.say(
                Diagnostic::error("too-many-nodes", format!("anchors and aliases copy more than {allowed} values"))
                    .at(span)
                    .label("the budget ends with this copy"),
            );
            self.stopped = true;
            return false;
        }
        true
    }

    fn too_many(&mut self, span: Span) {
        let limit = self.limits.nodes;
        let start = Span { end: span.start, ..span };
        self.say(
            Diagnostic::error("too-many-nodes", format!("the file has more than {limit} values"))
                .at(start)
                .label("the rest is not read"),
        );
        self.stopped = true;
    }

    pub fn too_deep(&mut self, span: Span) {
        let limit = self.limits.depth;
        self.say(
            Diagnostic::error("too-deep", format!("lists and maps lie more than {limit} levels deep"))
                .at(span)
                .label("the rest is not read"),
        );
        self.stopped = true;
    }

    /// Refuses tags but those that say what is there anyway. Returns whether
    /// `!!str` makes a text of it.
    fn check_tag(&mut self, tag: Option<&Tag>, span: &granit_parser::Span, own: &str) -> bool {
        let Some(tag) = tag else {
            return false;
        };
        let core = tag.core_suffix();
        if core == Some(own) {
            return own == "str";
        }
        let range = span.tag_span().and_then(|tag| tag.byte_range()).or_else(|| span.byte_range()).unwrap_or(0..0);
        let place = Span::new(self.source, range.start, range.end);
        let text = self.original.get(range).unwrap_or("!");
        self.say(
            Diagnostic::error("tag", format!("tag `{text}` has no meaning here"))
                .at(place)
                .note("in YAML `!` begins a tag: a text that begins with it needs quotes"),
        );
        false
    }
}
