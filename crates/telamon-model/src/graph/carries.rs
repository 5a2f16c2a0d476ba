//! What flows carry, and what answers them.

use crate::hash::FastMap;
use crate::model::{ComponentDef, FlowDef};
use crate::vocabulary::{CARRIES, CarriesSet, Half, KindIx, Vocabulary, word_bit};

/// Words that travel back: a flow that carries one of them draws the answer.
const ANSWER_WORDS: [(&str, &str); 5] = [
    ("passages", "query"),
    ("completion", "prompt"),
    ("tool-result", "tool-call"),
    ("prediction", "features"),
    ("response", "request"),
];

/// The set of words that travel back.
pub(super) fn answer_words() -> CarriesSet {
    ANSWER_WORDS.iter().fold(0, |set, (answer, _)| set | word_bit(&CARRIES, answer))
}

/// What was carried, if it is what comes back, must have been asked for by this.
fn asked_by(carries: CarriesSet) -> CarriesSet {
    ANSWER_WORDS
        .iter()
        .filter(|(answer, _)| carries & word_bit(&CARRIES, answer) != 0)
        .fold(0, |set, (_, ask)| set | word_bit(&CARRIES, ask))
}

/// Infers what flows carry, remembering what it found for a pair of kinds.
pub(super) struct Inference<'v> {
    vocabulary: &'v Vocabulary,
    answer_words: CarriesSet,
    known: FastMap<(KindIx, KindIx), (CarriesSet, CarriesSet)>,
    answered: FastMap<(CarriesSet, KindIx), CarriesSet>,
}

/// What a flow carries, both ways.
pub(super) struct Carried {
    pub(super) carries: CarriesSet,
    pub(super) ambiguous: CarriesSet,
    pub(super) inferred: bool,
    pub(super) half: Half,
    pub(super) other: CarriesSet,
}

impl<'v> Inference<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, known: FastMap::default(), answered: FastMap::default(), answer_words: answer_words() }
    }

    fn by_kinds(&mut self, from: &[KindIx], to: &[KindIx]) -> (CarriesSet, CarriesSet) {
        if let ([from], [to]) = (from, to) {
            if let Some(found) = self.known.get(&(*from, *to)) {
                return *found;
            }
            let found = self.look_up(&[*from], &[*to]);
            self.known.insert((*from, *to), found);
            return found;
        }
        self.look_up(from, to)
    }

    fn look_up(&self, from: &[KindIx], to: &[KindIx]) -> (CarriesSet, CarriesSet) {
        self.vocabulary
            .infer
            .iter()
            .find(|row| self.vocabulary.matches(&row.from, from) && self.vocabulary.matches(&row.to, to))
            .map_or((word_bit(&CARRIES, "request"), 0), |row| (row.carries, row.or))
    }

    fn answers(&mut self, carries: CarriesSet, to: &[KindIx]) -> CarriesSet {
        if let [to] = to {
            if let Some(found) = self.answered.get(&(carries, *to)) {
                return *found;
            }
            let found = self.answers_of(carries, &[*to]);
            self.answered.insert((carries, *to), found);
            return found;
        }
        self.answers_of(carries, to)
    }

    fn answers_of(&self, carries: CarriesSet, to: &[KindIx]) -> CarriesSet {
        let mut answers = 0;
        for at in 0..CARRIES.len() {
            if carries >> at & 1 == 0 {
                continue;
            }
            let row = self
                .vocabulary
                .answers
                .iter()
                .find(|row| usize::from(row.ask) == at && self.vocabulary.matches(&row.to, to));
            if let Some(row) = row {
                answers |= 1u32 << row.answer;
            }
        }
        answers
    }

    /// What the flow carries and what travels the other way.
    pub(super) fn of(&mut self, flow: &FlowDef, from: &ComponentDef, to: &ComponentDef) -> Carried {
        let inferred = flow.carries == 0;
        let (carries, ambiguous) = if inferred { self.by_kinds(&from.kinds, &to.kinds) } else { (flow.carries, 0) };
        let one_way = flow.detail.as_ref().is_some_and(|detail| detail.one_way);
        // A set that holds only what comes back draws the answer; one ask among it makes it the ask.
        let draws_answer = carries & self.answer_words != 0 && carries & !self.answer_words == 0;
        let half = if draws_answer { Half::Answer } else { Half::Ask };
        let other = if one_way {
            0
        } else if draws_answer {
            asked_by(carries)
        } else {
            self.answers(carries, &to.kinds)
        };
        Carried { carries, ambiguous, inferred, half, other }
    }
}
