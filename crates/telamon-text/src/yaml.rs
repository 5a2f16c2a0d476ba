//! YAML (and with it JSON) that knows where each of its nodes stands.
//!
//! Reading never fails hard: it returns what could be read and says what could
//! not. Nothing but the text in the file counts: no tags, no merge keys, one
//! document.

mod build;
mod comment;
mod decode;
mod deserialize;
mod node;
mod read;
mod recover;
mod syntax;

pub use comment::comment_after;
pub use decode::decode;
pub use deserialize::from_node;
pub use node::{Limits, Node, Style, Value};
pub use read::{Reading, read, read_all};

#[cfg(test)]
mod tests;
