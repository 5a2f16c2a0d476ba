use super::build;
use crate::diagram::{d2, dot, mermaid};
use telamon_engine::analysis::Analysis;

fn small() -> Analysis {
    let mut analysis = build::empty("Small");
    build::zones(&mut analysis, &["net none", "app medium", "data high app", "unused low"]);
    build::components(&mut analysis, &["user customer net", "chat web-app app", "kb database data", "end llm lost"]);
    build::flows(&mut analysis, &["user chat asks \"why\"", "chat kb", "chat end prompt", "chat nobody lost"]);
    analysis
}

#[test]
fn mermaid_numbers_what_it_names() {
    let expected = "flowchart LR
  c3(\"end<br/>llm\")
  subgraph z0[\"net (no trust)\"]
    c0[\"user<br/>customer\"]
  end
  subgraph z1[\"app (medium trust)\"]
    c1(\"chat<br/>web app\")
    subgraph z2[\"data (high trust)\"]
      c2[(\"kb<br/>database\")]
    end
  end
  c0 -->|\"asks #34;why#34;\"| c1
  c1 --> c2
  c1 -->|\"prompt\"| c3
";
    assert_eq!(mermaid(&small()), expected);
}

#[test]
fn d2_names_ends_by_the_zones_around_them() {
    let text = d2(&small());
    assert!(text.contains("z0.c0 -> z1.c1: \"asks \\\"why\\\"\"\n"), "{text}");
    assert!(text.contains("z1.c1 -> z1.z2.c2\n"), "{text}");
    assert!(text.contains("    c2: \"kb\\ndatabase\" { shape: cylinder }\n"), "{text}");
}

#[test]
fn dot_makes_clusters_of_zones() {
    let text = dot(&small());
    assert!(text.starts_with("digraph model {\n") && text.ends_with("}\n"));
    assert!(text.contains("    subgraph cluster_2 {\n      label=\"data (high trust)\";\n"), "{text}");
    assert!(text.contains("  c0 -> c1 [label=\"asks \\\"why\\\"\"];\n"), "{text}");
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

#[test]
fn hostile_names_stay_within_their_quotes() {
    let mut analysis = small();
    analysis.components[0].name = "a\"]; click \n end\u{202e}|<script>\\".to_owned();
    let text = mermaid(&analysis);
    assert!(text.contains("c0[\"a#34;]#59; click   end\u{fffd}#124;#60;script#62;#92;<br/>customer\"]"), "{text}");
    assert!(
        dot(&analysis).contains("c0 [label=\"a\\\"]; click   end\u{fffd}|<script>\\\\\\ncustomer\""),
        "{}",
        dot(&analysis)
    );
    assert!(d2(&analysis).contains("c0: \"a\\\"]; click   end\u{fffd}|<script>\\\\\\ncustomer\""), "{}", d2(&analysis));
}

#[test]
fn zones_in_a_ring_are_no_trap() {
    let mut analysis = small();
    analysis.zones[1].parent = Some("data".to_owned());
    for text in [mermaid(&analysis), d2(&analysis), dot(&analysis)] {
        assert!(!text.is_empty());
    }
}
