//! The page of weights.

use super::Page;
use super::markdown::{code, spaced, table};
use std::fmt::Write;
use telamon_engine::weights::{CaseRow, CostRow, Weights, WordRow};
use telamon_model::declaration::{IMPACT, LIKELIHOOD};

pub(super) fn page(weights: &Weights) -> Page {
    let mut out = format!(
        "# Weights\n\n\
         The table from which likelihood and impact are made, version {}. It is declared judgement, and each row \
         gives its reason. Every factor that a row gave is shown with the threat, and `telamon analyze --sensitivity` \
         lists the threats whose severity word hangs on one of them. How the rows work together: \
         [Risk and weights](../risk.md).\n\n## Severity\n\n",
        weights.version
    );
    let mut heads = vec!["impact"];
    heads.extend(LIKELIHOOD);
    out.push_str(&table(
        &heads,
        weights.matrix.iter().zip(IMPACT.iter().rev()).map(|(row, impact)| {
            let mut cells = vec![(*impact).to_owned()];
            cells.extend(row.iter().map(|severity| severity.word().to_owned()));
            cells
        }),
    ));
    out.push_str("\n## Likelihood, by the cost of the path\n\nSteps that are taken away.\n\n");
    costs(&weights.path, &mut out);
    let _ = writeln!(out, "\nWithout a path the cost is {}: {}.", weights.no_path.cost, weights.no_path.because);
    out.push_str(
        "\n## Likelihood, by controls on the component that answer the rule\n\nSteps that are taken away.\n\n",
    );
    costs(&weights.answers, &mut out);
    out.push_str("\n## Likelihood, by the maturity of the technique\n\nSteps that are added.\n\n");
    words(&weights.maturity, &mut out);
    out.push_str("\n## Impact, by the class of the data at stake\n\nSteps that are added.\n\n");
    words(&weights.data, &mut out);
    out.push_str("\n## Impact, by the criticality of the business\n\nSteps that are added.\n\n");
    words(&weights.criticality, &mut out);
    out.push_str("\n## Impact, in single cases\n\n");
    let cases: [(&str, &CaseRow); 2] =
        [("decisions take effect unseen", &weights.decides), ("a control limits", &weights.limits)];
    out.push_str(&table(
        &["case", "steps", "because"],
        cases.map(|(case, row)| [case.to_owned(), signed(row.steps), row.because.clone()]),
    ));
    Page::reference("weights", &out)
}

fn costs(rows: &[CostRow], out: &mut String) {
    let mut from = 0;
    let rows = rows.iter().map(|row| {
        let range = if row.up_to >= 65_535 { format!("{from} and more") } else { format!("{from} to {}", row.up_to) };
        from = row.up_to + 1;
        [range, row.steps.to_string(), row.because.clone()]
    });
    out.push_str(&table(&["cost", "steps", "because"], rows));
}

fn words(rows: &[WordRow], out: &mut String) {
    let rows = rows.iter().map(|row| [code(spaced(&row.word)), signed(row.steps), row.because.clone()]);
    out.push_str(&table(&["word", "steps", "because"], rows));
}

fn signed(steps: i8) -> String {
    if steps > 0 { format!("+{steps}") } else { steps.to_string() }
}
