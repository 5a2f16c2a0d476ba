//! Values of the wrong sort, in the wrong place, too many or too few: each mistake once, and where it is.

use super::{mended, reading, said};

/// A model with this component, and one more that is called from it.
fn with(component: &str) -> String {
    format!("system: S\ncomponents:\n  a: {component}\n  b: {{ kind: llm }}\nflows:\n  - a -> b: x\n")
}

fn fine(text: &str) {
    assert_eq!(said(text), Vec::<String>::new(), "{text}");
}

#[test]
fn sections_may_be_empty() {
    fine(
        "system: S\nbusiness:\nzones:\ncomponents:\ndata:\nflows:\nthreats:\ndecisions:\nassumptions:\nquestions:\nrules:\ninclude:\n",
    );
    fine("system: S\nzones:\n  z:\ndata:\n  d:\n");
}

#[test]
fn a_component_of_the_wrong_sort_is_one_mistake() {
    for (component, wanted) in [
        ("llm", "wrong-type: component `a` is a single value, not a map of keys @3:6 `llm`"),
        ("[llm]", "wrong-type: component `a` is a list, not a map of keys @3:6 `[llm]`"),
        ("", "wrong-type: component `a` is empty, not a map of keys @3:5 ``"),
        ("{}", "missing-key: `kind` is missing @3:6 `{}`"),
        ("{ kind: }", "missing-key: `kind` is missing @3:13 ``"),
        ("{ kind: [] }", "missing-key: `kind` is missing @3:14 `[]`"),
        ("{ kind: '' }", "wrong-type: `kind` is empty, not a kind, such as `llm` @3:14 `''`"),
        ("{ kind: llm, zone: [app, data] }", "wrong-type: `zone` is a list, not one zone @3:25 `[app, data]`"),
        ("{ kind: llm, zone: '' }", "wrong-type: `zone` names nothing @3:25 `''`"),
        ("{ kind: llm, holds: [[x]] }", "wrong-type: an item of `holds` is a list, not a text @3:27 `[x]`"),
        (
            "{ kind: llm, controls: {rate-limiting: } }",
            "wrong-type: the state is empty, not a word such as `implemented` @3:44 ``",
        ),
        (
            "{ kind: llm, effects: { send: [anyone] } }",
            "wrong-type: the reach of `send` is a list, not a word such as `anyone` @3:36 `[anyone]`",
        ),
        (
            "{ kind: llm, effects: [[send]] }",
            "wrong-type: an item of `effects` is a list, not an effect, such as `send` @3:29 `[send]`",
        ),
        (
            "{ kind: llm, controls: [rate-limiting: planned] }",
            "wrong-type: a list of controls has no states @3:30 `rate-limiting`",
        ),
        ("{ kind: \"llm, llm-app\" }", "wrong-type: `kind` is one text, not a list @3:14 `\"llm, llm-app\"`"),
        ("{ kind: llm, tools: 'b, a' }", "wrong-type: `tools` is one text, not a list @3:26 `'b, a'`"),
        ("{ kind: llm, updates: '' }", "wrong-type: `updates` is empty, not a word @3:28 `''`"),
        ("*gone", "alias-unknown: alias `*gone` names no anchor @3:6 `*gone`"),
        ("{ kidn: llm }", "unknown-key: unknown key `kidn` in `components` @3:8 `kidn`"),
    ] {
        assert_eq!(said(&with(component)), [wanted], "{component}");
    }
    assert_eq!(mended(&with("{ kind: 'llm, llm-app' }")), with("{ kind: [llm, llm-app] }"));
    assert_eq!(mended(&with("llm")), with("{ kind: llm }"));
    assert_eq!(mended("system: S\nzones:\n  z: high\n"), "system: S\nzones:\n  z: { trust: high }\n");
}

#[test]
fn a_misspelt_key_hides_nothing_below_it() {
    let text =
        with("{ kind: llm }").replace("components:", "Components:").replace("kind: llm }\nflows", "kind: lm }\nflows");
    assert_eq!(
        said(&text),
        [
            "unknown-key: unknown key `Components` in `model` @2:1 `Components`",
            "unknown-kind: unknown kind `lm` @4:14 `lm`"
        ]
    );
    // The right key counts, wherever it stands.
    let reading = reading(&with("{ kinds: nope, kind: llm }"));
    assert_eq!(reading.diagnostics.len(), 1);
    assert_eq!(reading.model.components[0].kinds, [0]);
}

#[test]
fn a_line_that_is_left_out_makes_nothing_missing() {
    let text = with("\n    kind: \"llm");
    assert!(said(&text).iter().all(|said| said.starts_with("syntax")), "{:?}", said(&text));
}

#[test]
fn what_a_merge_key_would_have_brought_is_not_missing() {
    let said = said("system: S\nx-d: &d { kind: llm }\ncomponents:\n  a:\n    <<: *d\n    zone: app\n");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("merge-key") && said[1].starts_with("unknown-reference"), "{said:?}");
}

#[test]
fn a_text_with_a_colon_needs_quotes() {
    let text = "system: S\nassumptions:\n  - we trust: everyone\n";
    assert_eq!(said(text), ["wrong-type: an item of `assumptions` is a map, not a text @3:5 `we trust: everyone`"]);
    assert_eq!(mended(text), text.replace("we trust: everyone", "\"we trust: everyone\""));
}

#[test]
fn what_an_anchor_gets_wrong_is_said_once() {
    let text = "system: S\ncomponents:\n  a: &x { kind: lmm, zone: nowhere }\n  b: *x\n  c: *x\n";
    assert_eq!(
        said(text),
        [
            "unknown-kind: unknown kind `lmm` @3:17 `lmm`",
            "unknown-reference: no zone is called `nowhere` @3:28 `nowhere`"
        ]
    );
}

#[test]
fn a_long_text_is_cut_in_messages() {
    let said = said(&with(&format!("{{ kind: {} }}", "ü".repeat(500))));
    let (message, _) = said[0].split_once(" @").unwrap();
    assert_eq!(message, format!("unknown-kind: unknown kind `{}…`", "ü".repeat(60)));
    assert_eq!(super::super::value::shown("llm\n"), "llm");
    assert_eq!(super::super::value::shown("a\n  b"), "a b");
}

#[test]
fn words_of_a_block_are_words() {
    fine(
        "system: |\n  S\ncomponents:\n  a:\n    kind: |\n      llm\n    tools: |\n      a\n    controls: >\n      rate-limiting\n",
    );
}

#[test]
fn ids_that_look_right_and_are_not() {
    let text = "system: S\ncomponents:\n  cafe\u{301}: { kind: llm }\n  c:{ kind: llm }\n  d { kind: llm }\n";
    assert_eq!(
        said(text),
        [
            "bad-id: `cafe\u{301}` cannot be an id @3:3 `cafe\u{301}`",
            "missing-space: `c:{ kind` lacks a space after the colon @4:3 `c:{ kind`",
            "bad-id: `d { kind` cannot be an id @5:3 `d { kind`"
        ]
    );
    assert_eq!(reading(text).diagnostics[0].notes, ["U+0301 is neither letter nor digit"]);
}

#[test]
fn a_decision_of_the_wrong_sort_is_one_mistake() {
    for (decision, wanted) in [
        ("threat: [x, y], until: 2027-01-01", "wrong-type: `threat` is a list, not a text @3:15 `[x, y]`"),
        ("match: a, until: 2027-01-01", "wrong-type: `match` is a single value, not a map of keys @3:14 `a`"),
        ("match: {}, until: 2027-01-01", "decision-target: a match names a `rule`, a `component` or both @3:14 `{}`"),
        ("threat: a@b, until: soon", "bad-date: `soon` is no date @3:27 `soon`"),
        (
            "until: 2027-01-01",
            "decision-target: a decision is for one `threat`, one `match` or one `entry` @3:7 `until`",
        ),
    ] {
        let text = format!("system: S\ndecisions:\n  - {{ {decision}, response: accept, why: small }}\n");
        assert_eq!(said(&text), [wanted], "{decision}");
    }
}

#[test]
fn a_circle_of_zones_is_said_once() {
    let text = "system: S\nzones:\n  e: { parent: d }\n  a: { parent: a }\n  b: { parent: c }\n  c: { parent: d }\n  d: { parent: b }\n";
    assert_eq!(
        said(text),
        [
            "zone-circle: the zone `a` lies within itself @4:16 `a`",
            "zone-circle: the zone `b` lies within itself @5:16 `c`"
        ]
    );
    let shown: Vec<String> = reading(text).diagnostics[1].related.iter().map(|(_, text)| text.clone()).collect();
    assert_eq!(shown, ["`c` lies within `d`", "`d` lies within `b`"]);
    let chain = |length: usize| {
        let zones: String = (0..length).map(|at| format!("  z{at}: {{ parent: z{} }}\n", at + 1)).collect();
        format!("system: S\nzones:\n{zones}  z{length}: {{}}\n")
    };
    fine(&chain(64));
    assert_eq!(said(&chain(66)), ["too-deep: the zone `z1` lies within more than 64 others @4:3 `z1`"]);
}

/// Each wrong name against each right one would take minutes.
#[test]
fn of_thousands_of_wrong_names_only_the_first_get_a_proposal() {
    let zones: String = (0..1_000).map(|at| format!("  zone{at}: {{ trust: high }}\n")).collect();
    let components: String = (0..2_500).map(|at| format!("  c{at}: {{ kind: llmm, zone: zone{at}x }}\n")).collect();
    let reading = reading(&format!("system: S\nzones:\n{zones}components:\n{components}"));
    for (code, most) in [("unknown-kind", 2_000), ("unknown-reference", 310)] {
        let of_code = || reading.diagnostics.iter().filter(|diagnostic| diagnostic.code == code);
        let proposed: Vec<bool> = of_code().map(|diagnostic| diagnostic.fix.is_some()).collect();
        assert_eq!(proposed.len(), 2_500, "{code}");
        let some = proposed.iter().filter(|proposed| **proposed).count();
        assert!(some >= 300 && some <= most, "{code}: {some}");
        assert!(proposed.iter().take(some).all(|proposed| *proposed), "{code}");
    }
}
