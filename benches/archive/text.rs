//! Words of a language that does not exist, in the proportions of one that does.

/// Chance that is the same each time (xorshift, Marsaglia 2003).
pub struct Dice(pub u64);

impl Dice {
    /// A number below another.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// The words, the commonest first, and how often each is said.
pub struct Language {
    words: Vec<String>,
    /// Sums of the frequencies 1, 1/2, 1/3, … (Zipf's law), in millionths.
    sums: Vec<u64>,
}

const ONSETS: [&str; 18] =
    ["b", "k", "t", "d", "s", "m", "n", "p", "l", "r", "j", "g", "h", "ng", "ny", "c", "y", ""];
const VOWELS: [&str; 6] = ["a", "i", "u", "e", "o", "a"];
const CODAS: [&str; 8] = ["", "", "n", "ng", "r", "s", "k", "h"];

impl Language {
    /// A language of so many words.
    pub fn new(count: u64) -> Self {
        let mut dice = Dice(42);
        let mut pick =
            |from: &[&'static str]| from[usize::try_from(dice.below(from.len() as u64)).unwrap_or(0)];
        let mut words = Vec::new();
        for rank in 0..count {
            // Common words are short.
            let syllables = if rank < 60 { 1 } else { 2 + rank % 3 };
            let word: String = (0..syllables)
                .map(|_| format!("{}{}{}", pick(&ONSETS), pick(&VOWELS), pick(&CODAS)))
                .collect();
            words.push(word);
        }
        let mut sum = 0;
        let sums = (1..=count)
            .map(|rank| {
                sum += 1_000_000 / rank;
                sum
            })
            .collect();
        Self { words, sums }
    }

    /// A word, the common ones often.
    fn word(&self, dice: &mut Dice) -> &str {
        let at = dice.below(self.sums.last().copied().unwrap_or(1));
        &self.words[self.sums.partition_point(|sum| *sum <= at)]
    }

    /// A headline of seven to ten words.
    pub fn headline(&self, dice: &mut Dice) -> String {
        let words = 7 + dice.below(4);
        (0..words).map(|_| capital(self.word(dice))).collect::<Vec<_>>().join(" ")
    }

    /// A name of two words.
    pub fn name(&self, dice: &mut Dice) -> String {
        format!("{} {}", capital(self.word(dice)), capital(self.word(dice)))
    }

    /// Two sentences of about sixteen words, with a number or a quotation here and there.
    pub fn paragraph(&self, dice: &mut Dice) -> String {
        let mut out = String::new();
        for _ in 0..2 {
            let words = 12 + dice.below(9);
            let mut sentence: Vec<String> = (0..words).map(|_| self.word(dice).to_owned()).collect();
            sentence[0] = capital(&sentence[0]);
            match dice.below(4) {
                0 => sentence[4] = format!("{}", 2 + dice.below(5000)),
                1 => {
                    sentence[2] = format!("\"{}", sentence[2]);
                    sentence[7] = format!("{},\"", sentence[7]);
                }
                _ => {}
            }
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&sentence.join(" "));
            out.push('.');
        }
        out
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
