//! The table of contents: people write the chapters, the reference is listed from what is generated.

use super::{Page, REFERENCE};
use std::fmt::Write;

/// Where it lies.
pub(super) const PATH: &str = "docs/src/SUMMARY.md";

/// From this line on it is generated.
const HEAD: &str = "# Reference";

pub(super) fn page(text: &str, pages: &[Page]) -> Page {
    let written = text.split(HEAD).next().unwrap_or_default().trim_end();
    let mut out = format!("{written}\n\n{HEAD}\n\n");
    for page in pages {
        let Some(path) = page.path.strip_prefix(REFERENCE) else { continue };
        let title = page.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(path);
        let title = title.strip_prefix("Rules: ").or(title.strip_prefix("Section: ")).unwrap_or(title);
        let below = path.matches('/').count() > 1 && !path.ends_with("/index.md");
        let _ = writeln!(out, "{}- [{title}](reference{path})", if below { "  " } else { "" });
    }
    Page::new(PATH, out)
}
