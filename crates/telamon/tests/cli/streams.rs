//! Pipes, colours, widths and full disks.

use super::{CHAT, example, folder, run, telamon};
use std::io::Read;
use std::process::{Command, Stdio};

/// Runs the program with a reader that stops after the first bytes.
fn read_a_little(args: &[&str]) -> (i32, String) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("telamon"))
        .args(args)
        .env_clear()
        .current_dir(example("support-rag"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut some = [0; 16];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut some).expect("some output");
    drop(out);
    let mut error = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut error).expect("text");
    (child.wait().expect("it ends").code().unwrap_or(-1), error)
}

#[test]
fn a_reader_that_leaves_is_no_failure_and_hides_no_finding() {
    // More than a pipe holds, so that writing meets the closed end.
    assert_eq!(read_a_little(&["analyze", "--format", "json"]), (0, String::new()));
    assert_eq!(read_a_little(&["analyze", "--format", "json", "--fail-on", "low"]), (1, String::new()));
    assert_eq!(read_a_little(&["schema"]), (0, String::new()));
}

#[test]
fn colour_is_for_terminals_or_who_asks() {
    let folder = folder(CHAT);
    let escape = '\u{1b}';
    let (_, out, _) = run(folder.path(), &["analyze"]);
    assert!(!out.contains(escape));
    let (_, out, _) = run(folder.path(), &["analyze", "--color", "always"]);
    assert!(out.contains(escape));
    std::fs::write(folder.path().join("telamon.yaml"), "system: [\n").expect("a file");
    let (_, _, error) = run(folder.path(), &["analyze"]);
    assert!(!error.contains(escape), "{error}");
    let (_, _, error) = run(folder.path(), &["analyze", "--color", "always"]);
    assert!(error.contains(escape), "{error}");
}

#[test]
fn text_fits_the_columns() {
    let folder = folder(CHAT);
    for args in [
        vec!["explain", "indirect-prompt-injection"],
        vec!["explain", "AML.T0051"],
        vec!["explain", "direct-prompt-injection@bot"],
        vec!["kinds"],
        vec!["controls"],
        vec!["rules", "list"],
        vec!["catalog", "search", "poisoning"],
    ] {
        for width in [60, 80, 120] {
            let out = telamon(folder.path()).args(&args).env("COLUMNS", width.to_string()).output().expect("it runs");
            assert_eq!(out.status.code(), Some(0), "{args:?}");
            let text = String::from_utf8(out.stdout).expect("text");
            for line in text.lines() {
                // A word that is wider than its column stands alone.
                let words = line.split_whitespace().count();
                assert!(line.chars().count() <= width || words <= 2, "{args:?} at {width}: {line}");
            }
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let full = std::fs::File::create("/dev/full").expect("the device");
    let out = Command::new(assert_cmd::cargo::cargo_bin("telamon"))
        .args(["kinds"])
        .stdout(full)
        .output()
        .expect("the program starts");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("cannot write the output"));
}

#[test]
fn an_output_never_replaces_the_model() {
    let folder = folder(CHAT);
    for args in [
        vec!["analyze", "-o", "telamon.yaml"],
        vec!["analyze", "--format", "json", "-o", "./telamon.yaml"],
        vec!["report", "-o", "telamon.yaml"],
        vec!["diagram", "-o", "telamon.yaml"],
    ] {
        let (code, _, error) = run(folder.path(), &args);
        assert_eq!(code, 2, "{args:?}");
        assert!(error.contains("is the model"), "{args:?}: {error}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("telamon.yaml")).expect("the model"), CHAT);
}

#[test]
fn a_dash_is_the_standard_output() {
    let folder = folder(CHAT);
    let (code, out, _) = run(folder.path(), &["analyze", "--format", "csv", "-o", "-"]);
    assert_eq!(code, 0);
    assert!(out.contains("direct-prompt-injection@bot"), "{out}");
    assert!(!folder.path().join("-").exists());
}
