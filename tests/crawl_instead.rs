//! What sites show instead of an article, from outside: the binary against a site on loopback. First a
//! good page, then the wall, then the good page again: one version, and the wall's name in the history.

mod support;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::{FEED, page, site, story};

fn html(text: &str) -> Reply {
    Reply::new(200, "text/html; charset=utf-8", text)
}

fn good() -> Reply {
    page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk.")
}

/// The events of the article at `/satu`, each with what it says.
fn events(desk: &Desk, origin: &Origin) -> Vec<(String, String)> {
    let lines = desk.json(&["history", &origin.url("/satu"), "--format", "jsonl"]);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let events = lines.iter().filter(|line| line["event"].is_string());
    events.map(|line| (text(&line["event"]), text(&line["detail"]))).collect()
}

fn names(desk: &Desk, origin: &Origin) -> Vec<String> {
    events(desk, origin).into_iter().map(|(name, _)| name).collect()
}

/// A good page, this instead, the good page again: what happened, by name.
fn shown_instead(origin: &Origin, wall: Reply) -> (Vec<String>, String) {
    let desk = Desk::with_site(origin, FEED);
    desk.crawl(&[]);
    origin.set("/satu", wall);
    let ended = desk.run(&["add", &origin.url("/satu")]);
    // "Gone" is an answer; that nothing could be read is a failure.
    assert!([3, 4].contains(&ended.code), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "one failure, one line: {}", ended.stderr);
    origin.set("/satu", good());
    desk.run(&["add", &origin.url("/satu")]);
    let shown = &desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0];
    assert_eq!((&shown["versions"], &shown["state"]), (&1.into(), &"live".into()), "{}", ended.stderr);
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 2);
    (names(&desk, origin), ended.stderr)
}

/// The same for an answer after which the host is left alone for a while.
fn assert_named(what: &str, wall: Reply) {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/satu", wall);
    let told = desk.run(&["add", &origin.url("/satu")]).stderr;
    assert_eq!(names(&desk, &origin), [what], "{told}");
    let shown = &desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0];
    assert_eq!((&shown["versions"], &shown["state"]), (&1.into(), &"live".into()), "{told}");
}

fn assert_shown(what: &str, wall: impl FnOnce(&Origin) -> Reply) {
    let origin = site();
    let wall = wall(&origin);
    let (names, told) = shown_instead(&origin, wall);
    assert_eq!(names.first().map(String::as_str), Some(what), "{told}");
    assert!(names.len() == 1 || names[1..] == ["restored"], "{names:?}");
    assert!(told.contains(what) || what == "extract_failed", "{told}");
}

#[test]
fn a_soft_404_is_named_in_whatever_language_it_speaks() {
    for title in
        ["Halaman tidak ditemukan - Uji", "404 | Uji", "Seite nicht gefunden", "Uji: ページが見つかりません"]
    {
        let title = title.replace("Uji: ", "Uji | ");
        let others = "<p>Baca kabar lain dari waduk, dari pasar dan dari jembatan di halaman depan kami.</p>";
        assert_shown("soft_404", |_| {
            html(&format!(
                "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>Maaf</h1>{others}</body></html>"
            ))
        });
    }
    let marked = "<!DOCTYPE html><html><head><title>Uji</title><meta name=\"prerender-status-code\" content=\"404\"></head>\
                  <body><h1>Wah</h1><p>Coba cari yang lain.</p></body></html>";
    assert_shown("soft_404", |_| html(marked));
}

#[test]
fn a_page_that_an_address_shows_that_does_not_exist_is_no_article() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let about =
        "Kami menyajikan kabar dari waduk dan sekitarnya setiap hari, dari pagi sampai malam, tanpa henti.";
    let other =
        origin::page("Selamat datang di Uji", &[about, "Redaksi kami bekerja di tepi waduk sejak dahulu."]);
    origin.set_rest(other.clone());
    origin.set("/satu", other.clone());
    origin.set("/dua", other);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!(
        (&counts["changed"], &counts["instead"]["soft_404"]),
        (&0.into(), &2.into()),
        "{}",
        ended.stderr
    );
    let nowhere = origin.hits().iter().filter(|hit| hit.target.contains("kliping-no-such-page")).count();
    assert_eq!(nowhere, 1, "asked for once");
    assert_eq!(names(&desk, &origin), ["soft_404"]);
    assert_eq!(desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0]["state"], "missing");
    // Said again, some time later (here at once), it is gone; and comes back.
    desk.crawl(&[]);
    assert_eq!(desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0]["state"], "gone");
    origin.set("/satu", good());
    desk.run(&["add", &origin.url("/satu")]);
    assert_eq!(names(&desk, &origin), ["soft_404", "gone", "restored"]);
    assert_eq!(desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0]["versions"], 1);
}

#[test]
fn a_story_that_is_written_anew_is_a_version() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let paragraphs = [
        "Warga menolak rencana itu dalam rapat semalam.",
        "Rapat berlangsung sampai tengah malam di balai desa dan dihadiri dua ratus orang dari tiga dusun.",
    ];
    origin.set("/satu", origin::page("Pembangunan dermaga ditunda", &paragraphs));
    let (_, counts) = desk.crawl(&[]);
    assert_eq!((&counts["changed"], &counts["instead"]), (&1.into(), &serde_json::json!({})));
}

#[test]
fn a_redirect_to_the_front_page_is_no_new_address() {
    for front in ["/", "/id/", "/?utm_source=lama"] {
        let origin = site();
        origin.set(front, page("Uji", "Kabar terbaru dari waduk."));
        let to = front.to_owned();
        let (names, _) = shown_instead(&origin, origin::redirect(302, &to));
        assert_eq!(names, ["front_page", "restored"], "{front}");
        assert_eq!(origin.count(front), 0, "it is not asked for");
    }
}

#[test]
fn a_consent_wall_is_named() {
    let wall = "<!DOCTYPE html><html><head><title>Sebelum Anda melanjutkan</title></head><body><h1>Sebelum Anda melanjutkan</h1>\
        <p>Kami dan 812 mitra kami memakai cookie untuk menyimpan data pribadi Anda.</p><p>Privasi Anda penting.</p>\
        <button>Setuju</button></body></html>";
    assert_shown("consent_wall", |_| html(wall));
    // Without a title that tells: what its text speaks of.
    let long =
        "We and our partners store cookies on your device and process personal data. With your consent we \
        and our partners use personal data for personalised advertising. "
            .repeat(6);
    let wall = format!(
        "<!DOCTYPE html><html><head><title>Uji</title></head><body><article><h1>Uji</h1><p>{long}</p>\
        <p>{long}</p><a href=\"/ya\">Accept all</a></article></body></html>"
    );
    assert_shown("consent_wall", |_| html(&wall));
    assert_shown("consent_wall", |_| origin::redirect(302, "/privacy-gate?next=/satu"));
}

#[test]
fn a_teaser_in_place_of_the_text_is_named_and_leaves_it_as_it_was() {
    let teaser = |more: &str, tail: &str| {
        let first = &story("Sebanyak 40 perahu kembali berjualan di waduk.")[0];
        html(&format!(
            "<!DOCTYPE html><html lang=\"id\"><head><title>Pasar apung dibuka lagi</title>{more}</head><body><article>\
            <h1>Pasar apung dibuka lagi</h1><div class=\"isi\"><p>{first}</p>{tail}</div></article></body></html>"
        ))
    };
    let data = "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>";
    assert_shown("paywalled", |_| teaser(data, ""));
    assert_shown("paywalled", |_| teaser("", "<div class=\"paywall-box\"><p>Baca semua</p></div>"));
    assert_shown("paywalled", |_| teaser("", "<p>Silakan berlangganan.</p>"));
    // An editor who takes paragraphs out has edited.
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/satu", teaser("", ""));
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["changed"], 1);
}

#[test]
fn a_trial_for_robots_is_named_with_any_status() {
    let trial = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>uji.example</h1>\
        <p>Verifying you are human. This may take a few seconds.</p><noscript>Enable JavaScript and cookies to continue</noscript></body></html>";
    assert_shown("bot_challenge", |_| html(trial));
    assert_shown("bot_challenge", |_| Reply::new(403, "text/html", trial));
    for status in [429, 503] {
        assert_named("bot_challenge", Reply::new(status, "text/html", trial));
    }
    assert_shown("bot_challenge", |_| Reply::new(403, "text/html", "").header("cf-mitigated", "challenge"));
    let form = "<!DOCTYPE html><html><head><title>Uji</title></head><body><div id=\"px-captcha\"></div></body></html>";
    assert_shown("bot_challenge", |_| html(form));
    // A bare refusal stays what it is.
    let origin = site();
    origin.set("/satu", Reply::new(403, "text/html", "<title>403 Forbidden</title><h1>Forbidden</h1>"));
    let ended = Desk::with_site(&origin, FEED).run(&["add", &origin.url("/satu")]);
    assert!(ended.stderr.contains("http_status"), "{}", ended.stderr);
}

#[test]
fn a_login_page_is_named() {
    let login = "<!DOCTYPE html><html><head><title>Masuk - Uji</title></head><body><h1>Masuk</h1><form><label>Email</label>\
        <input type=\"email\"><input type=\"password\"></form><p>Silakan masuk dengan akun Anda untuk membaca.</p></body></html>";
    assert_shown("login_page", |_| html(login));
    assert_shown("login_page", |_| Reply::new(401, "text/html", login));
    assert_shown("login_page", |_| origin::redirect(302, "/masuk?kembali=%2Fsatu"));
    let form = "<!DOCTYPE html><html><head><title>Uji</title></head><body><form><input type=\"password\"></form></body></html>";
    assert_shown("login_page", |_| html(form));
}

#[test]
fn a_maintenance_page_is_named_with_any_status() {
    let page = "<!DOCTYPE html><html><head><title>Uji</title></head><body><h1>Situs sedang dalam pemeliharaan</h1>\
        <p>Kami akan kembali pukul 10.00. Terima kasih atas kesabaran Anda menunggu kabar dari kami.</p></body></html>";
    assert_shown("maintenance", |_| html(page));
    assert_named("maintenance", Reply::new(503, "text/html", page));
    let words = "<html><head><title>Pemeliharaan</title></head><body>Sedang tidak dapat dimuat dikarenakan adanya pemeliharaan \
        yang telah dijadwalkan sebelumnya.</body></html>";
    assert_named("maintenance", Reply::new(503, "text/html", words));
}

#[test]
fn a_page_that_was_cut_on_its_way_is_named() {
    let whole = String::from_utf8(good().body).unwrap();
    let middle = whole.find("melibatkan").unwrap();
    assert_shown("truncated", |_| origin::truncated(90_000, &whole[..middle]));
    // Cut at the source, with a length that is right.
    assert_shown("truncated", |_| html(&whole[..middle]));
    let tag = whole.rfind("<p>").unwrap() + 2;
    assert_shown("truncated", |_| html(&whole[..tag]));
}

#[test]
fn a_page_without_a_text_is_named() {
    assert_shown("extract_failed", |_| html(""));
    assert_shown("extract_failed", |_| html("<html><body><h1>Pasar apung</h1></body></html>"));
}
