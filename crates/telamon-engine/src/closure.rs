//! The attacker's view, closed: every need is met, every gain leads on or does harm, every harm costs something.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use telamon_rules::RuleSet;
use telamon_text::{Diagnostic, SourceId, yaml};

/// Who attacks, and what harms cost. See `catalog/attackers.yaml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attackers {
    /// Sorts of attackers.
    pub profiles: Vec<Profile>,
    /// Forms of loss by harm.
    pub harms: BTreeMap<String, Vec<Loss>>,
}

/// A sort of attacker.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Profile {
    /// Id.
    pub id: String,
    /// Who it is.
    pub name: String,
    /// Facts that hold before the first step, as rules write them: `reach(component)`.
    pub starts: Vec<String>,
}

/// Forms of loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// People and firms that clean up.
    Response,
    /// What must be bought or built again.
    Replacement,
    /// Fines and settlements.
    Fines,
    /// Customers and orders that stay away.
    LostBusiness,
    /// A lead that others caught up with.
    LostAdvantage,
    /// People who come to harm.
    PeopleHarmed,
}

impl Attackers {
    /// Reads the file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(source: SourceId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let root = yaml::read(source, text, &yaml::Limits::default(), &mut diagnostics);
        let Some(root) = root else { return Err(diagnostics) };
        yaml::from_node(&root).map_err(|diagnostic| vec![diagnostic])
    }
}

/// What is open in the attacker's view of the rules, one line each; empty when it is closed.
///
/// A fact is met by the same verb wherever it stands: places (`component`, `sink`, `neighbour`) are relative to the
/// rule that names them, and only a model can say which are the same element.
pub fn holes(rules: &RuleSet, attackers: &Attackers) -> Vec<String> {
    let verb = |fact: &str| fact.split('(').next().unwrap_or(fact).to_owned();
    let starts: BTreeSet<String> =
        attackers.profiles.iter().flat_map(|profile| &profile.starts).map(|fact| verb(fact)).collect();
    let mut holes = Vec::new();
    for rule in &rules.rules {
        let others = || rules.rules.iter().filter(|other| other.id != rule.id);
        for need in &rule.needs {
            let met = starts.contains(&need.verb)
                || others().any(|other| other.gains.iter().any(|gain| gain.verb == need.verb));
            if !met {
                holes.push(format!("{}: nobody can {}({})", rule.id, need.verb, need.of));
            }
        }
        for gain in &rule.gains {
            let used = others().any(|other| other.needs.iter().any(|need| need.verb == gain.verb));
            if !used && rule.harm.is_empty() {
                holes.push(format!("{}: {}({}) is of no use and does no harm", rule.id, gain.verb, gain.of));
            }
        }
        if rule.gains.is_empty() && rule.harm.is_empty() {
            holes.push(format!("{}: it neither gains anything nor does harm", rule.id));
        }
        for harm in &rule.harm {
            if attackers.harms.get(harm).is_none_or(Vec::is_empty) {
                holes.push(format!("{}: the harm `{harm}` costs nothing", rule.id));
            }
        }
    }
    holes
}
