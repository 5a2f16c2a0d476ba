//! The pages of the model language, one for each section.

use super::Page;
use super::markdown::{capital, code, codes, fence, sentence, table};
use std::fmt::Write;
use telamon_engine::labels::Credit;
use telamon_model::Vocabulary;
use telamon_model::declaration::{CONTROL_DETAIL, Key, SECTIONS, Section, Type};
use telamon_model::model::ControlState;
use telamon_model::vocabulary::{CONTROL_STATES, EFFECT_REACH, EFFECTS};

/// The sections that have a page, each with its complete example.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    SECTIONS.into_iter()
}

pub(super) fn pages(vocabulary: &Vocabulary) -> Vec<Page> {
    std::iter::once(overview(vocabulary)).chain(sections().map(page)).collect()
}

fn overview(vocabulary: &Vocabulary) -> Page {
    let mut out = String::from(
        "# Sections of a model\n\n\
         A model is one YAML file, or JSON. Keys that begin with `x-` are kept and not read. How to write one: [The \
         model language](../../model-language.md).\n\n",
    );
    out.push_str(&table(
        &["section", "what it holds"],
        sections().map(|section| [format!("[{}]({}.md)", code(section.name), section.name), section.doc.to_owned()]),
    ));
    let _ = writeln!(
        out,
        "\n## Controls\n\nWhere a key takes controls, write a list of [controls](../controls.md) (all implemented), or \
         a map from a control to its state, or to a map of these keys:\n\n{}",
        keys(&CONTROL_DETAIL)
    );
    out.push_str("What each state is worth, of the control's full strength:\n\n");
    let worth = |credit: Credit, state| match credit.quarters(state) {
        0 => "nothing",
        2 => "half",
        3 => "three quarters",
        _ => "all",
    };
    out.push_str(&table(
        &["state", "today", "in the target", "can stop a label"],
        CONTROL_STATES.iter().zip(ControlState::ALL).map(|(word, state)| {
            [
                code(word),
                worth(Credit::Current, state).to_owned(),
                worth(Credit::Target, state).to_owned(),
                if Credit::Current.stops(state) { "yes" } else { "no" }.to_owned(),
            ]
        }),
    ));
    let zones = codes(vocabulary.zones.iter().map(|zone| zone.id.as_str()));
    let _ = writeln!(
        out,
        "\nA control that is not mentioned is *not stated*: it is worth nothing, and it becomes a question.\n\n\
         ## Effects\n\nWhere a key takes effects, write a list, or a map from an effect to whom it reaches; without \
         that the widest is taken.\n\n- Effects: {}\n- Reach, the narrowest first: {}\n\n\
         ## Zones\n\nThese exist without being written: {zones}. Their trust stands in [Labels and \
         flows](../labels.md#zones-that-are-there-without-being-written).",
        codes(EFFECTS),
        codes(EFFECT_REACH)
    );
    Page::reference("language/index", &out)
}

fn page(section: &'static Section) -> Page {
    let mut out = format!("# Section: {}\n\n{}\n\n{}", section.name, sentence(section.doc), keys(section));
    for inner in section.keys.iter().filter_map(inner) {
        let _ = writeln!(out, "## `{}`\n\n{}\n\n{}", inner.name, sentence(inner.doc), keys(inner));
    }
    let _ = writeln!(out, "## Example\n\nA complete model:\n\n{}", fence("yaml", section.example));
    Page::reference(&format!("language/{}", section.name), &out)
}

/// A section that stands inside another and has no page of its own.
fn inner(key: &Key) -> Option<&'static Section> {
    let (Type::Section(inner) | Type::Map(inner) | Type::List(inner)) = key.ty else { return None };
    (!has_page(inner)).then_some(inner)
}

fn has_page(section: &Section) -> bool {
    sections().any(|other| other.name == section.name)
}

fn keys(section: &Section) -> String {
    let rows = section.keys.iter().map(|key| {
        let mut says = capital(key.doc);
        if !key.on.is_empty() {
            let _ = write!(says, " (on {})", codes(key.on));
        }
        [
            format!("{}{}", code(key.name), if key.required { " (required)" } else { "" }),
            value(key),
            if key.default.is_empty() { String::new() } else { code(key.default) },
            says,
        ]
    });
    format!("{}\n", table(&["key", "value", "when not written", "what it says"], rows))
}

fn value(key: &Key) -> String {
    match key.ty {
        Type::Text => "text".to_owned(),
        Type::Texts => "text, or a list of texts".to_owned(),
        Type::Date => "date, `YYYY-MM-DD`".to_owned(),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Word(words) => format!("one of {}", codes(words)),
        Type::Ordered(words) => format!("one of {} (rising)", codes(words)),
        Type::Words(words) => format!("one or several of {}", codes(words)),
        Type::Kinds => "[kind](../kinds.md), or a list of kinds".to_owned(),
        Type::Zone => "id of a zone".to_owned(),
        Type::Data => "ids of data assets".to_owned(),
        Type::Components => "ids of components".to_owned(),
        Type::Controls => "[controls](index.md#controls)".to_owned(),
        Type::Effects => "[effects](index.md#effects)".to_owned(),
        Type::Section(inner) => format!("map: {}", link(inner)),
        Type::Map(inner) => format!("map from ids: {}", link(inner)),
        Type::List(inner) => format!("list: {}", link(inner)),
        Type::Flows => "list: [flows](flows.md)".to_owned(),
        Type::Any => "anything; kept and not read".to_owned(),
    }
}

fn link(section: &Section) -> String {
    if has_page(section) { format!("[{0}]({0}.md)", section.name) } else { format!("[{0}](#{0})", section.name) }
}
