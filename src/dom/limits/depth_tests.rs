//! What the parser makes of a capped page must not be deep: the scan may see more open elements than
//! there are, never fewer.

use std::collections::HashMap;

use super::MAX_DEPTH;
use crate::dom::Document;

/// The deepest nesting of a page's tree.
fn depth(html: &str) -> usize {
    let page = Document::parse(html);
    let mut depths = HashMap::new();
    for node in page.root().elements() {
        let above = node.parent().and_then(|parent| depths.get(&parent.id()).copied()).unwrap_or(0);
        depths.insert(node.id(), above + 1);
    }
    depths.into_values().max().unwrap_or(0)
}

/// A table's cells bring their row and body with them, and formatting elements are opened again.
const MOST: usize = MAX_DEPTH * 3;

#[test]
fn no_pattern_of_tags_makes_a_deep_tree() {
    for pattern in [
        "<option><h1>",
        "<li><h1>",
        "<li><ul></li>",
        "<dd><section>",
        "<a><h1>",
        "<b><div></b>",
        "<span><div></span>",
        "<form><div></form>",
        "<div></body><body>",
        "<div></html><html>",
        "<td><div></td>",
        "<table><td>",
        "<table><td><table></td>",
        "<table><tr><td><svg><tr>",
        "<table><tr><td><svg><td>",
        "<svg><foreignObject><div></svg>",
        "<svg><desc><p>",
        "<math><mi><p>",
        "<p><button>",
        "<p><button></p>",
        "<p><object>",
        "<select><div>",
        "<nobr><h1>",
        "<ruby><rt><div>",
        "<template><li>",
        "<marquee></div>",
        "<x-a><p></x-a>",
        "<table><caption>",
        "<h1></h2><div>",
        "<svg><tr>",
        "<math><a><option>",
        "<svg><th></section><font><button>",
    ] {
        let deepest = depth(&pattern.repeat(2000));
        assert!(deepest <= MOST, "{pattern}: {deepest}");
    }
}

/// `KLIPING_SOUP=100000 cargo test --lib soup -- --ignored --nocapture` looks for more.
#[test]
#[ignore = "a search for patterns, not a test"]
fn soup() {
    const TAGS: &str = "div p a b i font table tr td th tbody caption select option optgroup button form svg math g \
        foreignObject desc title mi template body html head ul ol li dl dt dd h1 h2 nobr applet object span section \
        ruby rt label frameset details summary x-a";
    let tags: Vec<&str> = TAGS.split_whitespace().collect();
    let rounds: u64 = std::env::var("KLIPING_SOUP").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let mut seed = 42_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..rounds {
        let length = random(4) + 2;
        let pattern: String = (0..length)
            .map(|_| format!("<{}{}>", ["", "/", ""][random(3)], tags[random(tags.len())]))
            .collect();
        let deepest = depth(&pattern.repeat(1500));
        if deepest > MOST {
            println!("{deepest} {pattern}");
        }
    }
}
