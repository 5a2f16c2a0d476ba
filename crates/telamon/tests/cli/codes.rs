//! The list of codes is whole, and its examples do what they say.

use super::{folder, run};
use std::path::Path;

#[allow(dead_code)]
#[path = "../../src/codes.rs"]
mod list;

#[test]
fn every_example_brings_its_code_about() {
    for (code, text) in list::EXAMPLES {
        assert!(list::find(code).is_some(), "`{code}` has an example and no entry");
        let (_, out, error) = if code.starts_with("bad-rule") {
            let folder = folder(super::CHAT);
            std::fs::create_dir(folder.path().join("own")).expect("a folder");
            std::fs::write(folder.path().join("own/rules.yaml"), text).expect("a file");
            run(folder.path(), &["check", "--rules", "own", "--format", "json"])
        } else {
            run(folder(text).path(), &["check", "--format", "json"])
        };
        assert!(out.contains(&format!("\"code\": \"{code}\"")), "`{code}`: {out}{error}");
    }
}

/// Codes that the build alone can meet: they never reach a user.
const OF_THE_BUILD: [&str; 1] = ["bad-build"];

#[test]
fn every_code_of_the_program_is_listed() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut unknown = Vec::new();
    for name in ["telamon-text", "telamon-model", "telamon-rules", "telamon-engine", "telamon"] {
        for text in sources(&crates.join(name).join("src")) {
            for code in codes(&text) {
                if list::find(&code).is_none() && !OF_THE_BUILD.contains(&code.as_str()) && !unknown.contains(&code) {
                    unknown.push(code);
                }
            }
        }
    }
    assert!(unknown.is_empty(), "not explained: {unknown:?}");
}

fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.to_string_lossy().contains("tests") {
            let text = std::fs::read_to_string(path).expect("a source");
            texts.push(text.split("#[cfg(test)]").next().unwrap_or("").to_owned());
        }
    }
    texts
}

/// The codes that diagnostics are made with: a literal behind `error(`, `warning(` or `remark(`.
fn codes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for maker in ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::remark("] {
        for (at, _) in text.match_indices(maker) {
            let rest = text[at + maker.len()..].trim_start();
            if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                found.push(code.to_owned());
            }
        }
    }
    found
}

#[test]
fn explain_shows_the_example_of_a_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, out, _) = run(folder.path(), &["explain", "unknown-kind"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out, @r"
    unknown-kind: a message of check, analyze or the id lint

    There is no kind of component with this id.
    `telamon kinds WORD` finds the right one.

    for example

        system: Chat
        components:
          kb: { kind: vectorstore }
    ");
}
