//! Where the time of an analysis goes: reading, the graph, the whole analysis,
//! with and without rules; beside them the id lint and loading rules.
//!
//! They stand here and not in the engine's crate because they need the
//! embedded data and made-up models. `cargo xtask bench` measures whole runs.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use telamon_catalog::lint::{LintOptions, lint};
use telamon_engine::{Inputs, analyze};
use telamon_model::{Graph, NoLoader, Reading, read};
use telamon_rules::{Plan as Rules, RuleSet, read_rules};
use telamon_text::yaml::{self, Limits};
use telamon_text::{SourceId, Sources};
use xtask::generate::{Plan, Shape, text};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn model(components: usize) -> String {
    text(&Plan { components, flows: components * 3, shape: Shape::PowerLaw, seed: 1 })
}

fn reading(text: &str) -> Reading {
    read("bench.yaml", text.to_owned(), telamon_data::vocabulary(), &mut NoLoader, &Limits::default())
}

fn inputs(rules: &RuleSet) -> Inputs<'_> {
    Inputs {
        vocabulary: telamon_data::vocabulary(),
        catalog: telamon_data::catalog(),
        rules,
        weights: telamon_data::weights(),
        as_of: "2026-11-25",
        file: "bench.yaml",
        version: "bench",
        detail: 10,
        elements: false,
        limit: 100,
    }
}

fn by_size(criterion: &mut Criterion) {
    let none = RuleSet::default();
    let mut group = criterion.benchmark_group("model");
    group.sample_size(10);
    for size in SIZES {
        let text = model(size);
        let read = reading(&text);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::new("yaml", size), &text, |bencher, text| {
            bencher.iter(|| yaml::read(SourceId(0), black_box(text), &Limits::default(), &mut Vec::new()).is_some());
        });
        group.bench_with_input(BenchmarkId::new("read", size), &text, |bencher, text| {
            bencher.iter(|| reading(black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("graph", size), &read, |bencher, read| {
            bencher.iter(|| Graph::build(black_box(&read.model), telamon_data::vocabulary()).edges.len());
        });
        group.bench_with_input(BenchmarkId::new("analysis without rules", size), &read, |bencher, read| {
            bencher.iter(|| analyze(black_box(read), &inputs(&none)));
        });
        group.bench_with_input(BenchmarkId::new("analysis", size), &read, |bencher, read| {
            bencher.iter(|| analyze(black_box(read), &inputs(telamon_data::rules())));
        });
    }
    group.finish();
}

fn data(criterion: &mut Criterion) {
    criterion.bench_function("compile all rules to one plan", |bencher| {
        bencher.iter(|| Rules::compile(black_box(telamon_data::rules())));
    });
    let sources = Sources::new();
    let source = sources.add("rules.yaml", include_str!("../../rules/agents.yaml").to_owned());
    criterion.bench_function("load the rules about agents", |bencher| {
        bencher.iter(|| read_rules(black_box(&sources), source, telamon_data::vocabulary()).rules.len());
    });
    let prose = include_str!("../../docs/src/id-lint.md").repeat(20);
    let mut group = criterion.benchmark_group("lint");
    group.throughput(Throughput::Bytes(prose.len() as u64));
    group.bench_function("prose with ids", |bencher| {
        bencher.iter(|| lint(black_box(&prose), telamon_data::catalog(), &LintOptions::default()).len());
    });
    group.finish();
}

criterion_group!(benches, by_size, data);
criterion_main!(benches);
