//! Properties that hold for any text.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn check(text: &str) {
    let limits = Limits { nodes: 2000, ..Limits::default() };
    let mut diagnostics = Vec::new();
    let reading = read_all(SOURCE, text, &limits, &mut diagnostics);
    if let Some(root) = &reading.root {
        check_spans(root, text);
    } else {
        assert!(!diagnostics.is_empty(), "nothing was read and nothing said: {text:?}");
    }
    for diagnostic in &diagnostics {
        check_diagnostic(diagnostic, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn any_bytes_are_decoded_and_read(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(text) = decode(bytes) {
            check(&text);
        }
    }

    #[test]
    fn anything_that_looks_like_yaml_is_read(
        text in "([ \t]{0,3}(- |\\? |a: |b:|\\{|\\}|\\[|\\]|, |\"|'|\\||>|&x |\\*x|!t |# |<<: |@|%|---|\\.\\.\\.|ä|x|1|\u{FEFF}|\0)?(\n|\r\n|\r)?){0,30}"
    ) {
        check(&text);
    }

    #[test]
    fn what_is_written_is_read_back(
        keys in proptest::collection::btree_map("[a-zäöü][a-z0-9-]{0,6}", "[^\\p{Cc}\u{FEFF}\u{2028}\u{2029}\u{85}]{0,20}", 1..20)
    ) {
        let mut text = String::new();
        for (key, value) in &keys {
            let _ = writeln!(text, "{key}: '{}'", value.replace('\'', "''"));
        }
        let root = good(&text);
        prop_assert_eq!(root.entries().len(), keys.len());
        for (key, value) in &keys {
            let (name, node) = root.get_entry(key).unwrap();
            prop_assert_eq!(name.raw(&text), key.as_str());
            prop_assert_eq!(node.as_str(), Some(value.as_str()));
        }
    }
}
