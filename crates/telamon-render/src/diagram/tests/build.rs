//! Small analyses from a short notation.

use telamon_engine::analysis::{Analysis, Component, Flow, Hop, Path, Severity, Status, Threat, Zone};

/// Nothing but a name.
pub fn empty(system: &str) -> Analysis {
    let mut analysis = crate::fixture::analysis();
    analysis.model.system = system.to_owned();
    analysis.zones.clear();
    analysis.components.clear();
    analysis.flows.clear();
    analysis.threats.clear();
    analysis
}

/// Zones as `id trust` or `id trust parent`.
pub fn zones(analysis: &mut Analysis, zones: &[&str]) {
    for zone in zones {
        let mut words = zone.split(' ');
        let id = words.next().unwrap();
        analysis.zones.push(Zone {
            id: id.to_owned(),
            name: id.to_owned(),
            trust: words.next().unwrap().to_owned(),
            parent: words.next().map(str::to_owned),
            operator: "us".to_owned(),
            controls: Vec::new(),
        });
    }
}

/// Components as `id kind zone`; the kind decides the element.
pub fn components(analysis: &mut Analysis, components: &[&str]) {
    for component in components {
        let mut words = component.split(' ');
        let (id, kind, zone) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let element = match kind {
            "customer" | "employee" | "public-web" | "email" => "external-entity",
            "database" | "vector-store" | "agent-memory" | "log-store" => "data-store",
            _ => "process",
        };
        analysis.components.push(Component {
            id: id.to_owned(),
            name: id.to_owned(),
            kinds: vec![kind.to_owned()],
            element: element.to_owned(),
            ai: ["agent", "llm", "tool", "vector-store", "agent-memory"].contains(&kind),
            zone: zone.to_owned(),
            operator: "us".to_owned(),
            holds: Vec::new(),
            attributes: std::collections::BTreeMap::new(),
            inferred: std::collections::BTreeMap::new(),
            controls: Vec::new(),
            labels: Vec::new(),
            location: None,
        });
    }
}

/// Flows as `from to caption`.
pub fn flows(analysis: &mut Analysis, flows: &[&str]) {
    for flow in flows {
        let mut words = flow.splitn(3, ' ');
        let (from, to) = (words.next().unwrap(), words.next().unwrap());
        analysis.flows.push(Flow {
            id: format!("{from}:{to}"),
            from: from.to_owned(),
            to: to.to_owned(),
            caption: words.next().unwrap_or_default().to_owned(),
            carries: Vec::new(),
            inferred: true,
            answers: Vec::new(),
            data: Vec::new(),
            crosses: false,
            location: None,
        });
    }
}

/// An open threat at the last of the elements, with a path along them. A star
/// behind an element says that a control is missing there, and `<` before it
/// that it is reached against the arrow.
pub fn threat(analysis: &mut Analysis, severity: Severity, path: &[&str]) {
    let mut threat: Threat = crate::fixture::analysis().threats.first().cloned().unwrap();
    let mut hops: Vec<Hop> = Vec::new();
    for step in path {
        let element = step.trim_matches(['*', '<']).to_owned();
        let flow = hops.last().map(|before| {
            if step.starts_with('<') {
                format!("{element}:{}", before.element)
            } else {
                format!("{}:{element}", before.element)
            }
        });
        hops.push(Hop { element, flow, location: None, caption: String::new(), unguarded: step.ends_with('*') });
    }
    threat.component = hops.last().map(|hop| hop.element.clone()).unwrap_or_default();
    threat.id = format!("rule@{}", threat.component);
    threat.severity = severity;
    threat.risk.rated = None;
    threat.status = Status::Open;
    threat.paths = vec![Path { label: "untrusted-text".to_owned(), hops, says: String::new() }];
    analysis.threats.push(threat);
}

/// Agent with fourteen components in five zones, one within another.
pub fn agent() -> Analysis {
    let mut analysis = empty("Buchungsassistent");
    zones(
        &mut analysis,
        &["Internet none", "Plattform medium", "Datenhaltung high Plattform", "Anbieter low", "Arbeitsplatz medium"],
    );
    components(
        &mut analysis,
        &[
            "Kundin customer Internet",
            "Webseiten public-web Internet",
            "Posteingang email Internet",
            "Portal web-app Plattform",
            "Assistent agent Plattform",
            "Seitenabruf tool Plattform",
            "Zahlungsauslösung tool Plattform",
            "Kalender tool Plattform",
            "Kundendatenbank database Datenhaltung",
            "Gedächtnis agent-memory Datenhaltung",
            "Wissensbasis vector-store Datenhaltung",
            "Sprachmodell llm Anbieter",
            "Zahlungsdienst service Anbieter",
            "Sachbearbeitung employee Arbeitsplatz",
        ],
    );
    flows(
        &mut analysis,
        &[
            "Kundin Portal Frage der Kundin",
            "Portal Assistent Frage",
            "Assistent Sprachmodell Aufforderung mit Fundstellen und Verlauf",
            "Assistent Seitenabruf Adresse",
            "Webseiten Seitenabruf Seiteninhalt",
            "Posteingang Assistent Nachrichten",
            "Assistent Zahlungsauslösung Zahlungsauftrag",
            "Zahlungsauslösung Zahlungsdienst Überweisung",
            "Assistent Kalender Termin",
            "Assistent Gedächtnis merken",
            "Gedächtnis Assistent erinnern",
            "Assistent Wissensbasis suchen",
            "Kalender Kundendatenbank Stammdatenabfrage",
            "Sachbearbeitung Wissensbasis Richtlinien",
            "Assistent Assistent plant weiter",
        ],
    );
    threat(&mut analysis, Severity::Critical, &["Webseiten", "Seitenabruf", "<Assistent*", "Zahlungsauslösung*"]);
    analysis
}

/// So many components in so many zones, each zone a chain, the chains linked.
pub fn many(components_in_all: usize, zones_in_all: usize) -> Analysis {
    let mut analysis = empty("Many");
    for zone in 0..zones_in_all {
        zones(&mut analysis, &[&format!("zone{zone} {}", ["none", "low", "medium", "high"][zone % 4])]);
    }
    for index in 0..components_in_all {
        let kind = ["web-app", "agent", "tool", "database", "llm", "customer"][index % 6];
        components(&mut analysis, &[&format!("part{index} {kind} zone{}", index % zones_in_all)]);
        if index >= zones_in_all {
            flows(&mut analysis, &[&format!("part{} part{index} request", index - zones_in_all)]);
        }
        if index % 4 == 3 {
            flows(&mut analysis, &[&format!("part{} part{index} looks up", index - 1)]);
        }
    }
    analysis
}
