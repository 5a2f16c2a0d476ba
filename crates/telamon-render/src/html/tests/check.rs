//! What every page must be: balanced, self-contained, with ids that are
//! there once, links that lead somewhere and headings in order.

use std::collections::BTreeSet;

const VOID: [&str; 3] = ["meta", "rect", "path"];

/// Panics with the reason where a page is not sound.
pub fn is_sound(html: &str) {
    let body = without(&without(html, "<style>", "</style>"), "<script>", "</script>");
    balanced(&body);
    asks_for_nothing(html);
    anchors(&body);
    headings(&body);
}

/// The text without what stands between the marks.
fn without(html: &str, open: &str, close: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(open) {
        text.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text
}

/// The insides of all tags, in order.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|part| part.split_once('>').expect("a `<` that no `>` follows").0)
        .filter(|tag| !tag.starts_with('!'))
        .collect()
}

fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags(html) {
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap();
        assert!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()),
            "a tag that we never write: <{tag}>"
        );
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed by </{name}>");
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

fn asks_for_nothing(html: &str) {
    for load in ["http://", "https://", "src=", "@import", "<link", "<iframe", "<img", "<object"] {
        let own = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains(load), "{load}");
    }
}

fn attribute<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    html.split(name).skip(1).filter_map(|part| part.split_once('"').map(|(value, _)| value)).collect()
}

fn anchors(html: &str) {
    let mut ids = BTreeSet::new();
    for id in attribute(html, " id=\"") {
        assert!(ids.insert(id), "id `{id}` is there twice");
    }
    for target in attribute(html, "href=\"#") {
        assert!(ids.contains(target), "link to nothing: `{target}`");
    }
    for labels in attribute(html, "aria-labelledby=\"") {
        for label in labels.split(' ') {
            assert!(ids.contains(label), "label that is not there: `{label}`");
        }
    }
}

fn headings(html: &str) {
    let mut last = 0;
    for tag in tags(html) {
        let name = tag.split(' ').next().unwrap();
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok()) {
            assert!(level <= last + 1, "h{level} after h{last}");
            last = level;
        }
    }
    assert_eq!(html.matches("<h1").count(), 1);
}
