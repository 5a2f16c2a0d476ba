use telamon_text::SourceId;

use super::{Framework, check_integrity};

const SMALL: &str = "framework: demo\nedition: \"1\"\nname: Demo\nreleased: 2026-01-01\nsource: here\nlicence: none\nattribution: us\ncitation: \"{id}:{edition}\"\nentries:\n  - { id: D1, type: entry, name: One }\n  - { id: D2, type: technique, name: Two, parent: D1 }\n";

fn small(change: &[(&str, &str)]) -> Framework {
    let text = change.iter().fold(SMALL.to_owned(), |text, (old, new)| text.replace(old, new));
    Framework::parse(SourceId(0), &text).unwrap()
}

fn codes(framework: &Framework) -> Vec<String> {
    check_integrity(framework).into_iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

#[test]
fn a_file_is_read() {
    let framework = small(&[]);
    assert_eq!(framework.key(), "demo@1");
    assert_eq!(framework.cite("D1"), "D1:1");
    assert!(framework.is_edition("v1") && !framework.is_edition("2"));
    assert_eq!(codes(&framework), Vec::<String>::new());
}

#[test]
fn an_unknown_key_is_an_error_at_its_place() {
    let text = SMALL.replace("parent: D1", "parents: D1");
    let diagnostics = Framework::parse(SourceId(0), &text).unwrap_err();
    let span = diagnostics[0].span.unwrap();
    assert_eq!(&text[span.range()], "parents");
}

#[test]
fn what_does_not_hold_together_is_reported() {
    assert_eq!(codes(&small(&[("id: D2", "id: D1")])), ["duplicate-id", "dangling-reference"]);
    assert_eq!(codes(&small(&[("parent: D1", "parent: D9")])), ["dangling-reference"]);
    assert_eq!(codes(&small(&[("parent: D1", "tactics: [D9]")])), ["dangling-reference"]);
    assert_eq!(codes(&small(&[("{id}:", "")])), ["bad-citation"]);
    let gone = "history:\n  - { id: D1, was: Old, how: retired }\n  - { id: D0, was: Older, became: D7, how: moved }\n";
    assert_eq!(
        codes(&small(&[("parent: D1 }\n", &format!("parent: D1 }}\n{gone}"))])),
        ["stale-history", "dangling-reference"]
    );
}
