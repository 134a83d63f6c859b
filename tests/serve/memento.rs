//! Memento (RFC 7089).

use crate::room::{GEMPA, Room, shelf};

#[test]
fn an_address_leads_to_the_version_of_a_time() {
    let room = Room::open(shelf(), &[]);
    for (path, headers, to) in [
        (format!("/web/{GEMPA}"), vec![], "/a/1/v/2"),
        (format!("/web/20260301080000/{GEMPA}"), vec![], "/a/1/v/1"),
        (format!("/web/20260301093000/{GEMPA}"), vec![], "/a/1/v/2"),
        (format!("/web/2020/{GEMPA}"), vec![], "/a/1/v/1"),
        (format!("/web/2027/{GEMPA}"), vec![], "/a/1/v/2"),
        ("/web/2027/https:/kabar.example/gempa".to_owned(), vec![], "/a/1/v/2"),
        ("/web/kabar.example/gempa".to_owned(), vec![], "/a/1/v/2"),
        (format!("/web/{GEMPA}"), vec![("Accept-Datetime", "Sun, 01 Mar 2026 08:20:00 GMT")], "/a/1/v/1"),
    ] {
        let got = room.with(&path, &headers);
        assert_eq!((got.status, got.header("location")), (302, to), "{path} {headers:?}");
        assert!(got.header("link").contains(&format!("<{GEMPA}>; rel=\"original\"")), "{path}");
    }
    assert_eq!(room.get(&format!("/web/{GEMPA}")).header("vary"), "accept-datetime");
    let version = room.get("/a/1/v/1");
    assert_eq!(version.header("memento-datetime"), "Sun, 01 Mar 2026 08:00:00 GMT");
    assert!(
        version.header("link").contains("rel=\"timegate\"")
            && version.header("link").contains("rel=\"timemap\"")
    );
    assert_eq!(room.get("/a/1").header("memento-datetime"), "");
    assert_eq!(room.get("/web/https://lain.example/").status, 404);
    assert_eq!(room.get(&format!("/web/20261332/{GEMPA}")).status, 400);
    assert_eq!(room.with(&format!("/web/{GEMPA}"), &[("Accept-Datetime", "kemarin")]).status, 400);
}

#[test]
fn a_timemap_lists_all_versions() {
    let room = Room::open(shelf(), &[]);
    let got = room.get(&format!("/timemap/link/{GEMPA}"));
    assert_eq!((got.status, got.header("content-type")), (200, "application/link-format"));
    let base = format!("http://127.0.0.1:{}", room.port);
    assert_eq!(
        got.body.lines().collect::<Vec<_>>(),
        [
            format!("<{GEMPA}>; rel=\"original\","),
            format!("<{base}/web/{GEMPA}>; rel=\"timegate\","),
            format!("<{base}/timemap/link/{GEMPA}>; rel=\"self\"; type=\"application/link-format\","),
            format!("<{base}/a/1/v/1>; rel=\"first memento\"; datetime=\"Sun, 01 Mar 2026 08:00:00 GMT\","),
            format!("<{base}/a/1/v/2>; rel=\"last memento\"; datetime=\"Sun, 01 Mar 2026 10:00:00 GMT\""),
        ]
    );
    assert_eq!(room.get("/timemap/link/https://lain.example/").status, 404);
}
