use std::collections::BTreeSet;

use super::build;
use crate::diagram::{SvgOptions, Theme, positions, svg};
use crate::fixture;
use telamon_engine::analysis::{Analysis, Severity, Status};

fn drawn(analysis: &Analysis) -> String {
    let text = svg(analysis, &SvgOptions::default());
    well_formed(&text);
    text
}

/// Every element is closed, every id unique, every reference to an id met.
fn well_formed(text: &str) {
    let mut open: Vec<&str> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a tag ends");
        assert!(!rest.contains('>') || rest.contains('{'), "a bare > in {rest}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
    }
    assert!(open.is_empty(), "{open:?} stays open");
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for reference in text.split("url(#").skip(1) {
        let id = reference.split(')').next().unwrap();
        assert!(unique.contains(id), "{id} is nowhere");
    }
}

#[test]
fn the_support_assistant_is_drawn_as_before() {
    let text = drawn(&fixture::analysis());
    fixture::golden("diagram.svg", &text);
}

#[test]
fn the_worst_threat_has_numbered_steps_and_gates() {
    let text = drawn(&fixture::analysis());
    for step in 1..=4 {
        assert!(text.contains(&format!(">{step}</text></g>")) || text.contains(&format!(">{step}</text>")));
    }
    // Three gates on the path and one in the legend.
    assert_eq!(text.matches("class=\"gate\"").count(), 4);
    assert!(text.contains("path of the critical threat"));
    assert!(text.contains("<title>assistant: 6 open threats, the worst critical</title>"));
}

#[test]
fn another_threat_can_be_chosen() {
    let analysis = fixture::analysis();
    let id = analysis.threats[2].id.clone();
    let options = SvgOptions { highlight: Some(id.clone()), ..SvgOptions::default() };
    let text = svg(&analysis, &options);
    assert!(text.contains(&format!("The path of {id} (high) is drawn heavy")), "{text}");
    let none = SvgOptions { highlight: Some("no such threat".to_owned()), ..SvgOptions::default() };
    assert!(!svg(&analysis, &none).contains("class=\"mark\""));
}

#[test]
fn a_step_against_the_arrow_has_its_head_at_the_start() {
    let text = drawn(&build::agent());
    let walked: Vec<&str> = text.lines().filter(|line| line.contains("class=\"mark\"")).collect();
    assert_eq!(walked.len(), 3);
    assert_eq!(walked.iter().filter(|line| line.contains("marker-start")).count(), 1);
    assert!(text.contains("2, Seitenabruf to Assistent, where a control is missing;"), "{text}");
}

#[test]
fn mitigated_threats_have_no_badge_and_no_path() {
    let mut analysis = fixture::analysis();
    for threat in &mut analysis.threats {
        threat.status = Status::Mitigated;
    }
    let text = drawn(&analysis);
    assert!(!text.contains("class=\"badge") && !text.contains("class=\"mark\""));
}

#[test]
fn a_cut_caption_says_all_in_its_title() {
    let text = drawn(&build::agent());
    assert!(
        text.contains("<title>Assistent → Sprachmodell: Aufforderung mit Fundstellen und Verlauf</title>"),
        "{text}"
    );
}

#[test]
fn flows_there_and_back_with_one_caption_are_one_line_with_two_heads() {
    let mut analysis = build::empty("Pair");
    build::components(&mut analysis, &["a agent z", "b agent-memory z", "c tool z"]);
    build::flows(&mut analysis, &["a b notes", "b a notes", "a c call", "c a result"]);
    let text = drawn(&analysis);
    assert_eq!(text.matches("marker-start").count(), 1);
    assert_eq!(text.matches("class=\"flow\"").count(), 3);
}

#[test]
fn many_flows_of_one_pair_are_drawn_as_one() {
    let mut analysis = build::empty("Crowd");
    build::components(&mut analysis, &["a agent z", "b tool z"]);
    build::flows(&mut analysis, &["a b one", "a b two", "a b three", "a b four", "a b five"]);
    let text = drawn(&analysis);
    assert!(text.contains(">5 flows</text>") && text.contains("one; two; three; four; five"), "{text}");
}

#[test]
fn hostile_words_are_escaped() {
    let mut analysis = build::agent();
    analysis.model.system = "</title><script>alert(1)</script>".to_owned();
    analysis.components[0].name = "\"><img src=x onerror='y'>&\u{0}\u{ffff}".to_owned();
    analysis.zones[0].name = "a & b \u{202e} <c>".to_owned();
    analysis.flows[0].caption = "]]> & <b>".to_owned();
    let text = drawn(&analysis);
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("<b>"));
    assert!(!text.contains('\u{0}') && !text.contains('\u{ffff}') && !text.contains('\u{202e}'));
}

#[test]
fn one_theme_needs_no_custom_properties() {
    for theme in [Theme::Light, Theme::Dark] {
        let text = svg(&fixture::analysis(), &SvgOptions { theme, ..SvgOptions::default() });
        assert!(!text.contains("var(") && !text.contains("light-dark("));
    }
}

#[test]
fn a_prefix_begins_every_id() {
    let options = SvgOptions { prefix: "2\" onload=\"x".to_owned(), ..SvgOptions::default() };
    let text = svg(&fixture::analysis(), &options);
    well_formed(&text);
    assert!(text.starts_with("<svg id=\"dfd-2onloadx\""));
    assert!(!text.contains("id=\"dfd-title\""));
}

#[test]
fn an_empty_model_gives_an_empty_picture() {
    let text = drawn(&build::empty("Nothing"));
    assert!(text.contains("0 zones, 0 components, 0 flows"));
}

#[test]
fn forty_and_six_hundred_components_are_drawn() {
    let mut analysis = build::many(40, 5);
    build::threat(&mut analysis, Severity::Medium, &["part0", "part5", "part10*"]);
    assert!(drawn(&analysis).contains("class=\"mark\""));
    assert!(drawn(&build::many(600, 300)).contains("folded into one box"));
}

#[test]
fn positions_keep_the_picture() {
    let analysis = build::agent();
    let first = svg(&analysis, &SvgOptions::default());
    let pins = positions(&analysis, &SvgOptions::default());
    assert_eq!(first, svg(&analysis, &SvgOptions { pins, ..SvgOptions::default() }));
}
