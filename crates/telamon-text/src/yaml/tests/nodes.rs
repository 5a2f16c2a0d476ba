use std::borrow::Cow;

use super::*;

#[test]
fn every_node_knows_its_bytes() {
    let text = "system: Bücher\ncomponents:\n  äpp: { kind: llm, \"ö\": 'x''y' }\n  b:\n    note: |\n      eins\n      zwei\n\nflows:\n- a -> b: Größe # cut\n- [x, {y: z}]\n";
    let root = good(text);
    check_spans(&root, text);
    assert_eq!(root.get("system").unwrap().raw(text), "Bücher");
    let components = root.get("components").unwrap();
    let (key, app) = components.get_entry("äpp").unwrap();
    assert_eq!(key.raw(text), "äpp");
    assert_eq!(app.raw(text), "{ kind: llm, \"ö\": 'x''y' }");
    assert_eq!(app.entries()[1].0.raw(text), "\"ö\"");
    assert_eq!(app.get("ö").unwrap().raw(text), "'x''y'");
    assert_eq!(app.get("ö").unwrap().as_str(), Some("x'y"));
    let note = components.get("b").unwrap().get("note").unwrap();
    assert_eq!(note.as_str(), Some("eins\nzwei\n"));
    assert_eq!(note.raw(text), "|\n      eins\n      zwei");
    let flows = root.get("flows").unwrap();
    assert!(flows.raw(text).starts_with("- a -> b"));
    assert!(flows.raw(text).ends_with("{y: z}]"));
    assert_eq!(flows.items()[0].raw(text), "a -> b: Größe");
    assert_eq!(flows.items()[1].raw(text), "[x, {y: z}]");
    assert!(root.raw(text).starts_with("system") && root.raw(text).ends_with("{y: z}]"));
}

#[test]
fn plain_texts_are_borrowed() {
    let root = good("a: plain text\nb: 'quoted'\n");
    let Value::Scalar { text, style } = &root.get("a").unwrap().value else {
        panic!("not a scalar");
    };
    assert!(matches!(text, Cow::Borrowed("plain text")));
    assert_eq!(*style, Style::Plain);
    assert_eq!(root.get("b").unwrap().style(), Some(Style::Single));
}

#[test]
fn nothing_and_words_for_nothing() {
    let text = "a:\nb: ~\nc: null # x\nd: 'null'\ne: nil\nnull: x\nf: !!str null\n";
    let root = good(text);
    let null = |key: &str| root.get(key).unwrap().is_plain_null();
    assert!(null("a") && null("b") && null("c"));
    assert!(!null("d") && !null("e") && !null("null") && !null("f"));
    assert_eq!(root.get("a").unwrap().span, Span::new(SOURCE, 2, 2));
    let kinds: Vec<&str> = root.entries().iter().map(|(_, value)| value.describe()).collect();
    assert_eq!(kinds, ["nothing", "nothing", "nothing", "a text", "a text", "a text", "a text"]);
    let root = good("{a, b: , c: }");
    let places: Vec<u32> = root.entries().iter().map(|(_, value)| value.span.start).collect();
    assert_eq!(places, [2, 6, 11]);
    assert_eq!(said(": x\n"), ["key-not-text: a key must be a text, this is nothing @1 ``"]);
    let root = good("[1.5, true, x, [], {}]");
    let kinds: Vec<&str> = root.items().iter().map(Node::describe).collect();
    assert_eq!(kinds, ["a number", "a boolean", "a text", "a list", "a map"]);
}

#[test]
fn comments_that_cut_a_text_short_are_found() {
    let text = "- a: see #4 in list\n- b: see#4\n- c: x  \t# note\r\n- d: \"x # y\"\n";
    let root = good(text);
    let comment = |item: usize| {
        let value = &root.items()[item].entries()[0].1;
        value.comment_after(text).map(|span| text.get(span.range()).unwrap().to_owned())
    };
    assert_eq!(comment(0).as_deref(), Some("#4 in list"));
    assert_eq!(comment(1), None);
    assert_eq!(comment(2).as_deref(), Some("# note"));
    assert_eq!(comment(3), None);
}

#[test]
fn aliases_are_copied() {
    let text = "base: &b { kind: llm }\na: *b\nlist: [*b]\n";
    let root = good(text);
    let copy = root.get("a").unwrap();
    assert_eq!(copy.raw(text), "*b");
    assert_eq!(copy.get("kind").unwrap().raw(text), "llm");
    assert_eq!(root.get("list").unwrap().items()[0].get("kind"), copy.get("kind"));
}

#[test]
fn json_is_read_as_it_is() {
    let text = "{\n\t\"a\":\t[1, -2.5e3, true, null],\n\t\"b\": \"\\ud83d\\ude00 \\u00e9 \\/ \\\\ \\n\",\n\t\"c\": {\"d\":[]}\n}\n";
    let root = good(text);
    check_spans(&root, text);
    assert_eq!(root.get("a").unwrap().items().len(), 4);
    assert_eq!(root.get("b").unwrap().as_str(), Some("😀 é / \\ \n"));
    assert!(root.get("c").unwrap().get("d").unwrap().is_seq());
    assert_eq!(said("{\"a\": \"\\ud83d\"}"), ["syntax: this escape is unknown in a text in double quotes @1 `\"`"]);
}

#[test]
fn byte_order_mark_and_line_ends_change_nothing() {
    let text = "\u{FEFF}a: 1\r\nb:\r\n  - x\r\n";
    let root = good(text);
    assert_eq!(root.entries()[0].0.raw(text), "a");
    assert_eq!(root.get("b").unwrap().items()[0].raw(text), "x");
    let root = good("---\na: b\n...\n");
    assert_eq!(root.get("a").unwrap().as_str(), Some("b"));
}

#[test]
fn bytes_become_text_or_say_where_not() {
    assert_eq!(decode("ä".as_bytes()).unwrap(), "ä");
    let error = decode(b"a: 1\n\xc3\xa4b: \xff".to_vec()).unwrap_err();
    assert_eq!(error.code, "not-utf8");
    assert_eq!(error.message, "byte 0xff at line 2, column 5 is not UTF-8");
    let error = decode(b"\xff\xfea\0".to_vec()).unwrap_err();
    assert_eq!(error.message, "the file is written in UTF-16 (little endian), not in UTF-8");
    assert!(decode(b"\0a\0b".to_vec()).unwrap_err().message.contains("big endian"));
}

#[test]
fn blocks_are_covered_from_their_mark() {
    let text = "a: >- # folded | >\n\n  x\n  y\nb:\n- |2\n   z\n# c | d\n- |+\n  w\n\nc: |\n\nd: &n |\n  v\n";
    let root = good(text);
    assert_eq!(root.get("a").unwrap().raw(text), ">- # folded | >\n\n  x\n  y");
    let items = root.get("b").unwrap().items();
    assert_eq!(items[0].raw(text), "|2\n   z");
    assert_eq!(items[1].raw(text), "|+\n  w");
    assert_eq!(items[1].as_str(), Some("w\n\n"));
    assert_eq!(root.get("c").unwrap().raw(text), "|");
    assert_eq!(root.get("d").unwrap().raw(text), "|\n  v");
}
