//! Small drawings that tell AI components from others.

use telamon_engine::analysis::Component;

/// Room for a glyph before a word.
pub const WIDTH: i32 = 18;

/// A head with two eyes and an aerial: acts on its own.
const AGENT: &str = "M1 4.5h12v8H1zM7 4.5V1.5M4.5 7.5v2M9.5 7.5v2";
/// Three points that feed one: computes.
const MODEL: &str = "M3.5 3.5 10 7M3.5 10.5 10 7M1.5 2.5h2v2h-2zM1.5 9.5h2v2h-2zM10 5.5h3v3h-3z";
/// A grid of points: remembers by likeness.
const KNOWLEDGE: &str = "M1.5 2.5h3v3h-3zM9.5 2.5h3v3h-3zM5.5 8.5h3v3h-3zM4.5 5 6 8.5M9.5 5 8 8.5";
/// A plug: is called.
const TOOL: &str = "M3.5 5.5h7v2a3.5 3.5 0 0 1-7 0zM5 5.5v-4M9 5.5v-4M7 11v2.5";
/// A ring that goes around: learns.
const TRAINING: &str = "M11.5 4.5A5 5 0 1 0 12 8.5M12 1.5v3.5H8.5";

/// Which words in the first kind stand for which glyph; the first that is found counts.
const WORDS: [(&str, &str); 14] = [
    ("tool", TOOL),
    ("mcp", TOOL),
    ("plugin", TOOL),
    ("interpreter", TOOL),
    ("agent-memory", KNOWLEDGE),
    ("agent-instructions", KNOWLEDGE),
    ("agent", AGENT),
    ("orchestrator", AGENT),
    ("llm-app", AGENT),
    ("training", TRAINING),
    ("tuning", TRAINING),
    ("federated", TRAINING),
    ("evaluation", TRAINING),
    ("pipeline", TRAINING),
];

/// The glyph of a component, as an outline of 14 by 14; none where it is no AI kind.
pub fn glyph(component: &Component) -> Option<&'static str> {
    if !component.ai {
        return None;
    }
    let kind = component.kinds.first().map_or("", String::as_str);
    let by_word = WORDS.iter().find(|(word, _)| kind.contains(word)).map(|(_, glyph)| *glyph);
    Some(by_word.unwrap_or(if component.element == "data-store" { KNOWLEDGE } else { MODEL }))
}
