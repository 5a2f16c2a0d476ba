//! What the program says to the common mistakes.

use super::{CHAT, folder, run, telamon};

/// Runs `check` on a model and gives the error stream.
fn complaint(model: &str) -> String {
    let folder = folder(model);
    let (code, _, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 2, "{error}");
    error
}

#[test]
fn a_misspelt_kind_is_underlined_with_the_right_one() {
    let error = complaint(&CHAT.replace("kind: llm,", "kind: lmm-app,"));
    assert!(error.contains("error[unknown-kind]: unknown kind `lmm-app`"), "{error}");
    assert!(error.contains("telamon.yaml:5:17"), "{error}");
    assert!(error.contains("^^^^^^^ did you mean `llm-app`?"), "{error}");
}

#[test]
fn every_mistake_is_said_in_one_run() {
    let error = complaint(
        "system: Broken\ncomponents:\n  a: { kind: vectorstore, zone: ap }\n  b: { kind: llm, colour: red }\nflows:\n  - a -> c: x\n  - a b\n",
    );
    for wanted in [
        "unknown kind `vectorstore`",
        "did you mean `vector-store`?",
        "no zone is called `ap`",
        "unknown key `colour`",
        "no component is called `c`",
        "`a b` is no flow",
    ] {
        assert!(error.contains(wanted), "`{wanted}` is missing in\n{error}");
    }
}

#[test]
fn a_syntax_error_does_not_hide_the_others() {
    let error = complaint("system: Broken\ncomponents:\n  a: { kind: vectorstore }\n  b: { kind: llm\nflows: []\n");
    assert!(error.contains("error[syntax]"), "{error}");
    assert!(error.contains("unknown kind `vectorstore`"), "{error}");
}

#[test]
fn a_control_that_does_not_exist_and_one_that_cannot_stand() {
    let error = complaint(&CHAT.replace("zone: app }", "zone: app, controls: [human-aproval] }"));
    assert!(error.contains("did you mean `human-approval`?"), "{error}");
    let folder =
        folder(&CHAT.replace("zone: vendor }", "zone: vendor, controls: [retention-limit, robust-aggregation] }"));
    let (code, _, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("warning[control-without-effect]"), "{error}");
}

#[test]
fn tabs_and_duplicate_ids() {
    let error = complaint("system: Tabs\ncomponents:\n\ta: { kind: llm }\n");
    assert!(error.contains("tab"), "{error}");
    let error = complaint("system: Twice\ncomponents:\n  a: { kind: llm }\n  a: { kind: agent }\n");
    assert!(error.contains("twice"), "{error}");
}

#[test]
fn files_that_are_not_there_or_not_models() {
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, error) = run(empty.path(), &["analyze"]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no telamon.yaml") && error.contains("telamon init"), "{error}");
    let (code, _, error) = run(empty.path(), &["check", "nowhere.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("there is no file `nowhere.yaml`"), "{error}");
    std::fs::write(empty.path().join("empty.yaml"), "").expect("a file");
    let (code, _, error) = run(empty.path(), &["check", "empty.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("empty-file"), "{error}");
    std::fs::write(empty.path().join("latin.yaml"), b"system: Gr\xfc\xdfe\n").expect("a file");
    let (code, _, error) = run(empty.path(), &["check", "latin.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("UTF-8"), "{error}");
}

#[test]
fn an_include_stays_in_the_folder_and_runs_in_no_circle() {
    let error = complaint(&format!("include: ../outside.yaml\n{CHAT}"));
    assert!(error.contains("it leaves the model's folder"), "{error}");
    let error = complaint(&format!("include: telamon.yaml\n{CHAT}"));
    assert!(error.contains("include-circle"), "{error}");
}

#[test]
fn an_include_is_read() {
    let folder = folder(
        "system: Parts\ninclude: more/flows.yaml\ncomponents:\n  a: { kind: customer, zone: internet }\n  b: { kind: llm-app }\n",
    );
    std::fs::create_dir(folder.path().join("more")).expect("a folder");
    std::fs::write(folder.path().join("more/flows.yaml"), "flows:\n  - a -> b: x\n").expect("a file");
    let (code, out, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("2 components, 1 flow"), "{out}");
}

#[test]
fn standard_input_is_a_model() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = telamon(folder.path()).args(["analyze", "-", "--quiet"]).write_stdin(CHAT).output().expect("it runs");
    assert_eq!(out.status.code(), Some(0));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(text.contains("direct-prompt-injection@bot"), "{text}");
}

#[test]
fn wrong_words_on_the_command_line() {
    let folder = folder(CHAT);
    for (args, wanted) in [
        (vec!["analyze", "--min-severity", "hihg"], "a similar value exists: 'high'"),
        (vec!["analyze", "--as-of", "2026-02-30"], "is no date"),
        (vec!["analyze", "--component", "bto"], "bot"),
        (vec!["explain", "vectorstore"], "did you mean `vector-store`?"),
        (vec!["rules", "show", "direct-prompt-injecton"], "did you mean `direct-prompt-injection`?"),
        (vec!["init", "--template", "agnt", "--force"], "a similar value exists: 'agent'"),
        (vec!["report", "--method", "dread"], "possible values: stride, pasta, owasp, full"),
    ] {
        let (code, _, error) = run(folder.path(), &args);
        assert_eq!(code, 2, "{args:?}: {error}");
        assert!(error.contains(wanted), "{args:?}: {error}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = std::fs::File::create(folder.path().join("huge.yaml")).expect("a file");
    // A hole takes no room on the disk.
    file.set_len((512 << 20) + 1).expect("a length");
    let (code, _, error) = run(folder.path(), &["check", "huge.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("larger than 512 MiB"), "{error}");
}

#[test]
fn marks_and_breaks_of_other_systems_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("mark.yaml", format!("\u{feff}{CHAT}")),
        ("breaks.yaml", CHAT.replace('\n', "\r\n")),
        ("model.json", r#"{"system": "Chat", "components": {"user": {"kind": "customer", "zone": "internet"}, "bot": {"kind": "llm-app", "zone": "app"}, "gpt": {"kind": "llm", "zone": "vendor"}}, "flows": [{"user -> bot": "question"}, {"bot -> gpt": "prompt"}]}"#.to_owned()),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a file");
        let (code, out, error) = run(folder.path(), &["check", name]);
        assert_eq!(code, 0, "{name}: {error}");
        assert!(out.contains("3 components, 2 flows"), "{name}: {out}");
    }
    std::fs::write(folder.path().join("nul.yaml"), "system: a\0b\n").expect("a file");
    let (code, _, error) = run(folder.path(), &["check", "nul.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("NUL"), "{error}");
    std::fs::create_dir(folder.path().join("sub")).expect("a folder");
    let (code, _, error) = run(folder.path(), &["analyze", "sub"]);
    assert_eq!(code, 2);
    assert!(error.contains("no telamon.yaml in `sub`"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_include_out_of_the_folder() {
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("more.yaml"), "flows: []\n").expect("a file");
    let folder = folder(&format!("include: more.yaml\n{CHAT}"));
    std::os::unix::fs::symlink(outside.path().join("more.yaml"), folder.path().join("more.yaml")).expect("a link");
    let (code, _, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 2);
    assert!(error.contains("it leaves the model's folder"), "{error}");
}
