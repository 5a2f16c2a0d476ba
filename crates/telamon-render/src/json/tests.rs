use super::*;
use crate::filter::{Filter, Tactics};
use crate::fixture;

#[test]
fn what_is_written_reads_back_as_the_same_analysis() {
    let analysis = fixture::analysis();
    let text = render(&analysis, &Selection::all(&analysis));
    let back: Analysis = serde_json::from_str(&text).unwrap();
    assert_eq!(back, analysis);
    assert!(text.ends_with("}\n"));
    assert!(!text.contains("\"hidden\""));
}

#[test]
fn keys_stand_in_the_published_order() {
    let analysis = fixture::analysis();
    let text = render(&analysis, &Selection::all(&analysis));
    let keys: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  \""))
        .filter_map(|line| line.split_once('"').map(|(key, _)| key))
        .collect();
    assert_eq!(
        keys,
        [
            "version",
            "tool",
            "model",
            "as_of",
            "catalog",
            "rules",
            "weights",
            "summary",
            "zones",
            "components",
            "flows",
            "data",
            "threats",
            "decisions",
            "assumptions",
            "coverage",
            "assets",
            "attack_surface",
            "questions",
            "incidents",
            "diagnostics",
        ]
    );
}

#[test]
fn a_filter_shortens_the_threats_and_says_so() {
    let analysis = fixture::analysis();
    let filter = Filter { component: Some("kb".into()), top: Some(1), ..Filter::default() };
    let selection = filter.select(&analysis, &Tactics::default());
    let text = render(&analysis, &selection);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["threats"].as_array().unwrap().len(), 1);
    assert_eq!(value["summary"]["threats"], 15);
    assert_eq!(value["hidden"]["threats"], 14);
    assert_eq!(value["hidden"]["because"][0], "11 threats outside --component kb");
    // Still an analysis for those who read one.
    let back: Analysis = serde_json::from_str(&text).unwrap();
    assert_eq!(back.decisions, analysis.decisions);
}
