use crate::diagram::text::{Weight, shorten, width, wrap};

#[test]
fn widths_are_those_of_the_table() {
    assert_eq!(width("", 120, Weight::Regular), 0);
    // Five letters of 556, 500, 500, 556 and 556 thousandths of 12 pixels, and a little more.
    assert_eq!(
        width("acka0", 120, Weight::Regular),
        (12 * (556 + 500 + 500 + 556 + 556) * 104_i32).div_euclid(100_000) + 1
    );
    assert!(width("passages", 120, Weight::Bold) > width("passages", 120, Weight::Regular));
}

#[test]
fn letters_outside_the_table_have_a_width() {
    assert!(width("ÄÖÜ", 120, Weight::Regular) > width("äöü", 120, Weight::Regular));
    assert!(width("漢字", 120, Weight::Regular) >= 24);
    assert_eq!(width("e\u{301}", 120, Weight::Regular), width("e", 120, Weight::Regular));
}

#[test]
fn a_long_text_ends_in_an_ellipsis() {
    assert_eq!(shorten("short", 8), "short");
    assert_eq!(shorten("retrieved passages, ranked", 20), "retrieved passages…");
}

#[test]
fn a_text_breaks_between_words_into_lines_of_like_length() {
    assert_eq!(wrap("prompt with passages", 16, 22), ["prompt with", "passages"]);
    assert_eq!(wrap("  letter ", 16, 22), ["letter"]);
    assert!(wrap("   ", 16, 22).is_empty());
}

#[test]
fn one_long_word_is_cut_and_many_words_too() {
    assert_eq!(wrap("Kundendatenabgleichsverfahren", 16, 22), ["Kundendatenabgleichsv…"]);
    let lines = wrap("closed cases of the last seven years with names and addresses", 16, 22);
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.chars().count() <= 22) && lines[1].ends_with('…'), "{lines:?}");
}
