//! What the newsroom does between the two crawls.

use jiff::Timestamp;

use super::newsroom::Newsroom;
use super::paper::{CAKRAWALA, GAZETTE, LEMBAH};
use super::story::Edit;

/// What happens to one story.
pub struct Change {
    pub paper: usize,
    pub slug: &'static str,
    /// The newsroom's work, in words.
    pub what: &'static str,
    edits: &'static [Edit],
}

/// All changes, in the order in which they are told.
pub const CHANGES: &[Change] = &[
    Change {
        paper: LEMBAH,
        slug: "wali-kota-tidak-ada-rencana-menutup-pasar-apung",
        what: "turns a headline, a denial and a quotation around, and says nothing of it",
        edits: &[
            Edit::Headline("Wali Kota Pertimbangkan Menutup Pasar Apung"),
            Edit::Replace("menegaskan tidak ada rencana menutup", "menegaskan ada rencana menutup"),
            Edit::Replace("pasar itu tidak akan ditutup.", "pasar itu akan ditutup paling lama setahun."),
        ],
    },
    Change {
        paper: LEMBAH,
        slug: "harga-teri-naik-menjelang-pekan-raya",
        what: "swaps two digits back",
        edits: &[Edit::Replace("hanya 12 ton", "hanya 21 ton")],
    },
    Change {
        paper: CAKRAWALA,
        slug: "feri-kandas-di-selat-teraju",
        what: "corrects a number and says so",
        edits: &[
            Edit::Replace("48 ", "84 "),
            Edit::Append("Ralat: versi sebelumnya menyebut 48 penumpang. Jumlah yang benar adalah 84."),
        ],
    },
    Change {
        paper: CAKRAWALA,
        slug: "panen-garam-musim-ini-terbaik",
        what: "moves a paragraph down",
        edits: &[Edit::Move { from: 2, to: 5 }],
    },
    Change {
        paper: CAKRAWALA,
        slug: "bupati-bantah-terima-kapal-pesiar",
        what: "withdraws a story: 410 Gone",
        edits: &[Edit::Withdraw],
    },
    Change {
        paper: LEMBAH,
        slug: "rekaman-rapat-anggaran-beredar",
        what: "deletes a story: 404, as WordPress says it",
        edits: &[Edit::Withdraw],
    },
    Change {
        paper: GAZETTE,
        slug: "council-keeps-lighthouse-library",
        what: "recounts the votes and softens a promise",
        edits: &[
            Edit::Replace("6 votes to 5", "7 votes to 4"),
            Edit::Replace("by one vote", "by three votes"),
            Edit::Replace(
                "We will not close it, not this winter and not the next",
                "We have no plans to close it this winter",
            ),
        ],
    },
    Change {
        paper: LEMBAH,
        slug: "dewan-kota-majukan-pembahasan-pasar-apung",
        what: "prints a new story",
        edits: &[Edit::Print],
    },
];

impl Change {
    /// Makes the change; false when one of its edits had nothing to change.
    pub fn make(&self, newsroom: &Newsroom, now: Timestamp) -> bool {
        let done = self.edits.iter().filter(|edit| newsroom.edit(self.paper, self.slug, **edit, now));
        done.count() == self.edits.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edit_finds_what_it_changes() {
        let now: Timestamp = "2026-11-23T10:30:00Z".parse().unwrap();
        let newsroom = Newsroom::start(now).unwrap();
        for change in CHANGES {
            assert!(change.make(&newsroom, now), "{}: {}", change.slug, change.what);
        }
    }
}
