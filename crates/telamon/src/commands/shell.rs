//! `telamon schema`, `completions` and `man`.

use crate::cli::{Cli, CompletionsArgs, SchemaArgs};
use crate::output::{Done, Output};
use clap::CommandFactory;

/// Prints a JSON Schema.
pub fn schema(args: &SchemaArgs, output: &Output) -> Done {
    match args.of.as_str() {
        "model" => output.print(&telamon_model::schema::schema(telamon_data::vocabulary())),
        "analysis" => output.print(&telamon_render::json::schema::render()),
        other => return Err(format!("there is no schema of `{other}`; write `model` or `analysis`").into()),
    }
    Ok(true)
}

/// Prints completions.
pub fn completions(args: &CompletionsArgs, output: &Output) -> Done {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "telamon", &mut text);
    output.print(&String::from_utf8_lossy(&text));
    Ok(true)
}

/// Prints the manual page.
pub fn man(output: &Output) -> Done {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text).map_err(|error| error.to_string())?;
    output.print(&String::from_utf8_lossy(&text));
    Ok(true)
}
