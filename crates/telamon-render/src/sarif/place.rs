//! Places in the model file as SARIF locations.

use serde_json::{Value, json};
use telamon_engine::analysis::Location;

/// A location with the file and the region in it.
pub fn location(at: &Location) -> Value {
    json!({ "physicalLocation": physical(at) })
}

/// File and region; lines and columns begin at 1, and an end never lies
/// before its beginning, which the format demands of every region.
pub fn physical(at: &Location) -> Value {
    let line = at.line.max(1);
    let column = at.column.max(1);
    let end_line = at.end_line.max(line);
    let end_column = if end_line == line { at.end_column.max(column) } else { at.end_column.max(1) };
    json!({
        "artifactLocation": { "uri": uri(&at.file) },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

/// The first line of a file, where nothing more is known: hosts drop a
/// result that has no place at all.
pub fn start_of(file: &str) -> Location {
    Location { file: file.to_owned(), line: 1, column: 1, end_line: 1, end_column: 1 }
}

/// A path as a relative URI reference, or a file URI where it is absolute.
pub fn uri(file: &str) -> String {
    if file == "-" {
        return "stdin".to_owned();
    }
    let path = file.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let prefix = match path.strip_prefix('/') {
        Some(_) => "file://",
        None if drive => "file:///",
        None => "",
    };
    let encoded = path.bytes().enumerate().map(|(index, byte)| {
        let kept = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || (drive && index == 1);
        if kept { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    });
    std::iter::once(prefix.to_owned()).chain(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("examples/a b/telamon.yaml"), "examples/a%20b/telamon.yaml");
        assert_eq!(uri("./models\\x.yaml"), "models/x.yaml");
        assert_eq!(uri("/srv/ä.yaml"), "file:///srv/%C3%A4.yaml");
        assert_eq!(uri("C:\\m\\a#1.yaml"), "file:///C:/m/a%231.yaml");
        assert_eq!(uri("a:b.yaml"), "a%3Ab.yaml");
        assert_eq!(uri("-"), "stdin");
    }

    #[test]
    fn a_region_is_never_inside_out() {
        let at = Location { file: "m.yaml".into(), line: 7, column: 9, end_line: 0, end_column: 3 };
        let region = &physical(&at)["region"];
        assert_eq!(region["endLine"], 7);
        assert_eq!(region["endColumn"], 9);
    }
}
