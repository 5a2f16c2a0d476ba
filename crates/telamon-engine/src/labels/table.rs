//! The label table, looked up once for each sort of edge.

use super::LABEL_COUNT;
use telamon_model::Graph;
use telamon_model::hash::FastMap;
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
        let mut known: FastMap<(u32, u32, CarriesSet, Half), u32> = FastMap::default();
        let of = graph
            .edges
            .iter()
            .map(|edge| {
                let (from, to) = (graph.family_of[edge.from], graph.family_of[edge.to]);
                *known
                    .entry((from, to, edge.carries, edge.half))
                    .or_insert_with(|| {
                        let kinds = |family: u32| graph.families.get(family as usize).map_or(&[][..], |family| family.kinds);
                        rows.push(passes(graph.vocabulary, kinds(from), kinds(to), edge.carries, edge.half));
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
