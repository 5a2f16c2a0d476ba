//! A hasher for look-up tables over many small keys.
//!
//! It multiplies and folds, which costs a fraction of the standard hasher. It
//! is keyed afresh in each run, so that nobody can write a model whose ids all
//! fall into one bucket. No output depends on the order of such a table.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

/// A map with the fast hasher.
pub type FastMap<K, V> = HashMap<K, V, Keyed>;
/// A set with the fast hasher.
pub type FastSet<K> = HashSet<K, Keyed>;

/// Makes hashers with the key of this run.
#[derive(Debug, Clone, Copy)]
pub struct Keyed(u64);

impl Default for Keyed {
    fn default() -> Self {
        static KEY: OnceLock<u64> = OnceLock::new();
        Self(*KEY.get_or_init(|| RandomState::new().build_hasher().finish()))
    }
}

impl BuildHasher for Keyed {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        Folding(self.0)
    }
}

/// The running hash.
#[derive(Debug, Clone, Copy)]
pub struct Folding(u64);

/// An odd number with its bits spread evenly.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Folding {
    fn add(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(MULTIPLIER);
        self.0 = (product as u64) ^ ((product >> 64) as u64).rotate_left(23);
    }
}

impl Hasher for Folding {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.add(rest.iter().fold(rest.len() as u64, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }

    fn write_u16(&mut self, value: u16) {
        self.add(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.add(value);
    }

    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_keys_fall_apart() {
        let keyed = Keyed::default();
        let hashes: FastSet<u64> = (0..10_000).map(|at| keyed.hash_one(format!("component-{at}"))).collect();
        assert_eq!(hashes.len(), 10_000);
        let buckets: FastSet<u64> = hashes.iter().map(|hash| hash % 16_384).collect();
        assert!(buckets.len() > 6_500, "{} buckets of 16384", buckets.len());
    }

    #[test]
    fn a_prefix_is_another_key() {
        let keyed = Keyed::default();
        assert_ne!(keyed.hash_one(("a", "bc")), keyed.hash_one(("ab", "c")));
        assert_ne!(keyed.hash_one("c1"), keyed.hash_one("c10"));
    }
}
