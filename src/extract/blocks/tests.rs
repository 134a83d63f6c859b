use super::*;
use crate::dom::Document;

fn texts(html: &str) -> Vec<(String, &'static str, usize)> {
    let doc = Document::parse(html);
    let pieces = pieces(doc.root(), |node, _| node.attr("class") == Some("iklan"));
    pieces.into_iter().map(|p| (p.block.text, p.block.kind.as_str(), p.block.link_chars)).collect()
}

#[test]
fn blank_lines_part_text_that_stands_in_no_paragraph() {
    let text = |html: &str| -> Vec<String> {
        let doc = Document::parse(html);
        pieces(doc.root(), |_, _| false).into_iter().map(|piece| piece.block.text).collect()
    };
    assert_eq!(text("<div>Satu.\n \nDua <b>tebal</b>.\n\nTiga.\n\n</div>"), ["Satu.", "Dua tebal.", "Tiga."]);
    assert_eq!(text("<div>\n\n  Satu\n dua\n\n</div>"), ["Satu dua"]);
    assert_eq!(text("<p>Satu\n\ndua.</p>"), ["Satu dua."]);
}

#[test]
fn an_inline_element_that_a_rule_names_is_a_block() {
    let doc = Document::parse("<div><strong class=a>Satu <a href=x>dua</a></strong></div>");
    let strong = doc.first(&crate::dom::Selector::parse(".a").unwrap()).unwrap();
    let found: Vec<String> = pieces(strong, |_, _| false).into_iter().map(|piece| piece.block.text).collect();
    assert_eq!(found, ["Satu dua"]);
}

#[test]
fn a_large_first_letter_belongs_to_its_word() {
    let letter =
        |letter: &str, rest: &str| format!("<p><span class='x-dropcap'>{letter}</span> <b>{rest}</b></p>");
    for (html, text) in [
        (letter("S", "aksi melihat api."), "Saksi melihat api."),
        (letter("A", "witness saw fire."), "A witness saw fire."),
        (letter("S", "Aksi."), "S Aksi."),
        ("<p><span>S</span> aksi</p>".to_owned(), "S aksi"),
    ] {
        assert_eq!(texts(&html), [(text.to_owned(), "p", 0)], "{html}");
    }
}

#[test]
fn a_large_first_letter_may_stand_before_its_paragraph() {
    let text = |html: &str| texts(html).into_iter().map(|(text, ..)| text).collect::<Vec<_>>();
    assert_eq!(text("<div><span>S</span> <p>aksi melihat api.</p></div>"), ["Saksi melihat api."]);
    assert_eq!(text("<div><span>A</span><p> witness saw fire.</p></div>"), ["A witness saw fire."]);
    for html in ["<div><span>S</span><p>Aksi.</p></div>", "<div>kelas <b>S</b><p>aksi.</p></div>"] {
        assert_eq!(text(html).len(), 2, "{html}");
    }
    // The letter is found where a rule names the paragraph alone.
    let doc = Document::parse("<div><span>S</span><p>aksi melihat api.</p></div>");
    let paragraph = doc.first(&crate::dom::Selector::parse("p").unwrap()).unwrap();
    assert_eq!(pieces(paragraph, |_, _| false)[0].block.text, "Saksi melihat api.");
}

#[test]
fn a_bold_line_before_a_break_is_a_paragraph() {
    let text = |html: &str| texts(html).into_iter().map(|(text, ..)| text).collect::<Vec<_>>();
    let two = ["Kabar baru: 3 Mei", "Warga menanam pohon."];
    assert_eq!(text("<p><strong>Kabar baru: 3 Mei</strong><br>Warga menanam pohon.</p>"), two);
    for html in [
        "<p><b>Kabar baru: 3 Mei<br>Warga menanam pohon.</b></p>",
        "<p><b>Kabar</b> baru: 3 Mei<br>Warga menanam pohon.</p>",
    ] {
        assert_eq!(text(html), ["Kabar baru: 3 Mei Warga menanam pohon."], "{html}");
    }
}

#[test]
fn an_empty_element_may_be_a_line_break() {
    let long = "Warga desa menanam seribu pohon di lereng gunung pada hari Minggu pagi.";
    let html = format!("<div>{long}<span class='x br'></span>{long}<span class=br>a</span></div>");
    let found: Vec<String> = texts(&html).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(found, [long.to_owned(), format!("{long}a")]);
}

#[test]
fn the_tree_is_cut_into_blocks() {
    for (html, expected) in [
        ("<p>satu <b>dua</b>\n tiga<p>empat", vec![("satu dua tiga", "p", 0), ("empat", "p", 0)]),
        ("<div>a<span class='x br'></span>b</div>", vec![("a", "p", 0), ("b", "p", 0)]),
        ("<div>a<br>b<br><br>c</div>", vec![("a b", "p", 0), ("c", "p", 0)]),
        ("<h2>J</h2><ul><li>x<li><p>y</ul>", vec![("J", "h", 0), ("x", "li", 0), ("y", "li", 0)]),
        ("<blockquote><p>q</blockquote><pre>a\n  b</pre>", vec![("q", "q", 0), ("a\nb", "pre", 0)]),
        ("<p>a <a href=x>bc</a></p>", vec![("a bc", "p", 2)]),
        ("<p>a<span class=iklan>beli</span>b</p><div class=iklan>x</div>", vec![("ab", "p", 0)]),
        ("<p>a<script>x</script>b", vec![("ab", "p", 0)]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", vec![("a | b", "tr", 0), ("c", "p", 0)]),
        ("", vec![]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(t, k, l)| (t.to_owned(), k, l)).collect();
        assert_eq!(texts(html), expected, "{html}");
    }
}
