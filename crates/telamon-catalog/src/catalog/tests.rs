use crate::crosswalk::Relation;
use crate::shipped::catalog;

#[test]
fn ids_are_found_as_people_type_them() {
    let catalog = catalog();
    for (typed, citation) in [
        ("AML.T0051", "AML.T0051 LLM Prompt Injection"),
        ("aml.t0051.001", "AML.T0051.001 LLM Prompt Injection: Indirect"),
        ("LLM01:2025", "LLM01:2025 Prompt Injection"),
        ("LLM06", "LLM06:2026 Unbounded Consumption"),
        ("LLM06:v1.1", "LLM06:1.1 Sensitive Information Disclosure"),
        ("owasp-llm@2025/LLM06", "LLM06:2025 Excessive Agency"),
        ("ASI01", "ASI01 Agent Goal Hijack"),
        ("ASI01:2026", "ASI01 Agent Goal Hijack"),
        ("ML06:2023", "ML06:2023 AI Supply Chain Attacks"),
        ("T1190", "T1190 Exploit Public-Facing Application"),
        ("TA0043", "TA0043 Reconnaissance"),
        ("spoofing", "spoofing Spoofing"),
    ] {
        assert_eq!(
            catalog.find(typed, None, None).map(super::EntryRef::citation).as_deref(),
            Some(citation),
            "{typed}"
        );
    }
    assert_eq!(catalog.find("CWE-79", None, None).unwrap().id(), "CWE-79");
    assert!(catalog.find("AML.T9999", None, None).is_none());
    assert!(catalog.find("", None, None).is_none());
}

#[test]
fn an_id_may_mean_several_things() {
    let all: Vec<String> = catalog().find_all("LLM06", None, None).into_iter().map(super::EntryRef::citation).collect();
    assert_eq!(
        all,
        [
            "LLM06:1.1 Sensitive Information Disclosure",
            "LLM06:2025 Excessive Agency",
            "LLM06:2026 Unbounded Consumption"
        ]
    );
    let found = catalog().find("LLM06", Some("owasp-llm"), Some("2025")).unwrap();
    assert_eq!(found.name(), "Excessive Agency");
}

#[test]
fn the_newest_edition_is_the_default_one() {
    assert_eq!(catalog().default_edition("owasp-llm"), Some("2026"));
    assert_eq!(catalog().get("owasp-llm", Some("2023")).unwrap().edition, "1.1");
    assert!(catalog().get("owasp-llm", Some("2024")).is_none());
}

#[test]
fn an_entry_is_translated_between_editions() {
    let catalog = catalog();
    let to = |id: &str, edition: &str| {
        let entry = catalog.find(id, None, None).unwrap();
        let found = catalog.translate(entry, edition);
        found.into_iter().map(|found| (found.entry.cite(), found.relation)).collect::<Vec<_>>()
    };
    assert_eq!(to("LLM06:1.1", "2026"), [("LLM02:2026".to_owned(), Relation::Same)]);
    assert_eq!(to("LLM02:2026", "1.1"), [("LLM06:1.1".to_owned(), Relation::Same)]);
    assert_eq!(to("LLM07:2025", "2026"), [("LLM08:2026".to_owned(), Relation::Renamed)]);
    assert_eq!(to("LLM03:1.1", "2026"), [("LLM05:2026".to_owned(), Relation::Widened)]);
    assert_eq!(to("LLM08:2026", "1.1"), []);
    assert_eq!(to("LLM01:2025", "2025"), [("LLM01:2025".to_owned(), Relation::Same)]);
    let model_theft = to("LLM10:1.1", "2025");
    assert_eq!(model_theft.len(), 2);
    assert!(model_theft.iter().all(|(_, relation)| *relation == Relation::Absorbed));
}

#[test]
fn relations_within_a_framework() {
    let catalog = catalog();
    let injection = catalog.find("AML.T0051", None, None).unwrap();
    let children: Vec<&str> = injection.children().into_iter().map(super::EntryRef::id).collect();
    assert_eq!(children, ["AML.T0051.000", "AML.T0051.001", "AML.T0051.002"]);
    let indirect = catalog.find("AML.T0051.001", None, None).unwrap();
    assert_eq!(indirect.parent(), Some(injection));
    assert!(!indirect.tactics().is_empty());
    let own = injection.mitigations();
    assert!(!own.is_empty() && own.iter().all(|(_, inherited)| !inherited));
    assert!(indirect.mitigations().len() >= own.len());
    assert!(indirect.mitigations().iter().any(|(_, inherited)| *inherited));
    let cases = injection.used_in();
    assert!(cases.len() > indirect.used_in().len());
    assert!(cases.iter().all(|used| used.steps.iter().all(|step| *step >= 1)));
    let tactic = catalog.find("AML.TA0002", None, None).unwrap();
    assert!(tactic.techniques().iter().any(|technique| technique.id() == "AML.T0006"));
}

#[test]
fn counterparts_in_other_frameworks() {
    let catalog = catalog();
    let twin = catalog.counterparts(catalog.find("AML.T0049", None, None).unwrap());
    assert_eq!(twin.first().unwrap().entry.citation(), "T1190 Exploit Public-Facing Application");
    let agentic = cited(catalog.counterparts(catalog.find("ASI01", None, None).unwrap()));
    assert_eq!(agentic, ["LLM01:2025", "LLM06:2025", "T6", "T7", "LLM01:2026", "LLM03:2026", "MCP06:2025"]);
}

fn cited(counterparts: Vec<super::Counterpart<'_>>) -> Vec<String> {
    counterparts.iter().map(|other| other.entry.cite()).collect()
}

#[test]
fn counterparts_are_found_from_either_side_and_in_other_editions() {
    let catalog = catalog();
    let of = |id: &str| cited(catalog.counterparts(catalog.find(id, None, None).unwrap()));
    assert!(of("T6").contains(&"ASI01".to_owned()));
    assert!(of("riskPromptInjection").contains(&"AML.T0051".to_owned()));
    // The crosswalk of MCP names the edition of 2025, in which the risk is the same.
    let newest = of("LLM01:2026");
    assert!(newest.contains(&"MCP06:2025".to_owned()), "{newest:?}");
    let mut once = newest.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), newest.len(), "{newest:?}");
    let later = catalog.entry("atlas", Some("2026.09"), "AML.T0056").unwrap();
    assert!(cited(catalog.counterparts(later)).contains(&"NISTAML.035".to_owned()));
}

#[test]
fn an_edition_for_reference_is_there_and_not_accounted_for() {
    let catalog = catalog();
    let is = |edition: &(&str, &str, bool)| *edition == ("atlas", "2026.09", false);
    assert!(!catalog.editions().any(|edition| is(&edition)));
    assert!(catalog.all_editions().any(|edition| is(&edition)));
    assert_eq!(catalog.default_edition("atlas"), Some("5.6.0"));
    assert_eq!(catalog.default_edition("eu-ai-act"), Some("2024"));
    // To know that, nothing is loaded.
    let lazy = [("a", "9.1", false), ("a", "10.0", true), ("a", "10.0.1", false), ("b", "1", false)]
        .map(|(id, edition, default)| super::FrameworkSource::lazy(id, edition, default, || unreachable!("loaded")));
    let lazy = super::Catalog::new(lazy.into());
    assert_eq!(lazy.editions().collect::<Vec<_>>(), [("a", "9.1", false), ("a", "10.0", true)]);
}

#[test]
fn ids_that_keep_their_meaning_are_found_in_the_default_edition_first() {
    let catalog = catalog();
    let all = |id: &str| {
        let found = catalog.find_all(id, None, None);
        found.into_iter().map(|entry| entry.framework.key()).collect::<Vec<_>>()
    };
    assert_eq!(all("AML.T0051"), ["atlas@5.6.0"]);
    assert_eq!(all("AML.T0115"), ["atlas@2026.09"]);
    assert_eq!(all("article 9"), ["dora@2022", "eu-ai-act@2024"]);
    assert_eq!(all("Stage 1"), ["pasta@2015"]);
    assert_eq!(all("T17"), ["owasp-agentic@1.1"]);
    let named = catalog.find_all("AML.T0072", Some("atlas"), Some("2026.09"));
    assert_eq!(named.first().unwrap().name(), "Cyber Communication Channel");
    assert_eq!(catalog.find_past("AML.T0045").unwrap().0.edition, "5.6.0");
    assert_eq!(catalog.find_past("DP").unwrap().1.became.as_deref(), Some("riskDataPoisoning"));
}

#[test]
fn ids_without_a_row_of_their_own_are_the_same_where_a_crosswalk_says_so() {
    let catalog = catalog();
    let to = |from: &str, id: &str, edition: &str| {
        let found = catalog.translate(catalog.entry("atlas", Some(from), id).unwrap(), edition);
        found.into_iter().map(|found| (found.entry.entry.id.clone(), found.relation)).collect::<Vec<_>>()
    };
    assert_eq!(to("5.6.0", "AML.T0051", "2026.09"), [("AML.T0051".to_owned(), Relation::Same)]);
    assert_eq!(to("5.6.0", "AML.T0020", "2026.09"), [("AML.T0020".to_owned(), Relation::Renamed)]);
    assert_eq!(to("5.6.0", "AML.T0019", "2026.09"), [("AML.T0115.000".to_owned(), Relation::Renamed)]);
    assert_eq!(to("2026.09", "AML.T0115.000", "5.6.0"), [("AML.T0019".to_owned(), Relation::Renamed)]);
    assert_eq!(to("2026.09", "AML.T0115", "5.6.0"), []);
}

#[test]
fn search_finds_names_before_sentences() {
    let catalog = catalog();
    let first = |words: &str| catalog.search(words, None).first().map(|hit| hit.entry.citation()).unwrap_or_default();
    assert_eq!(first("prompt injection"), "LLM01:2026 Prompt Injection");
    assert_eq!(first("poison training data"), "AML.T0020 Poison Training Data");
    assert_eq!(first("aml.t0049"), "AML.T0049 Exploit Public-Facing Application");
    assert_eq!(first("xss"), catalog.find("CWE-79", None, None).unwrap().citation());
    let within = catalog.search("prompt injection", Some("owasp-llm@1.1"));
    assert_eq!(within.first().unwrap().entry.cite(), "LLM01:1.1");
    assert!(catalog.search("", None).is_empty());
    assert!(catalog.search("zzzzz", None).is_empty());
}

#[test]
fn an_id_in_a_file_is_checked() {
    let catalog = catalog();
    assert!(catalog.check_id("atlas", None, "AML.T0051.001").is_ok());
    let problem = catalog.check_id("atlas", None, "AML.T0051.009").unwrap_err();
    assert_eq!(
        (problem.code.as_ref(), problem.proposal.as_deref()),
        ("unknown-id", Some("AML.T0051 LLM Prompt Injection"))
    );
    let problem = catalog.check_id("atlas", None, "T1190").unwrap_err();
    assert_eq!(problem.proposal.as_deref(), Some("AML.T0049 Exploit Public-Facing Application"));
    let problem = catalog.check_id("owasp-llm", Some("2024"), "LLM01").unwrap_err();
    assert_eq!(problem.code, "unknown-edition");
    let problem = catalog.check_id("atlass", None, "AML.T0051").unwrap_err();
    assert_eq!((problem.code.as_ref(), problem.proposal.as_deref()), ("unknown-framework", Some("atlas")));
    let problem = catalog.check_id("stride", None, "spofing").unwrap_err();
    assert_eq!(problem.replacement.as_deref(), Some("spoofing"));
    let problem = catalog.check_id("attack", None, "T1562.001").unwrap_err();
    assert_eq!(problem.code, "retired-id");
}
