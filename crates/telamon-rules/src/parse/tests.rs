use super::*;
use telamon_model::vocabulary::{Acts, Control, Inherited, Kind as KindWord};

fn vocabulary() -> Vocabulary {
    let kind = |id: &str, parent| KindWord {
        id: id.into(),
        parent,
        element: "process".into(),
        class: 0,
        ai: false,
        line: String::new(),
        which: String::new(),
        stride: Vec::new(),
    };
    let mut vocabulary = Vocabulary::default();
    vocabulary.kinds = vec![kind("process", None), kind("llm", Some(0)), kind("tool", Some(0))];
    vocabulary.controls = vec![Control {
        id: "human-approval".into(),
        name: String::new(),
        says: String::new(),
        ask: String::new(),
        kinds: Vec::new(),
        classes: Vec::new(),
        on_flow: false,
        on_zone: false,
        on_data: false,
        acts: Acts::Own,
        strength: [None; 16],
        inherited: Inherited::No,
        cost: String::new(),
        effect: String::new(),
    }];
    vocabulary.classes = vec!["app".into()];
    vocabulary.indexed()
}

fn component(text: &str) -> Result<Expr, ParseError> {
    parse(text, Sort::Component, &vocabulary())
}

#[test]
fn a_neighbour_condition_reads_flows_and_components() {
    let expr =
        component("receives(carries(training-data) and from(trust <= low) and not guarded(human-approval))").unwrap();
    let Expr::Receives(inner) = expr else { panic!("{expr:?}") };
    let Expr::And(parts) = *inner else { panic!() };
    assert_eq!(parts.len(), 3);
    assert!(matches!(&parts[2], Expr::Not(_)));
}

#[test]
fn comparisons_become_sets_of_words() {
    let Ok(Expr::Attribute { words, .. }) = component("trust <= low") else { panic!() };
    assert_eq!(words, 0b0011);
    let Ok(Expr::Attribute { words, .. }) = component("trust > low") else { panic!() };
    assert_eq!(words, 0b1100);
    let Ok(Expr::Attribute { words, default, .. }) = component("tenancy = single, shared") else { panic!() };
    assert_eq!((words, default), (0b11, 0b10));
    let Ok(Expr::Attribute { words, .. }) = component("revision = none") else { panic!() };
    assert_eq!(words, 0b01);
}

#[test]
fn or_binds_weaker_than_and() {
    let expr = component("is(llm) and sees(untrusted-text via passages, file) or is(tool)").unwrap();
    assert!(matches!(expr, Expr::Or(parts) if parts.len() == 2));
}

#[test]
fn errors_name_the_word_and_the_nearest_one() {
    let error = component("sees(untrusted-txt)").unwrap_err();
    assert_eq!((error.start, error.end), (5, 18));
    assert_eq!(error.label, "did you mean `untrusted-text`?");
    let error = component("is(llm").unwrap_err();
    assert!(error.message.contains("ends"), "{}", error.message);
    let error = component("tenancy < shared").unwrap_err();
    assert!(error.message.contains("no order"), "{}", error.message);
    let error = component("is(tooll)").unwrap_err();
    assert_eq!(error.label, "did you mean `tool`?");
    assert!(component("carries(prompt)").is_err(), "a flow condition on a component");
    assert!(component("is(llm) is(tool)").is_err());
    assert!(component("").is_err());
    assert!(component(&"(".repeat(5000)).is_err());
}
