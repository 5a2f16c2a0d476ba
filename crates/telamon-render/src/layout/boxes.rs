//! What goes into the layout and what comes out. All lengths are pixels.

use super::pins::Pins;

/// Boxes, the zones they stand in and the flows between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Boxes {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The zones; one without a box in it is not drawn.
    pub zones: Vec<Zone>,
    /// The flows.
    pub edges: Vec<Edge>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Name by which it is pinned; ties are broken in the order of these.
    pub id: String,
    /// Least size.
    pub size: Size,
    /// Index of its zone.
    pub zone: Option<usize>,
    /// What it is, which decides where it likes to stand.
    pub role: Role,
}

/// What a box is in a data-flow diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Outside the system: flows begin here.
    Outside,
    /// Does something.
    Process,
    /// Keeps something: may hang below the process that uses it.
    Store,
}

/// A zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Name; ties are broken in the order of these.
    pub id: String,
    /// Index of the zone around it.
    pub parent: Option<usize>,
    /// Width of its title.
    pub title: i32,
}

/// A flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Index of the sender.
    pub from: usize,
    /// Index of the receiver.
    pub to: usize,
    /// Size of its caption.
    pub label: Option<Size>,
    /// True where a numbered mark sits on the line.
    pub mark: bool,
    /// True where a bar stands across the line before its end.
    pub gate: bool,
    /// True for a flow that the eye should follow: it is kept straight first.
    pub heavy: bool,
}

/// Width and height.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// A place; x grows to the right, y grows down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rect {
    /// Left side.
    pub x: i32,
    /// Top side.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

impl Rect {
    /// Right side.
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    /// Bottom side.
    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    /// True where the two share more than a side.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// True where the other lies within this one.
    pub fn contains(&self, other: &Self) -> bool {
        self.x <= other.x && self.y <= other.y && self.right() >= other.right() && self.bottom() >= other.bottom()
    }
}

/// A picture: where everything stands, in the order of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// Size of the picture.
    pub size: Size,
    /// The boxes.
    pub nodes: Vec<Rect>,
    /// The zones; none for a zone that is empty.
    pub zones: Vec<Option<PlacedZone>>,
    /// The flows; none for one whose ends do not exist.
    pub edges: Vec<Option<PlacedEdge>>,
    /// What is pinned of each box: the left side of its column and the middle of its row.
    pub(super) anchors: Vec<Point>,
    /// Ids of the boxes, for the pins.
    pub(super) ids: Vec<String>,
}

/// A zone in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedZone {
    /// Its frame.
    pub frame: Rect,
    /// Where the title begins, on the line of the letters.
    pub title: Point,
    /// How many zones are around it.
    pub depth: usize,
}

/// A flow in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedEdge {
    /// Corners from the side of the sender to the side of the receiver.
    pub points: Vec<Point>,
    /// Where the caption goes.
    pub label: Option<Rect>,
    /// True where the caption stands beside an upright line.
    pub beside: bool,
    /// Where the numbered mark sits.
    pub mark: Option<Point>,
}

impl Placed {
    /// Where the boxes stand, to be kept for the next time.
    pub fn pins(&self) -> Pins {
        self.ids.iter().cloned().zip(self.anchors.iter().copied()).collect()
    }
}
