//! Dense indices and the arrays that they index.

use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// A dense index: the number of an element within its sort.
pub trait Id: Copy + Ord {
    /// From a position. Positions beyond `u32::MAX` cannot occur: a model holds at most 40 million nodes.
    fn from_usize(position: usize) -> Self;
    /// To a position.
    fn index(self) -> usize;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);
        impl Id for $name {
            fn from_usize(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// A component; numbered by sorted id.
    ComponentId
);
id!(
    /// A written flow; numbered by (from, to, carries, id).
    FlowId
);
id!(
    /// One direction of a flow: the ask or the answer.
    EdgeId
);
id!(
    /// A data asset; numbered by sorted id.
    DataId
);
id!(
    /// A trust zone; numbered by sorted id.
    ZoneId
);

/// A vector indexed by one sort of id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdVec<I, T> {
    items: Vec<T>,
    sort: PhantomData<I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// Wraps a vector whose positions are the ids.
    pub fn new(items: Vec<T>) -> Self {
        Self { items, sort: PhantomData }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Elements in the order of their ids.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Ids and elements.
    pub fn entries(&self) -> impl Iterator<Item = (I, &T)> + Clone {
        self.items.iter().enumerate().map(|(position, item)| (I::from_usize(position), item))
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::from_usize)
    }

    /// The element, where the id may come from elsewhere.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The element of an id that this array made.
    ///
    /// The one excuse for indexing in library code: ids come from the array that they index.
    #[allow(clippy::indexing_slicing)]
    pub fn at(&self, id: I) -> &T {
        &self.items[id.index()]
    }

    /// The elements as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<'v, I: Id, T> IntoIterator for &'v IdVec<I, T> {
    type Item = &'v T;
    type IntoIter = std::slice::Iter<'v, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<I: Id, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

// The one excuse for indexing in library code: an id is made by the array it indexes.
impl<I: Id, T> std::ops::Index<I> for IdVec<I, T> {
    type Output = T;
    #[allow(clippy::indexing_slicing)]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> std::ops::IndexMut<I> for IdVec<I, T> {
    #[allow(clippy::indexing_slicing)]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<I: Id, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(items: It) -> Self {
        Self::new(items.into_iter().collect())
    }
}
