use super::*;

const NOW: &str = "2024-06-20T12:00:00Z";

fn read(text: &str, zone: Option<&str>, language: Option<&str>) -> Option<String> {
    parse(text, &[], zone, language, NOW.parse().unwrap()).map(|when| when.to_string())
}

#[test]
fn machine_dates_keep_their_offset() {
    for (text, expected) in [
        ("2024-06-20T09:15:00+07:00", "2024-06-20T09:15:00+07:00"),
        ("2024-06-20T09:15:00Z", "2024-06-20T09:15:00+00:00"),
        ("2024-06-20T09:15:00.123-0500", "2024-06-20T09:15:00-05:00"),
        ("2024-06-20 09:15", "2024-06-20T09:15:00+00:00"),
        ("20240620T091500Z", "2024-06-20T09:15:00+00:00"),
        ("20240620", "2024-06-20T00:00:00+00:00"),
        ("Thu, 20 Jun 2024 09:15:00 +0700", "2024-06-20T09:15:00+07:00"),
        ("Thu Jun 20 2024 09:15:00 GMT+0200", "2024-06-20T09:15:00+02:00"),
        ("Thu Jun 20 09:15:00 WIB 2024", "2024-06-20T09:15:00+07:00"),
        ("1718849700", "2024-06-20T02:15:00+00:00"),
        ("1718849700000", "2024-06-20T02:15:00+00:00"),
        ("/2024/06/20/berita/", "2024-06-20T00:00:00+00:00"),
    ] {
        assert_eq!(read(text, None, Some("en")).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn visible_dates_are_read_in_many_languages() {
    for (text, language, expected) in [
        ("Kamis, 20 Juni 2024 | 09:15 WIB", "id", "2024-06-20T09:15:00+07:00"),
        ("Kamis, 20 Jun 2024 09.15 WITA", "id", "2024-06-20T09:15:00+08:00"),
        ("20/06/2024, 09:15 WIT", "id", "2024-06-20T09:15:00+09:00"),
        ("Diterbitkan 5 Agt 2023 pukul 7.05 WIB", "id", "2023-08-05T07:05:00+07:00"),
        ("Sab, 03 Ags 2024 14:00 WITA", "id", "2024-08-03T14:00:00+08:00"),
        ("Minggu (4/8/2024)", "id", "2024-08-04T00:00:00+00:00"),
        ("Kamis, 20 Juni 2024 - 09:15", "id", "2024-06-20T09:15:00+00:00"),
        ("Jumat 7 Nopember 2014, 9:05 WIT", "id", "2014-11-07T09:05:00+09:00"),
        ("16 Jan '24 10:00 WIB", "id", "2024-01-16T10:00:00+07:00"),
        ("June 7, 2024 at 3:05 p.m. EDT", "en", "2024-06-07T15:05:00-04:00"),
        ("Updated 12:30 AM ET, Fri June 7, 2024", "en-US", "2024-06-07T00:30:00-05:00"),
        ("6/7/2024", "en-US", "2024-06-07T00:00:00+00:00"),
        ("6/7/2024", "en-GB", "2024-07-06T00:00:00+00:00"),
        ("7th June 2024", "en-GB", "2024-06-07T00:00:00+00:00"),
        ("20. Juni 2024 um 09.15 Uhr", "de", "2024-06-20T09:15:00+00:00"),
        ("20.06.24, 9:15 Uhr", "de", "2024-06-20T09:15:00+00:00"),
        ("Publié le 20 juin 2024 à 09h15", "fr", "2024-06-20T09:15:00+00:00"),
        ("20 de junio de 2024 a las 09:15", "es", "2024-06-20T09:15:00+00:00"),
        ("12 ago 2023", "es", "2023-08-12T00:00:00+00:00"),
        ("20 giu 2024", "it", "2024-06-20T00:00:00+00:00"),
        ("20 czerwca 2024, 9:15", "pl", "2024-06-20T09:15:00+00:00"),
        ("2024. június 20. 9:15", "hu", "2024-06-20T09:15:00+00:00"),
        ("20 июня 2024, 09:15 МСК", "ru", "2024-06-20T09:15:00+03:00"),
        ("2024年6月20日 09:15", "ja", "2024-06-20T09:15:00+00:00"),
        ("２０２４年６月２０日 午後3時05分", "ja", "2024-06-20T15:05:00+00:00"),
        ("2024년 6월 20일 오후 3:05", "ko", "2024-06-20T15:05:00+00:00"),
        ("2024. 6. 20. 15:05", "ko", "2024-06-20T15:05:00+00:00"),
        ("20 มิถุนายน 2567", "th", "2024-06-20T00:00:00+00:00"),
        ("20 tháng 6, 2024", "vi", "2024-06-20T00:00:00+00:00"),
        ("٢٠ يونيو ٢٠٢٤", "ar", "2024-06-20T00:00:00+00:00"),
        ("20 haziran 2024 Perşembe 09:15", "tr", "2024-06-20T09:15:00+00:00"),
    ] {
        assert_eq!(read(text, None, Some(language)).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn times_told_from_now_are_counted_back() {
    for (text, expected) in [
        ("3 jam lalu", "2024-06-20T09:00:00+00:00"),
        ("15 menit yang lalu", "2024-06-20T11:45:00+00:00"),
        ("an hour ago", "2024-06-20T11:00:00+00:00"),
        ("vor 2 Stunden", "2024-06-20T10:00:00+00:00"),
        ("il y a 3 heures", "2024-06-20T09:00:00+00:00"),
        ("3時間前", "2024-06-20T09:00:00+00:00"),
        ("3시간 전", "2024-06-20T09:00:00+00:00"),
        ("Kemarin, 21:40", "2024-06-19T21:40:00+00:00"),
        ("Hari ini, 07:05", "2024-06-20T07:05:00+00:00"),
        ("sejam yang lalu", "2024-06-20T11:00:00+00:00"),
        ("2 days ago", "2024-06-18T12:00:00+00:00"),
    ] {
        assert_eq!(read(text, None, None).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn the_zone_of_the_site_is_used_and_marked() {
    let when =
        parse("20 Juni 2024 09:15", &[], Some("Asia/Jakarta"), Some("id"), NOW.parse().unwrap()).unwrap();
    assert_eq!(when.to_string(), "2024-06-20T09:15:00+07:00");
    assert_eq!((when.zone_from, when.precision), (ZoneFrom::Site, Precision::Minute));
    let day = parse("20 Juni 2024", &[], None, Some("id"), NOW.parse().unwrap()).unwrap();
    assert_eq!((day.zone_from, day.precision), (ZoneFrom::Assumed, Precision::Day));
}

#[test]
fn formats_of_a_site_file_come_first() {
    let formats = ["%m/%d/%Y %H:%M".to_owned(), "%d %B %Y".to_owned()];
    let read =
        |text: &str| parse(text, &formats, None, Some("id"), NOW.parse().unwrap()).map(|w| w.to_string());
    assert_eq!(read("Tayang: 06/07/2024 18:30 WIB").as_deref(), Some("2024-06-07T18:30:00+07:00"));
    assert_eq!(read("7 Mei 2024").as_deref(), Some("2024-05-07T00:00:00+00:00"));
}

#[test]
fn what_is_no_date_gives_none() {
    for text in
        ["", "Juni 2024", "32/13/2024", "harga 12.500", "2099-01-01", "Pukul 09:15", "999999999999999999999"]
    {
        assert_eq!(read(text, None, Some("id")), None, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[0-9a-zéя日 :/.,+-]{0,40}|.{0,30}") {
        let _ = read(&text, Some("Asia/Jakarta"), Some("id"));
        let _ = parse(&text, &["%d/%m/%Y %H:%M".to_owned()], None, None, NOW.parse().unwrap());
    }
}
