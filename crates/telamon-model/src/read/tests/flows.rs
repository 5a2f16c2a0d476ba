//! Flows in all their spellings.

use super::{mended, reading, said};
use crate::vocabulary::{CARRIES, set_words};

/// A model with three components and these flows.
fn model(flows: &str) -> String {
    format!(
        "system: S\ncomponents:\n  a: {{ kind: llm }}\n  b: {{ kind: llm }}\n  größe: {{ kind: llm }}\nflows:\n{flows}\n"
    )
}

/// The flows as they were understood, when nothing is wrong.
fn understood(flows: &str) -> Vec<String> {
    let text = model(flows);
    assert_eq!(said(&text), Vec::<String>::new(), "{flows}");
    let show = |flow: &crate::model::FlowDef| {
        let carries: Vec<&str> = set_words(&CARRIES, flow.carries).collect();
        format!("{} > {} [{}] {}", flow.from.value, flow.to.value, carries.join(","), flow.caption)
    };
    reading(&text).model.flows.iter().map(show).collect()
}

#[test]
fn a_quoted_flow_has_a_caption_like_one_without_quotes() {
    for flow in [
        "- a -> b: order: urgent",
        "- \"a -> b: order: urgent\"",
        "- 'a -> b: order: urgent'",
        "- {\"a -> b\": \"order: urgent\"}",
        "- >-\n  a -> b:\n  order: urgent",
    ] {
        let flow = if flow.starts_with("- a") { flow.replace("order: urgent", "'order: urgent'") } else { flow.into() };
        assert_eq!(understood(&flow), ["a > b [] order: urgent"], "{flow}");
    }
    for flow in ["- a -> b [prompt, file]: x", "- \"a -> b [prompt, file]: x\"", "- \"a->b[prompt,file]: x\""] {
        assert_eq!(understood(flow), ["a > b [prompt,file] x"], "{flow}");
    }
    assert_eq!(understood("- \"a <-> b: x\""), ["a > b [] x", "b > a [] x"]);
    assert_eq!(
        understood("- \"a -> b:\"\n- \"a -> größe: maps [x] -> y\""),
        ["a > b [] ", "a > größe [] maps [x] -> y"]
    );
    let json = r#"{"system": "S", "components": {"a": {"kind": "llm"}, "b": {"kind": "llm"}}, "flows": ["a -> b [prompt]: x"]}"#;
    assert_eq!(said(json), Vec::<String>::new());
    assert_eq!(reading(json).model.flows[0].caption, "x");
}

#[test]
fn what_is_wrong_in_a_quoted_flow_is_underlined_where_it_stands() {
    assert_eq!(said(&model("- \"größe -> c: x\"")), ["unknown-reference: no component is called `c` @7:13 `c`"]);
    assert_eq!(said(&model("- 'a -> b [promt]: x'")), ["unknown-carries: a flow cannot carry `promt` @7:12 `promt`"]);
    // An escape makes the text shorter than what is written.
    assert_eq!(
        said(&model("- \"a -> c: \\\"x\\\"\"")),
        ["unknown-reference: no component is called `c` @7:3 `\"a -> c: \\\"x\\\"\"`"]
    );
}

#[test]
fn a_wrong_arrow_is_one_mistake_with_a_fix() {
    for (flow, arrow, column, right) in [
        ("- a => b", "=>", 5, "- a -> b"),
        ("- a => b: x -> y", "=>", 5, "- a -> b: x -> y"),
        ("- \"a --> b: x\"", "-->", 6, "- \"a -> b: x\""),
        ("- a - b", "-", 5, "- a -> b"),
        ("- größe - b [prompt]: x", "-", 9, "- größe -> b [prompt]: x"),
        ("- a → b: x", "→", 5, "- a -> b: x"),
        ("- a <=> b: x", "<=>", 5, "- a <-> b: x"),
        ("- a <- b: x", "<-", 5, "- b -> a: x"),
        ("- a ~ b: x", "~", 5, "- a -> b: x"),
    ] {
        let text = model(flow);
        let wanted = format!("bad-flow: `{arrow}` is no arrow of a flow @7:{column} `{arrow}`");
        assert_eq!(said(&text), [wanted], "{flow}");
        assert_eq!(mended(&text), model(right), "{flow}");
    }
}

#[test]
fn a_wrong_arrow_hides_no_wrong_end() {
    assert_eq!(
        said(&model("- a => c: x")),
        ["bad-flow: `=>` is no arrow of a flow @7:5 `=>`", "unknown-reference: no component is called `c` @7:8 `c`"]
    );
}

#[test]
fn what_is_no_flow_is_said_once() {
    for (flow, wanted) in [
        ("- a to b", "bad-flow: `a to b` is no flow @7:3 `a to b`"),
        ("- the app - or so - calls", "bad-flow: `the app - or so - calls` is no flow @7:3 `the app - or so - calls`"),
        ("- a ->", "bad-flow: a flow needs a component at both ends @7:5 `->`"),
        ("- -> b: x", "bad-flow: a flow needs a component at both ends @7:3 `->`"),
        ("- \"\"", "bad-flow: a flow is empty @7:3 `\"\"`"),
        ("-", "bad-flow: a flow is empty @7:2 ``"),
        ("- a -> b -> a: x", "bad-flow: `b -> a` cannot be the id of a component @7:8 `b -> a`"),
        ("- the app -> b: x", "bad-flow: `the app` cannot be the id of a component @7:3 `the app`"),
        ("- a -> b:x", "missing-space: `b:x` lacks a space after the colon @7:8 `b:x`"),
        ("- a -> b [prompt", "bad-flow: the bracket is not closed @7:10 `[`"),
        ("- a -> b []: x", "bad-flow: the brackets are empty @7:10 `[]`"),
        ("- a -> b [prompt][file]: x", "bad-flow: `[file]` stands behind the brackets without a colon @7:18 `[file]`"),
        ("- a [prompt] -> b: x", "bad-flow: `a [prompt]` cannot be the id of a component @7:3 `a [prompt]`"),
        ("- a -> b, a", "bad-flow: `b, a` cannot be the id of a component @7:8 `b, a`"),
        ("- a -> b [prompt] x", "bad-flow: `x` stands behind the brackets without a colon @7:19 `x`"),
        ("- { a -> b: x, carries: prompt }", "bad-flow: a flow with an arrow has no further keys @7:5 `a -> b`"),
        ("- [a, b]", "bad-flow: a flow is a list @7:3 `[a, b]`"),
        ("- a -> b: [prompt]", "wrong-type: the caption is a list, not a text @7:12 `prompt`"),
        ("- { from: , to: b }", "missing-key: `from` is missing @7:10 ``"),
        ("- { from: a, to: [b, a] }", "wrong-type: `to` is a list, not one component @7:18 `[b, a]`"),
        ("- x-c -> b: x", "unknown-reference: no component is called `x-c` @7:3 `x-c`"),
    ] {
        assert_eq!(said(&model(flow)), [wanted], "{flow}");
    }
    let over = "- a -> b\n  - b -> a";
    assert!(said(&model(over))[0].starts_with("bad-flow: `b - b -> a` cannot be the id of a component @7:"));
    assert_eq!(mended(&model("- a -> b:x")), model("- a -> b: x"));
}
