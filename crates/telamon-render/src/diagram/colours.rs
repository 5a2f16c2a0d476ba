//! The style sheet of the drawing, for one theme or for both.

use super::svg::Theme;

/// Names of the colours with their values in the light and in the dark.
const COLOURS: [(&str, &str, &str); 20] = [
    ("paper", "#ffffff", "#14171b"),
    ("ink", "#1c1f24", "#e7e9ec"),
    ("muted", "#59606b", "#a3abb6"),
    ("line", "#7b838f", "#7d8692"),
    ("accent", "#0b57b0", "#86b8ff"),
    ("on-accent", "#ffffff", "#0c1420"),
    ("z-none", "#f7f4ee", "#1e1c19"),
    ("z-some", "#f1f4f8", "#1a1f26"),
    ("z-high", "#e3eaf2", "#222b36"),
    ("z-edge", "#c3cad3", "#3d4651"),
    ("critical", "#8a0f2d", "#ff9ca4"),
    ("on-critical", "#ffffff", "#24060c"),
    ("high", "#c24a17", "#e07b3e"),
    ("on-high", "#ffffff", "#1f0d02"),
    ("medium", "#edb24f", "#96662a"),
    ("on-medium", "#2b1b00", "#ffffff"),
    ("low", "#efebe2", "#3f3d38"),
    ("on-low", "#3b372f", "#ece8df"),
    ("low-edge", "#857d6d", "#8f897c"),
    ("fold", "#e9edf2", "#2a313a"),
];

const SHEET: &str = include_str!("diagram.css");

/// The style sheet. With one theme the values stand in the rules, which
/// programs that know no custom properties can read too.
pub fn sheet(theme: Theme, id: &str, width: i32) -> String {
    let mut sheet = SHEET.replace("{id}", id).replace("{width}", &width.to_string());
    // Never smaller than this, so that no letter becomes too small to read; the page scrolls instead.
    sheet = sheet.replace("{least}", &(width * 4 / 5).to_string());
    match theme {
        Theme::Auto => {
            let properties: Vec<String> =
                COLOURS.iter().map(|(name, light, dark)| format!("--{name}: light-dark({light}, {dark});")).collect();
            let head = format!(":root {{ color-scheme: light dark; }}\n.dfd {{ {} }}\n", properties.join(" "));
            head + &sheet
        }
        Theme::Light | Theme::Dark => {
            for (name, light, dark) in COLOURS {
                sheet = sheet.replace(&format!("var(--{name})"), if theme == Theme::Light { light } else { dark });
            }
            sheet
        }
    }
}
