//! The matrix of likelihood and impact, now and beside it without controls
//! and with what is planned.

use serde::Serialize;
use telamon_engine::analysis::{Analysis, Threat};

use super::names::Names;
use crate::words;

/// The three matrices.
#[derive(Debug, Serialize)]
pub struct Matrices {
    now: Matrix,
    beside: Vec<Matrix>,
}

/// One matrix.
#[derive(Debug, Serialize)]
struct Matrix {
    title: &'static str,
    total: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    impact: &'static str,
    number: usize,
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    severity: &'static str,
    count: usize,
    /// `impact-likelihood`, as the threats carry it.
    key: String,
    label: String,
}

/// The matrices; none where there are no threats.
pub fn matrices(names: &Names) -> Option<Matrices> {
    let analysis = names.analysis;
    if analysis.threats.is_empty() {
        return None;
    }
    let live: Vec<&Threat> = names.live().collect();
    let summary = &analysis.summary;
    Some(Matrices {
        now: matrix(analysis, "Now", &words::matrix(&live)),
        beside: vec![
            matrix(analysis, "Without any control", &summary.matrix_inherent),
            matrix(analysis, "With what is planned", &summary.matrix_target),
        ],
    })
}

fn matrix(analysis: &Analysis, title: &'static str, counts: &[[usize; 5]; 5]) -> Matrix {
    let rows = counts
        .iter()
        .zip(&analysis.summary.matrix_severity)
        .zip(words::IMPACTS)
        .zip([5_usize, 4, 3, 2, 1])
        .map(|(((counts, severities), impact), number)| Row {
            impact,
            number,
            cells: counts
                .iter()
                .zip(severities)
                .zip(words::LIKELIHOODS)
                .enumerate()
                .map(|(column, ((count, severity), likelihood))| {
                    let severity = words::severity(*severity);
                    Cell {
                        severity,
                        count: *count,
                        key: format!("{number}-{}", column + 1),
                        label: format!("{count} open, impact {impact}, likelihood {likelihood}: {severity}"),
                    }
                })
                .collect(),
        })
        .collect();
    Matrix { title, total: counts.iter().flatten().sum(), rows }
}
