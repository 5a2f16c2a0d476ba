//! The page of the rule language.

use super::Page;
use super::markdown::{code, codes, table};
use std::fmt::Write;
use telamon_model::vocabulary::{CARRIES, EFFECT_REACH, EFFECTS, LABELS};
use telamon_rules::attributes;
use telamon_rules::expr::{Role, Sort};
use telamon_rules::parse::atom::ATOMS;
use telamon_rules::read::entry::KEYS;
use telamon_rules::rule::{Answer, CIA, FACT_PLACES, FACT_VERBS, HARMS, PLACEHOLDERS, STRIDE};

const GRAMMAR: &str = "\
expr   = term { \"or\" term }
term   = factor { \"and\" factor }
factor = \"not\" factor | \"(\" expr \")\" | atom
atom   = attribute op words | name [ \"(\" args \")\" ]
op     = \"=\" | \"!=\" | \"<\" | \"<=\" | \">\" | \">=\" | \"has\"
words  = word { \",\" word }";

pub(super) fn page() -> Page {
    let mut out = String::from(
        "# The rule language\n\n\
         How to write a rule step by step: [Rules: writing your own](../rules.md). This page lists all the words.\n\n\
         ## Keys of a rule\n\n",
    );
    out.push_str(&table(
        &["key", "required", "what it says"],
        KEYS.iter().map(|(key, required, says)| {
            [code(key), if *required { "yes".to_owned() } else { String::new() }, (*says).to_owned()]
        }),
    ));
    let _ = writeln!(
        out,
        "\n## Conditions\n\n{}\n`and` binds closer than `or`. There are three sorts of conditions: about a component, a \
         flow and a data asset. What stands in parentheses is about the sort named there.\n",
        super::markdown::fence("text", GRAMMAR)
    );
    for sort in [Sort::Component, Sort::Flow, Sort::Data] {
        let _ = writeln!(out, "### About a {}\n", sort.word());
        let atoms = ATOMS.iter().filter(|(of, form, _)| *of == sort || *form == "always");
        out.push_str(&table(
            &["condition", "true when"],
            atoms.map(|(_, form, says)| [code(form), (*says).to_owned()]),
        ));
        let _ = writeln!(out, "\nAttributes:\n");
        out.push_str(&table(
            &["attribute", "words", "compare with", "when not written", "kinds"],
            attributes::names(sort).into_iter().filter_map(|name| attribute(sort, name)),
        ));
        out.push('\n');
    }
    out.push_str(
        "### Polarity\n\n\
         `guarded` stands only under an odd number of `not`; `sees`, `brings` and `reaches` only under an even one. \
         So a control can take a threat away and never add one, and what is not known can never take one away. A \
         rule that breaks this is refused when it is loaded.\n\n## Roles\n\n\
         What a component is by its flows; `at` and `is(...)` take them beside kinds.\n\n",
    );
    out.push_str(&table(
        &["role", "what it means"],
        Role::ALL.iter().map(|(_, word, means)| [code(word), (*means).to_owned()]),
    ));
    out.push_str("\n## Placeholders\n\nThey stand in braces in `title`, `summary` and `remedy`.\n\n");
    out.push_str(&table(
        &["placeholder", "what stands there"],
        PLACEHOLDERS.iter().map(|(name, says)| [code(format!("{{{name}}}")), (*says).to_owned()]),
    ));
    let answers = Answer::ALL.map(|(_, word)| word);
    out.push_str("\n## Words\n\n");
    let lists: [(&str, &[&str]); 10] = [
        ("labels", &LABELS),
        ("what a flow carries", &CARRIES),
        ("effects", &EFFECTS),
        ("reach of an effect, narrowest first", &EFFECT_REACH),
        ("how a control answers", &answers),
        ("STRIDE", &STRIDE),
        ("security goals", &CIA),
        ("harm", &HARMS),
        ("verbs of `needs` and `gains`", &FACT_VERBS),
        ("places of `needs` and `gains`", &FACT_PLACES),
    ];
    out.push_str(&table(&["list", "words"], lists.map(|(name, words)| [name.to_owned(), codes(words)])));
    Page::reference("conditions", &out)
}

fn attribute(sort: Sort, name: &str) -> Option<[String; 5]> {
    let attribute = attributes::attribute(sort, name)?;
    let operators = match (attribute.several, attribute.ordered) {
        (true, _) => "`has`",
        (false, true) => "`=` `!=` `<` `<=` `>` `>=`",
        (false, false) => "`=` `!=`",
    };
    let default = attribute.default.and_then(|at| attribute.words.get(at));
    Some([
        code(name),
        codes(attribute.words),
        operators.to_owned(),
        default.map_or(String::new(), code),
        if attribute.on.is_empty() { "all".to_owned() } else { codes(attribute.on) },
    ])
}
