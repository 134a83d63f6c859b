//! Pages made worse, at random and repeatably.

/// Random numbers (SplitMix64) that a seed and the number of a case decide.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64, case: u64) -> Self {
        Self(seed ^ case.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number up to `most`, small ones as often as great ones.
    pub fn up_to(&mut self, most: usize) -> usize {
        let bits = self.below(most.max(1).ilog2() as usize + 1);
        self.below((2usize << bits).min(most) + 1)
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A stretch of so many bytes.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        start..start + self.up_to(length - start)
    }
}

/// Larger pages are cut off.
const LARGEST: usize = 1_500_000;

const TAGS: [&str; 40] = [
    "p",
    "div",
    "span",
    "a",
    "b",
    "i",
    "table",
    "tr",
    "td",
    "tbody",
    "caption",
    "li",
    "ul",
    "h1",
    "h2",
    "h3",
    "svg",
    "math",
    "template",
    "script",
    "style",
    "title",
    "textarea",
    "select",
    "option",
    "button",
    "form",
    "article",
    "section",
    "aside",
    "figure",
    "blockquote",
    "pre",
    "br",
    "time",
    "noscript",
    "iframe",
    "head",
    "body",
    "x-box",
];

const TOKENS: [&str; 44] = [
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?php ?>",
    "<p",
    "</",
    "<",
    ">",
    "\"",
    "'",
    "=",
    "&#x1F4A9;",
    "&#0;",
    "&#xD800;",
    "&amp",
    "&nbsp;",
    "\u{ad}",
    "\u{200b}",
    "\u{301}",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "\r",
    "\n\n",
    "<plaintext>",
    "<br><br>",
    "<hr>",
    "Jakarta – ",
    "(AP) — ",
    "LONDON, 3 March (Reuters) - ",
    "東京",
    "Baca juga: ",
    "Leave a Reply",
    "</article>",
    "</body></html>",
    "<html><body>",
    "<h1>",
    "<title>",
    "İstanbul ẞ ŉ ǰ",
    "ﬁ½Å",
    "𝕏𝟘",
    "<base href=//>",
    "<meta charset=utf-16>",
];

/// Makes a page worse in one to four ways; `other` lends it stretches.
pub fn mutate(rng: &mut Rng, page: &[u8], other: &[u8]) -> Vec<u8> {
    let mut page = page.to_vec();
    for _ in 0..=rng.below(4) {
        page = once(rng, page, other);
        page.truncate(LARGEST);
    }
    page
}

fn once(rng: &mut Rng, mut page: Vec<u8>, other: &[u8]) -> Vec<u8> {
    let length = page.len();
    match rng.below(15) {
        0 => {
            for _ in 0..=rng.up_to(64) {
                if let Some(byte) = page.get_mut(rng.below(length)) {
                    *byte = rng.next() as u8;
                }
            }
        }
        1 => drop(page.drain(rng.range(length))),
        2 => {
            let piece = page[rng.range(length)].to_vec();
            let times = if piece.len() > 50_000 { 1 } else { 1 + rng.up_to(64) };
            insert(rng, &mut page, &piece.repeat(times));
        }
        3 => {
            let range = rng.range(length);
            let piece: Vec<u8> = page.drain(range).collect();
            insert(rng, &mut page, &piece);
        }
        4 => {
            for _ in 0..=rng.up_to(200) {
                rename(rng, &mut page);
            }
        }
        5 => {
            let tag = format!("<{}>", rng.pick(&TAGS));
            let tags = tag.repeat(1 + rng.up_to(3000));
            insert(rng, &mut page, tags.as_bytes());
        }
        6 => {
            page.truncate(rng.below(length));
            page.extend_from_slice(&other[rng.below(other.len())..]);
        }
        7 => page.truncate(rng.below(length)),
        8 => {
            for _ in 0..=rng.up_to(50) {
                let token = *rng.pick(&TOKENS);
                insert(rng, &mut page, token.as_bytes());
            }
        }
        9 => in_json(rng, &mut page),
        10 => page = encoded(rng, &page),
        11 => {
            // End tags of one kind, or all quotation marks, go.
            let tag = format!("</{}>", rng.pick(&TAGS));
            page = replaced(&page, [tag.as_str(), "\"", "-->", "<p>"][rng.below(4)].as_bytes(), b"");
        }
        12 => {
            page = replaced(
                &page,
                format!("<{}", rng.pick(&TAGS)).as_bytes(),
                format!("<{}", rng.pick(&TAGS)).as_bytes(),
            )
        }
        13 => {
            let range = rng.range(length);
            let text = replaced(&replaced(&page[range.clone()], b"<", b" "), b">", b" ");
            page.splice(range, text);
        }
        _ => {
            let range = rng.range(other.len());
            insert(rng, &mut page, &other[range]);
        }
    }
    page
}

fn insert(rng: &mut Rng, page: &mut Vec<u8>, piece: &[u8]) {
    let mut at = rng.below(page.len());
    if rng.below(2) == 0 {
        // Before a tag, more often than inside of one.
        at += page[at..].iter().position(|&b| b == b'<').unwrap_or(0);
    }
    page.splice(at..at, piece.iter().copied());
}

/// Gives a tag another name.
fn rename(rng: &mut Rng, page: &mut Vec<u8>) {
    let from = rng.below(page.len());
    let Some(start) = page.get(from..).and_then(|rest| rest.iter().position(|&b| b == b'<')) else { return };
    let start = from + start + 1;
    let start = start + usize::from(page.get(start) == Some(&b'/'));
    let end = start + page[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    page.splice(start..end, rng.pick(&TAGS).bytes());
}

/// Something inside of a JSON-LD script.
fn in_json(rng: &mut Rng, page: &mut Vec<u8>) {
    let Some(start) = find(page, b"ld+json") else { return };
    let end = start + find(&page[start..], b"</script").unwrap_or(page.len() - start);
    let inner = rng.range(end - start);
    let range = start + inner.start..(start + inner.end).min(end);
    let piece = page[range.clone()].to_vec();
    match rng.below(4) {
        0 => drop(page.drain(range)),
        1 => drop(page.splice(range, piece.repeat(1 + rng.up_to(20)))),
        2 => {
            let token =
                rng.pick(&["{", "}", "[", "]", "\"", ":", ",", "\\", "\\ud83d", "[[[[[[[[", "/*", "null"]);
            page.splice(range.start..range.start, token.repeat(1 + rng.up_to(500)).bytes());
        }
        _ => {
            let whole = page[start..end].to_vec();
            page.splice(end..end, whole);
        }
    }
}

/// The page in another encoding than it says.
fn encoded(rng: &mut Rng, page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    match rng.below(3) {
        0 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        1 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => page.iter().flat_map(|&b| char::from(b).to_string().into_bytes()).collect(),
    }
}

fn find(page: &[u8], needle: &[u8]) -> Option<usize> {
    page.windows(needle.len()).position(|window| window == needle)
}

fn replaced(page: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.len());
    let mut at = 0;
    while at < page.len() {
        if page[at..].starts_with(old) {
            out.extend_from_slice(new);
            at += old.len();
        } else {
            out.push(page[at]);
            at += 1;
        }
    }
    out
}
