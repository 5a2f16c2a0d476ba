//! Which of two ways that share a line should lie before the other.

use super::ways::{End, Ways};

/// Follows two ways outwards from one end of a shared line until they part.
/// Gives -1 where the first should lie before the second (left of it or above
/// it), 1 where behind, 0 where it does not matter.
pub fn parting(ways: &Ways, one: usize, other: usize, end: End) -> i32 {
    let mut at = [(one, ways.is_forward(one, end)), (other, ways.is_forward(other, end))];
    let mut end = end;
    let mut sign = 1;
    let longest = ways.of[ways.stretches[one].edge].len();
    for _ in 0..longest {
        let [(a, forward_a), (b, forward_b)] = at;
        let (turn_a, turn_b) = (ways.turn(a, end), ways.turn(b, end));
        let place = |index: usize| {
            let (low, high) = ways.stretches[index].range();
            if end == End::Low { low } else { high }
        };
        let heading = if end == End::Low { -1 } else { 1 };
        let ahead = (place(a) - place(b)) * heading;
        if ahead != 0 {
            // Who ends first lies on the side to which it turns.
            return sign * if ahead < 0 { turn_a } else { -turn_b };
        }
        if turn_a != turn_b {
            return sign * (turn_a - turn_b).signum();
        }
        let (Some(next_a), Some(next_b)) = (ways.neighbour(a, forward_a), ways.neighbour(b, forward_b)) else {
            return 0;
        };
        // Around a bend the inner way turns first.
        sign = -sign * heading * turn_a;
        end = if turn_a < 0 { End::Low } else { End::High };
        at = [(next_a, forward_a), (next_b, forward_b)];
    }
    0
}
