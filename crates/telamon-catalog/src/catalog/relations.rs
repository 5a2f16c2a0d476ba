//! Who belongs to whom within a framework, and across.

use super::{Catalog, EntryRef};
use crate::crosswalk::{Relation, Review, RowEnd};
use crate::framework::EntryType;

/// A case study that uses a technique, with the places of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedIn<'c> {
    /// The case study.
    pub case: EntryRef<'c>,
    /// Steps that use it, counted from 1.
    pub steps: Vec<usize>,
}

/// What another framework says about the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart<'c> {
    /// The entry there.
    pub entry: EntryRef<'c>,
    /// How they relate.
    pub relation: Relation,
    /// The framework that states it, or `ours`.
    pub stated_by: String,
    /// Whether a person has checked it; none where the framework itself states it.
    pub review: Option<Review>,
}

/// Who states what no source does.
const OURS: &str = "ours";

impl<'c> EntryRef<'c> {
    fn others(self) -> impl Iterator<Item = EntryRef<'c>> {
        let framework = self.framework;
        framework.entries.iter().map(move |entry| EntryRef { framework, entry })
    }

    fn named(self, id: &str) -> Option<EntryRef<'c>> {
        self.others().find(|other| other.entry.id == id)
    }

    /// The entry that this one is a part of.
    pub fn parent(self) -> Option<EntryRef<'c>> {
        self.entry.parent.as_deref().and_then(|id| self.named(id))
    }

    /// Its parts, in the order of the file.
    pub fn children(self) -> Vec<EntryRef<'c>> {
        self.others().filter(|other| other.entry.parent.as_deref() == Some(self.id())).collect()
    }

    /// The tactics that a technique serves; a sub-technique without its own has its parent's.
    pub fn tactics(self) -> Vec<EntryRef<'c>> {
        let own = if self.entry.tactics.is_empty() { self.parent().unwrap_or(self) } else { self };
        own.entry.tactics.iter().filter_map(|id| self.named(id)).collect()
    }

    /// The techniques of a tactic, sub-techniques after their parents as the file has them.
    pub fn techniques(self) -> Vec<EntryRef<'c>> {
        self.others()
            .filter(|other| other.entry.kind == EntryType::Technique)
            .filter(|other| other.tactics().iter().any(|tactic| tactic.id() == self.id()))
            .collect()
    }

    /// What helps against a technique. The flag says that the source names it
    /// for the parent: what helps against a technique helps against its parts.
    pub fn mitigations(self) -> Vec<(EntryRef<'c>, bool)> {
        let parent = self.entry.parent.as_deref();
        let names = |other: &EntryRef<'_>, id: &str| other.entry.mitigates.iter().any(|named| named == id);
        self.others()
            .filter_map(|other| {
                if names(&other, self.id()) {
                    Some((other, false))
                } else {
                    parent.is_some_and(|parent| names(&other, parent)).then_some((other, true))
                }
            })
            .collect()
    }

    /// The case studies that use a technique or one of its parts, or pursue a tactic.
    pub fn used_in(self) -> Vec<UsedIn<'c>> {
        let parts: Vec<&str> = self.children().into_iter().map(EntryRef::id).chain([self.id()]).collect();
        self.others()
            .filter_map(|case| {
                let steps: Vec<usize> = (1..)
                    .zip(&case.entry.steps)
                    .filter(|(_, step)| parts.contains(&step.technique.as_str()) || step.tactic == self.id())
                    .map(|(at, _)| at)
                    .collect();
                (!steps.is_empty()).then_some(UsedIn { case, steps })
            })
            .collect()
    }
}

impl Catalog {
    /// What other frameworks say about the same thing: as the framework itself
    /// states it, then by the crosswalks, also where they name the same entry
    /// by another edition. Other editions of the same framework are the matter
    /// of [`Catalog::translate`].
    pub fn counterparts<'c>(&'c self, of: EntryRef<'c>) -> Vec<Counterpart<'c>> {
        let stated = of.entry.attack.iter().chain(&of.entry.related).filter_map(|id| self.find_today(id));
        let mut out: Vec<Counterpart<'_>> = stated
            .map(|entry| Counterpart {
                entry,
                relation: Relation::Related,
                stated_by: of.framework.framework.clone(),
                review: None,
            })
            .collect();
        let own = self.same_in_all_editions(of);
        let is = |end: &RowEnd| {
            end.framework == of.framework.framework
                && own.iter().any(|(edition, id)| end.edition == *edition && end.id == *id)
        };
        for row in self.crosswalks().iter().flat_map(|crosswalk| &crosswalk.rows) {
            let Some(to) = &row.to else { continue };
            if row.from.framework == to.framework {
                continue;
            }
            let (end, relation) = if is(&row.from) {
                (to, row.relation)
            } else if is(to) {
                (&row.from, row.relation.reversed())
            } else {
                continue;
            };
            let Some(entry) = self.entry(&end.framework, Some(&end.edition), &end.id) else { continue };
            let (stated_by, review) = (row.stated_by.clone(), Some(row.review));
            let next = Counterpart { entry, relation, stated_by, review };
            // Both sides may state it, and a framework what a crosswalk repeats for the way back. Our word counts least.
            match out.iter_mut().find(|known| known.entry == entry) {
                Some(known) if known.stated_by == OURS && next.stated_by != OURS => *known = next,
                Some(_) => {}
                None => out.push(next),
            }
        }
        out
    }

    /// Edition and id of an entry, in each edition that has the same one.
    fn same_in_all_editions<'c>(&'c self, of: EntryRef<'c>) -> Vec<(&'c str, &'c str)> {
        let others = self
            .all_editions()
            .filter(|(id, edition, _)| *id == of.framework.framework && *edition != of.framework.edition);
        let same = others
            .flat_map(|(_, edition, _)| self.translate(of, edition))
            .filter(|other| other.relation <= Relation::Renamed)
            .map(|other| (other.entry.framework.edition.as_str(), other.entry.entry.id.as_str()));
        std::iter::once((of.framework.edition.as_str(), of.entry.id.as_str())).chain(same).collect()
    }
}
