use proptest::strategy::Strategy as _;

use super::{LintFinding, LintOptions, TextKind, lint};
use crate::shipped::catalog;

fn findings(text: &str) -> Vec<LintFinding> {
    lint(text, catalog(), &LintOptions::default())
}

/// Code and proposal of each finding.
fn said(text: &str) -> Vec<(String, String)> {
    findings(text)
        .into_iter()
        .map(|finding| (finding.code.into_owned(), finding.proposal.unwrap_or_default()))
        .collect()
}

#[track_caller]
fn one(text: &str, code: &str, proposal: &str) -> LintFinding {
    let all = findings(text);
    assert_eq!(all.len(), 1, "{text}: {all:#?}");
    let finding = all.into_iter().next().unwrap();
    assert_eq!(
        (finding.code.as_ref(), finding.proposal.as_deref().unwrap_or("")),
        (code, proposal),
        "{text}: {finding:#?}"
    );
    finding
}

#[track_caller]
fn fine(text: &str) {
    assert_eq!(findings(text), [], "{text}");
}

#[test]
fn an_attack_id_as_atlas_is_what_the_words_say() {
    let finding = one(
        "An attacker may try data poisoning via MITRE ATLAS T1595.",
        "attack-id-as-atlas",
        "AML.T0020 Poison Training Data",
    );
    assert!(finding.alternatives.contains(&"AML.T0006 Active Scanning".to_owned()));
    assert_eq!(finding.replacement.as_deref(), Some("AML.T0020"));
    one("ATLAS T1565 Data Manipulation", "attack-id-as-atlas", "AML.T0059 Erode Dataset Integrity");
    one("training data poisoning (ATLAS T1486)", "attack-id-as-atlas", "AML.T0020 Poison Training Data");
}

#[test]
fn without_such_words_it_is_the_one_that_atlas_refers_to() {
    one("ATLAS T1190", "attack-id-as-atlas", "AML.T0049 Exploit Public-Facing Application");
    one("ATLAS T1190.003", "unknown-id", "AML.T0049 Exploit Public-Facing Application");
}

#[test]
fn a_tactic_of_attack_in_a_text_about_atlas() {
    one(
        "# Mapping to MITRE ATLAS\n\nThe first tactic is Reconnaissance (TA0043).\n",
        "attack-id-as-atlas",
        "AML.TA0002 Reconnaissance",
    );
    one("Reconnaissance (TA0043)\n\nAll of this is from ATLAS.", "attack-id-as-atlas", "AML.TA0002 Reconnaissance");
    fine("Reconnaissance (TA0043)");
    fine("We use ATLAS and, for the rest, ATT&CK.\n\nReconnaissance (TA0043)");
}

#[test]
fn an_id_that_lacks_its_first_letters() {
    let finding = one("ML Model Access (TA0000)", "incomplete-id", "AML.TA0000 AI Model Access");
    assert!(finding.because.contains("AI Model Access"), "{finding:?}");
    one("as in ATLAS T0051", "incomplete-id", "AML.T0051 LLM Prompt Injection");
}

#[test]
fn an_owasp_id_without_edition() {
    let finding = one(
        "LLM06: Sensitive Information Disclosure",
        "missing-edition",
        "LLM02:2026 Sensitive Information Disclosure",
    );
    assert_eq!(
        finding.alternatives,
        ["LLM02:2025 Sensitive Information Disclosure", "LLM06:1.1 Sensitive Information Disclosure"]
    );
    let bare = one("see LLM06", "missing-edition", "LLM06:2026 Unbounded Consumption");
    assert_eq!(bare.alternatives, ["LLM06:2025 Excessive Agency", "LLM06:1.1 Sensitive Information Disclosure"]);
    one("ML06 AI Supply Chain Attacks", "missing-edition", "ML06:2023 AI Supply Chain Attacks");
}

#[test]
fn right_citations_are_left_alone() {
    for text in [
        "AML.T0051.001 LLM Prompt Injection: Indirect",
        "AML.T0051.001 (indirect prompt injection)",
        "LLM01:2025 Prompt Injection",
        "LLM06:2025 - Excessive Agency",
        "LLM02:2026 Sensitive Information Disclosure",
        "LLM06:1.1 Sensitive Information Disclosure",
        "LLM06:v1.1 Sensitive Information Disclosure",
        "LLM06 (2023) Sensitive Information Disclosure",
        "ASI01:2026 Agent Goal Hijack",
        "ASI01 Agent Goal Hijack",
        "ML06:2023 AI Supply Chain Attacks",
        "ATT&CK T1190",
        "T1190 (ATT&CK)",
        "MITRE ATT&CK T1059.001 Command and Scripting Interpreter: PowerShell",
        "ATLAS AML.T0049 corresponds to ATT&CK T1190",
        "MITRE ATLAS and ATT&CK: T1190",
        "[T1190](https://attack.mitre.org/techniques/T1190/) is used with ATLAS AML.T0051",
        "CWE-79",
        "CWE-79 XSS",
        "CWE-89: SQL Injection",
        "CWE-918 (SSRF)",
        "AML.TA0004 Initial Access",
        "AML.T0051 (Initial Access)",
        "| AML.T0051 | High | open |",
        "The OWASP Top 10 for LLM Applications 2025 begins with LLM01 Prompt Injection",
        "maps: { atlas: [AML.T0051.001], owasp-llm@2025: [LLM01], owasp-asi@2026: [ASI01], cwe: [CWE-1427] }",
        "maps:\n  owasp-ml: [ML02, ML08]\n",
        "the T1000 and a TA9999 in a film",
        "LLM1 talks to LLM2; T12 is a thoracic vertebra",
        "GPT4, H264, ISO27001, AES256, 2025",
    ] {
        fine(text);
    }
}

#[test]
fn a_name_that_belongs_to_another_id() {
    one("AML.T0051 Poison Training Data", "wrong-name", "AML.T0020 Poison Training Data");
    one("AML.T0043 (Model Theft)", "wrong-name", "AML.T0024.002 Exfiltration via AI Inference API: Extract AI Model");
    one(
        "CWE-79 SQL Injection",
        "wrong-name",
        "CWE-89 Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    );
    one("LLM03:2025: Excessive Agency", "wrong-edition", "LLM06:2025 Excessive Agency");
    one("LLM04:2025 Prompt Injection", "wrong-name", "LLM01:2025 Prompt Injection");
    one("- AML.T0051: Quantum Key Theft\n", "wrong-name", "AML.T0051 LLM Prompt Injection");
}

#[test]
fn a_name_of_an_earlier_release_or_edition() {
    one("AML.TA0000 ML Model Access", "renamed-entry", "AML.TA0000 AI Model Access");
    one("LLM06:2025 Sensitive Information Disclosure", "wrong-edition", "LLM02:2025 Sensitive Information Disclosure");
}

#[test]
fn ids_that_do_not_exist() {
    one("AML.T9999", "unknown-id", "");
    one("AML.T0051.009", "unknown-id", "AML.T0051 LLM Prompt Injection");
    one("AML.T51", "unknown-id", "AML.T0051 LLM Prompt Injection");
    one("LLM11:2025", "unknown-id", "");
    one("LLM01:2024 Prompt Injection", "unknown-edition", "LLM01:2025 Prompt Injection");
    one("ATT&CK T9999", "unknown-id", "");
    one("CWE-99999", "unknown-id", "");
    fine("CWE-310");
    one(
        "MITRE ATLAS AML.T9998: indirect prompt injection",
        "unknown-id",
        "AML.T0051.001 LLM Prompt Injection: Indirect",
    );
}

#[test]
fn ids_of_earlier_releases() {
    let found = said("ATT&CK T1562.001 Disable or Modify Tools");
    assert_eq!(found, [("retired-id".to_owned(), "T1685 Disable or Modify Tools".to_owned())]);
    one("Model evasion (ATLAS T1562)", "attack-id-as-atlas", "AML.T0015 Evade AI Model");
    one("AML.T0045", "retired-id", "AML.T0048.004 External Harms: AI Intellectual Property Theft");
}

#[test]
fn what_looks_like_an_id_is_one_only_where_its_framework_is_named() {
    for text in [
        "T1 waits for T2; see Article 9 of the contract, Stage 1 of the rocket and the L2 norm",
        "- T1: Tool Misuse\n- Article 10: Human Oversight\n- Stage 1: Threat Analysis\n- L1: Agent Ecosystem\n",
        "We follow the EU AI Act.\n\nArticle 10 (Human Oversight) of the contract with our supplier",
        "MITRE ATLAS T12, ATT&CK T12",
        "OWASP Agentic AI Threats and Mitigations: T1 Memory Poisoning, T17 Supply Chain Compromise",
        "# OWASP Agentic AI Threats and Mitigations\n\n| T2 | Tool Misuse | open |",
        "MAESTRO L1 Foundation Models",
        "PASTA Stage 4: Threat Analysis",
        "EU AI Act, Article 14(4)(b): Human oversight",
        "EU AI Act Article 9 Risk management system; DORA Article 9 Protection and prevention",
        "GDPR Article 35: Data protection impact assessment",
        "EU AI Act, Article 99 Penalties",
        "maps: { eu-ai-act: [Article 15], owasp-agentic: [T1], pasta: [Stage 7] }",
    ] {
        fine(text);
    }
    one("OWASP Agentic AI Threats and Mitigations: T1 Tool Misuse", "wrong-name", "T2 Tool Misuse");
    one("EU AI Act, Article 10 (Human Oversight)", "wrong-name", "Article 14 Human oversight");
    one("owasp-agentic:\n  - T18\n", "unknown-id", "");
    one("GDPR Article 120", "unknown-id", "");
    one("AML.T0051 Poison Training Data, L2", "wrong-name", "AML.T0020 Poison Training Data");
}

#[test]
fn ids_of_a_later_edition_may_be_cited() {
    for text in [
        "AML.T0115.000 Publish Poisoned AI Artifacts: Datasets",
        "AML.T0072 Cyber Communication Channel",
        "AML.T0072 Reverse Shell",
        "AML.CS0060",
        "MITRE ATLAS 2026.09: AML.T0020 Training Data Poisoning",
    ] {
        fine(text);
    }
    let gone =
        one("MITRE ATLAS 2026.09: AML.T0019", "retired-id", "AML.T0115.000 Publish Poisoned AI Artifacts: Datasets");
    assert!(gone.because.contains("2026.06"), "{gone:?}");
    one("MITRE ATLAS 2026.09: AML.T0072 Reverse Shell", "renamed-entry", "AML.T0072 Cyber Communication Channel");
    let early = one("MITRE ATLAS 5.6.0: AML.T0116", "unknown-id", "AML.T0116 Autonomous Reconnaissance");
    assert!(early.because.contains("2026.09"), "{early:?}");
    one("AML.T0135", "unknown-id", "");
}

#[test]
fn the_column_of_a_table_says_what_its_ids_are() {
    let table = "| Threat | ATLAS | ATT&CK |\n| --- | --- | --- |\n| Exposed API | T1190 | T1190 |\n";
    let found = findings(table);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].proposal.as_deref(), Some("AML.T0049 Exploit Public-Facing Application"));
    let csv = "threat,ATLAS technique,ATT&CK technique\nexposed,T1190,T1190\n";
    let options = LintOptions { kind: TextKind::of_name("threats.CSV"), ..LintOptions::default() };
    let found = lint(csv, catalog(), &options);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(&csv[found[0].span.range()], "T1190");
}

#[test]
fn a_key_says_what_the_ids_below_it_are() {
    let yaml = "atlas:\n  - T1190\nattack:\n  - T1190\n";
    let found = findings(yaml);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].span.start, 11);
    let json = "{ \"framework\": \"MITRE ATLAS\", \"id\": \"T1565\", \"name\": \"Data Manipulation\" }";
    assert_eq!(said(json), [("attack-id-as-atlas".to_owned(), "AML.T0059 Erode Dataset Integrity".to_owned())]);
}

#[test]
fn editions_may_be_stated_for_the_whole_text() {
    let mut options = LintOptions::default();
    options.editions.insert("owasp-llm".to_owned(), "2025".to_owned());
    assert_eq!(lint("LLM06 Excessive Agency", catalog(), &options), []);
    let found = lint("LLM06 Sensitive Information Disclosure", catalog(), &options);
    assert_eq!(found[0].code, "wrong-edition");
}

#[test]
fn a_finding_is_a_diagnostic_with_a_fix() {
    let finding = one("x ATLAS T1190", "attack-id-as-atlas", "AML.T0049 Exploit Public-Facing Application");
    let diagnostic = finding.diagnostic();
    assert_eq!(diagnostic.fix.unwrap().replacement, "AML.T0049");
    assert_eq!(diagnostic.span.unwrap().range(), 8..13);
}

#[test]
fn every_code_is_declared() {
    let text = "ATLAS T1190, AML.T9999, LLM06, LLM01:2019, AML.TA0000 ML Model Access, CWE-79 SQL Injection";
    for finding in findings(text) {
        assert!(super::CODES.iter().any(|(code, _)| *code == finding.code), "{}", finding.code);
    }
}

#[test]
fn all_of_the_usual_mistakes_in_one_text() {
    let text = "# Threat model with MITRE ATLAS\n\
        - data poisoning via MITRE ATLAS T1595\n\
        - Reconnaissance (TA0043)\n\
        - ML Model Access (TA0000)\n\
        - LLM06: Sensitive Information Disclosure\n\
        - ATLAS T1565 Data Manipulation\n\
        - ATLAS T1190\n\
        - training data poisoning (ATLAS T1486)\n";
    let proposals: Vec<String> = said(text).into_iter().map(|(_, proposal)| proposal).collect();
    assert_eq!(
        proposals,
        [
            "AML.T0020 Poison Training Data",
            "AML.TA0002 Reconnaissance",
            "AML.TA0000 AI Model Access",
            "LLM02:2026 Sensitive Information Disclosure",
            "AML.T0059 Erode Dataset Integrity",
            "AML.T0049 Exploit Public-Facing Application",
            "AML.T0020 Poison Training Data",
        ]
    );
}

#[test]
fn odd_texts_are_read_to_the_end() {
    for text in [
        "",
        "T",
        "AML.T",
        "AML.T0051.",
        "LLM01:",
        "LLM01:20",
        "(T1190",
        "T1190](",
        "ATLAS T1190–Größe",
        "“T1190”",
        "é T1190 é ATLAS é",
        "\u{feff}ATLAS\tT1190\r\n",
        "|||T1190|||ATLAS|",
        "ATLAS T1190 \u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}\u{1F600}",
    ] {
        for finding in findings(text) {
            assert!(text.get(finding.span.range()).is_some(), "{text}: {finding:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_to_the_end(
        pieces in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(vec![
                    "ATLAS", "ATT&CK", "T1190", "AML.T0051", ".001", "TA0043", "LLM06", ":2025", ":v1.1", "CWE-79",
                    "OWASP LLM Top 10", " (", ") ", "[", "](", "|", "\n", "# ", ": ", ", ", "\"", "Poison Training Data",
                    "name: ", "–", "é", "\u{1F600}", "https://", "\t",
                ]).prop_map(str::to_owned),
                ".{0,12}",
            ],
            0..40,
        ),
    ) {
        let text = pieces.concat();
        for kind in [TextKind::Text, TextKind::Csv] {
            let options = LintOptions { kind, ..LintOptions::default() };
            let found = lint(&text, catalog(), &options);
            let mut end = 0;
            for finding in &found {
                let range = finding.span.range();
                proptest::prop_assert!(range.start >= end && !range.is_empty());
                proptest::prop_assert_eq!(text.get(range.clone()), Some(finding.found.as_str()));
                end = range.end;
            }
        }
    }
}

#[test]
fn the_work_grows_with_the_text() {
    // Long lines, with little for the cut-offs to find.
    let options = LintOptions { limit: usize::MAX, ..LintOptions::default() };
    for unit in ["ATLAS T1190,", "LLM06|", "# ATLAS ", "(((((((", "T1190 (ATT&CK) "] {
        let small = unit.repeat(1_000);
        let large = unit.repeat(8_000);
        lint("warm up", catalog(), &options);
        let time = |text: &str| {
            let start = std::time::Instant::now();
            lint(text, catalog(), &options);
            start.elapsed().as_secs_f64()
        };
        let (few, many) = (time(&small), time(&large));
        assert!(many < 32.0 * few.max(0.02), "{unit}: {few} s, eight times as much {many} s");
    }
}
