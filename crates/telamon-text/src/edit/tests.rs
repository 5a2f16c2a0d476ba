use proptest::prelude::*;

use super::*;
use crate::source::SourceId;

fn edit(start: usize, end: usize, replacement: &str) -> Edit {
    Edit::new(Span::new(SourceId(0), start, end), replacement)
}

#[test]
fn edits_in_any_order_leave_the_rest_alone() {
    let text = "# ümlaut\r\nkind: agnt  \r\nx: 1";
    let edits = [edit(25, 26, "y"), edit(17, 21, "agent"), edit(0, 0, "\u{FEFF}")];
    let expected = "\u{FEFF}# ümlaut\r\nkind: agent  \r\ny: 1";
    assert_eq!(apply(text, &edits).unwrap(), expected);
}

#[test]
fn insertions_at_one_place_keep_their_order() {
    let edits = [edit(1, 1, "1"), edit(1, 1, "2"), edit(1, 2, "B")];
    assert_eq!(apply("abc", &edits).unwrap(), "a12Bc");
}

#[test]
fn impossible_edits_are_refused() {
    assert!(matches!(apply("abc", &[edit(2, 9, "")]), Err(EditError::OutOfRange(_))));
    assert!(matches!(apply("ä", &[edit(1, 2, "")]), Err(EditError::InsideCharacter(_))));
    let error = apply("abc", &[edit(0, 2, ""), edit(1, 3, "")]).unwrap_err();
    assert!(matches!(error, EditError::Overlap(..)));
    assert_eq!(error.to_string(), "the edits of bytes 0 to 2 and 1 to 3 overlap");
}

proptest! {
    /// Replacing pieces by themselves changes nothing; replacing them by a mark
    /// and putting the pieces back gives the text again.
    #[test]
    fn edits_round_trip(text in "\\PC{0,60}", cuts in proptest::collection::vec(0usize..61, 0..8)) {
        let mut cuts: Vec<usize> = cuts
            .into_iter()
            .map(|cut| text.char_indices().nth(cut).map_or(text.len(), |(at, _)| at))
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let pieces: Vec<(usize, usize)> = cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let same: Vec<Edit> = pieces.iter().map(|(a, b)| edit(*a, *b, &text[*a..*b])).collect();
        prop_assert_eq!(apply(&text, &same).unwrap(), text.clone());

        let marked: Vec<Edit> = pieces.iter().map(|(a, b)| edit(*a, *b, "§§")).collect();
        let changed = apply(&text, &marked).unwrap();
        let mut shift = 0isize;
        let mut back = Vec::new();
        for (a, b) in &pieces {
            let start = a.checked_add_signed(shift).unwrap();
            back.push(edit(start, start + "§§".len(), &text[*a..*b]));
            shift += "§§".len().cast_signed() - (b - a).cast_signed();
        }
        prop_assert_eq!(apply(&changed, &back).unwrap(), text);
    }
}
