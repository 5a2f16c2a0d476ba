//! Compiles catalog/ and rules/ into blobs that the library embeds.
//!
//! Everything is read and checked here, so that a mistake in a data file
//! fails the build with its place, and a running program only decodes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};
use telamon_catalog::{
    Controls, Framework, Kinds, build_vocabulary, parse_controls, parse_crosswalk, parse_kinds, parse_unseen,
};
use telamon_engine::weights::Weights;
use telamon_engine::{Attackers, Policy};
use telamon_model::Vocabulary;
use telamon_rules::{RuleSet, read_rules};
use telamon_text::report::{RenderOptions, render};
use telamon_text::{Diagnostic, SourceId, Sources};

struct Build {
    sources: Sources,
    root: PathBuf,
    out: PathBuf,
}

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    for folder in ["catalog", "rules"] {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    let build = Build { sources: Sources::new(), root, out };
    let kinds: Kinds = build.parse("catalog/vocabulary/kinds.yaml", parse_kinds);
    let controls: Controls = build.parse("catalog/vocabulary/controls.yaml", parse_controls);
    let vocabulary =
        build.parse("catalog/vocabulary/flows.yaml", |source, text| build_vocabulary(&kinds, &controls, source, text));
    let weights = build.parse("catalog/weights.yaml", Weights::parse);
    build.blob("kinds", &kinds);
    build.blob("controls", &controls);
    build.blob("vocabulary", &vocabulary);
    build.blob("weights", &weights);
    let policy = build.parse("catalog/policy.yaml", |source, text| Policy::parse(source, text, &vocabulary));
    build.blob("policy", &policy);
    build.blob("attackers", &build.parse("catalog/attackers.yaml", Attackers::parse));
    build.frameworks();
    build.crosswalks();
    let hints = build.parse("catalog/vocabulary/lint-hints.yaml", telamon_catalog::lint::Hints::parse);
    build.blob("hints", &hints);
    build.rules(&vocabulary);
}

impl Build {
    /// Ends the build with what is wrong.
    fn fail(&self, diagnostics: &[Diagnostic]) -> ! {
        let options = RenderOptions { color: false, width: 120, limit: 50 };
        eprintln!("{}", render(&self.sources, diagnostics, &options));
        process::exit(1);
    }

    fn stop(&self, message: String) -> ! {
        self.fail(&[Diagnostic::error("bad-build", message)])
    }

    fn add(&self, path: &str) -> SourceId {
        match fs::read_to_string(self.root.join(path)) {
            Ok(text) => self.sources.add(path, text),
            Err(error) => self.stop(format!("cannot read `{path}`: {error}")),
        }
    }

    fn parse<T>(&self, path: &str, parse: impl FnOnce(SourceId, &str) -> Result<T, Vec<Diagnostic>>) -> T {
        let source = self.add(path);
        match parse(source, self.sources.text(source)) {
            Ok(value) => value,
            Err(diagnostics) => self.fail(&diagnostics),
        }
    }

    /// Files of a folder with this ending, by name, relative to the root.
    fn files(&self, folder: &str) -> Vec<String> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => self.stop(format!("cannot read `{folder}`: {error}")),
        };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "yaml"))
            .map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
            .collect();
        names.sort();
        names
    }

    fn write(&self, name: impl AsRef<Path>, bytes: &[u8]) {
        if let Err(error) = fs::write(self.out.join(name), bytes) {
            self.stop(format!("cannot write: {error}"));
        }
    }

    fn blob<T: serde::Serialize>(&self, name: &str, value: &T) {
        match postcard::to_allocvec(value) {
            Ok(bytes) => self.write(format!("{name}.bin"), &bytes),
            Err(error) => self.stop(format!("cannot encode `{name}`: {error}")),
        }
    }

    /// One blob for each framework edition, and the table that names them.
    fn frameworks(&self) {
        let mut table = String::from("&[\n");
        for path in self.files("catalog/frameworks") {
            let framework = self.parse(&path, Framework::parse);
            let problems = telamon_catalog::check_integrity(&framework);
            if telamon_text::has_errors(&problems) {
                self.fail(&problems);
            }
            let key = format!("framework-{}-{}", framework.framework, framework.edition);
            self.blob(&key, &framework);
            let _ = writeln!(
                table,
                "    ({:?}, {:?}, {}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{key}.bin\"))),",
                framework.framework, framework.edition, framework.default
            );
        }
        table.push(']');
        self.write("frameworks.rs", table.as_bytes());
    }

    fn crosswalks(&self) {
        let list: Vec<_> =
            self.files("catalog/crosswalks").iter().map(|path| self.parse(path, parse_crosswalk)).collect();
        self.blob("crosswalks", &list);
        let list: Vec<_> = self.files("catalog/coverage").iter().map(|path| self.parse(path, parse_unseen)).collect();
        self.blob("unseen", &list);
    }

    fn rules(&self, vocabulary: &Vocabulary) {
        let mut set = RuleSet::default();
        let mut examples = Vec::new();
        let mut wrong = Vec::new();
        for path in self.files("rules") {
            let source = self.add(&path);
            let file = read_rules(&self.sources, source, vocabulary);
            wrong.extend(file.diagnostics);
            for rule in file.rules {
                if set.rules.iter().any(|other| other.id == rule.id) {
                    wrong.push(Diagnostic::error("duplicate-id", format!("the rule `{}` is written twice", rule.id)));
                }
                set.rules.push(rule);
            }
            examples.extend(file.examples);
        }
        set.rules.sort_by(|a, b| a.id.cmp(&b.id));
        for rule in &set.rules {
            if let Some(succeeds) = &rule.succeeds
                && set.get(&succeeds.rule).is_none()
            {
                wrong.push(Diagnostic::error(
                    "unknown-rule",
                    format!("`{}` succeeds `{}`, which is no rule", rule.id, succeeds.rule),
                ));
            }
        }
        if telamon_text::has_errors(&wrong) {
            self.fail(&wrong);
        }
        self.blob("rules", &set);
        self.blob("examples", &examples);
    }
}
