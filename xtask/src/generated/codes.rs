//! The page of diagnostic codes.

use super::Page;
use super::markdown::{code, sentence, table};

// The list belongs to the command line, which explains codes; its crate is a
// program and cannot be depended on.
#[path = "../../../crates/telamon/src/codes.rs"]
#[allow(dead_code, reason = "the command line looks codes up; this page lists them")]
mod list;

pub(super) fn page() -> Page {
    let mut out = String::from(
        "# Diagnostic codes\n\n\
         Each message about a model, a rule file or a cited id carries a code, which stays the same while wording may \
         change. `telamon explain CODE` prints what stands here.\n\n",
    );
    out.push_str(&table(
        &["code", "what it means", "what to do"],
        list::CODES.iter().map(|(name, means, does)| [code(name), (*means).to_owned(), (*does).to_owned()]),
    ));
    out.push_str(
        "\n## Codes of the id lint\n\n\
         Where an id of one framework is cited as one of another, the code names both, as in `attack-id-as-atlas`; \
         any two frameworks can stand in it. Each message proposes the right citation where there is one.\n\n",
    );
    out.push_str(&table(
        &["code", "what it means"],
        telamon_catalog::lint::CODES.iter().map(|(name, means)| [code(name), sentence(means)]),
    ));
    Page::reference("codes", &out)
}
