//! The page of kinds.

use super::Page;
use super::markdown::{code, codes, sentence, table};
use std::fmt::Write;
use telamon_catalog::{Kind, Kinds};

pub(super) fn page(kinds: &Kinds) -> Page {
    let mut out = String::from(
        "# Kinds of components\n\n\
         A component has a kind, or several; the first names it. Kinds form a tree whose four roots are the elements of \
         a data-flow diagram. A rule or control that names a kind means all kinds below it too, and what is not said of \
         a kind is that of its parent. `telamon kinds WORD` searches this list, `telamon explain KIND` shows one with \
         the controls that can stand on it.\n",
    );
    for root in kinds.roots() {
        let _ = writeln!(out, "\n## {}\n\n{}\n", root.id, sentence(&root.line));
        let mut rows = vec![row(kinds, root, 0)];
        below(kinds, root, 1, &mut rows);
        out.push_str(&table(&["kind", "AI", "what it is", "class", "STRIDE"], rows));
    }
    out.push_str("\n## Which one?\n\nKinds that are easily taken for one another:\n\n");
    out.push_str(&table(
        &["kind", "how to tell"],
        kinds.kinds.iter().filter_map(|kind| Some([code(&kind.id), sentence(kind.which.as_deref()?)])),
    ));
    out.push_str("\n## Names in the CoSAI Risk Map\n\n");
    out.push_str(&table(
        &["kind", "component"],
        kinds.kinds.iter().filter_map(|kind| Some([code(&kind.id), code(kind.cosai.as_deref()?)])),
    ));
    Page::reference("kinds", &out)
}

fn below(kinds: &Kinds, of: &Kind, depth: usize, rows: &mut Vec<[String; 5]>) {
    for kind in kinds.children(&of.id) {
        rows.push(row(kinds, kind, depth));
        below(kinds, kind, depth + 1, rows);
    }
}

fn row(kinds: &Kinds, kind: &Kind, depth: usize) -> [String; 5] {
    [
        format!("{}{}", "· ".repeat(depth), code(&kind.id)),
        if kinds.is_ai(&kind.id) { "yes".to_owned() } else { String::new() },
        sentence(&kind.line),
        kinds.class(&kind.id).unwrap_or_default().to_owned(),
        codes(kinds.stride(&kind.id)),
    ]
}
