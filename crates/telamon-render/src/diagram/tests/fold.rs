use super::build;
use crate::diagram::scene::{Form, MOST, Scene};
use telamon_engine::analysis::Severity;

#[test]
fn sixty_components_are_drawn_one_by_one() {
    let analysis = build::many(60, 6);
    let scene = Scene::new(&analysis, None);
    assert!(!scene.folded);
    assert_eq!(scene.shapes.len(), 60);
}

#[test]
fn beyond_that_each_zone_is_a_box_with_counts() {
    let mut analysis = build::many(90, 6);
    build::threat(&mut analysis, Severity::High, &["part0", "part6", "part7*"]);
    build::threat(&mut analysis, Severity::Low, &["part1", "part7"]);
    let scene = Scene::new(&analysis, None);
    assert!(scene.folded && scene.areas.is_empty());
    assert_eq!(scene.shapes.len(), 6);
    assert!(scene.shapes.iter().all(|shape| shape.form == Form::Folded && shape.kind == "15 components"));
    let open: Vec<_> = scene.shapes.iter().map(|shape| shape.open).collect();
    assert_eq!(open, [None, Some((2, Severity::High)), None, None, None, None]);
}

#[test]
fn a_zone_around_others_stays_a_frame() {
    let mut analysis = build::many(90, 6);
    analysis.zones[1].parent = Some("zone0".to_owned());
    let scene = Scene::new(&analysis, None);
    assert_eq!(scene.areas.len(), 1);
    assert!(scene.shapes.iter().filter(|shape| shape.zone == Some(0)).count() == 2);
}

#[test]
fn flows_between_folded_zones_are_counted() {
    let mut analysis = build::many(90, 2);
    build::flows(&mut analysis, &["part0 part1 one more"]);
    let scene = Scene::new(&analysis, None);
    assert!(scene.lines.iter().all(|line| line.from != line.to));
    assert!(scene.lines.iter().any(|line| line.lines == ["23 flows"]), "{:?}", scene.lines);
}

#[test]
fn hundreds_of_zones_leave_a_rest() {
    let analysis = build::many(600, 300);
    let scene = Scene::new(&analysis, None);
    assert_eq!(scene.shapes.len(), MOST);
    assert!(scene.shapes.iter().any(|shape| shape.name == "241 more zones"));
}

#[test]
fn components_whose_zone_does_not_exist_have_a_box() {
    let mut analysis = build::many(70, 2);
    analysis.components[5].zone = "nowhere".to_owned();
    assert!(Scene::new(&analysis, None).shapes.iter().any(|shape| shape.name == "no zone"));
}
