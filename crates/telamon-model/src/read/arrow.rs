//! The arrow of a short flow, and what people write in its place.

/// An arrow in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrow {
    /// Byte of its first character.
    pub start: usize,
    /// Byte behind its last character.
    pub end: usize,
    /// Where it points.
    pub way: Way,
    /// It is spelt as the language spells it.
    pub right: bool,
}

/// Where an arrow points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// `a -> b`
    There,
    /// `a <- b`, which the language does not have.
    Back,
    /// `a <-> b`
    Both,
}

impl Way {
    /// The arrow as it is written between the two ends; those of one that points back change places.
    pub(super) fn arrow(self) -> &'static str {
        match self {
            Self::There | Self::Back => "->",
            Self::Both => "<->",
        }
    }
}

/// The first arrow in a text, or what stands for one: `=>`, `-->`, `<-`, `→`, a dash between blanks.
pub(super) fn find(text: &str) -> Option<Arrow> {
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let start = from + rest.find(is_shaft)?;
        let rest = text.get(start..)?;
        let end = rest.find(|letter| !is_shaft(letter)).map_or(text.len(), |length| start + length);
        let run = text.get(start..end)?;
        // Ids contain dashes.
        let dashes = run.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '~'));
        let blank = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        let apart = || {
            blank(text.get(..start).and_then(|text| text.chars().next_back()))
                && blank(text.get(end..).and_then(|text| text.chars().next()))
        };
        if !dashes || apart() {
            return Some(Arrow { start, end, way: way(run), right: matches!(run, "->" | "<->") });
        }
        from = end;
    }
    None
}

fn is_shaft(letter: char) -> bool {
    matches!(letter, '-' | '=' | '<' | '>' | '~' | '–' | '—' | '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}')
}

fn way(run: &str) -> Way {
    let both = run.contains(['↔', '⇔', '⟷', '⇄', '⇆', '⇋', '⇌']);
    let back = run.contains(['<', '←', '⇐', '⟵']);
    let there = run.contains(['>', '→', '⇒', '⟶']);
    match (back, there) {
        _ if both => Way::Both,
        (true, true) => Way::Both,
        (true, false) => Way::Back,
        _ => Way::There,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, Way, bool)> {
        find(text).map(|arrow| (text.get(arrow.start..arrow.end).unwrap(), arrow.way, arrow.right))
    }

    #[test]
    fn arrows_of_the_language() {
        assert_eq!(found("a -> b"), Some(("->", Way::There, true)));
        assert_eq!(found("web-app->b-2: x => y"), Some(("->", Way::There, true)));
        assert_eq!(found("a <-> b"), Some(("<->", Way::Both, true)));
    }

    #[test]
    fn what_people_write_in_their_place() {
        assert_eq!(found("a => b: x -> y"), Some(("=>", Way::There, false)));
        assert_eq!(found("a-b --> c"), Some(("-->", Way::There, false)));
        assert_eq!(found("a - b"), Some(("-", Way::There, false)));
        assert_eq!(found("a → b"), Some(("→", Way::There, false)));
        assert_eq!(found("a <- b"), Some(("<-", Way::Back, false)));
        assert_eq!(found("a<=>b"), Some(("<=>", Way::Both, false)));
        assert_eq!(found("größe ↔ b"), Some(("↔", Way::Both, false)));
    }

    #[test]
    fn a_dash_within_an_id_is_none() {
        assert_eq!(found("web-app to data-base"), None);
        assert_eq!(found("a- -b"), None);
        assert_eq!(found(""), None);
        assert_eq!(found("-"), Some(("-", Way::There, false)));
    }
}
