//! Each method against its golden file, and what must hold for any analysis.

use super::*;
use crate::fixture;
use crate::html::tests::{check, empty, golden};

fn options() -> MethodOptions {
    MethodOptions {
        command: "telamon report examples/support-rag --method pasta".to_owned(),
        ..MethodOptions::default()
    }
}

#[test]
fn each_method_gives_its_golden_files() {
    let analysis = fixture::analysis();
    for (word, method) in Method::ALL {
        let document = method.document(&analysis, &options());
        let html = document.to_html().unwrap();
        check::is_sound(&html);
        golden(&format!("{word}.md"), &document.to_markdown());
        if word == "pasta" {
            golden("pasta.html", &html);
        }
    }
}

#[test]
fn a_word_finds_its_method() {
    assert_eq!(Method::from_word("pasta"), Some(Method::Pasta));
    assert_eq!(Method::from_word("dread"), None);
}

#[test]
fn pasta_says_what_is_missing_for_a_stage() {
    let document = pasta(&empty(), &options());
    let text = document.to_markdown();
    for stage in 1..=7 {
        assert!(text.contains(&format!("\n## {stage}. ")), "stage {stage}");
    }
    assert!(!text.contains("states no objectives"), "the fixture has objectives");
    for gap in [
        "what is to be protected: the model names no data.",
        "the model has no components.",
        "trust zones.",
        "nothing has been decided about any threat.",
    ] {
        assert!(text.contains(&format!("> **Missing:** {gap}")), "{gap}");
    }
    check::is_sound(&document.to_html().unwrap());
}

#[test]
fn pasta_asks_for_the_business() {
    let mut analysis = fixture::analysis();
    analysis.model.business = telamon_engine::analysis::Business::default();
    let text = pasta(&analysis, &options()).to_markdown();
    assert!(text.contains("> **Missing:** the model states no objectives of the business (`business: objectives`)."));
    assert!(text.contains("(`business: criticality`)"));
}

#[test]
fn stride_names_the_letters_without_a_threat() {
    let mut analysis = fixture::analysis();
    analysis.threats.retain(|threat| threat.stride.iter().any(|word| word == "tampering"));
    let text = stride(&analysis, &options()).to_markdown();
    assert!(text.contains("Nothing was found for spoofing, repudiation, information disclosure, denial of service, elevation of privilege."));
}

#[test]
fn owasp_gives_each_entry_its_state() {
    let text = owasp(&fixture::analysis(), &options()).to_markdown();
    assert!(text.contains("## OWASP Top 10 for LLM Applications 2026"));
    assert!(text.contains("| `ASI05:2026` | Unexpected Code Execution (RCE) | ruled out | no tool runs code |"));
    assert!(text.contains("### LLM01:2025 Prompt Injection"));
}

#[test]
fn hostile_names_stay_text_in_both_forms() {
    let mut analysis = fixture::analysis();
    analysis.model.system = "<script>x</script>".to_owned();
    analysis.threats[0].title = "a | b\n# c <img>".to_owned();
    let document = full(&analysis, &options());
    let html = document.to_html().unwrap();
    check::is_sound(&html);
    assert_eq!(html.matches("<script>").count(), 1);
    let text = document.to_markdown();
    assert!(text.contains("#### a \\| b \\# c \\<img\\>"));
}
