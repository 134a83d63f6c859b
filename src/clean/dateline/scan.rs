//! A cursor over the head of a paragraph, and the small words of the grammar.

/// A position in a text. Copying it is how the grammar goes back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over a text, if it stands here.
    #[must_use]
    pub(super) fn take(self, expected: &str) -> Option<Self> {
        self.rest().starts_with(expected).then_some(Self { at: self.at + expected.len(), ..self })
    }

    /// Steps over the first of several marks.
    #[must_use]
    pub(super) fn take_any(self, expected: &[char]) -> Option<Self> {
        let c = self.peek()?;
        expected.contains(&c).then_some(Self { at: self.at + c.len_utf8(), ..self })
    }

    /// Whether a sentence begins here: with a capital, a quotation mark, or in a script without case.
    pub(super) fn opens_a_sentence(self) -> bool {
        self.peek().is_some_and(|c| {
            c.is_uppercase()
                || matches!(c, '"' | '“' | '„' | '«' | '\'' | '‘')
                || (c.is_alphabetic() && !c.is_lowercase())
        })
    }

    /// Steps over blanks.
    #[must_use]
    pub(super) fn blanks(self) -> Self {
        let rest = self.rest();
        Self { at: self.at + rest.len() - rest.trim_start().len(), ..self }
    }

    /// What lies between two cursors.
    pub(super) fn since(self, start: Self) -> &'a str {
        &self.text[start.at..self.at]
    }

    /// The text in round brackets here, and the cursor behind the closing one.
    pub(super) fn bracketed(self, open: char, close: char, most: usize) -> Option<(&'a str, Self)> {
        let inside = self.rest().strip_prefix(open)?;
        let end = inside.char_indices().take(most).find(|&(_, c)| c == close)?.0;
        let at = self.at + open.len_utf8() + end + close.len_utf8();
        Some((inside[..end].trim(), Self { at, ..self }))
    }

    /// A separator between dateline and text, with the blanks around it. A hyphen counts only with
    /// a blank on one side, since words hold hyphens too.
    #[must_use]
    pub(super) fn separator(self) -> Option<Self> {
        let head = self.blanks();
        let dashes: usize = head
            .rest()
            .chars()
            .take_while(|c| matches!(c, '-' | '–' | '—' | '―' | '‒' | '−'))
            .map(char::len_utf8)
            .sum();
        if dashes == 0 {
            return None;
        }
        let behind = Self { at: head.at + dashes, ..self };
        let end = behind.blanks();
        let lone_hyphen = &self.text[head.at..behind.at] == "-";
        (!lone_hyphen || head.at > self.at || end.at > behind.at).then_some(end)
    }

    /// A date as datelines print it: `18 jun`, `March 4`, `28 May.`, `19/6`, `Sept. 19, 2025`.
    pub(super) fn date(self) -> Option<(String, Self)> {
        let pieces = [Self::day_month, Self::month_day, Self::numeric];
        pieces.iter().find_map(|read| {
            let end = read(self)?;
            let end = end.year().unwrap_or(end);
            Some((end.since(self).trim().to_owned(), end))
        })
    }

    fn digits(self, most: usize) -> Option<Self> {
        let digits: Vec<char> = self.rest().chars().take_while(char::is_ascii_digit).collect();
        (1..=most).contains(&digits.len()).then_some(Self { at: self.at + digits.len(), ..self })
    }

    fn month(self) -> Option<Self> {
        // Beginnings of the months' names in the languages of the agencies.
        const MONTHS: [&str; 43] = [
            "jan", "ene", "gen", "feb", "fev", "fév", "mar", "mär", "mac", "apr", "abr", "avr", "may", "mei",
            "mai", "mag", "jun", "jui", "giu", "jul", "lug", "aug", "agu", "ago", "aoû", "ogo", "sep", "set",
            "oct", "okt", "out", "ott", "nov", "dec", "des", "dez", "dic", "dis", "déc", "ное", "нояб",
            "янв", "фев",
        ];
        const OTHERS: [&str; 29] = [
            "мар",
            "апр",
            "мая",
            "июн",
            "июл",
            "авг",
            "сен",
            "окт",
            "дек",
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "إبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
            "haz",
            "tem",
            "ağu",
            "eyl",
            "eki",
            "kas",
            "ara",
        ];
        let word: String = self.rest().chars().take_while(|c| c.is_alphabetic()).collect();
        let lower = word.to_lowercase();
        let known = MONTHS.iter().chain(&OTHERS).any(|m| lower.starts_with(m));
        if !known || word.chars().count() > 10 {
            return None;
        }
        let end = Self { at: self.at + word.len(), ..self };
        // A full name is not shortened: the dot behind it belongs to the dateline.
        Some(end.take(".").filter(|_| word.chars().count() <= 5).unwrap_or(end))
    }

    fn day_month(self) -> Option<Self> {
        let day = self.digits(2)?;
        let day = day.take(".").or_else(|| day.take("th")).unwrap_or(day).blanks();
        day.take("de ").unwrap_or(day).month()
    }

    fn month_day(self) -> Option<Self> {
        self.month()?.blanks().digits(2)
    }

    fn numeric(self) -> Option<Self> {
        let day = self.digits(2)?;
        ["/", "."].iter().find_map(|mark| day.take(mark)?.digits(2))
    }

    fn year(self) -> Option<Self> {
        let start = self.take(",").or_else(|| self.take("/")).unwrap_or(self).blanks();
        let end = start.digits(4)?;
        let long = end.at - start.at == 4 || self.take("/").is_some();
        long.then_some(end)
    }
}
