//! The report of the fixed analysis against its golden file, and what must
//! hold for any analysis.

pub mod check;
mod hostile;

use std::path::PathBuf;

use telamon_engine::analysis::{Analysis, Decision, Level, Severity, Status};

use super::*;
use crate::fixture;

/// Tactics and the techniques under each, as the catalog has them for the fixture.
pub fn tactics() -> Tactics {
    let columns: Vec<(String, Vec<String>)> =
        serde_json::from_str(include_str!("../../tests/fixtures/tactics.json")).unwrap();
    let mut tactics = Tactics::default();
    let mut of: std::collections::BTreeMap<&str, Vec<String>> = std::collections::BTreeMap::new();
    for (name, techniques) in &columns {
        tactics.add_tactic(name.clone(), name.clone());
        for technique in techniques {
            of.entry(technique).or_default().push(name.clone());
        }
    }
    for (technique, names) in of {
        tactics.add_technique(technique, names);
    }
    tactics
}

pub fn options() -> HtmlOptions {
    HtmlOptions {
        command: "telamon report examples/support-rag --as-of 2026-11-25 -o report.html".to_owned(),
        tactics: tactics(),
        same_entries: vec![SameEntry {
            framework: "owasp-llm".to_owned(),
            one: ("2025".to_owned(), "LLM07".to_owned()),
            other: ("2026".to_owned(), "LLM08".to_owned()),
        }],
        last_approval: Some(LastApproval {
            by: "product owner".to_owned(),
            date: "2026-08-31".to_owned(),
            digest: String::new(),
            new: 2,
            worse: 1,
            gone: 3,
            notes: vec!["`mail-tool` was added".to_owned()],
        }),
        attributions: vec!["MITRE ATLAS is a mark of The MITRE Corporation; OWASP lists are CC BY-SA 4.0.".to_owned()],
        ..HtmlOptions::default()
    }
}

pub fn page(analysis: &Analysis) -> String {
    let html = render(analysis, &options()).unwrap();
    check::is_sound(&html);
    html
}

/// Compares with a golden file; with `TELAMON_BLESS=1` in the environment the
/// file is written instead.
pub fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("TELAMON_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = text.lines().zip(kept.lines()).position(|(new, old)| new != old);
    assert!(
        kept == text,
        "{name} differs from line {:?} on; look at it, then run the test with TELAMON_BLESS=1",
        first.map(|line| line + 1)
    );
}

#[test]
fn the_fixed_analysis_gives_the_golden_file() {
    golden("report.html", &page(&fixture::analysis()));
}

#[test]
fn the_verdict_is_computed() {
    let html = page(&fixture::analysis());
    for claim in [
        "One critical threat is open and starts at <code>public-web</code> (Internet, no trust)",
        "With the three steps below at most one high threat remains, and nothing critical.",
        "Five questions are open, and the answer to the first alone <a href=\"#q1\">could turn</a> a high threat low.",
    ] {
        assert!(html.contains(claim), "{claim}");
    }
}

#[test]
fn the_verdict_follows_the_analysis() {
    let mut analysis = fixture::analysis();
    analysis.questions.clear();
    for threat in &mut analysis.threats {
        for remedy in &mut threat.remedies {
            remedy.severity_after = Some(Severity::Low);
        }
        if threat.severity == Severity::Critical {
            threat.status = Status::Accepted;
        }
    }
    let html = page(&analysis);
    assert!(html.contains("Three high threats are open; the first starts at <code>orders</code>"));
    assert!(html.contains("With the three steps below nothing above medium remains."));
    assert!(html.contains("No question is open."));
    assert!(html.contains("1 accepted until a date"));
    assert!(!html.contains("id=\"questions\"") && !html.contains("href=\"#questions\""));
}

#[test]
fn an_empty_analysis_has_no_empty_sections() {
    let html = page(&empty());
    for anchor in ["first", "scope", "diagram", "matrix", "threats", "stride", "assets", "questions"] {
        assert!(!html.contains(&format!("href=\"#{anchor}\"")), "{anchor}");
        assert!(!html.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert!(html.contains("No threat was found with 214 rules."));
    assert!(html.contains("id=\"made\""));
}

#[test]
fn six_hundred_threats_stay_readable() {
    let mut analysis = fixture::analysis();
    let twelve: Vec<_> = analysis.threats.iter().take(12).cloned().collect();
    analysis.threats.clear();
    for (index, threat) in (0..50).flat_map(|round| twelve.iter().map(move |threat| (round, threat))) {
        let mut copy = threat.clone();
        copy.id = format!("{}-{index}", copy.id);
        analysis.threats.push(copy);
    }
    analysis.threats.sort_by_key(|threat| std::cmp::Reverse(threat.severity));
    let html = page(&analysis);
    for heading in ["<h3>Critical, 50</h3>", "<h3>High, 150</h3>", "<h3>Medium, 250</h3>", "<h3>Low, 150</h3>"] {
        assert!(html.contains(heading), "{heading}");
    }
    assert!(html.contains("<summary>Show 150</summary>"));
    assert!(html.contains("id=\"first-3\"") && !html.contains("id=\"first-4\""));
    assert!(html.len() < 4_000_000, "{} bytes", html.len());
}

#[test]
fn every_status_says_what_became_of_the_threat() {
    let mut analysis = fixture::analysis();
    let states = [Status::Accepted, Status::Transferred, Status::Avoided, Status::FalsePositive];
    for (threat, status) in analysis.threats.iter_mut().skip(4).zip(states) {
        threat.status = status;
        threat.decision = Some(0);
    }
    let html = page(&analysis);
    for word in ["Accepted", "Transferred", "Avoided", "No problem", "Mitigated"] {
        assert!(html.contains(&format!("<span class=\"sev done\">{word}</span>")), "{word}");
    }
    assert!(html.contains("<span class=\"tag\">planned</span>"));
    assert!(html.contains("<span class=\"tag\">review</span>"));
}

#[test]
fn own_ratings_and_switched_off_rules_are_shown() {
    let mut analysis = fixture::analysis();
    analysis.rules.disabled.push("no-record".to_owned());
    analysis.threats[0].risk.rated = Some(Level { likelihood: 2, impact: 5, severity: Severity::Medium });
    let html = page(&analysis);
    assert!(html.contains("switched off: <code>no-record</code>"));
    assert!(html.contains(": medium, derived critical"));
    assert!(html.contains("people rate it medium (likelihood 2, impact 5)"));
}

#[test]
fn what_falls_due_is_named_with_its_distance() {
    let mut analysis = fixture::analysis();
    analysis.decisions.push(Decision { due: "2026-11-20".to_owned(), ..analysis.decisions[0].clone() });
    let html = page(&analysis);
    assert!(html.contains("2026-12-15</time>, in 20 days, <code>SUP-204</code>"));
    assert!(html.contains("2026-11-20</time>, 5 days ago"));
}

#[test]
fn a_template_of_the_users_own_sees_the_same_values() {
    let own = HtmlOptions {
        template_override: Some("{% include \"head.html\" %}{{ system }} of {{ owner }}".to_owned()),
        ..options()
    };
    let text = render(&fixture::analysis(), &own).unwrap();
    assert!(text.contains("<h1>Support assistant</h1>"));
    assert!(text.ends_with("Support assistant of Home goods retailer\n"));
}

#[test]
fn a_drawing_stands_in_the_page_without_its_prolog() {
    let own = HtmlOptions {
        diagram_svg: Some("<?xml version=\"1.0\"?>\n<svg class=\"dfd\"><title>Flows</title></svg>\n".to_owned()),
        ..options()
    };
    let html = render(&fixture::analysis(), &own).unwrap();
    check::is_sound(&html);
    assert!(html.contains("<svg class=\"dfd\"><title>Flows</title></svg>"));
    assert!(!html.contains("<?xml"));
    assert!(html.contains("<a href=\"#diagram\">Diagram</a>"));
}

#[test]
fn a_broken_template_says_where() {
    let own = HtmlOptions { template_override: Some("<p>\n{{ sytem }}</p>".to_owned()), ..options() };
    let error = render(&fixture::analysis(), &own).unwrap_err().to_string();
    assert!(error.starts_with("template `report.html` line 2: "), "{error}");
}

pub fn empty() -> Analysis {
    let mut analysis = fixture::analysis();
    analysis.zones.clear();
    analysis.components.clear();
    analysis.flows.clear();
    analysis.data.clear();
    analysis.threats.clear();
    analysis.decisions.clear();
    analysis.assumptions.clear();
    analysis.coverage.clear();
    analysis.assets.clear();
    analysis.attack_surface.clear();
    analysis.questions.clear();
    analysis.incidents.clear();
    analysis.diagnostics.clear();
    analysis.catalog.clear();
    analysis
}
