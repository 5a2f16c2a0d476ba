//! The name beside an id: is it the entry's, and in which edition?

use telamon_text::Level;

use super::claim::{Claim, Claims};
use super::context::Context;
use super::finding::IdProblem;
use super::judge::{Judge, SAME_NAME};
use super::names::{Origin, Phrase, word_set};
use super::propose::{in_edition, spoken_of};
use crate::catalog::EntryRef;

/// Below, a claimed name is not even meant to be that of an entry.
const OTHER_NAME: f64 = 0.5;

impl<'a> Judge<'a, '_> {
    /// An id that needs an edition and has none.
    pub(crate) fn without_edition(
        &self,
        number: usize,
        id: &str,
        claims: &Claims,
        context: &Context<'_, '_>,
        at: usize,
    ) -> Option<IdProblem> {
        let framework = self.prepared.words.frameworks.get(number)?;
        let several = self.of_framework(framework).nth(1).is_some();
        // A file that sorts ids by framework need not name the only edition there is.
        if claims.in_address || (!several && context.is_under_key(at, number)) {
            return None;
        }
        let editions: Vec<(usize, EntryRef<'a>)> = self
            .of_framework(framework)
            .filter_map(|(slot, other)| Some((slot, self.catalog.entry(framework, Some(&other.edition), id)?)))
            .collect();
        let named = claims.name.as_ref().map(|claim| self.by_name(framework, claim)).unwrap_or_default();
        // The edition of the other ids in the text, else the default one.
        let others = context.cited_edition(number);
        let likely = match others {
            Some(edition) => edition,
            None => self.catalog.default_edition(framework)?,
        };
        let mut proposals = if named.is_empty() { editions.iter().map(|(_, entry)| *entry).collect() } else { named };
        // The likely edition first, then the newer ones.
        proposals.reverse();
        proposals.sort_by_key(|entry| entry.framework.edition != likely);
        let name = &self.catalog.get(framework, None)?.name;
        let meanings: Vec<String> = editions.iter().map(|(_, entry)| entry.citation()).collect();
        let level = if several && others.is_none() { Level::Warning } else { Level::Note };
        let message = format!("`{id}` names no edition of {name}");
        let because = if several {
            format!("the same id is {}", meanings.join(", "))
        } else {
            "lists are renumbered from one edition to the next".to_owned()
        };
        Some(IdProblem::new("missing-edition", level, message).propose(proposals).because(because))
    }

    /// The entries that have a name, one for each edition, in the order of the catalog.
    fn by_name(&self, framework: &str, claim: &Claim) -> Vec<EntryRef<'a>> {
        let mut found: Vec<EntryRef<'a>> = Vec::new();
        for (_, edition) in self.of_framework(framework) {
            let best = self.best_named(claim, framework, Some(&edition.edition));
            found.extend(best);
        }
        found
    }

    /// The entry whose name this is. Where the claim runs on behind the name,
    /// its first words decide.
    fn best_named(&self, claim: &Claim, framework: &str, edition: Option<&str>) -> Option<EntryRef<'a>> {
        let wanted = |phrase: &Phrase| in_edition(self.catalog, phrase.slot, framework, edition);
        let words: Vec<&str> = claim.text.split_whitespace().collect();
        let shorter = (2..words.len()).rev().filter(|_| !claim.sure).filter_map(|count| words.get(..count));
        let texts = shorter.map(|words| word_set(&words.join(" ")));
        let mut best: Option<(f64, EntryRef<'a>)> = None;
        for stems in std::iter::once(claim.stems.clone()).chain(texts) {
            let found = self.prepared.names.named(&stems, SAME_NAME, wanted);
            if let Some((fit, phrase)) = found.first()
                && best.is_none_or(|(known, _)| *fit > known)
                && let Some(entry) = phrase.entry(self.catalog)
            {
                best = Some((*fit, entry));
            }
        }
        best.map(|(_, entry)| entry)
    }

    /// The name beside an id that exists.
    pub(crate) fn name(&self, entry: EntryRef<'a>, claim: &Claim) -> Option<IdProblem> {
        let names = &self.prepared.names;
        let slot = self.slot(entry.framework);
        let framework = entry.framework;
        let own = names.fits(&claim.stems, slot, entry.id(), &[Origin::Name, Origin::Topic]);
        let former = names.fits(&claim.stems, slot, entry.id(), &[Origin::Former]);
        if former >= 0.99 && own < 0.99 && claim.sure {
            let since = framework.history.iter().find(|past| past.id == entry.id()).and_then(|past| past.since.clone());
            let since = since.map_or_else(String::new, |since| format!(" since {since}"));
            let message = format!("`{}` is an earlier name of `{}`", claim.text, entry.id());
            return Some(
                IdProblem::new("renamed-entry", Level::Warning, message)
                    .propose([entry])
                    .because(format!("its name{since} is {}", entry.name())),
            );
        }
        if own >= OTHER_NAME || former >= OTHER_NAME {
            return None;
        }
        let cited = entry.cite();
        let here = self.best_named(claim, &framework.framework, Some(&framework.edition));
        let elsewhere = self.by_name(&framework.framework, claim);
        let same_id = elsewhere.iter().find(|other| other.id() == entry.id());
        // Where ids keep their meaning, an entry may go by the name of any edition.
        if same_id.is_some() && !framework.cites_edition() {
            return None;
        }
        let right: Vec<EntryRef<'a>> =
            here.into_iter().chain(elsewhere.iter().copied()).fold(Vec::new(), |mut out, other| {
                if !out.contains(&other) && other.entry.kind == entry.entry.kind {
                    out.push(other);
                }
                out
            });
        if let Some(other) = same_id
            && framework.cites_edition()
        {
            let message = format!("`{}` is {} and not `{}`", cited, entry.name(), claim.text);
            return Some(
                IdProblem::new("wrong-edition", Level::Error, message)
                    .propose(right)
                    .because(format!("{} has that name in another edition", other.cite())),
            );
        }
        if !right.is_empty() {
            let message = format!("`{}` is {} and not `{}`", cited, entry.name(), claim.text);
            let because = right.first().map(|other| format!("that is the name of {}", other.cite()));
            return Some(
                IdProblem::new("wrong-name", Level::Error, message).propose(right).because(because.unwrap_or_default()),
            );
        }
        self.strange_name(entry, slot, claim)
    }

    /// A name that no entry has, set off as one.
    fn strange_name(&self, entry: EntryRef<'a>, slot: usize, claim: &Claim) -> Option<IdProblem> {
        let names = &self.prepared.names;
        let family = std::iter::once(entry).chain(entry.parent()).chain(entry.tactics());
        let known = family.into_iter().any(|other| names.shares(&claim.stems, slot, other.id()));
        let summary = word_set(&entry.entry.summary);
        let in_summary = !claim.stems.is_disjoint(&summary);
        let other_kind = !names.named(&claim.stems, SAME_NAME, |phrase| phrase.slot == slot).is_empty();
        let words = claim.stems.iter().filter(|stem| stem.chars().any(char::is_alphabetic)).count();
        if !claim.sure || !claim.behind || words < 2 || known || in_summary || other_kind {
            return None;
        }
        let meant: Vec<EntryRef<'a>> =
            spoken_of(&claim.stems, 1, names, self.catalog, &entry.framework.framework, Some(&entry.framework.edition));
        let message = format!("`{}` is {} and not `{}`", entry.cite(), entry.name(), claim.text);
        let because = match meant.first() {
            Some(other) => format!("the name speaks of {}", other.citation()),
            None => format!("no entry of {} has that name", entry.framework.name),
        };
        let level = if meant.is_empty() { Level::Warning } else { Level::Error };
        let right = meant.into_iter().take(2).chain([entry]);
        Some(IdProblem::new("wrong-name", level, message).propose(right).because(because))
    }
}
