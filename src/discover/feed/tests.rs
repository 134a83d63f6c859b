use super::*;

fn base() -> PageUrl {
    PageUrl::parse("https://kabar.example/feed/").unwrap()
}

fn feed(text: &str) -> Feed {
    read(text.as_bytes(), None, &base()).unwrap()
}

fn urls(feed: &Feed) -> Vec<&str> {
    feed.candidates.iter().map(|candidate| candidate.url.as_str()).collect()
}

/// Address, published, modified, title of the first entry.
fn first(feed: &Feed) -> (String, String, String, String) {
    let candidate = &feed.candidates[0];
    let time = |time: Option<jiff::Timestamp>| time.map(|t| t.to_string()).unwrap_or_default();
    let title = candidate.title.clone().unwrap_or_default();
    (candidate.url.to_string(), time(candidate.published), time(candidate.modified), title)
}

fn entry(url: &str, published: &str, modified: &str, title: &str) -> (String, String, String, String) {
    (url.to_owned(), published.to_owned(), modified.to_owned(), title.to_owned())
}

#[test]
fn rss_2_is_read() {
    let feed = feed(
        r#"<?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:atom="a" xmlns:media="m">
        <channel><title>Kabar &amp; Cerita</title><atom:link href="https://kabar.example/feed/" rel="self"/>
        <link>https://kabar.example</link><language>id</language>
        <image><title>Logo</title><url>https://kabar.example/a.png</url><link>https://kabar.example/logo</link></image>
        <item><title>Harga beras &#8220;naik&#8221; &amp;#8211; lagi</title>
          <media:title>Foto</media:title><media:content url="https://kabar.example/foto.jpg"/>
          <link>https://kabar.example/2026/01/beras/?utm_source=rss&amp;utm_medium=rss</link>
          <comments>https://kabar.example/2026/01/beras/#respond</comments>
          <dc:creator><![CDATA[Siti]]></dc:creator>
          <pubDate>Thu, 01 Jan 2026 10:00:00 +0700</pubDate>
          <guid isPermaLink="false">https://kabar.example/?p=1</guid>
          <content:encoded><![CDATA[<p><a href="https://lain.example/">x</a></p><link>https://lain.example/</link>]]></content:encoded>
        </item>
        <item><title><![CDATA[<b>Dua</b>  kata]]></title><guid>https://kabar.example/dua</guid></item>
        <item><title>Tanpa alamat</title><guid>tag:1</guid></item>
        <item><link>/relatif</link></item>
        <item><link><![CDATA[ https://kabar.example/2026/01/beras/ ]]></link></item>
        <item><atom:link rel="self" href="/x"/><atom:link href="/atom"/></item>
        </channel></rss>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("Kabar & Cerita"));
    assert_eq!(feed.language.as_deref(), Some("id"));
    assert_eq!(feed.home.as_ref().map(PageUrl::as_str), Some("https://kabar.example/"));
    assert_eq!(feed.broken, None);
    assert_eq!(
        first(&feed),
        entry(
            "https://kabar.example/2026/01/beras/",
            "2026-01-01T03:00:00Z",
            "",
            "Harga beras “naik” – lagi"
        )
    );
    assert_eq!(feed.candidates[1].title.as_deref(), Some("Dua kata"));
    assert_eq!(
        urls(&feed)[1..],
        ["https://kabar.example/dua", "https://kabar.example/relatif", "https://kabar.example/atom"]
    );
}

#[test]
fn rss_1_and_rss_0_9_are_read() {
    let rdf = feed(
        r#"<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d">
        <channel rdf:about="x"><title>Kabar</title><link>https://kabar.example/</link>
        <items><rdf:Seq><rdf:li rdf:resource="https://kabar.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://kabar.example/1"><title>Satu</title><dc:date>2026-01-01T00:00:00Z</dc:date></item>
        </rdf:RDF>"#,
    );
    assert_eq!(first(&rdf), entry("https://kabar.example/1", "2026-01-01T00:00:00Z", "", "Satu"));
    assert_eq!(rdf.title.as_deref(), Some("Kabar"));
    let old = feed(
        "<rss version='0.91'><channel><item><title>Satu</title><link>https://kabar.example/1</link></item></channel></rss>",
    );
    assert_eq!(urls(&old), ["https://kabar.example/1"]);
}

#[test]
fn atom_is_read() {
    let atom = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id" xml:base="/isi/">
        <title type="html">Kabar &amp;amp; Cerita</title><link rel="self" href="x"/><link href="https://kabar.example/"/>
        <updated>2026-01-03T00:00:00Z</updated>
        <entry xml:base="2026/">
          <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Satu</div></title>
          <link rel="enclosure" href="a.mp3"/><link href="a.pdf" type="application/pdf"/>
          <link rel="alternate" type="text/html" href="satu"/>
          <id>urn:1</id><published>2026-01-01T00:00:00+07:00</published><updated>2026-01-02T00:00:00Z</updated>
          <source><title>Lain</title><link href="https://lain.example/"/></source>
        </entry>
        <entry><title>Dua</title><id>https://kabar.example/dua</id></entry>
        </feed>"#,
    );
    let (url, published, modified, _) = first(&atom);
    assert_eq!(
        (url.as_str(), published.as_str()),
        ("https://kabar.example/isi/2026/satu", "2025-12-31T17:00:00Z")
    );
    assert_eq!(modified, "2026-01-02T00:00:00Z");
    assert_eq!(atom.candidates[1].url.as_str(), "https://kabar.example/dua");
    assert_eq!((atom.title.as_deref(), atom.language.as_deref()), (Some("Kabar & Cerita"), Some("id")));
    let prefixed =
        feed("<a:feed xmlns:a='x'><a:entry><a:title>Satu</a:title><a:link href='/1'/></a:entry></a:feed>");
    assert_eq!(first(&prefixed), entry("https://kabar.example/1", "", "", "Satu"));
}

#[test]
fn json_feed_is_read() {
    let json = feed(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Kabar", "language": "id",
        "home_page_url": "https://kabar.example/", "items": [
        {"id": "1", "url": "/satu", "title": "Satu", "date_published": "2026-01-01T00:00:00Z", "date_modified": "2026-01-02T00:00:00Z"},
        {"id": "https://kabar.example/dua"}, {"id": 3}, {"url": 4}, null]}"#,
    );
    assert_eq!(
        first(&json),
        entry("https://kabar.example/satu", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "Satu")
    );
    assert_eq!(urls(&json).len(), 2);
}

#[test]
fn a_feed_that_breaks_off_gives_what_it_gave_before() {
    for (text, whole) in [
        ("<rss><channel><item><link>/1</link></item><item><link>/2</link>", false),
        ("<rss><channel><item><link>/1</link></item><item><link>/2<", false),
        // Not closed, closed twice, closed crosswise.
        ("<rss><channel><item><link>/1</link><item><link>/2</link></item></channel></rss>", true),
        ("<rss><channel><item><link>/1</link></item></item></foo></channel></rss>", true),
        ("<rss><channel><item><title><b>x</title></b><link>/1</link></item></channel></rss>", true),
        // An ampersand that should have been escaped, an entity that nobody defined.
        ("<rss><channel><item><title>A & B &nbsp; C</title><link>/1</link></item></channel></rss>", true),
        ("Warning: x in y.php on line 3\n<rss><channel><item><link>/1</link></item></channel></rss>", true),
        (
            "\u{feff}  <?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item><link>/1</link></item></channel></rss>",
            true,
        ),
    ] {
        let feed = feed(text);
        assert_eq!(feed.candidates[0].url.path(), "/1", "{text}");
        assert_eq!(feed.broken.is_none(), whole, "{text}: {:?}", feed.broken);
    }
}

#[test]
fn the_encoding_is_that_of_the_header_or_of_the_file() {
    let text = |head: &str| {
        let mut bytes = format!("{head}<rss><channel><item><link>/1</link><title>caf").into_bytes();
        bytes.extend(b"\xe9</title></item></channel></rss>");
        bytes
    };
    for (head, content_type) in [
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", Some("text/xml")),
        ("<?xml version=\"1.0\" encoding = \"iso-8859-1\" standalone='yes' ?>", None),
        ("", Some("text/xml; charset=ISO-8859-1")),
        ("", None),
    ] {
        let feed = read(&text(head), content_type, &base()).unwrap();
        assert_eq!(feed.candidates[0].title.as_deref(), Some("café"), "{head} {content_type:?}");
    }
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    for (text, code, words) in [
        ("", "source_empty", "empty"),
        (" \n", "source_empty", "empty"),
        ("<!DOCTYPE html><html><body>Halo</body></html>", "source_other", "an HTML page"),
        ("<urlset><url><loc>/x</loc></url></urlset>", "source_other", "`sitemaps`"),
        ("<opml><item/></opml>", "source_other", "<opml>"),
        ("Not found", "source_other", "text"),
        ("{\"a\": 1}", "source_other", "JSON"),
        ("{\"a\": ", "source_broken", "line 1"),
        ("<rss><channel><item><title>x", "source_broken", "breaks off"),
    ] {
        let error = read(text.as_bytes(), None, &base()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
    assert_eq!(feed("<rss><channel><title>Kosong</title></channel></rss>").candidates, []);
}

#[test]
fn bombs_do_not_go_off() {
    let entities =
        "<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>";
    let bomb = feed(&format!(
        "<!DOCTYPE rss [{entities}]><rss><channel><item><title>&c;</title><link>/1</link></item></channel></rss>"
    ));
    assert_eq!(bomb.candidates[0].title.as_deref(), Some("&c;"));
    let deep = format!("<rss><channel>{}", "<a>".repeat(1_000_000));
    assert_eq!(read(deep.as_bytes(), None, &base()).unwrap_err().code(), "source_broken");
    let wide =
        format!("<rss><channel><item>{}<link>/1</link></item></channel></rss>", "<a/>".repeat(1_000_000));
    assert_eq!(feed(&wide).candidates, []);
    let long = format!(
        "<rss><channel><item><link>/1</link><title>{}</title></item></channel></rss>",
        "é".repeat(900_000)
    );
    assert!(feed(&long).candidates[0].title.as_ref().is_some_and(|title| title.len() < 10_000));
    let item = |n: usize| format!("<item><link>/{n}</link></item>");
    let many = (0..6_000).map(item).collect::<String>();
    assert_eq!(feed(&format!("<rss><channel>{many}</channel></rss>")).candidates.len(), ENTRIES);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<(/?(rss|channel|item|link|title)|[!a?/\\[\\]]{0,3}|&[a#x0-9]{0,4};?)[ =\"'é]{0,2}>?){0,20}") {
        let _ = read(text.as_bytes(), None, &base());
        let _ = crate::discover::sitemap::read(text.as_bytes(), &base());
    }
}
