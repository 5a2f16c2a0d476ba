//! Words of a name or a sentence, reduced to their stems so that "poisoning"
//! meets "poisoned". Enough English for names of techniques, no more.

/// The stems of the words in a text, in order, without the small words.
pub(crate) fn stems(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| stem(&word.to_lowercase()))
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}

/// Words that carry no meaning of their own in a name.
const SMALL: [&str; 24] = [
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "of", "on", "or", "over", "the",
    "through", "to", "us", "via", "with", "that", "which",
];

/// Longer words are data, not words.
const LONGEST: usize = 40;

/// The part of a lower-case word that its forms share.
pub(crate) fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() > LONGEST || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let singular = singular(word);
    let mut root = match ENDINGS.iter().find_map(|ending| cut(&singular, ending)) {
        Some(root) => root.to_owned(),
        None => singular,
    };
    // "running" leaves "runn"; "less", "fill" and "fuzz" keep their ending.
    let mut tail = root.chars().rev();
    if root.len() > 3
        && let (Some(last), Some(before)) = (tail.next(), tail.next())
        && last == before
        && !"aeioulsz".contains(last)
    {
        root.pop();
    }
    if root.len() > 3 && root.ends_with('e') {
        root.pop();
    }
    root
}

/// Endings that forms of one word differ in; the first that fits is cut.
const ENDINGS: [&str; 4] = ["ing", "ed", "ion", "or"];

fn cut<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    let root = word.strip_suffix(ending)?;
    (root.len() >= 3 && root.bytes().any(|byte| b"aeiouy".contains(&byte))).then_some(root)
}

fn singular(word: &str) -> String {
    if let Some(root) = word.strip_suffix("ies")
        && root.len() >= 2
    {
        return format!("{root}y");
    }
    let plural =
        word.len() > 3 && word.ends_with('s') && !["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end));
    if plural { word.get(..word.len() - 1).unwrap_or(word).to_owned() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{stem, stems};

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("poisoning", "poisoned"),
            ("poison", "poisoning"),
            ("training", "train"),
            ("datasets", "dataset"),
            ("manipulation", "manipulate"),
            ("injection", "inject"),
            ("exfiltration", "exfiltrate"),
            ("vulnerabilities", "vulnerability"),
            ("scanning", "scan"),
            ("services", "service"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [("string", "stray"), ("process", "proces5"), ("bias", "bia"), ("access", "acce")] {
            assert_ne!(stem(one), stem(other), "{one} and {other}");
        }
    }

    #[test]
    fn small_words_are_left_out() {
        assert_eq!(stems("Denial of the ML Service"), ["denial", "ml", "servic"]);
    }
}
