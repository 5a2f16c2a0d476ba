//! Framework entries as they are cited.
//!
//! One line for each entry, with its edition. Entries of two editions of one
//! list that are the same stand in one line: `ID:2025 = ID:2026`.

use telamon_engine::analysis::FrameworkRef;

use super::SameEntry;
use super::rich::Rich;
use crate::words;

/// The lines for these entries, in the order of their first member.
pub fn lines(entries: &[FrameworkRef], same: &[SameEntry]) -> Vec<Rich> {
    let mut used = vec![false; entries.len()];
    let mut lines = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if used.get(index).copied().unwrap_or(false) {
            continue;
        }
        let mut group = vec![entry];
        for (other, taken) in entries.iter().zip(&mut used).skip(index + 1) {
            if !*taken && are_same(entry, other, same) {
                *taken = true;
                group.push(other);
            }
        }
        group.sort_by(|one, other| one.edition.cmp(&other.edition));
        lines.push(line(&group));
    }
    lines
}

/// The first line of each framework, at most `most` of them.
pub fn leading(entries: &[FrameworkRef], same: &[SameEntry], most: usize) -> Vec<Rich> {
    let mut seen: Vec<&str> = Vec::new();
    let mut lines_of_each = Vec::new();
    for entry in entries {
        if seen.contains(&entry.framework.as_str()) || seen.len() == most {
            continue;
        }
        seen.push(&entry.framework);
        let of_it: Vec<FrameworkRef> =
            entries.iter().filter(|other| other.framework == entry.framework).cloned().collect();
        lines_of_each.extend(lines(&of_it, same).into_iter().next());
    }
    lines_of_each
}

/// True where two editions of one framework mean the same by these entries:
/// an edition map says so, or the name did not change.
pub fn are_same(one: &FrameworkRef, other: &FrameworkRef, same: &[SameEntry]) -> bool {
    one.framework == other.framework
        && one.edition != other.edition
        && (mapped(one, other, same) || (!one.name.is_empty() && one.name == other.name))
}

fn mapped(one: &FrameworkRef, other: &FrameworkRef, same: &[SameEntry]) -> bool {
    let is = |entry: &FrameworkRef, pair: &(String, String)| entry.edition == pair.0 && entry.id == pair.1;
    same.iter().any(|row| {
        row.framework == one.framework
            && ((is(one, &row.one) && is(other, &row.other)) || (is(one, &row.other) && is(other, &row.one)))
    })
}

fn line(group: &[&FrameworkRef]) -> Rich {
    let mut rich = Rich::new();
    for (index, entry) in group.iter().enumerate() {
        if index > 0 {
            rich = rich.text(" = ");
        }
        rich = rich.code(words::cite(entry));
    }
    let Some(newest) = group.last() else {
        return rich;
    };
    if !newest.name.is_empty() {
        rich = rich.text(format!(" {}", newest.name));
    }
    if words::cite(newest) == newest.id {
        let framework = words::framework(&newest.framework);
        rich = rich.text(format!(" ({framework} {})", newest.edition));
    }
    rich
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(edition: &str, id: &str, name: &str) -> FrameworkRef {
        FrameworkRef {
            framework: "owasp-llm".to_owned(),
            edition: edition.to_owned(),
            id: id.to_owned(),
            name: name.to_owned(),
        }
    }

    fn plain(lines: &[Rich]) -> Vec<String> {
        lines.iter().map(Rich::plain).collect()
    }

    #[test]
    fn the_same_entry_of_two_editions_is_one_line() {
        let entries = [entry("2026", "LLM03", "Excessive Agency"), entry("2025", "LLM06", "Excessive Agency")];
        assert_eq!(plain(&lines(&entries, &[])), ["LLM06:2025 = LLM03:2026 Excessive Agency"]);
    }

    #[test]
    fn a_renamed_entry_needs_the_edition_map() {
        let entries = [entry("2026", "LLM08", "New name"), entry("2025", "LLM07", "Old name")];
        assert_eq!(plain(&lines(&entries, &[])), ["LLM08:2026 New name", "LLM07:2025 Old name"]);
        let same = [SameEntry {
            framework: "owasp-llm".to_owned(),
            one: ("2025".to_owned(), "LLM07".to_owned()),
            other: ("2026".to_owned(), "LLM08".to_owned()),
        }];
        assert_eq!(plain(&lines(&entries, &same)), ["LLM07:2025 = LLM08:2026 New name"]);
    }
}
