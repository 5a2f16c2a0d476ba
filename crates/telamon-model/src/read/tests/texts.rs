//! Texts, and controls that do not apply.

use super::{mended, said};

#[test]
fn a_blank_and_a_hash_cut_a_text_short() {
    let text = "system: Shop #1\ncomponents:\n  a: { kind: llm }\n  b: { kind: llm }\nflows:\n  - a -> b: order #12\nassumptions:\n  - as in #4 of the list\n";
    assert_eq!(
        said(text),
        [
            "cut-short: the text ends before `#1`, which YAML takes for a comment @1:14 `#1`",
            "cut-short: the text ends before `#12`, which YAML takes for a comment @6:19 `#12`",
            "cut-short: the text ends before `#4 of the list`, which YAML takes for a comment @8:11 `#4 of the list`",
        ]
    );
    assert_eq!(mended(text), text.replace("Shop #1", "\"Shop #1\""));
    let text = "system: S\nowner: #1\n";
    assert_eq!(said(text), ["cut-short: the text ends before `#1`, which YAML takes for a comment @2:8 `#1`"]);
    assert_eq!(mended(text), "system: S\nowner: \"#1\"\n");
    assert_eq!(mended("system: the \"Shop\" isn't #1\n"), "system: 'the \"Shop\" isn''t #1'\n");
}

#[test]
fn a_comment_is_a_comment() {
    for text in [
        "system: Shop # the first\n",
        "system: Shop  #1\n",
        "system: Shop#1\n",
        "system: \"Shop\" #1\n",
        "system: Shop ##\n",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
    let text = "system: S\ncomponents:\n  a: { kind: llm } #1\n  b: { kind: llm }\nflows:\n  - a -> b #1\n";
    assert_eq!(said(text), Vec::<String>::new());
}

#[test]
fn a_control_that_does_not_apply_needs_a_reason_in_every_form() {
    let model = |state: &str| {
        format!("system: S\ncomponents:\n  a:\n    kind: llm\n    controls:\n      human-approval: {state}\n")
    };
    let wanted = |place: &str| vec![format!("no-reason: a control that does not apply needs a reason @{place}")];
    assert_eq!(said(&model("not-applicable")), wanted("6:23 `not-applicable`"));
    assert_eq!(said(&model("{ state: not-applicable }")), wanted("6:25 `state`"));
    assert_eq!(said(&model("{ state: not-applicable, why: it only reads }")), Vec::<String>::new());
}
