//! Reading text into a [`Model`]: every error in one run.

mod arrow;
mod component;
mod control;
mod decision;
mod flow;
mod section;
pub(crate) mod value;

pub use value::is_date;

use crate::declaration::{self, MODEL};
use crate::model::Model;
use crate::vocabulary::Vocabulary;
use section::Fields;
use std::collections::BTreeSet;
use telamon_text::yaml::{self, Limits, Node};
use telamon_text::{Diagnostic, Sources, Span, suggest};

/// Serves the files that a model refers to.
pub trait Loader {
    /// Name and text of the file at `path`, relative to the folder of the file `base`; or why it is not to be had.
    fn load(&mut self, base: &str, path: &str) -> Result<(String, String), String>;
}

/// A loader for models that stand alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLoader;

impl Loader for NoLoader {
    fn load(&mut self, _: &str, _: &str) -> Result<(String, String), String> {
        Err("other files cannot be read here".into())
    }
}

/// What reading gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// What could be read.
    pub model: Model,
    /// Errors and warnings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that spans point into; the model's own file comes first.
    pub sources: Sources,
}

impl Reading {
    /// True when something is wrong that keeps the model from being analysed.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// What the readers of sections share.
struct Context<'c> {
    vocabulary: &'c Vocabulary,
    /// The text of the file that is read.
    text: &'c str,
    /// Lines of it, or what they refer to, were left out: what is missing may be written.
    patched: bool,
    diagnostics: Vec<Diagnostic>,
    /// For so many more words a similar one is looked for.
    proposals: usize,
}

impl Context<'_> {
    fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The similar word, unless proposals enough were made: the search takes time and nobody reads thousands.
    fn closest<'w>(&mut self, word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
        self.proposals = self.proposals.checked_sub(1)?;
        suggest::closest(word, words)
    }

    /// The place to underline for a node: all of it on one line, else its first word.
    fn place(&self, node: &Node<'_>) -> Span {
        match self.text.get(node.span.range()) {
            Some(written) if written.contains('\n') => value::head(node),
            _ => node.span,
        }
    }

    /// An alias without an anchor, or what stood on a line that was left out: it was complained of already.
    fn is_lost(&self, node: &Node<'_>) -> bool {
        let written = self.text.get(node.span.range()).unwrap_or("");
        self.patched && node.is_plain_null() || node.is_plain() && written.starts_with('*')
    }
}

/// For so many misspelt words a similar one is looked for.
const PROPOSALS: usize = 2_000;

/// A name of a file without what leads nowhere: `./a.yaml` is `a.yaml`.
fn plain_name(name: &str) -> String {
    let parts: Vec<&str> = name.split('/').filter(|part| *part != ".").collect();
    parts.join("/")
}

/// Reads the model in `text`, named `name` in messages.
pub fn read(name: &str, text: String, vocabulary: &Vocabulary, loader: &mut dyn Loader, limits: &Limits) -> Reading {
    let mut reading = Reading::default();
    let mut context = Context { vocabulary, text: "", patched: false, diagnostics: Vec::new(), proposals: PROPOSALS };
    let mut patched = false;
    // Includes are read breadth first; a file is read once however often it is named.
    let mut pending: Vec<(String, String)> = vec![(name.to_owned(), text)];
    let mut seen: BTreeSet<String> = BTreeSet::from([plain_name(name)]);
    let mut first = true;
    while let Some((file, text)) = (!pending.is_empty()).then(|| pending.remove(0)) {
        let source = reading.sources.add(file.clone(), text);
        let body = reading.sources.text(source);
        context.text = body;
        let before = context.diagnostics.len();
        let parsed = yaml::read_all(source, body, limits, &mut context.diagnostics);
        patched |= parsed.patched;
        let said = context.diagnostics.get(before..).unwrap_or_default();
        context.patched = parsed.patched || said.iter().any(|diagnostic| diagnostic.code == "merge-key");
        let includes = match &parsed.root {
            Some(root) => read_file(root, first, &mut reading.model, &mut context),
            None => Vec::new(),
        };
        first = false;
        for (path, span) in includes {
            match loader.load(&file, &path) {
                Ok((named, _)) if seen.contains(&plain_name(&named)) => {
                    if [&file, name].iter().any(|other| plain_name(other) == plain_name(&named)) {
                        context.error(
                            Diagnostic::error("include-circle", format!("`{path}` includes itself"))
                                .at(span)
                                .label("remove this line"),
                        );
                    }
                }
                Ok((named, text)) => {
                    seen.insert(plain_name(&named));
                    pending.push((named, text));
                }
                Err(why) => context.error(
                    Diagnostic::error("include-unreadable", format!("cannot include `{path}`: {why}"))
                        .at(span)
                        .label("name a file below the model's folder"),
                ),
            }
        }
    }
    crate::check::references(&reading.model, vocabulary, patched, &mut context.diagnostics);
    reading.diagnostics = context.diagnostics;
    telamon_text::sort(&mut reading.diagnostics);
    // What stands behind an anchor is read once for each alias.
    reading.diagnostics.dedup();
    reading
}

fn read_file<'n>(root: &'n Node<'n>, first: bool, model: &mut Model, context: &mut Context<'_>) -> Vec<(String, Span)> {
    let Some(mut fields) = Fields::read(root, &MODEL, "the model", context) else {
        return Vec::new();
    };
    if first {
        fields.require(value::head(root), context);
    }
    for (key, to) in [
        ("system", &mut model.system),
        ("description", &mut model.description),
        ("owner", &mut model.owner),
        ("inventory-id", &mut model.inventory_id),
        ("purpose", &mut model.purpose),
    ] {
        if let Some(text) = fields.text(key, context) {
            *to = text;
        }
    }
    if let Some((at, _)) = MODEL.key("lifecycle")
        && let Some(attribute) = fields.attribute(at, context)
        && let Some(word) = crate::vocabulary::set_words(declaration::LIFECYCLE, attribute.words).next()
    {
        word.clone_into(&mut model.lifecycle);
    }
    if let Some(node) = fields.take("business") {
        decision::business(node, &mut model.business, context);
    }
    fields.each("zones", context, |id, node, context| {
        model.zones.push(component::zone(id, node, context));
    });
    fields.each("components", context, |id, node, context| {
        let (def, tools) = component::component(id, node, context);
        for tool in tools {
            model.flows.push(flow::tool_flow(&def.id, tool));
        }
        model.components.push(def);
    });
    fields.each("data", context, |id, node, context| {
        model.data.push(component::data(id, node, context));
    });
    if let Some(node) = fields.take("flows") {
        flow::flows(node, &mut model.flows, context);
    }
    fields.each("threats", context, |id, node, context| {
        if let Some(threat) = decision::own_threat(id, node, context) {
            model.threats.push(threat);
        }
    });
    if let Some(node) = fields.take("decisions") {
        for item in value::items(node, "decisions", context) {
            if let Some(decision) = decision::decision(item, context) {
                model.decisions.push(decision);
            }
        }
    }
    model.assumptions.extend(fields.texts("assumptions", context));
    model.questions.extend(fields.texts("questions", context));
    if let Some(node) = fields.take("rules") {
        decision::rules(node, &mut model.rules, context);
    }
    fields.names("include", context).into_iter().map(|path| (path.value, path.span)).collect()
}

#[cfg(test)]
mod tests;
