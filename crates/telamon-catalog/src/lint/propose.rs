//! The right citation for an id that is not: by the words around it, by what
//! the source frameworks say about each other.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claims;
use super::names::{Names, word_set};
use crate::catalog::{Catalog, EntryRef};
use crate::framework::Framework;

/// Which entries of one framework refer to an id of another, as the source of
/// the first states it.
#[derive(Debug, Default)]
pub(crate) struct Twins {
    /// By framework that refers and id that is referred to: place in the
    /// catalog and ids.
    by_id: BTreeMap<(String, String), Vec<(usize, String)>>,
    /// Frameworks that refer to ATT&CK, and so are mistaken for it.
    referring: BTreeSet<String>,
}

/// The framework that the field `attack` of an entry refers to.
pub(crate) const REFERRED_TO: &str = "attack";

impl Twins {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let mut twins = Self::default();
        // What an edition for reference adds is not proposed: the text would not name that edition.
        let is_reference = |framework: &Framework| catalog.is_reference(&framework.framework, &framework.edition);
        for (slot, framework) in catalog.frameworks().enumerate().filter(|(_, framework)| !is_reference(framework)) {
            for entry in &framework.entries {
                if let Some(attack) = &entry.attack {
                    let key = (framework.framework.clone(), attack.clone());
                    twins.by_id.entry(key).or_default().push((slot, entry.id.clone()));
                    twins.referring.insert(framework.framework.clone());
                }
            }
        }
        twins
    }

    /// The frameworks whose ids are mistaken for those of a framework.
    pub(crate) fn confused_with(&self, framework: &str) -> Vec<&str> {
        if framework == REFERRED_TO {
            self.referring.iter().map(String::as_str).collect()
        } else if self.referring.contains(framework) {
            vec![REFERRED_TO]
        } else {
            Vec::new()
        }
    }

    /// The entries of a framework that refer to an id, or to what it is a part of.
    pub(crate) fn of_id<'c>(&self, catalog: &'c Catalog, framework: &str, id: &str) -> Vec<EntryRef<'c>> {
        let whole = id.split_once('.').map_or(id, |(whole, _)| whole);
        [id, whole]
            .into_iter()
            .filter_map(|id| self.by_id.get(&(framework.to_owned(), id.to_owned())))
            .flatten()
            .filter_map(|(slot, id)| catalog.at(*slot)?.entry(id))
            .fold(Vec::new(), |mut out, entry| {
                if !out.contains(&entry) {
                    out.push(entry);
                }
                out
            })
    }
}

/// The entries of one framework (in one edition, or in all) that the words
/// around an id speak of, best first. The nearest words are heard first.
pub(crate) fn by_words<'c>(
    claims: &Claims,
    names: &Names,
    catalog: &'c Catalog,
    framework: &str,
    edition: Option<&str>,
) -> Vec<EntryRef<'c>> {
    let name = claims.name.as_ref().map(|claim| (claim.stems.clone(), 1));
    // One word of a sentence is not yet the name of something.
    let windows = [name, Some((word_set(&claims.before), 2)), Some((word_set(&claims.after), 2))];
    for (window, least) in windows.into_iter().flatten() {
        let found = spoken_of(&window, least, names, catalog, framework, edition);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The entries of one framework that a set of words speaks of; a name has to
/// have so many of them at least.
pub(crate) fn spoken_of<'c>(
    words: &BTreeSet<String>,
    least: usize,
    names: &Names,
    catalog: &'c Catalog,
    framework: &str,
    edition: Option<&str>,
) -> Vec<EntryRef<'c>> {
    names
        .spoken_of(words, least, |phrase| in_edition(catalog, phrase.slot, framework, edition))
        .into_iter()
        .filter_map(|phrase| phrase.entry(catalog))
        .collect()
}

/// Whether a place in the catalog is this framework, in this edition if one is named.
pub(crate) fn in_edition(catalog: &Catalog, slot: usize, framework: &str, edition: Option<&str>) -> bool {
    catalog.at(slot).is_some_and(|loaded| {
        loaded.framework.framework == framework && edition.is_none_or(|edition| loaded.framework.edition == edition)
    })
}
