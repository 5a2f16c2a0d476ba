//! `telamon kinds` and `telamon controls`.

use crate::cli::WordsArgs;
use crate::output::{Done, Failure, Output};
use std::fmt::Write as _;

fn as_json(args: &WordsArgs) -> Result<bool, Failure> {
    match args.format.as_str() {
        "text" => Ok(false),
        "json" => Ok(true),
        other => Err(format!("`{other}` is no format; write `text` or `json`").into()),
    }
}

fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The tree of kinds.
pub fn kinds(args: &WordsArgs, output: &Output) -> Done {
    let kinds = telamon_data::kinds();
    if as_json(args)? {
        output.print(&pretty(&kinds.kinds));
        return Ok(true);
    }
    let word = args.word.as_deref().unwrap_or("").to_lowercase();
    let wanted = |kind: &telamon_catalog::Kind| {
        word.is_empty() || kind.id.contains(&word) || kind.line.to_lowercase().contains(&word)
    };
    let mut text = String::new();
    for root in kinds.kinds.iter().filter(|kind| kind.parent.is_none()) {
        tree(root, 0, &wanted, &mut text);
    }
    if text.is_empty() {
        return Err(format!("no kind has `{word}` in its id or line; `telamon kinds` lists all").into());
    }
    output.print(&text);
    Ok(true)
}

fn tree(kind: &telamon_catalog::Kind, depth: usize, wanted: &dyn Fn(&telamon_catalog::Kind) -> bool, text: &mut String) {
    let kinds = telamon_data::kinds();
    let children = kinds.children(&kind.id);
    let mut below = String::new();
    for child in &children {
        tree(child, depth + 1, wanted, &mut below);
    }
    if wanted(kind) || !below.is_empty() {
        let stride = telamon_data::vocabulary()
            .kind(&kind.id)
            .and_then(|at| telamon_data::vocabulary().kinds.get(usize::from(at)))
            .map(|kind| kind.stride.iter().filter_map(|word| word.chars().next()).collect::<String>().to_uppercase())
            .unwrap_or_default();
        let name = format!("{}{}", "  ".repeat(depth), kind.id);
        let _ = writeln!(text, "{name:<28} {stride:<7} {}", kind.line);
        if let Some(which) = &kind.which {
            let _ = writeln!(text, "{:<28} {:<7} which one? {which}", "", "");
        }
    }
    text.push_str(&below);
}

/// The controls.
pub fn controls(args: &WordsArgs, output: &Output) -> Done {
    let controls = telamon_data::controls();
    if as_json(args)? {
        output.print(&pretty(&controls.controls));
        return Ok(true);
    }
    let word = args.word.as_deref().unwrap_or("").to_lowercase();
    let mut text = String::new();
    for control in &controls.controls {
        let says = control.line.to_lowercase();
        if word.is_empty() || control.id.contains(&word) || says.contains(&word) {
            let _ = writeln!(text, "{:<28} {:<9} {}", control.id, control.effect, control.line);
        }
    }
    if text.is_empty() {
        return Err(format!("no control has `{word}` in its id or line; `telamon controls` lists all").into());
    }
    output.print(&text);
    Ok(true)
}
