//! What is printed.

use super::item::Item;
use super::score::{Scores, matches, mean, pairs, weakness};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A group of systems as a table, means and floors below.
pub fn group(title: &str, rows: &[(&Item, Scores)], common: &[Scores], lists: &[Scores]) -> String {
    let mut text = format!("\n== {title}: {} systems\n", rows.len());
    let _ = writeln!(
        text,
        "{:<32} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>5} {:>5}",
        "", "tech", "j@10", "j@20", "joint", "core", "1:1", "p@10", "given", "want"
    );
    for (item, scores) in rows {
        line(&mut text, &item.name, scores);
    }
    let mut given: Vec<f64> = rows.iter().map(|(_, scores)| scores.given).collect();
    given.sort_by(f64::total_cmp);
    line(&mut text, "mean", &mean(rows.iter().map(|(_, scores)| scores)));
    // Where the halves part, rules are tuned to cases.
    let half = |odd: usize| mean(rows.iter().enumerate().filter(|(at, _)| at % 2 == odd).map(|(_, row)| &row.1));
    line(&mut text, "mean, first half", &half(0));
    line(&mut text, "mean, other half", &half(1));
    line(&mut text, "floor: common techniques", &mean(common.iter()));
    line(&mut text, "floor: whole lists", &mean(lists.iter()));
    let mut labels: BTreeMap<&str, f64> = BTreeMap::new();
    for (label, share) in rows.iter().flat_map(|(item, _)| &item.labels) {
        *labels.entry(label).or_default() += share / rows.len() as f64;
    }
    // A label that reaches most of a system says little about any part of it.
    let shares: Vec<String> = labels.iter().map(|(label, share)| format!("{label} {:.0}%", share * 100.0)).collect();
    let _ = writeln!(text, "share of components that each label reaches: {}", shares.join(", "));
    let _ = writeln!(text, "threats in the median: {}", given.get(given.len() / 2).copied().unwrap_or(0.0));
    text
}

fn line(text: &mut String, name: &str, scores: &Scores) {
    let _ = writeln!(
        text,
        "{name:<32} {:>5.2} {:>6.2} {:>6.2} {:>6.2} {:>6.2} {:>6.2} {:>6.2} {:>5.1} {:>5.1}",
        scores.technique,
        scores.joint_10,
        scores.joint_20,
        scores.joint,
        scores.core_20,
        scores.one_to_one,
        scores.precision_10,
        scores.given,
        scores.expected
    );
}

/// Threats with a mark where they match, then expectations with what answers them.
pub fn show(item: &Item) -> String {
    let mut text = format!("== {}\n", item.name);
    for (at, threat) in item.predicted.iter().enumerate() {
        let hit = item.expected.iter().any(|wanted| matches(wanted, threat));
        let _ = writeln!(
            text,
            "{} {:>2} {:<60} {:<14} {} {} {}",
            if hit { ' ' } else { '+' },
            at + 1,
            threat.id,
            threat.risk,
            threat.stride.join(""),
            threat.atlas.join(","),
            threat.owasp.join(",")
        );
    }
    let own = pairs(&item.expected, &item.predicted);
    for (at, wanted) in item.expected.iter().enumerate() {
        let first = item.predicted.iter().position(|threat| matches(wanted, threat));
        let elsewhere = item.predicted.iter().find(|threat| weakness(wanted, threat));
        let mark = match (first, own.contains_key(&at)) {
            (Some(first), true) => format!("at {}", first + 1),
            (Some(first), false) => format!("shares {}", first + 1),
            (None, _) => "MISSED".to_owned(),
        };
        let _ = writeln!(
            text,
            "{mark:<9} [{}] {} | {} | {} {} {}",
            wanted.named_by.join(""),
            wanted.title,
            wanted.components.join(","),
            wanted.atlas.join(","),
            wanted.owasp.join(","),
            wanted.stride.join("")
        );
        if first.is_none() {
            let near = elsewhere.map_or(String::new(), |threat| format!(" (elsewhere: {})", threat.id));
            let _ = writeln!(text, "            because: {}{near}", wanted.because.trim());
        }
    }
    text
}
