//! Reading models, rule folders and other files, within limits.

use crate::cli::ModelArg;
use crate::output::{Failure, Output};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use telamon_model::{Loader, Reading};
use telamon_text::yaml::{Limits, decode};
use telamon_text::{Diagnostic, Sources, report};

/// What standard input is called in outputs.
const STDIN: &str = "stdin";

/// A model that was read, and where it is.
pub struct Loaded {
    /// What reading gave.
    pub reading: Reading,
    /// Name for outputs.
    pub name: String,
    /// Its folder; the current one for standard input.
    pub folder: PathBuf,
}

impl Loaded {
    /// False for standard input.
    pub fn is_file(&self) -> bool {
        self.name != STDIN
    }

    /// Refuses to write an output over the model.
    pub fn keep(&self, output: Option<&Path>) -> Result<(), Failure> {
        let same = |path: &Path| {
            let model = Path::new(&self.name).canonicalize();
            matches!((model, path.canonicalize()), (Ok(model), Ok(path)) if model == path)
        };
        match output {
            Some(path) if same(path) => {
                Err(format!("`{}` is the model; name another file for the output", path.display()).into())
            }
            _ => Ok(()),
        }
    }
}

/// The model file behind what the user named.
pub fn model_path(model: Option<&Path>) -> Result<PathBuf, Failure> {
    let path = model.unwrap_or_else(|| Path::new("."));
    if path == Path::new("-") {
        return Ok(path.to_owned());
    }
    if path.is_dir() {
        let file = if path == Path::new(".") { PathBuf::from("telamon.yaml") } else { path.join("telamon.yaml") };
        if !file.is_file() {
            return Err(format!(
                "there is no telamon.yaml in `{}`; `telamon init` writes one, or name a file",
                path.display()
            )
            .into());
        }
        return Ok(file);
    }
    if !path.exists() {
        return Err(format!(
            "there is no file `{}`; name a model file or a folder with a telamon.yaml",
            path.display()
        )
        .into());
    }
    Ok(path.to_owned())
}

/// Reads bytes up to the limit of a file.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let limit = Limits::default().bytes as u64;
    let too_large = || {
        Failure::Message(format!(
            "`{}` is larger than {} MiB; split it with `include`",
            path.display(),
            limit / (1 << 20)
        ))
    };
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let read = std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("cannot read standard input: {error}"))?;
    } else {
        let cannot = |error: std::io::Error| format!("cannot read `{}`: {error}", path.display());
        let file = std::fs::File::open(path).map_err(cannot)?;
        let about = file.metadata().map_err(cannot)?;
        if about.is_dir() {
            return Err(format!("`{}` is a folder, not a file", path.display()).into());
        }
        if about.len() > limit {
            return Err(too_large());
        }
        file.take(limit + 1).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Reads a text file.
pub fn text(path: &Path) -> Result<String, Failure> {
    decode(bytes(path)?).map_err(|diagnostic| {
        let notes: Vec<&str> =
            std::iter::once(diagnostic.label.as_str()).chain(diagnostic.notes.iter().map(String::as_str)).collect();
        Failure::Message(format!("`{}`: {} {}", path.display(), diagnostic.message, notes.join(" ")))
    })
}

/// Serves includes from the folder of a model and from nowhere else.
struct Files {
    root: PathBuf,
}

impl Loader for Files {
    fn load(&mut self, base: &str, path: &str) -> Result<(String, String), String> {
        let folder = Path::new(base).parent().unwrap_or_else(|| Path::new(""));
        let full = below(&self.root, folder, path)?;
        match text(&full) {
            Ok(text) => Ok((full.display().to_string(), text)),
            Err(Failure::Message(message)) => Err(message),
            Err(Failure::Said) => Err("it cannot be read".into()),
        }
    }
}

/// A path that a model names, when it stays within the model's folder.
pub fn below(root: &Path, base: &Path, asked: &str) -> Result<PathBuf, String> {
    const OUT: &str = "it leaves the model's folder";
    let path = Path::new(asked);
    if path.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(OUT.into());
    }
    let full = base.join(path);
    let root = root.canonicalize().map_err(|error| error.to_string())?;
    let real = full.canonicalize().map_err(|_| format!("there is no `{}`", full.display()))?;
    // A link may lead out although the path does not.
    if real.starts_with(&root) { Ok(full) } else { Err(OUT.into()) }
}

/// Reads a model, whatever is wrong with it.
pub fn model(model: Option<&Path>) -> Result<Loaded, Failure> {
    let path = model_path(model)?;
    let text = text(&path)?;
    let (name, folder) = if path == Path::new("-") {
        (STDIN.to_owned(), PathBuf::from("."))
    } else {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or_else(|| Path::new("."));
        (path.display().to_string(), folder.to_owned())
    };
    let mut files = Files { root: folder.clone() };
    let reading = telamon_model::read(&name, text, telamon_data::vocabulary(), &mut files, &Limits::default());
    Ok(Loaded { reading, name, folder })
}

/// How many diagnostics are shown at once; nobody reads on before the first ones are mended.
const SHOWN: usize = 50;

/// Prints diagnostics to the error stream.
pub fn say(sources: &Sources, diagnostics: &[Diagnostic], output: &Output) {
    let options = report::RenderOptions { color: output.error_color, width: output.width, limit: SHOWN };
    Output::error(&report::render(sources, diagnostics, &options));
    // What follows is set off.
    Output::error("");
}

/// Reads a model that can be analysed; errors are printed and end the command.
pub fn sound(arg: &ModelArg, output: &Output) -> Result<Loaded, Failure> {
    let loaded = model(arg.model.as_deref())?;
    if loaded.reading.has_errors() {
        let errors: Vec<Diagnostic> = loaded.reading.diagnostics.iter().filter(|d| d.is_error()).cloned().collect();
        say(&loaded.reading.sources, &errors, output);
        return Err(Failure::Said);
    }
    Ok(loaded)
}
