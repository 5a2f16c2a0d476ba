use super::place::{HEIGHT, Scene};
use super::*;

fn fixture() -> Analysis {
    serde_json::from_str(include_str!("../../tests/fixtures/support-assistant.analysis.json")).unwrap()
}

/// A graph of `count` components with flows drawn by a small generator.
fn graph(count: usize, flows: usize, seed: u64) -> Analysis {
    let mut analysis = fixture();
    let (component, flow) = (analysis.components[0].clone(), analysis.flows[0].clone());
    let zones: Vec<String> = analysis.zones.iter().map(|zone| zone.id.clone()).collect();
    let mut state = seed;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    analysis.components = (0..count)
        .map(|at| {
            let mut one = component.clone();
            one.id = format!("c{at}");
            one.name = if at % 7 == 0 { "Zahlungsverkehrsüberwachungsdienst".into() } else { format!("c{at}") };
            one.element = ["process", "data-store", "external-entity"][next(3)].into();
            one.zone = zones[next(zones.len())].clone();
            one
        })
        .collect();
    analysis.flows = (0..flows)
        .map(|_| {
            let mut one = flow.clone();
            one.from = format!("c{}", next(count));
            one.to = format!("c{}", next(count));
            one
        })
        .collect();
    analysis.threats.clear();
    analysis
}

fn scene(analysis: &Analysis) -> Scene {
    place::scene(analysis, FOLD, &Pins::default())
}

#[test]
fn boxes_stand_apart_and_within_their_zones() {
    for seed in 0..40 {
        let scene = scene(&graph(3 + seed as usize, 2 * seed as usize, seed));
        for (at, one) in scene.boxes.iter().enumerate() {
            for other in scene.boxes.iter().skip(at + 1) {
                let apart = one.x + one.width <= other.x
                    || other.x + other.width <= one.x
                    || one.y + HEIGHT <= other.y
                    || other.y + HEIGHT <= one.y;
                assert!(apart, "{} and {} overlap (seed {seed})", one.id, other.id);
            }
            let (x, y, right, bottom) = scene.areas[one.zone].rect.unwrap();
            assert!(x < one.x && y < one.y && right > one.x + one.width && bottom > one.y + HEIGHT, "seed {seed}");
        }
    }
}

#[test]
fn lines_run_through_no_other_box() {
    for seed in 0..40 {
        let scene = scene(&graph(3 + seed as usize, seed as usize, seed));
        for (link, route) in scene.links.iter().zip(route::routes(&scene)) {
            for pair in route.points.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                assert!(a.0 == b.0 || a.1 == b.1, "a line is not straight");
                for (at, node) in scene.boxes.iter().enumerate() {
                    if at == link.from || at == link.to {
                        continue;
                    }
                    let meets = a.0.min(b.0) < node.x + node.width
                        && a.0.max(b.0) > node.x
                        && a.1.min(b.1) < node.y + HEIGHT
                        && a.1.max(b.1) > node.y;
                    assert!(!meets, "a line runs through {} (seed {seed}) {:?}", node.id, route.points);
                }
            }
        }
    }
}

#[test]
fn the_same_analysis_gives_the_same_drawing() {
    let analysis = graph(30, 50, 7);
    assert_eq!(svg(&analysis, &SvgOptions::default()), svg(&analysis, &SvgOptions::default()));
}

#[test]
fn many_components_are_folded_by_zone() {
    let analysis = graph(80, 120, 3);
    let drawing = svg(&analysis, &SvgOptions::default());
    assert!(drawing.contains(" components</text>"), "{drawing}");
    assert!(scene(&analysis).boxes.len() <= analysis.zones.len());
}

#[test]
fn pins_are_kept_and_read_back() {
    let analysis = fixture();
    let pins = positions(&analysis, &SvgOptions::default());
    let mut moved = Pins::parse(&pins.to_yaml()).unwrap();
    assert_eq!(moved, pins);
    let first = moved.0.keys().next().unwrap().clone();
    moved.0.insert(first.clone(), (900, 700));
    let again = positions(&analysis, &SvgOptions { pins: moved, ..SvgOptions::default() });
    assert_eq!(again.0[&first], (900, 700));
    assert!(Pins::parse("a: nowhere").unwrap_err().contains("line 1"));
}

#[test]
fn hostile_names_stay_text() {
    let mut analysis = fixture();
    analysis.components[0].name = "<script>\"&'|]".into();
    analysis.flows[0].caption = "a\"]-->|b\n".into();
    let drawing = svg(&analysis, &SvgOptions::default());
    assert!(!drawing.contains("<script"), "{drawing}");
    assert!(mermaid(&analysis).contains("#lt;script#gt;"));
    assert!(d2(&analysis).contains("\\\""));
    assert!(!dot(&analysis).contains("\n\"]"));
}

#[test]
fn the_worst_path_is_drawn_heavy_with_its_steps() {
    let drawing = svg(&fixture(), &SvgOptions::default());
    assert!(drawing.contains("on-path") && drawing.contains("class=\"step\""));
    assert!(drawing.contains("class=\"badge critical\""));
}
