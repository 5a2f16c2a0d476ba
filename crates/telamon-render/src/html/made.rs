//! How the report was made.

use serde::Serialize;

use super::HtmlOptions;
use super::names::Names;
use super::rich::{self, Rich};
use super::scope;
use super::threats::{Fact, fact};
use crate::words;

/// The section.
#[derive(Debug, Serialize)]
pub struct Made {
    facts: Vec<Fact>,
    note: String,
}

/// Builds the section.
pub fn made(names: &Names, options: &HtmlOptions) -> Made {
    let analysis = names.analysis;
    let rules = &analysis.rules;
    let tool = Rich::of(format!(
        "{} {}, {}, {} found; rules ",
        rich::capital(&analysis.tool.name),
        analysis.tool.version,
        words::count(rules.count, "rule"),
        words::count(analysis.threats.len(), "threat"),
    ))
    .code(scope::digest(&rules.digest));
    let model = Rich::new().code(&analysis.model.file).text(", ").code(scope::digest(&analysis.model.digest));
    let weights =
        Rich::of(format!("version {}, ", analysis.weights.version)).code(scope::digest(&analysis.weights.digest));
    let facts = [
        fact("Tool", vec![tool]),
        fact("Model", vec![model]),
        fact("As of", vec![Rich::new().date(&analysis.as_of)]),
        fact("Editions", vec![Rich::of(words::editions(analysis).join("; "))]),
        fact("Weights", vec![weights]),
        fact("Command", vec![Rich::new().code(&options.command)]),
        fact("Remarks", remarks(names)),
    ];
    Made { facts: facts.into_iter().flatten().collect(), note: note(names, options) }
}

/// Errors and warnings about the model.
fn remarks(names: &Names) -> Vec<Rich> {
    names
        .analysis
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let line = Rich::of(format!("{}: ", diagnostic.severity)).then(rich::prose(&diagnostic.message, &[]));
            match &diagnostic.location {
                Some(place) => line.text(", ").code(format!("{}:{}", place.file, place.line)),
                None => line,
            }
        })
        .collect()
}

fn note(names: &Names, options: &HtmlOptions) -> String {
    let tested = names.analysis.threats.iter().any(|threat| !threat.evidence.is_empty());
    let mut sentences = vec![
        "Severities come from a table of weights, which is declared judgement.".to_owned(),
        if tested {
            "A path supports a threat and proves nothing; what was tested is named with the threat."
        } else {
            "A path supports a threat and proves nothing; no test was run."
        }
        .to_owned(),
    ];
    sentences.extend(options.attributions.iter().map(|notice| words::plain(notice)));
    sentences.join(" ")
}
