//! A system with what people expect of it and what the engine says.

use crate::run::Failure;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use telamon_engine::analysis::{Analysis, Persona, Threat};
use telamon_engine::{Inputs, analyze};
use telamon_model::NoLoader;
use telamon_rules::RuleSet;
use telamon_text::Sources;
use telamon_text::report::{self, RenderOptions};
use telamon_text::yaml::{self, Limits};

/// Of each threat so many count, so that a threat which names everything gains nothing.
const ATLAS: usize = 2;
const OWASP: usize = 2;

/// What one threat is reduced to for the comparison.
#[derive(Debug, Clone, Default)]
pub struct Predicted {
    /// Where the weakness is.
    pub component: String,
    /// Techniques.
    pub atlas: Vec<String>,
    /// Entries of the lists, with their edition where the id alone does not tell it.
    pub owasp: Vec<String>,
    /// Letters of STRIDE.
    pub stride: Vec<String>,
    /// Id of the threat.
    pub id: String,
    /// Severity and risk, for people.
    pub risk: String,
}

/// A threat that people expect.
#[derive(Debug, Clone, Deserialize)]
pub struct Expected {
    /// One line.
    pub title: String,
    /// Any of these components.
    pub components: Vec<String>,
    /// Any of these techniques.
    #[serde(default)]
    pub atlas: Vec<String>,
    /// Techniques that would do too.
    #[serde(default)]
    pub atlas_alt: Vec<String>,
    /// Any of these entries.
    #[serde(default)]
    pub owasp: Vec<String>,
    /// Any of these letters, where there is neither technique nor entry.
    #[serde(default)]
    pub stride: Vec<String>,
    /// Who named it.
    #[serde(default)]
    pub named_by: Vec<String>,
    /// The structural reason.
    #[serde(default)]
    pub because: String,
}

#[derive(Deserialize)]
struct File {
    expected: Vec<Expected>,
}

/// One system.
pub struct Item {
    /// Name of its folder.
    pub name: String,
    /// Ids of its components, and whether they are language models, other models, or none.
    pub components: Vec<(String, Model)>,
    /// Share of its components that each label reaches.
    pub labels: BTreeMap<String, f64>,
    /// What people expect.
    pub expected: Vec<Expected>,
    /// What the engine says, best first.
    pub predicted: Vec<Predicted>,
}

/// Which list of weaknesses speaks of a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// A language model.
    Language,
    /// Another model.
    Other,
    /// No model.
    No,
}

/// All systems in the folders below this one, by name.
pub fn load(folder: &Path, rules: &RuleSet) -> Result<Vec<Item>, Failure> {
    let mut folders: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(error) => return Err(Failure::cannot(format!("cannot read `{}`: {error}", folder.display()))),
    };
    folders.sort();
    folders
        .iter()
        .filter(|folder| folder.join("telamon.yaml").is_file() && folder.join("expected.yaml").is_file())
        .map(|folder| item(folder, rules))
        .collect()
}

fn item(folder: &Path, rules: &RuleSet) -> Result<Item, Failure> {
    let analysis = analysis(&folder.join("telamon.yaml"), rules)?;
    // What only a pedant wants to see is not counted. The engine puts mitigated ones last.
    let regular = analysis.threats.iter().filter(|threat| threat.rule != "own" && threat.persona == Persona::Regular);
    let components = analysis.components.iter().map(|component| {
        let is = |kind: &str| telamon_data::vocabulary().any_is_a(&component.kinds, kind);
        let model = if is("llm") {
            Model::Language
        } else if is("model") {
            Model::Other
        } else {
            Model::No
        };
        (component.id.clone(), model)
    });
    let mut labels: BTreeMap<String, f64> = BTreeMap::new();
    for component in &analysis.components {
        for label in &component.labels {
            *labels.entry(label.clone()).or_default() += 1.0 / analysis.components.len() as f64;
        }
    }
    Ok(Item {
        labels,
        name: folder.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned()),
        components: components.collect(),
        expected: expected(&folder.join("expected.yaml"))?,
        predicted: regular.map(predicted).collect(),
    })
}

/// Reads a model and analyses it.
fn analysis(file: &Path, rules: &RuleSet) -> Result<Analysis, Failure> {
    analyzed(&file.display().to_string(), text(file)?, rules)
}

/// Analyses the text of a model.
pub fn analyzed(name: &str, text: String, rules: &RuleSet) -> Result<Analysis, Failure> {
    let reading = telamon_model::read(name, text, telamon_data::vocabulary(), &mut NoLoader, &Limits::default());
    if reading.has_errors() {
        let options = RenderOptions { color: false, width: 100, limit: 10 };
        return Err(Failure::wrong(report::render(&reading.sources, &reading.diagnostics, &options)));
    }
    let inputs = Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules,
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "telamon.yaml",
        version: "quality",
        detail: 0,
        limit: usize::MAX,
        elements: true,
    };
    Ok(analyze(&reading, &inputs))
}

fn expected(file: &Path) -> Result<Vec<Expected>, Failure> {
    let text = text(file)?;
    let sources = Sources::new();
    let source = sources.add(file.display().to_string(), text.clone());
    let mut wrong = Vec::new();
    let node = yaml::read(source, &text, &Limits::default(), &mut wrong);
    let read = node.and_then(|node| yaml::from_node::<File>(&node).map_err(|error| wrong.push(error)).ok());
    match read.filter(|_| wrong.is_empty()) {
        Some(file) => Ok(file.expected),
        None => {
            let options = RenderOptions { color: false, width: 100, limit: 10 };
            Err(Failure::wrong(report::render(&sources, &wrong, &options)))
        }
    }
}

fn text(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|error| Failure::cannot(format!("cannot read `{}`: {error}", file.display())))
}

/// A threat in the editions of the expectations.
fn predicted(threat: &Threat) -> Predicted {
    let mut atlas: Vec<String> = Vec::new();
    let mut owasp: Vec<String> = Vec::new();
    for entry in &threat.frameworks {
        let (list, id) = match (entry.framework.as_str(), entry.edition.as_str()) {
            ("atlas", "5.6.0") => (&mut atlas, entry.id.clone()),
            ("owasp-llm", "2025") | ("owasp-ml", "2023") => (&mut owasp, format!("{}:{}", entry.id, entry.edition)),
            ("owasp-asi", _) => (&mut owasp, entry.id.clone()),
            _ => continue,
        };
        if !list.contains(&id) {
            list.push(id);
        }
    }
    atlas.truncate(ATLAS);
    owasp.truncate(OWASP);
    let letters: Vec<String> =
        threat.stride.iter().filter_map(|word| Some(word.chars().next()?.to_uppercase().to_string())).collect();
    Predicted {
        component: threat.component.clone(),
        atlas,
        owasp,
        stride: letters.into_iter().take(1).collect(),
        id: threat.id.clone(),
        risk: format!("{:?} {}x{}", threat.severity, threat.likelihood, threat.impact).to_lowercase(),
    }
}

impl Item {
    /// The predictions as a list for other programs.
    pub fn predicted_json(&self) -> String {
        let list: Vec<serde_json::Value> = self
            .predicted
            .iter()
            .map(|threat| {
                serde_json::json!({
                    "components": [threat.component],
                    "atlas": threat.atlas,
                    "owasp": threat.owasp,
                    "stride": threat.stride,
                    "id": threat.id,
                    "risk": threat.risk,
                })
            })
            .collect();
        serde_json::Value::from(list).to_string()
    }
}

/// The technique without its sub-technique.
pub fn parent(id: &str) -> &str {
    let mut dots = id.match_indices('.').map(|(at, _)| at);
    dots.nth(1).and_then(|at| id.get(..at)).unwrap_or(id)
}

/// Parents of techniques.
pub fn parents<'i>(ids: impl IntoIterator<Item = &'i String>) -> BTreeSet<&'i str> {
    ids.into_iter().map(|id| parent(id)).collect()
}
