//! `telamon incidents`: what published attacks would meet in this system.

use crate::cli::IncidentsArgs;
use crate::output::{Done, Output};
use crate::page::Page;
use crate::{input, rulebook, setup};
use telamon_engine::{Case, CaseStep, StepState, cases};

/// How many incidents are told when nobody asks for more.
const TOLD: usize = 5;

/// Runs the command.
pub fn run(args: &IncidentsArgs, output: &Output) -> Done {
    let as_of = setup::date(args.as_of.as_deref())?;
    let loaded = input::sound(&args.model, output)?;
    let rules = rulebook::rules_for(&loaded, &args.model, output)?;
    let analysis = setup::analysis(&loaded, &rules, &as_of, usize::MAX);
    let mut list = cases(telamon_data::catalog(), &analysis);
    if let Some(wanted) = &args.case {
        let ids: Vec<String> = list.iter().map(|case| case.id.clone()).collect();
        // People leave out what stands before the last part of an id.
        let last = |case: &Case| case.id.rsplit('.').next().is_some_and(|part| part.eq_ignore_ascii_case(wanted));
        list.retain(|case| case.id.eq_ignore_ascii_case(wanted) || last(case));
        if list.is_empty() {
            let near = telamon_text::suggest::closest(wanted, ids.iter().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`"));
            return Err(format!("there is no incident `{wanted}`{hint}").into());
        }
    }
    if args.format == "json" {
        let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
        output.print(&format!("{text}\n"));
        return Ok(true);
    }
    let mut page = Page::new(output.width);
    let like = list.iter().filter(|case| case.like_yours).count();
    if args.case.is_none() {
        page.paragraph(&format!(
            "Of {} published incidents, {like} happened to systems like this one: most steps of the attack are open here.",
            list.len()
        ));
        page.gap();
    }
    let told = match () {
        () if args.all || args.case.is_some() => list.len(),
        () => TOLD.min(like),
    };
    for case in list.iter().take(told) {
        tell(&mut page, case);
    }
    let rest: Vec<&Case> = list.iter().skip(told).filter(|case| case.open > 0).collect();
    if !rest.is_empty() {
        page.line("Less like this one");
        for case in rest {
            let counts = format!("{} of {} steps open", case.open, case.inside);
            page.aligned(&format!("  {} {counts}", case.id), 36, &case.name);
        }
        page.gap();
        page.paragraph("`--all` tells every incident step by step, `--case ID` one of them.");
    }
    output.print(&page.finish());
    Ok(true)
}

fn tell(page: &mut Page, case: &Case) {
    let mut about = vec![case.sort.as_str(), case.date.as_str()];
    about.retain(|part| !part.is_empty());
    page.paragraph(&format!("{}  {} ({})", case.id, case.name, about.join(", ")));
    let stopped = match case.stopped {
        0 => "none stopped".to_owned(),
        some => format!("{some} stopped"),
    };
    page.line(&format!("  {} of {} steps inside the system are open here, {stopped}", case.open, case.inside));
    for step in &case.steps {
        page.aligned(&format!("  {} {}", mark(step.state), step.technique), 20, &says(step));
    }
    page.gap();
}

fn mark(state: StepState) -> char {
    match state {
        StepState::Open => '!',
        StepState::Stopped => '+',
        StepState::NotHere => '-',
        StepState::CannotTell => '?',
        StepState::Outside => ' ',
    }
}

fn says(step: &CaseStep) -> String {
    let what = match step.state {
        StepState::Open => {
            let shown: Vec<&str> = step.threats.iter().take(2).map(String::as_str).collect();
            let more = step.threats.len().saturating_sub(shown.len());
            let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("open: {}{tail}", shown.join(", "))
        }
        StepState::Stopped => format!("stopped: {}", step.because),
        StepState::NotHere => "not here".to_owned(),
        StepState::CannotTell => format!("cannot tell: {}", step.because),
        StepState::Outside => "on the attacker's side".to_owned(),
    };
    format!("{}: {what}", step.name)
}
