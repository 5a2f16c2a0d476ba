//! The examples against what an expert expects of them, and against their last snapshot.

#[path = "examples/expected.rs"]
mod expected;
#[path = "examples/noise.rs"]
mod noise;

use expected::{Expected, is_technique, ranked};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use telamon_engine::analysis::{Analysis, Persona, Threat};
use telamon_engine::{Inputs, analyze};
use telamon_model::{NoLoader, read};

struct Example {
    /// `fintech-portfolio/credit-decision`.
    name: String,
    analysis: Analysis,
    expected: Expected,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Folders below this one with a model and its expectations, in order of names.
fn folders(at: &Path, into: &mut Vec<PathBuf>) {
    if at.join("telamon.yaml").is_file() && at.join("expected.yaml").is_file() {
        into.push(at.to_owned());
    }
    let mut below: Vec<_> = fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()).collect();
    below.sort();
    for folder in below.iter().filter(|path| path.is_dir()) {
        folders(folder, into);
    }
}

fn analysis(file: &Path) -> Analysis {
    let vocabulary = telamon_data::vocabulary();
    let text = fs::read_to_string(file).unwrap();
    let reading = read("telamon.yaml", text, vocabulary, &mut NoLoader, &telamon_text::yaml::Limits::default());
    assert!(!reading.has_errors(), "{}: {:#?}", file.display(), reading.diagnostics);
    let inputs = Inputs {
        vocabulary,
        catalog: telamon_data::catalog(),
        rules: telamon_data::rules(),
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "telamon.yaml",
        version: "test",
        detail: 0,
        elements: true,
        limit: usize::MAX,
    };
    analyze(&reading, &inputs)
}

fn examples() -> Vec<Example> {
    let mut list = Vec::new();
    folders(&root(), &mut list);
    assert!(list.len() >= 6, "the examples are not where they should be: {list:?}");
    list.iter()
        .map(|folder| Example {
            name: folder.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
            analysis: analysis(&folder.join("telamon.yaml")),
            expected: expected::read(&folder.join("expected.yaml")),
        })
        .collect()
}

fn example(name: &str) -> Example {
    examples().into_iter().find(|example| example.name == name).unwrap()
}

/// How many expectations can each have a threat of its own: augmenting paths from one side.
fn own_threats(example: &Example) -> usize {
    let ranked = ranked(&example.analysis);
    let answers: Vec<Vec<usize>> = example
        .expected
        .expected
        .iter()
        .map(|wanted| (0..ranked.len()).filter(|at| wanted.answered_by(ranked[*at])).collect())
        .collect();
    fn place(
        wanted: usize,
        answers: &[Vec<usize>],
        seen: &mut BTreeSet<usize>,
        taken: &mut BTreeMap<usize, usize>,
    ) -> bool {
        answers[wanted].iter().any(|threat| {
            if !seen.insert(*threat) {
                return false;
            }
            let holder = taken.get(threat).copied();
            let free = holder.is_none_or(|holder| place(holder, answers, seen, taken));
            if free {
                taken.insert(*threat, wanted);
            }
            free
        })
    }
    let mut taken = BTreeMap::new();
    (0..answers.len()).filter(|wanted| place(*wanted, &answers, &mut BTreeSet::new(), &mut taken)).count()
}

/// What the list looks like beside the expectations, for people who tune rules.
fn describe(example: &Example) -> String {
    let mut text = format!("\n== {}\n", example.name);
    let ranked = ranked(&example.analysis);
    let wanted = &example.expected.expected;
    for (at, threat) in ranked.iter().enumerate() {
        let is_wanted = wanted.iter().any(|wanted| wanted.answered_by(threat));
        let mark = match (is_wanted, threat.persona) {
            (true, _) => ' ',
            (false, Persona::Regular) => '+',
            (false, _) => '.',
        };
        let _ = writeln!(
            text,
            "{mark}{:3} {:8} L{} I{} {:50} {} | {} | {}",
            at + 1,
            format!("{:?}", threat.severity),
            threat.likelihood,
            threat.impact,
            threat.id,
            threat.stride.first().map_or("", |word| expected::letter(word)),
            threat.title,
            threat.paths.first().map_or("", |path| path.says.as_str()),
        );
    }
    for wanted in wanted {
        let found: Vec<_> = (1..).zip(&ranked).filter(|(_, threat)| wanted.answered_by(threat)).collect();
        let word = match (found.is_empty(), wanted.must) {
            (true, true) => "MISSED",
            (true, false) => "missed",
            (false, _) => "found ",
        };
        let by: Vec<_> = found.iter().map(|(at, threat)| format!("{at}:{}", threat.id)).collect();
        let _ = writeln!(text, "{word} {} <- {}", wanted.title, by.join(" "));
    }
    let first = |count: usize| &ranked[..count.min(ranked.len())];
    let recall = wanted.iter().filter(|wanted| first(20).iter().any(|threat| wanted.answered_by(threat))).count();
    let precise = first(10).iter().filter(|threat| wanted.iter().any(|wanted| wanted.answered_by(threat))).count();
    let regular = ranked.iter().filter(|threat| threat.persona == Persona::Regular).count();
    let _ = writeln!(
        text,
        "figures {}: recall at 20 {recall}/{}, each with a threat of its own {}/{}, persona regular {regular} of {}, precision at 10 {precise}/{}",
        example.name,
        wanted.len(),
        own_threats(example),
        wanted.len(),
        ranked.len(),
        first(10).len(),
    );
    text
}

/// Share of components that each label covers; more than half says that the label tells little.
fn shares(example: &Example) -> String {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for label in example.analysis.components.iter().flat_map(|component| &component.labels) {
        *count.entry(label).or_default() += 1;
    }
    let all = example.analysis.components.len();
    let words: Vec<_> = count
        .iter()
        .map(|(label, some)| format!("{label} {}%{}", some * 100 / all, if some * 2 > all { " (!)" } else { "" }))
        .collect();
    format!("labels {}: {}\n", example.name, words.join(", "))
}

#[test]
fn examples_show_what_an_expert_expects() {
    let mut wrong = Vec::new();
    for example in &examples() {
        println!("{}{}", describe(example), shares(example));
        let ranked = ranked(&example.analysis);
        for wanted in example.expected.expected.iter().filter(|wanted| wanted.must) {
            if !ranked.iter().any(|threat| wanted.answered_by(threat)) {
                wrong.push(format!("{}: missed: {}", example.name, wanted.title));
            }
        }
        let top = example.expected.top.iter().flat_map(|demand| demand.complaints(&example.analysis));
        let noise = noise::complaints(&example.expected, &example.analysis);
        wrong.extend(top.chain(noise).map(|text| format!("{}: {text}", example.name)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_have_a_length_that_people_read() {
    for example in &examples() {
        let regular = ranked(&example.analysis).iter().filter(|threat| threat.persona == Persona::Regular).count();
        assert!((8..=34).contains(&regular), "{}: {regular} threats", example.name);
    }
}

#[test]
fn the_first_five_are_not_one_story() {
    for example in &examples() {
        let ranked = ranked(&example.analysis);
        let first = &ranked[..5];
        let components: BTreeSet<_> = first.iter().map(|threat| &threat.component).collect();
        let rules: BTreeSet<_> = first.iter().map(|threat| &threat.rule).collect();
        assert!(components.len() >= 2 && rules.len() >= 3, "{}: {components:?} {rules:?}", example.name);
    }
}

#[test]
fn the_examples_keep_their_snapshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut wrong = Vec::new();
    for example in &examples() {
        let mut text = String::new();
        for threat in &example.analysis.threats {
            let word = |value: String| value.to_lowercase();
            let _ = writeln!(
                text,
                "{} {} {} {} {}",
                word(format!("{:?}", threat.severity)),
                threat.likelihood,
                threat.impact,
                word(format!("{:?}", threat.status)),
                threat.id
            );
        }
        let file = folder.join(format!("{}.txt", example.name.replace('/', "-")));
        if update {
            fs::write(&file, text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n") != text {
            wrong.push(format!("{} differs from {}; it is now\n{text}", example.name, file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\nif this is right, run again with UPDATE_SNAPSHOTS=1", wrong.join("\n"));
}

fn has_technique(threats: &[&Threat], id: &str) -> bool {
    threats.iter().any(|threat| is_technique(threat, id))
}

/// Controls that the open threats name as remedies.
fn remedies(analysis: &Analysis) -> BTreeSet<&str> {
    ranked(analysis).iter().flat_map(|threat| &threat.remedies).map(|remedy| remedy.control.as_str()).collect()
}

/// State and reason of an entry.
fn coverage<'a>(analysis: &'a Analysis, edition: &str, id: &str) -> (&'a str, &'a str) {
    let entry = analysis
        .coverage
        .iter()
        .find(|entry| entry.framework == "owasp-llm" && entry.edition == edition && entry.id == id)
        .unwrap();
    (&entry.state, &entry.because)
}

#[test]
fn the_spam_classifier_leads_with_file_evasion_and_api() {
    let example = example("spam-classifier");
    let ranked = ranked(&example.analysis);
    let first = &ranked[..3];
    assert!(first.iter().any(|threat| is_technique(threat, "AML.T0010") && is_technique(threat, "AML.T0011.000")));
    assert!(has_technique(first, "AML.T0015"));
    assert!(has_technique(first, "AML.T0024.002") || has_technique(first, "AML.T0024.000"));
    for edition in ["1.1", "2025", "2026"] {
        let (state, because) = coverage(&example.analysis, edition, "LLM01");
        assert_eq!(state, "ruled-out", "LLM01:{edition}");
        assert!(because.len() > 20, "LLM01:{edition} is ruled out without a reason: {because}");
    }
}

#[test]
fn the_support_assistant_leads_with_disclosure_and_tampering() {
    let example = example("support-rag");
    let ranked = ranked(&example.analysis);
    let main: Vec<_> = ranked[..5].iter().map(|threat| threat.stride[0].as_str()).collect();
    assert!(main.contains(&"information-disclosure") && main.contains(&"tampering"), "{main:?}");
    for (edition, id) in [("1.1", "LLM06"), ("2025", "LLM02"), ("2026", "LLM02")] {
        assert_eq!(coverage(&example.analysis, edition, id).0, "applies", "{id}:{edition}");
        assert!(ranked.iter().any(|threat| {
            threat
                .frameworks
                .iter()
                .any(|entry| entry.framework == "owasp-llm" && entry.edition == edition && entry.id == id)
        }));
    }
    let remedies = remedies(&example.analysis);
    for control in ["input-screening", "output-filtering", "per-user-authorization", "audit-log"] {
        assert!(remedies.contains(control), "{control} is not named");
    }
}

#[test]
fn the_database_assistant_shows_the_whole_way_to_the_tables() {
    let example = example("db-assistant");
    let way = ["reseller", "portal", "assistant", "sql-tool", "warehouse"];
    let shown = ranked(&example.analysis).iter().take(10).any(|threat| {
        threat.paths.iter().any(|path| {
            let mut hops = path.hops.iter();
            way.iter().all(|stop| hops.any(|hop| hop.element == *stop))
        })
    });
    assert!(shown, "no path {}", way.join(" -> "));
    let remedies = remedies(&example.analysis);
    assert!(remedies.contains("read-only-role") || remedies.contains("least-privilege"));
    for control in ["parameterised-query", "query-allow-list", "output-filtering"] {
        assert!(remedies.contains(control), "{control} is not named");
    }
}

#[test]
fn the_sentiment_model_leads_with_coordinated_accounts() {
    let example = example("social-sentiment");
    let ranked = ranked(&example.analysis);
    assert!(ranked.iter().take(5).any(|threat| threat.rule == "coordinated-accounts"));
    let remedies = remedies(&example.analysis);
    for control in ["provenance-check", "outlier-detection", "hold-out-check"] {
        assert!(remedies.contains(control), "{control} is not named");
    }
}
