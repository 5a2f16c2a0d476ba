//! The HTML report: one file that opens from disk, asks for nothing and prints.
//!
//! Rust computes what is said ([`page`] and its neighbours), the templates
//! under `templates/` say how it looks, with escaping always on. A user may
//! replace the outer template and keep the parts.

mod assets;
mod contents;
mod coverage;
mod dates;
mod decisions;
mod error;
pub(crate) mod first;
mod lists;
mod made;
mod matrix;
pub(crate) mod names;
pub(crate) mod page;
pub(crate) mod path;
pub(crate) mod refs;
pub mod rich;
pub(crate) mod scope;
pub(crate) mod stride;
mod surface;
pub(crate) mod templates;
pub(crate) mod threats;
mod verdict;

#[cfg(test)]
pub(crate) mod tests;

use telamon_engine::analysis::Analysis;

pub use error::RenderError;

use crate::filter::Tactics;

/// What the report needs beside the analysis.
#[derive(Debug, Clone, Default)]
pub struct HtmlOptions {
    /// The drawing of the model, an SVG element of our own making: it is put
    /// into the page as it is. Without one the section is left out.
    pub diagram_svg: Option<String>,
    /// A template to use in place of `report.html`; it sees the same values
    /// and may include the same parts.
    pub template_override: Option<String>,
    /// The command line that makes this report again; may be empty.
    pub command: String,
    /// Language of the model's own words, for hyphens and screen readers; `en` when empty.
    pub lang: String,
    /// The tactics of techniques, which an analysis does not hold.
    pub tactics: Tactics,
    /// Which entries of two editions of one list are the same.
    pub same_entries: Vec<SameEntry>,
    /// The approval before this one, and what changed since.
    pub last_approval: Option<LastApproval>,
    /// Notices that the frameworks' licences ask for, one sentence each.
    pub attributions: Vec<String>,
}

/// Two entries of two editions of one framework that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameEntry {
    /// Framework id.
    pub framework: String,
    /// Edition and id of the one.
    pub one: (String, String),
    /// Edition and id of the other.
    pub other: (String, String),
}

/// The last approval of this threat model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastApproval {
    /// Role or name of who signed.
    pub by: String,
    /// Date, `YYYY-MM-DD`.
    pub date: String,
    /// Digest of the model that was signed.
    pub digest: String,
    /// Threats that are new since then.
    pub new: usize,
    /// Threats that are worse than then.
    pub worse: usize,
    /// Threats that are gone since then.
    pub gone: usize,
    /// Anything else that changed, one line each.
    pub notes: Vec<String>,
}

/// Renders the report.
///
/// # Errors
/// A template of the user's own that cannot be read or filled in.
pub fn render(analysis: &Analysis, options: &HtmlOptions) -> Result<String, RenderError> {
    let page = page::Page::new(analysis, options);
    templates::report(options.template_override.as_deref(), &page)
}
