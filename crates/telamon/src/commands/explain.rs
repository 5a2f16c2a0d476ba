//! `telamon explain`: any id that the program knows.

mod entry;
mod threat;
mod words;

use super::{official, rules};
use crate::cli::ExplainArgs;
use crate::output::{Done, Failure, Output};
use crate::page::Page;
use crate::rulebook;
use telamon_rules::RuleSet;
use telamon_text::suggest;

/// Runs the command.
pub fn run(args: &ExplainArgs, output: &Output) -> Done {
    if args.why_not {
        output.print(&threat::why_not(args, output)?);
        return Ok(true);
    }
    let id = args.id.as_str();
    let framework = telamon_data::catalog().by_key(id);
    if framework.is_none() && (id.starts_with("own:") || id.contains('@') && !id.contains('/')) {
        output.print(&threat::of_model(args, output)?);
        return Ok(true);
    }
    let (set, _) = rulebook::rules(&args.model.rules, output)?;
    let mut pages = Vec::new();
    if let Some(rule) = set.get(id) {
        pages.push(rules::explain(rule, output.width));
    }
    pages.extend(words::all(id, &set, output.width));
    if let Some(framework) = framework {
        pages.push(entry::of_framework(framework, output.width));
    }
    pages.extend(entry::all(id, &set, output.width));
    if pages.is_empty() {
        pages = official::unknown(id, output.width);
    }
    if pages.is_empty() {
        return Err(unknown(id, &set));
    }
    output.print(&pages.join("\n"));
    Ok(true)
}

/// What to say of an id that nothing has.
fn unknown(id: &str, set: &RuleSet) -> Failure {
    let catalog = telamon_data::catalog();
    let mut names: Vec<&str> = set.rules.iter().map(|rule| rule.id.as_str()).collect();
    names.extend(telamon_data::kinds().kinds.iter().map(|kind| kind.id.as_str()));
    names.extend(telamon_data::controls().controls.iter().map(|control| control.id.as_str()));
    names.extend(crate::codes::CODES.iter().map(|(code, _, _)| *code));
    names.extend(catalog.framework_ids());
    names.extend(telamon_model::vocabulary::LABELS);
    if let Some(near) = suggest::closest(id, names) {
        return format!("nothing is called `{id}`; did you mean `{near}`?").into();
    }
    // An id may be right but for its edition.
    if let Some((bare, _)) = id.split_once(':')
        && let Some(entry) = catalog.find(bare, None, None)
    {
        let editions: Vec<String> = catalog.find_all(bare, None, None).iter().map(|entry| entry.citation()).collect();
        return format!(
            "{} has no edition in which `{id}` is an id; there is {}",
            entry.framework.name,
            editions.join(", ")
        )
        .into();
    }
    format!(
        "nothing is called `{id}`: no framework id, rule, control, kind, key, label or message; \
         `telamon catalog search` finds entries by words"
    )
    .into()
}

/// A page with its heading.
fn page(width: usize, heading: &str) -> Page {
    let mut page = Page::new(width);
    page.line(heading);
    page
}
