//! All frameworks that the caller hands in, each loaded when it is first asked for.

mod crosswalks;
mod find;
mod relations;
mod search;
mod translate;

use std::collections::HashMap;
use std::sync::OnceLock;

use crosswalks::Crosswalks;
pub use find::IdProblem;
pub use relations::{Counterpart, UsedIn};
pub use search::Hit;
pub use translate::Translation;

use crate::crosswalk::Crosswalk;
use crate::framework::{Entry, EntryType, Framework};
use crate::lint::{Hints, Prepared};
use crate::unseen::Unseen;

/// Where one edition of a framework comes from.
pub struct FrameworkSource {
    /// Id of the framework.
    pub id: String,
    /// Edition.
    pub edition: String,
    /// The edition that is meant when nobody names one.
    pub default: bool,
    /// Makes the value; called once, when the framework is first needed.
    pub load: Box<dyn Fn() -> Framework + Send + Sync>,
}

impl FrameworkSource {
    /// A framework that is made when it is first needed.
    pub fn lazy(
        id: impl Into<String>,
        edition: impl Into<String>,
        default: bool,
        load: impl Fn() -> Framework + Send + Sync + 'static,
    ) -> Self {
        Self { id: id.into(), edition: edition.into(), default, load: Box::new(load) }
    }

    /// A framework that is there already.
    pub fn of(framework: Framework) -> Self {
        Self {
            id: framework.framework.clone(),
            edition: framework.edition.clone(),
            default: framework.default,
            load: Box::new(move || framework.clone()),
        }
    }
}

/// A framework with its index.
pub(crate) struct Loaded {
    pub(crate) framework: Framework,
    index: HashMap<String, usize>,
}

struct Slot {
    source: FrameworkSource,
    /// See [`Catalog::is_reference`].
    reference: bool,
    loaded: OnceLock<Loaded>,
}

impl Slot {
    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let framework = (self.source.load)();
            let index = framework.entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
            Loaded { framework, index }
        })
    }

    fn key(&self) -> (&str, &str, bool) {
        (&self.source.id, &self.source.edition, self.source.default)
    }
}

/// An entry together with the framework and edition that it belongs to. Two are
/// the same when id, framework and edition are.
#[derive(Debug, Clone, Copy)]
pub struct EntryRef<'c> {
    /// The edition of the framework.
    pub framework: &'c Framework,
    /// The entry.
    pub entry: &'c Entry,
}

// The derived equality would compare whole frameworks.
impl PartialEq for EntryRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.entry.id == other.entry.id
            && self.framework.framework == other.framework.framework
            && self.framework.edition == other.framework.edition
    }
}

impl Eq for EntryRef<'_> {}

impl<'c> EntryRef<'c> {
    /// The id without edition: `LLM01`.
    pub fn id(self) -> &'c str {
        &self.entry.id
    }

    /// The name that stands for itself: `LLM Prompt Injection: Indirect`.
    pub fn name(self) -> &'c str {
        self.entry.display_name()
    }

    /// The id as people cite it: `LLM01:2025`.
    pub fn cite(self) -> String {
        self.framework.cite(&self.entry.id)
    }

    /// Id and name as people cite them: `LLM01:2025 Prompt Injection`.
    pub fn citation(self) -> String {
        format!("{} {}", self.cite(), self.name())
    }
}

/// The frameworks, the crosswalks between them, and the words of the id lint.
pub struct Catalog {
    slots: Vec<Slot>,
    crosswalks: Crosswalks,
    unseen: Vec<Unseen>,
    hints: Hints,
    prepared: OnceLock<Prepared>,
}

impl Catalog {
    /// A catalog of these frameworks. Their order is that of look-ups that name
    /// no framework, and of search results that are otherwise equal.
    pub fn new(sources: Vec<FrameworkSource>) -> Self {
        Self {
            slots: slots(sources),
            crosswalks: Crosswalks::of(Vec::new()),
            unseen: Vec::new(),
            hints: Hints::default(),
            prepared: OnceLock::new(),
        }
    }

    /// Adds the crosswalks.
    #[must_use]
    pub fn with_crosswalks(mut self, crosswalks: Vec<Crosswalk>) -> Self {
        self.crosswalks = Crosswalks::of(crosswalks);
        self
    }

    /// Adds the entries that no architecture can show.
    #[must_use]
    pub fn with_unseen(mut self, unseen: Vec<Unseen>) -> Self {
        self.unseen = unseen;
        self
    }

    /// True when every threat of the framework needs a rule or a reason why it has none.
    pub fn is_accounted(&self, framework: &str) -> bool {
        [EntryType::Technique, EntryType::Entry, EntryType::Category]
            .into_iter()
            .any(|sort| self.accounts_for(framework, sort))
    }

    /// True when every entry of this sort needs a rule (a mitigation: a control), or a reason why it has none.
    pub fn accounts_for(&self, framework: &str, sort: EntryType) -> bool {
        self.unseen.iter().any(|file| file.framework == framework && file.accounts.contains(&sort))
    }

    /// Framework and id of every entry that no architecture can show.
    pub fn all_unseen(&self) -> impl Iterator<Item = (&str, &str)> {
        self.unseen.iter().flat_map(|file| {
            file.unseen.iter().flat_map(|entries| entries.ids.iter().map(|id| (file.framework.as_str(), id.as_str())))
        })
    }

    /// Why no architecture can show the entry, where that is so.
    pub fn unseen(&self, framework: &str, id: &str) -> Option<&str> {
        self.unseen
            .iter()
            .filter(|file| file.framework == framework)
            .flat_map(|file| &file.unseen)
            .find(|entries| entries.ids.iter().any(|own| own == id))
            .map(|entries| entries.because.as_str())
    }

    /// Adds what the id lint knows about how people speak of frameworks.
    #[must_use]
    pub fn with_hints(mut self, hints: Hints) -> Self {
        self.hints = hints;
        self.prepared = OnceLock::new();
        self
    }

    /// Id, edition and whether it is the default one, for each edition that is
    /// not for reference only, in the order of the catalog; loads nothing.
    pub fn editions(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.slots.iter().filter(|slot| !slot.reference).map(Slot::key)
    }

    /// The same for all editions, those for reference too.
    pub fn all_editions(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.slots.iter().map(Slot::key)
    }

    /// Whether an edition is there to be looked up, cited and translated, and
    /// analyses do not speak of it: it is newer than the default one, or none
    /// of its framework is said to be the default one.
    pub fn is_reference(&self, framework: &str, edition: &str) -> bool {
        let slot = self.slots.iter().find(|slot| slot.source.id == framework && slot.source.edition == edition);
        slot.is_some_and(|slot| slot.reference)
    }

    /// All frameworks, loaded, in the order of the catalog.
    pub fn frameworks(&self) -> impl Iterator<Item = &Framework> {
        self.slots.iter().map(|slot| &slot.loaded().framework)
    }

    /// Ids of the frameworks, each once, in the order of the catalog.
    pub fn framework_ids(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        for slot in &self.slots {
            if !ids.contains(&slot.source.id.as_str()) {
                ids.push(slot.source.id.as_str());
            }
        }
        ids
    }

    /// The edition that is meant when nobody names one: the one that says so,
    /// else the last one in the catalog.
    pub fn default_edition(&self, framework: &str) -> Option<&str> {
        let of = || self.slots.iter().filter(|slot| slot.source.id == framework);
        of().find(|slot| slot.source.default).or_else(|| of().last()).map(|slot| slot.source.edition.as_str())
    }

    /// A framework in an edition (however people write it: `2025`, `v1.1`), or
    /// in its default edition.
    pub fn get(&self, framework: &str, edition: Option<&str>) -> Option<&Framework> {
        self.loaded(framework, edition).map(|loaded| &loaded.framework)
    }

    /// A framework by `atlas` or `owasp-llm@2025`.
    pub fn by_key(&self, key: &str) -> Option<&Framework> {
        match key.split_once('@') {
            Some((framework, edition)) => self.get(framework, Some(edition)),
            None => self.get(key, None),
        }
    }

    /// An entry by its exact id.
    pub fn entry(&self, framework: &str, edition: Option<&str>, id: &str) -> Option<EntryRef<'_>> {
        self.loaded(framework, edition)?.entry(id)
    }

    /// The crosswalks.
    pub fn crosswalks(&self) -> &[Crosswalk] {
        self.crosswalks.all()
    }

    /// What the id lint knows about how people speak of frameworks.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    pub(crate) fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::of(self))
    }

    /// The framework at a place in the catalog.
    pub(crate) fn at(&self, slot: usize) -> Option<&Loaded> {
        self.slots.get(slot).map(Slot::loaded)
    }

    pub(crate) fn loaded(&self, framework: &str, edition: Option<&str>) -> Option<&Loaded> {
        let edition = match edition {
            Some(edition) => edition,
            None => self.default_edition(framework)?,
        };
        let of = || self.slots.iter().filter(|slot| slot.source.id == framework);
        of().find(|slot| slot.source.edition == edition)
            .map(Slot::loaded)
            .or_else(|| of().map(Slot::loaded).find(|loaded| loaded.framework.is_edition(edition)))
    }
}

fn slots(sources: Vec<FrameworkSource>) -> Vec<Slot> {
    let defaults: HashMap<String, String> = sources
        .iter()
        .filter(|source| source.default)
        .map(|source| (source.id.clone(), source.edition.clone()))
        .collect();
    let is_reference =
        |source: &FrameworkSource| defaults.get(&source.id).is_none_or(|default| is_newer(&source.edition, default));
    sources
        .into_iter()
        .map(|source| Slot { reference: is_reference(&source), source, loaded: OnceLock::new() })
        .collect()
}

/// Compares the numbers of two editions; one that has other parts than numbers is newer than none.
fn is_newer(edition: &str, than: &str) -> bool {
    let numbers = |text: &str| text.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>();
    matches!((numbers(edition), numbers(than)), (Some(one), Some(other)) if one > other)
}

impl Loaded {
    pub(crate) fn entry(&self, id: &str) -> Option<EntryRef<'_>> {
        let entry = self.framework.entries.get(*self.index.get(id)?)?;
        Some(EntryRef { framework: &self.framework, entry })
    }
}

#[cfg(test)]
mod tests;
