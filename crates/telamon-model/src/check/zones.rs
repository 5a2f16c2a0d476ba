//! Zones within zones.

use crate::hash::FastMap;
use crate::model::ZoneDef;
use telamon_text::Diagnostic;

/// How many zones may lie within each other.
pub const LEVELS: usize = 64;

/// What is known of a zone while those above it are looked up.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    /// Below this zone the search began, and it has not come to an end.
    Open,
    /// So many zones enclose it.
    Level(usize),
}

/// Reports zones that lie within themselves, once for each circle, and zones too deep within others.
pub(super) fn nesting(zones: &[ZoneDef], out: &mut Vec<Diagnostic>) {
    let numbers: FastMap<&str, usize> = zones.iter().zip(0..).map(|(zone, at)| (zone.id.value.as_str(), at)).collect();
    let above: Vec<Option<usize>> = zones
        .iter()
        .map(|zone| zone.parent.as_ref().and_then(|parent| numbers.get(parent.value.as_str()).copied()))
        .collect();
    let mut states = vec![State::New; zones.len()];
    let mut too_deep = false;
    for start in 0..zones.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        let mut level = 0;
        while let Some(zone) = at {
            match states.get(zone) {
                Some(State::New) => {}
                Some(State::Open) => {
                    let from = path.iter().position(|on| *on == zone).unwrap_or(0);
                    out.extend(circle(zones, path.get(from..).unwrap_or_default()));
                    break;
                }
                Some(State::Level(known)) => {
                    level = known + 1;
                    break;
                }
                None => break,
            }
            if let Some(state) = states.get_mut(zone) {
                *state = State::Open;
            }
            path.push(zone);
            at = above.get(zone).copied().flatten();
        }
        for zone in path.into_iter().rev() {
            if let Some(state) = states.get_mut(zone) {
                *state = State::Level(level);
            }
            if level > LEVELS && !too_deep {
                too_deep = true;
                out.extend(zones.get(zone).map(deep));
            }
            level += 1;
        }
    }
}

fn circle(zones: &[ZoneDef], circle: &[usize]) -> Option<Diagnostic> {
    // The one that is written first has the underline, from wherever the circle was entered.
    let first = circle.iter().enumerate().min_by_key(|(_, zone)| **zone)?.0;
    let mut round = circle.iter().cycle().skip(first).take(circle.len()).filter_map(|zone| zones.get(*zone));
    let zone = round.next()?;
    let others: Vec<&ZoneDef> = round.collect();
    let message = format!("the zone `{}` lies within itself", zone.id.value);
    let mut diagnostic = Diagnostic::error("zone-circle", message)
        .at(zone.parent.as_ref().map_or(zone.id.span, |parent| parent.span))
        .label("name another parent, or none");
    for other in others.iter().take(SHOWN) {
        if let Some(parent) = &other.parent {
            diagnostic =
                diagnostic.related(parent.span, format!("`{}` lies within `{}`", other.id.value, parent.value));
        }
    }
    Some(diagnostic)
}

/// So many of the other zones in a circle are shown.
const SHOWN: usize = 5;

fn deep(zone: &ZoneDef) -> Diagnostic {
    Diagnostic::error("too-deep", format!("the zone `{}` lies within more than {LEVELS} others", zone.id.value))
        .at(zone.id.span)
        .label("name a parent further out")
}
