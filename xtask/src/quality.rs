//! How good the threats are: analyses every system of the benchmark and every incident and compares them with
//! what analysts named. `docs/src/quality.md` says what the figures prove and what they do not.

mod item;
mod rules;
mod score;
mod table;

use crate::run::{Done, Failure, root};
use item::{Item, load};
pub use score::Scores;
use score::{floor_common, floor_lists, score};
use std::path::{Path, PathBuf};

/// What is asked for.
pub struct Ask<'a> {
    /// Folders with further systems, each with `telamon.yaml` and `expected.yaml`.
    pub also: &'a [PathBuf],
    /// Folder of rules instead of the embedded ones: a change shows without a build.
    pub rules: Option<&'a Path>,
    /// One system, by the beginning of its name: every threat and every expectation is printed.
    pub show: Option<&'a str>,
    /// Writes what was predicted, one JSON file a system, into this folder.
    pub write: Option<&'a Path>,
}

/// Means over the systems of a folder, and the number of threats in the median.
pub fn means(folder: &Path) -> Result<(Scores, f64), Failure> {
    let items = load(folder, telamon_data::rules())?;
    let scores: Vec<Scores> = items.iter().map(|item| score(&item.expected, &item.predicted)).collect();
    let mut given: Vec<f64> = scores.iter().map(|scores| scores.given).collect();
    given.sort_by(f64::total_cmp);
    Ok((score::mean(scores.iter()), given.get(given.len() / 2).copied().unwrap_or(0.0)))
}

/// Prints the tables, or one system in full.
pub fn quality(ask: &Ask<'_>) -> Done {
    let own = ask.rules.map(rules::load).transpose()?;
    let rules = own.as_ref().unwrap_or_else(|| telamon_data::rules());
    let mut groups: Vec<(String, Vec<Item>)> = Vec::new();
    for (title, folder) in [("incidents", "tests/incidents"), ("benchmark", "tests/benchmark")] {
        groups.push((title.to_owned(), load(&root().join(folder), rules)?));
    }
    for folder in ask.also {
        let name = folder.file_name().map_or("also".into(), |name| name.to_string_lossy().into_owned());
        groups.push((name, load(folder, rules)?));
    }
    if let Some(folder) = ask.write {
        std::fs::create_dir_all(folder).map_err(|error| Failure::cannot(format!("cannot make a folder: {error}")))?;
        for item in groups.iter().flat_map(|(_, items)| items) {
            let path = folder.join(format!("{}.json", item.name));
            std::fs::write(&path, item.predicted_json())
                .map_err(|error| Failure::cannot(format!("cannot write `{}`: {error}", path.display())))?;
        }
    }
    if let Some(wanted) = ask.show {
        let item = groups.iter().flat_map(|(_, items)| items).find(|item| item.name.starts_with(wanted));
        let item = item.ok_or_else(|| Failure::wrong(format!("there is no system `{wanted}`")))?;
        print!("{}", table::show(item));
        return Ok(());
    }
    for (title, items) in groups.iter().filter(|(_, items)| !items.is_empty()) {
        let rows: Vec<(&Item, Scores)> =
            items.iter().map(|item| (item, score(&item.expected, &item.predicted))).collect();
        let common: Vec<Scores> = items.iter().map(|item| floor_common(items, item)).collect();
        let lists: Vec<Scores> = items.iter().map(floor_lists).collect();
        print!("{}", table::group(title, &rows, &common, &lists));
    }
    Ok(())
}
