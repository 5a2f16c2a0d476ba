//! `telamon catalog import`, and what `explain` makes of it. The files are made up.

use super::telamon;
use std::path::{Path, PathBuf};

const SMALL: &str = "id: ATLAS
version: 5.6.0
matrices:
- id: ATLAS
  techniques:
  - id: AML.T0051
    name: LLM Prompt Injection
    description: 'A made-up description of the first paragraph.


      - a point of a list

      - another point'
  - id: AML.T0999
    name: Made Up
    description: The catalog does not have this one.
    subtechnique-of: AML.T0998
";

/// Exit code and both outputs, with a folder of the user in `texts`.
fn call(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = telamon(folder).env("TELAMON_CATALOG", "texts").args(args).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (out.status.code().unwrap_or(-1), text(out.stdout), text(out.stderr))
}

fn with(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(name), text).expect("a file");
    folder
}

fn stored(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn texts_are_kept_and_explained() {
    let folder = with("ATLAS.yaml", SMALL);
    let (code, out, error) = call(folder.path(), &["catalog", "import", "ATLAS.yaml"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(out, "MITRE ATLAS 5.6.0, YAML of releases 4 and 5: 2 techniques\n1 thing in the file is not right\n");
    assert!(error.contains("warning[import-dangling]") && error.contains("ATLAS.yaml:17:22"), "{error}");
    let first = stored(folder.path(), "texts/atlas@5.6.0.texts.json");
    let json: serde_json::Value = serde_json::from_str(&first).expect("it is JSON");
    assert_eq!(json["source"], "ATLAS.yaml");
    assert_eq!(json["texts"]["AML.T0999"]["name"], "Made Up");
    // A second time, by another way to the same file.
    let path = folder.path().join("ATLAS.yaml");
    call(folder.path(), &["catalog", "import", &path.display().to_string()]);
    assert_eq!(stored(folder.path(), "texts/atlas@5.6.0.texts.json"), first);

    let (_, out, _) = call(folder.path(), &["explain", "AML.T0051"]);
    let (ours, official) = out.split_once("official text of MITRE ATLAS 5.6.0 · ").expect("a section");
    assert!(ours.contains("incidents ") && ours.ends_with("\n\n"), "{ours}");
    assert!(
        official
            .ends_with("\n\nA made-up description of the first paragraph.\n\n- a point of a list\n- another point\n"),
        "{official}"
    );
    let (code, out, _) = call(folder.path(), &["explain", "AML.T0999"]);
    assert_eq!(code, 0);
    assert!(out.contains("AML.T0999  Made Up") && out.contains("that the catalog does not have"), "{out}");
    let (_, out, _) = call(folder.path(), &["explain", "atlas"]);
    assert!(out.contains("full texts   5.6.0\n"), "{out}");
}

#[test]
fn another_edition_serves_where_the_right_one_is_not_kept() {
    let folder = with("old.yaml", &SMALL.replace("5.6.0", "4.1.0").replace("LLM Prompt Injection", "Older Name"));
    std::fs::write(folder.path().join("new.yaml"), SMALL.replace("5.6.0", "2031.01")).expect("a file");
    call(folder.path(), &["catalog", "import", "old.yaml"]);
    let (_, out, _) = call(folder.path(), &["explain", "AML.T0051"]);
    assert!(out.contains("official text of MITRE ATLAS 4.1.0, another edition"), "{out}");
    assert!(out.contains("There it is called Older Name."), "{out}");
    call(folder.path(), &["catalog", "import", "new.yaml"]);
    let (_, out, _) = call(folder.path(), &["explain", "AML.T0051"]);
    assert!(out.contains("official text of MITRE ATLAS 2031.01, another edition"), "{out}");
}

#[test]
fn folders_and_releases_can_be_named() {
    let folder = with("ATLAS-v5.6.1.yaml", SMALL);
    let (code, _, error) = call(folder.path(), &["catalog", "import", "ATLAS-v5.6.1.yaml", "-o", "a/b"]);
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("called after release 5.6.1 and is of release 5.6.0"), "{error}");
    stored(folder.path(), "a/b/atlas@5.6.0.texts.json");
    call(folder.path(), &["catalog", "import", "ATLAS-v5.6.1.yaml", "--edition", "5.6.1"]);
    stored(folder.path(), "texts/atlas@5.6.1.texts.json");
    let (code, _, error) = call(folder.path(), &["catalog", "import", "ATLAS-v5.6.1.yaml", "--edition", "../x"]);
    assert_eq!(code, 2);
    assert!(error.contains("`../x` cannot be a release"), "{error}");
    // The folder for data of programs.
    let home = folder.path().join("home");
    let mut command = telamon(folder.path());
    command.env("HOME", &home).env("XDG_DATA_HOME", "").env("APPDATA", home.join(".local/share"));
    command.args(["catalog", "import", "ATLAS-v5.6.1.yaml"]).assert().success();
    stored(&home, ".local/share/telamon/catalog/atlas@5.6.0.texts.json");
    let (code, _, error) = super::run(folder.path(), &["catalog", "import", "ATLAS-v5.6.1.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("TELAMON_CATALOG"), "{error}");
}

#[test]
fn a_bundle_without_a_release_asks_for_it() {
    let bundle = r#"{"type": "bundle", "objects": [{"type": "attack-pattern", "id": "attack-pattern--1", "name": "Peeking",
        "description": "One peeks.", "external_references": [{"source_name": "mitre-atlas", "external_id": "AML.T0999"}]},
        {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "x_mitre_version": "0.1"}]}"#;
    let folder = with("stix.json", bundle);
    let (code, _, error) = call(folder.path(), &["catalog", "import", "stix.json"]);
    assert_eq!(code, 2);
    assert!(error.contains("name it with `--edition`"), "{error}");
    let (code, out, error) = call(folder.path(), &["catalog", "import", "stix.json", "--edition", "5.6.0"]);
    assert_eq!((code, out.as_str()), (0, "MITRE ATLAS 5.6.0, STIX bundle: 1 technique\n"), "{error}");
}

#[test]
fn other_files_are_refused_and_damaged_texts_passed_over() {
    let folder = with("telamon.yaml", super::CHAT);
    let (code, _, error) = call(folder.path(), &["catalog", "import", "telamon.yaml"]);
    assert_eq!(code, 2);
    assert!(error.contains("error[not-atlas]") && error.contains("telamon.yaml:1:1"), "{error}");
    assert!(error.contains("expected is"), "{error}");
    assert!(!folder.path().join("texts").exists());
    std::fs::create_dir(folder.path().join("texts")).expect("a folder");
    std::fs::write(folder.path().join("texts/atlas@5.6.0.texts.json"), "{").expect("a file");
    let (code, out, error) = call(folder.path(), &["explain", "AML.T0051"]);
    assert_eq!(code, 0);
    assert!(out.contains("incidents ") && !out.contains("official text"), "{out}");
    assert!(error.contains("holds no official texts"), "{error}");
}

/// Published files, where `TELAMON_ATLAS_FILES` names a folder of them. Nothing of their texts is printed.
#[test]
fn published_files_are_read_where_they_are_at_hand() {
    let Some(published) = std::env::var_os("TELAMON_ATLAS_FILES").map(PathBuf::from) else { return };
    let files = std::fs::read_dir(&published).expect("the folder is there");
    let folder = tempfile::tempdir().expect("a folder");
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.retain(|path| name(path).starts_with("ATLAS") && name(path).ends_with(".yaml"));
    paths.push(published.join("stix/stix-atlas.json"));
    for path in paths.iter().filter(|path| path.is_file()) {
        let (code, out, _) = call(folder.path(), &["catalog", "import", &path.display().to_string()]);
        assert_eq!(code, 0, "{}", path.display());
        assert!(out.contains(" tactics, ") && out.contains(" techniques, "), "{out}");
    }
}
