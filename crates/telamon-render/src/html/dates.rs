//! Days between two dates.

/// Days from the first date to the second, both `YYYY-MM-DD`; none where one
/// of them is no date.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(day_number(to)? - day_number(from)?)
}

/// Days since 1970-01-01 in the Gregorian calendar. The year is taken to
/// begin in March, so that the day that leap years add is its last.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let plausible = (0..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if parts.next().is_some() || !plausible {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// `in 20 days`, `today`, `3 days ago`.
pub fn distance(from: &str, to: &str) -> Option<String> {
    Some(match days_between(from, to)? {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(days_between("2026-11-25", "2026-12-15"), Some(20));
        assert_eq!(days_between("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days_between("2026-02-28", "2026-03-01"), Some(1));
        assert_eq!(days_between("1970-01-01", "2000-01-01"), Some(10_957));
    }

    #[test]
    fn words_for_a_distance() {
        assert_eq!(distance("2026-11-25", "2026-11-25").as_deref(), Some("today"));
        assert_eq!(distance("2026-11-25", "2026-11-22").as_deref(), Some("3 days ago"));
        assert_eq!(distance("2026-11-25", "soon"), None);
        assert_eq!(distance("2026-11-25", ""), None);
    }
}
