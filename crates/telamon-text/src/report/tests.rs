use super::*;
use crate::source::{SourceId, Span};
use proptest::prelude::*;

fn plain(sources: &Sources, diagnostic: Diagnostic) -> String {
    render(sources, &[diagnostic], &RenderOptions::default())
}

fn find(sources: &Sources, id: SourceId, words: &str) -> Span {
    let start = sources.text(id).find(words).unwrap();
    Span::new(id, start, start + words.len())
}

#[test]
fn the_look_is_that_of_rustc() {
    let sources = Sources::new();
    let text = "components:\n  kb: { kind: vectorstore, zone: app }\n";
    let id = sources.add("telamon.yaml", text.to_owned());
    let span = find(&sources, id, "vectorstore");
    let diagnostic = Diagnostic::error("unknown-kind", "unknown kind `vectorstore`")
        .at(span)
        .label("did you mean `vector-store`?")
        .fix(span, "vector-store", "write `vector-store`");
    insta::assert_snapshot!(plain(&sources, diagnostic), @r"
    error[unknown-kind]: unknown kind `vectorstore`
     --> telamon.yaml:2:15
      |
    2 |   kb: { kind: vectorstore, zone: app }
      |               ^^^^^^^^^^^ did you mean `vector-store`?
      |
      = help: write `vector-store`
    ");
}

#[test]
fn near_places_share_an_extract_and_distant_ones_do_not() {
    let sources = Sources::new();
    let id = sources.add("a.yaml", format!("app: 1\nbot: 2\n{}app: 3\n", "x: 0\n".repeat(40)));
    let other = sources.add("b.yaml", "app: 4\n".to_owned());
    let last = Span::new(id, sources.text(id).len() - 7, sources.text(id).len() - 4);
    let diagnostic = Diagnostic::error("duplicate-key", "twice")
        .at(find(&sources, id, "bot"))
        .related(find(&sources, id, "app"), "near")
        .related(last, "far")
        .related(find(&sources, other, "app"), "elsewhere");
    insta::assert_snapshot!(plain(&sources, diagnostic), @r"
    error[duplicate-key]: twice
      --> a.yaml:2:1
       |
     1 | app: 1
       | --- near
     2 | bot: 2
       | ^^^
       |
      ::: a.yaml:43:1
       |
    43 | app: 3
       | --- far
       |
      ::: b.yaml:1:1
       |
     1 | app: 4
       | --- elsewhere
    ");
}

#[test]
fn a_window_into_a_long_line_keeps_the_real_column() {
    let sources = Sources::new();
    let text = format!("{{{}kind: agnt{}}}", "\"ä\": 1, ".repeat(400), ", b: 2".repeat(9000));
    let id = sources.add("one-line.json", text);
    let span = find(&sources, id, "agnt");
    let shown = plain(&sources, Diagnostic::error("unknown-kind", "unknown kind `agnt`").at(span));
    assert!(shown.contains("--> one-line.json:1:3208\n"), "{shown}");
    assert!(shown.contains("kind: agnt"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 120), "{shown}");
}

#[test]
fn no_more_than_the_limit_is_printed() {
    let sources = Sources::new();
    let many = vec![Diagnostic::warning("w", "again"); 7];
    let options = RenderOptions { limit: 2, ..RenderOptions::default() };
    assert_eq!(render(&sources, &many, &options), "warning[w]: again\n\nwarning[w]: again\n\n... and 5 more\n");
}

#[test]
fn colour_is_asked_for_and_codes_in_texts_are_defused() {
    let sources = Sources::new();
    let id = sources.add("a\u{1b}[2J.yaml", "a: \u{1b}[31mred\n".to_owned());
    let diagnostic = Diagnostic::error("x", "bad \u{1b}[31m").at(Span::new(id, 3, 4)).note("\u{1b}]0;title\u{7}");
    let text = plain(&sources, diagnostic.clone());
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let options = RenderOptions { color: true, ..RenderOptions::default() };
    assert!(render(&sources, &[diagnostic], &options).contains('\u{1b}'));
}

#[test]
fn a_tall_span_is_underlined_on_its_first_line() {
    let sources = Sources::new();
    let id = sources.add("a.yaml", "x: 1\n".repeat(1000));
    let text = plain(&sources, Diagnostic::error("x", "tall").at(Span::new(id, 0, 5000)));
    assert!(text.lines().count() < 7, "{text}");
}

proptest! {
    #[test]
    fn any_place_can_be_shown(
        text in "[aä\r\n\t#: -]{0,80}",
        start in 0usize..100,
        length in 0usize..100,
        other in 0usize..100,
        width in 0usize..200,
    ) {
        let sources = Sources::new();
        let id = sources.add("a.yaml", text);
        let diagnostic = Diagnostic::error("x", "message")
            .at(Span::new(id, start, start + length))
            .related(Span::new(id, other, other + 1), "other");
        let options = RenderOptions { color: false, width, limit: 1 };
        let text = render(&sources, &[diagnostic], &options);
        prop_assert!(text.starts_with("error[x]: message\n"));
    }
}
