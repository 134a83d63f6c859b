//! Correction notes: what a newspaper says when it mends a text in the open.

use std::sync::LazyLock;

use regex::Regex;

/// A label at the head of a paragraph, or a phrase that nobody uses for anything else.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        ^ [\s\[\(\*_>\-–—]* (?:
            koreksi | ralat | klarifikasi | perbaikan | pembaruan | permintaan\ maaf | hak\ jawab | sanggahan
          | catatan (?:\ (?:dari\ )? (?:redaksi|editor|penyunting)) | update | updated | pemutakhiran
          | correction s? | corrected | clarification s? | erratum | errata | retraction | editor['’]? s?['’]?\ note
          | amendment
        ) (?:\ [\w/.,]+){0,4} \s* (?: [:\]\)–—] | \ - )
        | (?:artikel|berita|judul|naskah|tulisan|laporan|versi)\ (?:ini\ )?(?:telah|sudah)\ (?:kami\ )?
          (?:di)?(?:perbarui|perbaiki|koreksi|ralat|ubah|mutakhirkan)
        | (?:versi|naskah|artikel|judul|berita)\ (?:awal|sebelumnya|semula|terdahulu)\ (?:dari\ )?(?:artikel|berita|naskah|tulisan|laporan)?\ ?(?:ini\ )?
          (?:menyebut|menulis|memuat|keliru|salah|tertulis|menyatakan)
        | mohon\ maaf\ atas\ (?:kekeliruan|kesalahan|ketidak)
        | (?:an|the)\ (?:earlier|previous|original)\ version\ of\ this\ (?:article|story|report|headline)
        | this\ (?:article|story|report|headline|piece)\ (?:has\ been|was)\ (?:\w+\ )?(?:amended|corrected|updated|clarified|edited)
        | we\ (?:regret|apologi[sz]e\ for)\ the\ error
        ",
    )
    .expect("the expression is a constant, tried by the tests")
});

/// Whether a paragraph is, or holds, a correction note.
pub(super) fn is_note(text: &str) -> bool {
    NOTE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_news() {
        for text in [
            "Koreksi: Versi awal artikel ini menyebut September. Yang benar Oktober.",
            "[Ralat] Nama narasumber telah diperbaiki.",
            "*Catatan redaksi: judul diubah pada Rabu sore.",
            "Klarifikasi – Dinas menyatakan angka itu sementara.",
            "Ralat 22 Oktober 2025: jumlah korban lima orang.",
            "Artikel ini telah diperbarui pada pukul 10.40 WIB.",
            "Redaksi mohon maaf atas kekeliruan tersebut.",
            "Correction: an earlier version misspelled the name.",
            "Editor's note: the story was changed.",
            "This article was corrected on Tuesday to fix a date.",
            "An earlier version of this story gave the wrong figure.",
            "UPDATE: Police now say five people died.",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in [
            "Polisi meminta klarifikasi dari pihak sekolah.",
            "Koreksi harga saham berlanjut pada Selasa.",
            "Perbaikan jalan dimulai pekan depan.",
            "The update will be released next week.",
            "Correction officers went on strike.",
            "Menteri mengatakan: ralat itu sudah dikirim.",
        ] {
            assert!(!is_note(text), "{text}");
        }
    }
}
