//! Edits as newspapers make them: eleven that no peer gets all right, and many of our own, in Indonesian
//! and English. Each is one sentence among three that stay.

use super::fixtures::{article, marked};
use super::*;

/// Old sentence, new sentence, kinds, and how the change is shown (changed runs only). No kinds: no new
/// version at all.
type Edit = (&'static str, &'static str, &'static str, &'static str);

const ELEVEN: &[Edit] = &[
    ("Banjir itu membuat 5 tewas.", "Banjir itu membuat 15 tewas.", "number", "[-5-]{+15+}"),
    ("Inflasi mencapai 5,95 persen.", "Inflasi mencapai 59,5 persen.", "number", "[-5,95-]{+59,5+}"),
    ("Harganya Rp 3.500 sekilo.", "Harganya Rp 35.000 sekilo.", "number", "[-3.500-]{+35.000+}"),
    ("Acara digelar Selasa (21/10).", "Acara digelar Selasa (22/10).", "date", "[-21/10-]{+22/10+}"),
    ("He was jailed for 3 months.", "He was jailed for 30 months.", "number", "[-3-]{+30+}"),
    ("\"Kami siap,\" kata dia.", "Kami siap, kata dia.", "quote", "[-\"-][-\"-]"),
    ("Dia tidak bersalah.", "Dia bersalah.", "negation", "[- tidak-]"),
    ("Dua  kata\u{a0}lagi .", "Dua kata lagi .", "", ""),
    ("“Kami siap,” kata ‘dia’ – lagi.", "\"Kami siap,\" kata 'dia' - lagi.", "", ""),
    // A site file removes such a line; where none does, it is at least called by its name.
    ("Tayang 2 jam lalu.", "Tayang 3 jam lalu.", "date", "[-2-]{+3+}"),
    // In a dateline it is metadata (see `the_dateline_is_no_text`); in the text it is a time.
    ("Pukul 10:15 WIB hujan turun.", "Pukul 10:40 WIB hujan turun.", "date", "[-10:15-]{+10:40+}"),
];

const OUR_OWN: &[Edit] = &[
    // Numbers.
    ("Luas lahan 1.200 hektare.", "Luas lahan 1,200 hektare.", "number", "[-1.200-]{+1,200+}"),
    ("Anggaran 2,5 juta dolar.", "Anggaran 2,5 miliar dolar.", "number", "[-juta-]{+miliar+}"),
    ("Korban sebanyak lima orang.", "Korban sebanyak enam orang.", "number", "[-lima-]{+enam+}"),
    ("Jaraknya 5 km dari kota.", "Jaraknya 5 mil dari kota.", "number", "[-km-]{+mil+}"),
    ("Suhu turun sampai -5 derajat.", "Suhu turun sampai 5 derajat.", "number", "[--5-]{+5+}"),
    ("Bunga naik 0,25%.", "Bunga naik 0,25 poin.", "number", "[-0,25%-]{+0,25 poin+}"),
    ("Skor akhir 2-1 untuk tuan rumah.", "Skor akhir 3-1 untuk tuan rumah.", "number", "[-2-1-]{+3-1+}"),
    ("Lebih dari 40 rumah rusak.", "Kurang dari 40 rumah rusak.", "number", "[-Lebih-]{+Kurang+}"),
    ("The fund holds $3.5bn now.", "The fund holds $35bn now.", "number", "[-$3.5bn-]{+$35bn+}"),
    ("About 1 000 000 people fled.", "About 2 000 000 people fled.", "number", "[-1 000 000-]{+2 000 000+}"),
    ("The vote was 51-49 in favour.", "The vote was 52-48 in favour.", "number", "[-51-49-]{+52-48+}"),
    ("Sekitar 60 persen setuju.", "Sekitar 6 persen setuju.", "number", "[-60-]{+6+}"),
    ("Peringkat ke-3 dunia.", "Peringkat ke-30 dunia.", "number", "[-ke-3-]{+ke-30+}"),
    ("One third of the seats are empty.", "One half of the seats are empty.", "number", "[-third-]{+half+}"),
    // Dates and times.
    ("Rapat pada 21 Oktober 2025.", "Rapat pada 12 Oktober 2025.", "date", "[-21-]{+12+}"),
    ("Rapat pada 21 Oktober lalu.", "Rapat pada 21 November lalu.", "date", "[-Oktober-]{+November+}"),
    ("Sidang digelar hari Senin siang.", "Sidang digelar hari Selasa siang.", "date", "[-Senin-]{+Selasa+}"),
    ("Ia lahir tahun 1978.", "Ia lahir tahun 1987.", "date", "[-1978-]{+1987+}"),
    ("Kereta tiba pukul 10.15 WIB.", "Kereta tiba pukul 10.45 WIB.", "date", "[-10.15-]{+10.45+}"),
    ("The hearing is on March 3, 2026.", "The hearing is on March 13, 2026.", "date", "[-3-]{+13+}"),
    ("He arrived yesterday.", "He arrived today.", "date", "[-yesterday-]{+today+}"),
    ("The trial opens on Monday.", "The trial opens on Friday.", "date", "[-Monday-]{+Friday+}"),
    // Quotations.
    (
        "\"Kami mampu menjaga,\" ujar dia.",
        "\"Kami berhasil menjaga,\" ujar dia.",
        "quote",
        "[-mampu-]{+berhasil+}",
    ),
    ("Menurut dia kami siap pergi.", "Menurut dia \"kami siap pergi\".", "quote", "{+\"+}{+\"+}"),
    ("“We will win,” she said.", "“We may win,” she said.", "quote", "[-will-]{+may+}"),
    ("Program 'makan siang' dimulai.", "Program makan siang dimulai.", "quote", "[-'-][-'-]"),
    ("“Ada 5 rumah,” kata warga.", "“Ada 7 rumah,” kata warga.", "number quote", "[-5-]{+7+}"),
    ("“Saya datang.”", "“Saya datang!”", "quote", "[-.-]{+!+}"),
    ("“Saya tidak tahu,” kata dia.", "“Saya tahu,” kata dia.", "quote negation", "[- tidak-]"),
    // Negation.
    ("Polisi belum menahan pelaku.", "Polisi menahan pelaku.", "negation", "[- belum-]"),
    ("Itu bukanlah kesalahan dia.", "Itu kesalahan dia.", "negation", "[- bukanlah-]"),
    ("The minister didn't sign it.", "The minister did sign it.", "negation wording", "[-didn't-]{+did+}"),
    ("The court found him not guilty.", "The court found him guilty.", "negation", "[- not-]"),
    (
        "Acara berlangsung tanpa izin.",
        "Acara berlangsung dengan izin.",
        "negation wording",
        "[-tanpa-]{+dengan+}",
    ),
    // Names.
    ("Rapat dipimpin Bupati Sumarni.", "Rapat dipimpin Bupati Suwarni.", "name", "[-Sumarni-]{+Suwarni+}"),
    ("Kapal itu berlayar dari Ambon.", "Kapal itu berlayar dari Ternate.", "name", "[-Ambon-]{+Ternate+}"),
    ("Penyidik KPK datang.", "Penyidik KPU datang.", "name", "[-KPK-]{+KPU+}"),
    ("The award went to Anna Keller.", "The award went to Hanna Keller.", "name", "[-Anna-]{+Hanna+}"),
    ("Yulianti mengaku lega.", "Yuliana mengaku lega.", "name", "[-Yulianti-]{+Yuliana+}"),
    // Correction notes.
    ("Jalan dibuka.", "Jalan dibuka. Redaksi mohon maaf atas kekeliruan ini.", "correction wording", ""),
    // Other words.
    ("Warga menolak rencana itu.", "Warga mendukung rencana itu.", "wording", "[-menolak-]{+mendukung+}"),
    (
        "Anak-anak bermain di lapangan.",
        "Kanak-kanak bermain di lapangan.",
        "wording",
        "[-Anak-anak-]{+Kanak-kanak+}",
    ),
    ("The storm hit the coast hard.", "The storm hit the coast badly.", "wording", "[-hard-]{+badly+}"),
    // Several at once.
    ("Ada 5 korban di Ambon.", "Ada 6 korban di Ternate.", "number name", "[-5-]{+6+}[-Ambon-]{+Ternate+}"),
    ("Selasa (21/10), 3 orang hilang.", "Rabu (22/10), 4 orang hilang.", "number date", ""),
    // Only letter case and marks.
    ("Menteri Keuangan hadir.", "Menteri keuangan hadir.", "cosmetic", "[-Keuangan-]{+keuangan+}"),
    ("Dia datang lalu pergi.", "Dia datang, lalu pergi.", "cosmetic", "{+,+}"),
    ("Dia datang , lalu pergi.", "Dia datang, lalu pergi.", "cosmetic", "[- -]"),
    ("Hujan turun!", "Hujan turun.", "cosmetic", "[-!-]{+.+}"),
    // Not to be seen at all.
    ("Kerja\u{ad}sama itu dimulai.", "Kerjasama itu dimulai.", "", ""),
    ("Cafe\u{301} itu tutup…", "Café itu tutup…", "", ""),
    ("It’s the mayor’s decision.", "It's the mayor's decision.", "", ""),
    ("Rute Bandung–Garut dibuka.", "Rute Bandung-Garut dibuka.", "", ""),
    // Scripts without spaces.
    ("事故で5人が死亡した。", "事故で15人が死亡した。", "number", "[-5-]{+15+}"),
    ("会議は東京で開かれた。", "会議は京都で開かれた。", "wording", ""),
    ("ราคาข้าว 20 บาท", "ราคาข้าว 25 บาท", "number", "[-20-]{+25+}"),
];

const STAY: [&str; 3] = [
    "Hujan turun sejak sore di lereng gunung dan baru reda menjelang malam.",
    "Pedagang pasar menutup lapak lebih awal karena jalan licin.",
    "Petugas membagikan selimut kepada warga di balai desa.",
];

#[test]
fn edits_come_out_as_an_editor_would_call_them() {
    let mut wrong = Vec::new();
    for (old, new, kinds, shown) in ELEVEN.iter().chain(OUR_OWN) {
        let body = |text| [STAY[0], text, STAY[1], STAY[2]];
        let (a, b) = (article("Judul tetap", &body(old)), article("Judul tetap", &body(new)));
        let change = compare(&a, &b);
        let found: Vec<&str> = change.kinds.iter().map(|kind| kind.as_str()).collect();
        let same = a.fingerprint().content == b.fingerprint().content;
        assert_eq!(same, kinds.is_empty(), "a new version exactly when a kind is told: {old}");
        let runs = marked(&change);
        if found.join(" ") != *kinds || !shown.is_empty() && runs != *shown {
            wrong.push(format!("{old} -> {new}: {} {runs}, wanted {kinds} {shown}", found.join(" ")));
        }
        assert_eq!(change.paragraphs.len(), 4);
        assert_eq!(change.score > 0.0, !same);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(ELEVEN.len(), 11);
    assert!(OUR_OWN.len() >= 40);
}

#[test]
fn edits_undone_are_of_the_same_kinds_but_for_the_note() {
    for (old, new, kinds, _) in ELEVEN.iter().chain(OUR_OWN) {
        let back = compare(&article("J", &[new]), &article("J", &[old]));
        let found: Vec<&str> = back.kinds.iter().map(|kind| kind.as_str()).collect();
        let wanted = kinds.trim_start_matches("correction ");
        assert_eq!(found.join(" "), wanted, "{new} -> {old}");
    }
}
