//! Bit sets over the elements of one sort.

/// A fixed-size set of element positions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// An empty set over `len` elements.
    pub fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// The set of all `len` elements.
    pub fn full(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// Builds a set by asking for each position.
    pub fn collect(len: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let words = (0..len.div_ceil(64))
            .map(|at| {
                let start = at * 64;
                let end = len.min(start + 64);
                (start..end).fold(0, |word, position| word | u64::from(holds(position)) << (position - start))
            })
            .collect();
        Self { words, len }
    }

    fn trim(&mut self) {
        let tail = self.len % 64;
        if tail != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1u64 << tail) - 1;
        }
    }

    /// Number of positions that the set ranges over.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when no position is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Adds a position; positions out of range are ignored.
    pub fn insert(&mut self, position: usize) {
        if position < self.len
            && let Some(word) = self.words.get_mut(position / 64)
        {
            *word |= 1u64 << (position % 64);
        }
    }

    /// Adds a position, or takes it out; positions out of range are ignored.
    pub fn set(&mut self, position: usize, holds: bool) {
        if holds {
            self.insert(position);
        } else if let Some(word) = self.words.get_mut(position / 64) {
            *word &= !(1u64 << (position % 64));
        }
    }

    /// True when the position is in the set.
    pub fn contains(&self, position: usize) -> bool {
        self.words.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// Number of positions in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps what is in both.
    pub fn and(&mut self, other: &Self) {
        for (word, by) in self.words.iter_mut().zip(&other.words) {
            *word &= by;
        }
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Self) {
        for (word, by) in self.words.iter_mut().zip(&other.words) {
            *word |= by;
        }
    }

    /// Everything that is not in the set.
    pub fn not(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// Positions in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let low = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    at * 64 + low
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algebra_stays_within_the_length() {
        let mut odd = Bits::collect(70, |position| position % 2 == 1);
        assert_eq!(odd.count(), 35);
        odd.not();
        assert_eq!(odd.iter().next_back_position(), Some(68));
        let mut all = Bits::full(70);
        assert_eq!(all.count(), 70);
        all.and(&odd);
        assert_eq!(all.count(), 35);
        all.not();
        all.or(&odd);
        assert_eq!(all.count(), 70);
    }

    trait Last {
        fn next_back_position(self) -> Option<usize>;
    }
    impl<T: Iterator<Item = usize>> Last for T {
        fn next_back_position(self) -> Option<usize> {
            self.last()
        }
    }
}
