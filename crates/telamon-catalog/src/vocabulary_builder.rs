//! The words and tables that models are read with, from the data files.

use serde::Deserialize;
use telamon_model::Vocabulary;
use telamon_model::vocabulary::{
    self as words, Acts, AnswerRow, ArrivalRow, Begins, CARRIES, EFFECTS, EffectRow, Ends, ImpliedZone, InferRow,
    Inherited, LABELS, SourceRow, Strength, word_bit, word_index,
};
use telamon_text::{Diagnostic, SourceId};

use crate::controls::{Control, Controls};
use crate::parse::parse;
use crate::vocabulary::{Kind, Kinds};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Flows {
    zones: Vec<Zone>,
    infer: Vec<Infer>,
    answers: Vec<Answer>,
    sources: Vec<Source>,
    arrivals: Vec<Arrival>,
    effects: Vec<Effect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    id: String,
    trust: String,
    operator: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Infer {
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    carries: Vec<String>,
    #[serde(default)]
    or: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    ask: String,
    #[serde(default)]
    to: Vec<String>,
    answer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    label: String,
    #[serde(default)]
    at: Vec<String>,
    when: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrival {
    label: String,
    #[serde(rename = "as", default)]
    arrives_as: Option<String>,
    #[serde(default)]
    from: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    carries: Vec<String>,
    half: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Effect {
    at: Vec<String>,
    effects: Vec<String>,
}

/// Builds the vocabulary.
///
/// # Errors
/// Every name in the tables that is no kind, class, label or word.
pub fn build_vocabulary(
    kinds: &Kinds,
    controls: &Controls,
    source: SourceId,
    flows: &str,
) -> Result<Vocabulary, Vec<Diagnostic>> {
    let flows: Flows = parse(source, flows)?;
    let mut builder = Builder { out: Vocabulary::default(), wrong: Vec::new() };
    builder.kinds(kinds);
    builder.out = std::mem::take(&mut builder.out).indexed();
    builder.flows(&flows);
    for control in &controls.controls {
        let control = builder.control(control);
        builder.out.controls.push(control);
    }
    if builder.wrong.is_empty() { Ok(builder.out.indexed()) } else { Err(builder.wrong) }
}

struct Builder {
    out: Vocabulary,
    wrong: Vec<Diagnostic>,
}

impl Builder {
    fn unknown(&mut self, sort: &str, name: &str) {
        self.wrong.push(Diagnostic::error("unknown-word", format!("`{name}` is no {sort}")));
    }

    fn kinds(&mut self, kinds: &Kinds) {
        for kind in &kinds.kinds {
            let lineage = kinds.lineage(&kind.id);
            fn nearest<T: Clone>(lineage: &[&Kind], of: fn(&Kind) -> &Option<T>) -> Option<T> {
                lineage.iter().find_map(|kind| of(kind).clone())
            }
            let class = nearest(&lineage, |kind| &kind.class).unwrap_or_default();
            if !self.out.classes.contains(&class) {
                self.out.classes.push(class.clone());
            }
            self.out.kinds.push(words::Kind {
                id: kind.id.clone(),
                parent: kind
                    .parent
                    .as_deref()
                    .and_then(|parent| kinds.kinds.iter().position(|other| other.id == parent))
                    .and_then(|at| u16::try_from(at).ok()),
                element: lineage.last().map_or(String::new(), |root| root.id.clone()),
                class: self.out.class(&class).unwrap_or(0),
                ai: nearest(&lineage, |kind| &kind.ai).unwrap_or(false),
                line: kind.line.clone(),
                which: kind.which.clone().unwrap_or_default(),
                stride: nearest(&lineage, |kind| &kind.stride).unwrap_or_default(),
            });
        }
    }

    /// Classes before kinds: `model` in the tables is the class of models that write.
    fn ends(&mut self, names: &[String]) -> Ends {
        let mut ends = Ends::default();
        for name in names {
            if let Some(class) = self.out.class(name) {
                ends.classes.push(class);
            } else if let Some(kind) = self.out.kind(name) {
                ends.kinds.push(kind);
            } else {
                self.unknown("kind or class", name);
            }
        }
        ends
    }

    fn set(&mut self, known: &[&str], sort: &str, names: &[String]) -> u32 {
        let mut set = 0;
        for name in names {
            match word_bit(known, name) {
                0 => self.unknown(sort, name),
                bit => set |= bit,
            }
        }
        set
    }

    fn index(&mut self, known: &[&str], sort: &str, name: &str) -> u8 {
        word_index(known, name).unwrap_or_else(|| {
            self.unknown(sort, name);
            0
        })
    }

    fn flows(&mut self, flows: &Flows) {
        self.out.zones = flows
            .zones
            .iter()
            .map(|zone| ImpliedZone { id: zone.id.clone(), trust: zone.trust.clone(), operator: zone.operator.clone() })
            .collect();
        for row in &flows.infer {
            let row = InferRow {
                from: self.ends(&row.from),
                to: self.ends(&row.to),
                carries: self.set(&CARRIES, "word of `carries`", &row.carries),
                or: self.set(&CARRIES, "word of `carries`", &row.or),
            };
            self.out.infer.push(row);
        }
        for row in &flows.answers {
            let row = AnswerRow {
                ask: self.index(&CARRIES, "word of `carries`", &row.ask),
                to: self.ends(&row.to),
                answer: self.index(&CARRIES, "word of `carries`", &row.answer),
            };
            self.out.answers.push(row);
        }
        for row in &flows.sources {
            let begins = Begins::ALL.iter().find(|(_, word)| *word == row.when).map(|(begins, _)| *begins);
            if begins.is_none() {
                self.unknown("condition of a source", &row.when);
            }
            let row = SourceRow {
                label: self.index(&LABELS, "label", &row.label),
                at: self.ends(&row.at),
                begins: begins.unwrap_or(Begins::Always),
            };
            self.out.sources.push(row);
        }
        for row in &flows.arrivals {
            if !["ask", "answer", "both"].contains(&row.half.as_str()) {
                self.unknown("half of an exchange", &row.half);
            }
            let label = self.index(&LABELS, "label", &row.label);
            let row = ArrivalRow {
                label,
                arrives_as: match &row.arrives_as {
                    Some(name) => self.index(&LABELS, "label", name),
                    None => label,
                },
                from: self.ends(&row.from),
                to: self.ends(&row.to),
                carries: self.set(&CARRIES, "word of `carries`", &row.carries),
                ask: row.half != "answer",
                answer: row.half != "ask",
            };
            self.out.arrivals.push(row);
        }
        for row in &flows.effects {
            let row = EffectRow { at: self.ends(&row.at), effects: self.set(&EFFECTS, "effect", &row.effects) };
            self.out.effects.push(row);
        }
    }

    fn control(&mut self, control: &Control) -> words::Control {
        let mut built = words::Control {
            id: control.id.clone(),
            name: control.name.clone(),
            says: control.says.clone(),
            ask: control.ask.clone(),
            kinds: Vec::new(),
            classes: Vec::new(),
            on_flow: false,
            on_zone: false,
            on_data: false,
            acts: match control.acts.as_str() {
                "intake" => Acts::Intake,
                "output" => Acts::Output,
                "flow" => Acts::Flow,
                _ => Acts::Own,
            },
            strength: [None; 16],
            inherited: match control.inherited.as_str() {
                "zone" => Inherited::Zone,
                "orchestrator" => Inherited::Orchestrator,
                _ => Inherited::No,
            },
            cost: control.cost.clone(),
            effect: control.effect.clone(),
        };
        for place in &control.stands {
            match place.as_str() {
                "flow" => built.on_flow = true,
                "zone" => built.on_zone = true,
                "data" => built.on_data = true,
                // Kinds before classes: a control on `model` can stand on every model.
                name => match (self.out.kind(name), self.out.class(name)) {
                    (Some(kind), class) => {
                        built.kinds.push(kind);
                        built.classes.extend(class);
                    }
                    (None, Some(class)) => built.classes.push(class),
                    (None, None) => self.unknown("kind, class, `flow`, `zone` or `data`", name),
                },
            }
        }
        for (label, strength) in &control.strength {
            let at = usize::from(self.index(&LABELS, "label", label));
            let strength = match strength.as_str() {
                "weak" => Strength::Weak,
                "strong" => Strength::Strong,
                "stop" => Strength::Stop,
                other => {
                    self.unknown("strength", other);
                    continue;
                }
            };
            if let Some(slot) = built.strength.get_mut(at) {
                *slot = Some(strength);
            }
        }
        built
    }
}
