//! The book and the documents at the root: no link leads nowhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use xtask::run::root;

fn markdown(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            markdown(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            into.push(path);
        }
    }
}

fn documents() -> Vec<PathBuf> {
    let mut paths = Vec::new();
    markdown(&root().join("docs/src"), &mut paths);
    let top = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    paths.extend(top.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    paths
}

/// Text outside of fenced and indented blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence && !line.starts_with("    ")
    })
}

/// What stands in parentheses behind a bracket.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

/// The address of a heading, as the book makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

fn anchors(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    prose(&text).filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut known: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        for link in prose(&text).flat_map(links).filter(|link| !link.contains("://")) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let says = || format!("{}: `{link}`", path.display());
            if !target.exists() {
                wrong.push(says());
            } else if !place.is_empty() {
                let there = known.entry(target.clone()).or_insert_with(|| anchors(&target));
                if !there.iter().any(|anchor| anchor == place) {
                    wrong.push(says());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "links that lead nowhere:\n{}", wrong.join("\n"));
}

#[test]
fn every_page_stands_in_the_table_of_contents() {
    let source = root().join("docs/src");
    let contents = fs::read_to_string(source.join("SUMMARY.md")).unwrap();
    let listed: Vec<PathBuf> = contents.lines().flat_map(links).map(|link| source.join(link)).collect();
    let mut pages = Vec::new();
    markdown(&source, &mut pages);
    pages.retain(|page| page.file_name().is_none_or(|name| name != "SUMMARY.md"));
    let missing: Vec<_> = pages.iter().filter(|page| !listed.contains(page)).collect();
    assert!(missing.is_empty(), "pages that nothing lists: {missing:?}");
}

#[test]
fn generated_files_are_the_same_twice() {
    assert_eq!(xtask::generated::pages().unwrap(), xtask::generated::pages().unwrap());
}
