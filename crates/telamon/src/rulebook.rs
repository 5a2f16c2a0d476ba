//! The rules in force: built-in ones, those of own folders, less those switched off.

use crate::cli::ModelArg;
use crate::input::{self, Loaded};
use crate::output::{Failure, Output};
use std::path::{Path, PathBuf};
use telamon_rules::rule::Examples;
use telamon_rules::{Rule, RuleSet, read_rules};
use telamon_text::{Diagnostic, SourceId, Sources, Span, suggest};

/// Rules in force, with everything that is wrong with them.
pub struct Rulebook {
    /// The rules.
    pub set: RuleSet,
    /// Examples of the own ones.
    pub examples: Vec<Examples>,
    /// Texts of the own rule files.
    pub sources: Sources,
    /// What is wrong with the own rule files.
    pub wrong: Vec<Diagnostic>,
    /// What is wrong with the rules section of the model.
    pub wrong_in_model: Vec<Diagnostic>,
}

impl Rulebook {
    /// The built-in rules with those of the folders.
    pub fn read(folders: &[PathBuf]) -> Result<Self, Failure> {
        let mut book = Self {
            set: telamon_data::rules().clone(),
            examples: Vec::new(),
            sources: Sources::new(),
            wrong: Vec::new(),
            wrong_in_model: Vec::new(),
        };
        let mut own: Vec<Rule> = Vec::new();
        for folder in folders {
            for file in files(folder)? {
                let source = book.sources.add(file.display().to_string(), input::text(&file)?);
                let read = read_rules(&book.sources, source, telamon_data::vocabulary());
                book.wrong.extend(read.diagnostics);
                for rule in read.rules {
                    book.wrong.extend(unknown_ids(&rule, source, &book.sources));
                    if let Some(other) = own.iter().find(|other| other.id == rule.id) {
                        let message = format!("the rule `{}` is written twice", rule.id);
                        book.wrong.push(
                            Diagnostic::error("duplicate-id", message)
                                .at(book.sources.line(source, rule.line))
                                .note(format!("the other one is in {}:{}", other.file, other.line)),
                        );
                    } else {
                        own.push(rule);
                    }
                }
                book.examples.extend(read.examples);
            }
        }
        book.set.extend(own.clone());
        for rule in &own {
            if let Some(succeeds) = &rule.succeeds
                && book.set.get(&succeeds.rule).is_none()
            {
                let message = format!("`{}` succeeds `{}`, which is no rule", rule.id, succeeds.rule);
                let label = nearest_rule(&book.set, &succeeds.rule);
                book.wrong
                    .push(Diagnostic::error("unknown-rule", message).at(written(rule, &book.sources)).label(label));
            }
        }
        telamon_text::sort(&mut book.wrong);
        Ok(book)
    }

    /// The rules for a model: also those of the folders that it names, less those that it switches off.
    pub fn of(loaded: &Loaded, folders: &[PathBuf]) -> Result<Self, Failure> {
        let section = &loaded.reading.model.rules;
        let mut all: Vec<PathBuf> = Vec::new();
        let mut wrong = Vec::new();
        for folder in &section.folders {
            match input::below(&loaded.folder, &loaded.folder, &folder.value) {
                Ok(path) => all.push(path),
                Err(why) => wrong.push(
                    Diagnostic::error("rules-unreadable", format!("cannot read rules in `{}`: {why}", folder.value))
                        .at(folder.span)
                        .label("name a folder below the model's, or use `--rules`"),
                ),
            }
        }
        all.extend(folders.iter().cloned());
        let mut book = Self::read(&all)?;
        for id in &section.disabled {
            if !book.set.disable(&id.value) {
                wrong.push(
                    Diagnostic::error("unknown-rule", format!("there is no rule `{}` to switch off", id.value))
                        .at(id.span)
                        .label(nearest_rule(&book.set, &id.value)),
                );
            }
        }
        book.wrong_in_model = wrong;
        Ok(book)
    }

    /// The rules and examples, unless something is wrong, which is then said.
    pub fn sound(self, loaded: Option<&Loaded>, output: &Output) -> Result<(RuleSet, Vec<Examples>), Failure> {
        let mut fine = true;
        if telamon_text::has_errors(&self.wrong) {
            input::say(&self.sources, &self.wrong, output);
            fine = false;
        }
        if let Some(loaded) = loaded
            && !self.wrong_in_model.is_empty()
        {
            input::say(&loaded.reading.sources, &self.wrong_in_model, output);
            fine = false;
        }
        if fine { Ok((self.set, self.examples)) } else { Err(Failure::Said) }
    }
}

/// Rules of the folders, on top of the built-in ones, with their examples.
pub fn rules(folders: &[PathBuf], output: &Output) -> Result<(RuleSet, Vec<Examples>), Failure> {
    Rulebook::read(folders)?.sound(None, output)
}

/// The rules in force for a model.
pub fn rules_for(loaded: &Loaded, arg: &ModelArg, output: &Output) -> Result<RuleSet, Failure> {
    Ok(Rulebook::of(loaded, &arg.rules)?.sound(Some(loaded), output)?.0)
}

/// What to say of an id that no rule has.
pub fn nearest_rule(set: &RuleSet, id: &str) -> String {
    suggest::closest(id, set.rules.iter().map(|rule| rule.id.as_str()))
        .map_or("`telamon rules list` lists all rules".to_owned(), |near| format!("did you mean `{near}`?"))
}

/// The rule files of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot read the rules in `{}`: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml" || end == "yml"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!("there is no rule file (*.yaml) in `{}`", folder.display()).into());
    }
    Ok(files)
}

/// Framework ids that do not exist, underlined where the rule cites them.
fn unknown_ids(rule: &Rule, source: SourceId, sources: &Sources) -> Vec<Diagnostic> {
    let catalog = telamon_data::catalog();
    let mut wrong = Vec::new();
    for mapping in &rule.maps {
        let edition = (!mapping.edition.is_empty()).then_some(mapping.edition.as_str());
        for id in &mapping.ids {
            let Err(problem) = catalog.check_id(&mapping.framework, edition, id) else { continue };
            let from = sources.line(source, rule.line).range().start;
            let found = sources.text(source).get(from..).and_then(|rest| rest.find(id.as_str()));
            let span = found.map_or_else(
                || sources.line(source, rule.line),
                |at| Span::new(source, from + at, from + at + id.len()),
            );
            let mut diagnostic = Diagnostic::error(problem.code.to_string(), problem.message).at(span);
            if let Some(proposal) = problem.proposal {
                diagnostic = diagnostic.label(format!("did you mean `{proposal}`?"));
            }
            wrong.push(diagnostic);
        }
    }
    wrong
}

/// The line where a rule begins.
fn written(rule: &Rule, sources: &Sources) -> Option<Span> {
    (0..sources.len())
        .filter_map(|at| u32::try_from(at).ok())
        .map(SourceId)
        .find(|source| sources.name(*source) == rule.file)
        .map(|source| sources.line(source, rule.line))
}
