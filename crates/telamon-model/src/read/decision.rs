//! Business, own threats, decisions and rules.

use super::section::Fields;
use super::{Context, value};
use crate::declaration::{BUSINESS, DECISION, ENTRY, LOSS, MATCH, OWN_THREAT, RATE, RESPONSE, RULES, SAW, Section};
use crate::model::{Attribute, BusinessDef, DecisionDef, Loss, OwnThreat, RulesDef, Saw, Spanned, Target};
use crate::vocabulary::set_words;
use telamon_text::Diagnostic;
use telamon_text::yaml::Node;

fn attribute(
    fields: &mut Fields<'_>,
    section: &'static Section,
    name: &str,
    context: &mut Context<'_>,
) -> Option<Attribute> {
    let (at, _) = section.key(name)?;
    fields.attribute(at, context)
}

/// One of five words as 1 to 5.
fn level(fields: &mut Fields<'_>, section: &'static Section, name: &str, context: &mut Context<'_>) -> Option<u8> {
    let attribute = attribute(fields, section, name, context)?;
    u8::try_from(attribute.words.trailing_zeros() + 1).ok()
}

pub(super) fn business(node: &Node<'_>, business: &mut BusinessDef, context: &mut Context<'_>) {
    let Some(mut fields) = Fields::read(node, &BUSINESS, "`business`", context) else {
        return;
    };
    business.criticality = level(&mut fields, &BUSINESS, "criticality", context).map(|level| level.saturating_sub(1));
    business.objectives = fields.texts("objectives", context);
    business.regulations = fields.texts("regulations", context);
    let Some(node) = fields.take("loss") else {
        return;
    };
    for item in value::items(node, "loss", context) {
        let Some(mut fields) = Fields::read(item, &LOSS, "a loss figure", context) else {
            continue;
        };
        let mut loss = Loss::default();
        for (name, to) in [("low", &mut loss.low), ("likely", &mut loss.likely), ("high", &mut loss.high)] {
            let Some(node) = fields.take(name) else {
                continue;
            };
            let number = node
                .as_str()
                .and_then(|text| text.replace('_', "").parse::<f64>().ok())
                .filter(|number| number.is_finite() && *number >= 0.0);
            if number.is_none() {
                context.error(
                    Diagnostic::error("bad-number", format!("`{name}` is no amount"))
                        .at(node.span)
                        .label("write a number that is not negative, without a currency"),
                );
            }
            *to = number;
        }
        if let (Some(low), Some(high)) = (loss.low, loss.high)
            && low > high
        {
            context.error(
                Diagnostic::error("bad-number", "`low` is above `high`").at(value::head(item)).label("swap the two"),
            );
        }
        loss.texts = fields.attributes(context).1;
        business.losses.push(loss);
    }
}

pub(super) fn own_threat(key: Spanned<String>, node: &Node<'_>, context: &mut Context<'_>) -> Option<OwnThreat> {
    let mut fields = Fields::read(node, &OWN_THREAT, format_args!("threat `{}`", key.value), context)?;
    fields.require(context.place(node), context);
    Some(OwnThreat {
        title: fields.text_or_empty("title", context),
        components: fields.names("component", context),
        likelihood: level(&mut fields, &OWN_THREAT, "likelihood", context).unwrap_or(3),
        impact: level(&mut fields, &OWN_THREAT, "impact", context).unwrap_or(3),
        stride: fields.texts("stride", context),
        frameworks: fields.names("frameworks", context),
        summary: fields.text_or_empty("summary", context),
        remedies: fields.texts("remedies", context),
        key,
    })
}

pub(super) fn decision(node: &Node<'_>, context: &mut Context<'_>) -> Option<DecisionDef> {
    let mut fields = Fields::read(node, &DECISION, "a decision", context)?;
    fields.require(context.place(node), context);
    let place = value::head(node);
    let named = ["threat", "match", "entry"].into_iter().filter(|key| fields.has(key)).count();
    let endless = !fields.has("until");
    let mut targets = Vec::new();
    if let Some(threat) = fields.text("threat", context) {
        targets.push(Target::Threat(threat));
    }
    if let Some(node) = fields.take("match")
        && let Some(mut fields) = Fields::read(node, &MATCH, "`match`", context)
    {
        if !fields.has("rule") && !fields.has("component") {
            context.error(
                Diagnostic::error("decision-target", "a match names a `rule`, a `component` or both")
                    .at(context.place(node))
                    .label("write `{ rule: ... }`"),
            );
        }
        targets
            .push(Target::Match { rule: fields.text("rule", context), component: fields.text("component", context) });
    }
    if let Some(node) = fields.take("entry")
        && let Some(mut fields) = Fields::read(node, &ENTRY, "`entry`", context)
    {
        fields.require(context.place(node), context);
        targets.push(Target::Entry {
            framework: fields.text_or_empty("framework", context),
            id: fields.text_or_empty("id", context),
        });
    }
    if named != 1 {
        context.error(
            Diagnostic::error("decision-target", "a decision is for one `threat`, one `match` or one `entry`")
                .at(place)
                .label(if named == 0 { "add `threat: rule@component`" } else { "keep one of them" }),
        );
    }
    let response = attribute(&mut fields, &DECISION, "response", context)
        .and_then(|attribute| set_words(RESPONSE, attribute.words).next())
        .unwrap_or("")
        .to_owned();
    let (mut rate_likelihood, mut rate_impact) = (None, None);
    if let Some(node) = fields.take("rate")
        && let Some(mut fields) = Fields::read(node, &RATE, "`rate`", context)
    {
        rate_likelihood = level(&mut fields, &RATE, "likelihood", context);
        rate_impact = level(&mut fields, &RATE, "impact", context);
    }
    let saw = fields.take("saw").and_then(|node| Fields::read(node, &SAW, "`saw`", context)).map(|mut fields| Saw {
        digest: fields.text_or_empty("digest", context),
        severity: fields.text_or_empty("severity", context),
        ids: fields.texts("ids", context),
    });
    let decision = DecisionDef {
        span: node.span,
        target: targets.into_iter().next()?,
        response,
        why: fields.text_or_empty("why", context),
        by: fields.text_or_empty("by", context),
        date: fields.date("date", context),
        until: fields.date("until", context),
        owner: fields.text_or_empty("owner", context),
        due: fields.date("due", context),
        ticket: fields.text_or_empty("ticket", context),
        rate_likelihood,
        rate_impact,
        saw,
    };
    if decision.response == "accept" && endless {
        context.error(
            Diagnostic::warning("open-ended", "this acceptance never ends").at(place).label("add `until:` with a date"),
        );
    }
    Some(decision)
}

pub(super) fn rules(node: &Node<'_>, rules: &mut RulesDef, context: &mut Context<'_>) {
    let Some(mut fields) = Fields::read(node, &RULES, "`rules`", context) else {
        return;
    };
    rules.folders.extend(fields.names("folders", context));
    rules.disabled.extend(fields.names("disabled", context));
}
