//! How wide a text will be, and texts made short enough.
//!
//! Nobody knows the reader's typeface. The widths are those of the Helvetica
//! family, in thousandths of the type size, with a little added: the system
//! faces of the common desktops are no wider than that.

/// Widths of the characters from space to tilde.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// The same in bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

/// Added for wider typefaces, in hundredths.
const SLACK: usize = 104;

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Normal.
    Regular,
    /// Semibold or bold.
    Bold,
}

/// Width of a text in pixels, rounded up. `size` is in tenths of a pixel.
pub fn width(text: &str, size: usize, weight: Weight) -> i32 {
    let table = if weight == Weight::Bold { &BOLD } else { &REGULAR };
    let thousandths: usize = text.chars().map(|character| character_width(character, table)).sum();
    let pixels = (thousandths * size * SLACK).div_ceil(1_000_000);
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

fn character_width(character: char, table: &[u16; 95]) -> usize {
    let known = u32::from(character).checked_sub(32).and_then(|index| table.get(usize::try_from(index).ok()?));
    if let Some(width) = known {
        return usize::from(*width);
    }
    let code = u32::from(character);
    match code {
        // Marks that stand on the letter before.
        0x0300..=0x036F | 0x200B..=0x200F => 0,
        // Letters with accents are about as wide as the widest plain ones.
        0x00A0..=0x052F => {
            if character.is_uppercase() {
                740
            } else {
                590
            }
        }
        _ => 1_000,
    }
}

/// A text of at most so many characters, with an ellipsis where it was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let head: String = text.chars().take(limit.saturating_sub(1)).collect();
    let end = head.trim_end_matches(|character: char| character.is_whitespace() || ",;:.-–—(".contains(character));
    format!("{end}…")
}

/// A text in one line, or in two of about the same length, cut where it does
/// not fit. `line` is the longest line in characters; one word may take `word`.
pub fn wrap(text: &str, line: usize, word: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.is_empty() {
        return Vec::new();
    }
    if text.chars().count() <= line {
        return vec![text];
    }
    let length = |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
    let halves = |at: usize| words.split_at_checked(at).unwrap_or((&words, &[]));
    let best = (1..words.len()).min_by_key(|at| {
        let (first, second) = halves(*at);
        // A long second line is cut; a long first line would hide the rest.
        let over = length(first).saturating_sub(line);
        (over, length(first).max(length(second)))
    });
    let Some(at) = best else { return vec![shorten(&text, word)] };
    let (first, second) = halves(at);
    if length(second) > line + 4 {
        // Both lines full: as many words in the first as go.
        let full = (1..words.len()).take_while(|at| length(halves(*at).0) <= line).last().unwrap_or(1);
        let (first, second) = halves(full);
        return vec![shorten(&first.join(" "), word), shorten(&second.join(" "), line)];
    }
    vec![shorten(&first.join(" "), word), shorten(&second.join(" "), word)]
}
