//! One pass: all labels from all sources, cheapest first, with a bucket queue.

use super::table::Table;
use super::weigh::Hops;
use super::{ABSENT, LABEL_COUNT, Labels, encode};
use telamon_model::Graph;
use telamon_model::ids::Id;
use telamon_model::vocabulary::LabelSet;

/// The dearest hop; the queue has one bucket more.
pub(super) const WIDEST: u32 = 1023;
const BUCKETS: usize = 1024;

/// Lets the labels travel. `sources` has the labels that begin at each component.
pub(super) fn travel(graph: &Graph<'_>, table: &Table, sources: &[LabelSet], hops: &Hops) -> Labels {
    let mut states = vec![ABSENT; graph.components.len() * LABEL_COUNT];
    let mut buckets: Vec<Vec<u32>> = vec![Vec::new(); BUCKETS];
    let mut waiting = 0usize;
    for (component, labels) in sources.iter().enumerate() {
        for label in 0..16u8 {
            if labels >> label & 1 == 0 {
                continue;
            }
            let at = component * LABEL_COUNT + usize::from(label);
            if let Some(state) = states.get_mut(at) {
                *state = encode(0, None, label);
                if let (Some(first), Ok(at)) = (buckets.first_mut(), u32::try_from(at)) {
                    first.push(at);
                    waiting += 1;
                }
            }
        }
    }
    let mut cost = 0u32;
    while waiting > 0 {
        let bucket = (cost as usize) % BUCKETS;
        let due = buckets.get_mut(bucket).map(std::mem::take).unwrap_or_default();
        waiting -= due.len();
        for at in due {
            let at = at as usize;
            let Some(state) = states.get(at).copied() else {
                continue;
            };
            // A cheaper way was found after this entry was queued.
            if (state >> 40) as u32 != cost {
                continue;
            }
            let label = u8::try_from(at % LABEL_COUNT).unwrap_or(0);
            for leaving in table.leaving(at / LABEL_COUNT) {
                let mut arriving = table.arriving(leaving, label);
                while arriving != 0 {
                    let arrives = arriving.trailing_zeros() as u8;
                    arriving &= arriving - 1;
                    let Some(hop) = hops.cost(graph, leaving.edge, arrives) else {
                        continue;
                    };
                    let new = encode(cost + hop, Some(leaving.edge), label);
                    let target = leaving.to.index() * LABEL_COUNT + usize::from(arrives);
                    let Some(state) = states.get_mut(target) else {
                        continue;
                    };
                    if new < *state {
                        // Only a lower cost needs a new place in the queue; a tie keeps the old one.
                        let cheaper = new >> 40 < *state >> 40;
                        *state = new;
                        if cheaper
                            && let (Some(bucket), Ok(target)) =
                                (buckets.get_mut(((cost + hop) as usize) % BUCKETS), u32::try_from(target))
                        {
                            bucket.push(target);
                            waiting += 1;
                        }
                    }
                }
            }
        }
        cost += 1;
    }
    let sets = states
        .chunks(LABEL_COUNT)
        .map(|states| {
            states.iter().enumerate().fold(0, |set, (label, state)| set | LabelSet::from(*state != ABSENT) << label)
        })
        .collect();
    Labels { states, sets }
}
