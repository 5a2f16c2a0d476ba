//! An id as a person types it, and an id in a file that must be right.

use super::{Catalog, EntryRef};
use crate::framework::{Framework, Past};
pub use crate::lint::IdProblem;
use crate::lint::shape::{id_at, split};
use crate::lint::unknown;

impl Catalog {
    /// The entry that an id means: `AML.T0051`, `LLM01:2025`, `LLM01` (in the
    /// default edition), `owasp-llm@2025/LLM01`, `CWE-79`, `spoofing`. Letters
    /// may be small. A framework or edition that is named narrows the search.
    pub fn find(&self, text: &str, framework: Option<&str>, edition: Option<&str>) -> Option<EntryRef<'_>> {
        let all = self.find_all(text, framework, edition);
        let default = all
            .iter()
            .find(|entry| self.default_edition(&entry.framework.framework) == Some(entry.framework.edition.as_str()));
        default.or(all.first()).copied()
    }

    /// Everything that an id may mean: `LLM06` is another risk in each edition.
    /// In the order of the catalog.
    pub fn find_all(&self, text: &str, framework: Option<&str>, edition: Option<&str>) -> Vec<EntryRef<'_>> {
        let text = text.trim();
        let (framework, edition, text) = match text.split_once('/') {
            Some((key, id)) if self.by_key(key).is_some() => match key.split_once('@') {
                Some((framework, edition)) => (Some(framework), Some(edition), id),
                None => (Some(key), edition, id),
            },
            _ => (framework, edition, text),
        };
        let upper = text.to_ascii_uppercase();
        let shapes = &self.prepared().shapes;
        let cited = id_at(&upper, 0, shapes, self).filter(|cited| cited.end == upper.len());
        let (id, edition) = match cited {
            Some(cited) => (cited.id.to_owned(), cited.edition.map(str::to_owned).or(edition.map(str::to_owned))),
            None => (text.to_owned(), edition.map(str::to_owned)),
        };
        let is_shaped = split(&id).is_some();
        let begins = |prefix: &str| id.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let mut out: Vec<EntryRef<'_>> = Vec::new();
        for (known, of_edition, _) in self.all_editions() {
            if framework.is_some_and(|framework| framework != known) {
                continue;
            }
            if is_shaped && !shapes.iter().any(|shape| shape.framework == known && begins(&shape.prefix)) {
                continue;
            }
            let Some(loaded) = self.loaded(known, Some(of_edition)) else { continue };
            if edition.as_deref().is_some_and(|edition| !loaded.framework.is_edition(edition)) {
                continue;
            }
            let found = loaded.entry(&id).or_else(|| {
                let entry = loaded.framework.entries.iter().find(|entry| entry.id.eq_ignore_ascii_case(&id))?;
                Some(EntryRef { framework: &loaded.framework, entry })
            });
            out.extend(found);
        }
        if edition.is_none() {
            self.drop_other_editions(&mut out);
        }
        out
    }

    /// Where ids keep their meaning, the default edition speaks for the others.
    fn drop_other_editions(&self, entries: &mut Vec<EntryRef<'_>>) {
        let spoken_for: Vec<(String, String)> = entries
            .iter()
            .filter(|entry| !entry.framework.cites_edition() && self.is_default(entry.framework))
            .map(|entry| (entry.framework.framework.clone(), entry.entry.id.clone()))
            .collect();
        entries.retain(|entry| {
            let is = |(framework, id): &(String, String)| *framework == entry.framework.framework && id == entry.id();
            self.is_default(entry.framework) || !spoken_for.iter().any(is)
        });
    }

    fn is_default(&self, framework: &Framework) -> bool {
        self.default_edition(&framework.framework) == Some(framework.edition.as_str())
    }

    /// What an id was that belongs to an earlier release: with its name then, and
    /// what became of it.
    pub fn find_past(&self, id: &str) -> Option<(&Framework, &Past)> {
        let id = id.trim();
        // What became of it is best said in the words of the default edition.
        let (default, others): (Vec<_>, Vec<_>) = self.frameworks().partition(|framework| self.is_default(framework));
        default.into_iter().chain(others).find_map(|framework| {
            let past = framework.history.iter().find(|past| past.id.eq_ignore_ascii_case(id))?;
            Some((framework, past))
        })
    }

    /// The entry that an id stands for today, if need be by what became of it.
    pub fn find_today(&self, id: &str) -> Option<EntryRef<'_>> {
        self.find(id, None, None).or_else(|| {
            let (framework, past) = self.find_past(id)?;
            unknown::today(self, framework, past.became.as_deref())
        })
    }

    /// An id that a rule or a model names, in an edition that it names.
    ///
    /// # Errors
    /// What is wrong with the id, and which one would be right.
    pub fn check_id(&self, framework: &str, edition: Option<&str>, id: &str) -> Result<EntryRef<'_>, IdProblem> {
        let Some(known) = self.get(framework, edition) else {
            return Err(unknown::framework(self, framework, edition, id));
        };
        match self.entry(framework, Some(&known.edition), id) {
            Some(entry) => Ok(entry),
            None => Err(unknown::bare(self, known, id)),
        }
    }
}
