//! The controls, as the file `catalog/vocabulary/controls.yaml` has them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use telamon_text::{Diagnostic, SourceId};

use crate::catalog::Catalog;
use crate::parse::parse;
use crate::vocabulary::Kinds;

/// All controls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Controls {
    /// In the order of the file.
    pub controls: Vec<Control>,
}

/// One control.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Control {
    /// Id as written in models.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it does and stops, in one sentence.
    pub line: String,
    /// The remedy as a sentence, with `{on}` for the element.
    pub says: String,
    /// The question for someone who has not stated it, with `{on}`.
    pub ask: String,
    /// Where it can stand: kinds, classes, `flow`, `zone`, `data`.
    pub stands: Vec<String>,
    /// On what it weighs: `intake`, `output`, `flow`, or `self` for none.
    pub acts: String,
    /// How it weighs on labels: weak, strong, stop.
    #[serde(default)]
    pub strength: BTreeMap<String, String>,
    /// prevents, limits or detects.
    pub effect: String,
    /// From where it is inherited: none, zone, orchestrator, downstream.
    #[serde(default = "none")]
    pub inherited: String,
    /// low, medium or high.
    pub cost: String,
    /// What catalogs of controls call it.
    #[serde(default)]
    pub maps: ControlMaps,
}

/// Ids of a control by framework; an id is written as the framework writes it.
pub type ControlMaps = BTreeMap<String, Vec<String>>;

fn none() -> String {
    "none".to_owned()
}

/// Reads `controls.yaml`.
///
/// # Errors
/// Everything that is wrong with the file; its references are checked by
/// [`Controls::check`].
pub fn parse_controls(source: SourceId, text: &str) -> Result<Controls, Vec<Diagnostic>> {
    parse(source, text)
}

impl Controls {
    /// A control by its id.
    pub fn get(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == id)
    }

    /// The controls that a framework calls by an id, in the order of the file.
    pub fn mapped(&self, framework: &str, id: &str) -> Vec<&Control> {
        let names =
            |control: &&Control| control.maps.get(framework).is_some_and(|ids| ids.iter().any(|other| other == id));
        self.controls.iter().filter(names).collect()
    }

    /// Everything that does not hold together: ids that come twice, unknown
    /// words, places that are no kind or class, ids that a framework of the
    /// catalog does not have.
    pub fn check(&self, kinds: &Kinds, catalog: &Catalog) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (at, control) in self.controls.iter().enumerate() {
            let id = &control.id;
            if self.controls.iter().take(at).any(|other| other.id == *id) {
                out.push(Diagnostic::error("duplicate-id", format!("control `{id}` comes twice")));
            }
            for (key, word, known) in [
                ("acts", &control.acts, &["intake", "output", "flow", "self"][..]),
                ("effect", &control.effect, &["prevents", "limits", "detects"]),
                ("inherited", &control.inherited, &["none", "zone", "orchestrator", "downstream"]),
                ("cost", &control.cost, &["low", "medium", "high"]),
            ] {
                if !known.contains(&word.as_str()) {
                    out.push(unknown_word(id, key, word, known));
                }
            }
            for strength in control.strength.values() {
                let known = ["weak", "strong", "stop"];
                if !known.contains(&strength.as_str()) {
                    out.push(unknown_word(id, "strength", strength, &known));
                }
            }
            for place in &control.stands {
                let class = kinds.kinds.iter().any(|kind| kind.class.as_deref() == Some(place));
                if !class && kinds.get(place).is_none() && !PLACES.contains(&place.as_str()) {
                    out.push(Diagnostic::error(
                        "dangling-reference",
                        format!("control `{id}` stands on `{place}`, which is no kind, class or other place"),
                    ));
                }
            }
            for (framework, ids) in &control.maps {
                for mapped in ids.iter().filter(|_| catalog.by_key(framework).is_some()) {
                    let (name, edition) = framework
                        .split_once('@')
                        .map_or((framework.as_str(), None), |(name, edition)| (name, Some(edition)));
                    if let Err(problem) = catalog.check_id(name, edition, mapped) {
                        out.push(Diagnostic::error(
                            "dangling-reference",
                            format!("control `{id}`: {}", problem.message),
                        ));
                    }
                }
            }
        }
        out
    }
}

/// Where a control can stand beside components.
const PLACES: [&str; 3] = ["flow", "zone", "data"];

fn unknown_word(id: &str, key: &str, word: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::error("unknown-word", format!("control `{id}` has `{key}: {word}`; it is one of {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::parse_controls;
    use crate::catalog::Catalog;
    use crate::vocabulary::parse_kinds;
    use telamon_text::SourceId;

    const ONE: &str = "controls:\n  - { id: rate-limiting, name: Rate limiting, line: It counts., says: \"limit {on}\", ask: \"is {on} limited?\", stands: [model, flow], acts: intake, strength: { reach: weak }, effect: limits, cost: low, maps: { nist-800-53: [SC-5] } }\n";

    #[test]
    fn a_control_is_found_by_id_and_by_what_others_call_it() {
        let controls = parse_controls(SourceId(0), ONE).unwrap();
        assert_eq!(controls.get("rate-limiting").unwrap().inherited, "none");
        assert_eq!(controls.mapped("nist-800-53", "SC-5").len(), 1);
        assert!(controls.mapped("nist-800-53", "SC-6").is_empty());
        let kinds = parse_kinds(SourceId(0), "kinds:\n  - { id: process, line: It runs., class: model }\n").unwrap();
        assert!(controls.check(&kinds, &Catalog::new(Vec::new())).is_empty());
    }

    #[test]
    fn words_and_places_are_checked() {
        let text = ONE.replace("acts: intake", "acts: both").replace("[model, flow]", "[moon]");
        let controls = parse_controls(SourceId(0), &text).unwrap();
        let kinds = parse_kinds(SourceId(0), "kinds:\n  - { id: process, line: It runs., class: model }\n").unwrap();
        let codes: Vec<String> = controls
            .check(&kinds, &Catalog::new(Vec::new()))
            .into_iter()
            .map(|diagnostic| diagnostic.code.to_string())
            .collect();
        assert_eq!(codes, ["unknown-word", "dangling-reference"]);
    }
}
