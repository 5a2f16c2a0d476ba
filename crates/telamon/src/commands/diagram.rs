//! `telamon diagram`: the data flows of a model.

use crate::cli::{DiagramArgs, DiagramFormat};
use crate::input::{self, Loaded};
use crate::output::{Done, Failure, Output};
use crate::{rulebook, setup};
use std::path::PathBuf;
use telamon_render::{
    diagram::{self, SvgOptions},
    layout::Pins,
};
use telamon_text::suggest;

/// The file with positions, beside the model.
const SIDECAR: &str = "telamon.layout.yaml";

/// Runs the command.
pub fn run(args: &DiagramArgs, output: &Output) -> Done {
    let as_of = setup::date(None)?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, 2_000);
    if let Some(threat) = &args.threat
        && !analysis.threats.iter().any(|known| known.id == *threat)
    {
        let near = suggest::closest(threat, analysis.threats.iter().map(|threat| threat.id.as_str()));
        let hint =
            near.map_or("`telamon analyze --quiet` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(format!("`{}` has no threat `{threat}`; {hint}", loaded.name).into());
    }
    let options = SvgOptions { highlight: args.threat.clone(), pins: pins(&loaded)?, ..SvgOptions::default() };
    if args.pin {
        let Some(sidecar) = sidecar(&loaded) else {
            return Err("positions are kept beside the model; name a file or folder to pin them".into());
        };
        output.write(Some(&sidecar), &diagram::positions(&analysis, &options).to_yaml())?;
    }
    let text = match args.format {
        DiagramFormat::Svg => diagram::svg(&analysis, &options),
        DiagramFormat::Mermaid => diagram::mermaid(&analysis),
        DiagramFormat::D2 => diagram::d2(&analysis),
        DiagramFormat::Dot => diagram::dot(&analysis),
    };
    loaded.keep(args.output.as_deref())?;
    output.write(args.output.as_deref(), &text)?;
    Ok(true)
}

/// The file with positions; a model from standard input has none.
fn sidecar(loaded: &Loaded) -> Option<PathBuf> {
    loaded.is_file().then(|| loaded.folder.join(SIDECAR))
}

/// Positions kept beside the model; none where there is no such file.
pub fn pins(loaded: &Loaded) -> Result<Pins, Failure> {
    match sidecar(loaded) {
        Some(path) if path.is_file() => {
            Pins::parse(&input::text(&path)?).map_err(|error| format!("`{}`: {error}", path.display()).into())
        }
        _ => Ok(Pins::default()),
    }
}
