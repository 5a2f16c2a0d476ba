//! Made-up models are sound, of the size that was asked for, and the same for the same seed.

use telamon_model::{Graph, NoLoader, read};
use telamon_text::yaml::Limits;
use xtask::generate::{Plan, Shape, text};

const PLAN: Plan = Plan { components: 400, flows: 1200, shape: Shape::PowerLaw, seed: 7 };

#[test]
fn a_made_up_model_reads_without_errors() {
    let vocabulary = telamon_data::vocabulary();
    for shape in [Shape::Ring, Shape::PowerLaw] {
        let reading =
            read("made-up.yaml", text(&Plan { shape, ..PLAN }), vocabulary, &mut NoLoader, &Limits::default());
        assert!(!reading.has_errors(), "{shape:?}: {:#?}", reading.diagnostics);
        assert_eq!(reading.model.components.len(), 400);
        assert_eq!(reading.model.flows.len(), 1200);
        let graph = Graph::build(&reading.model, vocabulary);
        let mut warnings = Vec::new();
        telamon_model::check::warnings(&graph, &mut warnings);
        let useless = warnings.iter().filter(|warning| warning.code.as_str() == "control-without-effect").count();
        assert_eq!(useless, 0, "{shape:?}: controls stand where they can");
    }
}

#[test]
fn one_component_in_ten_is_of_an_ai_kind() {
    let kinds = telamon_data::kinds();
    let text = text(&PLAN);
    let of_ai = text
        .lines()
        .filter_map(|line| line.split_once("{ kind: ")?.1.split(',').next())
        .filter(|kind| kinds.is_ai(kind))
        .count();
    assert_eq!(of_ai, 40);
}

#[test]
fn the_seed_makes_the_model() {
    assert_eq!(text(&PLAN), text(&PLAN));
    assert_ne!(text(&PLAN), text(&Plan { seed: 8, ..PLAN }));
}

#[test]
fn the_smallest_models_are_sound() {
    for components in 0..4 {
        let plan = Plan { components, flows: components * 3, ..PLAN };
        let reading = read("small.yaml", text(&plan), telamon_data::vocabulary(), &mut NoLoader, &Limits::default());
        assert!(!reading.has_errors(), "{components} components: {:#?}", reading.diagnostics);
    }
}
