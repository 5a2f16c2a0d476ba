//! Ids that look like many other words: `T1`, `L2`, `Article 9`. One is a
//! citation only where the text names a framework that has such ids, and that
//! framework is then the one that is meant.

use super::Prepared;
use super::context::{Context, Near};
use super::judge::Judge;
use super::layout::named;
use super::mention::Mask;
use super::scan::Event;
use super::shape::{Cited, Shape};

/// Takes out what cannot be a citation, because no framework with such ids is
/// named in the text: it must not cut the words around other ids short.
pub(crate) fn leave_out(events: &mut Vec<Event<'_>>, prepared: &Prepared) {
    let all = named(events);
    events.retain(|event| match event {
        Event::Mention(_) => true,
        Event::Id(cited) => prepared
            .shapes
            .get(cited.shape)
            .is_none_or(|shape| !shape.common || alike(prepared, shape).any(|(_, of)| of & all != 0)),
    });
}

/// The shapes of common ids that begin like one, with the framework of each.
fn alike<'p>(prepared: &'p Prepared, shape: &'p Shape) -> impl Iterator<Item = (usize, Mask)> + 'p {
    prepared.shapes.iter().enumerate().filter(|(_, other)| other.common && other.prefix == shape.prefix).map(
        |(at, other)| {
            let number = prepared.words.frameworks.iter().take(64).position(|id| *id == other.framework);
            (at, number.map_or(0, |number| 1 << number))
        },
    )
}

impl Judge<'_, '_> {
    /// The id as one of the framework that is named near it; none where a
    /// common id stands far from any such name.
    pub(crate) fn settled<'t>(&self, at: usize, cited: &Cited<'t>, context: &Context<'_, '_>) -> Option<Cited<'t>> {
        let shape = self.prepared.shapes.get(cited.shape)?;
        if !shape.common {
            return Some(*cited);
        }
        let family = alike(self.prepared, shape).fold(0, |mask, (_, of)| mask | of);
        let (named, near) = context.framework(at, family)?;
        if near > Near::Heading {
            return None;
        }
        // Of several that are named in one breath the one that has the id.
        let mut meant = alike(self.prepared, shape).filter(|(_, of)| of & named != 0).map(|(shape, _)| shape);
        let has = |shape: usize| {
            let framework = self.prepared.shapes.get(shape).map(|shape| shape.framework.as_str());
            framework.is_some_and(|id| self.catalog.entry(id, None, cited.id).is_some())
        };
        let first = meant.next()?;
        let shape = std::iter::once(first).chain(meant).find(|shape| has(*shape)).unwrap_or(first);
        Some(Cited { shape, ..*cited })
    }
}
