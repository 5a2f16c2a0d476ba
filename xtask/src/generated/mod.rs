//! Files that are made from data: the schemas and the reference pages of the book.
//!
//! `cargo xtask gen` writes them, `cargo xtask gen --check` names those that
//! are stale. Nobody edits them by hand: change the data, the declaration or
//! the doc comment that they come from.

use crate::run::{Done, Failure, root};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

mod codes;
mod commands;
mod conditions;
mod controls;
mod coverage;
mod frameworks;
mod kinds;
mod labels;
pub mod language;
mod markdown;
mod rules;
mod summary;
mod weights;

/// Where the reference pages lie.
const REFERENCE: &str = "docs/src/reference";

/// Folders in which every file is generated.
const FOLDERS: [&str; 2] = ["schema", REFERENCE];

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Path below the root of the repository.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Page {
    fn new(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text }
    }

    /// A page of the reference; one line says that it is generated, one line feed ends it.
    fn reference(name: &str, text: &str) -> Self {
        let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
        let text = format!("{title}\n\n<!-- Made by `cargo xtask gen`. -->\n\n{}\n", rest.trim());
        Self::new(format!("{REFERENCE}/{name}.md"), text)
    }
}

/// All generated files, the reference pages in the order of the table of contents.
pub fn pages() -> Result<Vec<Page>, Failure> {
    let vocabulary = telamon_data::vocabulary();
    let rules = telamon_data::rules();
    let mut pages = vec![commands::page()];
    pages.extend(language::pages(vocabulary));
    pages.push(kinds::page(telamon_data::kinds()));
    pages.push(controls::page(telamon_data::controls(), rules, vocabulary));
    pages.push(labels::page(vocabulary));
    pages.extend(rules::pages(rules, &telamon_data::rule_examples(), vocabulary));
    pages.extend([
        conditions::page(),
        weights::page(telamon_data::weights()),
        frameworks::page(telamon_data::catalog()),
        coverage::page(telamon_data::catalog(), rules, telamon_data::controls()),
        codes::page(),
    ]);
    let contents = fs::read_to_string(root().join(summary::PATH))
        .map_err(|error| Failure::cannot(format!("cannot read `{}`: {error}", summary::PATH)))?;
    let summary = summary::page(&contents, &pages);
    pages.push(summary);
    pages.push(Page::new("schema/telamon.schema.json", telamon_model::schema::schema(vocabulary)));
    pages.push(Page::new("schema/analysis.schema.json", telamon_render::json::schema::render()));
    Ok(pages)
}

/// Writes what is stale and removes what is no longer made.
pub fn write() -> Done {
    let pages = pages()?;
    for Page { path, text } in &pages {
        let full = root().join(path);
        if fs::read_to_string(&full).is_ok_and(|there| there == *text) {
            continue;
        }
        let folder = full.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&full, text)).map_err(|error| cannot("write", path, &error))?;
        println!("wrote {path}");
    }
    for path in left_over(&pages)? {
        fs::remove_file(root().join(&path)).map_err(|error| cannot("remove", &path, &error))?;
        println!("removed {path}");
    }
    Ok(())
}

/// Names every file that is missing, differs, or is no longer made.
pub fn check() -> Done {
    let pages = pages()?;
    let mut stale = Vec::new();
    for Page { path, text } in &pages {
        match fs::read_to_string(root().join(path)) {
            Ok(there) if there == *text => {}
            Ok(there) => {
                let line = there.lines().zip(text.lines()).take_while(|(old, new)| old == new).count() + 1;
                stale.push(format!("{path}:{line}: is not what the data say"));
            }
            Err(_) => stale.push(format!("{path}: is missing")),
        }
    }
    stale.extend(left_over(&pages)?.into_iter().map(|path| format!("{path}: is no longer made")));
    if stale.is_empty() {
        println!("{} generated files are up to date", pages.len());
        return Ok(());
    }
    Err(Failure::wrong(format!("{}\nrun `cargo xtask gen`", stale.join("\n"))))
}

fn cannot(what: &str, path: &str, error: &io::Error) -> Failure {
    Failure::cannot(format!("cannot {what} `{path}`: {error}"))
}

/// Files in the generated folders that nothing makes.
fn left_over(pages: &[Page]) -> Result<BTreeSet<String>, Failure> {
    let mut found = BTreeSet::new();
    for folder in FOLDERS {
        list(&root(), Path::new(folder), &mut found).map_err(|error| cannot("list", folder, &error))?;
    }
    found.retain(|path| !pages.iter().any(|page| page.path == *path));
    Ok(found)
}

fn list(root: &Path, folder: &Path, into: &mut BTreeSet<String>) -> io::Result<()> {
    let full = root.join(folder);
    if !full.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(full)? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(root, &path, into)?;
        } else {
            into.insert(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
