use super::*;
use crate::dom::engine::limited as page;

#[test]
fn a_page_within_the_limits_is_not_touched() {
    for html in [
        "",
        "<p>a<p>b<br><ul><li>x<li>y</ul><!-- <div> --><script>'<div>'</script>",
        &"<p>satu".repeat(3000),
        &"<p><span><a href=x>satu".repeat(3000),
        &"<ul><li>a<li>b</ul><p>dua".repeat(3000),
        &"<table><tr><td>a<td>b<tr><td>c</table>".repeat(3000),
        &"<dl><dt>a<dd>b<dt>c</dl>".repeat(2000),
        &"<div><b>x</b><a href=x>y</a></div>".repeat(3000),
        "<a href='>'",
        "<",
        "</",
        "<!--",
        "<style>",
    ] {
        assert!(page(html) == html, "{}", &html[..html.len().min(60)]);
    }
}

#[test]
fn nesting_is_capped_and_the_text_stays() {
    let html = format!("{}isi{}<p>akhir", "<div>".repeat(30_000), "</div>".repeat(30_000));
    let capped = page(&html);
    assert_eq!(capped.matches("<div>").count(), MAX_DEPTH);
    assert_eq!(capped.matches("</div>").count(), MAX_DEPTH);
    assert!(capped.contains("isi") && capped.ends_with("<p>akhir"));
}

/// The script that was left out, deep in a drawing, has no end tag: the next script's own is not its.
#[test]
fn the_end_tag_of_a_text_is_never_left_out() {
    let html = format!("<svg>{}<script></svg><script>a < b</script><p>satu", "<iframe>".repeat(600));
    assert!(page(&html).ends_with("<script>a < b</script><p>satu"));
    assert_eq!(crate::dom::Document::parse(&html).root().text(), "satu");
}

#[test]
fn a_script_at_the_bottom_of_a_pit_stays_a_script() {
    let html = format!("{}<script>if (a < b) '</div>'</script>x", "<div>".repeat(600));
    assert!(page(&html).contains("<script>if (a < b) '</div>'</script>x"));
}

#[test]
fn unclosed_formatting_is_closed_when_it_gets_out_of_hand() {
    let fonts: String = (0..40).map(|i| format!("<font size={i}>")).collect();
    let html = format!("{fonts}{}", "<p>x".repeat(10_000));
    let capped = page(&html);
    assert_eq!(capped.matches("</font>").count(), MAX_FORMATTING);
    assert_eq!(capped.matches("<p>x").count(), 10_000);
}

#[test]
fn nodes_are_counted_and_the_text_stays() {
    let html = "<p>a<br>b<!-- c --></p><script>d</script><?e>".repeat(100_000);
    let capped = page(&html);
    let count = |part: &str| capped.matches(part).count();
    assert_eq!(count("<p>") + count("<br>") + count("<!--") + count("<script>") + count("<?e>"), MAX_NODES);
    assert!(capped.ends_with("abab") && count("d") < 100_000);
}

#[test]
fn a_style_inside_a_picture_hides_no_tags() {
    let html = format!("<svg><style>{}</style>", "<div>".repeat(2000));
    assert!(page(&html).matches("<div>").count() <= MAX_DEPTH);
}

#[test]
fn attributes_and_formatting_elements_are_capped() {
    let many: String = (0..5000).map(|i| format!(" a{i}=\"x > y\"")).collect();
    let html = format!("<p id=x{many}>isi</p>");
    let capped = page(&html);
    assert!(capped.starts_with("<p id=x a0=") && capped.ends_with(">isi</p>"));
    assert_eq!(capped.matches("x > y").count(), MAX_ATTRIBUTES - 1);
    // A tag within which the page ends is none.
    let cut_off = format!("<p id=x{many} ü");
    assert_eq!(page(&cut_off), cut_off);
    let html: String = (0..500).map(|i| format!("<font size={i}>x")).collect();
    assert_eq!(page(&html).matches("<font").count(), MAX_FORMATTING);
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_capped(html in "(<|</|<!--|-->|>|div|p|b|li|script|[ a='\"/é]|\\PC){0,60}") {
        proptest::prop_assert_eq!(page(&html), html);
    }
}

#[test]
fn of_a_drawing_an_empty_element_is_left_and_nothing_that_is_more_than_a_drawing_goes() {
    let drawn =
        "<p>a<svg viewBox='0 0 9 9'><title>Ikon</title><g><path d='M0 > 0'/><use href=#x></use></g></svg>b";
    assert_eq!(page(drawn), "<p>a<svg viewBox='0 0 9 9'></svg>b");
    let two = "<SVG><Path d=a></SVG><svg><rect/></svg><p>b";
    assert_eq!(page(two), "<SVG></SVG><svg></svg><p>b");
    for kept in [
        "<svg><path><text>Kata</text></svg>b",
        "<svg><a href=/x><path></a></svg>b",
        "<svg><path><p>Kata</p></svg>b",
        "<svg><path><foreignObject><p>x</p></foreignObject></svg>b",
        "<svg><path><svg><path></svg></svg>b",
        "<svg><path><!-- </svg> --></svg>b",
        "<svg/><path>b</svg>",
        "<math><svg><path></svg></math>b",
        "<svg><path>b",
        "<plaintext><svg><path></svg>b",
    ] {
        let page = page(kept);
        assert_eq!(
            page.replace("</svg>", "").replace("<path>", ""),
            kept.replace("</svg>", "").replace("<path>", ""),
            "{kept}"
        );
        assert!(page.contains("<path>"), "{kept} became {page}");
    }
}
