use telamon_engine::analysis::Status;

use super::*;
use crate::filter::Filter;
use crate::fixture;

fn page(analysis: &Analysis, filter: &Filter, options: &TerminalOptions) -> String {
    let tactics = tactics();
    render(analysis, &filter.select(analysis, &tactics), &tactics, options)
}

fn tactics() -> Tactics {
    let mut tactics = Tactics::default();
    tactics.add_tactic("AML.TA0002", "Reconnaissance");
    tactics.add_tactic("AML.TA0010", "Exfiltration");
    tactics.add_technique("AML.T0003", ["AML.TA0002".to_owned()]);
    for technique in ["AML.T0086", "AML.T0057"] {
        tactics.add_technique(technique, ["AML.TA0010".to_owned()]);
    }
    tactics
}

fn plain(width: usize) -> TerminalOptions {
    TerminalOptions { width, ..TerminalOptions::default() }
}

fn usual() -> String {
    page(&fixture::analysis(), &Filter::default(), &plain(80))
}

#[test]
fn the_fixed_analysis_gives_the_golden_files() {
    let analysis = fixture::analysis();
    fixture::golden("terminal-80.txt", &usual());
    fixture::golden(
        "terminal-120-verbose.txt",
        &page(&analysis, &Filter::default(), &TerminalOptions { verbose: true, ..plain(120) }),
    );
    fixture::golden(
        "terminal-by-component.txt",
        &page(&analysis, &Filter::default(), &TerminalOptions { group_by: Some(GroupBy::Component), ..plain(80) }),
    );
}

#[test]
fn lines_stay_within_the_width_but_for_ids_and_commands() {
    for width in [66, 80, 100, 120, 200] {
        for line in page(&fixture::analysis(), &Filter::default(), &plain(width)).lines() {
            let whole = line.contains("telamon ");
            assert!(whole || text::width(line) <= width, "{width} columns do not hold: {line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn the_first_screen_holds_the_verdict() {
    let page = usual();
    let screen: Vec<&str> = page.lines().take(24).collect();
    let screen = screen.join("\n");
    assert!(screen.starts_with("Support assistant · examples/support-rag/telamon.yaml\n"));
    assert!(screen.contains("12 open threats: 1 critical, 3 high, 5 medium, 3 low\n"));
    assert!(screen.contains("3 mitigated by controls in place"));
    assert!(screen.contains("CRITICAL  Text planted in a product review"));
    assert!(screen.contains("human-approval on mail-tool (absent)"));
}

#[test]
fn numbers_stand_under_the_last_letter_of_their_word() {
    let page = usual();
    let head = page.lines().find(|line| line.contains("almost")).unwrap();
    let severe = page.lines().find(|line| line.trim_start().starts_with("severe")).unwrap();
    let column = |text: &str, end: usize| text.chars().nth(end - 1).unwrap();
    let end = |word: &str| head.find(word).unwrap() + word.len();
    assert_eq!(column(severe, end("possible")), '1');
    assert_eq!(column(severe, end("almost certain")), '·');
}

#[test]
fn ten_threats_are_printed_and_the_rest_counted() {
    let page = usual();
    assert_eq!(page.matches("\n          id  ").count(), DEFAULT_BLOCKS);
    assert!(page.contains("… and 2 more open threats (2 low): --top 12"));
    assert!(page.contains("3 mitigated, folded: --verbose"));
}

#[test]
fn colour_only_adds_to_what_the_words_say() {
    let analysis = fixture::analysis();
    let options = TerminalOptions { color: true, verbose: true, ..plain(80) };
    let painted = page(&analysis, &Filter::default(), &options);
    assert!(painted.contains("\u{1b}[1;31mCRITICAL\u{1b}[0m"));
    let mut bare = String::new();
    for (index, piece) in painted.split('\u{1b}').enumerate() {
        let (_, visible) = piece.split_once('m').filter(|_| index > 0).unwrap_or(("", piece));
        bare.push_str(visible);
    }
    let options = TerminalOptions { color: false, ..options };
    // Blanks may lie inside a painted stretch at the end of a line.
    let trim = |text: &str| {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n")
    };
    assert_eq!(trim(&bare), trim(&page(&analysis, &Filter::default(), &options)));
}

#[test]
fn a_filter_is_said_where_the_counts_stand() {
    let filter = Filter { framework: Some("owasp-asi".parse().unwrap()), top: Some(2), ..Filter::default() };
    let page = page(&fixture::analysis(), &filter, &plain(120));
    assert!(page.contains("not shown: 12 threats outside --framework owasp-asi; 1 threat beyond --top 2"));
    assert!(page.contains("ASI05  ruled out     Unexpected Code Execution (RCE): no tool runs code"));
    assert_eq!(page.matches("\n          id  ").count(), 2);
}

#[test]
fn an_edition_that_was_asked_for_is_the_one_cited() {
    let filter = Filter { framework: Some("owasp-llm@2025".parse().unwrap()), ..Filter::default() };
    let page = page(&fixture::analysis(), &filter, &plain(80));
    assert!(page.contains("LLM08:2025"));
    assert!(page.contains("OWASP LLM 2025\n  LLM01  applies"));
    assert!(!page.contains("LLM09:2026"));
}

#[test]
fn a_tactic_shows_its_techniques_and_who_can_touch_what() {
    let filter = Filter { tactic: Some("AML.TA0002".into()), ..Filter::default() };
    let page = page(&fixture::analysis(), &filter, &plain(80));
    assert!(page.contains("AML.TA0002 Reconnaissance\n  AML.T0003  applies  Search Victim-Owned"));
    assert!(page.contains("inference interface  assistant: customers who have registered"));
}

#[test]
fn decided_threats_show_who_decided_what() {
    let mut analysis = fixture::analysis();
    analysis.threats[11].status = Status::Accepted;
    let page = page(&analysis, &Filter::default(), &plain(80));
    assert!(page.contains("1 accepted · 3 mitigated by controls in place"));
    assert!(page.contains("status    accepted by product owner on 2026-08-31 until 2027-08-31:"));
}

#[test]
fn quiet_prints_one_line_for_each_open_threat() {
    let options = TerminalOptions { quiet: true, ..plain(40) };
    let page = page(&fixture::analysis(), &Filter::default(), &options);
    assert_eq!(page.lines().count(), 12);
    assert!(page.starts_with("critical  indirect-prompt-injection@assistant  Text planted"));
}

#[test]
fn groups_count_each_threat_where_it_belongs() {
    let by = |group_by: &str| {
        let options = TerminalOptions { group_by: Some(group_by.parse().unwrap()), ..plain(80) };
        page(&fixture::analysis(), &Filter::default(), &options)
    };
    assert!(by("component").contains("assistant          1     ·       3    2\n"));
    assert!(by("stride").contains("information disclosure         ·     2       2    1\n"));
    assert!(by("stride").contains("a threat stands in each group that it belongs to"));
    assert!(by("tactic").contains("Exfiltration (AML.TA0010)         ·     1       1    ·\n"));
    assert!(by("tactic").contains("10 open threats in no group"));
    assert!(by("severity").contains("critical         1     ·       ·    ·\n"));
    assert!(by("framework").contains("AML.T0070 RAG Poisoning"));
    assert!("colour".parse::<GroupBy>().unwrap_err().contains("`component`"));
}

#[test]
fn an_empty_system_gives_a_short_page() {
    let mut analysis = fixture::analysis();
    analysis.threats.clear();
    analysis.questions.clear();
    analysis.diagnostics.clear();
    analysis.catalog.clear();
    let page = page(&analysis, &Filter::default(), &plain(80));
    assert_eq!(
        page,
        "Support assistant · examples/support-rag/telamon.yaml\n\
         10 components, 9 flows, 5 zones\n\n\
         no open threats\n\n\
         next: telamon report examples/support-rag -o report.html\n"
    );
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let mut analysis = fixture::analysis();
    analysis.model.system = "evil\u{1b}]0;title\u{7}".into();
    analysis.threats[0].title = "\u{1b}[2Jgone".into();
    analysis.threats[0].paths[0].hops[0].element = "a\u{1b}[31m".into();
    let options = TerminalOptions { verbose: true, ..plain(80) };
    assert!(!page(&analysis, &Filter::default(), &options).contains('\u{1b}'));
}

#[test]
fn the_command_to_try_next_can_be_pasted() {
    let options = TerminalOptions { model: Some("my models/it's.yaml".into()), ..plain(80) };
    let page = page(&fixture::analysis(), &Filter::default(), &options);
    assert!(page.contains(r"telamon report 'my models/it'\''s.yaml' -o report.html"));
}
