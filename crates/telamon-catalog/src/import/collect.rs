//! Gathers entries and what they refer to, and says what does not fit together.

use std::collections::{BTreeMap, BTreeSet};

use telamon_text::{Diagnostic, Span};

use super::stretch::Stretch;
use super::texts::clean;
use super::{FRAMEWORK, Format, Imported, OfficialText, not_atlas};
use crate::catalog::Catalog;
use crate::framework::{EntryType, Past};

/// So many things are said of one file; nobody reads more.
const MOST: usize = 10_000;

/// The sorts of entries, and the word for each in links within descriptions.
const SORTS: [(EntryType, &str); 4] = [
    (EntryType::Tactic, "tactics"),
    (EntryType::Technique, "techniques"),
    (EntryType::Mitigation, "mitigations"),
    (EntryType::CaseStudy, "studies"),
];

/// An entry as a file has it.
pub(super) struct Found<'n> {
    pub(super) sort: EntryType,
    pub(super) id: &'n str,
    pub(super) name: &'n str,
    pub(super) description: &'n str,
    /// Where the id stands.
    pub(super) span: Span,
    /// What the description stands in.
    pub(super) around: Stretch<'n>,
    pub(super) deprecated: bool,
}

/// An entry that names another one.
struct Reference<'n> {
    from: &'n str,
    /// What it says of it: "the tactic", "step 3".
    what: String,
    to: &'n str,
    sort: EntryType,
    span: Span,
}

/// What was gathered of a file.
pub(super) struct Collector<'n> {
    pub(super) text: &'n str,
    catalog: &'n Catalog,
    entries: BTreeMap<&'n str, Found<'n>>,
    references: Vec<Reference<'n>>,
    said: Vec<Diagnostic>,
}

impl<'n> Collector<'n> {
    pub(super) fn new(text: &'n str, catalog: &'n Catalog) -> Self {
        Self { text, catalog, entries: BTreeMap::new(), references: Vec::new(), said: Vec::new() }
    }

    /// Says what is wrong.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        if self.said.len() < MOST {
            self.said.push(diagnostic);
        }
    }

    /// Says that something is of another sort than the format has.
    pub(super) fn misshapen(&mut self, span: Span, message: impl Into<String>) {
        self.say(Diagnostic::warning("import-shape", message).at(span));
    }

    /// Adds an entry; the first one with an id counts.
    pub(super) fn entry(&mut self, found: Found<'n>) {
        let Found { id, sort, span, .. } = found;
        if id.is_empty() || id.len() > 64 || id.contains(|letter: char| !letter.is_ascii_graphic()) {
            let what = sort.as_str();
            self.misshapen(span, format!("a {what} has no id that could be one; it is left out"));
            return;
        }
        if let Some(first) = self.entries.get(id) {
            let related = first.span;
            self.say(
                Diagnostic::warning("import-duplicate", format!("`{id}` stands twice; the first one is taken"))
                    .at(span)
                    .related(related, "first here"),
            );
            return;
        }
        let missing = match (found.name.trim().is_empty(), found.description.trim().is_empty()) {
            (true, true) => Some("neither a name nor a description"),
            (true, false) => Some("no name"),
            (false, true) => Some("no description"),
            (false, false) => None,
        };
        if let Some(missing) = missing {
            self.say(Diagnostic::warning("import-no-text", format!("`{id}` has {missing}")).at(span));
        }
        self.entries.insert(id, found);
    }

    /// Adds that an entry names another one.
    pub(super) fn refers(&mut self, from: &'n str, what: impl Into<String>, to: &'n str, sort: EntryType, span: Span) {
        self.references.push(Reference { from, what: what.into(), to, sort, span });
    }

    /// Ids and names, without case studies where the file has none.
    fn is_edition(&self, of: &crate::framework::Framework) -> bool {
        let cases = self.entries.values().any(|entry| entry.sort == EntryType::CaseStudy);
        let wanted: BTreeMap<&str, &str> = of
            .entries
            .iter()
            .filter(|entry| SORTS.iter().any(|(sort, _)| *sort == entry.kind))
            .filter(|entry| cases || entry.kind != EntryType::CaseStudy)
            .map(|entry| (entry.id.as_str(), entry.name.as_str()))
            .collect();
        wanted.len() == self.entries.len()
            && self.entries.values().all(|entry| wanted.get(entry.id).is_some_and(|name| *name == entry.name.trim()))
    }

    /// The release of the catalog that has the very same ids and names.
    pub(super) fn edition_by_content(&self) -> Option<String> {
        let editions = self.catalog.all_editions().filter(|(framework, _, _)| *framework == FRAMEWORK);
        let mut same = editions
            .filter_map(|(framework, edition, _)| self.catalog.get(framework, Some(edition)))
            .filter(|framework| self.is_edition(framework));
        let only = same.next()?;
        // Two releases with the same entries cannot be told apart.
        same.next().is_none().then(|| only.edition.clone())
    }

    /// Says what is wrong with the references, and gives the texts.
    pub(super) fn finish(mut self, format: Format) -> Result<Imported, Vec<Diagnostic>> {
        if self.entries.is_empty() {
            return Err(vec![not_atlas("it has no tactic, technique, mitigation or case study with an id")]);
        }
        self.links();
        let past = self.past();
        for reference in std::mem::take(&mut self.references) {
            if let Some(wrong) = self.judge(&reference, &past) {
                self.say(wrong);
            }
        }
        if self.said.len() == MOST {
            self.said.push(Diagnostic::remark("too-many-errors", "there is more that is wrong with this file"));
        }
        let counts = SORTS
            .iter()
            .map(|(sort, _)| (*sort, self.entries.values().filter(|entry| entry.sort == *sort).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        let text = |entry: &Found| OfficialText { name: clean(entry.name), description: clean(entry.description) };
        let texts = self.entries.iter().map(|(id, entry)| ((*id).to_owned(), text(entry))).collect();
        Ok(Imported { framework: FRAMEWORK, edition: None, format, texts, counts, diagnostics: self.said })
    }

    /// Ids of earlier releases and what became of them.
    fn past(&self) -> BTreeMap<&'n str, &'n Past> {
        let editions = self.catalog.all_editions().filter(|(framework, _, _)| *framework == FRAMEWORK);
        editions
            .filter_map(|(framework, edition, _)| self.catalog.get(framework, Some(edition)))
            .flat_map(|framework| framework.history.iter().map(|past| (past.id.as_str(), past)))
            .collect()
    }

    fn judge(&self, reference: &Reference<'_>, past: &BTreeMap<&str, &Past>) -> Option<Diagnostic> {
        let Reference { from, what, to, sort, span } = reference;
        let sort = sort.as_str();
        let Some(known) = self.entries.get(to) else {
            let message = format!("{what} of `{from}` is `{to}`, which is not in the file");
            let mut wrong = Diagnostic::warning("import-dangling", message).at(*span);
            if let Some(past) = past.get(to) {
                let today = past.became.as_ref().map_or(String::new(), |id| format!("; today it is `{id}`"));
                wrong = wrong.note(format!("an earlier release had `{to}`, {}{today}", past.was));
            }
            return Some(wrong);
        };
        if known.sort != reference.sort {
            let message = format!("{what} of `{from}` is `{to}`, which is a {} and no {sort}", known.sort.as_str());
            return Some(Diagnostic::warning("import-mismatch", message).at(*span));
        }
        known.deprecated.then(|| {
            Diagnostic::warning("import-deprecated", format!("{what} of `{from}` is `{to}`, which is deprecated"))
                .at(*span)
        })
    }

    /// Descriptions link other entries: `[...](/techniques/ID)`.
    fn links(&mut self) {
        // A file without case studies does not have to have those that it links.
        let here: BTreeSet<&str> = SORTS
            .iter()
            .filter(|(sort, _)| self.entries.values().any(|entry| entry.sort == *sort))
            .map(|(_, word)| *word)
            .collect();
        let mut found = Vec::new();
        for entry in self.entries.values() {
            for (at, start) in entry.description.match_indices("](/") {
                let rest = entry.description.get(at + start.len()..).unwrap_or("");
                let Some((path, _)) = rest.split_once(')') else { continue };
                let Some((word, id)) = path.trim_end_matches('/').split_once('/') else { continue };
                let Some((sort, _)) = SORTS.iter().find(|(_, known)| *known == word && here.contains(word)) else {
                    continue;
                };
                let span = entry.around.place(path);
                found.push(Reference { from: entry.id, what: "a link in the text".into(), to: id, sort: *sort, span });
            }
        }
        self.references.extend(found);
    }
}
