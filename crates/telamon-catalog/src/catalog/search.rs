//! Entries by words.

use std::cmp::Reverse;

use super::{Catalog, EntryRef};
use crate::framework::Framework;
use crate::words::stems;

/// An entry that words were found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'c> {
    /// The entry.
    pub entry: EntryRef<'c>,
    /// How many of the words were found.
    pub words: usize,
    /// How well; only good for comparing hits of one search.
    pub score: u32,
}

impl Catalog {
    /// Entries that have the words in their id, name or summary: those with the
    /// most words first, then the better matches, then those that are not for
    /// reference only, then the newer framework, then in the order of the
    /// catalog. Looks into the default edition of each framework, or into the
    /// one that is named (`atlas`, `owasp-llm@2025`).
    pub fn search(&self, words: &str, framework: Option<&str>) -> Vec<Hit<'_>> {
        let wanted = stems(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let literal: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let frameworks: Vec<&Framework> = match framework {
            Some(key) => self.by_key(key).into_iter().collect(),
            None => self.framework_ids().into_iter().filter_map(|id| self.get(id, None)).collect(),
        };
        let mut hits: Vec<Hit<'_>> = Vec::new();
        for framework in frameworks {
            for entry in &framework.entries {
                let entry = EntryRef { framework, entry };
                let hit = rate(entry, &wanted, &literal);
                if hit.words > 0 {
                    hits.push(hit);
                }
            }
        }
        // The sort is stable: equal hits stay in the order of the catalog.
        hits.sort_by_key(|hit| {
            let framework = hit.entry.framework;
            (
                Reverse((hit.words, hit.score)),
                self.is_reference(&framework.framework, &framework.edition),
                Reverse(framework.released.as_str()),
            )
        });
        let most = hits.first().map_or(0, |hit| hit.words);
        hits.retain(|hit| hit.words == most || hit.words * 2 > wanted.len());
        hits
    }
}

/// Weights: an id that is typed is meant; a name says more than a sentence.
const ID: u32 = 100;
const ID_PART: u32 = 40;
const NAME: u32 = 12;
const NAME_START: u32 = 6;
const ALSO: u32 = 10;
const SUMMARY: u32 = 3;

fn rate<'c>(entry: EntryRef<'c>, wanted: &[String], literal: &[String]) -> Hit<'c> {
    let id = entry.id().to_lowercase();
    let cited = entry.cite().to_lowercase();
    let name = stems(entry.name());
    let also = stems(&entry.entry.also.join(" "));
    let summary = stems(&entry.entry.summary);
    let mut score = 0;
    for word in literal {
        if *word == id || *word == cited {
            score += ID;
        } else if word.len() > 2 && word.bytes().any(|byte| byte.is_ascii_digit()) && id.contains(word.as_str()) {
            score += ID_PART;
        }
    }
    let by_id = score > 0;
    let mut words = 0;
    for word in wanted {
        let found = [
            (name.contains(word), NAME),
            (also.contains(word), ALSO),
            (word.len() >= 4 && name.iter().any(|other| other.starts_with(word.as_str())), NAME_START),
            (summary.contains(word), SUMMARY),
        ]
        .into_iter()
        .find_map(|(is, weight)| is.then_some(weight));
        score += found.unwrap_or(0);
        words += usize::from(found.is_some());
    }
    if by_id {
        words = wanted.len();
    }
    // Of two names with the same words the one that says nothing else is nearer.
    let is_also = entry.entry.also.iter().any(|other| stems(other) == wanted);
    if words > 0 && (name.len() <= wanted.len() || is_also) {
        score += NAME;
    }
    Hit { entry, words, score }
}
