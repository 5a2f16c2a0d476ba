//! `telamon kinds` and `telamon controls`.

use crate::cli::WordsArgs;
use crate::output::{Done, Output};
use crate::page::Page;
use telamon_catalog::Kind;

/// Columns of ids.
const IDS: usize = 29;

fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The tree of kinds.
pub fn kinds(args: &WordsArgs, output: &Output) -> Done {
    let kinds = telamon_data::kinds();
    if args.format == "json" {
        output.print(&pretty(&kinds.kinds));
        return Ok(true);
    }
    let word = args.word.as_deref().unwrap_or("").to_lowercase();
    let wanted = |kind: &Kind| word.is_empty() || kind.id.contains(&word) || kind.line.to_lowercase().contains(&word);
    let mut lines = Vec::new();
    for root in kinds.kinds.iter().filter(|kind| kind.parent.is_none()) {
        tree(root, 0, &wanted, &mut lines);
    }
    if lines.is_empty() {
        return Err(format!("no kind has `{word}` in its id or line; `telamon kinds` lists all").into());
    }
    let mut page = Page::new(output.width);
    for (depth, kind) in lines {
        page.aligned(&format!("{}{}", "  ".repeat(depth), kind.id), IDS, &format!("{}  {}", letters(kind), kind.line));
        if let Some(which) = &kind.which {
            page.aligned("", IDS, &format!("which one? {which}"));
        }
    }
    output.print(&page.finish());
    Ok(true)
}

/// Kinds that are wanted, with those above them, in the order of the tree.
fn tree<'k>(kind: &'k Kind, depth: usize, wanted: &dyn Fn(&Kind) -> bool, lines: &mut Vec<(usize, &'k Kind)>)
where
    'static: 'k,
{
    let mut below = Vec::new();
    for child in telamon_data::kinds().children(&kind.id) {
        tree(child, depth + 1, wanted, &mut below);
    }
    if wanted(kind) || !below.is_empty() {
        lines.push((depth, kind));
    }
    lines.append(&mut below);
}

/// The first letters of the STRIDE words of a kind.
fn letters(kind: &Kind) -> String {
    let vocabulary = telamon_data::vocabulary();
    let word = vocabulary.kind(&kind.id).and_then(|at| vocabulary.kinds.get(usize::from(at)));
    let letters = word.map(|word| word.stride.iter().filter_map(|word| word.chars().next()).collect::<String>());
    letters.unwrap_or_default().to_uppercase()
}

/// The controls.
pub fn controls(args: &WordsArgs, output: &Output) -> Done {
    let controls = telamon_data::controls();
    if args.format == "json" {
        output.print(&pretty(&controls.controls));
        return Ok(true);
    }
    let word = args.word.as_deref().unwrap_or("").to_lowercase();
    let mut page = Page::new(output.width);
    let mut found = false;
    for control in &controls.controls {
        if word.is_empty() || control.id.contains(&word) || control.line.to_lowercase().contains(&word) {
            page.aligned(&control.id, IDS, &format!("{}: {}", control.effect, control.line));
            found = true;
        }
    }
    if !found {
        return Err(format!("no control has `{word}` in its id or line; `telamon controls` lists all").into());
    }
    output.print(&page.finish());
    Ok(true)
}
