use super::*;

fn cut(text: &str) -> Vec<String> {
    pieces(text).into_iter().map(|piece| piece.text).collect()
}

#[test]
fn text_is_cut_where_a_reader_would_cut_it() {
    for (text, expected) in [
        ("Inflasi 5,95 persen, naik.", "Inflasi|5,95|persen|,|naik|."),
        ("Selasa (21/10/2025).", "Selasa|(|21/10/2025|)|."),
        ("pukul 10.15–10.40 WIB", "pukul|10.15–10.40|WIB"),
        ("2025-10-21T20:43:00+07:00", "2025-10-21T20:43:00+07:00"),
        ("Rp3.500 dan Rp 35.000", "Rp3.500|dan|Rp|35.000"),
        ("US$5, $3.5bn, 5€, -€20", "US$5|,|$3.5bn|,|5€|,|-€20"),
        ("suhu -5°C, +3% (5%-10%)", "suhu|-5°C|,|+3%|(|5%-10%|)"),
        ("teknik-teknik ke-3 Covid-19 17-an", "teknik-teknik|ke-3|Covid-19|17-an"),
        ("don't dan Jakarta's \"kata\"", "don't|dan|Jakarta's|\"|kata|\""),
        ("‘Kami’ bekerja", "‘|Kami|’|bekerja"),
        ("1 000 000 orang, 1 000,5 ton", "1 000 000|orang|,|1 000,5|ton"),
        ("tahun 2024 300 orang", "tahun|2024|300|orang"),
        ("detik.com selesai.Kemudian U.S. Rp.500", "detik.com|selesai|.|Kemudian|U.S|.|Rp.500"),
        ("SK 12/KPTS/2024 suami/istri", "SK|12/KPTS/2024|suami|/|istri"),
        ("perang—dan damai", "perang|—|dan|damai"),
        ("lalu... lalu!!", "lalu|...|lalu|!!"),
        ("#BersihDesa @desa R&D 18+", "#BersihDesa|@desa|R&D|18+"),
        ("東京で15人", "東|京|で|15|人"),
        ("三十五人", "三十五|人"),
        ("ภาษาไทย", "ภ|า|ษ|า|ไ|ท|ย"),
        ("  dua\u{a0}\u{200b} kata\n", "dua|kata"),
        ("", ""),
    ] {
        assert_eq!(cut(text).join("|"), expected, "{text}");
    }
}

#[test]
fn the_shape_of_quotes_and_dashes_moves_no_boundary() {
    for (a, b) in [("“Kami” – 10–15", "\"Kami\" - 10-15"), ("Jum’at", "Jum'at"), ("anak‑anak", "anak-anak")]
    {
        let keys = |text| pieces(text).iter().map(|p| p.key().to_owned()).collect::<Vec<_>>();
        assert_eq!(keys(a), keys(b));
    }
}

proptest::proptest! {
    #[test]
    fn no_character_is_lost_and_no_number_is_cut(text in "[a-z0-9 .,:/$%+'\"()–—-]{0,60}|.{0,40}") {
        let tidy = readable_text(&text);
        let mut back = String::new();
        for piece in pieces(&text) {
            if piece.space {
                back.push(' ');
            }
            let cut = back.ends_with(|c: char| c.is_ascii_digit()) && piece.text.starts_with(|c: char| c.is_ascii_digit());
            proptest::prop_assert!(!cut, "a number is cut in {tidy:?}");
            back.push_str(&piece.text);
        }
        proptest::prop_assert_eq!(back, tidy);
    }
}
