//! A short digest of what a decision saw or an analysis was made from.
//!
//! 64-bit FNV-1a: it tells whether something changed, and keeps nobody from
//! making two texts with the same digest.

use std::fmt::Write;

/// A running digest.
#[derive(Debug, Clone, Copy)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 ^= u64::from(*byte);
            self.0 = self.0.wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Adds a text and a separator.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[0]);
    }

    /// Sixteen hexadecimal digits.
    pub fn hex(self) -> String {
        let mut out = String::new();
        let _ = write!(out, "{:016x}", self.0);
        out
    }
}

/// Digest of one text.
pub fn of(text: &str) -> String {
    let mut digest = Digest::default();
    digest.text(text);
    digest.hex()
}
