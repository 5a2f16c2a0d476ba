//! What must pass before a change is merged.

use crate::generated;
use crate::run::{Done, Failure, cargo, run, watch};

/// A part of the check: its name and what it does.
type Step = (&'static str, fn() -> Done);

/// Formatting, clippy, all tests and the generated files. Every step runs, so
/// that one call shows all that is wrong.
pub fn check() -> Done {
    let steps: [Step; 4] =
        [("formatting", formatting), ("clippy", clippy), ("tests", test), ("generated files", generated::check)];
    let mut failed = Vec::new();
    for (name, step) in steps {
        println!("== {name}");
        if let Err(failure) = step() {
            println!("{}", failure.message);
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("== all good");
        return Ok(());
    }
    Err(Failure::wrong(format!("== failed: {}", failed.join(", "))))
}

fn formatting() -> Done {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))
}

fn clippy() -> Done {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// All tests of the workspace, with totals at the end.
pub fn test() -> Done {
    let mut totals = Totals::default();
    let done = watch(&mut cargo(&["test", "--workspace", "--no-fail-fast"]), |line| totals.take(line));
    println!("{}", totals.says());
    done
}

/// Tests counted over all binaries.
#[derive(Debug, Default, PartialEq, Eq)]
struct Totals {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Totals {
    /// Adds the counts of a line such as `test result: ok. 3 passed; 0 failed; 0 ignored`.
    fn take(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result:") else { return };
        for part in counts.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<usize>() else { continue };
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }

    fn says(&self) -> String {
        format!("tests: {} passed, {} failed, {} ignored", self.passed, self.failed, self.ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::Totals;

    #[test]
    fn totals_add_up_over_binaries() {
        let mut totals = Totals::default();
        totals.take("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s");
        totals.take("test it::holds ... ok");
        totals.take("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!(totals, Totals { passed: 13, failed: 2, ignored: 1 });
        assert_eq!(totals.says(), "tests: 13 passed, 2 failed, 1 ignored");
    }
}
