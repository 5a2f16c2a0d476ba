//! What follows the threats: coverage and access where a part was asked for,
//! the questions that matter, the commands to try next.

use std::collections::{BTreeMap, BTreeSet};

use telamon_engine::analysis::{Coverage, Question};

use super::Page;
use super::text::{self, Glue};
use crate::words;

/// Coverage is listed in full up to this many entries; beyond, counted.
const LISTED: usize = 40;
/// Questions printed where the user asked for no more.
const QUESTIONS: usize = 3;

pub fn print(page: &mut Page) {
    coverage(page);
    if page.selection.filter.tactic.is_some() || page.options.verbose {
        surface(page);
    }
    questions(page);
    next(page);
}

/// What became of each entry of the framework or tactic that was asked for,
/// the ones ruled out with the reason.
fn coverage(page: &mut Page) {
    let filter = &page.selection.filter;
    let Some((heading, entries)) = asked(page) else {
        return;
    };
    if entries.is_empty() {
        return;
    }
    page.gap();
    let heading = page.paint.strong(&words::plain(&heading));
    if entries.len() > LISTED && !page.options.verbose && filter.tactic.is_none() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &entries {
            *counts.entry(&entry.state).or_insert(0) += 1;
        }
        let parts: Vec<String> =
            counts.into_iter().map(|(state, number)| format!("{} {number}", words::spoken(state))).collect();
        page.line(format!("{heading}: {}", parts.join(", ")));
        return;
    }
    page.line(heading);
    let id = widest(entries.iter().map(|entry| entry.id.as_str()));
    let state = widest(entries.iter().map(|entry| entry.state.as_str()));
    let lead = 2 + id + 2 + state + 2;
    for entry in entries {
        let name = words::plain(&entry.name);
        let says = if entry.because.is_empty() { name } else { format!("{name}: {}", words::plain(&entry.because)) };
        let first = format!(
            "  {}  {}  ",
            text::pad(&words::plain(&entry.id), id),
            text::pad(&words::spoken(&entry.state), state)
        );
        hang(page, &first, lead, &says);
    }
}

/// The entries of the framework edition, or of the techniques of the tactic.
fn asked<'a>(page: &Page<'a>) -> Option<(String, Vec<&'a Coverage>)> {
    let filter = &page.selection.filter;
    let analysis = page.analysis;
    if let Some(tactic) = &filter.tactic {
        let entries = analysis.coverage.iter().filter(|entry| page.tactics.of(&entry.id).contains(tactic)).collect();
        let name = page.tactics.name(tactic).unwrap_or_default();
        return Some((format!("{tactic} {name}"), entries));
    }
    let framework = filter.framework.as_ref()?;
    let edition = framework.edition.as_deref().or_else(|| words::default_edition(analysis, &framework.id))?;
    let entries =
        analysis.coverage.iter().filter(|entry| entry.framework == framework.id && entry.edition == edition).collect();
    Some((format!("{} {edition}", words::framework(&framework.id)), entries))
}

/// Who can touch training data, models, interfaces and tools, by which way.
fn surface(page: &mut Page) {
    let analysis = page.analysis;
    if analysis.attack_surface.is_empty() {
        return;
    }
    page.gap();
    let heading = page.paint.strong("who can touch what");
    page.line(heading);
    let what = widest(analysis.attack_surface.iter().map(|part| part.what.as_str()));
    let lead = 2 + what + 2;
    for part in &analysis.attack_surface {
        let first = format!("  {}  ", text::pad(&words::spoken(&part.what), what));
        let says = format!("{}: {}", words::plain(&part.component), words::plain(&part.who.join(", ")));
        hang(page, &first, lead, &says);
        for way in &part.ways {
            let hops: Vec<String> = way.split(" -> ").map(words::plain).collect();
            let limit = page.width.saturating_sub(lead).max(20);
            for line in text::join(&hops, Glue::Arrow, limit) {
                let line = page.paint.quiet(&line);
                page.line(format!("{}{line}", " ".repeat(lead)));
            }
        }
    }
}

fn questions(page: &mut Page) {
    let analysis = page.analysis;
    let mut asked: Vec<&Question> = analysis.questions.iter().collect();
    if page.selection.unmatched > 0 {
        let ids: BTreeSet<&str> = page.selection.matched.iter().map(|threat| threat.id.as_str()).collect();
        asked.retain(|question| question.threats.iter().any(|id| ids.contains(id.as_str())));
    }
    if !page.options.verbose {
        asked.truncate(QUESTIONS);
    }
    if asked.is_empty() {
        return;
    }
    page.gap();
    let heading = match asked.len() {
        1 => "1 answer would change the most".to_owned(),
        many => format!("{many} answers would change the most"),
    };
    let heading = page.paint.strong(&heading);
    page.line(heading);
    let about = widest(asked.iter().map(|question| question.about.as_str()));
    for question in asked {
        let first = format!("  {}  ", text::pad(&words::plain(&question.about), about));
        hang(page, &first, about + 4, &words::plain(&question.ask));
        if page.options.verbose {
            for line in question.add.lines() {
                let line = page.paint.quiet(&words::plain(line));
                page.line(format!("{}{line}", " ".repeat(about + 4)));
            }
        }
    }
}

fn next(page: &mut Page) {
    let model = shell_word(&page.options.model.clone().unwrap_or_else(|| {
        let file = &page.analysis.model.file;
        match file.strip_suffix("telamon.yaml") {
            Some("") => ".".to_owned(),
            Some(folder) => folder.trim_end_matches('/').to_owned(),
            None => file.clone(),
        }
    }));
    let mut commands = Vec::new();
    if let Some(first) = page.selection.shown.first() {
        commands.push(format!("telamon explain {} {model}", shell_word(&first.id)));
    }
    commands.push(format!("telamon report {model} -o report.html"));
    page.gap();
    let remarks: Vec<String> = ["error", "warning", "note"]
        .into_iter()
        .filter_map(|word| {
            let diagnostics = page.analysis.diagnostics.iter();
            let number = diagnostics.filter(|one| one.severity == word).count();
            (number > 0).then(|| words::count(number, word))
        })
        .collect();
    if !remarks.is_empty() {
        page.line(format!("{} about the model: telamon check {model}", remarks.join(", ")));
    }
    for (index, command) in commands.into_iter().enumerate() {
        let lead = if index == 0 { "next: " } else { "      " };
        page.line(format!("{lead}{command}"));
    }
}

/// A word that a shell reads back as it is.
fn shell_word(word: &str) -> String {
    let word = words::plain(word);
    let safe = |letter: char| letter.is_alphanumeric() || "-_./@:+,".contains(letter);
    if !word.is_empty() && word.chars().all(safe) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Text that hangs behind a first column.
fn hang(page: &mut Page, first: &str, lead: usize, says: &str) {
    let limit = page.width.saturating_sub(lead).max(20);
    for (index, line) in text::wrap(says, limit).into_iter().enumerate() {
        if index == 0 {
            page.line(format!("{first}{line}"));
        } else {
            page.line(format!("{}{line}", " ".repeat(lead)));
        }
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text::width(&words::plain(text))).max().unwrap_or(0)
}
