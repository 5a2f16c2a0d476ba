use super::*;
use crate::fixture;

fn ids(filter: &Filter) -> Vec<String> {
    let analysis = fixture::analysis();
    let selection = filter.select(&analysis, &tactics());
    selection.shown.iter().map(|threat| threat.id.clone()).collect()
}

fn tactics() -> Tactics {
    let mut tactics = Tactics::default();
    tactics.add_tactic("AML.TA0010", "Exfiltration");
    tactics.add_tactic("AML.TA0002", "Reconnaissance");
    tactics.add_technique("AML.T0086", ["AML.TA0010".to_owned()]);
    tactics.add_technique("AML.T0034", ["AML.TA0011".to_owned()]);
    tactics.add_technique("AML.T0034.000", []);
    tactics
}

#[test]
fn without_conditions_everything_is_shown_and_nothing_said() {
    let analysis = fixture::analysis();
    let selection = Selection::all(&analysis);
    assert_eq!(selection.shown.len(), analysis.threats.len());
    assert_eq!(selection.hidden(), 0);
    assert!(selection.says().is_empty());
}

#[test]
fn stride_letters_and_words_are_read() {
    let both = ["tampering", "information-disclosure"];
    assert_eq!(stride("I,T").unwrap(), both);
    assert_eq!(stride("it").unwrap(), both);
    assert_eq!(stride("Information Disclosure, tampering,,t").unwrap(), both);
    assert_eq!(stride("tamperng").unwrap_err(), "unknown STRIDE word `tamperng`; did you mean `tampering`?");
    assert!(stride("x").unwrap_err().contains("the letters S, T, R"));
    assert!(stride(" , ").is_err());
}

#[test]
fn stride_matches_any_word_of_a_threat() {
    let filter = Filter { stride: stride("E").unwrap(), ..Filter::default() };
    assert_eq!(ids(&filter), ["overbroad-rights@order-tool", "sql-injection-by-model@order-tool"]);
}

#[test]
fn a_framework_can_be_named_with_its_edition() {
    let filter = |text: &str| Filter { framework: Some(text.parse().unwrap()), ..Filter::default() };
    assert_eq!(ids(&filter("owasp-asi")).len(), 3);
    assert_eq!(ids(&filter("owasp-llm@2025")).len(), 12);
    assert_eq!(ids(&filter("owasp-llm@1.1")).len(), 0);
    assert_eq!(ids(&filter("stride")).len(), 15);
    assert!("@2025".parse::<FrameworkFilter>().is_err());
    assert!("owasp-llm@".parse::<FrameworkFilter>().is_err());
}

#[test]
fn a_tactic_is_found_through_its_techniques_and_their_parents() {
    let filter = |tactic: &str| Filter { tactic: Some(tactic.to_owned()), ..Filter::default() };
    assert_eq!(ids(&filter("AML.TA0010")), ["exfiltration-by-tool@mail-tool"]);
    assert_eq!(ids(&filter("AML.TA0011")), ["cost-harvesting@assistant"]);
    assert!(ids(&filter("AML.TA0002")).is_empty());
}

#[test]
fn what_is_hidden_is_counted_with_the_reason() {
    let analysis = fixture::analysis();
    let filter = Filter {
        min_severity: Some(min_severity("Medium").unwrap()),
        persona: Some(persona("regular").unwrap()),
        top: Some(2),
        ..Filter::default()
    };
    let selection = filter.select(&analysis, &Tactics::default());
    assert_eq!(selection.matched.len(), 9);
    assert_eq!(selection.shown.len(), 2);
    assert_eq!(selection.hidden(), 13);
    assert_eq!(
        selection.says(),
        ["6 threats outside --min-severity medium --persona regular", "7 threats beyond --top 2"]
    );
}

#[test]
fn a_persona_sees_what_less_picky_readers_see() {
    let shown = |word: &str| ids(&Filter { persona: Some(persona(word).unwrap()), ..Filter::default() }).len();
    assert_eq!((shown("regular"), shown("auditor")), (14, 15));
}

#[test]
fn decided_threats_stand_after_those_that_ask_for_something() {
    let mut analysis = fixture::analysis();
    analysis.threats[0].status = telamon_engine::analysis::Status::Accepted;
    let selection = Selection::all(&analysis);
    assert_eq!(selection.shown[0].id, "exfiltration-by-tool@mail-tool");
    assert_eq!(selection.shown[11].id, "indirect-prompt-injection@assistant");
    assert_eq!(selection.shown[12].id, "sql-injection-by-model@order-tool");
}

#[test]
fn a_word_that_names_nothing_is_an_error_with_the_nearest_one() {
    let analysis = fixture::analysis();
    let check = |filter: Filter| filter.check(&analysis, &tactics()).unwrap_err();
    assert_eq!(
        check(Filter { component: Some("asistant".into()), ..Filter::default() }),
        "unknown component `asistant`; did you mean `assistant`?"
    );
    assert_eq!(
        check(Filter { framework: Some("owasp-llm@1999".parse().unwrap()), ..Filter::default() }),
        "unknown edition of `owasp-llm` `1999`; the editions are `2026`, `2025`"
    );
    assert_eq!(
        check(Filter { framework: Some("owasp-lm".parse().unwrap()), ..Filter::default() }),
        "unknown framework `owasp-lm`; did you mean `owasp-llm`?"
    );
    assert_eq!(
        check(Filter { tactic: Some("nonsense".into()), ..Filter::default() }),
        "unknown tactic `nonsense`; the tactics are `AML.TA0010`, `AML.TA0002`"
    );
    let good = Filter {
        component: Some("kb".into()),
        framework: Some("cia".parse().unwrap()),
        tactic: Some("AML.TA0010".into()),
        ..Filter::default()
    };
    assert_eq!(good.check(&analysis, &tactics()), Ok(()));
}
