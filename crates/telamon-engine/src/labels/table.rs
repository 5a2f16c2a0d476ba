//! The label table, looked up once for each sort of edge.

use super::LABEL_COUNT;
use std::collections::HashMap;
use telamon_model::Graph;
use telamon_model::ids::{EdgeId, IdVec};
use telamon_model::vocabulary::{CarriesSet, Half, KindIx, LabelSet, Vocabulary};

/// For each label of the sender, the labels that arrive.
pub type Passes = [LabelSet; LABEL_COUNT];

/// What travels on each edge.
#[derive(Debug, Clone)]
pub struct Table {
    rows: Vec<Passes>,
    of: IdVec<EdgeId, u32>,
}

impl Table {
    /// Looks up every edge of the graph; edges of the same sort share a row.
    pub fn of(graph: &Graph<'_>) -> Self {
        let mut rows: Vec<Passes> = Vec::new();
        let mut known: HashMap<(&[KindIx], &[KindIx], CarriesSet, Half), u32> = HashMap::new();
        let of = graph
            .edges
            .iter()
            .map(|edge| {
                let from = graph.components[edge.from].kinds.as_slice();
                let to = graph.components[edge.to].kinds.as_slice();
                *known
                    .entry((from, to, edge.carries, edge.half))
                    .or_insert_with(|| {
                        rows.push(passes(graph.vocabulary, from, to, edge.carries, edge.half));
                        u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
                    })
            })
            .collect();
        Self { rows, of }
    }

    /// What travels on an edge.
    pub fn edge(&self, edge: EdgeId) -> &Passes {
        const NOTHING: Passes = [0; LABEL_COUNT];
        self.of
            .get(edge)
            .and_then(|row| self.rows.get(*row as usize))
            .unwrap_or(&NOTHING)
    }
}

fn passes(
    vocabulary: &Vocabulary,
    from: &[KindIx],
    to: &[KindIx],
    carries: CarriesSet,
    half: Half,
) -> Passes {
    let mut passes = [0; LABEL_COUNT];
    for row in &vocabulary.arrivals {
        let travels = row.carries & carries != 0
            && match half {
                Half::Ask => row.ask,
                Half::Answer => row.answer,
            }
            && vocabulary.matches(&row.from, from)
            && vocabulary.matches(&row.to, to);
        if travels && let Some(out) = passes.get_mut(usize::from(row.label)) {
            *out |= 1 << row.arrives_as;
        }
    }
    passes
}
