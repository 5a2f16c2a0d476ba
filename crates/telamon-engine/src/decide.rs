//! What a decision that is made now sees.

use crate::analyze::{Inputs, ranked, with_world};
use crate::decisions::digest;
use crate::locate::Locator;
use telamon_model::Reading;
use telamon_model::model::Saw;

/// What a decision for these threats sees: the digest of the first, the worst severity, and their ids.
/// Nothing when none of them is there.
pub fn saw(reading: &Reading, inputs: &Inputs<'_>, ids: &[String]) -> Option<Saw> {
    with_world(reading, inputs, |world| {
        let locator = Locator::new(&reading.sources);
        let (found, _) = ranked(world, &locator, inputs.as_of, &mut Vec::new());
        let seen: Vec<_> = found.iter().filter(|(_, id)| ids.contains(id)).collect();
        let (first, _) = seen.first()?;
        let worst = seen.iter().map(|(found, _)| found.current.severity(world.weights)).max()?;
        let mut ids: Vec<String> = seen.iter().map(|(_, id)| id.clone()).collect();
        ids.sort();
        Some(Saw {
            digest: if ids.len() == 1 { digest(world, first) } else { String::new() },
            severity: worst.word().to_owned(),
            ids,
        })
    })
}
