//! The one analysis that all tests of this crate render.

use telamon_engine::analysis::Analysis;

/// The support assistant of the examples, as one fixed analysis.
pub fn analysis() -> Analysis {
    serde_json::from_str(include_str!(
        "../tests/fixtures/support-assistant.analysis.json"
    ))
    .expect("the fixture has the shape of an analysis")
}
