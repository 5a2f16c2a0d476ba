use std::collections::BTreeSet;

use telamon_engine::analysis::{Analysis, Level, Location, Severity, Status};

use super::*;
use crate::filter::{Filter, Tactics};
use crate::fixture;

/// What of the value the schema does not allow, and every key it meets.
struct Checker<'a> {
    root: &'a Value,
    errors: Vec<String>,
    seen: BTreeSet<(String, String)>,
}

impl Checker<'_> {
    /// As much of JSON Schema as the schema uses; any other keyword is an
    /// error, so that the check cannot pass by ignoring one.
    fn check(&mut self, schema: &Value, value: &Value, name: &str, at: &str) {
        for (keyword, argument) in schema.as_object().unwrap() {
            let fine = match keyword.as_str() {
                "description" | "title" | "$schema" | "$defs" | "items" | "additionalProperties" => true,
                "$ref" => {
                    let name = argument.as_str().unwrap().rsplit('/').next().unwrap();
                    self.check(&self.root["$defs"][name], value, name, at);
                    true
                }
                "anyOf" => argument.as_array().unwrap().iter().any(|choice| {
                    let mut tried = Checker { root: self.root, errors: Vec::new(), seen: BTreeSet::new() };
                    tried.check(choice, value, name, at);
                    let fits = tried.errors.is_empty();
                    self.seen.extend(tried.seen.into_iter().filter(|_| fits));
                    fits
                }),
                "enum" => argument.as_array().unwrap().contains(value),
                "const" => argument == value,
                "pattern" => value.as_str().is_some_and(|text| text.len() == 10),
                "minimum" => value.as_u64() >= argument.as_u64(),
                "maximum" => value.as_u64() <= argument.as_u64(),
                "minItems" => value.as_array().unwrap().len() as u64 >= argument.as_u64().unwrap(),
                "maxItems" => value.as_array().unwrap().len() as u64 <= argument.as_u64().unwrap(),
                "type" => match argument.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    _ => false,
                },
                "required" => argument.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
                "properties" => {
                    for (key, inner) in value.as_object().into_iter().flatten() {
                        self.seen.insert((name.to_owned(), key.clone()));
                        match argument.get(key) {
                            Some(schema) => self.check(schema, inner, name, &format!("{at}.{key}")),
                            None => self.errors.push(format!("{at}.{key} is not in the schema")),
                        }
                    }
                    true
                }
                _ => false,
            };
            if !fine {
                self.errors.push(format!("{at} fails {keyword} {argument}"));
            }
        }
        if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
            for (index, item) in list.iter().enumerate() {
                self.check(items, item, name, &format!("{at}[{index}]"));
            }
        }
        if let (Some(free), Some(map)) = (schema.get("additionalProperties"), value.as_object()) {
            for (key, item) in map {
                self.check(free, item, name, &format!("{at}.{key}"));
            }
        }
    }
}

fn check(value: &Value) -> (Vec<String>, BTreeSet<(String, String)>) {
    let schema = schema();
    let mut checker = Checker { root: &schema, errors: Vec::new(), seen: BTreeSet::new() };
    checker.check(&schema, value, "", "analysis");
    (checker.errors, checker.seen)
}

#[test]
fn the_schema_is_the_golden_file() {
    fixture::golden("analysis.schema.json", &render());
}

#[test]
fn the_fixture_is_valid() {
    let value = serde_json::to_value(fixture::analysis()).unwrap();
    assert_eq!(check(&value).0, Vec::<String>::new());
}

/// An analysis in which every key occurs: what the schema allows and what is
/// written are then the same set of keys.
#[test]
fn schema_and_analysis_have_the_same_keys() {
    let (errors, seen) = check(&full());
    assert_eq!(errors, Vec::<String>::new());
    let declared: BTreeSet<(String, String)> = OBJECTS
        .iter()
        .flat_map(|(name, _, fields)| {
            fields.iter().map(|(key, _, _)| ((*name).to_owned(), key.trim_end_matches('?').to_owned()))
        })
        .collect();
    assert_eq!(seen, declared);
}

fn full() -> Value {
    let mut analysis: Analysis = fixture::analysis();
    let control = telamon_engine::analysis::StatedControl { id: "logging".into(), state: "partial".into() };
    analysis.zones[0].controls.push(control);
    analysis.threats[0].status = Status::Review;
    analysis.threats[0].risk.rated = Some(Level { likelihood: 1, impact: 1, severity: Severity::Low });
    analysis.diagnostics[0].location =
        Some(Location { file: "telamon.yaml".into(), line: 1, column: 1, end_line: 1, end_column: 2 });
    let filter = Filter { top: Some(14), ..Filter::default() };
    let text = crate::json::render(&analysis, &filter.select(&analysis, &Tactics::default()));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_value_of_another_shape_is_refused() {
    let mut value = serde_json::to_value(fixture::analysis()).unwrap();
    value["threats"][0]["severity"] = "terrible".into();
    value["threats"][1]["likelihood"] = 6.into();
    value["rules"].as_object_mut().unwrap().remove("digest");
    let errors = check(&value).0.join("\n");
    assert!(errors.contains("analysis.threats[0].severity fails enum"), "{errors}");
    assert!(errors.contains("analysis.threats[1].likelihood fails maximum"), "{errors}");
    assert!(errors.contains("analysis.rules fails required"), "{errors}");
}
