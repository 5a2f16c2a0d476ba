//! What a component can set going: the search for elements with an effect, nearest first.

use super::World;
use crate::facts::Facts;
use telamon_model::Graph;
use telamon_model::hash::FastSet;
use telamon_model::ids::{ComponentId, EdgeId, Id};

/// How far the search looks.
const DEPTH: usize = 6;

struct Node {
    at: ComponentId,
    by: Option<EdgeId>,
    from: usize,
    depth: usize,
}

/// Components with one of the effects that a component can set going, nearest first; itself when it has them.
/// The search goes only as far as the caller asks.
pub(crate) struct Sinks<'s, 'm> {
    graph: &'s Graph<'m>,
    facts: &'s Facts,
    effects: u32,
    nodes: Vec<Node>,
    next: usize,
    seen: FastSet<ComponentId>,
}

impl<'s, 'm> Sinks<'s, 'm> {
    pub(crate) fn of(world: &World<'s, 'm>, component: ComponentId, effects: u32) -> Self {
        Self {
            graph: world.graph,
            facts: world.facts,
            effects,
            nodes: vec![Node { at: component, by: None, from: 0, depth: 0 }],
            next: 0,
            seen: FastSet::default(),
        }
    }

    /// Looks around the node at a position of the search.
    fn expand(&mut self, from: usize, at: ComponentId, depth: usize) {
        if depth == 0 {
            self.seen.insert(at);
        }
        if depth >= DEPTH {
            return;
        }
        for edge in self.graph.outgoing.of(at.index()) {
            if !self.facts.drives.contains(edge.index()) {
                continue;
            }
            let Some(to) = self.graph.edges.get(*edge).map(|edge| edge.to) else {
                continue;
            };
            // Behind what reaches none of the effects there is nothing to find.
            let reaches = self.facts.reaches.get(to.index()).is_some_and(|own| own & self.effects != 0);
            if reaches && self.seen.insert(to) {
                self.nodes.push(Node { at: to, by: Some(*edge), from, depth: depth + 1 });
            }
        }
    }

    /// The way to the sink that was found last.
    pub(crate) fn way(&self) -> Vec<(ComponentId, Option<EdgeId>)> {
        let mut way = Vec::new();
        let mut at = self.next.saturating_sub(1);
        while let Some(node) = self.nodes.get(at) {
            way.push((node.at, node.by));
            if node.by.is_none() {
                break;
            }
            at = node.from;
        }
        way.reverse();
        way
    }
}

impl Iterator for Sinks<'_, '_> {
    type Item = ComponentId;

    fn next(&mut self) -> Option<ComponentId> {
        loop {
            let node = self.nodes.get(self.next)?;
            let (at, depth, number) = (node.at, node.depth, self.next);
            self.next += 1;
            self.expand(number, at, depth);
            if self.facts.own.get(at.index()).is_some_and(|own| own & self.effects != 0) {
                return Some(at);
            }
        }
    }
}
