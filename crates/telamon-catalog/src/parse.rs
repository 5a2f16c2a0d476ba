//! A data file into a value: every loader of this crate goes through here.

use serde::de::DeserializeOwned;
use telamon_text::yaml::{self, Limits};
use telamon_text::{Diagnostic, SourceId, has_errors};

/// Reads one YAML document into a value; a value that is there has no errors.
pub(crate) fn parse<T: DeserializeOwned>(source: SourceId, text: &str) -> Result<T, Vec<Diagnostic>> {
    let mut out = Vec::new();
    let root = yaml::read(source, text, &Limits::default(), &mut out);
    if has_errors(&out) {
        return Err(out);
    }
    let Some(root) = root else {
        out.push(Diagnostic::error("empty-file", "the file is empty"));
        return Err(out);
    };
    yaml::from_node(&root).map_err(|diagnostic| {
        out.push(diagnostic);
        out
    })
}
