//! Names that try to leave the text they stand in.

use super::*;

const HOSTILE: &str = "\"><script>alert('x')</script><img src=x onerror=y>&amp; {{ 7*7 }} </style>";

/// Puts hostile text into every string of the analysis that is no word of a
/// fixed list. Ids are changed everywhere alike, so that they still meet.
fn poison(value: &mut serde_json::Value, key: &str) {
    const FIXED: [&str; 14] = [
        "severity",
        "severity_after",
        "status",
        "confidence",
        "persona",
        "as_of",
        "element",
        "trust",
        "state",
        "digest",
        "version",
        "date",
        "due",
        "until",
    ];
    match value {
        serde_json::Value::String(text) if !FIXED.contains(&key) => text.push_str(HOSTILE),
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| poison(item, key)),
        serde_json::Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                if key != "summary" || item.is_string() {
                    poison(item, key);
                }
            }
        }
        _ => {}
    }
}

fn poisoned() -> Analysis {
    let mut value = serde_json::to_value(fixture::analysis()).unwrap();
    poison(&mut value, "");
    serde_json::from_value(value).unwrap()
}

#[test]
fn hostile_names_stay_text() {
    let analysis = poisoned();
    let html = render(&analysis, &options()).unwrap();
    assert_eq!(html.matches("<script>").count(), 1, "only our own script");
    assert!(!html.contains("<img") && !html.contains("{{ 49"));
    assert!(html.contains("&lt;script&gt;"));
    assert_eq!(html.matches("</style>").count(), 1);
}

#[test]
fn hostile_options_stay_text() {
    let mut own = options();
    own.command = HOSTILE.to_owned();
    own.lang = HOSTILE.to_owned();
    own.attributions = vec![HOSTILE.to_owned()];
    let html = render(&fixture::analysis(), &own).unwrap();
    assert!(html.contains("<html lang=\"en\">"));
    assert_eq!(html.matches("<script>").count(), 1);
}

#[test]
fn ids_that_look_alike_keep_anchors_of_their_own() {
    let mut analysis = fixture::analysis();
    analysis.threats[0].id = "rule@a:b".to_owned();
    analysis.threats[1].id = "rule@a-to-b".to_owned();
    analysis.threats[2].id = "rule-at-a-to-b".to_owned();
    let html = page(&analysis);
    for id in ["rule-at-a-to-b", "rule-at-a-to-b-2", "rule-at-a-to-b-3"] {
        assert!(html.contains(&format!("id=\"{id}\"")), "{id}");
    }
}

#[test]
fn long_names_may_break() {
    let mut analysis = fixture::analysis();
    let long = "donaudampfschifffahrtsgesellschaftskapitaen-assistent";
    let text = serde_json::to_string(&analysis).unwrap().replace("\"assistant\"", &format!("\"{long}\""));
    analysis = serde_json::from_str(&text).unwrap();
    let html = page(&analysis);
    assert!(html.contains(&format!("<code class=\"long\">{long}</code>")));
    assert!(html.contains("<text class=\"name\">donaudampfschif…</text>"));
}
