//! Lines that belong to a picture: captions and credits, by how they begin and end.

/// How a credit begins, in lower case.
const BEGINNINGS: [&str; 22] = [
    "foto:",
    "fotos:",
    "photo:",
    "photos:",
    "photo by",
    "photo credit",
    "image:",
    "image credit",
    "images:",
    "image source",
    "bild:",
    "bilder:",
    "bildquelle",
    "bildnachweis",
    "bildrechte",
    "credit:",
    "picture:",
    "pictures:",
    "©",
    "(foto:",
    "crédit photo",
    "photograph:",
];
/// How a caption ends, in lower case, brackets and dots aside.
const ENDINGS: [&str; 22] = [
    "getty images",
    "getty",
    "shutterstock",
    "shutterstock.com",
    "/afp",
    "/reuters",
    "/ap",
    "/dpa",
    "istock",
    "imago",
    "imago images",
    "picture alliance",
    "alamy",
    "unsplash",
    "pixabay",
    "file photo",
    "photo/file",
    "stock.adobe.com",
    "adobe stock",
    "via ap",
    "via reuters",
    "/epa",
];
/// A longer credit line is a sentence.
const LONGEST_CREDIT: usize = 120;
/// A longer caption is a paragraph.
const LONGEST: usize = 400;

/// Whether a line is a caption or a credit.
pub(super) fn is_caption(text: &str) -> bool {
    let chars = text.chars().count();
    if chars > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    if chars <= LONGEST_CREDIT && BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) {
        return true;
    }
    let end = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    // A credit is not a sentence's last word: it stands in brackets, behind a slash or a dash.
    ENDINGS.iter().any(|ending| {
        end.strip_suffix(ending).is_some_and(|before| {
            ending.starts_with('/')
                || before.trim_end().ends_with(['(', '/', '|', '-', '–', '—', ':', '©', '.', ',', ']'])
                || before
                    .rsplit(['(', '['])
                    .next()
                    .is_some_and(|inner| inner.len() < 40 && before.len() > inner.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_credits_are_known() {
        for line in [
            "Foto: Sari Dewi",
            "© Kabar Kita 2024",
            "Warga menanam pohon. (Photo by Sari Dewi/Getty Images)",
            "A view of the hill on Monday. REUTERS/Sari Dewi/File Photo",
            "The mayor in March [Sari Dewi/AFP]",
        ] {
            assert!(is_caption(line), "{line}");
        }
        for line in [
            "Ia membeli foto dari Getty Images.",
            "Photo shops are closing, she said.",
            "The talks go on (dpa)",
        ] {
            assert!(!is_caption(line), "{line}");
        }
    }
}
