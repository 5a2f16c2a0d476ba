//! Names of entries as sets of words: which entry do these words mean?

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Catalog, EntryRef};
use crate::framework::Framework;
use crate::words::stems;

/// Where a phrase comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A name in use.
    Name,
    /// A name of an earlier release.
    Former,
    /// A topic of the hints.
    Topic,
}

/// Words that stand for an entry.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub slot: usize,
    pub id: String,
    pub origin: Origin,
    pub stems: BTreeSet<String>,
    weight: f64,
}

/// All phrases of a catalog, with an index from word to phrase.
#[derive(Debug, Default)]
pub(crate) struct Names {
    phrases: Vec<Phrase>,
    by_word: HashMap<String, Vec<usize>>,
    /// Phrases by place in the catalog and id.
    by_id: BTreeMap<(usize, String), Vec<usize>>,
    weights: HashMap<String, f64>,
}

impl Names {
    pub(crate) fn of(catalog: &Catalog) -> Self {
        let mut names = Self::default();
        for (slot, framework) in catalog.frameworks().enumerate() {
            names.add_framework(slot, framework);
        }
        for topic in &catalog.hints().topics {
            for (key, id) in &topic.means {
                names.add_topic(catalog, &topic.words, key, id);
            }
        }
        names.weigh();
        names
    }

    fn add_framework(&mut self, slot: usize, framework: &Framework) {
        for entry in &framework.entries {
            self.add(slot, &entry.id, &entry.name, Origin::Name);
            let parent = entry.parent.as_ref().and_then(|id| framework.entries.iter().find(|other| other.id == *id));
            match (&entry.full_name, parent) {
                (Some(full), _) => self.add(slot, &entry.id, full, Origin::Name),
                (None, Some(parent)) => {
                    self.add(slot, &entry.id, &format!("{}: {}", parent.name, entry.name), Origin::Name);
                }
                (None, None) => {}
            }
            // Weaknesses carry their usual name in quotes: ... ('SQL Injection').
            if let Some(short) = quoted(&entry.name) {
                self.add(slot, &entry.id, short, Origin::Name);
            }
            for also in &entry.also {
                self.add(slot, &entry.id, also, Origin::Name);
            }
        }
        for past in &framework.history {
            let today = past.became.as_deref().unwrap_or(&past.id);
            self.add(slot, today, &past.was, Origin::Former);
            if past.became.is_some() {
                self.add(slot, &past.id, &past.was, Origin::Former);
            }
        }
    }

    /// A topic stands in the words of one edition and counts for all.
    fn add_topic(&mut self, catalog: &Catalog, words: &[String], key: &str, id: &str) {
        let Some(stated) = catalog.by_key(key) else { return };
        let Some(entry) = catalog.entry(&stated.framework, Some(&stated.edition), id) else { return };
        for (slot, framework) in catalog.frameworks().enumerate() {
            if framework.framework != stated.framework {
                continue;
            }
            let translated = catalog.translate(entry, &framework.edition);
            if let Some(there) = translated.first() {
                for phrase in words {
                    self.add(slot, there.entry.id(), phrase, Origin::Topic);
                }
            }
        }
    }

    fn add(&mut self, slot: usize, id: &str, words: &str, origin: Origin) {
        let stems: BTreeSet<String> = stems(words).into_iter().collect();
        let key = (slot, id.to_owned());
        let known = self.by_id.get(&key).into_iter().flatten();
        let twice = known.filter_map(|at| self.phrases.get(*at)).any(|phrase| phrase.stems == stems);
        if stems.is_empty() || twice {
            return;
        }
        let at = self.phrases.len();
        for stem in &stems {
            self.by_word.entry(stem.clone()).or_default().push(at);
        }
        self.by_id.entry(key).or_default().push(at);
        self.phrases.push(Phrase { slot, id: id.to_owned(), origin, stems, weight: 0.0 });
    }

    /// Rare words say more than common ones.
    fn weigh(&mut self) {
        let all = count(self.phrases.len());
        self.weights =
            self.by_word.iter().map(|(word, at)| (word.clone(), (1.0 + all / count(at.len())).ln())).collect();
        for phrase in &mut self.phrases {
            phrase.weight = phrase.stems.iter().map(|stem| self.weights.get(stem).copied().unwrap_or(0.0)).sum();
        }
    }

    /// The weight of a word; one that no name has weighs like a rare one.
    fn weight(&self, stem: &str) -> f64 {
        let rare = || (1.0 + count(self.phrases.len())).ln();
        self.weights.get(stem).copied().unwrap_or_else(rare)
    }

    /// How well a claimed name fits an entry, from 0 to 1: the best over its names.
    pub(crate) fn fits(&self, claim: &BTreeSet<String>, slot: usize, id: &str, origins: &[Origin]) -> f64 {
        let phrases = self.by_id.get(&(slot, id.to_owned())).into_iter().flatten();
        phrases
            .filter_map(|at| self.phrases.get(*at))
            .filter(|phrase| origins.contains(&phrase.origin))
            .map(|phrase| self.similarity(claim, phrase))
            .fold(0.0, f64::max)
    }

    /// Share of the claimed words that the names of an entry have at all.
    pub(crate) fn shares(&self, claim: &BTreeSet<String>, slot: usize, id: &str) -> bool {
        let phrases = self.by_id.get(&(slot, id.to_owned())).into_iter().flatten();
        phrases.filter_map(|at| self.phrases.get(*at)).any(|phrase| !claim.is_disjoint(&phrase.stems))
    }

    fn similarity(&self, claim: &BTreeSet<String>, phrase: &Phrase) -> f64 {
        let common: f64 = claim.intersection(&phrase.stems).map(|stem| self.weight(stem)).sum();
        let whole: f64 = claim.iter().map(|stem| self.weight(stem)).sum();
        if whole + phrase.weight <= 0.0 { 0.0 } else { 2.0 * common / (whole + phrase.weight) }
    }

    /// The phrases that a claimed name is nearest to, best first: those at least
    /// this similar.
    pub(crate) fn named(
        &self,
        claim: &BTreeSet<String>,
        least: f64,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Vec<(f64, &Phrase)> {
        let mut found: Vec<(f64, &Phrase)> = self
            .candidates(claim)
            .into_iter()
            .filter_map(|at| self.phrases.get(at))
            .filter(|phrase| wanted(phrase))
            .map(|phrase| (self.similarity(claim, phrase), phrase))
            .filter(|(similarity, _)| *similarity >= least)
            .collect();
        found.sort_by(|(a, one), (b, other)| {
            b.total_cmp(a).then_with(|| (one.slot, &one.id).cmp(&(other.slot, &other.id)))
        });
        let mut seen = BTreeSet::new();
        found.retain(|(_, phrase)| seen.insert((phrase.slot, phrase.id.as_str())));
        found
    }

    /// The entries that a run of words speaks of, best first: a topic needs all
    /// of its words, a name most of them, and at least so many.
    pub(crate) fn spoken_of(
        &self,
        words: &BTreeSet<String>,
        least: usize,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Vec<&Phrase> {
        let mut found: Vec<(f64, &Phrase)> = self
            .candidates(words)
            .into_iter()
            .filter_map(|at| self.phrases.get(at))
            .filter(|phrase| wanted(phrase))
            .filter_map(|phrase| {
                let both = words.intersection(&phrase.stems);
                let (count, weight) = both.fold((0, 0.0), |(count, sum), stem| (count + 1, sum + self.weight(stem)));
                let covered = if phrase.weight > 0.0 { weight / phrase.weight } else { 0.0 };
                let enough = match phrase.origin {
                    Origin::Topic => count == phrase.stems.len(),
                    Origin::Name | Origin::Former => {
                        covered >= MOST_OF_A_NAME && (count >= 2 || (least < 2 && phrase.stems.len() == 1))
                    }
                };
                enough.then_some((weight * covered * covered, phrase))
            })
            .collect();
        let topic_first = |phrase: &Phrase| phrase.origin != Origin::Topic;
        found.sort_by(|(a, one), (b, other)| {
            b.total_cmp(a)
                .then_with(|| topic_first(one).cmp(&topic_first(other)))
                .then_with(|| (one.slot, &one.id).cmp(&(other.slot, &other.id)))
        });
        let mut seen = BTreeSet::new();
        found.retain(|(_, phrase)| seen.insert((phrase.slot, phrase.id.as_str())));
        found.into_iter().map(|(_, phrase)| phrase).collect()
    }

    fn candidates(&self, words: &BTreeSet<String>) -> BTreeSet<usize> {
        words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect()
    }
}

/// A name is meant when this share of it, by weight, is there.
const MOST_OF_A_NAME: f64 = 0.66;

impl Phrase {
    pub(crate) fn entry<'c>(&self, catalog: &'c Catalog) -> Option<EntryRef<'c>> {
        catalog.at(self.slot)?.entry(&self.id)
    }
}

/// A number of phrases; there are far fewer than four thousand million.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The words between `('` and `')`.
fn quoted(name: &str) -> Option<&str> {
    let (_, rest) = name.split_once("('")?;
    rest.split_once("')").map(|(inside, _)| inside)
}

/// The stems of a text as a set.
pub(crate) fn word_set(text: &str) -> BTreeSet<String> {
    stems(text).into_iter().collect()
}
