//! The one analysis that all tests of this crate render, and the files that
//! hold what must come out.

use std::path::Path;

use telamon_engine::analysis::Analysis;

/// The support assistant of the examples, as one fixed analysis.
pub fn analysis() -> Analysis {
    serde_json::from_str(include_str!("../tests/fixtures/support-assistant.analysis.json"))
        .expect("the fixture has the shape of an analysis")
}

/// Compares with a golden file; with `TELAMON_BLESS=1` in the environment the
/// file is written instead, to be looked at and committed.
pub fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("TELAMON_BLESS").is_some() {
        std::fs::write(&path, text).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "{name} differs from tests/golden; look at it with TELAMON_BLESS=1 and git diff");
}
