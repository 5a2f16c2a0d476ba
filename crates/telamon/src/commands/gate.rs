//! `telamon gate`: may this model pass?

use crate::baseline::Baseline;
use crate::cli::GateArgs;
use crate::output::{Done, Failure, Output};
use crate::page::Page;
use crate::{input, rulebook, setup};
use std::path::Path;
use telamon_engine::{Breach, Policy, gate};
use telamon_text::Sources;

/// Runs the command.
pub fn run(args: &GateArgs, output: &Output) -> Done {
    let as_of = setup::date(args.as_of.as_deref())?;
    let own = args.policy.as_deref().map(|path| policy(path, output)).transpose()?;
    let policy = own.as_ref().unwrap_or_else(|| telamon_data::policy());
    let baseline = Baseline::read(args.baseline.as_deref())?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, usize::MAX);
    let breaches = gate(policy, &analysis, telamon_data::vocabulary(), |threat| baseline.knows(threat));
    let text = match args.format.as_str() {
        "json" => {
            let value = serde_json::json!({
                "policy": policy.name,
                "model": analysis.model.file,
                "as_of": analysis.as_of,
                "passes": breaches.is_empty(),
                "breaches": breaches,
            });
            serde_json::to_string_pretty(&value).map_err(|error| error.to_string())? + "\n"
        }
        "sarif" => telamon_render::gate::sarif(&analysis, &breaches),
        _ => text(policy, &breaches, output.width),
    };
    loaded.keep(args.output.as_deref())?;
    output.write(args.output.as_deref(), &text)?;
    let known = analysis.threats.iter().filter(|threat| baseline.knows(threat)).count();
    if known > 0 {
        Output::error(&format!("{known} threats stand in the baseline and pass"));
    }
    Ok(breaches.is_empty())
}

fn policy(path: &Path, output: &Output) -> Result<Policy, Failure> {
    let text = input::text(path)?;
    let sources = Sources::new();
    let source = sources.add(path.display().to_string(), text);
    let read = Policy::parse(source, sources.text(source), telamon_data::vocabulary());
    let lists = Policy::unknown_checklists(source, sources.text(source), telamon_data::catalog());
    let wrong = match read {
        Ok(policy) if lists.is_empty() => return Ok(policy),
        Ok(_) => lists,
        Err(wrong) => wrong.into_iter().chain(lists).collect(),
    };
    input::say(&sources, &wrong, output);
    Err(Failure::Said)
}

fn text(policy: &Policy, breaches: &[Breach], width: usize) -> String {
    let mut page = Page::new(width);
    if breaches.is_empty() {
        page.line(&format!("passes the policy `{}`", policy.name));
        return page.finish();
    }
    for of in breaches.chunk_by(|a, b| a.check == b.check) {
        let Some(first) = of.first() else { continue };
        page.line(&first.check);
        for breach in of {
            page.aligned(&format!("  {}", breach.about), 44, &breach.says);
        }
        page.gap();
    }
    let count = if breaches.len() == 1 { "1 breach".to_owned() } else { format!("{} breaches", breaches.len()) };
    page.line(&format!("stopped by the policy `{}`: {count}", policy.name));
    page.finish()
}
