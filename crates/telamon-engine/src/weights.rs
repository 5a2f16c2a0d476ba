//! The table of weights: declared judgement, each row with its reason.

use crate::analysis::Severity;
use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId, yaml};

/// Steps up to a cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CostRow {
    /// Highest cost for which the row holds.
    pub up_to: u32,
    /// Steps that are taken away.
    pub steps: u8,
    /// The reason.
    pub because: String,
}

/// Steps for a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WordRow {
    /// The word.
    pub word: String,
    /// Steps that are added.
    pub steps: i8,
    /// The reason.
    pub because: String,
}

/// Steps that are added in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CaseRow {
    /// Steps that are added.
    pub steps: i8,
    /// The reason.
    pub because: String,
}

/// What is taken where there is no path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoPath {
    /// Cost.
    pub cost: u32,
    /// The reason.
    pub because: String,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Weights {
    /// Version word.
    pub version: String,
    /// Severity by impact (rows, 5 to 1) and likelihood (columns, 1 to 5).
    pub matrix: [[Severity; 5]; 5],
    /// Steps of likelihood by cost of the witness.
    pub path: Vec<CostRow>,
    /// Steps of likelihood by controls on the component.
    pub answers: Vec<CostRow>,
    /// Cost where nothing leads to the component from outside.
    pub no_path: NoPath,
    /// Steps of likelihood by maturity of the technique.
    pub maturity: Vec<WordRow>,
    /// Steps of impact by class of the data at stake.
    pub data: Vec<WordRow>,
    /// Steps of impact by criticality of the business.
    pub criticality: Vec<WordRow>,
    /// Steps of impact where decisions take effect unseen.
    pub decides: CaseRow,
    /// Steps of impact for a control that limits harm.
    pub limits: CaseRow,
}

impl Weights {
    /// Reads the table and checks that it never rises with cost.
    pub fn parse(source: SourceId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let root = yaml::read(source, text, &yaml::Limits::default(), &mut diagnostics);
        let Some(root) = root else {
            return Err(diagnostics);
        };
        let weights: Self = yaml::from_node(&root).map_err(|diagnostic| vec![diagnostic])?;
        for rows in [&weights.path, &weights.answers] {
            let rising = rows.windows(2).all(|pair| matches!(pair, [a, b] if a.up_to < b.up_to && a.steps <= b.steps));
            if !rising || rows.last().is_none_or(|last| last.up_to < 65_535) {
                diagnostics.push(
                    Diagnostic::error("bad-weights", "a table of costs must rise and cover every cost")
                        .at(root.span)
                        .label("sort the rows by `up-to`, never let `steps` fall, end at 65535"),
                );
            }
        }
        if diagnostics.is_empty() { Ok(weights) } else { Err(diagnostics) }
    }

    /// Severity of a likelihood and an impact, both 1 to 5.
    pub fn severity(&self, likelihood: u8, impact: u8) -> Severity {
        let row = 5usize.saturating_sub(usize::from(impact.clamp(1, 5)));
        let column = usize::from(likelihood.clamp(1, 5)) - 1;
        self.matrix.get(row).and_then(|row| row.get(column)).copied().unwrap_or(Severity::Critical)
    }
}

/// The row that holds for a cost.
pub fn by_cost(rows: &[CostRow], cost: u32) -> Option<&CostRow> {
    rows.iter().find(|row| cost <= row.up_to).or_else(|| rows.last())
}

/// The row for a word.
pub fn by_word<'r>(rows: &'r [WordRow], word: &str) -> Option<&'r WordRow> {
    rows.iter().find(|row| row.word == word)
}
