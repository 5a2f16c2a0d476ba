//! `telamon schema`, `completions` and `man`.

use crate::cli::{Cli, CompletionsArgs, ManArgs, SchemaArgs};
use crate::output::{Done, Output};
use clap::CommandFactory;

/// Prints a JSON Schema.
pub fn schema(args: &SchemaArgs, output: &Output) -> Done {
    match args.of.as_str() {
        "analysis" => output.print(&telamon_render::json::schema::render()),
        _ => output.print(&telamon_model::schema::schema(telamon_data::vocabulary())),
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

/// Prints a manual page.
pub fn man(args: &ManArgs, output: &Output) -> Done {
    let mut all = Cli::command();
    all.build();
    let command = match &args.command {
        None => all,
        Some(word) => {
            let Some(command) = all.find_subcommand(word) else {
                let names = all.get_subcommands().map(clap::Command::get_name);
                let hint = telamon_text::suggest::closest(word, names)
                    .map_or("`telamon help` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
                return Err(format!("there is no command `{word}`; {hint}").into());
            };
            command.clone().display_name(format!("telamon-{word}"))
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text).map_err(|error| error.to_string())?;
    output.print(&String::from_utf8_lossy(&text));
    Ok(true)
}
