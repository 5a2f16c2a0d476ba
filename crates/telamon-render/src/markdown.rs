//! The analysis as Markdown (CommonMark with tables), for merge requests,
//! wikis and documentation: verdict, matrix, a table of the threats, then
//! each threat with its path, controls and remedies.

mod escape;
mod threats;

use telamon_engine::analysis::{Analysis, Status, Threat};

use crate::filter::Selection;
use crate::words;
use escape::code;
pub(crate) use escape::text;

/// The report. What the selection hides is counted under the verdict.
pub fn render(analysis: &Analysis, selection: &Selection) -> String {
    let mut out = Vec::new();
    head(&mut out, analysis);
    verdict(&mut out, analysis, selection);
    threats::print(&mut out, analysis, selection);
    questions(&mut out, analysis);
    assumptions(&mut out, analysis);
    made(&mut out, analysis);
    let mut page = out.join("\n");
    page.push('\n');
    page
}

/// Starts a paragraph, list or table.
fn gap(out: &mut Vec<String>) {
    if out.last().is_some_and(|line| !line.is_empty()) {
        out.push(String::new());
    }
}

fn heading(out: &mut Vec<String>, level: usize, words: &str) {
    gap(out);
    out.push(format!("{} {words}", "#".repeat(level)));
    out.push(String::new());
}

fn head(out: &mut Vec<String>, analysis: &Analysis) {
    let model = &analysis.model;
    out.push(format!("# Threat model: {}", text(&model.system)));
    out.push(String::new());
    if !model.description.is_empty() {
        let stop = if model.description.ends_with(['.', '!', '?']) { "" } else { "." };
        out.push(format!("{}{stop}", text(&model.description)));
        out.push(String::new());
    }
    out.push(format!(
        "{}, {}, {} in {}, as of {}.",
        words::count(analysis.summary.components, "component"),
        words::count(analysis.summary.flows, "flow"),
        words::count(analysis.summary.zones, "zone"),
        code(&model.file),
        text(&analysis.as_of)
    ));
}

fn verdict(out: &mut Vec<String>, analysis: &Analysis, selection: &Selection) {
    let live: Vec<&Threat> = selection.matched.iter().copied().filter(|threat| words::is_live(threat.status)).collect();
    let mut sentences = Vec::new();
    if live.is_empty() {
        sentences.push("**No open threats.**".to_owned());
    } else {
        sentences.push(format!(
            "**{}:** {}.",
            words::count(live.len(), "open threat"),
            words::by_severity(&words::count_severities(&live))
        ));
    }
    let number = |status: Status| {
        let matched = selection.matched.iter();
        matched.filter(|threat| threat.status == status).count()
    };
    let parts: Vec<String> = [
        (Status::Planned, "planned"),
        (Status::Review, "to review"),
        (Status::Accepted, "accepted"),
        (Status::Transferred, "transferred"),
        (Status::Avoided, "avoided"),
        (Status::FalsePositive, "false positive"),
        (Status::Mitigated, "mitigated by controls in place"),
    ]
    .into_iter()
    .filter(|(status, _)| number(*status) > 0)
    .map(|(status, word)| format!("{} {word}", number(status)))
    .collect();
    if !parts.is_empty() {
        sentences.push(format!("By status: {}.", parts.join(", ")));
    }
    let hidden = selection.says();
    if !hidden.is_empty() {
        sentences.push(format!("Not shown: {}.", text(&hidden.join("; "))));
    }
    gap(out);
    out.push(sentences.join(" "));
    if !live.is_empty() {
        matrix(out, analysis, &live);
    }
}

/// Counts by impact and likelihood. A cell that stands for a critical or high
/// severity says so: Markdown has no colour.
fn matrix(out: &mut Vec<String>, analysis: &Analysis, live: &[&Threat]) {
    gap(out);
    out.push(format!("| impact | {} |", words::LIKELIHOODS.join(" | ")));
    out.push("| --- | ---: | ---: | ---: | ---: | ---: |".to_owned());
    let severities = &analysis.summary.matrix_severity;
    for ((row, severities), impact) in words::matrix(live).iter().zip(severities).zip(words::IMPACTS) {
        let cells: Vec<String> = row
            .iter()
            .zip(severities)
            .map(|(count, severity)| match count {
                0 => String::new(),
                count => format!("{count} {}", words::severity(*severity)),
            })
            .collect();
        out.push(format!("| {impact} | {} |", cells.join(" | ")));
    }
}

fn questions(out: &mut Vec<String>, analysis: &Analysis) {
    if analysis.questions.is_empty() {
        return;
    }
    heading(out, 2, "Questions, the answer that changes most first");
    for (index, question) in analysis.questions.iter().enumerate() {
        out.push(format!(
            "{}. {} ({} on {}, {})",
            index + 1,
            text(&question.ask),
            code(&question.key),
            code(&question.about),
            words::count(question.threats.len(), "threat")
        ));
    }
}

fn assumptions(out: &mut Vec<String>, analysis: &Analysis) {
    if analysis.assumptions.is_empty() {
        return;
    }
    heading(out, 2, "Assumptions");
    for assumption in &analysis.assumptions {
        out.push(format!("- {}", text(assumption)));
    }
}

/// What somebody needs to make the same report again.
fn made(out: &mut Vec<String>, analysis: &Analysis) {
    heading(out, 2, "How it was made");
    out.push(format!(
        "- {} {} on {}, digest {}",
        text(&analysis.tool.name),
        text(&analysis.tool.version),
        code(&analysis.model.file),
        code(&analysis.model.digest)
    ));
    out.push(format!(
        "- {}, digest {}; weights version {}",
        words::count(analysis.rules.count, "rule"),
        code(&analysis.rules.digest),
        text(&analysis.weights.version)
    ));
    let editions = words::editions(analysis);
    if !editions.is_empty() {
        out.push(format!("- {}", text(&editions.join(", "))));
    }
    let list = |ids: &[String]| {
        let ids: Vec<String> = ids.iter().map(|id| code(id)).collect();
        ids.join(", ")
    };
    if !analysis.rules.disabled.is_empty() {
        let ids = list(&analysis.rules.disabled);
        out.push(format!("- switched off: {ids}"));
    }
    if !analysis.rules.changed.is_empty() {
        let ids = list(&analysis.rules.changed);
        out.push(format!("- replaced: {ids}"));
    }
}

#[cfg(test)]
#[path = "markdown/tests.rs"]
mod tests;
