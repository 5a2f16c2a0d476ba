use super::*;
use crate::fixture;

#[test]
fn plain_text_cannot_steer_a_terminal() {
    assert_eq!(plain("a\u{1b}[31mred\u{202e}\nb\tc"), "a\u{fffd}[31mred\u{fffd} b c");
    assert_eq!(plain("Größe → 大"), "Größe → 大");
}

#[test]
fn an_owasp_id_is_cited_with_its_edition() {
    let entry = |framework: &str, edition: &str, id: &str| FrameworkRef {
        framework: framework.to_owned(),
        edition: edition.to_owned(),
        id: id.to_owned(),
        name: String::new(),
    };
    assert_eq!(cite(&entry("owasp-llm", "2025", "LLM01")), "LLM01:2025");
    assert_eq!(cite(&entry("atlas", "5.6.0", "AML.T0051")), "AML.T0051");
}

#[test]
fn editions_are_grouped_by_framework_in_the_order_of_the_catalog() {
    assert_eq!(editions(&fixture::analysis()), ["ATLAS 5.6.0", "OWASP LLM 2026/2025", "OWASP ASI 2026", "CWE 4.19.1"]);
}

#[test]
fn the_matrix_of_live_threats_is_the_one_of_the_summary() {
    let analysis = fixture::analysis();
    let live: Vec<&Threat> = analysis.threats.iter().filter(|threat| is_live(threat.status)).collect();
    assert_eq!(matrix(&live), analysis.summary.matrix);
    assert_eq!(count_severities(&live), analysis.summary.by_severity);
}

#[test]
fn a_likelihood_outside_the_matrix_is_counted_nowhere() {
    let mut threat = fixture::analysis().threats.remove(0);
    threat.likelihood = 0;
    threat.impact = 9;
    assert_eq!(matrix(&[&threat]), [[0; 5]; 5]);
}

#[test]
fn what_people_rated_counts_before_what_was_derived() {
    let mut threat = fixture::analysis().threats.remove(0);
    assert_eq!(effective(&threat), Severity::Critical);
    threat.risk.rated = Some(telamon_engine::analysis::Level { likelihood: 1, impact: 2, severity: Severity::Low });
    assert_eq!(effective(&threat), Severity::Low);
    assert_eq!(effective_cell(&threat), (1, 2));
}

#[test]
fn a_decision_is_told_with_who_when_and_why() {
    let analysis = fixture::analysis();
    let says = |id: &str| {
        let threat = analysis.threats.iter().find(|threat| threat.id == id);
        decided(&analysis, threat.unwrap())
    };
    assert_eq!(
        says("cost-harvesting@assistant").unwrap(),
        "planned by head of digital on 2026-10-02, owner platform team, \
         due 2026-12-15, ticket SUP-204: the gateway of the next release counts questions per account"
    );
    assert_eq!(
        says("vendor-model-change@llm").unwrap(),
        "to review: mail-tool was added after the decision, and answers now reach it; accepted by \
         product owner on 2026-08-31 until 2027-08-31: answers are spot-checked every week"
    );
    assert_eq!(says("prompt-extraction@assistant").unwrap(), "the acceptance ended on 2026-10-31");
    assert_eq!(says("rag-poisoning@kb"), None);
}
