//! Checks of a rule beyond the syntax of its condition.

use crate::attributes;
use crate::expr::{Attr, Expr, Named, Sort};
use crate::rule::{At, PLACEHOLDERS};
use telamon_model::Vocabulary;

/// Polarity: `guarded` stands only under an odd number of `not`, and what travels only under an even one.
///
/// That makes the analysis monotone: a control can take a threat away, never
/// add one. Gives what is wrong, or nothing.
pub fn polarity(expr: &Expr, negated: bool) -> Result<(), &'static str> {
    match expr {
        Expr::Guarded(..) if !negated => {
            Err("`guarded` may only stand under `not`: a control must never make a threat appear")
        }
        Expr::Sees(..) | Expr::Brings(..) | Expr::Reaches(..) if negated => Err(
            "`sees`, `brings` and `reaches` may not stand under `not`: what is unknown must never make a threat disappear",
        ),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().try_for_each(|part| polarity(part, negated)),
        Expr::Not(inner) => polarity(inner, !negated),
        Expr::Holds(inner)
        | Expr::Receives(inner)
        | Expr::Sends(inner)
        | Expr::From(inner)
        | Expr::To(inner)
        | Expr::With(inner)
        | Expr::HeldBy(inner) => polarity(inner, negated),
        _ => Ok(()),
    }
}

/// An attribute that none of the kinds in `at` has: its name.
pub fn foreign_attribute(expr: &Expr, at: &At, vocabulary: &Vocabulary) -> Option<&'static str> {
    let At::Component(named) = at else { return None };
    let kinds: Vec<u16> = named
        .iter()
        .filter_map(|named| match named {
            Named::Kind(kind) => Some(*kind),
            Named::Role(_) => None,
        })
        .collect();
    // A role can be played by any kind.
    if kinds.len() < named.len() || kinds.is_empty() {
        return None;
    }
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().find_map(|part| foreign_attribute(part, at, vocabulary)),
        Expr::Not(inner) => foreign_attribute(inner, at, vocabulary),
        Expr::Attribute { sort: Sort::Component, attr: attr @ Attr::Key(_), .. } => {
            let key = attributes::key(Sort::Component, *attr)?;
            let has = key.on.is_empty()
                || key
                    .on
                    .iter()
                    .filter_map(|on| vocabulary.kind(on))
                    .any(|on| kinds.iter().any(|kind| vocabulary.is_a(*kind, on) || vocabulary.is_a(on, *kind)));
            (!has).then_some(key.name)
        }
        _ => None,
    }
}

/// Placeholders in a text that are not known, with their byte ranges.
pub fn unknown_placeholders(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')) {
        let open = at + open;
        let Some(close) = text.get(open..).and_then(|rest| rest.find('}')) else {
            found.push((open, text.len()));
            break;
        };
        let close = open + close;
        let name = text.get(open + 1..close).unwrap_or("");
        if !PLACEHOLDERS.iter().any(|(known, _)| *known == name) {
            found.push((open, close + 1));
        }
        at = close + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_only_take_away() {
        let guarded = Expr::Guarded(Sort::Component, vec![0]);
        let sees = Expr::Sees(1, 0);
        assert!(polarity(&guarded, false).is_err());
        assert!(polarity(&Expr::Not(Box::new(guarded.clone())), false).is_ok());
        assert!(polarity(&sees, false).is_ok());
        assert!(polarity(&Expr::Not(Box::new(sees)), false).is_err());
        let nested = Expr::Not(Box::new(Expr::Receives(Box::new(guarded))));
        assert!(polarity(&nested, false).is_ok());
    }

    #[test]
    fn placeholders_are_known_words() {
        assert!(unknown_placeholders("{component} reads {data}").is_empty());
        assert_eq!(unknown_placeholders("a {thing} b {"), vec![(2, 9), (12, 13)]);
    }
}
