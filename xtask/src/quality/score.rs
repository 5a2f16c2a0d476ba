//! The figures.

use super::item::{Expected, Item, Model, Predicted, parents};
use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet};

/// Figures of one system, each a share of 1 but the last two.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scores {
    /// Expected techniques that some threat names, by parent, wherever it stands.
    pub technique: f64,
    /// Expected threats whose component and weakness one of the first ten threats names.
    pub joint_10: f64,
    /// The same with twenty.
    pub joint_20: f64,
    /// The same with all.
    pub joint: f64,
    /// The same with twenty, over those that both analysts name.
    pub core_20: f64,
    /// The same with all, each threat for one expectation only.
    pub one_to_one: f64,
    /// Share of the first ten threats that some expectation matches.
    pub precision_10: f64,
    /// Threats given.
    pub given: f64,
    /// Threats expected.
    pub expected: f64,
}

/// True when the prediction names the component and the weakness.
pub fn matches(expected: &Expected, predicted: &Predicted) -> bool {
    expected.components.contains(&predicted.component) && weakness(expected, predicted)
}

/// True when it names the weakness, wherever.
pub fn weakness(expected: &Expected, predicted: &Predicted) -> bool {
    let techniques = parents(expected.atlas.iter().chain(&expected.atlas_alt));
    if techniques.is_empty() && expected.owasp.is_empty() {
        return expected.stride.iter().any(|letter| predicted.stride.contains(letter));
    }
    parents(&predicted.atlas).iter().any(|id| techniques.contains(id))
        || expected.owasp.iter().any(|id| predicted.owasp.contains(id))
}

/// Scores a list against what was expected.
pub fn score(expected: &[Expected], predicted: &[Predicted]) -> Scores {
    let first = |count: usize| predicted.get(..count.min(predicted.len())).unwrap_or(predicted);
    let joint = |of: &[&Expected], list: &[Predicted]| {
        share(of.iter().filter(|wanted| list.iter().any(|threat| matches(wanted, threat))).count(), of.len())
    };
    let all: Vec<&Expected> = expected.iter().collect();
    let core: Vec<&Expected> = expected.iter().filter(|wanted| wanted.named_by.len() > 1).collect();
    let named: Vec<&Expected> =
        expected.iter().filter(|wanted| !wanted.atlas.is_empty() || !wanted.atlas_alt.is_empty()).collect();
    let technique = named.iter().filter(|wanted| {
        let ids = parents(wanted.atlas.iter().chain(&wanted.atlas_alt));
        predicted.iter().any(|threat| parents(&threat.atlas).iter().any(|id| ids.contains(id)))
    });
    let right = first(10).iter().filter(|threat| expected.iter().any(|wanted| matches(wanted, threat))).count();
    Scores {
        technique: share(technique.count(), named.len()),
        joint_10: joint(&all, first(10)),
        joint_20: joint(&all, first(20)),
        joint: joint(&all, predicted),
        core_20: if core.is_empty() { joint(&all, first(20)) } else { joint(&core, first(20)) },
        one_to_one: share(pairs(expected, predicted).len(), expected.len()),
        precision_10: share(right, first(10).len()),
        given: predicted.len() as f64,
        expected: expected.len() as f64,
    }
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

/// Expectations with a threat of their own: the largest matching, by augmenting paths.
pub fn pairs(expected: &[Expected], predicted: &[Predicted]) -> BTreeMap<usize, usize> {
    let answers: Vec<Vec<usize>> = expected
        .iter()
        .map(|wanted| {
            predicted.iter().enumerate().filter(|(_, threat)| matches(wanted, threat)).map(|(at, _)| at).collect()
        })
        .collect();
    let mut holder: BTreeMap<usize, usize> = BTreeMap::new();
    for wanted in 0..expected.len() {
        place(wanted, &answers, &mut BTreeSet::new(), &mut holder);
    }
    holder.into_iter().map(|(threat, wanted)| (wanted, threat)).collect()
}

fn place(
    wanted: usize,
    answers: &[Vec<usize>],
    seen: &mut BTreeSet<usize>,
    holder: &mut BTreeMap<usize, usize>,
) -> bool {
    answers[wanted].iter().any(|threat| {
        if !seen.insert(*threat) {
            return false;
        }
        let before = holder.get(threat).copied();
        let free = before.is_none_or(|before| place(before, answers, seen, holder));
        if free {
            holder.insert(*threat, wanted);
        }
        free
    })
}

/// The mean of some figures.
pub fn mean<'s>(scores: impl Iterator<Item = &'s Scores>) -> Scores {
    let mut sum = Scores::default();
    let mut count = 0.0;
    for one in scores {
        count += 1.0;
        for (total, value) in parts(&mut sum).into_iter().zip(parts(&mut one.clone())) {
            *total += *value;
        }
    }
    for total in parts(&mut sum) {
        *total /= f64::max(count, 1.0);
    }
    sum
}

fn parts(scores: &mut Scores) -> [&mut f64; 9] {
    [
        &mut scores.technique,
        &mut scores.joint_10,
        &mut scores.joint_20,
        &mut scores.joint,
        &mut scores.core_20,
        &mut scores.one_to_one,
        &mut scores.precision_10,
        &mut scores.given,
        &mut scores.expected,
    ]
}

/// How often a floor is drawn.
const DRAWS: u64 = 20;

/// A list without knowledge of the system: the commonest techniques of the other systems, as many as the engine
/// gave, each on a random component.
pub fn floor_common(items: &[Item], item: &Item) -> Scores {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut letters: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut entries: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for other in items.iter().filter(|other| other.name != item.name) {
        let mut seen = BTreeSet::new();
        for wanted in &other.expected {
            for id in parents(&wanted.atlas) {
                seen.insert(id);
                for letter in &wanted.stride {
                    *letters.entry(id).or_default().entry(letter).or_default() += 1;
                }
                for entry in &wanted.owasp {
                    *entries.entry(id).or_default().entry(entry).or_default() += 1;
                }
            }
        }
        for id in seen {
            *counts.entry(id).or_default() += 1;
        }
    }
    let most = |of: Option<&BTreeMap<&str, usize>>, take: usize| -> Vec<String> {
        let mut list: Vec<(&str, usize)> = of.into_iter().flatten().map(|(id, count)| (*id, *count)).collect();
        list.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        list.into_iter().take(take).map(|(id, _)| id.to_owned()).collect()
    };
    let techniques = most(Some(&counts), usize::MAX);
    if techniques.is_empty() || item.components.is_empty() {
        return Scores::default();
    }
    let draws: Vec<Scores> = (0..DRAWS)
        .map(|seed| {
            let mut random = Random::new(seed);
            let list: Vec<Predicted> = techniques
                .iter()
                .cycle()
                .take(item.predicted.len())
                .map(|id| Predicted {
                    component: random.pick(&item.components).0.clone(),
                    atlas: vec![id.clone()],
                    owasp: most(entries.get(id.as_str()), 2),
                    stride: most(letters.get(id.as_str()), 1),
                    ..Predicted::default()
                })
                .collect();
            score(&item.expected, &list)
        })
        .collect();
    mean(draws.iter())
}

/// Every entry of the list for language models on every language model, every entry of the list for other models
/// on every other one.
pub fn floor_lists(item: &Item) -> Scores {
    let entries = |framework: &str, edition: &str| -> Vec<String> {
        telamon_data::catalog()
            .get(framework, Some(edition))
            .map(|list| list.entries.iter().map(|entry| format!("{}:{edition}", entry.id)).collect())
            .unwrap_or_default()
    };
    let (language, other) = (entries("owasp-llm", "2025"), entries("owasp-ml", "2023"));
    let list: Vec<Predicted> = item
        .components
        .iter()
        .flat_map(|(id, model)| {
            let entries: &[String] = match model {
                Model::Language => &language,
                Model::Other => &other,
                Model::No => &[],
            };
            entries.iter().map(|entry| Predicted {
                component: id.clone(),
                owasp: vec![entry.clone()],
                ..Predicted::default()
            })
        })
        .collect();
    score(&item.expected, &list)
}
