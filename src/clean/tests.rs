use super::*;
use crate::site::Catalog;

fn site() -> std::sync::Arc<Site> {
    Catalog::load(std::path::Path::new("no such folder")).unwrap().generic()
}

const TEXT: &str = "Warga Lereng Menanam Seribu Pohon

Wonosobo – Warga dua desa menanam pohon di lereng.

Baca juga: Harga bibit naik

Kepala desa berkata: \"Tinggalkan balasan di papan ini.\"

Tinggalkan Balasan

Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *";

#[test]
fn naive_text_becomes_an_article() {
    let article = clean(&site(), plain_text(TEXT));
    assert_eq!(article.title, "Warga Lereng Menanam Seribu Pohon");
    let line = article.dateline.unwrap();
    assert_eq!((line.raw.as_str(), line.places[0].as_str()), ("Wonosobo – ", "Wonosobo"));
    let body: Vec<&str> = article.body.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(
        body,
        [
            "Warga dua desa menanam pohon di lereng.",
            "Kepala desa berkata: \"Tinggalkan balasan di papan ini.\""
        ]
    );
    let rules: Vec<&str> = article.removed.iter().map(|removal| removal.rule.as_str()).collect();
    assert_eq!(rules, ["comment_form.phrase", "comment_form.phrase", "boilerplate baca juga"]);
    let form = article.comment_form.unwrap();
    assert!(form.text.starts_with("Tinggalkan Balasan\nAlamat email"));
}

#[test]
fn cleaning_the_cleaned_changes_nothing() {
    let once = clean(&site(), plain_text(TEXT));
    let line = once.dateline.as_ref().map(|line| line.raw.clone()).unwrap_or_default();
    let body: Vec<&str> = once.body.iter().map(|block| block.text.as_str()).collect();
    let again = clean(&site(), plain_text(&format!("{}\n\n{line}{}", once.title, body.join("\n\n"))));
    assert_eq!((&again.title, &again.body, &again.dateline), (&once.title, &once.body, &once.dateline));
    assert!(again.removed.is_empty());
}

#[test]
fn a_title_printed_again_is_no_text() {
    let article = clean(&site(), plain_text("Judul Besar\n\nJUDUL BESAR!\n\nIsi berita."));
    assert_eq!(article.body.len(), 1);
    assert_eq!(article.removed[0].rule, "title repeated");
    // Anywhere in the text, and among whatever marks.
    let far = format!("Judul Besar\n\n{}Judul{} Besar", "Isi berita.\n\n".repeat(9), " ?".repeat(200));
    assert_eq!(clean(&site(), plain_text(&far)).body.len(), 9);
}

#[test]
fn the_rules_of_a_site_are_obeyed() {
    let mut site = Site::clone(&site());
    site.clean.drop_paragraph = vec![crate::site::Pattern::parse(r"^\(?[A-Z]-\d\)?$").unwrap()];
    site.clean.strip_tail = vec![crate::site::Pattern::parse(r"\s*\([a-z]{3}\)$").unwrap()];
    let article = clean(&site, plain_text("Judul\n\nIsi berita.\n\n(E-2)\n\nSelesai. (dis)"));
    let body: Vec<&str> = article.body.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(body, ["Isi berita.", "Selesai."]);
    assert_eq!(article.removed.len(), 2);
}

#[test]
fn a_dateline_that_a_site_file_points_at_is_cut_where_it_stands() {
    let mut draft = plain_text("Judul\n\nSukamaju, Kabar Kita – Warga menanam pohon di lereng.");
    draft.dateline =
        Some(Found { value: "Sukamaju, Kabar Kita –".to_owned(), source: "p > strong".to_owned() });
    let article = clean(&site(), draft);
    let line = article.dateline.unwrap();
    assert_eq!((line.places[0].as_str(), line.agency.as_deref()), ("Sukamaju", Some("Kabar Kita")));
    assert_eq!(line.raw, "Sukamaju, Kabar Kita – ");
    assert_eq!(article.reading.fields[&FieldName::Dateline], "p > strong");
}

#[test]
fn a_dateline_may_be_an_element_of_its_own() {
    let read = |text: &str, pointed: &str| {
        let mut draft = plain_text(text);
        draft.dateline = Some(Found { value: pointed.to_owned(), source: ".tempat".to_owned() });
        let article = clean(&site(), draft);
        let line = article.dateline.map(|line| (line.raw, line.places.join("/"), line.agency));
        (line, article.body.into_iter().map(|block| block.text).collect::<Vec<_>>())
    };
    let line = Some(("Sukamaju.\n".to_owned(), "Sukamaju".to_owned(), None));
    let story = ["Warga turun tangan.", "Seribu pohon ditanam."].map(str::to_owned);
    // A rule removed it, or it is a paragraph of the text.
    for text in [
        "Judul\n\nWarga turun tangan.\n\nSeribu pohon ditanam.",
        "Judul\n\nWarga turun tangan.\n\nSukamaju.\n\nSeribu pohon ditanam.",
    ] {
        assert_eq!(read(text, "Sukamaju."), (line.clone(), story.to_vec()), "{text}");
    }
    // What opens a later paragraph is part of that, and a long text is no place.
    let later = "Judul\n\nWarga turun tangan.\n\nSukamaju. Seribu pohon ditanam.";
    assert_eq!(read(later, "Sukamaju.").0, None);
    assert_eq!(read("Judul\n\nWarga turun tangan.", &"Sukamaju ".repeat(9)).0, None);
}

#[test]
fn a_site_may_drop_what_is_nothing_but_a_link() {
    let mut site = Site::clone(&site());
    let mut draft = plain_text(
        "Judul\n\nWarga menanam seribu pohon.\n\nPetani menang lagi di lereng\n\nPetani menang lagi di sana.\n\nPetani",
    );
    for block in &mut draft.body.as_mut().unwrap().value[1..] {
        block.link_chars = block.text.chars().filter(|c| !c.is_whitespace()).count();
    }
    assert_eq!(clean(&site, draft.clone()).body.len(), 4);
    site.clean.drop_link_paragraphs = true;
    let article = clean(&site, draft.clone());
    assert_eq!(article.body.len(), 3);
    assert_eq!(article.removed[0].text, "Petani menang lagi di lereng");
    assert_eq!(article.removed[0].rule, "drop_link_paragraphs");
    // A text beside the link makes it a sentence.
    draft.body.as_mut().unwrap().value[1].link_chars -= 1;
    assert_eq!(clean(&site, draft).body.len(), 4);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(\\PC|\n|Leave a Reply|JAKARTA - | )*") {
        let _ = clean(&site(), plain_text(&text));
    }
}
