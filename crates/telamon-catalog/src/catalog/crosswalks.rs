//! The crosswalks of a catalog.

use std::sync::OnceLock;

use crate::crosswalk::{Crosswalk, Row, SameIds};

/// The crosswalks, with what relates editions of one framework set apart: that
/// is asked for each entry of each rule, the rest for one entry at a time.
pub(super) struct Crosswalks {
    all: Vec<Crosswalk>,
    within: OnceLock<Within>,
}

/// Places in the list of crosswalks.
#[derive(Default)]
struct Within {
    rows: Vec<(usize, usize)>,
    same_ids: Vec<usize>,
}

impl Crosswalks {
    pub(super) fn of(all: Vec<Crosswalk>) -> Self {
        Self { all, within: OnceLock::new() }
    }

    pub(super) fn all(&self) -> &[Crosswalk] {
        &self.all
    }

    fn within(&self) -> &Within {
        self.within.get_or_init(|| {
            let mut within = Within::default();
            for (at, crosswalk) in self.all.iter().enumerate() {
                if crosswalk.rows.has_within() {
                    let rows = crosswalk.rows.iter().enumerate().filter(|(_, row)| row.is_within());
                    within.rows.extend(rows.map(|(row, _)| (at, row)));
                }
                if !crosswalk.same_ids.is_empty() {
                    within.same_ids.push(at);
                }
            }
            within
        })
    }

    /// Rows between editions of one framework, and those that lead nowhere.
    pub(super) fn rows_within(&self) -> impl Iterator<Item = &Row> {
        self.within().rows.iter().filter_map(|(at, row)| self.all.get(*at)?.rows.get(*row))
    }

    /// Pairs of editions in which an id means the same.
    pub(super) fn same_ids(&self) -> impl Iterator<Item = &SameIds> {
        self.within().same_ids.iter().filter_map(|at| self.all.get(*at)).flat_map(|crosswalk| &crosswalk.same_ids)
    }
}
