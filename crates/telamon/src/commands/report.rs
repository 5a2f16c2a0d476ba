//! `telamon report`: the page for a board, and documents by method.

use crate::cli::ReportArgs;
use crate::output::{Done, Failure, Output};
use crate::{input, rulebook, setup};
use telamon_engine::analysis::Analysis;
use telamon_render::filter::{self, Filter, Selection};
use telamon_render::html::{self, HtmlOptions, SameEntry};
use telamon_render::methods::{Method, MethodOptions};
use telamon_render::{
    diagram::{self, SvgOptions},
    layout::Pins,
};

/// Runs the command.
pub fn run(args: &ReportArgs, output: &Output) -> Done {
    let as_of = setup::date(args.as_of.as_deref())?;
    let persona = filter::persona(&args.persona)?;
    let html_wanted = match args.format.as_str() {
        "html" => true,
        "markdown" | "md" => false,
        other => return Err(format!("`{other}` is no format of a report; write `html` or `markdown`").into()),
    };
    let method = args
        .method
        .as_deref()
        .map(|word| {
            Method::from_word(word).ok_or_else(|| {
                format!("`{word}` is no method; one of: {}", Method::ALL.map(|(known, _)| known).join(", "))
            })
        })
        .transpose()?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, 5_000);
    let tactics = setup::tactics();
    let selection = Filter { persona: Some(persona), ..Filter::default() }.select(&analysis, &tactics);
    let command = command(args);
    let text = match (method, html_wanted) {
        (None, true) => {
            let template = args.template.as_deref().map(input::text).transpose()?;
            html(&analysis, &selection, template, &command, super::diagram::pins(&loaded)?)?
        }
        (None, false) => telamon_render::markdown::render(&analysis, &selection),
        (Some(method), _) => {
            let shown = narrowed(&analysis, &selection);
            let options = MethodOptions {
                command,
                lang: String::new(),
                same_entries: same_entries(),
                attributions: attributions(),
            };
            let document = method.document(&shown, &options);
            if html_wanted { document.to_html().map_err(|error| error.to_string())? } else { document.to_markdown() }
        }
    };
    loaded.keep(args.output.as_deref())?;
    output.write(args.output.as_deref(), &text)?;
    Ok(true)
}

fn command(args: &ReportArgs) -> String {
    let mut parts = vec!["telamon report".to_owned()];
    parts.extend(args.model.model.as_ref().map(|path| path.display().to_string()));
    parts.extend(args.method.as_ref().map(|method| format!("--method {method}")));
    if args.format != "html" {
        parts.push(format!("--format {}", args.format));
    }
    parts.extend(args.output.as_ref().map(|path| format!("-o {}", path.display())));
    parts.join(" ")
}

/// The analysis with the selected threats alone.
fn narrowed(analysis: &Analysis, selection: &Selection<'_>) -> Analysis {
    Analysis { threats: selection.shown.iter().map(|threat| (*threat).clone()).collect(), ..analysis.clone() }
}

/// The overview page of the selected threats.
pub fn html(
    analysis: &Analysis,
    selection: &Selection<'_>,
    template: Option<String>,
    command: &str,
    pins: Pins,
) -> Result<String, Failure> {
    let shown = narrowed(analysis, selection);
    let options = HtmlOptions {
        diagram_svg: Some(diagram::svg(&shown, &SvgOptions { pins, ..SvgOptions::default() })),
        template_override: template,
        command: command.to_owned(),
        lang: String::new(),
        tactics: setup::tactics(),
        same_entries: same_entries(),
        last_approval: None,
        attributions: attributions(),
    };
    html::render(&shown, &options).map_err(|error| Failure::Message(error.to_string()))
}

/// Entries of two editions that mean the same, by the crosswalks.
fn same_entries() -> Vec<SameEntry> {
    telamon_data::catalog()
        .crosswalks()
        .iter()
        .flat_map(|crosswalk| &crosswalk.rows)
        .filter(|row| row.relation.as_str() == "same")
        .filter_map(|row| {
            let to = row.to.as_ref()?;
            (row.from.framework == to.framework).then(|| SameEntry {
                framework: row.from.framework.clone(),
                one: (row.from.edition.clone(), row.from.id.clone()),
                other: (to.edition.clone(), to.id.clone()),
            })
        })
        .collect()
}

/// Whom the frameworks' licences ask to be named.
fn attributions() -> Vec<String> {
    let catalog = telamon_data::catalog();
    let mut list: Vec<String> = Vec::new();
    for (id, edition, _) in catalog.editions() {
        // Names of the big look-up lists appear only where a threat cites them; decoding them for a notice is not worth it.
        if matches!(id, "attack" | "cwe" | "stride" | "cia") {
            continue;
        }
        if let Some(framework) = catalog.get(id, Some(edition)) {
            let line = format!("{}: {}, {}", framework.name, framework.attribution, framework.licence);
            if !list.contains(&line) {
                list.push(line);
            }
        }
    }
    list
}
