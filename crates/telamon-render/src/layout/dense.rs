//! Lists and tables that are read by index.
//!
//! All indices of the layout are counted by the layout itself, after
//! [`clean`](super::clean) has dropped what points nowhere. This file is the one
//! place that relies on it.

use std::ops::{Index, IndexMut};

/// A list read by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dense<T>(Vec<T>);

impl<T> Default for Dense<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Dense<T> {
    /// A list of equal values.
    pub fn filled(value: T, length: usize) -> Self {
        Self(vec![value; length])
    }
}

impl<T> Dense<T> {
    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds at the end.
    pub fn push(&mut self, value: T) {
        self.0.push(value);
    }

    /// The values.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// All indices.
    pub fn indices(&self) -> std::ops::Range<usize> {
        0..self.0.len()
    }

    /// The list as it is.
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> FromIterator<T> for Dense<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T> Index<usize> for Dense<T> {
    type Output = T;

    #[allow(clippy::indexing_slicing, reason = "see the head of this file")]
    fn index(&self, index: usize) -> &T {
        &self.0[index]
    }
}

impl<T> IndexMut<usize> for Dense<T> {
    #[allow(clippy::indexing_slicing, reason = "see the head of this file")]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.0[index]
    }
}

/// A table of columns and rows; outside of it nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<T> {
    width: i32,
    height: i32,
    cells: Vec<T>,
    outside: T,
}

impl<T: Clone> Table<T> {
    /// A table of equal values, which also stand for everything outside.
    pub fn filled(value: &T, width: i32, height: i32) -> Self {
        let count = size(width) * size(height);
        Self { width, height, cells: vec![value.clone(); count], outside: value.clone() }
    }

    /// The value at a place.
    pub fn get(&self, x: i32, y: i32) -> &T {
        self.index(x, y).and_then(|index| self.cells.get(index)).unwrap_or(&self.outside)
    }

    /// The value at a place, to change.
    pub fn get_mut(&mut self, x: i32, y: i32) -> Option<&mut T> {
        let index = self.index(x, y)?;
        self.cells.get_mut(index)
    }

    /// Puts a value at a place.
    pub fn set(&mut self, x: i32, y: i32, value: T) {
        if let Some(cell) = self.get_mut(x, y) {
            *cell = value;
        }
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let inside = (0..self.width).contains(&x) && (0..self.height).contains(&y);
        inside.then(|| size(y) * size(self.width) + size(x))
    }
}

/// A count as a coordinate.
pub fn coordinate(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A coordinate as a count; below zero is none.
pub fn size(coordinate: i32) -> usize {
    usize::try_from(coordinate).unwrap_or(0)
}
