//! The templates, and how they are filled in.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::RenderError;

/// The outer template that a user may replace.
const OUTER: &str = "report.html";

/// Everything else, by the name under which a template includes it.
const PARTS: [(&str, &str); 8] = [
    ("macros.html", include_str!("../../templates/macros.html")),
    ("head.html", include_str!("../../templates/head.html")),
    ("first.html", include_str!("../../templates/first.html")),
    ("threats.html", include_str!("../../templates/threats.html")),
    ("matrix.html", include_str!("../../templates/matrix.html")),
    ("coverage.html", include_str!("../../templates/coverage.html")),
    ("tables.html", include_str!("../../templates/tables.html")),
    ("document.html", include_str!("../../templates/document.html")),
];

/// The style sheet of every HTML output.
pub const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// Fills in the report.
pub fn report(outer: Option<&str>, page: &impl Serialize) -> Result<String, RenderError> {
    let mut environment = environment()?;
    let source = outer.unwrap_or(include_str!("../../templates/report.html"));
    environment.add_template_owned(OUTER, source.to_owned())?;
    fill(&environment, OUTER, page)
}

/// Fills in the frame of a method document.
pub fn document(page: &impl Serialize) -> Result<String, RenderError> {
    fill(&environment()?, "document.html", page)
}

fn fill(environment: &Environment, name: &str, page: &impl Serialize) -> Result<String, RenderError> {
    let template = environment.get_template(name)?;
    let page = Value::from(Serde(page));
    let values = context! { style => STYLE, script => SCRIPT, ..page };
    let mut text = template.render(values)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// Escaping is on whatever a template is called. A misspelt value in a user's
/// template is an error, not a gap in the report.
fn environment() -> Result<Environment<'static>, RenderError> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
    environment.set_syntax(syntax);
    for (name, source) in PARTS {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}
