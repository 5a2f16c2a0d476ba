//! The analysis for a person at a terminal: the verdict on one screen, then
//! the threats to act on, then what to ask and do next.

mod after;
mod groups;
mod text;
mod threat;
mod verdict;

use telamon_engine::analysis::{Analysis, Status, Threat};

pub use groups::GroupBy;

use crate::filter::{Selection, Tactics};
use crate::words;
use text::Paint;

/// Threats printed in full where the user named no number.
pub const DEFAULT_BLOCKS: usize = 10;

/// How the report is printed.
#[derive(Debug, Clone)]
pub struct TerminalOptions {
    /// Columns to fill; narrower than 40 is treated as 40. The matrix takes 66.
    pub width: usize,
    /// Severity words and numbers in colour.
    pub color: bool,
    /// Every path, factor and control, mitigated threats and coverage.
    pub verbose: bool,
    /// One line for each threat and nothing else.
    pub quiet: bool,
    /// A table of groups in place of the threats in full.
    pub group_by: Option<GroupBy>,
    /// The model as the user named it, for the commands to try next; taken
    /// from the analysis where it is not given.
    pub model: Option<String>,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { width: 80, color: false, verbose: false, quiet: false, group_by: None, model: None }
    }
}

/// Everything that a part of the report needs to print itself.
struct Page<'a> {
    analysis: &'a Analysis,
    selection: &'a Selection<'a>,
    tactics: &'a Tactics,
    options: &'a TerminalOptions,
    paint: Paint,
    width: usize,
    lines: Vec<String>,
}

impl Page<'_> {
    fn line(&mut self, line: impl Into<String>) {
        // Padding before an empty cell must not leave blanks at the end.
        self.lines.push(line.into().trim_end().to_owned());
    }

    /// An empty line between two parts, never two in a row or at the top.
    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }
}

/// Prints the selected threats with what surrounds them, each line ended by
/// a line feed.
pub fn render(analysis: &Analysis, selection: &Selection, tactics: &Tactics, options: &TerminalOptions) -> String {
    let mut page = Page {
        analysis,
        selection,
        tactics,
        options,
        paint: Paint::new(options.color),
        width: options.width.max(40),
        lines: Vec::new(),
    };
    if options.quiet {
        quiet(&mut page);
    } else {
        verdict::print(&mut page);
        match options.group_by {
            Some(group_by) => groups::print(&mut page, group_by),
            None => threats(&mut page),
        }
        after::print(&mut page);
    }
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    let mut out = page.lines.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// One line for each live threat: severity, id, title, never wrapped, so that
/// other line-based tools can work on it.
fn quiet(page: &mut Page) {
    let threats = live(page.selection);
    let widest = threats.iter().map(|threat| text::width(&words::plain(&threat.id))).max().unwrap_or(0);
    for threat in threats {
        let severity = words::effective(threat);
        let word = text::pad(words::severity(severity), 8);
        let line = format!(
            "{}  {}  {}",
            page.paint.severity(severity, &word),
            text::pad(&words::plain(&threat.id), widest),
            words::plain(&threat.title)
        );
        page.line(line);
    }
}

fn threats(page: &mut Page) {
    let live = live(page.selection);
    let whole = page.options.verbose || page.selection.filter.top.is_some();
    let limit = if whole { usize::MAX } else { DEFAULT_BLOCKS };
    for threat in live.iter().take(limit) {
        page.gap();
        threat::print(page, threat);
    }
    let settled: Vec<&Threat> =
        page.selection.shown.iter().copied().filter(|threat| !words::is_live(threat.status)).collect();
    threat::print_settled(page, &settled);
    folded(page, live.get(limit..).unwrap_or_default(), &settled);
}

/// What was matched but is not printed, with the option that prints it.
fn folded(page: &mut Page, more: &[&Threat], settled: &[&Threat]) {
    let mut parts = Vec::new();
    if !more.is_empty() {
        parts.push(format!(
            "… and {} ({}): --top {}",
            words::count(more.len(), "more open threat"),
            words::by_severity(&words::count_severities(more)),
            page.selection.shown.len() - settled.len()
        ));
    }
    let mitigated = settled.iter().filter(|threat| threat.status == Status::Mitigated).count();
    if mitigated > 0 && !page.options.verbose {
        parts.push(format!("{mitigated} mitigated, folded: --verbose"));
    }
    page.gap();
    for line in text::join(&parts, text::Glue::Dot, page.width) {
        page.line(line);
    }
}

fn live<'a>(selection: &Selection<'a>) -> Vec<&'a Threat> {
    selection.shown.iter().copied().filter(|threat| words::is_live(threat.status)).collect()
}

#[cfg(test)]
#[path = "terminal/tests.rs"]
mod tests;
