//! The threats do not get worse: what the rules were tuned on must stay where it was.
//!
//! These figures are no proof that the rules are good (see docs/src/quality.md); they notice a change that spoils
//! what worked.

use std::path::Path;
use xtask::quality::means;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(name)
}

#[test]
fn the_benchmark_stays_where_it_was() {
    let (mean, median) = means(&folder("benchmark")).map_err(|failure| failure.message).unwrap();
    assert!(mean.joint_20 >= 0.85, "joint recall at 20: {:.3}", mean.joint_20);
    assert!(mean.one_to_one >= 0.85, "one to one: {:.3}", mean.one_to_one);
    assert!(mean.precision_10 >= 0.90, "precision at 10: {:.3}", mean.precision_10);
    assert!(median <= 25.0, "threats in the median: {median}");
}

#[test]
fn the_incidents_stay_where_they_were() {
    let (mean, median) = means(&folder("incidents")).map_err(|failure| failure.message).unwrap();
    assert!(mean.joint_20 >= 0.82, "joint recall at 20: {:.3}", mean.joint_20);
    assert!(mean.one_to_one >= 0.80, "one to one: {:.3}", mean.one_to_one);
    assert!(median <= 20.0, "threats in the median: {median}");
}
