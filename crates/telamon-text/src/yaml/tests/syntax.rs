use std::fmt::Write as _;

use super::*;

#[test]
fn all_errors_are_said_and_the_rest_is_read() {
    let text = "components:\n  a: { kind: llm, zone: x\n      more: y\n  b: { kind: llm }\nflows:\n  - a -> b: first: with a colon\n  - b -> a: fine\n  - a -> b: @c\nlast: \"open\n";
    let (reading, diagnostics) = all(text);
    assert!(reading.patched);
    assert_eq!(
        said_of(text, &diagnostics),
        [
            "syntax: `{` is not closed @2 `{`",
            "syntax: a colon is not allowed here @6 `:`",
            "syntax: a text cannot begin with `@` @8 `@`",
            "syntax: the quote is not closed @9 `\"`",
        ]
    );
    let root = reading.root.unwrap();
    check_spans(&root, text);
    assert!(root.get("components").unwrap().get("b").is_some());
    let flows = root.get("flows").unwrap();
    assert_eq!(flows.items().len(), 1);
    assert_eq!(flows.items()[0].get("b -> a").unwrap().raw(text), "fine");
}

#[test]
fn fixes_mend_what_they_are_for() {
    for (text, expected) in [
        ("- a -> b: x: y # z\n", "- a -> b: \"x: y\" # z\n"),
        ("- a -> b: say \"x\": y\n", "- a -> b: 'say \"x\": y'\n"),
        ("a: {kind:llm}\n", "a: {kind: llm}\n"),
        ("kind:llm\nzone: x\n", "kind: llm\nzone: x\n"),
        ("a: @b\nc: [*@kb, d]\n", "a: \"@b\"\nc: [\"*@kb\", d]\n"),
        ("a: [%x, y]\n", "a: [\"%x\", y]\n"),
        ("parts\n  a: 1\n", "parts:\n  a: 1\n"),
        ("{\n  \"a\": 1\n  \"b\": 2\n}\n", "{\n  \"a\": 1,\n  \"b\": 2\n}\n"),
        ("{\n  \"a\": [1]\n  \"b\": 2\n}\n", "{\n  \"a\": [1],\n  \"b\": 2\n}\n"),
    ] {
        let mended = mended(text);
        assert_eq!(mended, expected);
        good(&mended);
    }
}

#[test]
fn tabs_are_read_as_blanks_and_said_once() {
    let text = "a:\n\tb: 1\n\tc:\n\t\td: 2\n";
    let (reading, diagnostics) = all(text);
    assert_eq!(said_of(text, &diagnostics), ["tab-indent: a tab cannot indent a line @2 `\t`"]);
    assert!(diagnostics[0].notes.iter().any(|note| note.starts_with("3 lines")));
    let root = reading.root.unwrap();
    let inner = root.get("a").unwrap().get("c").unwrap().get("d").unwrap();
    assert_eq!(inner.raw(text), "2");
}

#[test]
fn a_glued_key_is_read_as_it_was_meant() {
    let text = "a: {kind:llm, site: http://x.y/z}\n";
    let (reading, diagnostics) = all(text);
    assert_eq!(said_of(text, &diagnostics), ["missing-space: `kind:llm` lacks a space after the colon @1 `kind:llm`"]);
    let root = reading.root.unwrap();
    assert_eq!(root.get("a").unwrap().get("kind").unwrap().raw(text), "llm");
}

#[test]
fn what_yaml_has_and_models_have_not() {
    let text = "base: &b { x: 1 }\na:\n  <<: *b\n  y: !secret 2\nb: *missing\n[c]: d\na: 3\n";
    let (reading, diagnostics) = all(text);
    assert_eq!(
        said_of(text, &diagnostics),
        [
            "merge-key: merge key `<<` is not supported @3 `<<`",
            "tag: tag `!secret` has no meaning here @4 `!secret`",
            "alias-unknown: alias `*missing` names no anchor @5 `*missing`",
            "key-not-text: a key must be a text, this is a list @6 `[c]`",
            "duplicate-key: key `a` stands twice in one map @7 `a`",
        ]
    );
    assert_eq!(diagnostics[4].related[0].0, span_of(text, "a:\n  <<").join_start());
    let root = reading.root.unwrap();
    assert_eq!(root.get("a").unwrap().get("y").unwrap().as_str(), Some("2"));
    assert_eq!(root.entries().len(), 3);
    assert!(!reading.patched);
}

#[test]
fn duplicates_are_found_in_large_maps_too() {
    let mut text = String::new();
    for number in 0..100 {
        let _ = writeln!(text, "k{number}: 1");
    }
    text.push_str("k40: 2\nk99: 3\n");
    assert_eq!(
        said(&text),
        [
            "duplicate-key: key `k40` stands twice in one map @101 `k40`",
            "duplicate-key: key `k99` stands twice in one map @102 `k99`",
        ]
    );
}

#[test]
fn one_document_and_something_in_it() {
    assert_eq!(said("a: 1\n---\nb: 2\n"), ["several-documents: a second document starts here @2 `---`"]);
    for text in ["", "# only a comment\n", "\u{FEFF}\n", "---\n", "~\n"] {
        assert_eq!(said(text), ["empty-file: the file is empty @1 ``"], "{text:?}");
    }
    assert_eq!(said("a: x\0y\n"), ["nul-byte: the text contains a NUL byte @1 `\0`"]);
}

#[test]
fn each_mistake_in_its_own_words() {
    for (text, expected) in [
        ("a:\n    b: 1\n  c: 2\n  d: 3\n", "the indentation fits no line above @3 `c:`"),
        ("a: b\n- c\n", "a list item stands where a key is expected @2 `-`"),
        ("- a\nb: 1\n", "a list item is expected here @2 `b:`"),
        ("a: - b\n", "a list cannot begin on the line of its key @1 `-`"),
        ("a: [1]]\n", "`]` closes nothing @1 `]`"),
        ("a: [1}\n", "`[` is closed by `}` @1 `[`"),
        ("a: 'it's'\n", "something stands behind the closing quote @1 `s'`"),
        ("a: \"c:\\d\"\n", "this escape is unknown in a text in double quotes @1 `\"`"),
        ("a: \"x\nb: \"y\"\n", "the quote is not closed on its line @1 `\"`"),
        ("a: >x\n", "a text cannot begin with `>` or `|` @1 `>`"),
        ("a: `x`\n", "a text cannot begin with a grave accent @1 ``"),
        ("a: 1\n  b: 2\n", "a colon is not allowed here @2 `:`"),
        ("{\"a\": \"1\" \"b\"}", "expected `,` or `}` before `\"b\"` @1 `\"b\"`"),
        ("[a] b\n", "the document has ended before this @1 `b`"),
    ] {
        let said = said(text);
        assert_eq!(said.len(), 1, "{text:?}: {said:#?}");
        let expected = format!("syntax: {expected}");
        assert!(said[0].replace("```", "``").starts_with(&expected), "{text:?}: {}", said[0]);
    }
}

#[test]
fn many_broken_lines_end_with_a_word_about_the_rest() {
    let text = "- a: b: c\n".repeat(50);
    let (reading, diagnostics) = all(&text);
    assert_eq!(diagnostics.len(), 22);
    assert!(diagnostics.iter().any(|diagnostic| !diagnostic.is_error()));
    assert!(reading.patched);
}

#[test]
fn a_blanked_line_leaves_no_place_within_a_character() {
    let text = "b: 1\nc: >-2\n\u{2028}--\n  x\n\n >\n y\n";
    let (reading, _) = all(text);
    assert!(reading.patched);
    check_spans(&reading.root.unwrap(), text);
}

impl Span {
    /// The first byte, where a key of one letter stands.
    fn join_start(self) -> Span {
        Span::new(self.source, self.start as usize, self.start as usize + 1)
    }
}
