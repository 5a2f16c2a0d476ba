//! Independent jobs on the cores there are, their results in the order of the jobs.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Below this many elements a thread costs more than it saves.
pub const WORTHWHILE: usize = 2_000;

/// Does jobs `0..count`, on several threads when there are so many elements that it is worthwhile.
pub fn each<T: Send>(count: usize, elements: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(count);
    if cores < 2 || elements < WORTHWHILE {
        return (0..count).map(job).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return done;
            }
            done.push((at, job(at)));
        }
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(cause) => std::panic::resume_unwind(cause),
            }
        }
        all
    });
    // Which thread did a job is chance; its place is not.
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

/// Makes `count` things from their positions, part by part on several threads when it is worthwhile; what is none
/// is left out.
pub fn list<T: Send>(count: usize, of: impl Fn(usize) -> Option<T> + Sync) -> Vec<T> {
    const PART: usize = 8192;
    let part = |part: usize| -> Vec<T> {
        let start = part * PART;
        (start..count.min(start + PART)).filter_map(&of).collect()
    };
    each(count.div_ceil(PART), count, part).into_iter().flatten().collect()
}

/// Does two jobs, at once when there are so many elements that it is worthwhile.
pub fn both<A: Send, B>(elements: usize, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    if elements < WORTHWHILE {
        return (a(), b());
    }
    std::thread::scope(|scope| {
        let a = scope.spawn(a);
        let b = b();
        match a.join() {
            Ok(a) => (a, b),
            Err(cause) => std::panic::resume_unwind(cause),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_jobs() {
        let squares: Vec<usize> = (0..100).map(|at| at * at).collect();
        assert_eq!(each(100, 0, |at| at * at), squares);
        assert_eq!(each(100, WORTHWHILE, |at| at * at), squares);
        assert_eq!(list(20_000, |at| (at % 3 == 0).then_some(at)), (0..20_000).step_by(3).collect::<Vec<_>>());
        assert_eq!(both(WORTHWHILE, || 1, || 2), (1, 2));
    }
}
