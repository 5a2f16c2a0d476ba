//! The fuzz targets, one for each parser; see `targets.rs`.

pub mod targets;
