//! `telamon init`: a first model, by asking five questions or from a template.

use crate::cli::InitArgs;
use crate::input;
use crate::output::{Done, Failure, Output};
use std::io::BufRead;
use std::path::Path;
use telamon_model::NoLoader;
use telamon_text::yaml::Limits;

/// Name, when it fits, and the model.
const TEMPLATES: [(&str, &str, &str); 7] = [
    ("rag", "answers from documents or a knowledge base", include_str!("../../../../examples/templates/rag.yaml")),
    (
        "classifier",
        "sorts, scores or ranks what comes in",
        include_str!("../../../../examples/templates/classifier.yaml"),
    ),
    ("agent", "calls tools and acts", include_str!("../../../../examples/templates/agent.yaml")),
    (
        "mcp",
        "uses or offers tools by the Model Context Protocol",
        include_str!("../../../../examples/templates/mcp.yaml"),
    ),
    (
        "training-pipeline",
        "trains and releases a model",
        include_str!("../../../../examples/templates/training-pipeline.yaml"),
    ),
    (
        "fine-tuning",
        "tunes somebody's model on own data",
        include_str!("../../../../examples/templates/fine-tuning.yaml"),
    ),
    ("edge", "runs a model on a device or at the edge", include_str!("../../../../examples/templates/edge.yaml")),
];

/// Runs the command.
pub fn run(args: &InitArgs, output: &Output) -> Done {
    let folder = args.folder.as_deref().or(args.output.as_deref()).unwrap_or_else(|| Path::new("."));
    let path = folder.join("telamon.yaml");
    if path.exists() && !args.force {
        return Err(format!("`{}` is there already; `--force` replaces it", path.display()).into());
    }
    let text = match &args.template {
        Some(word) => filled(template(word)?, args.name.as_deref().unwrap_or("My system")),
        None => asked(args, output)?,
    };
    let reading = telamon_model::read(
        "telamon.yaml",
        text.clone(),
        telamon_data::vocabulary(),
        &mut NoLoader,
        &Limits::default(),
    );
    if reading.has_errors() {
        input::say(&reading.sources, &reading.diagnostics, output);
        return Err("the model that was made has errors; please report this".into());
    }
    std::fs::create_dir_all(folder).map_err(|error| format!("cannot make `{}`: {error}", folder.display()))?;
    std::fs::write(&path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))?;
    output.line(&format!(
        "wrote {}\nnext: telamon check {f}, then telamon analyze {f}",
        path.display(),
        f = folder.display()
    ));
    Ok(true)
}

fn template(word: &str) -> Result<&'static str, Failure> {
    TEMPLATES.iter().find(|(name, _, _)| *name == word).map(|(_, _, text)| *text).ok_or_else(|| {
        let near = telamon_text::suggest::closest(word, TEMPLATES.map(|(name, _, _)| name));
        let hint = near.map_or_else(
            || format!("one of: {}", TEMPLATES.map(|(name, _, _)| name).join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        format!("there is no template `{word}`; {hint}").into()
    })
}

/// The template with the name of the system; quotes in the name are escaped as JSON does, which YAML reads too.
fn filled(template: &str, name: &str) -> String {
    let quoted = serde_json::to_string(name).unwrap_or_else(|_| "\"My system\"".to_owned());
    template.replace("\"{system}\"", &quoted).replace("{system}", name)
}

fn ask(question: &str, output: &Output) -> Result<String, Failure> {
    output.print(&format!("{question} "));
    let mut line = String::new();
    let read =
        std::io::stdin().lock().read_line(&mut line).map_err(|error| format!("cannot read the answer: {error}"))?;
    if read == 0 {
        return Err("no answer; `telamon init --template rag` asks nothing".into());
    }
    Ok(line.trim().to_owned())
}

/// Asks until the answer is one of the numbers or words; an empty answer is the first.
fn choose(question: &str, choices: &[(&str, &str)], output: &Output) -> Result<usize, Failure> {
    output.line(&format!("\n{question}"));
    for (number, (word, says)) in choices.iter().enumerate() {
        output.line(&format!("  {}  {word:<18} {says}", number + 1));
    }
    loop {
        let answer = ask(&format!("[1-{}]", choices.len()), output)?;
        if answer.is_empty() {
            return Ok(0);
        }
        let chosen = answer
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1))
            .filter(|at| *at < choices.len())
            .or_else(|| choices.iter().position(|(word, _)| *word == answer));
        match chosen {
            Some(at) => return Ok(at),
            None => output.line(&format!("write a number from 1 to {}", choices.len())),
        }
    }
}

fn asked(args: &InitArgs, output: &Output) -> Result<String, Failure> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask("What is the system called?", output)?,
    };
    let name = if name.is_empty() { "My system".to_owned() } else { name };
    let shapes: Vec<(&str, &str)> = TEMPLATES.iter().map(|(word, says, _)| (*word, *says)).collect();
    let shape = choose("What does it do most of all?", &shapes, output)?;
    let stage = choose(
        "How far is it?",
        &[("design", "on paper"), ("build", "being built"), ("production", "in use"), ("idea", "an idea")],
        output,
    )?;
    let critical = choose(
        "What would a bad failure cost?",
        &[
            ("moderate", "trouble and money"),
            ("low", "little"),
            ("high", "customers, fines or health"),
            ("critical", "the business"),
        ],
        output,
    )?;
    let owner = ask("\nWhich role answers for it (empty: leave open)?", output)?;
    let mut text = filled(TEMPLATES.get(shape).map_or("", |(_, _, text)| *text), &name);
    let stage = ["design", "build", "production", "idea"].get(stage).copied().unwrap_or("design");
    let critical = ["moderate", "low", "high", "critical"].get(critical).copied().unwrap_or("moderate");
    text = set(&text, "lifecycle", stage);
    text = set_criticality(&text, critical);
    if !owner.is_empty() {
        text = set(&text, "owner", &serde_json::to_string(&owner).unwrap_or_default());
    }
    Ok(text)
}

/// Sets a key at the top of the file: replaces its line, or adds one below `system:`.
fn set(text: &str, key: &str, value: &str) -> String {
    let mut done = false;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with(&format!("{key}:")) {
            lines.push(format!("{key}: {value}"));
            done = true;
        } else {
            lines.push(line.to_owned());
        }
    }
    if !done && let Some(at) = lines.iter().position(|line| line.starts_with("system:")) {
        lines.insert(at + 1, format!("{key}: {value}"));
    }
    lines.join("\n") + "\n"
}

fn set_criticality(text: &str, word: &str) -> String {
    const KEY: &str = "criticality:";
    if let Some(at) = text.find(KEY) {
        let from = at + KEY.len();
        let rest = text.get(from..).unwrap_or("");
        let blank = rest.len() - rest.trim_start().len();
        let end = rest.trim_start().find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
        return format!("{} {word}{}", text.get(..from).unwrap_or(""), rest.get(blank + end..).unwrap_or(""));
    }
    set(text, "business", &format!("{{ criticality: {word} }}"))
}
