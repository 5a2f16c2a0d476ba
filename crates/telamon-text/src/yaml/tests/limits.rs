use std::fmt::Write as _;

use super::*;

fn codes(text: &str, limits: &Limits) -> Vec<String> {
    let mut diagnostics = Vec::new();
    read(SOURCE, text, limits, &mut diagnostics);
    for diagnostic in &diagnostics {
        check_diagnostic(diagnostic, text);
    }
    diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

#[test]
fn a_file_has_a_size() {
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert!(codes("a: 1234567", &limits).is_empty());
    assert_eq!(codes("a: 12345678", &limits), ["too-large"]);
}

#[test]
fn levels_are_counted_over_lists_and_maps_and_aliases() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(codes(&nested(64), &Limits::default()).is_empty());
    assert_eq!(codes(&nested(65), &Limits::default()), ["too-deep"]);
    let limits = Limits { depth: 4, ..Limits::default() };
    assert!(codes("a: [{b: [1]}]", &limits).is_empty());
    assert_eq!(codes("a: [{b: [[1]]}]", &limits), ["too-deep"]);
    assert!(codes("a: &x [[1]]\nb: [*x]", &limits).is_empty());
    assert_eq!(codes("a: &x [[1]]\nb: [[*x]]", &limits), ["too-deep"]);
    assert_eq!(codes(&"[".repeat(100_000), &Limits::default()), ["too-deep"]);
    assert_eq!(codes(&"- ".repeat(100_000), &Limits::default()), ["too-deep"]);
    assert_eq!(codes(&"a:\n [".repeat(100_000), &Limits::default()), ["too-deep"]);
}

#[test]
fn nodes_are_counted() {
    let limits = Limits { nodes: 5, ..Limits::default() };
    assert!(codes("[1, 2, 3, 4]", &limits).is_empty());
    assert_eq!(codes("[1, 2, 3, 4, 5, 6]", &limits), ["too-many-nodes"]);
    let (mut diagnostics, text) = (Vec::new(), "[1, 2, 3, 4, 5, 6]");
    let reading = read_all(SOURCE, text, &limits, &mut diagnostics);
    assert!(reading.patched, "what is missing may define names");
    assert_eq!(reading.root.unwrap().items().len(), 5);
}

#[test]
fn a_billion_laughs_end_at_once() {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{aliases}]");
    }
    assert_eq!(codes(&text, &Limits::default()), ["too-many-nodes"]);

    // One long text copied many times is charged as well.
    let text = format!("a: &a \"{}\"\nb:\n{}", "x\\n".repeat(200_000), "- *a\n".repeat(100_000));
    assert_eq!(codes(&text, &Limits::default()), ["too-many-nodes"]);
}

#[test]
fn many_aliases_of_a_small_value_are_fine() {
    let text = format!("a: &a {{ x: 1, y: 2, z: 3 }}\nb:\n{}", "- *a\n".repeat(20_000));
    assert!(codes(&text, &Limits::default()).is_empty());
}

#[test]
fn an_alias_within_its_own_value_is_refused() {
    assert_eq!(said("a: &x [1, *x]"), ["alias-cycle: an alias stands within the value that it names @1 `*x`"]);
}

#[test]
fn a_text_has_a_length() {
    let limits = Limits { scalar: 8, ..Limits::default() };
    assert!(codes("a: 12345678", &limits).is_empty());
    assert_eq!(codes("a: 123456789\nb: \"1234567890\"", &limits), ["scalar-too-long", "scalar-too-long"]);
    assert_eq!(codes("a: |\n  äääää\n", &limits), ["scalar-too-long"]);
}

#[test]
fn the_number_of_errors_has_an_end() {
    let text = "a: 1\n".repeat(12_000);
    let codes = codes(&text, &Limits::default());
    assert_eq!(codes.len(), 10_001);
    assert_eq!(codes.iter().filter(|code| *code == "too-many-errors").count(), 1);
}
