use super::*;

fn base() -> PageUrl {
    PageUrl::parse("https://kabar.example/peta/sitemap.xml").unwrap()
}

fn sitemap(text: &str) -> Sitemap {
    read(text.as_bytes(), &base()).unwrap()
}

fn urls(candidates: &[Candidate]) -> Vec<&str> {
    candidates.iter().map(|candidate| candidate.url.as_str()).collect()
}

fn time(text: &str) -> Option<jiff::Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn addresses_are_read_with_the_time_of_their_last_change() {
    for (open, close) in [
        ("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">", "</urlset>"),
        (
            "<?xml version='1.0'?>\n<!-- a -->\n<urlset xmlns=\"http://www.google.com/schemas/sitemap/0.84\">",
            "</urlset>",
        ),
    ] {
        let map = sitemap(&format!(
            "{open}<url><loc> https://kabar.example/a?b=1&amp;c=2 </loc><lastmod>2026-01-01T07:00:00+07:00</lastmod>\
             <image:image><image:loc>https://kabar.example/a.jpg</image:loc></image:image>\
             <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://kabar.example/en/\"/></url>\
             <url><loc><![CDATA[https://kabar.example/b]]></loc><lastmod>2026-01</lastmod></url>\
             <url><loc>/c</loc><lastmod>kemarin</lastmod><PageMap><loc>/tidak</loc></PageMap></url>\
             <url><video:video><video:content_loc>https://kabar.example/v.mp4</video:content_loc></video:video></url>\
             <url/><url><loc/></url><url><loc>mailto:a@b.c</loc></url>\
             <url><loc>https://kabar.example/b</loc></url>{close}"
        ));
        let expected =
            ["https://kabar.example/a?b=1&c=2", "https://kabar.example/b", "https://kabar.example/c"];
        assert_eq!(urls(&map.candidates), expected);
        let times: Vec<_> = map.candidates.iter().map(|c| c.modified).collect();
        assert_eq!(times, [time("2026-01-01T00:00:00Z"), time("2026-01-01T00:00:00Z"), None]);
        assert_eq!((map.children.len(), map.broken), (0, None));
    }
}

#[test]
fn a_prefix_of_its_own_is_no_obstacle() {
    let map =
        sitemap("<s:urlset xmlns:s='x'><s:url><s:loc>https://kabar.example/1</s:loc></s:url></s:urlset>");
    assert_eq!(urls(&map.candidates), ["https://kabar.example/1"]);
}

#[test]
fn a_news_sitemap_gives_titles_and_times_of_publication() {
    let map = sitemap(
        "<urlset xmlns:n='news'><url><loc>https://kabar.example/1</loc><n:news><n:publication><n:name>Kabar</n:name>\
         <n:language>id</n:language></n:publication><n:publication_date>2026-01-01</n:publication_date>\
         <n:title>Harga &amp; Beras</n:title></n:news><image:image><image:title>Foto</image:title></image:image></url></urlset>",
    );
    assert_eq!(map.candidates[0].published, time("2026-01-01T00:00:00Z"));
    assert_eq!(map.candidates[0].title.as_deref(), Some("Harga & Beras"));
    assert_eq!(map.candidates[0].via, Via::Source(SourceKind::Sitemap));
}

#[test]
fn an_index_gives_sitemaps_and_no_articles() {
    let map = sitemap(
        "<sitemapindex><sitemap><loc>https://kabar.example/s1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>\
         <sitemap>https://kabar.example/s2.xml?a=1&amp;b=2</sitemap></sitemapindex>",
    );
    assert_eq!(urls(&map.children), ["https://kabar.example/s1.xml", "https://kabar.example/s2.xml?a=1&b=2"]);
    assert_eq!(map.children[0].modified, time("2026-01-01T00:00:00Z"));
    assert_eq!(map.candidates, []);
}

#[test]
fn sitemaps_of_tags_and_authors_are_left_out() {
    let names = [
        "wp-sitemap-posts-post-1",
        "wp-sitemap-taxonomies-category-1",
        "wp-sitemap-users-1",
        "post_tag-sitemap",
    ];
    let list: String =
        names.iter().map(|name| format!("<sitemap><loc>/{name}.xml</loc></sitemap>")).collect();
    let map = sitemap(&format!("<sitemapindex>{list}</sitemapindex>"));
    assert_eq!(urls(&map.children), ["https://kabar.example/wp-sitemap-posts-post-1.xml"]);
}

#[test]
fn plain_text_and_feeds_are_sitemaps_too() {
    let text = "\u{feff}https://kabar.example/1\r\nhttps://kabar.example/2\r\n\r\nbukan alamat\r\n";
    assert_eq!(urls(&sitemap(text).candidates), ["https://kabar.example/1", "https://kabar.example/2"]);
    let rss = "<rss xmlns:sitemap='s'><channel><item><link>/1</link></item></channel></rss>";
    let map = sitemap(rss);
    assert_eq!(urls(&map.candidates), ["https://kabar.example/1"]);
    assert_eq!(map.candidates[0].via, Via::Source(SourceKind::Sitemap));
    let atom = "<feed><entry><link href='/2'/></entry></feed>";
    assert_eq!(urls(&sitemap(atom).candidates), ["https://kabar.example/2"]);
}

#[test]
fn what_is_cut_is_read_as_far_as_it_goes() {
    let map = sitemap("<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url><url><lo");
    assert_eq!((map.candidates.len(), map.broken.is_some()), (2, true));
    let error = read(b"<urlset><url><loc>/1</loc>", &base()).unwrap_err();
    assert_eq!(error.code(), "source_broken");
}

#[test]
fn what_is_no_sitemap_says_what_it_is() {
    for (bytes, code, words) in [
        (&b""[..], "source_empty", "empty"),
        (b"<html><url><loc>/1</loc></url></html>", "source_other", "an HTML page"),
        (b"Not found", "source_other", "text without addresses"),
        (b"\x1f\x8b\x08\0\0\0", "source_broken", "breaks off"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x07\x07\x07\x07", "source_broken", "corrupt"),
    ] {
        let error = read(bytes, &base()).unwrap_err();
        assert_eq!(error.code(), code, "{bytes:?}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn only_as_many_addresses_are_read_as_the_protocol_allows() {
    let many: String = (0..60_000).map(|n| format!("<url><loc>/{n}</loc></url>")).collect();
    let map = sitemap(&format!("<urlset>{many}</urlset>"));
    assert_eq!((map.candidates.len(), map.broken.is_some()), (URLS, true));
    let lines: String = (0..60_000).map(|n| format!("https://kabar.example/{n}\n")).collect();
    assert_eq!(sitemap(&lines).candidates.len(), URLS);
}
