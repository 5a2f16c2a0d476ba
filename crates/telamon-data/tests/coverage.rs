//! Every entry of the frameworks that are accounted for has a rule, every mitigation a control of ours, or a reason why
//! there can be none.

use std::collections::BTreeSet;
use telamon_engine::accounting;

#[test]
fn every_entry_has_a_rule_or_a_control_or_a_reason() {
    let entries = accounting(telamon_data::catalog(), telamon_data::rules(), telamon_data::controls(), None);
    assert!(entries.len() > 550, "the frameworks are not where they should be");
    let holes: Vec<String> = entries
        .iter()
        .filter(|entry| entry.is_hole())
        .map(|entry| format!("{}@{} {} {}", entry.framework, entry.edition, entry.id, entry.name))
        .collect();
    assert!(
        holes.is_empty(),
        "{} entries have neither a rule or control nor a reason:\n{}",
        holes.len(),
        holes.join("\n")
    );
}

#[test]
fn reasons_are_for_entries_that_exist_and_are_not_covered() {
    let catalog = telamon_data::catalog();
    let entries = accounting(catalog, telamon_data::rules(), telamon_data::controls(), None);
    let mut wrong = Vec::new();
    for (framework, id) in catalog.all_unseen() {
        let of: Vec<_> = entries.iter().filter(|entry| entry.framework == framework && entry.id == id).collect();
        if of.is_empty() {
            wrong.push(format!("{framework} {id}: there is no such entry in any edition"));
        }
        let ours: BTreeSet<&str> = of.iter().flat_map(|entry| entry.covered_by()).map(String::as_str).collect();
        if !ours.is_empty() {
            wrong.push(format!("{framework} {id}: covered by {ours:?}, so the reason is wrong"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
