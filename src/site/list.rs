//! A list of a site file over the list of its preset.

/// The member that stands for all of the preset's.
pub(super) const REST: &str = "...";

/// A list as a file sets it, or leaves it.
#[derive(Debug)]
pub(super) enum List<T> {
    /// The file says nothing: the preset's list holds.
    Unset,
    /// The file's own list; none stands for the preset's members.
    Set(Vec<Option<T>>),
}

impl<T: Clone> List<T> {
    /// The list that holds over a preset's.
    pub(super) fn over(self, preset: Vec<T>) -> Vec<T> {
        match self {
            Self::Unset => preset,
            Self::Set(items) => items
                .into_iter()
                .flat_map(|item| item.map_or_else(|| preset.clone(), |item| vec![item]))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_replaces_the_presets_or_takes_it_in() {
        let preset = vec![1, 2];
        assert_eq!(List::Unset.over(preset.clone()), [1, 2]);
        assert_eq!(List::Set(vec![Some(3)]).over(preset.clone()), [3]);
        assert_eq!(List::Set(vec![]).over(preset.clone()), [] as [i32; 0]);
        assert_eq!(List::Set(vec![Some(0), None, Some(3)]).over(preset), [0, 1, 2, 3]);
    }
}
