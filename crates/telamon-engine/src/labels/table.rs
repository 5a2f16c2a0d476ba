//! The label table, looked up once for each sort of edge.

use super::LABEL_COUNT;
use telamon_model::Graph;
use telamon_model::hash::FastMap;
use telamon_model::ids::{ComponentId, EdgeId, Id, IdVec};
use telamon_model::vocabulary::{CarriesSet, Half, KindIx, LabelSet, Vocabulary};

/// For each label of the sender, the labels that arrive.
pub type Passes = [LabelSet; LABEL_COUNT];

/// An edge that leaves a component and brings something.
#[derive(Debug, Clone, Copy)]
pub struct Leaving {
    /// The edge.
    pub edge: EdgeId,
    /// Where it arrives.
    pub to: ComponentId,
    /// Labels of which it brings anything.
    pub labels: LabelSet,
    row: u32,
}

/// What travels on each edge.
#[derive(Debug, Clone)]
pub struct Table {
    rows: Vec<Passes>,
    of: IdVec<EdgeId, u32>,
    /// Edges that leave each component, side by side, since the passes visit them over and over.
    leaving: Vec<Leaving>,
    starts: Vec<usize>,
}

impl Table {
    /// Looks up every edge of the graph; edges of the same sort share a row.
    pub fn of(graph: &Graph<'_>) -> Self {
        let mut rows: Vec<Passes> = Vec::new();
        let mut known: FastMap<(u32, u32, CarriesSet, Half), u32> = FastMap::default();
        let of: IdVec<EdgeId, u32> = graph
            .edges
            .iter()
            .map(|edge| {
                let (from, to) = (*graph.family_of.at(edge.from), *graph.family_of.at(edge.to));
                *known.entry((from, to, edge.carries, edge.half)).or_insert_with(|| {
                    let kinds =
                        |family: u32| graph.families.get(family as usize).map_or(&[][..], |family| family.kinds);
                    rows.push(passes(graph.vocabulary, kinds(from), kinds(to), edge.carries, edge.half));
                    u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
                })
            })
            .collect();
        let brings: Vec<LabelSet> = rows
            .iter()
            .map(|row| (0..16u8).zip(row).fold(0, |set, (label, labels)| set | LabelSet::from(*labels != 0) << label))
            .collect();
        let mut leaving = Vec::with_capacity(graph.edges.len());
        let mut starts = Vec::with_capacity(graph.components.len() + 1);
        for component in graph.components.ids() {
            starts.push(leaving.len());
            for edge in graph.outgoing.of(component.index()) {
                let row = of.get(*edge).copied().unwrap_or(u32::MAX);
                let labels = brings.get(row as usize).copied().unwrap_or(0);
                if let Some(info) = graph.edges.get(*edge).filter(|_| labels != 0) {
                    leaving.push(Leaving { edge: *edge, to: info.to, labels, row });
                }
            }
        }
        starts.push(leaving.len());
        Self { rows, of, leaving, starts }
    }

    /// What travels on an edge.
    pub fn edge(&self, edge: EdgeId) -> &Passes {
        self.row(self.of.get(edge).copied().unwrap_or(u32::MAX))
    }

    /// Edges that leave a component and bring something, in their order.
    pub fn leaving(&self, component: usize) -> &[Leaving] {
        match (self.starts.get(component), self.starts.get(component + 1)) {
            (Some(start), Some(end)) => self.leaving.get(*start..*end).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The labels that arrive for one of the sender.
    pub fn arriving(&self, leaving: &Leaving, label: u8) -> LabelSet {
        self.row(leaving.row).get(usize::from(label)).copied().unwrap_or(0)
    }

    fn row(&self, row: u32) -> &Passes {
        const NOTHING: Passes = [0; LABEL_COUNT];
        self.rows.get(row as usize).unwrap_or(&NOTHING)
    }
}

fn passes(vocabulary: &Vocabulary, from: &[KindIx], to: &[KindIx], carries: CarriesSet, half: Half) -> Passes {
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
