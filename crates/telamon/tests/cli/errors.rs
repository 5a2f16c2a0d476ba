//! Whole messages, as a person sees them.

use super::{CHAT, folder, run};

/// What `check` says of a model.
fn said(model: &str) -> String {
    let folder = folder(model);
    let (_, out, error) = run(folder.path(), &["check"]);
    format!("{error}{out}")
}

#[test]
fn a_kind() {
    insta::assert_snapshot!(said(&CHAT.replace("llm-app", "vectorstore")), @r"
    error[unknown-kind]: unknown kind `vectorstore`
     --> telamon.yaml:4:17
      |
    4 |   bot:  { kind: vectorstore, zone: app } # answers
      |                 ^^^^^^^^^^^ did you mean `vector-store`?
      |
      = help: write `vector-store`

    telamon.yaml: 3 components, 2 flows, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn a_flow() {
    insta::assert_snapshot!(said(&CHAT.replace("user -> bot: question", "user to bot")), @r"
    error[bad-flow]: `user to bot` is no flow
     --> telamon.yaml:7:5
      |
    7 |   - user to bot
      |     ^^^^^^^^^^^ write `a -> b: caption`, or `a <-> b` for both directions

    telamon.yaml: 3 components, 1 flow, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn a_tab() {
    insta::assert_snapshot!(said("system: Chat\ncomponents:\n\tbot: { kind: llm }\n"), @r"
    error[tab-indent]: a tab cannot indent a line
     --> telamon.yaml:3:1
      |
    3 |     bot: { kind: llm }
      | ^^^^ use spaces here
      |
      = note: YAML indents with spaces alone; each tab is read as one space for now

    telamon.yaml: 1 component, 0 flows, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn an_id_that_is_given_twice() {
    insta::assert_snapshot!(said(&CHAT.replace("  gpt:", "  bot:")), @r"
    error[duplicate-key]: key `bot` stands twice in one map
     --> telamon.yaml:5:3
      |
    4 |   bot:  { kind: llm-app, zone: app } # answers
      |   --- first here
    5 |   bot:  { kind: llm, zone: vendor }
      |   ^^^ second time here

    error[unknown-reference]: no component is called `gpt`
     --> telamon.yaml:8:12
      |
    8 |   - bot -> gpt: prompt
      |            ^^^ add it: `gpt: { kind: ... }` in `components`

    telamon.yaml: 2 components, 1 flow, 0 data assets; 2 errors, 0 warnings
    ");
}

#[test]
fn a_flow_to_nowhere() {
    insta::assert_snapshot!(said(&CHAT.replace("-> gpt:", "-> gtp:")), @r"
    error[unknown-reference]: no component is called `gtp`
     --> telamon.yaml:8:12
      |
    8 |   - bot -> gtp: prompt
      |            ^^^ did you mean `gpt`?
      |
      = help: write `gpt`

    telamon.yaml: 3 components, 1 flow, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn a_circle_of_includes() {
    insta::assert_snapshot!(said(&format!("include: telamon.yaml\n{CHAT}")), @r"
    error[include-circle]: `telamon.yaml` includes itself
     --> telamon.yaml:1:10
      |
    1 | include: telamon.yaml
      |          ^^^^^^^^^^^^ remove this line

    telamon.yaml: 3 components, 2 flows, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(said(""), @r"
    error[empty-file]: the file is empty
     --> telamon.yaml:1:1
      |
    1 |
      | ^
      |
      = note: it holds nothing but blanks and comments

    telamon.yaml: 0 components, 0 flows, 0 data assets; 1 error, 0 warnings
    ");
}

#[test]
fn an_id_of_another_framework() {
    let own = "threats:\n  drift:\n    title: Data is poisoned\n    component: bot\n    likelihood: likely\n    impact: major\n    frameworks: [ATLAS T1565]\n";
    insta::assert_snapshot!(said(&format!("{CHAT}{own}")), @r"
    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `internet`
     --> telamon.yaml:7:5
      |
    7 |   - user -> bot: question
      |     ^^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `vendor`
     --> telamon.yaml:8:5
      |
    8 |   - bot -> gpt: prompt
      |     ^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    error[attack-id-as-atlas]: `T1565` is cited as an id of MITRE ATLAS and is one of MITRE ATT&CK: Data Manipulation
      --> telamon.yaml:15:24
       |
    15 |     frameworks: [ATLAS T1565]
       |                        ^^^^^ did you mean `AML.T0059 Erode Dataset Integrity`?
       |
       = note: MITRE ATLAS is named beside the id; the words around the id speak of Erode Dataset Integrity
       = note: or: AML.T0010.002 AI Supply Chain Compromise: Data
       = help: write `AML.T0059`

    telamon.yaml: 3 components, 2 flows, 0 data assets; 1 error, 2 warnings
    ");
}

#[test]
fn a_decision_on_a_threat_that_is_not_there() {
    let decision =
        "decisions:\n  - { threat: direct-prompt-injecton@bot, response: mitigate, why: soon, due: 2027-01-31 }\n";
    insta::assert_snapshot!(said(&format!("{CHAT}{decision}")), @r"
    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `internet`
     --> telamon.yaml:7:5
      |
    7 |   - user -> bot: question
      |     ^^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `vendor`
     --> telamon.yaml:8:5
      |
    8 |   - bot -> gpt: prompt
      |     ^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    warning[unused-decision]: no threat matches this decision
      --> telamon.yaml:10:5
       |
    10 |   - { threat: direct-prompt-injecton@bot, response: mitigate, why: soon, due: 2027-01-31 }
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean `direct-prompt-injection@bot`?

    telamon.yaml: 3 components, 2 flows, 0 data assets; 0 errors, 3 warnings
    ");
}

#[test]
fn a_folder_of_rules_outside() {
    insta::assert_snapshot!(said(&format!("{CHAT}rules:\n  folders: [../rules]\n  disabled: [evasoin]\n")), @r"
    error[rules-unreadable]: cannot read rules in `../rules`: it leaves the model's folder
      --> telamon.yaml:10:13
       |
    10 |   folders: [../rules]
       |             ^^^^^^^^ name a folder below the model's, or use `--rules`

    error[unknown-rule]: there is no rule `evasoin` to switch off
      --> telamon.yaml:11:14
       |
    11 |   disabled: [evasoin]
       |              ^^^^^^^ did you mean `evasion`?

    telamon.yaml: 3 components, 2 flows, 0 data assets; 2 errors, 0 warnings
    ");
}

#[test]
fn a_rule_with_a_wrong_id() {
    let folder = folder(CHAT);
    std::fs::create_dir(folder.path().join("own")).expect("a folder");
    let rule = "- id: night-shift\n  title: \"{component} is unwatched\"\n  at: [llm-app]\n  when: receives(from(is(customer)))\n  stride: [repudiation]\n  cia: [integrity]\n  harm: [reputation]\n  maps: { atlas: [AML.T9999] }\n  likelihood: possible\n  summary: Nobody looks.\n  remedy: Look.\n  verify: Ask at midnight.\n  benign: Somebody looks.\n  fires: |\n    system: A\n  silent: |\n    system: A\n";
    std::fs::write(folder.path().join("own/night.yaml"), rule).expect("a file");
    let (code, out, error) = run(folder.path(), &["check", "--rules", "own"]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(format!("{error}{out}"), @r"
    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `internet`
     --> telamon.yaml:7:5
      |
    7 |   - user -> bot: question
      |     ^^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    warning[bare-boundary]: nothing guards the boundary between the zones `app` and `vendor`
     --> telamon.yaml:8:5
      |
    8 |   - bot -> gpt: prompt
      |     ^^^^^^^^^^ this flow crosses it
      |
      = note: state the controls at one end, on the flow or on the zone; `absent` and `unknown` count as stated

    error[unknown-id]: `AML.T9999` is no id of MITRE ATLAS 5.6.0
     --> own/night.yaml:8:19
      |
    8 |   maps: { atlas: [AML.T9999] }
      |                   ^^^^^^^^^

    telamon.yaml: 3 components, 2 flows, 0 data assets; 1 error, 2 warnings
    ");
    let (code, _, error) = run(folder.path(), &["analyze", "--rules", "own"]);
    assert_eq!(code, 2);
    assert!(error.contains("AML.T9999"), "{error}");
}
