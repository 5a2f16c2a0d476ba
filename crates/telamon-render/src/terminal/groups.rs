//! Threats counted by component, severity, STRIDE, tactic or framework entry.

use std::collections::{BTreeMap, BTreeSet};

use telamon_engine::analysis::{FrameworkRef, Severity, Threat};

use super::Page;
use super::text;
use crate::words;

/// What the threats are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The component whose weakness it is.
    Component,
    /// Severity, as rated where people rated it.
    Severity,
    /// STRIDE word.
    Stride,
    /// Tactic that a technique serves.
    Tactic,
    /// Entry of a framework.
    Framework,
}

impl std::str::FromStr for GroupBy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "component" => Ok(Self::Component),
            "severity" => Ok(Self::Severity),
            "stride" => Ok(Self::Stride),
            "tactic" => Ok(Self::Tactic),
            "framework" => Ok(Self::Framework),
            _ => Err(format!(
                "unknown grouping `{}`; one of `component`, `severity`, `stride`, `tactic`, `framework`",
                words::plain(text)
            )),
        }
    }
}

/// A group: its name and its threats in order of rank.
struct Group<'a> {
    name: String,
    threats: Vec<&'a Threat>,
}

pub fn print(page: &mut Page, group_by: GroupBy) {
    let live = super::live(page.selection);
    let groups = group(page, &live, group_by);
    page.gap();
    let stub = groups
        .iter()
        .map(|group| text::width(&group.name))
        .chain([8])
        .max()
        .unwrap_or(8)
        .min(page.width.saturating_sub(34));
    if !groups.is_empty() {
        header(page, stub, group_by);
    }
    for group in &groups {
        counts(page, stub, group);
        for threat in &group.threats {
            member(page, threat);
        }
    }
    let ids: BTreeSet<&str> = groups.iter().flat_map(|group| &group.threats).map(|threat| threat.id.as_str()).collect();
    let placed: usize = groups.iter().map(|group| group.threats.len()).sum();
    page.gap();
    if placed > ids.len() {
        let note = page.paint.quiet("a threat stands in each group that it belongs to");
        page.line(note);
    }
    let outside = live.len() - ids.len();
    if outside > 0 {
        let note = format!("{} in no group", words::count(outside, "open threat"));
        page.line(note);
    }
}

fn header(page: &mut Page, stub: usize, group_by: GroupBy) {
    let word = match group_by {
        GroupBy::Component => "component",
        GroupBy::Severity => "severity",
        GroupBy::Stride => "STRIDE",
        GroupBy::Tactic => "tactic",
        GroupBy::Framework => "entry",
    };
    let mut line = text::pad(word, stub);
    for severity in words::SEVERITIES {
        line.push_str("  ");
        line.push_str(words::severity(severity));
    }
    let line = page.paint.quiet(&line);
    page.line(line);
}

fn counts(page: &mut Page, stub: usize, group: &Group) {
    let counts = words::count_severities(&group.threats);
    for (index, name) in text::wrap(&group.name, stub).iter().enumerate() {
        let name = page.paint.strong(name);
        if index > 0 {
            page.line(name);
            continue;
        }
        let mut line = text::pad(&name, stub);
        for severity in words::SEVERITIES {
            let number = counts.get(&severity).copied().unwrap_or(0);
            let cell =
                if number == 0 { page.paint.quiet("·") } else { page.paint.severity(severity, &number.to_string()) };
            line.push_str(&text::pad_left(&cell, words::severity(severity).len() + 2));
        }
        page.line(line);
    }
}

fn member(page: &mut Page, threat: &Threat) {
    let severity = words::effective(threat);
    let lead = 12;
    let word = text::pad(words::severity(severity), 10);
    let word = page.paint.severity(severity, &word);
    let limit = page.width.min(110).saturating_sub(lead);
    for (index, line) in text::wrap(&words::plain(&threat.title), limit).into_iter().enumerate() {
        if index == 0 {
            page.line(format!("  {word}{line}"));
        } else {
            page.line(format!("{}{line}", " ".repeat(lead)));
        }
    }
    if page.options.verbose {
        let id = page.paint.quiet(&words::plain(&threat.id));
        page.line(format!("{}{id}", " ".repeat(lead)));
    }
}

/// Groups in the order of their worst threat, severities worst first.
fn group<'a>(page: &Page, threats: &[&'a Threat], group_by: GroupBy) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for threat in threats {
        for name in names(page, threat, group_by) {
            let place = *places.entry(name.clone()).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.threats.push(threat),
                None => groups.push(Group { name, threats: vec![threat] }),
            }
        }
    }
    if group_by == GroupBy::Tactic {
        // The order of an attack says more than the order of severity.
        let order: Vec<String> = page.tactics.names().map(|(id, name)| tactic(id, name)).collect();
        groups.sort_by_key(|group| order.iter().position(|name| *name == group.name));
    } else {
        groups.sort_by_key(|group| {
            let counts = words::count_severities(&group.threats);
            words::SEVERITIES.map(|severity: Severity| usize::MAX - counts.get(&severity).copied().unwrap_or(0))
        });
    }
    groups
}

fn names(page: &Page, threat: &Threat, group_by: GroupBy) -> Vec<String> {
    let mut names: Vec<String> = match group_by {
        GroupBy::Component => vec![words::plain(&threat.component)],
        GroupBy::Severity => vec![words::severity(words::effective(threat)).to_owned()],
        GroupBy::Stride => threat.stride.iter().map(|word| words::spoken(word)).collect(),
        GroupBy::Tactic => threat
            .frameworks
            .iter()
            .flat_map(|entry| page.tactics.of(&entry.id))
            .map(|id| tactic(id, page.tactics.name(id).unwrap_or_default()))
            .collect(),
        GroupBy::Framework => entries(page, threat)
            .into_iter()
            .map(|entry| words::plain(&format!("{} {}", words::cite(entry), entry.name)))
            .collect(),
    };
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// Entries of the framework that was asked for, otherwise of the first one in
/// the catalog that knows the threat.
fn entries<'a>(page: &Page, threat: &'a Threat) -> Vec<&'a FrameworkRef> {
    if let Some(asked) = &page.selection.filter.framework {
        let edition = asked.edition.as_deref().or_else(|| words::default_edition(page.analysis, &asked.id));
        let refs = threat.frameworks.iter();
        return refs.filter(|entry| entry.framework == asked.id && Some(entry.edition.as_str()) == edition).collect();
    }
    let mut refs = words::default_refs(page.analysis, threat);
    if let Some(first) = refs.first().copied() {
        refs.retain(|entry| entry.framework == first.framework);
    }
    refs
}

fn tactic(id: &str, name: &str) -> String {
    words::plain(&format!("{name} ({id})"))
}
