//! `telamon diagram`: the data flows of a model.

use crate::cli::{DiagramArgs, DiagramFormat};
use crate::output::{Done, Failure, Output};
use crate::{input, rulebook, setup};
use std::path::Path;
use telamon_render::drawing::{self, Pins, SvgOptions};

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
        return Err(format!("`{}` has no threat `{threat}`; `telamon analyze --quiet` lists all", loaded.name).into());
    }
    let options = SvgOptions { highlight: args.threat.clone(), pins: pins(&loaded.folder)? };
    if args.pin {
        let sidecar = loaded.folder.join(SIDECAR);
        output.write(Some(&sidecar), &drawing::positions(&analysis, &options).to_yaml())?;
    }
    let text = match args.format {
        DiagramFormat::Svg => drawing::svg(&analysis, &options),
        DiagramFormat::Mermaid => drawing::mermaid(&analysis),
        DiagramFormat::D2 => drawing::d2(&analysis),
        DiagramFormat::Dot => drawing::dot(&analysis),
    };
    loaded.keep(args.output.as_deref())?;
    output.write(args.output.as_deref(), &text)?;
    Ok(true)
}

/// Positions kept beside the model; none where there is no such file.
pub fn pins(folder: &Path) -> Result<Pins, Failure> {
    let sidecar = folder.join(SIDECAR);
    if !sidecar.is_file() {
        return Ok(Pins::default());
    }
    Pins::parse(&input::text(&sidecar)?).map_err(|error| format!("`{}`: {error}", sidecar.display()).into())
}
