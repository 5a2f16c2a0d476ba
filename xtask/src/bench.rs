//! Whole-process figures of `telamon analyze`: from start to exit, as a user waits for it.

use crate::generate::{Plan, Shape, to_file};
use crate::run::{Done, Failure, cargo, root, run, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Prints a table: an example of the repository, then a generated model of each size.
pub fn bench(sizes: &[usize], shape: Shape) -> Done {
    run(&mut cargo(&["build", "--release", "--package", "telamon"]))?;
    let program = target().join("release").join(format!("telamon{}", std::env::consts::EXE_SUFFIX));
    let folder = target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| Failure::cannot(format!("cannot make a folder: {error}")))?;
    println!("| model | components | flows | file | time | peak memory |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let example = root().join("examples/support-rag");
    row(&program, "examples/support-rag", ("", ""), &example)?;
    for size in sizes {
        let plan = Plan { components: *size, flows: size * 3, shape, seed: 1 };
        let path = folder.join(format!("{size}.yaml"));
        to_file(&plan, &path)?;
        row(&program, "generated", (&size.to_string(), &plan.flows.to_string()), &path)?;
    }
    Ok(())
}

fn row(program: &Path, name: &str, (components, flows): (&str, &str), model: &Path) -> Done {
    let file = if model.is_dir() { model.join("telamon.yaml") } else { model.to_owned() };
    let bytes = fs::metadata(&file).map_or(0, |about| about.len());
    let first = once(program, model)?;
    // What is quick is measured several times, and the middle taken.
    let runs = if first.0 < Duration::from_secs(1) { 9 } else { 1 };
    let mut times = vec![first.0];
    let mut memory = first.1;
    for _ in 1..runs {
        let (time, peak) = once(program, model)?;
        times.push(time);
        memory = memory.max(peak);
    }
    times.sort();
    let memory = memory.map_or("not known".to_owned(), |kilobytes| format!("{} MiB", in_units(kilobytes)));
    let middle = times[times.len() / 2];
    println!(
        "| {name} | {components} | {flows} | {} KiB | {} | {memory} |",
        in_units(bytes),
        if middle < Duration::from_secs(1) {
            format!("{:.1} ms", middle.as_secs_f64() * 1000.0)
        } else {
            format!("{:.2} s", middle.as_secs_f64())
        }
    );
    Ok(())
}

/// In units of 1024, with one digit behind the point.
fn in_units(number: u64) -> String {
    format!("{}.{}", number / 1024, number % 1024 * 10 / 1024)
}

/// One run: its time, and its peak memory in KiB where the system tells it.
fn once(program: &Path, model: &Path) -> Result<(Duration, Option<u64>), Failure> {
    let time = PathBuf::from("/usr/bin/time");
    let measured = time.exists();
    let mut command = if measured {
        let mut command = Command::new(time);
        command.args(["-f", "%M"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.arg("analyze").arg(model).args(["--top", "100", "--as-of", "2026-11-25"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let output = command.output().map_err(|error| Failure::cannot(format!("cannot run telamon: {error}")))?;
    let took = start.elapsed();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(Failure::wrong(format!("`telamon analyze {}` failed:\n{said}", model.display())));
    }
    let memory = said.lines().last().and_then(|line| line.trim().parse().ok()).filter(|_| measured);
    Ok((took, memory))
}
