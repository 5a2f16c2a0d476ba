use telamon_engine::analysis::Status;

use super::*;
use crate::filter::{Filter, Tactics};
use crate::fixture;

fn all(analysis: &Analysis) -> String {
    render(analysis, &Selection::all(analysis))
}

#[test]
fn the_fixed_analysis_gives_the_golden_file() {
    fixture::golden("analysis.md", &all(&fixture::analysis()));
}

#[test]
fn every_threat_is_in_the_report_with_its_id() {
    let analysis = fixture::analysis();
    let page = all(&analysis);
    for threat in &analysis.threats {
        assert!(page.contains(&format!("`{}`", threat.id)), "{}", threat.id);
    }
    assert!(page.contains("LLM01:2026 Prompt Injection"));
    assert!(page.contains("LLM01:2025 Prompt Injection"));
}

#[test]
fn a_name_cannot_break_out_of_its_cell() {
    let mut analysis = fixture::analysis();
    analysis.threats[0].title = "a | b <script> [c](d)".into();
    let page = all(&analysis);
    assert!(page.contains(r"a \| b &lt;script&gt; \[c\](d)"));
    assert!(!page.contains("<script>"));
}

#[test]
fn accepted_threats_stand_apart_with_the_decision() {
    let mut analysis = fixture::analysis();
    analysis.threats[11].status = Status::Accepted;
    let page = all(&analysis);
    let decided = page.split("## Decided").nth(1).unwrap();
    assert!(decided.contains("accepted by product owner on 2026-08-31 until 2027-08-31"));
}

#[test]
fn switched_off_rules_and_hidden_threats_are_said() {
    let mut analysis = fixture::analysis();
    analysis.rules.disabled = vec!["no-record".into()];
    let filter = Filter { component: Some("chat".into()), ..Filter::default() };
    let page = render(&analysis, &filter.select(&analysis, &Tactics::default()));
    assert!(page.contains("- switched off: `no-record`"));
    assert!(page.contains("outside --component chat"));
}

#[test]
fn a_system_without_threats_gives_a_short_report() {
    let mut analysis = fixture::analysis();
    analysis.threats.clear();
    let page = all(&analysis);
    assert!(page.contains("**No open threats.**"));
    assert!(!page.contains("## Threats"));
    assert!(!page.contains("| impact |"));
}
