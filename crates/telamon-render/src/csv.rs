//! One line per threat for spreadsheets and trackers.
//!
//! RFC 4180: commas, CRLF, a header line, quotes where a field needs them.
//! Columns are stable: new ones are added at the end. Lists within a field
//! are parted by `; `. A spreadsheet takes a field that begins with `=`, `+`,
//! `-`, `@` or a tab for a formula, so an apostrophe is put before such a
//! field.

use telamon_engine::analysis::{Analysis, Decision, Threat};

use crate::filter::Selection;
use crate::words;

/// Name of a column and how a threat fills it.
type Column = (&'static str, fn(&Analysis, &Threat) -> String);

/// The columns in order.
const COLUMNS: [Column; 39] = [
    ("id", |_, threat| threat.id.clone()),
    ("rule", |_, threat| threat.rule.clone()),
    ("title", |_, threat| threat.title.clone()),
    ("status", |_, threat| words::status(threat.status).to_owned()),
    ("severity", |_, threat| words::severity(threat.severity).to_owned()),
    ("likelihood", |_, threat| threat.likelihood.to_string()),
    ("impact", |_, threat| threat.impact.to_string()),
    ("severity_inherent", |_, threat| words::severity(threat.risk.inherent.severity).to_owned()),
    ("severity_target", |_, threat| words::severity(threat.risk.target.severity).to_owned()),
    ("severity_rated", |_, threat| {
        threat.risk.rated.map_or(String::new(), |rated| words::severity(rated.severity).to_owned())
    }),
    ("confidence", |_, threat| words::confidence(threat.confidence).to_owned()),
    ("persona", |_, threat| crate::filter::persona_word(threat.persona).to_owned()),
    ("component", |_, threat| threat.component.clone()),
    ("components", |_, threat| list(&threat.components)),
    ("flows", |_, threat| list(&threat.flows)),
    ("stride", |_, threat| list(&threat.stride)),
    ("cia", |_, threat| list(&threat.cia)),
    ("harm", |_, threat| list(&threat.harm)),
    ("frameworks", |_, threat| {
        list(threat.frameworks.iter().map(|entry| format!("{}@{} {}", entry.framework, entry.edition, entry.id)))
    }),
    ("paths", |_, threat| list(threat.paths.iter().map(|path| words::hops(path).join(" -> ")))),
    ("more_paths", |_, threat| threat.more_paths.to_string()),
    ("missing_controls", |_, threat| {
        list(
            threat
                .controls
                .missing
                .iter()
                .map(|control| format!("{} on {} ({})", control.id, control.on, control.stated)),
        )
    }),
    ("present_controls", |_, threat| {
        list(
            threat
                .controls
                .present
                .iter()
                .map(|control| format!("{} on {} ({})", control.id, control.on, control.state)),
        )
    }),
    ("first_remedy", |_, threat| threat.remedies.first().map_or(String::new(), |remedy| remedy.says.clone())),
    ("severity_after_first_remedy", |_, threat| {
        threat
            .remedies
            .first()
            .and_then(|remedy| remedy.severity_after)
            .map_or(String::new(), |after| words::severity(after).to_owned())
    }),
    ("remedies", |_, threat| list(threat.remedies.iter().map(|remedy| &remedy.says))),
    ("summary", |_, threat| threat.summary.clone()),
    ("status_because", |_, threat| threat.status_because.clone()),
    ("decision", |analysis, threat| decided(analysis, threat, |decision| &decision.response)),
    ("decision_why", |analysis, threat| decided(analysis, threat, |decision| &decision.why)),
    ("decision_by", |analysis, threat| decided(analysis, threat, |decision| &decision.by)),
    ("decision_until", |analysis, threat| decided(analysis, threat, |decision| &decision.until)),
    ("owner", |analysis, threat| decided(analysis, threat, |decision| &decision.owner)),
    ("due", |analysis, threat| decided(analysis, threat, |decision| &decision.due)),
    ("ticket", |analysis, threat| decided(analysis, threat, |decision| &decision.ticket)),
    ("incidents", |_, threat| list(&threat.incidents)),
    ("evidence", |_, threat| list(&threat.evidence)),
    ("file", |_, threat| threat.location.as_ref().map_or(String::new(), |place| place.file.clone())),
    ("line", |_, threat| threat.location.as_ref().map_or(String::new(), |place| place.line.to_string())),
];

/// The selected threats as CSV, in order of rank. What the selection hides
/// cannot be said in the table itself; the caller says it beside it.
pub fn render(analysis: &Analysis, selection: &Selection) -> String {
    let mut out = String::new();
    line(&mut out, COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    for threat in &selection.shown {
        line(&mut out, COLUMNS.iter().map(|(_, read)| read(analysis, threat)));
    }
    out
}

fn line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (index, text) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        field(out, &text);
    }
    out.push_str("\r\n");
}

fn field(out: &mut String, text: &str) {
    let text = words::plain(text);
    // A blank in front does not keep a spreadsheet from reading a formula.
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    if text.contains(['"', ',']) || text.starts_with(' ') || text.ends_with(' ') {
        out.push('"');
        out.push_str(guard);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(guard);
        out.push_str(&text);
    }
}

fn list(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut joined = String::new();
    for item in items {
        if !joined.is_empty() {
            joined.push_str("; ");
        }
        joined.push_str(item.as_ref());
    }
    joined
}

fn decided<'a>(analysis: &'a Analysis, threat: &Threat, read: impl Fn(&'a Decision) -> &'a String) -> String {
    words::decision(analysis, threat).map_or(String::new(), |decision| read(decision).clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn one(text: &str) -> String {
        let mut out = String::new();
        field(&mut out, text);
        out
    }

    #[test]
    fn the_fixed_analysis_gives_the_golden_file() {
        let analysis = fixture::analysis();
        fixture::golden("threats.csv", &render(&analysis, &Selection::all(&analysis)));
    }

    #[test]
    fn fields_are_quoted_only_where_they_need_it() {
        assert_eq!(one("plain"), "plain");
        assert_eq!(one("a, b"), "\"a, b\"");
        assert_eq!(one("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(one("two\nlines"), "two lines");
        assert_eq!(one(""), "");
    }

    #[test]
    fn no_field_is_read_as_a_formula() {
        for text in ["=1+1", "+1", "-1", "@sum", "\t=1", " =1", "＝1"] {
            let written = one(text);
            assert!(written.trim_start_matches('"').starts_with('\''), "{text} became {written}");
        }
        assert_eq!(one("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
    }

    #[test]
    fn there_is_one_line_for_each_threat_and_a_header() {
        let analysis = fixture::analysis();
        let written = render(&analysis, &Selection::all(&analysis));
        assert_eq!(written.matches("\r\n").count(), 16);
        assert_eq!(written.matches('\n').count(), 16);
        assert!(written.starts_with("id,rule,title,status,severity,likelihood,impact,"));
    }

    #[test]
    fn a_decision_stands_beside_its_threat() {
        let analysis = fixture::analysis();
        let written = render(&analysis, &Selection::all(&analysis));
        let line = written.lines().find(|line| line.starts_with("cost-harvesting@assistant")).unwrap();
        assert!(line.contains(",head of digital,,platform team,2026-12-15,SUP-204,"));
    }
}
