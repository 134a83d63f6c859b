//! Words of one root, and words that only look alike.

use std::convert::Infallible;

use super::affix::{MOST_FORMS, kin, roots};

/// The kin of a word among these.
fn among(word: &str, words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let in_use = |forms: &[&str]| {
        assert!(forms.is_sorted_by(|a, b| a < b));
        let known = forms.iter().filter(|form| words.contains(form));
        Ok::<_, Infallible>(known.map(|form| (*form).to_owned()).collect())
    };
    let mut found = kin(word, in_use).unwrap();
    found.sort_unstable();
    found
}

#[test]
fn words_of_one_root_find_one_another() {
    for family in [
        "mengendalikan pengendalian terkendali dikendalikan kendali",
        "menangkap penangkapan ditangkap tertangkap tangkap",
        "menyerang penyerangan diserang serangan serang",
        "memilih pemilihan dipilih terpilih pilihan pilih pemilih",
        "mengurus pengurusan diurus urusan pengurus urus",
        "bekerja pekerja pekerjaan kerja dikerjakan mengerjakan",
        "berjalan perjalanan menjalankan dijalankan jalan jalanan",
        "mengajukan pengajuan diajukan",
        "menguji pengujian diuji",
        "belajar mengajar pelajaran ajaran ajar diajarkan",
        "memperbaiki diperbaiki perbaikan baik kebaikan",
        "pemerintah pemerintahan diperintahkan perintah memerintahkan",
        "korupsi dikorupsi mengorupsi",
        "banjir kebanjiran",
        "membangun pembangunan dibangun bangunan terbangun",
    ] {
        let words: Vec<&str> = family.split_whitespace().collect();
        for word in &words {
            let found = among(word, family);
            let others = words.iter().filter(|other| *other != word).count();
            assert!(!found.is_empty() && found.len() * 3 >= others, "{word}: {found:?} of {words:?}");
            assert!(!found.contains(&(*word).to_owned()));
        }
    }
    for (word, family, kin) in [
        (
            "mengendalikan",
            "pengendalian terkendali dikendalikan kendali endali",
            "dikendalikan kendali pengendalian terkendali",
        ),
        ("mengendalikan", "pengendalian", "pengendalian"),
        ("perbaikan", "baik kurus", "baik"),
        ("rumahnya", "rumah perumahan", "perumahan rumah"),
    ] {
        assert_eq!(among(word, family).join(" "), kin, "{word}");
    }
}

#[test]
fn words_that_only_look_alike_do_not() {
    let words = "cent germ rector teri ras kurus urus diurus ang nang ita minal lin son mak erang iran ikan";
    for word in [
        "percent", "german", "menteri", "beras", "berita", "perang", "berlin", "person", "makan", "iran",
        "ikan", "terminal", "di", "ke", "", "kami", "mereka", "Menang", "me-nang", "menggg", "ketika",
        "selasa",
    ] {
        assert_eq!(among(word, words), [""; 0], "{word}");
    }
}

proptest::proptest! {
    #[test]
    fn any_word_gives_few_forms(word in "[a-z]{0,40}") {
        let found = kin(&word, |forms| Ok::<_, Infallible>(forms.iter().map(|form| (*form).to_owned()).collect())).unwrap();
        proptest::prop_assert!(found.len() <= MOST_FORMS);
        proptest::prop_assert!(roots(&word).len() < 120);
    }
}
