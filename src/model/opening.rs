//! How the stories of a site open: the archive knows whether a newspaper prints datelines.

use super::{Article, BlockKind, DatelinePrior, FieldName};

/// How a story opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// With a dateline.
    Dateline,
    /// With what may be one: a few words in capitals and a dash.
    Borderline,
    /// With its text.
    Text,
}

impl Opening {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dateline, Self::Borderline, Self::Text];

    /// How the archive calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Borderline => "borderline",
            Self::Text => "text",
        }
    }

    /// How an article opens.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let first = article.body.iter().find(|block| block.kind == BlockKind::Paragraph);
        match first {
            _ if article.dateline.is_some() => Self::Dateline,
            Some(block) if is_borderline(&block.text) => Self::Borderline,
            _ => Self::Text,
        }
    }
}

/// Up to four words with capitals and a dash, or up to two and a dot or a colon; then a capital.
fn is_borderline(text: &str) -> bool {
    let capital =
        |word: &&str| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_numeric());
    let opens = |rest: &str| {
        rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '„' | '«'))
    };
    let is_names = |head: &str, most: usize| {
        let words: Vec<&str> = head.split_whitespace().collect();
        (1..=most).contains(&words.len()) && words.iter().all(capital)
    };
    let dashed = || {
        let at = text.find(['-', '–', '—'])?;
        let (head, rest) = text.split_at(at);
        let behind = rest.trim_start_matches(['-', '–', '—']);
        let spaced = head.ends_with(' ') || behind.starts_with(' ') || rest.starts_with('—');
        Some(spaced && is_names(head, 4) && opens(behind))
    };
    let stopped = || {
        let (head, rest) = [". ", ": "]
            .iter()
            .filter_map(|mark| text.split_once(mark))
            .min_by_key(|(head, _)| head.len())?;
        Some(is_names(head, 2) && opens(rest))
    };
    dashed().unwrap_or_default() || stopped().unwrap_or_default()
}

/// How the articles of a site open, counted, and what the article itself was read with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Openings {
    /// Articles with a dateline.
    pub dateline: u32,
    /// Articles that open with what may be one.
    pub borderline: u32,
    /// All others.
    pub text: u32,
    /// What the archived article was read with: what the archive has learnt since is no edit of the
    /// newspaper's.
    pub own: Option<DatelinePrior>,
}

impl Openings {
    /// Behind the source of a dateline that only the site's habit made one.
    pub const MARK: &'static str = ", as on the site";
    /// Fewer articles tell nothing of a habit.
    const FEW: u32 = 10;

    /// What is to be believed of a borderline dateline.
    #[must_use]
    pub fn prior(&self) -> DatelinePrior {
        let with = self.dateline + self.borderline;
        let all = with + self.text;
        match self.own {
            Some(prior) => prior,
            None if all >= Self::FEW && with * 10 >= all * 6 => DatelinePrior::Always,
            None if all >= 2 * Self::FEW && with == 0 => DatelinePrior::Never,
            None => DatelinePrior::Unknown,
        }
    }

    /// Notes with what an archived article was read.
    pub fn keep_as(&mut self, article: &Article) {
        let source = article.reading.fields.get(&FieldName::Dateline);
        self.own = Some(match (&article.dateline, source) {
            (Some(_), Some(source)) if source.ends_with(Self::MARK) => DatelinePrior::Always,
            (Some(_), _) => DatelinePrior::Unknown,
            (None, _) => DatelinePrior::Never,
        });
    }

    /// Forgets with what the archived article was read: what is known today decides.
    #[must_use]
    pub fn today(self) -> Self {
        Self { own: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_habit_needs_enough_articles() {
        let of = |dateline, borderline, text| Openings { dateline, borderline, text, own: None }.prior();
        assert_eq!(of(9, 0, 0), DatelinePrior::Unknown);
        assert_eq!(of(2, 5, 3), DatelinePrior::Always);
        assert_eq!(of(2, 3, 5), DatelinePrior::Unknown);
        assert_eq!((of(0, 0, 19), of(0, 0, 20)), (DatelinePrior::Unknown, DatelinePrior::Never));
        let own = Openings { text: 50, own: Some(DatelinePrior::Always), ..Openings::default() };
        assert_eq!((own.prior(), own.today().prior()), (DatelinePrior::Always, DatelinePrior::Never));
    }

    #[test]
    fn what_may_be_a_dateline_is_known_by_its_shape() {
        for text in [
            "Sukamaju – Warga menanam pohon.",
            "DESA SUKAMAJU-Warga",
            "Sukamaju — “Kami senang.”",
            "Sukamaju. Warga itu",
        ] {
            assert_eq!(is_borderline(text), !text.contains("U-W"), "{text}");
        }
        for text in ["Warga desa itu – kata Sari – menanam.", "Warga menanam.", "Seri 2 – Awal", "– Kami", ""]
        {
            assert!(!is_borderline(text), "{text}");
        }
    }
}
