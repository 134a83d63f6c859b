use super::*;

fn check(raw: &str, rest: &str, places: &[&str], agency: Option<&str>, date: Option<&str>) {
    let text = format!("{raw}{rest}");
    let line = split(&text, &Hints::default()).unwrap_or_else(|| panic!("no dateline in {text:?}"));
    assert_eq!(line.raw, raw, "{text}");
    assert_eq!(line.places, places, "{text}");
    assert_eq!(line.agency.as_deref(), agency, "{text}");
    assert_eq!(line.date.as_deref(), date, "{text}");
}

#[test]
fn strong_forms_name_an_agency_an_outlet_or_a_date() {
    for (raw, places, agency, date) in [
        ("JAKARTA (ANTARA) - ", &["JAKARTA"][..], Some("ANTARA"), None),
        ("JAKARTA, 18/6 (ANTARA) - ", &["JAKARTA"], Some("ANTARA"), Some("18/6")),
        ("Aceh Timur (SL) – ", &["Aceh Timur"], Some("SL"), None),
        ("SURABAYA, KOMPAS.com - ", &["SURABAYA"], Some("KOMPAS.com"), None),
        ("Bandung, CNN Indonesia -- ", &["Bandung"], Some("CNN Indonesia"), None),
        ("REPUBLIKA.CO.ID, MATARAM -- ", &["MATARAM"], Some("REPUBLIKA.CO.ID"), None),
        ("Bisnis.com,JAKARTA—", &["JAKARTA"], Some("Bisnis.com"), None),
        ("Liputan6.com, Jakarta ", &["Jakarta"], Some("Liputan6.com"), None),
        ("PanARMENIAN.Net - ", &[], Some("PanARMENIAN.Net"), None),
        ("LANSING, Mich. (AP) — ", &["LANSING", "Mich."], Some("AP"), None),
        ("ST. PAUL, Minn. (AP) — ", &["ST. PAUL", "Minn."], Some("AP"), None),
        ("KABUL/GENEVA, March 7 (Reuters) - ", &["KABUL", "GENEVA"], Some("Reuters"), Some("March 7")),
        ("March 4 (Reuters) - ", &[], Some("Reuters"), Some("March 4")),
        ("(Reuters) — ", &[], Some("Reuters"), None),
        ("(ANSA) - TORINO, 16 MAG - ", &["TORINO"], Some("ANSA"), Some("16 MAG")),
        ("Paris/Lyon (APA/dpa) - ", &["Paris", "Lyon"], Some("APA/dpa"), None),
        ("LIMA, 18 jun (Xinhua) -- ", &["LIMA"], Some("Xinhua"), Some("18 jun")),
        ("MADRID 27 Nov. (EUROPA PRESS) - ", &["MADRID"], Some("EUROPA PRESS"), Some("27 Nov.")),
        ("МОСКВА, 3 января. /ТАСС/. ", &["МОСКВА"], Some("ТАСС"), Some("3 января")),
        ("МОСКВА, 13 дек — РИА Новости. ", &["МОСКВА"], Some("РИА Новости"), Some("13 дек")),
        (
            "RENO, Nev., Sept. 19, 2025 /PRNewswire/ -- ",
            &["RENO", "Nev."],
            Some("PRNewswire"),
            Some("Sept. 19, 2025"),
        ),
        (
            "PARIS & TEL AVIV, Israel--(BUSINESS WIRE)--",
            &["PARIS", "TEL AVIV", "Israel"],
            Some("BUSINESS WIRE"),
            None,
        ),
        ("MONOPOLI (BARI) - ", &["MONOPOLI", "BARI"], None, None),
        ("PUTRAJAYA, Nov 22 — ", &["PUTRAJAYA"], None, Some("Nov 22")),
        ("دمشق، سوريا (CNN) -- ", &["دمشق", "سوريا"], Some("CNN"), None),
    ] {
        check(raw, "Warga menanam seribu pohon di lereng.", places, agency, date);
    }
}

#[test]
fn east_asian_agencies_have_their_own_shapes() {
    check(
        "(부산=연합뉴스) 김하나 기자 = ",
        "시는 나무를 심었다고 밝혔다.",
        &["부산"],
        Some("연합뉴스"),
        None,
    );
    check("【大阪=共同】", "市は木を植えたと発表した。", &["大阪"], Some("共同"), None);
    check(
        "［パリ　１１日　ロイター］ - ",
        "市は木を植えたと発表した。",
        &["パリ"],
        Some("ロイター"),
        Some("１１日"),
    );
    check(
        "新华社上海5月19日电（记者甲）",
        "市政府种了一千棵树。",
        &["上海"],
        Some("新华社"),
        Some("5月19日"),
    );
}

#[test]
fn agencies_and_outlets_write_in_many_shapes() {
    for (raw, places, agency, date) in [
        ("Surabaya, Jun 5 (PTI) ", &["Surabaya"][..], Some("PTI"), Some("Jun 5")),
        ("MEDAN (Kabar Desa): ", &["MEDAN"], Some("Kabar Desa"), None),
        ("Sukamaju, (ANTARA) - ", &["Sukamaju"], Some("ANTARA"), None),
        ("Wien (Umgebung) (APA) - ", &["Wien", "Umgebung"], Some("APA"), None),
        ("TEMPO.CO , Jakarta - ", &["Jakarta"], Some("TEMPO.CO"), None),
        ("KONTAN.CO.ID - JAKARTA. ", &["JAKARTA"], Some("KONTAN.CO.ID"), None),
        ("JAKARTA | kabar.co.id - ", &["JAKARTA"], Some("kabar.co.id"), None),
        ("EFE.- ", &[], Some("EFE"), None),
        ("عمان 5 يونيو (رويترز) - ", &["عمان"], Some("رويترز"), Some("5 يونيو")),
    ] {
        let rest = if raw.contains('ع') {
            "زرع السكان ألف شجرة على المنحدر"
        } else {
            "Warga menanam seribu pohon."
        };
        check(raw, rest, places, agency, date);
    }
    check("【京都共同】", "市は木を植えたと発表した。", &["京都"], Some("共同"), None);
    check(
        "[부산=연합뉴스] 김하나 기자 = ",
        "시는 나무를 심었다고 밝혔다.",
        &["부산"],
        Some("연합뉴스"),
        None,
    );
}

#[test]
fn the_habit_of_a_site_decides_what_is_borderline() {
    let with = |text: &str, prior| {
        split(text, &Hints { prior, ..Hints::default() }).map(|line| (line.raw, line.places))
    };
    for (raw, place) in [("Sukamaju – ", "Sukamaju"), ("Bandung. ", "Bandung"), ("BANDUNG: ", "BANDUNG")] {
        let text = format!("{raw}Warga menanam seribu pohon.");
        assert_eq!(with(&text, DatelinePrior::Unknown), None, "{text}");
        let found = with(&text, DatelinePrior::Always).unwrap();
        assert_eq!((found.0.as_str(), found.1[0].as_str()), (raw, place));
    }
    let borderline = "Bandung – Warga menanam seribu pohon.";
    assert!(with(borderline, DatelinePrior::Unknown).is_some());
    assert_eq!(with(borderline, DatelinePrior::Never), None);
    // Who names an agency or a day means a dateline on any site.
    assert!(with("Bandung (ANTARA) - Warga menanam pohon.", DatelinePrior::Never).is_some());
    assert_eq!(with("Nein. Das sagte niemand in der Stadt.", DatelinePrior::Always), None);
}

#[test]
fn weak_forms_need_capitals_a_known_place_or_a_prior() {
    check("Pyongyang – ", "Presiden tiba kemarin malam.", &["Pyongyang"], None, None);
    check("Jakarta- ", "Komedian itu tertawa lepas.", &["Jakarta"], None, None);
    check("FLUSHING MEADOWS — ", "The final was a long one.", &["FLUSHING MEADOWS"], None, None);
    check(
        "DUBAI, United Arab Emirates — ",
        "The carrier grew.",
        &["DUBAI", "United Arab Emirates"],
        None,
        None,
    );
    let text = "Sukamaju – Warga menanam seribu pohon.";
    assert_eq!(split(text, &Hints::default()), None);
    let prior = Hints { prior: DatelinePrior::Always, ..Hints::default() };
    assert_eq!(split(text, &prior).unwrap().raw, "Sukamaju – ");
}

#[test]
fn what_only_looks_like_a_dateline_stays() {
    for text in [
        "– Kami menanam pohon, kata seorang warga.",
        "Berlin – das ist für viele die Stadt der Freiheit.",
        "Senin - Jumat, kantor itu buka pukul 08.00 WIB.",
        "BREAKING NEWS - Gempa mengguncang Bali.",
        "EXCLUSIVE - Germany plans to double its aid.",
        "LE POINT SUR LA SITUATION - «Nous avons échoué»",
        "Raspberry Pi 3 - A computer that costs little",
        "Binge eating disorder (BED) is a serious illness.",
        "Liverpool - Arsenal 2-1",
        "The deal – set to be the largest in years – fell through.",
        "Rae – whose surname is withheld – hails from a farm.",
        "2024 – Jakarta",
        "Bandung - Januari 2021",
        "Keroncong / Dangdut / Campursari",
        "Köln–Bonn heißt die Strecke, die wieder gesperrt ist.",
        "KabarKita-Wartawan Sari menanam pohon.",
        "[나무신문=김하나의 숲 이야기] 시는 나무를 심었다고 밝혔다.",
        "[부산=김하나의 숲 이야기] 시는 나무를 심었다고 밝혔다.",
        "",
    ] {
        let outlets = ["KabarKita".to_owned()];
        assert_eq!(split(text, &Hints { outlets: &outlets, ..Hints::default() }), None, "{text}");
    }
    let always = Hints { prior: DatelinePrior::Always, ..Hints::default() };
    assert_eq!(split("Berlin-Mitte bekommt tausend neue Bäume.", &always), None);
}

#[test]
fn an_outlet_of_the_page_is_an_agency() {
    let outlets = vec!["Kabar Kita".to_owned()];
    let line = split(
        "Sukamaju, Kabar Kita - Warga menanam pohon.",
        &Hints { outlets: &outlets, prior: DatelinePrior::Unknown },
    );
    assert_eq!(line.unwrap().agency.as_deref(), Some("Kabar Kita"));
}

proptest::proptest! {
    #[test]
    fn the_raw_text_is_always_a_prefix(text in "[A-Za-zé/,.() –-]{0,60}|.{0,40}") {
        if let Some(line) = split(&text, &Hints { outlets: &[], prior: DatelinePrior::Always }) {
            proptest::prop_assert!(text.starts_with(&line.raw));
        }
    }
}
