//! Atoms: attributes, and names with arguments.

use super::lex::{Kind, Token};
use super::{ParseError, Parser};
use crate::attributes;
use crate::expr::{Expr, Named, Op, Role, Sort};
use telamon_model::vocabulary::{CARRIES, ControlIx, EFFECT_REACH, EFFECTS, LABELS, word_index};
use telamon_text::suggest;

/// Atoms of each sort, with the form to write and what it asks; the reference page is made from it.
pub const ATOMS: [(Sort, &str, &str); 20] = [
    (Sort::Component, "always", "in every case"),
    (Sort::Component, "is(kinds or roles)", "it is of one of these kinds, or has one of these roles"),
    (Sort::Component, "guarded(controls)", "one of these controls is in place here, or inherited"),
    (Sort::Component, "sees(labels [via carries])", "one of these labels arrives, by a flow that carries one of these"),
    (Sort::Component, "reaches(effects)", "it, or what it can make act, has one of these effects"),
    (Sort::Component, "does(effects [to reach])", "it has one of these effects itself, reaching at least so far"),
    (Sort::Component, "holds(DATA)", "it holds data for which this is true"),
    (Sort::Component, "receives(FLOW)", "a flow for which this is true arrives"),
    (Sort::Component, "sends(FLOW)", "a flow for which this is true leaves"),
    (Sort::Flow, "from(COMPONENT)", "this is true of the sender"),
    (Sort::Flow, "to(COMPONENT)", "this is true of the receiver"),
    (Sort::Flow, "with(DATA)", "it carries data for which this is true"),
    (Sort::Flow, "crosses", "its two ends stand in zones that differ"),
    (Sort::Flow, "asks", "it is the half that asks or pushes"),
    (Sort::Flow, "answers", "it is the half that comes back"),
    (Sort::Flow, "carries(words)", "it carries one of these"),
    (Sort::Flow, "brings(labels)", "one of these labels arrives by it"),
    (Sort::Flow, "guarded(controls)", "one of these controls is in place on it"),
    (Sort::Data, "held-by(COMPONENT)", "a component for which this is true holds it"),
    (Sort::Data, "guarded(controls)", "one of these controls is in place on its provenance"),
];

fn atom_names(sort: Sort) -> impl Iterator<Item = &'static str> {
    ATOMS
        .iter()
        .filter(move |(of, form, _)| *of == sort || *form == "always")
        .filter_map(|(_, form, _)| form.split('(').next())
}

impl<'t> Parser<'t> {
    pub(super) fn atom(&mut self, sort: Sort) -> Result<Expr, ParseError> {
        let Some(token) = self.next() else {
            return Err(self.at_end("the condition ends too early", "a condition is missing here"));
        };
        if token.kind != Kind::Word || matches!(token.text, "and" | "or" | "not") {
            return Err(Self::error(
                token,
                format!("`{}` where a condition was expected", token.text),
                "write an attribute or a name such as `sees(...)`",
            ));
        }
        match (sort, token.text) {
            (_, "always") => Ok(Expr::True),
            (Sort::Component, "is") => self.args(Self::named).map(Expr::Is),
            (_, "guarded") => Ok(Expr::Guarded(sort, self.args(Self::control)?)),
            (Sort::Component, "sees") => self.sees(),
            (Sort::Component, "reaches") => Ok(Expr::Reaches(self.set(&EFFECTS, "an effect")?)),
            (Sort::Component, "does") => self.does(),
            (Sort::Component, "holds") => self.inner(Sort::Data).map(Expr::Holds),
            (Sort::Component, "receives") => self.inner(Sort::Flow).map(Expr::Receives),
            (Sort::Component, "sends") => self.inner(Sort::Flow).map(Expr::Sends),
            (Sort::Flow, "from") => self.inner(Sort::Component).map(Expr::From),
            (Sort::Flow, "to") => self.inner(Sort::Component).map(Expr::To),
            (Sort::Flow, "with") => self.inner(Sort::Data).map(Expr::With),
            (Sort::Flow, "crosses") => Ok(Expr::Crosses),
            (Sort::Flow, "asks") => Ok(Expr::Asks(true)),
            (Sort::Flow, "answers") => Ok(Expr::Asks(false)),
            (Sort::Flow, "carries") => Ok(Expr::Carries(self.set(&CARRIES, "something a flow carries")?)),
            (Sort::Flow, "brings") => {
                self.set(&LABELS, "a label").map(|set| Expr::Brings(u16::try_from(set).unwrap_or(0)))
            }
            (Sort::Data, "held-by") => self.inner(Sort::Component).map(Expr::HeldBy),
            _ => self.attribute(sort, token),
        }
    }

    fn inner(&mut self, sort: Sort) -> Result<Box<Expr>, ParseError> {
        self.expect("(")?;
        let inner = self.expr(sort)?;
        self.expect(")")?;
        Ok(Box::new(inner))
    }

    /// The next word; signs and the end are errors.
    fn word(&mut self, wanted: &str) -> Result<Token<'t>, ParseError> {
        match self.next() {
            Some(token) if token.kind == Kind::Word => Ok(token),
            Some(token) => Err(Self::error(
                token,
                format!("`{}` where {wanted} was expected", token.text),
                format!("write {wanted}"),
            )),
            None => {
                Err(self.at_end(&format!("the condition ends where {wanted} was expected"), &format!("write {wanted}")))
            }
        }
    }

    /// Words in parentheses, separated by commas.
    fn args<T>(&mut self, each: fn(&mut Self) -> Result<T, ParseError>) -> Result<Vec<T>, ParseError> {
        self.expect("(")?;
        let mut found = vec![each(self)?];
        while self.eat(",") {
            found.push(each(self)?);
        }
        self.expect(")")?;
        Ok(found)
    }

    fn unknown<'w>(token: Token<'_>, sort: &str, known: impl IntoIterator<Item = &'w str>) -> ParseError {
        let known: Vec<&str> = known.into_iter().collect();
        let label = match suggest::closest(token.text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() <= 30 => format!("one of: {}", known.join(", ")),
            None => format!("this is not {sort}"),
        };
        Self::error(token, format!("`{}` is not {sort}", token.text), label)
    }

    fn named(&mut self) -> Result<Named, ParseError> {
        let token = self.word("a kind or a role")?;
        if let Some(role) = Role::parse(token.text) {
            return Ok(Named::Role(role));
        }
        if let Some(kind) = self.vocabulary.kind(token.text) {
            return Ok(Named::Kind(kind));
        }
        Err(Self::unknown(
            token,
            "a kind or a role",
            self.vocabulary.kinds.iter().map(|kind| kind.id.as_str()).chain(Role::ALL.iter().map(|(_, word, _)| *word)),
        ))
    }

    fn control(&mut self) -> Result<ControlIx, ParseError> {
        let token = self.word("a control")?;
        match self.vocabulary.control(token.text) {
            Some(control) => Ok(control),
            None => Err(Self::unknown(token, "a control", self.vocabulary.controls.iter().map(|c| c.id.as_str()))),
        }
    }

    /// One word of a list, as a bit.
    fn bit(&mut self, words: &[&str], sort: &str) -> Result<u32, ParseError> {
        let token = self.word(sort)?;
        match word_index(words, token.text) {
            Some(at) => Ok(1u32 << at),
            None => Err(Self::unknown(token, sort, words.iter().copied())),
        }
    }

    /// Words in parentheses, as a set.
    fn set(&mut self, words: &[&str], sort: &str) -> Result<u32, ParseError> {
        self.expect("(")?;
        let mut set = self.bit(words, sort)?;
        while self.eat(",") {
            set |= self.bit(words, sort)?;
        }
        self.expect(")")?;
        Ok(set)
    }

    fn sees(&mut self) -> Result<Expr, ParseError> {
        self.expect("(")?;
        let mut labels = self.bit(&LABELS, "a label")?;
        while self.eat(",") {
            labels |= self.bit(&LABELS, "a label")?;
        }
        let mut carries = 0;
        if self.eat("via") {
            carries = self.bit(&CARRIES, "something a flow carries")?;
            while self.eat(",") {
                carries |= self.bit(&CARRIES, "something a flow carries")?;
            }
        }
        self.expect(")")?;
        Ok(Expr::Sees(u16::try_from(labels).unwrap_or(0), carries))
    }

    fn does(&mut self) -> Result<Expr, ParseError> {
        self.expect("(")?;
        let mut effects = self.bit(&EFFECTS, "an effect")?;
        while self.eat(",") {
            effects |= self.bit(&EFFECTS, "an effect")?;
        }
        let mut reach = 0;
        if self.eat("to") {
            let token = self.word("whom an effect reaches")?;
            reach = match word_index(&EFFECT_REACH, token.text) {
                Some(at) => at,
                None => {
                    return Err(Self::unknown(token, "whom an effect reaches", EFFECT_REACH));
                }
            };
        }
        self.expect(")")?;
        Ok(Expr::Effects(effects, reach))
    }

    fn attribute(&mut self, sort: Sort, token: Token<'t>) -> Result<Expr, ParseError> {
        let Some(attribute) = attributes::attribute(sort, token.text) else {
            return Err(Self::unknown(
                token,
                &format!("an attribute of a {}, nor a condition about one", sort.word()),
                attributes::names(sort).into_iter().chain(atom_names(sort)),
            ));
        };
        let op = self.op(token)?;
        if matches!(op, Op::Less | Op::AtMost | Op::More | Op::AtLeast) && !attribute.ordered {
            return Err(Self::error(
                token,
                format!("the words of `{}` have no order", token.text),
                "compare it with `=` or `!=`",
            ));
        }
        if (op == Op::Has) != attribute.several && attribute.several {
            return Err(Self::error(
                token,
                format!("`{}` has several words", token.text),
                format!("write `{} has ...`", token.text),
            ));
        }
        let mut listed = 0u32;
        let mut first = None;
        loop {
            let word = self.word("a word of the attribute")?;
            let at = word_index(attribute.words, word.text).ok_or_else(|| {
                Self::unknown(word, &format!("a word of `{}`", token.text), attribute.words.iter().copied())
            })?;
            first.get_or_insert(at);
            listed |= 1u32 << at;
            // A comma goes on with this list only when a word of the attribute follows it.
            let more =
                self.tokens.get(self.at + 1).is_some_and(|next| word_index(attribute.words, next.text).is_some());
            if !(more && self.eat(",")) {
                break;
            }
        }
        let count = u32::try_from(attribute.words.len()).unwrap_or(32);
        let all = if count >= 32 { u32::MAX } else { (1u32 << count) - 1 };
        let at = u32::from(first.unwrap_or(0));
        let below = (1u32 << at) - 1;
        let words = match op {
            Op::Equal | Op::Has => listed,
            Op::NotEqual => all & !listed,
            Op::Less => below,
            Op::AtMost => below | 1 << at,
            Op::More => all & !(below | 1 << at),
            Op::AtLeast => all & !below,
        };
        Ok(Expr::Attribute { sort, attr: attribute.attr, words, default: attribute.default.map_or(0, |at| 1u32 << at) })
    }

    fn op(&mut self, token: Token<'_>) -> Result<Op, ParseError> {
        let op = self.peek().and_then(|sign| match sign.text {
            "=" => Some(Op::Equal),
            "!=" => Some(Op::NotEqual),
            "<" => Some(Op::Less),
            "<=" => Some(Op::AtMost),
            ">" => Some(Op::More),
            ">=" => Some(Op::AtLeast),
            "has" => Some(Op::Has),
            _ => None,
        });
        match op {
            Some(op) => {
                self.at += 1;
                Ok(op)
            }
            None => Err(Self::error(
                token,
                format!("`{}` is compared with nothing", token.text),
                format!("write `{} = word`", token.text),
            )),
        }
    }
}
