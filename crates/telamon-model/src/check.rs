//! What is wrong or probably wrong with a model as a whole.
//!
//! [`references`] runs while reading: errors that keep a model from being
//! analysed. [`warnings`] needs the graph: what is probably a mistake.

mod references;
mod warnings;
mod zones;

pub use references::references;
pub use warnings::warnings;
pub use zones::LEVELS;
