//! The corpus of the fuzz targets, replayed: no input may crash, hang, or break what a target asserts.

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Far above what the largest file of the corpus takes in a debug build.
const LONGEST: Duration = Duration::from_secs(20);

#[test]
fn the_corpus_passes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let folder = corpus.join(name);
        let mut files: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
        files.sort();
        assert!(!files.is_empty(), "{} is empty", folder.display());
        for file in files {
            let start = Instant::now();
            // The name of a file that crashes its target is in the captured output.
            println!("{}", file.display());
            target(&fs::read(&file).unwrap());
            assert!(start.elapsed() < LONGEST, "{} took {:?}", file.display(), start.elapsed());
        }
    }
}
