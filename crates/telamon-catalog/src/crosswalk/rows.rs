//! The rows of a crosswalk. Where they are embedded they are one text, split
//! when they are first asked for: most runs need few crosswalks, and every run
//! would pay for some thousand small strings.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Relation, Review, Row, RowEnd};

/// The rows of a crosswalk; reads like a slice of them.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    packed: String,
    within: bool,
    list: OnceLock<Vec<Row>>,
}

/// Between the fields of a row, and behind each row: no text has them.
const FIELD: char = '\u{1f}';
const ROW: char = '\u{1e}';

impl Rows {
    /// Whether one of them relates editions of one framework, or leads nowhere.
    pub(crate) fn has_within(&self) -> bool {
        self.within
    }
}

impl From<Vec<Row>> for Rows {
    fn from(rows: Vec<Row>) -> Self {
        let within = rows.iter().any(Row::is_within);
        Self { packed: String::new(), within, list: OnceLock::from(rows) }
    }
}

impl Deref for Rows {
    type Target = [Row];

    fn deref(&self) -> &[Row] {
        self.list.get_or_init(|| self.packed.split_terminator(ROW).filter_map(unpack).collect())
    }
}

impl<'r> IntoIterator for &'r Rows {
    type Item = &'r Row;
    type IntoIter = std::slice::Iter<'r, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Rows {}

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_seq(self);
        }
        let mut packed = String::new();
        for row in self {
            pack(row, &mut packed).ok_or_else(|| S::Error::custom("a row of a crosswalk has control characters"))?;
        }
        (self.within, packed).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Vec::<Row>::deserialize(deserializer).map(Self::from);
        }
        let (within, packed) = <(bool, String)>::deserialize(deserializer)?;
        let count = |mark: char| packed.bytes().filter(|byte| u32::from(*byte) == u32::from(mark)).count();
        if count(FIELD) != count(ROW) * (FIELDS - 1) {
            return Err(D::Error::custom("a packed row of a crosswalk lacks fields"));
        }
        Ok(Self { packed, within, list: OnceLock::new() })
    }
}

/// Three for each end, relation, who states it, review, note.
const FIELDS: usize = 10;

fn pack(row: &Row, out: &mut String) -> Option<()> {
    let nowhere = RowEnd { framework: String::new(), edition: String::new(), id: String::new() };
    let to = row.to.as_ref().unwrap_or(&nowhere);
    let fields: [&str; FIELDS] = [
        &row.from.framework,
        &row.from.edition,
        &row.from.id,
        &to.framework,
        &to.edition,
        &to.id,
        row.relation.as_str(),
        &row.stated_by,
        row.review.as_str(),
        row.note.as_deref().unwrap_or(""),
    ];
    if fields.iter().any(|field| field.contains([FIELD, ROW])) {
        return None;
    }
    for (at, field) in fields.iter().enumerate() {
        out.push_str(field);
        out.push(if at + 1 == FIELDS { ROW } else { FIELD });
    }
    Some(())
}

fn unpack(text: &str) -> Option<Row> {
    let mut fields = text.split(FIELD);
    let mut next = || fields.next();
    let from = end(next()?, next()?, next()?);
    let to = end(next()?, next()?, next()?);
    let (relation, stated_by, review, note) = (next()?, next()?, next()?, next()?);
    Some(Row {
        from,
        to: Some(to).filter(|to| !to.framework.is_empty()),
        relation: Relation::ALL.into_iter().find(|known| known.as_str() == relation)?,
        stated_by: stated_by.to_owned(),
        review: [Review::Unreviewed, Review::Reviewed].into_iter().find(|known| known.as_str() == review)?,
        note: Some(note.to_owned()).filter(|note| !note.is_empty()),
    })
}

fn end(framework: &str, edition: &str, id: &str) -> RowEnd {
    RowEnd { framework: framework.to_owned(), edition: edition.to_owned(), id: id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Relation, Review, Row, RowEnd, Rows};

    fn row(id: &str, to: Option<&str>) -> Row {
        let end = |framework: &str, id: &str| RowEnd {
            framework: framework.to_owned(),
            edition: "1".to_owned(),
            id: id.to_owned(),
        };
        Row {
            from: end("one", id),
            to: to.map(|framework| end(framework, id)),
            relation: Relation::Absorbed,
            stated_by: "ours".to_owned(),
            review: Review::Unreviewed,
            note: to.is_none().then(|| "gone, and why".to_owned()),
        }
    }

    #[test]
    fn packed_rows_are_the_same_rows() {
        for rows in [vec![], vec![row("A1", Some("two")), row("A2", None)], vec![row("A1", Some("one"))]] {
            let rows = Rows::from(rows);
            let bytes = postcard::to_stdvec(&rows).unwrap();
            let back: Rows = postcard::from_bytes(&bytes).unwrap();
            assert_eq!((&back, back.has_within()), (&rows, rows.has_within()));
        }
    }

    #[test]
    fn what_cannot_be_packed_is_refused() {
        assert!(postcard::to_stdvec(&Rows::from(vec![row("A\u{1e}1", None)])).is_err());
        let bytes = postcard::to_stdvec(&(false, "one\u{1f}two\u{1e}")).unwrap();
        assert!(postcard::from_bytes::<Rows>(&bytes).is_err());
    }
}
