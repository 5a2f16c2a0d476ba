use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    id: String,
    #[serde(default)]
    tactics: Vec<String>,
    full_name: Option<String>,
    #[serde(default)]
    weight: f64,
    #[serde(default)]
    count: u8,
    #[serde(default)]
    ai: bool,
    kind: Kind,
    #[serde(default)]
    maps: BTreeMap<String, Vec<Id>>,
    shape: Option<Shape>,
    pair: Option<(i64, char)>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Technique,
    CaseStudy,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Id(String);

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Empty,
    Round(u32),
    Box { width: u32 },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Loose {
    Number(i64),
    Flag(bool),
    Text(String),
    List(Vec<Loose>),
}

fn entry(text: &str) -> Result<Entry, Box<Diagnostic>> {
    from_node(&good(text)).map_err(Box::new)
}

#[test]
fn every_type_of_serde_is_read() {
    let text = "id: 5.10\ntactics: [a, 'b']\nfull-name: Größe\nweight: 2.5\ncount: 7\nai: true\nkind: case-study\nmaps: { atlas: [X] }\nshape: { box: { width: 3 } }\npair: [-4, z]\n";
    assert_eq!(
        entry(text).unwrap(),
        Entry {
            id: "5.10".to_owned(),
            tactics: vec!["a".to_owned(), "b".to_owned()],
            full_name: Some("Größe".to_owned()),
            weight: 2.5,
            count: 7,
            ai: true,
            kind: Kind::CaseStudy,
            maps: BTreeMap::from([("atlas".to_owned(), vec![Id("X".to_owned())])]),
            shape: Some(Shape::Box { width: 3 }),
            pair: Some((-4, 'z')),
        }
    );
    let shape = |text: &str| entry(&format!("id: x\nkind: technique\nshape: {text}\nfull-name: ~\n")).unwrap().shape;
    assert_eq!(shape("empty"), Some(Shape::Empty));
    assert_eq!(shape("{ round: 8 }"), Some(Shape::Round(8)));
    let loose: Loose = from_node(&good("[1, true, x, '2', [-3]]")).unwrap();
    assert_eq!(
        loose,
        Loose::List(vec![
            Loose::Number(1),
            Loose::Flag(true),
            Loose::Text("x".to_owned()),
            Loose::Text("2".to_owned()),
            Loose::List(vec![Loose::Number(-3)]),
        ])
    );
}

#[test]
fn errors_point_at_the_words() {
    for (text, message, words, label) in [
        ("id: x\nkind: technique\ntactisc: []\n", "unknown key `tactisc`", "tactisc", "did you mean `tactics`?"),
        ("id: x\nkind: tecnique\n", "unknown word `tecnique`", "tecnique", "did you mean `technique`?"),
        ("id: x\nkind: technique\ntactics: abc\n", "expected a list, found a text", "abc", ""),
        ("id: x\nkind: technique\ncount: 300\n", "expected an integer from 0 to 255, found a number", "300", ""),
        ("id: x\nkind: technique\nai: 'true'\n", "expected `true` or `false`, found a text", "'true'", ""),
        ("id: [x]\nkind: technique\n", "expected a text, found a list", "[x]", ""),
        ("id: x\nkind: technique\nmaps: { a: [b, [c]] }\n", "expected a text, found a list", "[c]", ""),
        ("id: x\nkind: technique\nshape: round\n", "`round` needs a value: write `round: ...`", "round", ""),
        (
            "id: x\nkind: technique\nshape: { box: { width: q } }\n",
            "expected a non-negative integer, found a text",
            "q",
            "",
        ),
    ] {
        let error = entry(text).unwrap_err();
        assert_eq!(error.code, "bad-data");
        assert_eq!(error.message, message);
        let last = text.rfind(words).unwrap();
        assert_eq!(error.span, Some(Span::new(SOURCE, last, last + words.len())), "{text}");
        assert_eq!(error.label, label);
    }
    let text = "kind: technique\n";
    let error = entry(text).unwrap_err();
    assert_eq!(error.message, "key `id` is missing");
    assert_eq!(error.span, Some(Span::new(SOURCE, 0, text.len() - 1)));
}
