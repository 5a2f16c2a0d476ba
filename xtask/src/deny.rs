//! Licences, bans and sources of dependencies.

use crate::run::{Done, Failure, cargo, run};
use std::process::Stdio;

/// Runs cargo-deny with `deny.toml`. It is no part of `check`: a fresh machine
/// has no cargo-deny and may have no way to the database of advisories.
pub fn deny() -> Done {
    let there = cargo(&["deny", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        return Err(Failure::cannot("cargo-deny is not installed: run `cargo install --locked cargo-deny` first"));
    }
    run(&mut cargo(&["deny", "check", "licenses", "bans", "sources"]))?;
    run(&mut cargo(&["deny", "check", "advisories"]))
}
