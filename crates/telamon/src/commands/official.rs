//! Official texts in the user's folder: where it is, and what it holds of an entry.

use crate::output::Output;
use crate::page::Page;
use std::path::{Path, PathBuf};
use telamon_catalog::Framework;
use telamon_catalog::import::{OfficialText, OfficialTexts, newer};

/// The environment variable that names the folder.
pub const VARIABLE: &str = "TELAMON_CATALOG";

/// The folder: `$TELAMON_CATALOG`, or the one for data of programs.
pub fn folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // The standard for these folders says that a relative one counts for nothing.
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    if let Some(folder) = variable(VARIABLE) {
        return Some(folder);
    }
    let data = if cfg!(windows) {
        absolute("APPDATA")
    } else {
        absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local").join("share")))
    };
    Some(data?.join("telamon").join("catalog"))
}

/// The editions of a framework whose texts are there, the newest first.
fn stored(framework: &str) -> Vec<(String, PathBuf)> {
    let Some(folder) = folder() else { return Vec::new() };
    // Nobody has to have such a folder.
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(String, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let (of, edition) = name.strip_suffix(OfficialTexts::ENDING)?.split_once('@')?;
            (of == framework).then(|| (edition.to_owned(), entry.path()))
        })
        .collect();
    found.sort_by(|one, other| newer(&other.0, &one.0));
    found
}

/// Reads stored texts; what cannot be read is said and passed over.
fn read(path: &Path) -> Option<OfficialTexts> {
    let text = match crate::input::text(path) {
        Ok(text) => text,
        Err(crate::output::Failure::Message(message)) => {
            Output::error(&format!("warning: {message}"));
            return None;
        }
        Err(crate::output::Failure::Said) => return None,
    };
    match serde_json::from_str(&text) {
        Ok(texts) => Some(texts),
        Err(error) => {
            Output::error(&format!(
                "warning: `{}` holds no official texts ({error}); `telamon catalog import` writes it anew",
                path.display()
            ));
            None
        }
    }
}

/// The official text of an entry: in the edition that is shown, else in the newest one that has it.
fn find(framework: &Framework, id: &str) -> Option<(OfficialText, OfficialTexts)> {
    let (same, others): (Vec<_>, Vec<_>) =
        stored(&framework.framework).into_iter().partition(|(edition, _)| framework.is_edition(edition));
    same.into_iter().chain(others).find_map(|(_, path)| {
        let mut texts = read(&path)?;
        let text = texts.texts.remove(id).filter(|text| !text.description.trim().is_empty())?;
        Some((text, texts))
    })
}

/// What a page about an entry says at its end; nothing where no text is stored.
pub fn section(framework: &Framework, id: &str, name: &str, width: usize) -> String {
    let Some((text, of)) = find(framework, id) else { return String::new() };
    let mut page = Page::new(width);
    let other = if framework.is_edition(&of.edition) { "" } else { ", another edition" };
    page.line("");
    page.paragraph(&format!(
        "official text of {} {}{other} · {} · from {}",
        framework.name,
        printable(&of.edition),
        framework.attribution,
        printable(&of.source)
    ));
    page.line("");
    if text.name != name && !name.ends_with(&text.name) {
        page.paragraph(&format!("There it is called {}.", printable(&text.name)));
        page.line("");
    }
    body(&text.description, &mut page);
    format!("{}\n", page.finish().trim_end())
}

/// An id that no edition of the catalog has and stored texts do.
pub fn unknown(id: &str, width: usize) -> Vec<String> {
    let catalog = telamon_data::catalog();
    let mut pages = Vec::new();
    for framework in catalog.framework_ids() {
        let Some(framework) = catalog.get(framework, None) else { continue };
        let upper = id.trim().to_ascii_uppercase();
        let Some((text, of)) = find(framework, &upper) else { continue };
        let mut page = Page::new(width);
        page.line(&format!("{upper}  {}", printable(&text.name)));
        page.paragraph(&format!(
            "an entry of {} {} that the catalog does not have; the official text · {} · from {}",
            framework.name,
            printable(&of.edition),
            framework.attribution,
            printable(&of.source)
        ));
        page.gap();
        body(&text.description, &mut page);
        pages.push(format!("{}\n", page.finish().trim_end()));
    }
    pages
}

/// Editions whose texts are stored, for the page of a framework.
pub fn editions(framework: &Framework) -> String {
    let editions: Vec<String> = stored(&framework.framework).into_iter().map(|(edition, _)| edition).collect();
    editions.join(", ")
}

/// Markdown for a terminal: paragraphs are filled, points of a list begin lines of their own.
fn body(text: &str, page: &mut Page) {
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        let line = printable(line);
        let line = line.trim();
        let point = ["- ", "* ", "+ ", "#"].iter().any(|mark| line.starts_with(mark));
        if (line.is_empty() || point) && !paragraph.is_empty() {
            page.paragraph(&paragraph);
            paragraph.clear();
        }
        if line.is_empty() {
            page.gap();
            continue;
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
    }
}

/// The file may have been written by anybody: nothing in it steers the terminal.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}
