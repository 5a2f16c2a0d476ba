//! What may be written in more than one way, and what looks as if it might.

use super::{CHAT, folder, run, telamon};

/// Exit code, output and error stream of `check`.
fn check(model: &str) -> (i32, String, String) {
    run(folder(model).path(), &["check"])
}

#[test]
fn a_flow_in_quotes_has_brackets_and_a_caption() {
    let json = r#"{"system": "Chat", "components": {"user": {"kind": "customer", "zone": "internet"}, "bot": {"kind": "llm-app", "zone": "app", "controls": ["authentication"]}, "gpt": {"kind": "llm", "zone": "vendor"}}, "flows": ["user -> bot: question: any", "bot -> gpt [prompt]: prompt"]}"#;
    let folder = tempfile::tempdir().expect("a folder");
    let out = telamon(folder.path()).args(["check", "-"]).write_stdin(json).output().expect("it runs");
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&out.stderr));
    assert!(text.contains("3 components, 2 flows, 0 data assets; nothing wrong"), "{text}");
    let quoted = CHAT.replace("user -> bot: question", "\"user -> bot: question\"");
    let plain = run(super::folder(CHAT).path(), &["analyze", "--format", "csv"]);
    assert_eq!(run(super::folder(&quoted).path(), &["analyze", "--format", "csv"]), plain);
}

#[test]
fn a_wrong_arrow_is_underlined_with_the_right_one() {
    let (code, out, error) = check(&CHAT.replace("user -> bot: question", "user => bot: question"));
    assert_eq!(code, 2, "{error}");
    assert!(out.contains("; 1 error, 0 warnings"), "{out}{error}");
    insta::assert_snapshot!(error.trim_end(), @r"
    error[bad-flow]: `=>` is no arrow of a flow
     --> telamon.yaml:7:10
      |
    7 |   - user => bot: question
      |          ^^ flows are written `a -> b`
      |
      = note: `a -> b` is a call with its answer, `a <-> b` stands for both directions
      = help: write `->`
    ");
}

#[test]
fn a_control_that_does_not_apply_needs_a_reason_in_the_short_form_too() {
    for state in ["not-applicable", "{ state: not-applicable }"] {
        let model = CHAT.replace("zone: app }", &format!("zone: app, controls: {{ rate-limiting: {state} }} }}"));
        let (code, _, error) = check(&model);
        assert_eq!(code, 0, "{error}");
        assert_eq!(error.matches("warning[no-reason]").count(), 1, "{error}");
    }
}

#[test]
fn a_caption_that_a_hash_cuts_short_is_warned_of() {
    let (code, _, error) = check(&CHAT.replace("bot: question", "bot: order #12"));
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("warning[cut-short]: the text ends before `#12`"), "{error}");
    assert!(error.contains("^^^ quote the text if this is part of it"), "{error}");
    let (_, _, error) = check(&CHAT.replace("bot: question", "bot: order # 12"));
    assert!(!error.contains("cut-short"), "{error}");
}

#[test]
fn a_file_is_read_once_by_whichever_path() {
    let folder = folder(&format!("include: [./parts.yaml, parts.yaml]\n{CHAT}"));
    std::fs::write(folder.path().join("parts.yaml"), "components:\n  log: { kind: log-store }\n").expect("a file");
    let (code, out, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("4 components"), "{out}");
    let (code, _, error) = check(&format!("include: ./telamon.yaml\n{CHAT}"));
    assert_eq!(code, 2, "{error}");
    assert_eq!(error.matches("error[").count(), 1, "{error}");
    assert!(error.contains("include-circle"), "{error}");
}

#[test]
fn nothing_from_a_model_reaches_the_terminal_as_a_command() {
    let model =
        "system: S\ncomponents:\n  a: { kind: \"\\e[31mred\", zone: \"\\u202Eapp\" }\nflows:\n  - \"a -> \\e[2Jb\"\n";
    let (code, _, error) = check(model);
    assert_eq!(code, 2);
    assert!(!error.contains(['\u{1b}', '\u{202e}']), "{error:?}");
}
