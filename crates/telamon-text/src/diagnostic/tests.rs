use super::*;
use crate::source::SourceId;

#[test]
fn builders_fill_every_part() {
    let span = Span::new(SourceId(0), 1, 4);
    let diagnostic = Diagnostic::error("unknown-kind", "unknown kind `agnt`")
        .at(span)
        .label("did you mean `agent`?")
        .related(span, "declared here")
        .note("see the kinds")
        .fix(span, "agent", "write `agent`");
    assert!(diagnostic.is_error());
    assert_eq!(diagnostic.code, "unknown-kind");
    assert_eq!(diagnostic.span, Some(span));
    assert_eq!(diagnostic.related, [(span, "declared here".to_owned())]);
    assert_eq!(diagnostic.notes, ["see the kinds"]);
    assert_eq!(diagnostic.fix.unwrap().replacement, "agent");
    assert_eq!(Diagnostic::warning("w", "m").at(None).span, None);
    assert_eq!(Diagnostic::remark("w", "m").level.to_string(), "note");
}

#[test]
fn the_order_is_that_of_the_text() {
    let at = |source, start| Span::new(SourceId(source), start, start + 1);
    let mut diagnostics = [
        Diagnostic::warning("b", "later file").at(at(1, 0)),
        Diagnostic::warning("b", "second").at(at(0, 9)),
        Diagnostic::warning("a", "same place, less serious").at(at(0, 3)),
        Diagnostic::error("z", "first").at(at(0, 3)),
        Diagnostic::error("x", "no place"),
    ];
    sort(&mut diagnostics);
    let messages: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages, ["no place", "first", "same place, less serious", "second", "later file"]);
    assert!(has_errors(&diagnostics));
    assert!(!has_errors(&diagnostics[2..]));
}
