//! Decisions: written into the file, and what they saw.

use super::{CHAT, folder, run};
use serde_json::Value;

fn threat(folder: &std::path::Path, as_of: &str) -> Value {
    let (_, out, error) = run(folder, &["analyze", "--format", "json", "--as-of", as_of]);
    let analysis: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}"));
    analysis["threats"]
        .as_array()
        .expect("threats")
        .iter()
        .find(|threat| threat["id"] == "direct-prompt-injection@bot")
        .expect("the threat is there")
        .clone()
}

const ACCEPT: [&str; 12] = [
    "decide",
    "direct-prompt-injection@bot",
    "--response",
    "accept",
    "--why",
    "the bot holds nothing",
    "--by",
    "product owner",
    "--until",
    "2027-05-31",
    "--as-of",
    "2026-11-25",
];

#[test]
fn a_decision_is_written_and_keeps_the_rest_of_the_file() {
    let folder = folder(CHAT);
    let (code, out, error) = run(folder.path(), &ACCEPT);
    assert_eq!(code, 0, "{out}{error}");
    let text = std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model");
    assert!(text.starts_with(CHAT), "comments and order are kept:\n{text}");
    assert!(text.contains("saw:"), "{text}");
    assert_eq!(threat(folder.path(), "2026-11-25")["status"], "accepted");
    // Past its end the acceptance is over.
    let later = threat(folder.path(), "2027-06-01");
    assert_eq!(later["status"], "open");
    assert!(later["status_because"].as_str().is_some_and(|why| why.contains("2027-05-31")), "{later}");
    // A second decision on the same threat is refused, another one is added.
    let (code, _, error) = run(folder.path(), &ACCEPT);
    assert_eq!(code, 2);
    assert!(error.contains("already"), "{error}");
    let mut other = ACCEPT;
    other[1] = "paid-calls-by-outsiders@bot";
    let (code, out, error) = run(folder.path(), &other);
    assert_eq!(code, 0, "{out}{error}");
    let (code, _, error) = run(folder.path(), &["check"]);
    assert_eq!(code, 0, "{error}");
}

#[test]
fn a_new_way_turns_an_acceptance_to_review() {
    let folder = folder(CHAT);
    assert_eq!(run(folder.path(), &ACCEPT).0, 0);
    let path = folder.path().join("telamon.yaml");
    let text = std::fs::read_to_string(&path).expect("the model");
    let wider = text.replace(
        "flows:\n",
        "  passer: { kind: anonymous-user, zone: internet }\nflows:\n  - passer -> bot: question\n",
    );
    std::fs::write(&path, wider).expect("a file");
    let threat = threat(folder.path(), "2026-11-25");
    assert_eq!(threat["status"], "review", "{threat}");
}

#[test]
fn a_decision_without_saw_holds_with_a_warning_and_is_refreshed() {
    let model = format!(
        "{CHAT}decisions:\n  - {{ threat: direct-prompt-injection@bot, response: mitigate, why: soon, due: 2027-01-31 }} # keep\n"
    );
    let folder = folder(&model);
    let (_, out, _) = run(folder.path(), &["analyze", "--format", "json", "--as-of", "2026-11-25"]);
    assert!(out.contains("unseen-decision"), "the warning is in the analysis");
    assert_eq!(threat(folder.path(), "2026-11-25")["status"], "planned");
    let (code, out, error) = run(folder.path(), &["decide", "--refresh"]);
    assert_eq!(code, 0, "{out}{error}");
    let text = std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model");
    assert!(text.contains("saw: {") && text.contains("# keep"), "{text}");
    let (_, out, _) = run(folder.path(), &["analyze", "--format", "json", "--as-of", "2026-11-25"]);
    assert!(!out.contains("unseen-decision"), "{out}");
}

#[test]
fn peoples_rating_counts_for_fail_on() {
    let model = format!(
        "{CHAT}decisions:\n  - {{ threat: direct-prompt-injection@bot, response: mitigate, why: soon, rate: {{ likelihood: almost-certain, impact: severe }} }}\n"
    );
    let folder = folder(&model);
    let (code, _, _) = run(folder.path(), &["analyze", "--quiet", "--fail-on", "critical"]);
    assert_eq!(code, 1);
    let threat = threat(folder.path(), "2026-11-25");
    assert_eq!(threat["risk"]["rated"]["severity"], "critical");
    assert_ne!(threat["severity"], "critical", "both are shown");
}

#[test]
fn a_decision_that_went_to_review_is_renewed() {
    let folder = folder(CHAT);
    assert_eq!(run(folder.path(), &ACCEPT).0, 0);
    let path = folder.path().join("telamon.yaml");
    let text = std::fs::read_to_string(&path).expect("the model");
    let wider = text.replace(
        "flows:\n",
        "  passer: { kind: anonymous-user, zone: internet }\nflows:\n  - passer -> bot: question\n",
    );
    std::fs::write(&path, &wider).expect("a file");
    let renew = ["decide", "--refresh", "direct-prompt-injection@bot", "--as-of", "2026-11-25"];
    let (code, out, error) = run(folder.path(), &renew);
    assert_eq!(code, 0, "{out}{error}");
    assert_eq!(threat(folder.path(), "2026-11-25")["status"], "accepted");
    let renewed = std::fs::read_to_string(&path).expect("the model");
    let changed = wider.lines().zip(renewed.lines()).filter(|(old, new)| old != new).count();
    assert_eq!(changed, 1, "only what it saw changes:\n{renewed}");
    let (code, _, error) = run(folder.path(), &["decide", "--refresh", "model-overload@bot"]);
    assert_eq!(code, 2);
    assert!(error.contains("no decision"), "{error}");
}

#[test]
fn line_breaks_of_the_file_are_kept() {
    let folder = folder(&CHAT.replace('\n', "\r\n"));
    let (code, out, error) = run(folder.path(), &ACCEPT);
    assert_eq!(code, 0, "{out}{error}");
    let text = std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    assert_eq!(threat(folder.path(), "2026-11-25")["status"], "accepted");
}

#[test]
fn a_decision_fits_the_list_it_is_added_to() {
    let before = [
        "decisions:\n- threat: system-prompt-extraction@bot\n  response: mitigate\n  why: soon\n  due: 2027-01-31\n",
        "decisions: # kept\n    - threat: system-prompt-extraction@bot\n      response: mitigate\n      why: soon\n      due: 2027-01-31 # a comment\n",
        "decisions:\n",
        "decisions: [] # none yet\n",
        "decisions:\n  - { threat: system-prompt-extraction@bot, response: mitigate, why: soon, due: 2027-01-31 }\nquestions: [who reads it?]\n",
    ];
    for section in before {
        for model in [format!("{CHAT}{section}"), format!("{CHAT}{}", section.trim_end())] {
            let folder = folder(&model);
            let (code, out, error) = run(folder.path(), &ACCEPT);
            assert_eq!(code, 0, "{section}: {out}{error}");
            assert_eq!(threat(folder.path(), "2026-11-25")["status"], "accepted", "{section}");
            let (code, _, error) = run(folder.path(), &["check"]);
            assert_eq!(code, 0, "{section}: {error}");
        }
    }
}

#[cfg(unix)]
#[test]
fn rights_and_links_of_the_file_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(CHAT);
    let model = folder.path().join("telamon.yaml");
    let real = folder.path().join("real.yaml");
    std::fs::rename(&model, &real).expect("a file");
    std::os::unix::fs::symlink("real.yaml", &model).expect("a link");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("rights");
    assert_eq!(run(folder.path(), &ACCEPT).0, 0);
    assert!(model.is_symlink(), "the link stays");
    assert_eq!(real.metadata().expect("a file").permissions().mode() & 0o777, 0o640);
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 2, "nothing is left beside");
}

#[test]
fn a_list_in_brackets_is_left_alone() {
    let model = format!(
        "{CHAT}decisions: [{{ threat: system-prompt-extraction@bot, response: mitigate, why: soon, due: 2027-01-31 }}]\n"
    );
    let folder = folder(&model);
    let (code, _, error) = run(folder.path(), &ACCEPT);
    assert_eq!(code, 2);
    assert!(error.contains("one decision a line"), "{error}");
    assert_eq!(std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model"), model);
}

/// Each of many decisions against each of many threats would take minutes.
#[test]
fn of_many_unused_decisions_only_the_first_get_a_proposal() {
    let bots: String = (0..150).map(|at| format!("  bot{at}: {{ kind: llm-app, zone: app }}\n")).collect();
    let flows: String = (0..150).map(|at| format!("  - user -> bot{at}: question\n")).collect();
    let decisions: String = (0..1_000)
        .map(|at| format!("  - {{ threat: account-takeover@bott{at}, response: accept, why: x, until: 2099-01-01 }}\n"))
        .collect();
    let folder = folder(&format!(
        "system: Many\ncomponents:\n  user: {{ kind: customer, zone: internet }}\n{bots}flows:\n{flows}decisions:\n{decisions}"
    ));
    let (code, out, _) = run(folder.path(), &["check", "--format", "json"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(out.matches("\"unused-decision\"").count(), 1_000);
    let proposed = out.matches("did you mean `account-takeover@bot").count();
    assert!(proposed > 50 && proposed < 700, "{proposed}");
}
