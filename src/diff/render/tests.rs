use super::*;
use crate::diff::compare;
use crate::diff::fixtures::{article, version};
use crate::model::{Article, Cause};

const A: &str = "Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.";
const B: &str = "Harga di tingkat pengepul mencapai Rp 9.000 per kilogram, naik dari bulan lalu.";
const C: &str = "Dinas pertanian berjanji membuka gudang dingin sebelum musim hujan datang.";
const D: &str = "Warga berharap jalan ke kebun segera diperbaiki pemerintah kabupaten.";

fn shown<T>(a: Article, b: Article, show: impl FnOnce(&View<'_>) -> T) -> T {
    let (from, to) = (version(1, a), version(2, b));
    let change = compare(&from.article, &to.article);
    show(&View { from: &from, to: &to, change: &change })
}

fn sample() -> (Article, Article) {
    let new = B.replace("9.000", "9.500");
    let mut b = article("Harga Kentang Naik Lagi", &[B, C, A, "“Kami <siap>,” kata dia."]);
    b.body[0].text = new;
    b.section = Some("Ekonomi".to_owned());
    (article("Harga Kentang Naik", &[A, B, C, D]), b)
}

#[test]
fn words_are_marked_in_running_text() {
    let (a, b) = sample();
    let text = shown(a, b, |view| words(view, false));
    assert_eq!(
        text,
        "https://kabar.example/panen
--- 7@1  2025-10-21T01:00:00Z  first
+++ 7@2  2025-10-21T02:00:00Z  publisher
headline, number, added, removed, moved, metadata, wording; 6 words added, 10 removed; not announced by the page; score 0.63

       Harga Kentang Naik{+ Lagi+}
       section: {+Ekonomi+}

<   1  paragraph 1 moved to 3

~   1  Harga di tingkat pengepul mencapai Rp [-9.000-]{+9.500+} per kilogram, naik dari bulan lalu.

       … 1 paragraph unchanged

>   3  (moved from 1) Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.

-   4  [-Warga berharap jalan ke kebun segera diperbaiki pemerintah kabupaten.-]

+   4  {+“Kami <siap>,” kata dia.+}
"
    );
}

#[test]
fn a_terminal_gets_colour_and_no_brackets() {
    let (a, b) = sample();
    let text = shown(a, b, |view| words(view, true));
    assert!(text.contains("\x1b[9;31m9.000\x1b[0m\x1b[4;32m9.500\x1b[0m"), "{text}");
    assert!(!text.contains("[-9.000"));
}

#[test]
fn control_characters_of_a_page_never_reach_the_terminal() {
    let evil = article("Judul \x1b]0;x\x07", &["a\x1b[2Jb \u{202e}c"]);
    let mut other = evil.clone();
    other.authors = vec!["\x1b[31mX".to_owned()];
    for format in [
        shown(evil.clone(), other.clone(), |view| words(view, false)),
        shown(evil.clone(), other.clone(), |view| unified(view, 9, false)),
        shown(evil.clone(), other.clone(), |view| side_by_side(view, 80, false)),
        shown(evil.clone(), other.clone(), |view| stat(view, false)),
        shown(evil, other, html),
    ] {
        assert!(!format.contains(|c: char| c.is_control() && c != '\n' && c != '\t'), "{format:?}");
    }
}

#[test]
fn unified_is_what_patch_reads() {
    let (a, b) = sample();
    let text = shown(a, b, |view| unified(view, 1, false));
    assert_eq!(
        text,
        "--- 7@1\t2025-10-21T01:00:00Z
+++ 7@2\t2025-10-21T02:00:00Z
@@ -1,6 +1,7 @@
-title: Harga Kentang Naik
+title: Harga Kentang Naik Lagi
+section: Ekonomi
 
-Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.
-Harga di tingkat pengepul mencapai Rp 9.000 per kilogram, naik dari bulan lalu.
+Harga di tingkat pengepul mencapai Rp 9.500 per kilogram, naik dari bulan lalu.
 Dinas pertanian berjanji membuka gudang dingin sebelum musim hujan datang.
+Petani di lereng gunung mulai memanen kentang sejak awal pekan ini.
-Warga berharap jalan ke kebun segera diperbaiki pemerintah kabupaten.
+“Kami <siap>,” kata dia.
"
    );
    let same = article("J", &[A]);
    assert_eq!(shown(same.clone(), same, |view| unified(view, 3, false)), "");
}

#[test]
fn unified_joins_near_changes_and_parts_far_ones() {
    let body: Vec<String> =
        (0..20).map(|n| format!("Baris {n} tentang pasar, kebun, dan jalan desa.")).collect();
    let mut other = body.clone();
    for at in [2, 4, 15] {
        other[at] = other[at].replace("pasar", "terminal");
    }
    fn lines(body: &[String]) -> Vec<&str> {
        body.iter().map(String::as_str).collect()
    }
    let text =
        shown(article("J", &lines(&body)), article("J", &lines(&other)), |view| unified(view, 1, false));
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with("@@")).collect();
    assert_eq!(heads, ["@@ -4,5 +4,5 @@", "@@ -17,3 +17,3 @@"]);
}

#[test]
fn side_by_side_fits_the_width() {
    let (mut a, mut b) = sample();
    a.body[1].text.push_str(" 東京都庁舎前広場にて。https://kabar.example/alamat-yang-sangat-panjang-sekali");
    b.body[0].text.push_str(" 大阪城公園前広場にて。https://kabar.example/alamat-yang-amat-panjang-sekali");
    for columns in [0, 23, 40, 80, 133] {
        for color in [false, true] {
            let text = shown(a.clone(), b.clone(), |view| side_by_side(view, columns, color));
            for line in text.lines().skip(5).filter(|l| !l.contains("unchanged") && !l.contains("section")) {
                let bare = strip(line);
                assert!(width::width(&bare) <= columns.max(23), "{columns}: {bare}");
            }
        }
    }
    let text = shown(a, b, |view| side_by_side(view, 80, false));
    assert!(text.contains("(moved to 3)") && text.contains("(moved from 1)"), "{text}");
    assert!(text.contains(" ~ Harga Kentang Naik{+ Lagi+}"), "{text}");
}

fn strip(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((text, code)) = rest.split_once('\x1b') {
        out.push_str(text);
        rest = code.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn html_stands_alone_and_escapes_everything() {
    let (mut a, mut b) = sample();
    b.language = Some("id\"><script>".to_owned());
    a.body.push(article("", &["\"Kami mampu menjaga harga,\" kata bupati."]).body.remove(0));
    b.body.push(article("", &["\"Kami gagal menjaga harga,\" kata bupati."]).body.remove(0));
    let page = shown(a, b, html);
    for part in [
        "<!doctype html>",
        "prefers-color-scheme: dark",
        "<del><b>9.000</b></del><ins><b>9.500</b></ins>",
        "id=\"a1\"><a href=\"#b3\">",
        "id=\"b3\"><a class=\"from\" href=\"#a1\">",
        "“Kami &lt;siap&gt;,” kata dia.",
        "<del class=\"quote\">mampu</del><ins class=\"quote\">gagal</ins>",
        "<span class=\"kind number\">number</span>",
        "<dt>section</dt><dd> <ins>Ekonomi</ins></dd>",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("@import"));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len());
}

#[test]
fn stat_counts_words() {
    let (a, b) = sample();
    let text = shown(a, b, |view| stat(view, false));
    assert_eq!(
        text,
        " title            |    1 +
 section          |    0
 paragraph 1      |    2 +-
 paragraph 1 => 3 |    0
 paragraph 4      |    9 ---------
 paragraph 4      |    4 ++++
 7@1..2: headline, number, added, removed, moved, metadata, wording; 6 words added, 10 removed; not announced by the page; score 0.63
"
    );
}

#[test]
fn our_own_reading_is_no_silent_edit() {
    let (from, mut to) = (version(1, article("J", &[A, B])), version(2, article("J", &[A])));
    to.cause = Cause::Reextract;
    let change = crate::diff::between(&from, &to);
    let view = View { from: &from, to: &to, change: &change };
    assert!(words(&view, false).contains("our reading changed, not the page"));
    assert!(!words(&view, false).contains("not announced"));
}
