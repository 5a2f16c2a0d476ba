//! `telamon questions`: what the model does not say, most weighty first.

use crate::cli::QuestionsArgs;
use crate::output::{Done, Output};
use crate::{input, rulebook, setup};
use std::fmt::Write as _;

/// Runs the command.
pub fn run(args: &QuestionsArgs, output: &Output) -> Done {
    let as_of = setup::date(None)?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, 2_000);
    if args.format == "json" {
        let text = serde_json::to_string_pretty(&analysis.questions).map_err(|error| error.to_string())?;
        output.print(&format!("{text}\n"));
        return Ok(true);
    }
    if analysis.questions.is_empty() {
        output.line("the model answers every question that would change a severity");
        return Ok(true);
    }
    let mut text = String::new();
    for (number, question) in analysis.questions.iter().enumerate() {
        let _ = writeln!(text, "{:>2}  {}", number + 1, question.ask);
        if !question.add.is_empty() {
            let _ = writeln!(text, "    if so, add  {}", question.add);
        }
        let shown: Vec<&str> = question.threats.iter().take(3).map(String::as_str).collect();
        let more = question.threats.len() - shown.len();
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "    changes     {}{tail}\n", shown.join(", "));
    }
    output.print(&text);
    Ok(true)
}
