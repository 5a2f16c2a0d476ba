use proptest::prelude::*;

use super::*;

fn place_of(sources: &Sources, id: SourceId, byte: u32) -> (u32, u32) {
    let position = sources.position(id, byte);
    (position.line, position.column)
}

#[test]
fn columns_count_characters_and_every_kind_of_line_break_counts() {
    let sources = Sources::new();
    let id = sources.add("a.yaml", "ä: ö\r\nb\rc\n".to_owned());
    assert_eq!(place_of(&sources, id, 0), (1, 1));
    assert_eq!(place_of(&sources, id, 2), (1, 2));
    assert_eq!(place_of(&sources, id, 8), (2, 1));
    assert_eq!(place_of(&sources, id, 10), (3, 1));
    assert_eq!(place_of(&sources, id, 12), (4, 1));
    assert_eq!(place_of(&sources, id, 4000), (4, 1));
    assert_eq!(sources.slice(sources.line(id, 1)), "ä: ö");
    assert_eq!(sources.slice(sources.line(id, 2)), "b");
    assert_eq!(sources.slice(sources.line(id, 4)), "");
    assert_eq!(sources.line_count(id), 4);
}

#[test]
fn texts_stay_where_they_are_while_others_are_added() {
    let sources = Sources::new();
    let first = sources.add("first", "one".to_owned());
    let text = sources.text(first);
    for number in 0..500 {
        let id = sources.add(format!("file {number}"), number.to_string());
        assert_eq!(sources.text(id), number.to_string());
        assert_eq!(sources.name(id), format!("file {number}"));
    }
    assert_eq!(text, "one");
    assert_eq!(sources.len(), 501);
}

#[test]
fn an_unknown_source_is_empty() {
    let sources = Sources::new();
    assert!(sources.is_empty());
    assert_eq!(sources.text(SourceId(7)), "");
    assert_eq!(sources.name(SourceId(u32::MAX)), "");
    assert_eq!(sources.slice(Span::new(SourceId(7), 1, 2)), "");
    assert_eq!(place_of(&sources, SourceId(7), 9), (1, 1));
}

#[test]
fn spans_join_within_a_source_only() {
    let a = Span::new(SourceId(0), 4, 6);
    let b = Span::new(SourceId(0), 9, 12);
    assert_eq!(b.join(a), Span::new(SourceId(0), 4, 12));
    assert_eq!(a.join(Span::new(SourceId(1), 0, 1)), a);
    assert_eq!(Span::new(SourceId(0), 5, 3).len(), 0);
}

proptest! {
    #[test]
    fn positions_agree_with_counting(text in "[aä€😀\n\r ]{0,3000}", place in 0usize..3000) {
        let sources = Sources::new();
        let id = sources.add("x", text.clone());
        let byte = text
            .char_indices()
            .map(|(at, _)| at)
            .nth(place % (text.chars().count() + 1))
            .unwrap_or(text.len());
        let before = &text[..byte];
        // A line feed behind a carriage return belongs to the line before it.
        let unified = if before.ends_with('\r') && text[byte..].starts_with('\n') {
            format!("{}x", before[..before.len() - 1].replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            before.replace("\r\n", "\n").replace('\r', "\n")
        };
        let line = unified.matches('\n').count() + 1;
        prop_assert_eq!(sources.position(id, byte as u32).line as usize, line);
        let start = sources.line(id, line as u32).start as usize;
        prop_assert_eq!(
            sources.position(id, byte as u32).column as usize,
            text[start..byte].chars().count() + 1
        );
    }
}
