//! An entry of one edition in the words of another.

use std::collections::{BTreeMap, VecDeque};

use super::{Catalog, EntryRef};
use crate::crosswalk::{Relation, Review, RowEnd};

/// What an entry is called in another edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation<'c> {
    /// The entry there.
    pub entry: EntryRef<'c>,
    /// How it relates, read from the old to the new.
    pub relation: Relation,
    /// Who states it; `ours` as soon as one step on the way is ours.
    pub stated_by: String,
    /// Whether all steps on the way were checked by a person.
    pub review: Review,
    /// What the relation word leaves out.
    pub notes: Vec<String>,
}

impl Catalog {
    /// What an entry is called in another edition of its framework, nearest
    /// relation first. Empty where nothing follows, or where no crosswalk leads
    /// to that edition. Editions between the two are passed through.
    pub fn translate(&self, of: EntryRef<'_>, edition: &str) -> Vec<Translation<'_>> {
        let Some(target) = self.get(&of.framework.framework, Some(edition)) else {
            return Vec::new();
        };
        if target.edition == of.framework.edition {
            return self
                .entry(&of.framework.framework, Some(edition), of.id())
                .map(|entry| Translation {
                    entry,
                    relation: Relation::Same,
                    stated_by: of.framework.framework.clone(),
                    review: Review::Reviewed,
                    notes: Vec::new(),
                })
                .into_iter()
                .collect();
        }
        let start = RowEnd {
            framework: of.framework.framework.clone(),
            edition: of.framework.edition.clone(),
            id: of.entry.id.clone(),
        };
        let mut out: Vec<Translation<'_>> = self
            .walk(&start)
            .into_iter()
            .filter(|(end, _)| end.edition == target.edition)
            .filter_map(|(end, way)| {
                let entry = self.entry(&end.framework, Some(&end.edition), &end.id)?;
                Some(Translation {
                    entry,
                    relation: way.relation,
                    stated_by: way.stated_by,
                    review: way.review,
                    notes: way.notes,
                })
            })
            .collect();
        out.sort_by(|a, b| (a.relation, &a.entry.entry.id).cmp(&(b.relation, &b.entry.entry.id)));
        out
    }

    /// All ends that rows of the same framework lead to, breadth first: the way
    /// with the fewest steps wins.
    fn walk(&self, start: &RowEnd) -> BTreeMap<RowEnd, Way> {
        let mut seen = BTreeMap::from([(start.clone(), Way::start(&start.framework))]);
        let mut queue = VecDeque::from([start.clone()]);
        while let Some(at) = queue.pop_front() {
            let Some(way) = seen.get(&at).cloned() else { continue };
            // A turn back to an edition that the way has passed leads astray.
            for Hop { end, relation, stated_by, review, note } in self.hops(&at) {
                if way.editions.contains(&end.edition) {
                    continue;
                }
                let next = way.then(&at.edition, relation, stated_by, review, note);
                let better = seen.get(&end).is_none_or(|known| next.rank() < known.rank());
                if better {
                    seen.insert(end.clone(), next);
                    queue.push_back(end);
                }
            }
        }
        seen.remove(start);
        seen
    }

    fn hops(&self, at: &RowEnd) -> Vec<Hop<'_>> {
        let rows = self.crosswalks.rows_within().filter_map(|row| {
            let to = row.to.as_ref()?;
            let (end, relation) = if row.from == *at {
                (to, row.relation)
            } else if to == at {
                (&row.from, row.relation.reversed())
            } else {
                return None;
            };
            let (stated_by, note) = (row.stated_by.as_str(), row.note.as_deref());
            Some(Hop { end: end.clone(), relation, stated_by, review: row.review, note })
        });
        let mut hops: Vec<Hop<'_>> = rows.collect();
        for same in self.crosswalks.same_ids().filter(|same| same.framework == at.framework) {
            let edition = match &at.edition {
                edition if *edition == same.from => &same.to,
                edition if *edition == same.to => &same.from,
                _ => continue,
            };
            let end = RowEnd { edition: edition.clone(), ..at.clone() };
            let is_there = self.entry(&end.framework, Some(&end.edition), &end.id).is_some();
            if is_there && !self.is_related(at, edition) {
                let (stated_by, review) = (same.stated_by.as_str(), same.review);
                hops.push(Hop { end, relation: Relation::Same, stated_by, review, note: None });
            }
        }
        hops
    }

    /// Whether a row says what became of an entry in an edition, or what it came from.
    fn is_related(&self, at: &RowEnd, edition: &str) -> bool {
        self.crosswalks.rows_within().any(|row| match &row.to {
            Some(to) => (row.from == *at && to.edition == edition) || (to == at && row.from.edition == edition),
            None => row.from == *at,
        })
    }
}

/// One step from an edition to another.
struct Hop<'c> {
    end: RowEnd,
    relation: Relation,
    stated_by: &'c str,
    review: Review,
    note: Option<&'c str>,
}

/// How one got from one entry to another.
#[derive(Clone)]
struct Way {
    editions: Vec<String>,
    relation: Relation,
    stated_by: String,
    review: Review,
    notes: Vec<String>,
}

impl Way {
    fn start(framework: &str) -> Self {
        Self {
            editions: Vec::new(),
            relation: Relation::Same,
            stated_by: framework.to_owned(),
            review: Review::Reviewed,
            notes: Vec::new(),
        }
    }

    fn rank(&self) -> (usize, Relation) {
        (self.editions.len(), self.relation)
    }

    fn then(&self, edition: &str, relation: Relation, stated_by: &str, review: Review, note: Option<&str>) -> Self {
        let mut next = self.clone();
        next.editions.push(edition.to_owned());
        // The looser of two steps is what holds for both; the words are in that order.
        next.relation = self.relation.max(relation);
        if self.editions.is_empty() || stated_by != next.stated_by {
            next.stated_by = if self.editions.is_empty() { stated_by.to_owned() } else { "ours".to_owned() };
        }
        next.review = self.review.min(review);
        next.notes.extend(note.map(str::to_owned));
        next
    }
}
