//! `telamon catalog import`: the official texts of a framework into the user's folder.

use super::official;
use crate::input;
use crate::output::{Done, Failure, Output};
use std::path::{Path, PathBuf};
use telamon_catalog::import::{self, Imported, OfficialTexts};
use telamon_engine::digest;
use telamon_text::{Diagnostic, Sources};

/// Runs the command.
pub fn run(file: &Path, folder: Option<&Path>, edition: Option<&str>, output: &Output) -> Done {
    let folder = match folder {
        Some(folder) if folder == Path::new("-") => {
            return Err("`-o` names a folder; the texts are not printed".into());
        }
        Some(folder) => folder.to_owned(),
        None => official::folder()
            .ok_or_else(|| format!("there is no folder for data; name one with `-o` or `{}`", official::VARIABLE))?,
    };
    if let Some(edition) = edition.filter(|edition| !import::is_edition_name(edition)) {
        return Err(format!("`{edition}` cannot be a release; expected is a text such as 5.6.0 or 2026.09").into());
    }
    let text = input::text(file)?;
    let shown = if file == Path::new("-") { "stdin".to_owned() } else { file.display().to_string() };
    // The folder that the file lies in is nobody's business later.
    let name =
        file.file_name().filter(|_| shown != "stdin").map_or(shown.clone(), |name| name.to_string_lossy().into_owned());
    let digest = digest::of(&text);
    let sources = Sources::new();
    let source = sources.add(shown, text);
    let mut imported = match import::read(source, sources.text(source), telamon_data::catalog()) {
        Ok(imported) => imported,
        Err(errors) => {
            input::say(&sources, &errors, output);
            return Err(Failure::Said);
        }
    };
    let release = release(&mut imported, edition, &name);
    if !imported.diagnostics.is_empty() {
        input::say(&sources, &imported.diagnostics, output);
    }
    let Some(release) = release else {
        return Err("the file does not say which release it is; name it with `--edition`".into());
    };
    summary(&imported, &release, output);
    let texts = OfficialTexts {
        framework: imported.framework.to_owned(),
        edition: release,
        source: name,
        digest,
        texts: imported.texts,
    };
    store(&folder, &texts)?;
    Ok(true)
}

/// The release under which texts are kept. Where the name of the file says another one, that is said.
fn release(imported: &mut Imported, asked: Option<&str>, name: &str) -> Option<String> {
    let stated = imported.edition.clone();
    if let (Some(asked), Some(stated)) = (asked, &stated)
        && asked != stated
    {
        imported.diagnostics.push(Diagnostic::warning(
            "import-edition",
            format!("the file is of release {stated}; its texts are kept as {asked}, as you asked"),
        ));
    }
    if let Some(stated) = &stated
        && asked.is_none()
    {
        let named: Vec<&str> = releases(name).collect();
        if let Some(other) = named.first()
            && !named.contains(&stated.as_str())
        {
            imported.diagnostics.push(
                Diagnostic::warning(
                    "import-edition",
                    format!("the file is called after release {other} and is of release {stated}"),
                )
                .note(format!("its texts are kept as {stated}; `--edition` changes that")),
            );
        }
    }
    asked.map(str::to_owned).or(stated)
}

/// What may be releases in the name of a file: numbers with points between them.
fn releases(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .map(|part| part.trim_matches('.'))
        .filter(|part| part.contains('.'))
}

fn summary(imported: &Imported, release: &str, output: &Output) {
    let count = |(sort, count): &(telamon_catalog::EntryType, usize)| {
        let word = sort.as_str().replace('-', " ");
        match (*count, word.strip_suffix('y')) {
            (1, _) => format!("1 {word}"),
            (count, Some(stem)) => format!("{count} {stem}ies"),
            (count, None) => format!("{count} {word}s"),
        }
    };
    let counts: Vec<String> = imported.counts.iter().map(count).collect();
    let name = telamon_data::catalog().get(imported.framework, None).map_or(imported.framework, |known| &known.name);
    output.line(&format!("{name} {release}, {}: {}", imported.format.as_str(), counts.join(", ")));
    match imported.diagnostics.len() {
        0 => {}
        1 => output.line("1 thing in the file is not right"),
        wrong => output.line(&format!("{wrong} things in the file are not right")),
    }
}

/// Writes the texts in one step: a full disk leaves the old ones.
fn store(folder: &Path, texts: &OfficialTexts) -> Result<PathBuf, Failure> {
    let path = folder.join(texts.file_name());
    let cannot = |error: &dyn std::fmt::Display| Failure::from(format!("cannot write `{}`: {error}", path.display()));
    let mut json = serde_json::to_string_pretty(texts).map_err(|error| cannot(&error))?;
    json.push('\n');
    std::fs::create_dir_all(folder).map_err(|error| cannot(&error))?;
    let before = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<OfficialTexts>(&bytes).ok());
    let beside = folder.join(format!(".{}.{}.new", texts.file_name(), std::process::id()));
    std::fs::write(&beside, json).and_then(|()| std::fs::rename(&beside, &path)).map_err(|error| {
        // What is left of the attempt is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
        cannot(&error)
    })?;
    Output::error(&format!("wrote {}", path.display()));
    if let Some(before) = before.filter(|before| before.digest != texts.digest) {
        // The bundle has no case studies, which the YAML has.
        let (old, new) = (before.texts.len(), texts.texts.len());
        Output::error(&format!("note: {new} texts take the place of {old} from another file, `{}`", before.source));
    }
    Ok(path)
}
