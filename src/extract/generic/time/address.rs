//! A day in the address of a page.

use crate::extract::Asked;
use crate::model::{Found, When};

/// The day in the path: `/2024/06/20/`, `/2024/jun/20/`, `2024-06-20`, `20-06-2024`,
/// `20240620`. A day spelled out in
/// the words of a slug is what the story is about.
pub(super) fn date(asked: &Asked<'_>) -> Option<Found<When>> {
    let path = asked.url?.path_and_query();
    let path = path.split('?').next().unwrap_or(path);
    let day = in_folders(path).or_else(|| in_digits(path))?;
    asked.date(&day).map(|value| Found { value, source: "address".to_owned() })
}

fn in_folders(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        let year = is_year(year).then_some(year)?;
        let named = month.len() == 3 && month.chars().all(|c| c.is_ascii_alphabetic());
        if !(named || is_short(month)) || !is_short(day) {
            return None;
        }
        Some(if named { format!("{day} {month} {year}") } else { format!("{year}-{month}-{day}") })
    })
}

fn in_digits(path: &str) -> Option<String> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, byte) in path.bytes().enumerate().chain([(path.len(), b'/')]) {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    let text = |run: (usize, usize)| &path[run.0..run.1];
    let joined = |a: (usize, usize), b: (usize, usize)| matches!(&path[a.1..b.0], "-" | "_" | ".");
    let parted = runs.windows(3).find_map(|runs| {
        let [a, b, c] = *runs else { return None };
        let (year, day) = if is_year(text(a)) { (a, c) } else { (c, a) };
        let fits = is_year(text(year)) && text(b).len() == 2 && text(day).len() == 2;
        (fits && joined(a, b) && joined(b, c)).then(|| format!("{}-{}-{}", text(year), text(b), text(day)))
    });
    parted.or_else(|| {
        let run = runs.iter().map(|&run| text(run)).find(|run| run.len() == 8 && is_year(&run[..4]))?;
        Some(format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..]))
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1990..2100).contains(&year))
}

fn is_short(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_the_path_is_found() {
        for (path, day) in [
            ("/2024/06/20/panen-garam/", Some("2024-06-20")),
            ("/blog/2024/6/2/panen", Some("2024-6-2")),
            ("/dunia/2024/jun/20/panen", Some("20 jun 2024")),
            ("/berita/2024-06-20-panen.html", Some("2024-06-20")),
            ("/berita/20-06-2024-panen.html", Some("2024-06-20")),
            ("/read/20240620/123/panen", Some("2024-06-20")),
            ("/2024/22/laporan-14-20-januari-2024.html", None),
            ("/2024/jan21/panen.php", None),
            ("/read/12345678/panen", None),
            ("/", None),
        ] {
            assert_eq!(in_folders(path).or_else(|| in_digits(path)).as_deref(), day, "{path}");
        }
    }
}
