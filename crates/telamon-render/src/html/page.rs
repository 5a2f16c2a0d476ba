//! Everything that the template is given.

use serde::Serialize;
use telamon_engine::analysis::Analysis;

use super::contents::{Contents, Entry};
use super::coverage::Tactics;
use super::first::First;
use super::lists::Section;
use super::made::Made;
use super::matrix::Matrices;
use super::names::Names;
use super::rich::Rich;
use super::scope::Scope;
use super::stride::Stride;
use super::threats::Threats;
use super::verdict::{Verdict, number_word};
use super::{
    HtmlOptions, assets, coverage, decisions, first, lists, made, matrix, scope, stride, surface, threats, verdict,
};
use crate::words;

/// The values of the template, in reading order.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    lang: &'a str,
    generator: String,
    system: String,
    as_of: &'a str,
    owner: String,
    description: String,
    contents: Vec<Entry>,
    verdict: Verdict,
    first_heading: String,
    first: Vec<First>,
    scope: Option<Scope>,
    diagram: Option<String>,
    matrix: Option<Matrices>,
    likelihoods: [&'static str; 5],
    threats: Option<Threats>,
    surface: Vec<surface::Row>,
    tactics: Vec<Tactics>,
    stride: Option<Stride>,
    lists: Vec<Section>,
    incidents: Vec<assets::Incident>,
    assets: Vec<assets::Row>,
    decisions: Vec<decisions::Row>,
    assumptions: Vec<Rich>,
    questions: Vec<decisions::Asked>,
    made: Made,
}

impl<'a> Page<'a> {
    /// Computes what the report says.
    pub fn new(analysis: &'a Analysis, options: &'a HtmlOptions) -> Self {
        let names = Names::new(analysis);
        let chosen = first::choose(&names);
        let mut page = Self {
            lang: language(&options.lang),
            generator: words::plain(&format!("{} {}", analysis.tool.name, analysis.tool.version)),
            system: words::plain(&analysis.model.system),
            as_of: &analysis.as_of,
            owner: words::plain(&analysis.model.owner),
            description: words::plain(&analysis.model.description),
            contents: Vec::new(),
            verdict: verdict::verdict(&names, &chosen),
            first_heading: heading(chosen.len()),
            first: first::firsts(&names, &chosen, options),
            scope: scope::scope(&names, options),
            diagram: diagram(options),
            matrix: matrix::matrices(&names),
            likelihoods: words::LIKELIHOODS,
            threats: threats::threats(&names, options),
            surface: surface::rows(&names),
            tactics: coverage::by_tactics(&names, options),
            stride: stride::table(&names),
            lists: lists::sections(&names, options),
            incidents: assets::incidents(&names),
            assets: assets::rows(&names),
            decisions: decisions::rows(&names),
            assumptions: analysis.assumptions.iter().map(Rich::of).collect(),
            questions: decisions::questions(&names),
            made: made::made(&names, options),
        };
        page.contents = page.contents(names.live().count());
        page
    }

    fn contents(&self, open: usize) -> Vec<Entry> {
        let mut contents = Contents::default();
        let some = |number: usize| (number > 0).then_some(number);
        contents.add(true, "verdict", "Verdict", None);
        let first = self.first.len();
        contents.add(first > 0, "first", "Act on first", some(first));
        contents.add(self.scope.is_some(), "scope", "Scope and decisions due", None);
        contents.group();
        contents.add(self.diagram.is_some(), "diagram", "Diagram", None);
        contents.add(self.matrix.is_some(), "matrix", "Matrix", None);
        contents.add(self.threats.is_some(), "threats", "Threats", some(open));
        contents.add(!self.surface.is_empty(), "surface", "Attack surface", None);
        contents.group();
        for tactics in &self.tactics {
            contents.add(true, &tactics.anchor, &tactics.label, None);
        }
        contents.add(self.stride.is_some(), "stride", "STRIDE", None);
        for list in &self.lists {
            contents.add(true, &list.anchor, &list.label, None);
        }
        let incidents = self.incidents.len();
        contents.add(incidents > 0, "incidents", "Incidents", some(incidents));
        contents.group();
        let assets = self.assets.len();
        contents.add(assets > 0, "assets", "Assets", some(assets));
        let decisions = self.decisions.len();
        contents.add(decisions > 0, "decisions", "Decisions", some(decisions));
        let assumed = self.assumptions.len();
        contents.add(assumed > 0, "assumptions", "Assumptions", some(assumed));
        let questions = self.questions.len();
        contents.add(questions > 0, "questions", "Questions", some(questions));
        contents.add(true, "made", "How it was made", None);
        contents.done()
    }
}

/// The language tag; `en` where none or something else is given.
pub fn language(lang: &str) -> &str {
    let plausible = lang.chars().all(|character| character.is_ascii_alphanumeric() || character == '-');
    if lang.is_empty() || !plausible { "en" } else { lang }
}

fn heading(number: usize) -> String {
    match number {
        1 => "Act on this one first".to_owned(),
        number => format!("Act on these {} first", number_word(number)),
    }
}

/// The drawing from its element on: what stands before it in a file of its
/// own, such as an XML declaration, has no place in a page.
fn diagram(options: &HtmlOptions) -> Option<String> {
    let svg = options.diagram_svg.as_ref()?;
    let start = svg.find("<svg")?;
    svg.get(start..).map(|svg| svg.trim_end().to_owned())
}
