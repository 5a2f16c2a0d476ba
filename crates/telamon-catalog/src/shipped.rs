//! The catalog as this repository ships it, for tests.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use telamon_text::{Diagnostic, SourceId};

use crate::catalog::{Catalog, FrameworkSource};
use crate::crosswalk::parse_crosswalk;
use crate::framework::Framework;
use crate::lint::Hints;

fn path(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog")).join(name)
}

pub(crate) fn read(name: &str) -> String {
    let path = path(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder, read, in the order in which they are embedded.
fn all<T>(folder: &str, parse: impl Fn(SourceId, &str) -> Result<T, Vec<Diagnostic>>) -> Vec<T> {
    let mut names: Vec<String> = std::fs::read_dir(path(folder))
        .unwrap()
        .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    names.sort();
    let parse =
        |name: &String| parse(SourceId(0), &read(name)).unwrap_or_else(|diagnostics| panic!("{name}: {diagnostics:?}"));
    names.iter().map(parse).collect()
}

pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let sources = all("frameworks", Framework::parse).into_iter().map(FrameworkSource::of).collect();
        let crosswalks = all("crosswalks", parse_crosswalk);
        let hints = Hints::parse(SourceId(0), &read("vocabulary/lint-hints.yaml")).unwrap();
        Catalog::new(sources).with_crosswalks(crosswalks).with_hints(hints)
    })
}

#[test]
fn every_framework_holds_together() {
    for framework in catalog().frameworks() {
        assert_eq!(crate::check_integrity(framework), [], "{}", framework.key());
    }
}

#[test]
fn every_entry_that_people_read_has_a_sentence() {
    for framework in
        catalog().frameworks().filter(|framework| !["attack", "cwe"].contains(&framework.framework.as_str()))
    {
        for entry in framework.entries.iter().filter(|entry| entry.kind != crate::EntryType::CaseStudy) {
            assert!(entry.summary.ends_with('.'), "{} in {}", entry.id, framework.key());
        }
    }
}

#[test]
fn every_reference_to_another_framework_leads_somewhere() {
    let catalog = catalog();
    for framework in catalog.frameworks() {
        for entry in &framework.entries {
            // The file of ATT&CK has no mitigations.
            let attack = entry.attack.iter().filter(|id| !id.starts_with('M'));
            for id in entry.related.iter().chain(attack) {
                assert!(catalog.find_today(id).is_some(), "{} names {id}", entry.id);
            }
        }
    }
    for same in catalog.crosswalks().iter().flat_map(|crosswalk| &crosswalk.same_ids) {
        for edition in [&same.from, &same.to] {
            let known = catalog.all_editions().any(|(id, known, _)| id == same.framework && known == *edition);
            assert!(known, "{same:?}");
        }
    }
    for row in catalog.crosswalks().iter().flat_map(|crosswalk| &crosswalk.rows) {
        for end in std::iter::once(&row.from).chain(&row.to) {
            assert!(catalog.entry(&end.framework, Some(&end.edition), &end.id).is_some(), "{end:?}");
        }
    }
    for topic in &catalog.hints().topics {
        for (key, id) in &topic.means {
            let framework = catalog.by_key(key).unwrap_or_else(|| panic!("{key}"));
            assert!(framework.entries.iter().any(|entry| entry.id == *id), "{key} has no {id}");
        }
    }
    for mention in &catalog.hints().mentions {
        assert!(catalog.get(&mention.framework, None).is_some(), "{}", mention.framework);
    }
}

#[test]
fn a_framework_survives_being_embedded() {
    for framework in catalog().frameworks() {
        let bytes = postcard::to_stdvec(framework).unwrap();
        assert_eq!(postcard::from_bytes::<Framework>(&bytes).as_ref(), Ok(framework), "{}", framework.key());
    }
    let bytes = postcard::to_stdvec(catalog().hints()).unwrap();
    assert_eq!(postcard::from_bytes::<Hints>(&bytes).as_ref(), Ok(catalog().hints()));
    let bytes = postcard::to_stdvec(catalog().crosswalks()).unwrap();
    assert_eq!(postcard::from_bytes::<Vec<crate::Crosswalk>>(&bytes).unwrap(), catalog().crosswalks());
}

#[test]
fn kinds_and_controls_hold_together() {
    let kinds = crate::parse_kinds(SourceId(0), &read("vocabulary/kinds.yaml")).unwrap();
    assert_eq!(kinds.check(), []);
    assert_eq!(kinds.roots().len(), 4);
    let controls = crate::parse_controls(SourceId(0), &read("vocabulary/controls.yaml")).unwrap();
    assert_eq!(controls.check(&kinds, catalog()), []);
}
