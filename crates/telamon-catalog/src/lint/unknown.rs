//! An id that its framework does not have: retired, cut short, or misspelt.

use telamon_text::{Level, suggest};

use super::claim::Claims;
use super::context::Context;
use super::finding::IdProblem;
use super::judge::Judge;
use super::propose::{by_words, spoken_of};
use super::shape::{Cited, Shape, split};
use crate::catalog::{Catalog, EntryRef};
use crate::framework::{Framework, PastHow};

/// A framework, or an edition of one, that the catalog does not have.
pub(crate) fn framework(catalog: &Catalog, framework: &str, wanted: Option<&str>, id: &str) -> IdProblem {
    if let (Some(known), Some(wanted)) = (catalog.get(framework, None), wanted) {
        return edition(catalog, known, id, wanted);
    }
    let ids = catalog.framework_ids();
    let message = format!("there is no framework `{framework}`");
    let mut problem = IdProblem::new("unknown-framework", Level::Error, message);
    problem.proposal = suggest::closest(framework, ids.iter().copied()).map(str::to_owned);
    problem.because(format!("the frameworks are {}", ids.join(", ")))
}

/// An id whose edition the framework does not have.
pub(crate) fn edition(catalog: &Catalog, framework: &Framework, id: &str, edition: &str) -> IdProblem {
    let known: Vec<&Framework> = catalog.frameworks().filter(|other| other.framework == framework.framework).collect();
    let names: Vec<&str> = known.iter().map(|other| other.edition.as_str()).collect();
    let message = format!("{} has no edition `{edition}`", framework.name);
    let mut entries: Vec<EntryRef<'_>> =
        known.iter().filter_map(|other| catalog.entry(&other.framework, Some(&other.edition), id)).collect();
    let near = suggest::closest(edition, names.iter().copied());
    entries.reverse();
    entries.sort_by_key(|entry| match near {
        Some(near) => entry.framework.edition != near,
        None => !entry.framework.default,
    });
    IdProblem::new("unknown-edition", Level::Error, message)
        .propose(entries)
        .because(format!("its editions are {}", names.join(", ")))
}

/// An id of a known edition.
pub(crate) fn id(
    judge: &Judge<'_, '_>,
    framework: &Framework,
    cited: &Cited<'_>,
    claims: &Claims,
    context: &Context<'_, '_>,
    at: usize,
) -> Option<IdProblem> {
    let own = judge.mask(&[framework.framework.as_str()]);
    let family = own | judge.mask(&judge.prepared.twins.confused_with(&framework.framework));
    // The framework that is named there, where it is taken for another one.
    let named = context.framework(at, family).filter(|(named, _)| named & own == 0);
    let confused = judge.prepared.twins.confused_with(&framework.framework);
    let other = confused.into_iter().find(|other| named.is_some_and(|(named, _)| named & judge.mask(&[other]) != 0));
    let thought = other.and_then(|other| judge.catalog.get(other, None)).unwrap_or(framework);
    let meant = by_words(claims, &judge.prepared.names, judge.catalog, &thought.framework, Some(&thought.edition));
    if let Some(problem) = retired(judge.catalog, framework, cited.id) {
        let taken =
            (thought.framework != framework.framework).then(|| retired_as_other(framework, thought, cited.id, &meant));
        return taken.flatten().or(Some(problem));
    }
    let elsewhere = framework.elsewhere.iter().any(|id| id == cited.id);
    let shape = judge.prepared.shapes.get(cited.shape)?;
    if let Some(problem) = cut_short(judge, framework, shape, cited, claims, context, at) {
        return Some(problem);
    }
    if elsewhere || may_exist(framework, shape, cited.id) {
        return None;
    }
    let fits = split(cited.id).is_some_and(|parts| (shape.least..=shape.most).contains(&parts.digits.len()));
    if claims.in_address && !shape.is_marked() {
        return None;
    }
    // A capital letter and a number is an id only where the text speaks of the framework.
    let is_meant = shape.is_distinctive() || (fits && context.names(family));
    if !is_meant || (!fits && !shape.is_marked()) {
        return None;
    }
    let mut problem = not_there(judge.catalog, thought, cited.id);
    let twins = judge.prepared.twins.of_id(judge.catalog, &thought.framework, cited.id);
    if let Some(first) = twins.first() {
        problem.because = format!("{} refers to what it is a part of at {}", thought.name, first.id());
        problem = problem.propose(twins);
    }
    let meant = by_words(claims, &judge.prepared.names, judge.catalog, &thought.framework, Some(&thought.edition));
    if let Some(first) = meant.first() {
        problem.because = format!("the words around the id speak of {}", first.name());
        problem = problem.propose(meant.into_iter().take(2));
    }
    Some(problem)
}

/// A retired id that is taken for one of another framework.
fn retired_as_other(framework: &Framework, thought: &Framework, id: &str, meant: &[EntryRef<'_>]) -> Option<IdProblem> {
    let past = framework.history.iter().find(|past| past.id == id)?;
    let first = meant.first()?;
    let code = format!("{}-id-as-{}", framework.framework, thought.framework);
    let message =
        format!("`{id}` is cited as an id of {} and was one of {}: {}", thought.name, framework.name, past.was);
    let because = format!("the words around the id speak of {}", first.name());
    Some(IdProblem::new(code, Level::Error, message).propose(meant.iter().take(2).copied()).because(because))
}

/// The same without a text around it.
pub(crate) fn bare(catalog: &Catalog, framework: &Framework, id: &str) -> IdProblem {
    retired(catalog, framework, id)
        .or_else(|| with_edition(catalog, framework, id))
        .or_else(|| of_other(catalog, framework, id))
        .unwrap_or_else(|| not_there(catalog, framework, id))
}

/// `LLM01:2025` where the edition has been named already.
fn with_edition(catalog: &Catalog, framework: &Framework, id: &str) -> Option<IdProblem> {
    let entry = catalog.find_all(id, Some(&framework.framework), None).into_iter().next()?;
    let message = format!("`{id}` is no id of {} {}", framework.name, framework.edition);
    let mut problem = IdProblem::new("unknown-id", Level::Error, message).propose([entry]);
    problem.replacement = Some(entry.id().to_owned());
    let other = entry.framework.edition != framework.edition;
    Some(if other {
        problem.because(format!("it is {} in edition {}", entry.name(), entry.framework.edition))
    } else {
        problem.because("the edition does not belong to the id here")
    })
}

/// An id of another framework, or one that lacks its first letters.
fn of_other(catalog: &Catalog, framework: &Framework, id: &str) -> Option<IdProblem> {
    let entry = catalog.find(id, None, None);
    if let Some(entry) = entry.filter(|entry| entry.framework.framework != framework.framework) {
        let twins = catalog.prepared().twins.of_id(catalog, &framework.framework, id);
        let code = format!("{}-id-as-{}", entry.framework.framework, framework.framework);
        let message =
            format!("`{id}` is no id of {} and is one of {}: {}", framework.name, entry.framework.name, entry.name());
        let because = match twins.first() {
            Some(first) => format!("{} refers to `{id}` at {}", framework.name, first.id()),
            None => String::new(),
        };
        return Some(IdProblem::new(code, Level::Error, message).propose(twins).because(because));
    }
    let shapes = catalog.prepared().shapes.iter().filter(|shape| shape.framework == framework.framework);
    let parts = split(id)?;
    let found = shapes
        .filter(|shape| shape.prefix.ends_with(parts.prefix))
        .map(|shape| format!("{}{}{}", shape.prefix, parts.digits, parts.part))
        .find_map(|longer| catalog.entry(&framework.framework, Some(&framework.edition), &longer))?;
    let message = format!("`{id}` is no id of {}", framework.name);
    let because = format!("ids of {} begin with more letters", framework.name);
    Some(IdProblem::new("incomplete-id", Level::Error, message).propose([found]).because(because))
}

/// An id of an earlier release.
fn retired(catalog: &Catalog, framework: &Framework, id: &str) -> Option<IdProblem> {
    let past = framework.history.iter().find(|past| past.id == id && past.how != PastHow::Renamed)?;
    let until = past.until.as_ref().map_or_else(String::new, |until| format!(" in {until}"));
    let verb = match past.how {
        PastHow::Moved => "moved",
        PastHow::Replaced => "replaced",
        PastHow::Renamed | PastHow::Retired => "retired",
    };
    let message = format!("`{id}` is no longer an id of {} {}", framework.name, framework.edition);
    let problem = IdProblem::new("retired-id", Level::Error, message);
    let today = today(catalog, framework, past.became.as_deref());
    Some(problem.propose(today).because(format!("it was {}{until} and was {verb}", past.was)))
}

/// The entry that an id became, over several releases if need be.
pub(crate) fn today<'c>(catalog: &'c Catalog, framework: &Framework, became: Option<&str>) -> Option<EntryRef<'c>> {
    let mut id = became?;
    for _ in 0..8 {
        if let Some(entry) = catalog.entry(&framework.framework, Some(&framework.edition), id) {
            return Some(entry);
        }
        id = framework.history.iter().find(|past| past.id == id)?.became.as_deref()?;
    }
    None
}

/// A list that holds only a part: ids up to the highest it knows may exist.
fn may_exist(framework: &Framework, shape: &Shape, id: &str) -> bool {
    let number: Option<u64> = split(id).and_then(|parts| parts.digits.parse().ok());
    framework.partial && number.is_some_and(|number| number <= shape.highest)
}

/// `TA0000` for an id that begins with more letters.
fn cut_short(
    judge: &Judge<'_, '_>,
    framework: &Framework,
    shape: &Shape,
    cited: &Cited<'_>,
    claims: &Claims,
    context: &Context<'_, '_>,
    at: usize,
) -> Option<IdProblem> {
    let rest = cited.id.strip_prefix(shape.prefix.as_str())?;
    for longer in judge.prepared.shapes.iter().filter(|longer| longer.prefix.len() > shape.prefix.len()) {
        if !longer.prefix.ends_with(&shape.prefix) || longer.framework == framework.framework {
            continue;
        }
        let id = format!("{}{rest}", longer.prefix);
        let Some(other) = judge.catalog.get(&longer.framework, None) else { continue };
        let Some(entry) = judge.catalog.entry(&longer.framework, None, &id).or_else(|| {
            let past = other.history.iter().find(|past| past.id == id)?;
            today(judge.catalog, other, past.became.as_deref())
        }) else {
            continue;
        };
        let both = judge.mask(&[longer.framework.as_str(), framework.framework.as_str()]);
        let of_other = judge.mask(&[longer.framework.as_str()]);
        let named = context.framework(at, both).is_some_and(|(named, _)| named & of_other != 0);
        let spoken = claims.name.as_ref().is_some_and(|claim| {
            spoken_of(&claim.stems, 1, &judge.prepared.names, judge.catalog, &longer.framework, None).contains(&entry)
        });
        if !named && !spoken && !context.names(of_other) {
            continue;
        }
        let lacking = longer.prefix.strip_suffix(shape.prefix.as_str()).unwrap_or(&longer.prefix);
        let message =
            format!("`{}` is no id of {}: ids of {} begin with `{lacking}`", cited.id, framework.name, other.name);
        let meant = by_words(claims, &judge.prepared.names, judge.catalog, &longer.framework, Some(&other.edition));
        let renamed = other.history.iter().rev().find(|past| past.id == id && past.how == PastHow::Renamed);
        let because = match (&claims.name, renamed) {
            (Some(claim), Some(past)) if claim.text == past.was => match &past.since {
                Some(since) => format!("its name since {since} is {}", entry.name()),
                None => format!("its name is now {}", entry.name()),
            },
            _ => format!("{} has {}", other.name, entry.citation()),
        };
        // The name beside the id counts for more than its digits.
        let proposals = match meant.first() {
            Some(first) if claims.name.is_some() && first.entry.kind == entry.entry.kind && *first != entry => {
                vec![*first, entry]
            }
            _ => vec![entry],
        };
        return Some(IdProblem::new("incomplete-id", Level::Error, message).propose(proposals).because(because));
    }
    None
}

/// Says that an id is not there, with the nearest one that is.
fn not_there(catalog: &Catalog, framework: &Framework, id: &str) -> IdProblem {
    let message = format!("`{id}` is no id of {} {}", framework.name, framework.edition);
    let problem = IdProblem::new("unknown-id", Level::Error, message);
    let entry = |id: &str| catalog.entry(&framework.framework, Some(&framework.edition), id);
    if let Some(entry) = split(id).and_then(|parts| {
        let same = |other: &&str| {
            split(other).is_some_and(|known| {
                known.prefix == parts.prefix
                    && known.part == parts.part
                    && known.digits.trim_start_matches('0') == parts.digits.trim_start_matches('0')
            })
        };
        let id = framework.entries.iter().map(|entry| entry.id.as_str()).find(same)?;
        entry(id)
    }) {
        return problem.propose([entry]).because("ids have a fixed number of digits");
    }
    if let Some(parent) = id.rsplit_once('.').and_then(|(parent, _)| entry(parent)) {
        let parts: Vec<&str> = parent.children().into_iter().map(EntryRef::id).collect();
        let because = if parts.is_empty() {
            format!("{} has no parts", parent.id())
        } else {
            format!("its parts are {}", parts.join(", "))
        };
        return problem.propose([parent]).because(because);
    }
    if let Some(other) = catalog
        .frameworks()
        .filter(|other| other.framework == framework.framework)
        .find_map(|other| catalog.entry(&other.framework, Some(&other.edition), id))
    {
        return problem.propose([other]).because(format!("edition {} has it", other.framework.edition));
    }
    let near = split(id).is_none().then(|| {
        let ids = framework.entries.iter().map(|entry| entry.id.as_str());
        suggest::closest(id, ids).and_then(entry)
    });
    problem.propose(near.flatten())
}
