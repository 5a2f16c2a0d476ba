//! One pass: all labels from all sources, cheapest first, with a bucket queue.

use super::table::Table;
use super::weigh::Hops;
use super::{ABSENT, HOP, LABEL_COUNT, Labels, encode};
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
        let mut due = due.into_iter().map(|at| at as usize).peekable();
        while let Some(first) = due.next() {
            let component = first / LABEL_COUNT;
            // Labels that came by one edge lie side by side in the queue: they leave together.
            let mut leaves: LabelSet = 0;
            let mut at = Some(first);
            while let Some(here) = at {
                // Else a cheaper way was found after this entry was queued.
                if states.get(here).is_some_and(|state| (*state >> 40) as u32 == cost) {
                    leaves |= 1 << (here % LABEL_COUNT);
                }
                at = due.next_if(|next| next / LABEL_COUNT == component);
            }
            for leaving in table.leaving(component) {
                let mut labels = leaves & leaving.labels;
                while labels != 0 {
                    let label = labels.trailing_zeros() as u8;
                    labels &= labels - 1;
                    let mut arriving = table.arriving(leaving, label);
                    while arriving != 0 {
                        let arrives = arriving.trailing_zeros() as u8;
                        arriving &= arriving - 1;
                        let target = leaving.to.index() * LABEL_COUNT + usize::from(arrives);
                        let Some(state) = states.get_mut(target) else {
                            continue;
                        };
                        // What is there already is cheaper than any hop from here.
                        if ((*state >> 40) as u32) < cost + HOP {
                            continue;
                        }
                        let Some(hop) = hops.cost(graph, leaving.edge, arrives) else {
                            continue;
                        };
                        let new = encode(cost + hop, Some(leaving.edge), label);
                        if new >= *state {
                            continue;
                        }
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
