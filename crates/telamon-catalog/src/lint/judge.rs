//! One id in its place: rightly cited or not?

use std::collections::BTreeMap;

use telamon_text::Level;

use super::Prepared;
use super::claim::{Claims, claims};
use super::context::{Context, Near};
use super::finding::IdProblem;
use super::mention::Mask;
use super::names::{Origin, word_set};
use super::propose::{by_words, spoken_of};
use super::scan::Event;
use super::shape::Cited;
use super::unknown;
use crate::catalog::{Catalog, EntryRef};
use crate::framework::Framework;

pub(crate) struct Judge<'a, 't> {
    pub text: &'t str,
    pub catalog: &'a Catalog,
    pub prepared: &'a Prepared,
    pub events: &'a [Event<'t>],
    pub editions: &'a BTreeMap<String, String>,
}

/// A claimed name is that of an entry from here on.
pub(crate) const SAME_NAME: f64 = 0.8;

impl<'a> Judge<'a, '_> {
    pub(crate) fn judge(&self, at: usize, cited: &Cited<'_>, context: &Context<'_, '_>) -> Option<IdProblem> {
        let cited = &self.settled(at, cited, context)?;
        let shape = self.prepared.shapes.get(cited.shape)?;
        let claims = self.claims(at, cited);
        let framework = self.catalog.get(&shape.framework, None)?;
        let number = self.number(&shape.framework)?;
        let stated = cited.edition.or_else(|| context.edition(at, number));
        let edition = stated.or_else(|| self.editions.get(&shape.framework).map(String::as_str));
        let Some(edition_of) =
            edition.map_or(Some(framework), |edition| self.catalog.get(&shape.framework, Some(edition)))
        else {
            return Some(unknown::edition(self.catalog, framework, cited.id, edition.unwrap_or("")));
        };
        // Without an edition an id of any edition will do.
        let elsewhere = || {
            let mut others = self.of_framework(&shape.framework).filter(|_| edition.is_none());
            others.find_map(|(_, other)| self.catalog.entry(&shape.framework, Some(&other.edition), cited.id))
        };
        let Some(entry) = self.catalog.entry(&shape.framework, Some(&edition_of.edition), cited.id).or_else(elsewhere)
        else {
            let known = |other: &Framework| other.elsewhere.iter().any(|id| id == cited.id);
            let exists = edition.is_none() && self.of_framework(&shape.framework).any(|(_, other)| known(other));
            return if exists { None } else { unknown::id(self, edition_of, cited, &claims, context, at) };
        };
        if let Some(problem) = self.other_framework(entry, cited, &claims, context, at) {
            return Some(problem);
        }
        if edition.is_none() && edition_of.cites_edition() {
            return self.without_edition(number, cited.id, &claims, context, at);
        }
        self.name(entry, claims.name.as_ref()?)
    }

    fn claims(&self, at: usize, cited: &Cited<'_>) -> Claims {
        let is_id = |event: &&Event<'_>| matches!(event, Event::Id(_));
        let left = self.events.get(..at).and_then(|events| events.iter().rev().take(8).find(is_id));
        let right = self.events.get(at + 1);
        claims(
            self.text,
            cited.start,
            cited.end,
            left.map_or(0, Event::end),
            right.map_or(self.text.len(), Event::start),
        )
    }

    /// Bit number of a framework.
    fn number(&self, framework: &str) -> Option<usize> {
        self.prepared.words.frameworks.iter().take(64).position(|id| id == framework)
    }

    pub(crate) fn mask(&self, frameworks: &[&str]) -> Mask {
        frameworks.iter().filter_map(|id| self.number(id)).fold(0, |mask, number| mask | 1 << number)
    }

    pub(crate) fn of_framework(&self, id: &str) -> impl Iterator<Item = (usize, &'a Framework)> {
        self.catalog.frameworks().enumerate().filter(move |(_, framework)| framework.framework == id)
    }

    /// An id that exists but is cited as one of a framework that does not have it.
    fn other_framework(
        &self,
        entry: EntryRef<'a>,
        cited: &Cited<'_>,
        claims: &Claims,
        context: &Context<'_, '_>,
        at: usize,
    ) -> Option<IdProblem> {
        let own = entry.framework.framework.as_str();
        let others = self.prepared.twins.confused_with(own);
        let own_mask = self.mask(&[own]);
        let (named, near) = context.framework(at, own_mask | self.mask(&others))?;
        if named & own_mask != 0 {
            return None;
        }
        let shape = self.prepared.shapes.get(cited.shape)?;
        // An id that tells its framework by itself is only wrong right beside the other's name.
        if shape.is_marked() && !self.touches(at, named) {
            return None;
        }
        let other = others.into_iter().find(|other| self.mask(&[other]) & named != 0)?;
        let other = self.catalog.get(other, None)?;
        let proposals = self.counterparts(entry, claims, other);
        let line = self.around(cited);
        if near > Near::Line && proposals.first().is_some_and(|proposal| line.contains(proposal.id())) {
            return None;
        }
        let code = format!("{own}-id-as-{}", other.framework);
        let message = format!(
            "`{}` is cited as an id of {} and is one of {}: {}",
            cited.id,
            other.name,
            entry.framework.name,
            entry.name()
        );
        // A word far away may belong to something else.
        let level = if near < Near::Heading { Level::Error } else { Level::Warning };
        let problem = IdProblem::new(code, level, message);
        if proposals.is_empty() || shape.is_marked() {
            let right = format!("{} {}", entry.framework.name, entry.citation());
            let mut problem = problem.because(format!("{} has no id `{}`", other.name, cited.id));
            problem.proposal = Some(right);
            return Some(problem);
        }
        let because = format!("{} is named {}; {}", other.name, near.words(), self.reason(entry, &proposals, other));
        Some(problem.propose(proposals).because(because))
    }

    /// Whether the words for a framework end right before an id.
    fn touches(&self, at: usize, of: Mask) -> bool {
        let Some(Event::Mention(mention)) = at.checked_sub(1).and_then(|before| self.events.get(before)) else {
            return false;
        };
        let gap = self.events.get(at).and_then(|event| self.text.get(mention.end..event.start()));
        mention.together & !of == 0 && gap.is_some_and(|gap| gap.trim_matches([' ', ':', '(', '*', '`']).is_empty())
    }

    fn around(&self, cited: &Cited<'_>) -> &str {
        let bytes = self.text.as_bytes();
        let back =
            bytes.get(..cited.start).unwrap_or_default().iter().rev().take(REACH).take_while(|byte| **byte != b'\n');
        let ahead = bytes.get(cited.end..).unwrap_or_default().iter().take(REACH).take_while(|byte| **byte != b'\n');
        let mut from = cited.start - back.count();
        let mut to = cited.end + ahead.count();
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        while to > cited.end && !self.text.is_char_boundary(to) {
            to -= 1;
        }
        self.text.get(from..to).unwrap_or("")
    }

    /// What another framework calls what is meant: what the words speak of,
    /// what refers to the id, what is named like it.
    fn counterparts(&self, entry: EntryRef<'a>, claims: &Claims, other: &Framework) -> Vec<EntryRef<'a>> {
        let names = &self.prepared.names;
        let twins = self.prepared.twins.of_id(self.catalog, &other.framework, entry.id());
        let slot = self.slot(entry.framework);
        let own_name = claims
            .name
            .as_ref()
            .is_some_and(|claim| names.fits(&claim.stems, slot, entry.id(), &[Origin::Name]) >= SAME_NAME);
        let edition = Some(other.edition.as_str());
        let meant = if own_name && !twins.is_empty() {
            Vec::new()
        } else {
            by_words(claims, names, self.catalog, &other.framework, edition)
        };
        let alike = || spoken_of(&word_set(entry.name()), 1, names, self.catalog, &other.framework, edition);
        let same_kind = |found: &EntryRef<'_>| found.entry.kind == entry.entry.kind;
        let mut out: Vec<EntryRef<'a>> = Vec::new();
        for found in meant.into_iter().take(2).chain(twins) {
            if same_kind(&found) && !out.contains(&found) {
                out.push(found);
            }
        }
        if out.is_empty() {
            out = alike().into_iter().filter(same_kind).take(3).collect();
        }
        out
    }

    fn reason(&self, entry: EntryRef<'_>, proposals: &[EntryRef<'_>], other: &Framework) -> String {
        let twins = self.prepared.twins.of_id(self.catalog, &other.framework, entry.id());
        match proposals.first() {
            Some(first) if twins.contains(first) => {
                format!("{} refers to `{}` at {}", other.name, entry.id(), first.id())
            }
            Some(first) => format!("the words around the id speak of {}", first.name()),
            None => String::new(),
        }
    }

    pub(crate) fn slot(&self, framework: &Framework) -> usize {
        self.catalog.frameworks().position(|other| std::ptr::eq(other, framework)).unwrap_or(usize::MAX)
    }
}

/// How far around an id its counterpart is looked for.
const REACH: usize = 240;
