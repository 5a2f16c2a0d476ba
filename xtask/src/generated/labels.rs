//! The page of labels and of the tables by which they travel.

use super::Page;
use super::markdown::{code, codes, join, spaced, table};
use telamon_model::Vocabulary;
use telamon_model::vocabulary::{Begins, CARRIES, EFFECT_REACH, EFFECTS, Ends, LABELS, set_words};

/// What each label says about the place where it arrives, in the order of [`LABELS`].
const MEANINGS: [&str; 16] = [
    "an outsider's own request gets here",
    "an outsider's words get here within the request that carries them",
    "a sample that somebody chose to be misjudged gets here",
    "text that an outsider wrote, and that somebody kept or passed on, gets here",
    "records, labels, features or model updates that an outsider influenced get here",
    "a file that an outsider made gets here",
    "a model, package, image, setting or tool description that others made gets here",
    "what a model said gets here",
    "what a model said gets here, and an outsider may have steered it",
    "confidential or restricted data gets here",
    "data that belongs to some users and not to others gets here",
    "keys, tokens or passwords get here",
    "the parameters of a model of ours get here",
    "system prompts, rules files or tool definitions get here",
    "what our own people wrote, and a model later reads, gets here",
    "an action gets here that an outsider may have steered",
];

pub(super) fn page(vocabulary: &Vocabulary) -> Page {
    let mut out = String::from(
        "# Labels and flows\n\n\
         A label is a fact that travels along flows. [Labels and paths](../labels-and-paths.md) says how; these are \
         the tables, made from `catalog/vocabulary/flows.yaml`. They go by the class of a [kind](kinds.md), or by a \
         kind and what stands below it. Where an end is not named, any component will do.\n\n## Labels\n\n",
    );
    out.push_str(&table(
        &["label", "what it says"],
        LABELS.iter().zip(MEANINGS).map(|(label, means)| [code(label), means.to_owned()]),
    ));
    zones(vocabulary, &mut out);
    out.push_str(
        "\n## What a flow carries\n\nInferred from the two ends where the model does not say it. The first row that \
         matches holds. Where the kinds leave more than one meaning, the wider one is taken, and `telamon check` \
         prints the line to add.\n\n",
    );
    out.push_str(&table(
        &["from", "to", "carries", "could also be"],
        vocabulary.infer.iter().map(|row| {
            [ends(vocabulary, &row.from), ends(vocabulary, &row.to), carries(row.carries), carries_or_none(row.or)]
        }),
    ));
    out.push_str("\n## What answers what\n\nA flow that asks brings back an answer, unless it is one-way.\n\n");
    out.push_str(&table(
        &["asks with", "into", "is answered with"],
        vocabulary
            .answers
            .iter()
            .map(|row| [carries(1 << row.ask), ends(vocabulary, &row.to), carries(1 << row.answer)]),
    ));
    out.push_str("\n## Where labels begin\n\n");
    out.push_str(&table(
        &["label", "at", "when"],
        vocabulary.sources.iter().map(|row| [label(row.label), ends(vocabulary, &row.at), begins(row.begins)]),
    ));
    out.push_str(
        "\n## How labels travel\n\nSent by such a component on such a flow, the label arrives. What is not listed \
         stops.\n\n",
    );
    out.push_str(&table(
        &["label", "arrives as", "from", "to", "on flows that carry", "half"],
        vocabulary.arrivals.iter().map(|row| {
            let half = match (row.ask, row.answer) {
                (true, true) => "both",
                (true, false) => "ask",
                _ => "answer",
            };
            [
                label(row.label),
                if row.arrives_as == row.label { String::new() } else { label(row.arrives_as) },
                ends(vocabulary, &row.from),
                ends(vocabulary, &row.to),
                carries(row.carries),
                half.to_owned(),
            ]
        }),
    ));
    effects(vocabulary, &mut out);
    Page::reference("labels", &out)
}

fn zones(vocabulary: &Vocabulary, out: &mut String) {
    out.push_str("\n## Zones that are there without being written\n\nA model may write any of them anew.\n\n");
    out.push_str(&table(
        &["zone", "trust", "run by"],
        vocabulary.zones.iter().map(|zone| [code(&zone.id), zone.trust.clone(), zone.operator.clone()]),
    ));
}

fn effects(vocabulary: &Vocabulary, out: &mut String) {
    out.push_str("\n## Effects\n\nWhat a component can do to the world: ");
    out.push_str(&codes(EFFECTS));
    out.push_str(". To whom an effect reaches, the narrowest first: ");
    out.push_str(&codes(EFFECT_REACH));
    out.push_str(". Where a model does not write the effects of a component, these are assumed:\n\n");
    out.push_str(&table(
        &["at", "effects"],
        vocabulary.effects.iter().map(|row| [ends(vocabulary, &row.at), codes(set_words(&EFFECTS, row.effects))]),
    ));
}

fn label(at: u8) -> String {
    LABELS.get(usize::from(at)).map_or(String::new(), code)
}

fn carries(set: u32) -> String {
    codes(set_words(&CARRIES, set))
}

fn carries_or_none(set: u32) -> String {
    if set == 0 { String::new() } else { carries(set) }
}

fn ends(vocabulary: &Vocabulary, ends: &Ends) -> String {
    if ends.classes.is_empty() && ends.kinds.is_empty() {
        return "any".to_owned();
    }
    let classes = ends.classes.iter().filter_map(|class| vocabulary.classes.get(usize::from(*class)).cloned());
    join(classes.chain(ends.kinds.iter().map(|kind| code(vocabulary.kind_id(*kind)))))
}

fn begins(when: Begins) -> String {
    Begins::ALL.iter().find(|(known, _)| *known == when).map_or(String::new(), |(_, word)| spaced(word))
}
