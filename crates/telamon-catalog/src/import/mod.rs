//! Official files of MITRE ATLAS: their names and descriptions, for people who
//! want to read them beside the summaries of the catalog.
//!
//! Three forms are told apart by what is in the file: the YAML of releases 4
//! and 5, the STIX bundle, and the YAML of format 6. What is wrong with such a
//! file is said and does not stop the reading, as long as the file is one of
//! ATLAS at all.

mod collect;
mod legacy;
mod six;
mod stix;
mod stretch;
mod texts;

#[cfg(test)]
mod tests;

use telamon_text::yaml::{self, Limits, Node};
use telamon_text::{Diagnostic, Level, SourceId, Span, has_errors};

use crate::catalog::Catalog;
use crate::framework::EntryType;
use collect::Collector;
pub use texts::{OfficialText, OfficialTexts, is_edition_name, newer};

/// The framework whose files are read.
const FRAMEWORK: &str = "atlas";

/// What the file is expected to be.
const EXPECTED: &str = "expected is an ATLAS.yaml of release 4 or 5 (keys `version` and `matrices`), a file of format 6 \
                        (key `format-version`), or the STIX bundle (`\"type\": \"bundle\"`)";

/// The form of an official file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The YAML of releases 4 and 5.
    Legacy,
    /// The STIX bundle.
    Stix,
    /// The YAML of format 6.
    Six,
}

impl Format {
    /// For people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Legacy => "YAML of releases 4 and 5",
            Self::Stix => "STIX bundle",
            Self::Six => "YAML of format 6",
        }
    }
}

/// What an official file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Id of the framework in the catalog.
    pub framework: &'static str,
    /// The release, where the file says or shows it.
    pub edition: Option<String>,
    /// The form of the file.
    pub format: Format,
    /// Texts by id.
    pub texts: std::collections::BTreeMap<String, OfficialText>,
    /// How many entries there are of each sort.
    pub counts: Vec<(EntryType, usize)>,
    /// What is wrong with the file; no errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads an official file. The catalog tells what became of ids that the file
/// names and does not have, and which release a bundle is that does not say so.
///
/// # Errors
/// Why the file cannot be read, or that it is none of ATLAS.
pub fn read(source: SourceId, text: &str, catalog: &Catalog) -> Result<Imported, Vec<Diagnostic>> {
    recognise(source, text, catalog).map_err(|mut errors| {
        // What is wrong with the whole file is shown at its beginning: that names the file.
        for error in &mut errors {
            error.span.get_or_insert(Span::new(source, 0, 0));
        }
        errors
    })
}

fn recognise(source: SourceId, text: &str, catalog: &Catalog) -> Result<Imported, Vec<Diagnostic>> {
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return stix::read(source, text, catalog);
    }
    let mut said = Vec::new();
    let root = yaml::read(source, text, &Limits::default(), &mut said);
    // Text may be lost where the syntax is broken; a key that stands twice is
    // a slip of whoever wrote the file.
    for diagnostic in &mut said {
        if matches!(diagnostic.code.as_str(), "duplicate-key" | "tag" | "merge-key" | "key-not-text") {
            diagnostic.level = Level::Warning;
        }
    }
    let Some(root) = root.filter(Node::is_map) else {
        // What is no YAML either has nothing else worth saying.
        return Err(vec![not_atlas("the file holds no keys")]);
    };
    let format = match (root.get("format-version"), root.get("matrices")) {
        (Some(version), _) => {
            six::check_version(version).map_err(|wrong| vec![wrong])?;
            Format::Six
        }
        (None, Some(_)) => Format::Legacy,
        (None, None) => return Err(vec![not_atlas("it has neither `matrices` nor `format-version`")]),
    };
    if has_errors(&said) {
        return Err(said);
    }
    let mut into = Collector::new(text, catalog);
    let edition = match format {
        Format::Six => six::collect(&root, &mut into),
        _ => legacy::collect(&root, &mut into),
    };
    let edition = edition.and_then(|node| stated(node, &mut into));
    let mut imported = into.finish(format)?;
    imported.edition = edition;
    imported.diagnostics.extend(said);
    telamon_text::sort(&mut imported.diagnostics);
    Ok(imported)
}

/// The release that a file states, when it can be one.
fn stated(node: &Node<'_>, into: &mut Collector<'_>) -> Option<String> {
    let text = node.as_str().unwrap_or("").trim();
    if is_edition_name(text) {
        return Some(text.to_owned());
    }
    into.say(
        Diagnostic::warning("import-edition", "the file states a release that cannot be one")
            .at(node.span)
            .label("expected is a text such as 1.2.3"),
    );
    None
}

fn not_atlas(why: &str) -> Diagnostic {
    Diagnostic::error("not-atlas", format!("this is no official file of MITRE ATLAS: {why}")).note(EXPECTED)
}
