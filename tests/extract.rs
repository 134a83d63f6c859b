//! `kliping extract`, from outside.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::origin::{Origin, Reply, redirect, text};

/// How a command ended.
struct Done {
    code: i32,
    out: String,
    err: String,
}

fn extract(folder: &Path, args: &[&str]) -> Done {
    extract_from(folder, args, "")
}

fn extract_from(folder: &Path, args: &[&str], stdin: &str) -> Done {
    let mut command = assert_cmd::Command::cargo_bin("kliping").unwrap();
    command.current_dir(folder).arg("extract").args(args).env_clear().write_stdin(stdin);
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Done { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A page as WordPress prints it.
fn page(title: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=utf-8><title>{title} – Kabar Lereng</title>
        <meta property=\"article:published_time\" content=\"2024-06-20T02:15:00+00:00\"></head>
        <body class=\"single single-post\"><nav class=menu><a href=/>Depan</a></nav>
        <article class=\"post-7 post type-post\"><h1 class=\"entry-title\">{title}</h1>
        <span class=\"author vcard\"><a class=\"fn\" href=/penulis>Sari Dewi</a></span>
        <div class=\"entry-content\"><p>Wonosobo – Warga dua desa menanam seribu pohon di lereng gunung pada Minggu pagi.</p>
        <p>Baca juga: <a href=/lain>Harga bibit pohon naik dua kali lipat</a></p>
        <p>Mereka berharap mata air yang kering tahun lalu mengalir lagi sebelum musim tanam berikutnya.</p>
        <p>Kepala desa berkata, \"Tinggalkan balasan di papan pengumuman kalau ada usul.\"</p></div></article>
        <div id=\"respond\" class=\"comment-respond\"><h3 id=\"reply-title\">Tinggalkan Balasan</h3>
        <form action=\"/wp-comments-post.php\"><p class=\"comment-notes\">Alamat email Anda tidak akan dipublikasikan.
        Ruas yang wajib ditandai *</p><textarea></textarea></form></div></body></html>"
    )
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), page("Warga Menanam Pohon")).unwrap();
    folder
}

fn body(value: &Value) -> Vec<&str> {
    value["body"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn a_saved_page_is_read_and_its_form_is_evidence() {
    let folder = folder();
    for flags in [
        &["--format", "json"][..],
        &["--format", "json", "--site", "wordpress"],
        &["--format", "json", "--generic"],
    ] {
        let done = extract(folder.path(), &[&["page.html"], flags].concat());
        assert_eq!((done.code, done.err.as_str()), (0, ""), "{flags:?}");
        let read: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!(read["schema"], "kliping.article/1");
        assert_eq!(read["title"], "Warga Menanam Pohon");
        assert_eq!(read["dateline"]["raw"], "Wonosobo – ");
        assert_eq!(read["authors"], serde_json::json!(["Sari Dewi"]));
        assert_eq!(read["published"], "2024-06-20T02:15:00+00:00");
        let body = body(&read);
        assert_eq!(body.len(), 3, "{flags:?}: {body:?}");
        assert!(body[0].starts_with("Warga dua desa"));
        assert!(body[2].contains("Tinggalkan balasan di papan"), "an author's own words stay");
        assert_eq!(read["comment_form"]["present"], true);
        assert!(read["comment_form"]["text"].as_str().unwrap().contains("Ruas yang wajib ditandai"));
        let rules: Vec<&Value> = read["removed"].as_array().unwrap().iter().map(|r| &r["rule"]).collect();
        assert!(!rules.is_empty(), "the link to another story went, and left a trace");
    }
}

#[test]
fn naive_text_is_read_too() {
    let folder = folder();
    let naive = "Warga Menanam Pohon\n\nWonosobo – Warga dua desa menanam pohon.\n\nMereka berharap hujan.\n\n\
        Tinggalkan Balasan\n\nAlamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *\n";
    let done = extract_from(folder.path(), &["-", "--format", "json"], naive);
    assert_eq!(done.code, 0, "{}", done.err);
    let read: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(read["dateline"]["places"], serde_json::json!(["Wonosobo"]));
    assert_eq!(body(&read), ["Warga dua desa menanam pohon.", "Mereka berharap hujan."]);
    assert_eq!(read["removed"].as_array().unwrap().len(), 2);
}

#[test]
fn text_markdown_and_explanation_are_for_people() {
    let folder = folder();
    let text = extract(folder.path(), &["page.html"]);
    assert!(text.out.starts_with("Warga Menanam Pohon\nSari Dewi · 2024-06-20"), "{}", text.out);
    assert!(text.out.contains("\n\nWonosobo – Warga dua desa"));
    let markdown = extract(folder.path(), &["page.html", "--format", "md"]);
    assert!(markdown.out.starts_with("# Warga Menanam Pohon\n"), "{}", markdown.out);
    let explained = extract(folder.path(), &["page.html", "--site", "wordpress", "--explain"]);
    for part in
        ["site wordpress, layout core", "← h1.entry-title", "by boilerplate baca juga", "comment_form"]
    {
        assert!(explained.out.contains(part), "{part}: {}", explained.out);
    }
}

#[test]
fn an_explanation_tells_layout_verdict_and_what_each_source_says() {
    let folder = folder();
    let site = "schema = 1\n[site]\nhosts = [\"kabar.example\"]\n\
        [[layout]]\nid = \"lama\"\nwhen = \".tidak-ada\"\nbody = { select = [\"main\"] }\n[[layout]]\nid = \"baru\"\nwhen = \"h1\"\n\
        title = { select = [\".judul-lain\", \"h1\", \"title\"] }\nbody = { select = [\"article\", \"body\"] }\n";
    fs::create_dir_all(folder.path().join("selectors")).unwrap();
    fs::write(folder.path().join("selectors/uji.toml"), site).unwrap();
    let args = ["page.html", "--site", "uji", "--explain"];
    let plain = extract(folder.path(), &args);
    assert_eq!(plain.code, 0, "{}", plain.err);
    for part in [
        "site uji, layout baru\n",
        "  × layout lama: .tidak-ada is not on the page\n",
        "  ✓ layout baru: h1 is on the page\n",
        "  body: by the site's file; ",
        "    generic reader  3 paragraphs, ",
        "title         Warga Menanam Pohon\n              ← h1\n              × .judul-lain: nothing\n",
        "characters by ",
    ] {
        assert!(plain.out.contains(part), "{part}\n{}", plain.out);
    }
    assert!(!plain.out.contains('\u{1b}'), "a file is not coloured");
    let coloured = extract(folder.path(), &[&args[..], &["--color", "always"]].concat());
    assert!(coloured.out.contains("\u{1b}[32mh1\u{1b}[0m") && coloured.out.contains("\u{1b}[1m"));
    let bare = coloured.out.split('\u{1b}').enumerate();
    let bare: String =
        bare.map(|(n, part)| if n == 0 { part } else { part.split_once('m').unwrap().1 }).collect();
    assert_eq!(bare, plain.out, "colours change nothing else");
    let never = extract(folder.path(), &[&args[..], &["--color", "never"]].concat());
    assert_eq!(never.out, plain.out);
}

#[test]
fn an_explanation_fits_a_narrow_terminal() {
    let folder = folder();
    let mut command = assert_cmd::Command::cargo_bin("kliping").unwrap();
    let args = ["extract", "page.html", "--site", "wordpress", "--explain"];
    let output = command.current_dir(folder.path()).env("COLUMNS", "44").args(args).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let wide: Vec<&str> = out.lines().filter(|line| line.chars().count() > 44).collect();
    assert!(output.status.success() && wide.is_empty(), "{wide:#?}");
    assert!(out.contains('…'), "what is left out is marked");
}

#[test]
fn a_batch_answers_every_line_in_order() {
    let folder = folder();
    fs::create_dir(folder.path().join("pages")).unwrap();
    let mut list = String::new();
    for i in 0..40 {
        fs::write(folder.path().join(format!("pages/{i}.html")), page(&format!("Judul {i}"))).unwrap();
        list += &format!("{{\"id\":\"p{i}\",\"url\":\"https://kabar.example/{i}\",\"file\":\"{i}.html\"}}\n");
    }
    fs::write(folder.path().join("pages/pdf.html"), "%PDF-1.7").unwrap();
    list += "{\"id\":7,\"file\":\"pdf.html\"}\n\nno json\n{\"id\":\"x\",\"file\":\"absent.html\"}\n{\"id\":\"y\"}\n";
    fs::write(folder.path().join("pages/list.jsonl"), list).unwrap();
    let done = extract(folder.path(), &["--batch", "pages/list.jsonl"]);
    assert_eq!(done.code, 3, "{}", done.err);
    let lines: Vec<Value> = done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 44);
    for (i, line) in lines.iter().take(40).enumerate() {
        assert_eq!((&line["id"], &line["title"]), (&format!("p{i}").into(), &format!("Judul {i}").into()));
        assert_eq!(line["url"], format!("https://kabar.example/{i}"));
        assert!(line.get("error").is_none() && line.get("version").is_none());
    }
    let codes: Vec<&Value> = lines[40..].iter().map(|line| &line["code"]).collect();
    assert_eq!(codes, ["not_html", "list", "io", "list"]);
    assert!(lines[40..].iter().all(|line| line["error"].is_string()));
}

#[test]
fn what_cannot_be_read_is_said_with_the_contracts_codes() {
    let folder = folder();
    fs::write(folder.path().join("empty.html"), "").unwrap();
    fs::write(folder.path().join("list.jsonl"), "{\"id\":1,\"file\":\"empty.html\"}\n").unwrap();
    for (args, code, words) in [
        (&["absent.html"][..], 4, "cannot read absent.html"),
        (&["empty.html"], 4, "the page is empty"),
        (&["page.html", "--site", "nosuch"], 2, "no site file or preset `nosuch`"),
        (&["page.html", "--url", "not an address"], 2, ""),
        (&["--batch", "absent.jsonl"], 4, "cannot read absent.jsonl"),
        (&["--batch", "list.jsonl"], 4, ""),
        (&[], 2, "FILE|URL|-"),
    ] {
        let done = extract(folder.path(), args);
        assert_eq!(done.code, code, "{args:?}: {}", done.err);
        assert!(done.err.contains(words), "{args:?}: {}", done.err);
    }
}

#[test]
fn a_page_of_the_web_is_asked_for_politely() {
    let folder = folder();
    fs::write(folder.path().join("config.toml"), "[crawl]\ndelay = \"50ms\"\n").unwrap();
    let origin = Origin::start();
    origin.set("/robots.txt", text("User-agent: *\nDisallow: /rahasia/\n"));
    origin.set("/lama/", redirect(301, "/baru/"));
    origin.set("/baru/", Reply::new(200, "text/html; charset=utf-8", page("Warga Menanam Pohon")));
    let url = |path: &str| format!("{}{path}", origin.url("").trim_end_matches('/'));
    let done = extract(folder.path(), &[&url("/lama/"), "--format", "json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let read: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&read["title"], &read["provenance"]["status"]), (&"Warga Menanam Pohon".into(), &200.into()));
    assert_eq!(read["provenance"]["final_url"], url("/baru/"));
    let forbidden = extract(folder.path(), &[&url("/rahasia/")]);
    assert_eq!(forbidden.code, 4);
    assert!(forbidden.err.contains("robots.txt"), "{}", forbidden.err);
}
