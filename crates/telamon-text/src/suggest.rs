//! "Did you mean": the nearest of a set of words.

/// The candidate nearest to a misspelt word, if one is near enough to propose.
///
/// Case, hyphens, underscores, blanks and a plural `s` do not count; beyond
/// that a word of three letters may differ in one edit, one of six in two, one
/// of nine in three (swapping two neighbours is one edit). Of equally near
/// candidates the one that sorts first wins, so that the order of the
/// candidates changes nothing.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let wanted = Folded::of(word);
    let allowed = match wanted.chars.len() {
        0 => return None,
        1 | 2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, usize, &'a str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST || candidate == word {
            continue;
        }
        let folded = Folded::of(candidate);
        let limit = best.map_or(allowed, |(distance, ..)| distance);
        let Some(distance) = folded.distance(&wanted, limit) else {
            continue;
        };
        // Among words that fold to the same, the literally nearer one.
        let rank = (distance, word.len().abs_diff(candidate.len()), candidate);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
        }
    }
    best.map(|(.., candidate)| candidate)
}

/// Longer words are not typed by hand.
const LONGEST: usize = 256;

/// A word without what does not count.
struct Folded {
    chars: Vec<char>,
}

impl Folded {
    fn of(word: &str) -> Self {
        let mut chars: Vec<char> = word
            .chars()
            .filter(|letter| !matches!(letter, '-' | '_' | ' ' | '.'))
            .flat_map(char::to_lowercase)
            .collect();
        if chars.len() > 3 && chars.last() == Some(&'s') {
            chars.pop();
        }
        if chars.is_empty() {
            chars = word.chars().collect();
        }
        Self { chars }
    }

    /// Edits between two words (insert, delete, replace, swap neighbours), or
    /// nothing where it takes more than `limit`.
    fn distance(&self, other: &Self, limit: usize) -> Option<usize> {
        let (a, b) = (&self.chars, &other.chars);
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        let mut before: Vec<usize> = Vec::new();
        let mut above: Vec<usize> = (0..=b.len()).collect();
        let mut last_a = None;
        for (row, letter_a) in a.iter().enumerate() {
            let mut current = Vec::with_capacity(above.len());
            current.push(row + 1);
            let mut left = row + 1;
            let mut last_b = None;
            for (column, letter_b) in b.iter().enumerate() {
                let diagonal = above.get(column).copied().unwrap_or(0);
                let up = above.get(column + 1).copied().unwrap_or(0);
                let mut cost = (diagonal + usize::from(letter_a != letter_b)).min(up + 1).min(left + 1);
                if last_a == Some(letter_b)
                    && last_b == Some(letter_a)
                    && column > 0
                    && let Some(swap) = before.get(column - 1)
                {
                    cost = cost.min(swap + 1);
                }
                current.push(cost);
                left = cost;
                last_b = Some(letter_b);
            }
            if current.iter().min().is_some_and(|least| *least > limit) {
                return None;
            }
            before = std::mem::replace(&mut above, current);
            last_a = Some(letter_a);
        }
        above.last().copied().filter(|distance| *distance <= limit)
    }
}

#[cfg(test)]
mod tests;
