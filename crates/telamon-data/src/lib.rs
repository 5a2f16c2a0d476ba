//! The catalog and the rules, embedded.
//!
//! The build script compiles and checks the data files; here they are only
//! decoded, each when it is first asked for.

use serde::de::DeserializeOwned;
use std::sync::OnceLock;
use telamon_catalog::{Catalog, Controls, Crosswalk, Framework, FrameworkSource, Kinds, Unseen, lint::Hints};
use telamon_engine::weights::Weights;
use telamon_engine::{Attackers, Policy};
use telamon_model::Vocabulary;
use telamon_rules::RuleSet;
use telamon_rules::rule::Examples;

/// Frameworks: id, edition, whether it is the default one, and the blob.
const FRAMEWORKS: &[(&str, &str, bool, &[u8])] = include!(concat!(env!("OUT_DIR"), "/frameworks.rs"));

macro_rules! blob {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin"))
    };
}

/// The blobs are made by the build script of this very crate; one that cannot be decoded is a bug of the build.
fn decode<T: DeserializeOwned>(bytes: &[u8]) -> T {
    match postcard::from_bytes(bytes) {
        Ok(value) => value,
        Err(error) => unreachable!("an embedded blob cannot be decoded: {error}"),
    }
}

/// Kinds, controls and tables that models are read with.
pub fn vocabulary() -> &'static Vocabulary {
    static VALUE: OnceLock<Vocabulary> = OnceLock::new();
    VALUE.get_or_init(|| decode::<Vocabulary>(blob!("vocabulary")).indexed())
}

/// Kinds, with all that is said of them.
pub fn kinds() -> &'static Kinds {
    static VALUE: OnceLock<Kinds> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("kinds")))
}

/// Controls, with all that is said of them.
pub fn controls() -> &'static Controls {
    static VALUE: OnceLock<Controls> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("controls")))
}

/// The frameworks; each edition is decoded when it is first asked for.
pub fn catalog() -> &'static Catalog {
    static VALUE: OnceLock<Catalog> = OnceLock::new();
    VALUE.get_or_init(|| {
        let sources = FRAMEWORKS
            .iter()
            .map(|(id, edition, default, bytes)| {
                FrameworkSource::lazy(*id, *edition, *default, || decode::<Framework>(bytes))
            })
            .collect();
        Catalog::new(sources)
            .with_crosswalks(decode::<Vec<Crosswalk>>(blob!("crosswalks")))
            .with_unseen(decode::<Vec<Unseen>>(blob!("unseen")))
            .with_hints(decode::<Hints>(blob!("hints")))
    })
}

/// The rules that come with the program.
pub fn rules() -> &'static RuleSet {
    static VALUE: OnceLock<RuleSet> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("rules")))
}

/// The examples of the rules.
pub fn rule_examples() -> Vec<Examples> {
    decode(blob!("examples"))
}

/// The policy of the gate where nobody names another one.
pub fn policy() -> &'static Policy {
    static VALUE: OnceLock<Policy> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("policy")))
}

/// Who attacks, and what the harms of the rules cost.
pub fn attackers() -> &'static Attackers {
    static VALUE: OnceLock<Attackers> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("attackers")))
}

/// The weights that risk is made from.
pub fn weights() -> &'static Weights {
    static VALUE: OnceLock<Weights> = OnceLock::new();
    VALUE.get_or_init(|| decode(blob!("weights")))
}
