//! Made-up files in each form.

use super::*;

const LEGACY: &str = "id: ATLAS
name: Made up
version: 5.9.0
matrices:
- id: ATLAS
  tactics:
  - id: X.TA1
    name: Looking
    object-type: tactic
    description: To look around.
  techniques:
  - id: X.T1
    name: Peeking
    object-type: technique
    tactics: [X.TA1, X.TA9]
    description: 'One peeks, see [Looking](/tactics/X.TA1)

      and [Gone](/techniques/X.T9).'
  - id: X.T1
    name: Peeking again
    description: A second one.
  - id: X.T1.001
    name: Through a keyhole
    subtechnique-of: X.T1
    description: ''
  mitigations:
  - id: X.M1
    name: Curtains
    description: Drawn ones.
    techniques:
    - { id: X.T1, use: Draw them. }
    - { id: X.T1, use: Draw them well. }
    - { id: X.TA1, use: No technique. }
    ml-lifecycle:
    - Deployment
    - { id: X.T1, use: At the wrong place. }
case-studies:
- id: X.CS1
  name: The neighbour
  summary: Somebody peeked.
  procedure:
  - { tactic: X.TA1, technique: X.T7, description: Not kept. }
";

const SIX: &str = "format-version: 6.0.0
collection: { id: ATLAS-collection, version: '2027.01' }
tactics:
  X.TA1: { id: X.TA1, object-type: tactic, name: Looking, description: To look around. }
techniques:
  X.T1: { id: X.T1, object-type: technique, name: Peeking, description: One peeks. }
  X.T1.001: { id: X.T1.002, object-type: tactic, name: Through a keyhole, description: Bent down. }
mitigations:
  X.M1: { id: X.M1, name: Curtains, description: Drawn ones. }
case-studies:
  X.CS1: { id: X.CS1, name: The neighbour, description: Somebody peeked. }
relationships:
  ATLAS-matrix:
    sequences: [{ source: ATLAS-matrix, target: X.TA1 }]
  X.T1.001:
    specializes: [{ source: X.T1.001, target: X.T8 }]
    achieves: [{ source: X.T1.001, target: X.TA1 }]
    befriends: [{ source: X.T1.001, target: X.TA1 }]
  X.CS1:
    employs:
    - { source: X.CS1, target: X.T1, tactic: X.TA1, step-id: S00, leads-to: [S01] }
    - { source: X.CS1, target: X.T1, tactic: X.TA1, step-id: S02, leads-to: [] }
";

const STIX: &str = r#"{
  "type": "bundle", "id": "bundle--1",
  "objects": [
    {"type": "x-mitre-tactic", "id": "x-mitre-tactic--1", "name": "Looking", "description": "To \ud83d\udc40 around.",
     "x_mitre_shortname": "looking",
     "external_references": [{"source_name": "mitre-atlas", "external_id": "X.TA1"}]},
    {"type": "attack-pattern", "id": "attack-pattern--1", "name": "Peeking", "description": "One peeks.",
     "x_mitre_deprecated": true,
     "kill_chain_phases": [{"kill_chain_name": "mitre-atlas", "phase_name": "listening"}],
     "external_references": [{"source_name": "mitre-atlas", "external_id": "X.T1"}]},
    {"type": "attack-pattern", "id": "attack-pattern--2", "name": "Elsewhere", "description": "Of another list.",
     "external_references": [{"source_name": "mitre-attack", "external_id": "T1"}]},
    {"type": "course-of-action", "id": "course-of-action--1", "name": 7, "description": "Drawn ones.",
     "external_references": [{"source_name": "mitre-atlas", "external_id": "X.M1"}]},
    {"type": "relationship", "id": "relationship--1", "relationship_type": "mitigates",
     "source_ref": "course-of-action--1", "target_ref": "attack-pattern--1"},
    {"type": "relationship", "id": "relationship--1", "relationship_type": "mitigates",
     "source_ref": "course-of-action--1", "target_ref": "attack-pattern--9"},
    "no object",
    {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "x_mitre_version": "2027.01"}
  ]
}"#;

fn import(text: &str) -> Imported {
    read(SourceId(0), text, &Catalog::new(Vec::new())).expect("it is of ATLAS")
}

/// Code, line and message of everything that is said.
fn said(text: &str, imported: &Imported) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let at = diagnostic.span.expect("a place").range().start;
        text[..at].matches('\n').count() + 1
    };
    let one = |diagnostic: &Diagnostic| format!("{} {} {}", line(diagnostic), diagnostic.code, diagnostic.message);
    imported.diagnostics.iter().map(one).collect()
}

#[test]
fn legacy_files_give_their_texts_and_say_their_slips() {
    let imported = import(LEGACY);
    assert_eq!((imported.format, imported.edition.as_deref()), (Format::Legacy, Some("5.9.0")));
    let names: Vec<_> = imported.texts.iter().map(|(id, text)| format!("{id} {}", text.name)).collect();
    assert_eq!(
        names,
        ["X.CS1 The neighbour", "X.M1 Curtains", "X.T1 Peeking", "X.T1.001 Through a keyhole", "X.TA1 Looking"]
    );
    assert_eq!(imported.texts["X.CS1"].description, "Somebody peeked.", "and nothing of the procedure");
    assert_eq!(
        said(LEGACY, &imported),
        [
            "15 import-dangling a tactic of `X.T1` is `X.TA9`, which is not in the file",
            "18 import-dangling a link in the text of `X.T1` is `X.T9`, which is not in the file",
            "19 import-duplicate `X.T1` stands twice; the first one is taken",
            "22 import-no-text `X.T1.001` has no description",
            "32 import-duplicate `X.M1` lists `X.T1` twice",
            "33 import-mismatch a technique of `X.M1` is `X.TA1`, which is a tactic and no technique",
            "36 import-shape `ml-lifecycle` of `X.M1` holds a map, expected is a text",
            "42 import-dangling the technique of step 1 of `X.CS1` is `X.T7`, which is not in the file",
        ]
    );
}

#[test]
fn format_six_is_read_with_its_relations() {
    let imported = import(SIX);
    assert_eq!((imported.format, imported.edition.as_deref()), (Format::Six, Some("2027.01")));
    assert_eq!(imported.texts.len(), 5);
    assert_eq!(imported.texts["X.T1.001"].description, "Bent down.");
    assert_eq!(
        said(SIX, &imported),
        [
            "7 import-mismatch the entry under `X.T1.001` calls itself `X.T1.002`; the key is taken",
            "7 import-mismatch `X.T1.001` stands among those of type technique and says that it is `tactic`",
            "16 import-dangling a target of `specializes` of `X.T1.001` is `X.T8`, which is not in the file",
            "18 import-shape `X.T1.001` has relations of the unknown type `befriends`",
            "21 import-dangling a step of `X.CS1` leads to `S01`, which is none of its steps",
        ]
    );
    let twice = SIX.replace("  X.T1.001: {", "  X.T1: {");
    assert!(said(&twice, &import(&twice)).iter().any(|said| said.contains("7 duplicate-key")));
}

#[test]
fn bundles_give_the_entries_of_atlas_alone() {
    let imported = import(STIX);
    assert_eq!((imported.format, imported.edition.as_deref()), (Format::Stix, Some("2027.01")));
    assert_eq!(imported.texts.keys().collect::<Vec<_>>(), ["X.M1", "X.T1", "X.TA1"]);
    assert_eq!(imported.texts["X.TA1"].description, "To \u{1f440} around.");
    assert_eq!(import(&format!("\u{feff}{STIX}")).texts, imported.texts);
    assert_eq!(
        said(STIX, &imported),
        [
            "9 import-dangling a kill chain phase of `X.T1` is `listening`, which is not in the bundle",
            "14 import-no-text `X.M1` has no name",
            "16 import-deprecated a relation `mitigates` names `X.T1`, which is deprecated",
            "17 import-duplicate several objects of the bundle share the id `relationship--1`",
            "18 import-dangling a relation `mitigates` names `attack-pattern--9`, which is not in the bundle",
            "19 import-shape this is no object of a bundle; it is left out",
        ]
    );
}

#[test]
fn what_is_not_of_atlas_is_refused_with_what_was_expected() {
    for text in [
        "",
        "just words",
        "system: Chat\ncomponents: {}\n",
        "- a\n- b\n",
        "{\"type\": \"report\"}",
        "{\"type\": \"bundle\", \"objects\": []}",
        "{\"type\": \"bundle\", \"objects\": 7}",
        "{ broken",
        "format-version: 7.0.0\n",
        "version: 5.0.0\nmatrices: []\n",
        "\u{0}\u{0}",
    ] {
        let said = read(SourceId(0), text, &Catalog::new(Vec::new())).expect_err(text);
        let text = format!("{said:?}");
        assert!(text.contains("not-atlas") && text.contains("format-version"), "{text}");
    }
    // Broken syntax may have cost text, which must not go unnoticed.
    let broken = LEGACY.replace("name: Curtains", "name: 'Curtains");
    assert!(read(SourceId(0), &broken, &Catalog::new(Vec::new())).is_err());
}

#[test]
fn nothing_in_a_text_steers_the_terminal_or_the_name_of_the_file() {
    let evil = SIX.replace("To look around.", "\"red \\e[31m bell \\a\"");
    assert_eq!(import(&evil).texts["X.TA1"].description, "red [31m bell");
    for edition in ["../../x", "", "a/b", "[1]", "v5", "5.0 0"] {
        let text = SIX.replace("'2027.01'", &format!("'{edition}'"));
        let imported = import(&text);
        assert_eq!(imported.edition, None, "{edition}");
        assert!(imported.diagnostics.iter().any(|said| said.code == "import-edition"));
    }
}

#[test]
fn deep_nesting_is_refused() {
    let yaml = format!("matrices: {}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(read(SourceId(0), &yaml, &Catalog::new(Vec::new())).is_err());
    let json = format!("{{\"type\": \"bundle\", \"objects\": [{}{}]}}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(read(SourceId(0), &json, &Catalog::new(Vec::new())).is_err());
}

#[test]
fn releases_are_ordered_by_their_numbers() {
    let mut releases = ["5.10.0", "2026.05", "5.9.0", "4.4.0", "2026.10"];
    releases.sort_by(|one, other| newer(one, other));
    assert_eq!(releases, ["4.4.0", "5.9.0", "5.10.0", "2026.05", "2026.10"]);
}
