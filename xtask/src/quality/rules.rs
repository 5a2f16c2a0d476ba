//! Rules from a folder, so that a change shows its effect without a build.

use super::item::analyzed;
use crate::run::Failure;
use std::fs;
use std::path::Path;
use telamon_engine::analysis::Status;
use telamon_rules::rule::Examples;
use telamon_rules::{RuleSet, read_rules};
use telamon_text::report::{self, RenderOptions};
use telamon_text::{Diagnostic, Sources};

/// Reads all rule files of a folder; what is wrong with one, or an example that fails, is printed.
pub fn load(folder: &Path) -> Result<RuleSet, Failure> {
    let cannot = |error: std::io::Error| Failure::cannot(format!("cannot read `{}`: {error}", folder.display()));
    let mut files: Vec<_> =
        fs::read_dir(folder).map_err(cannot)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    let sources = Sources::new();
    let mut set = RuleSet::default();
    let mut examples: Vec<Examples> = Vec::new();
    let mut wrong: Vec<Diagnostic> = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(cannot)?;
        let source = sources.add(path.display().to_string(), text);
        let file = read_rules(&sources, source, telamon_data::vocabulary());
        wrong.extend(file.diagnostics);
        set.rules.extend(file.rules);
        examples.extend(file.examples);
    }
    set.rules.sort_by(|a, b| a.id.cmp(&b.id));
    for pair in set.rules.windows(2) {
        if let [one, other] = pair
            && one.id == other.id
        {
            wrong.push(Diagnostic::error("duplicate-id", format!("the rule `{}` is written twice", one.id)));
        }
    }
    if telamon_text::has_errors(&wrong) {
        let options = RenderOptions { color: false, width: 120, limit: 20 };
        return Err(Failure::wrong(report::render(&sources, &wrong, &options)));
    }
    for example in &examples {
        if !open(&set, &example.rule, &example.fires)? {
            eprintln!("{}: silent on its `fires` example", example.rule);
        }
        if open(&set, &example.rule, &example.silent)? {
            eprintln!("{}: open on its `silent` example", example.rule);
        }
    }
    Ok(set)
}

fn open(set: &RuleSet, rule: &str, model: &str) -> Result<bool, Failure> {
    let analysis = analyzed(&format!("example of {rule}"), model.to_owned(), set)?;
    Ok(analysis.threats.iter().any(|threat| threat.rule == rule && threat.status != Status::Mitigated))
}
