//! Bytes to text.

use crate::diagnostic::Diagnostic;

/// The bytes as text, or where they stop being UTF-8.
#[allow(clippy::result_large_err)] // once per file
pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<String, Diagnostic> {
    let bytes = bytes.into();
    if let Some(order) = utf16(&bytes) {
        return Err(Diagnostic::error("not-utf8", format!("the file is written in UTF-16 ({order}), not in UTF-8"))
            .note("save it as UTF-8: editors offer this under `encoding`"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let (before, rest) = error.as_bytes().split_at_checked(valid).unwrap_or((&[], &[]));
        let byte = rest.first().copied().unwrap_or(0);
        let before = std::str::from_utf8(before).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        Diagnostic::error("not-utf8", format!("byte {byte:#04x} at line {line}, column {column} is not UTF-8"))
            .note("a model is a text in UTF-8: save the file in that encoding")
    })
}

/// The byte order that a mark or zero bytes in the first characters betray.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, ..] | [1..=0x7F, 0, 1..=0x7F, 0, ..] => Some("little endian"),
        [0xFE, 0xFF, ..] | [0, 1..=0x7F, 0, 1..=0x7F, ..] => Some("big endian"),
        _ => None,
    }
}
