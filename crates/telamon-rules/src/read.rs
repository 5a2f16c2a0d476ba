//! Rule files: a list of entries, one for each threat.

pub mod entry;

use crate::rule::{Examples, Rule};
use telamon_model::Vocabulary;
use telamon_text::yaml::{self, Limits, Value};
use telamon_text::{Diagnostic, SourceId, Sources};

/// What a rule file gave.
#[derive(Debug, Default)]
pub struct RuleFile {
    /// Rules that could be read.
    pub rules: Vec<Rule>,
    /// Their examples.
    pub examples: Vec<Examples>,
    /// Everything that is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the rules of one file that was added to `sources`.
pub fn read_rules(sources: &Sources, source: SourceId, vocabulary: &Vocabulary) -> RuleFile {
    let mut file = RuleFile::default();
    let text = sources.text(source);
    let Some(root) = yaml::read(source, text, &Limits::default(), &mut file.diagnostics) else {
        return file;
    };
    let Value::Seq(items) = &root.value else {
        file.diagnostics.push(
            Diagnostic::error("bad-rule-file", "a rule file is a list of rules")
                .at(root.span)
                .label("begin each rule with `- id: ...`"),
        );
        return file;
    };
    for item in items {
        entry::read(item, sources, source, vocabulary, &mut file);
    }
    telamon_text::sort(&mut file.diagnostics);
    file
}
