//! What to write when an article has been read again. Pure: old state and new reading in, intent out.

use super::{Article, ArticleState, Cause, ExtractorId, Fingerprint, Sha256, VersionSeq};

/// What the archive knows of an article before it is read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The latest version.
    pub seq: VersionSeq,
    /// Its hashes.
    pub fingerprint: Fingerprint,
    /// Which extractor read it.
    pub extractor: ExtractorId,
    /// How many words its body has.
    pub words: usize,
    /// What became of the article.
    pub state: ArticleState,
    /// Content hashes of all versions, oldest first.
    pub earlier: Vec<(VersionSeq, Sha256)>,
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// The article is new: write version 1.
    First,
    /// Nothing that counts differs: write the fetch, no version.
    Same,
    /// Write a version.
    Changed {
        /// Whose change it is.
        cause: Cause,
        /// The earlier version it equals, if it equals one.
        reverts_to: Option<VersionSeq>,
    },
    /// The new reading is worse than what we have (no text at all): keep the old, write an event.
    KeepBetter {
        /// Why, in a sentence.
        reason: String,
    },
}

/// Decides what a new reading of an article means.
///
/// `reread` is the head's own capture read again by the present extractor. It is asked for when the
/// extractor has changed since, and tells our change from the newspaper's: when it equals the new
/// reading, the page did not change, only we did.
#[must_use]
pub fn decide(head: Option<&Head>, new: &Article, reread: Option<&Fingerprint>) -> Intent {
    let Some(head) = head else { return Intent::First };
    let fingerprint = new.fingerprint();
    if fingerprint.content == head.fingerprint.content {
        return Intent::Same;
    }
    if new.body.is_empty() && head.words > 0 {
        return Intent::KeepBetter {
            reason: format!("the page now gives no text; version {} has {} words", head.seq, head.words),
        };
    }
    let ours = reread.is_some_and(|reread| reread.content == fingerprint.content);
    let cause = if ours { Cause::Reextract } else { Cause::Publisher };
    let reverts_to = head
        .earlier
        .iter()
        .filter(|(seq, _)| *seq < head.seq)
        .rev()
        .find(|(_, content)| *content == fingerprint.content)
        .map(|(seq, _)| *seq);
    Intent::Changed { cause, reverts_to }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::{Block, BlockKind, Dateline, Reading, sha256};

    fn article(title: &str, body: &[&str]) -> Article {
        Article {
            title: title.to_owned(),
            dateline: None,
            authors: Vec::new(),
            section: None,
            language: None,
            published: None,
            modified: None,
            canonical_url: None,
            body: body
                .iter()
                .map(|text| Block { kind: BlockKind::Paragraph, text: (*text).to_owned() })
                .collect(),
            images: Vec::new(),
            comment_form: None,
            removed: Vec::new(),
            reading: Reading {
                site: "kabar".to_owned(),
                layout: "article".to_owned(),
                site_file_sha256: sha256(b""),
                extractor: ExtractorId("1".to_owned()),
                fields: BTreeMap::new(),
            },
        }
    }

    /// The head of an article that read like this, version after version.
    fn head(versions: &[&Article]) -> Head {
        let latest = versions.last().unwrap();
        let numbered = (1..).map(VersionSeq).zip(versions.iter().map(|a| a.fingerprint().content));
        Head {
            seq: VersionSeq(versions.len() as i64),
            fingerprint: latest.fingerprint(),
            extractor: ExtractorId("1".to_owned()),
            words: latest.words(),
            state: ArticleState::Live,
            earlier: numbered.collect(),
        }
    }

    fn publisher(reverts_to: Option<i64>) -> Intent {
        Intent::Changed { cause: Cause::Publisher, reverts_to: reverts_to.map(VersionSeq) }
    }

    const BODY: &[&str] = &["Sebanyak 5 orang tewas.", "“Kami tidak tahu,” kata Siti."];

    #[test]
    fn what_was_never_read_is_first() {
        assert_eq!(decide(None, &article("Gempa", BODY), None), Intent::First);
        assert_eq!(decide(None, &article("Gempa", &[]), None), Intent::First);
    }

    #[test]
    fn every_edit_that_means_something_is_a_version() {
        let old = article("Gempa di Cianjur", BODY);
        let with = |change: fn(&mut Article)| {
            let mut new = old.clone();
            change(&mut new);
            new
        };
        for (what, new) in [
            ("headline", with(|a| a.title = "Gempa di Garut".to_owned())),
            ("number", article("Gempa di Cianjur", &["Sebanyak 15 orang tewas.", BODY[1]])),
            ("negation", article("Gempa di Cianjur", &[BODY[0], "“Kami tahu,” kata Siti."])),
            ("quotation marks", article("Gempa di Cianjur", &[BODY[0], "Kami tidak tahu, kata Siti."])),
            ("paragraph moved", article("Gempa di Cianjur", &[BODY[1], BODY[0]])),
            ("paragraph removed", article("Gempa di Cianjur", &BODY[..1])),
            ("paragraphs joined", article("Gempa di Cianjur", &[&BODY.join(" ")])),
            ("author", with(|a| a.authors.push("Siti".to_owned()))),
            ("section", with(|a| a.section = Some("Bencana".to_owned()))),
            (
                "dateline",
                with(|a| {
                    a.dateline = Some(Dateline { raw: "CIANJUR – ".to_owned(), ..Dateline::default() })
                }),
            ),
        ] {
            assert_eq!(decide(Some(&head(&[&old])), &new, None), publisher(None), "{what}");
        }
    }

    #[test]
    fn what_no_editor_means_is_no_version() {
        let old = article("Gempa di “Cianjur”", BODY);
        let mut photo = old.clone();
        photo
            .images
            .push(crate::model::Image { url: "https://kabar.example/a.jpg".to_owned(), caption: None });
        for (what, new) in [
            ("nothing", old.clone()),
            ("shape of quotation marks", article("Gempa di \"Cianjur\"", BODY)),
            ("blanks", article("Gempa  di\u{a0}“Cianjur”", BODY)),
            ("soft hyphen", article("Gem\u{ad}pa di “Cianjur”", BODY)),
            ("a picture", photo),
        ] {
            assert_eq!(decide(Some(&head(&[&old])), &new, None), Intent::Same, "{what}");
        }
    }

    #[test]
    fn no_text_never_takes_the_place_of_text() {
        let old = article("Gempa", BODY);
        let empty = article("Setujui kuki", &[]);
        let kept = decide(Some(&head(&[&old])), &empty, None);
        assert!(matches!(&kept, Intent::KeepBetter { reason } if reason.contains("version 1")), "{kept:?}");
        // Not even when it is our own reading that lost the text.
        let ours = decide(Some(&head(&[&old])), &empty, Some(&empty.fingerprint()));
        assert!(matches!(ours, Intent::KeepBetter { .. }));
        // Where there never was text, a new headline is a version.
        assert_eq!(decide(Some(&head(&[&article("Foto", &[])])), &empty, None), publisher(None));
    }

    #[test]
    fn an_edit_taken_back_names_the_version_it_goes_back_to() {
        let (a, b, c) = (article("Gempa", BODY), article("Gempa", &BODY[..1]), article("Gempa besar", BODY));
        for (before, now, reverts_to) in [
            (vec![&a, &b], &a, Some(1)),
            (vec![&a, &b, &a, &c], &a, Some(3)),
            (vec![&a, &b, &c], &b, Some(2)),
            (vec![&a, &b], &c, None),
        ] {
            assert_eq!(decide(Some(&head(&before)), now, None), publisher(reverts_to));
        }
    }

    #[test]
    fn the_old_page_read_again_tells_our_change_from_the_newspapers() {
        let old = article("Gempa", BODY);
        let ours = article("Gempa", &[BODY[0], BODY[1], "Baris yang dulu terlewat."]);
        let theirs = article("Gempa susulan", BODY);
        let head = head(&[&old]);
        for (new, reread, intent) in [
            (&ours, Some(&ours), Intent::Changed { cause: Cause::Reextract, reverts_to: None }),
            (&theirs, Some(&ours), publisher(None)),
            (&theirs, Some(&old), publisher(None)),
            (&old, Some(&ours), Intent::Same),
        ] {
            let reread = reread.map(Article::fingerprint);
            assert_eq!(decide(Some(&head), new, reread.as_ref()), intent);
        }
    }
}
