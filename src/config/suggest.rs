//! "Did you mean …?"

/// The candidate that is nearest to a word, if one is near enough to be meant.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = word.to_lowercase();
    let limit = (folded.chars().count() / 3).clamp(1, 3);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let beginning =
        candidates.iter().find(|name| folded.len() > 3 && name.to_lowercase().starts_with(&folded));
    let nearest = candidates
        .iter()
        .map(|candidate| (distance(&folded, &candidate.to_lowercase(), limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate);
    nearest.or(beginning).copied()
}

/// How many letters must be put in, left out, replaced or swapped with their neighbour (optimal
/// string alignment); anything above the limit is as good as infinite.
fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut best = (above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        let words = ["title", "author", "published", "required", "select", "from"];
        for (word, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("titl", Some("title")),
            ("requierd", Some("required")),
            ("selects", Some("select")),
            ("form", Some("from")),
            ("publsihed_", Some("published")),
            ("requ", Some("required")),
            ("headline", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), meant, "{word}");
        }
    }
}
