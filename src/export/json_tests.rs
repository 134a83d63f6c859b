use std::collections::BTreeMap;

use super::*;
use crate::diff::{FieldChange, Op};
use crate::model::{Block, BlockKind, Cause, ChangeKind, ExtractorId, Reading, VersionSeq, sha256};

fn sample() -> (Known, Version) {
    let article = Article {
        title: "Panen raya".to_owned(),
        dateline: Some(Dateline {
            raw: "Garut – ".to_owned(),
            places: vec!["Garut".to_owned()],
            agency: None,
            date: None,
        }),
        authors: Vec::new(),
        section: None,
        language: Some("id".to_owned()),
        published: None,
        modified: None,
        canonical_url: None,
        body: vec![Block { kind: BlockKind::Paragraph, text: "Petani mulai panen.".to_owned() }],
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading: Reading {
            site: "kabar".to_owned(),
            layout: "default".to_owned(),
            site_file_sha256: sha256(b"x"),
            extractor: ExtractorId("0.1.0+abc".to_owned()),
            fields: BTreeMap::from([(FieldName::Title, "h1".to_owned())]),
        },
    };
    let version = Version {
        article_id: ArticleId(7),
        seq: VersionSeq(2),
        cause: Cause::Publisher,
        observed: "2025-10-21T13:43:00.25Z".parse().unwrap(),
        url: PageUrl::parse("https://kabar.example/1").unwrap(),
        fingerprint: article.fingerprint(),
        article,
        status: Some(200),
        etag: None,
        raw_sha256: None,
        redacted: None,
    };
    let known = Known {
        id: ArticleId(7),
        site: "kabar".to_owned(),
        url: "https://kabar.example/1".to_owned(),
        versions: 2,
        state: ArticleState::Live,
        first_seen: "2025-10-21T10:00:00Z".parse().unwrap(),
        last_seen: None,
    };
    (known, version)
}

fn keys(value: &Value) -> String {
    value.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_article_has_the_keys_of_the_contract_in_its_order() {
    let (known, version) = sample();
    let value = article(&known, &version);
    assert_eq!(
        keys(&value),
        "schema id version versions state url canonical_url site title dateline authors section language \
         published modified first_seen observed last_seen body blocks words images comment_form removed hash cause \
         provenance"
    );
    assert_eq!(keys(&value["dateline"]), "raw places agency date");
    assert_eq!(keys(&value["comment_form"]), "present text rule");
    assert_eq!(keys(&value["hash"]), "content");
    assert_eq!(
        keys(&value["provenance"]),
        "status etag final_url raw_sha256 layout site_file_sha256 extractor fields"
    );
    assert_eq!(value["observed"], "2025-10-21T13:43:00Z");
    assert_eq!(value["comment_form"]["present"], false);
    assert_eq!(value["authors"], json!([]));
    assert_eq!(value["published"], Value::Null);
    assert_eq!(value["words"], 3);
}

#[test]
fn an_extracted_article_leaves_out_what_only_an_archive_knows() {
    let (_, version) = sample();
    let id = json!("a-1");
    let value = extracted(&version.article, &Page { id: Some(&id), ..Page::default() });
    assert_eq!(
        keys(&value),
        "schema id url canonical_url site title dateline authors section language published modified body blocks \
         words images comment_form removed hash provenance"
    );
    assert_eq!(value["id"], "a-1");
    assert!(extracted(&version.article, &Page::default()).get("id").is_none());
}

#[test]
fn a_change_has_the_keys_of_the_contract_in_its_order() {
    let (_, version) = sample();
    let keep = Token { op: Op::Keep, text: "Panen raya".to_owned() };
    let found = Change {
        title: vec![keep.clone()],
        paragraphs: vec![Paragraph {
            op: ParagraphOp::Keep,
            a: Some(0),
            b: Some(0),
            tokens: vec![keep],
            classes: vec![],
        }],
        fields: vec![FieldChange { field: "section", from: None, to: Some("Ekonomi".to_owned()) }],
        kinds: vec![ChangeKind::Metadata],
        score: 0.05,
        words_added: 0,
        words_removed: 0,
        stealth: false,
    };
    let value = change(&version, &version, &found);
    assert_eq!(
        keys(&value),
        "schema article from to at cause kinds score stealth words title paragraphs fields"
    );
    assert_eq!(value["title"], json!([["=", "Panen raya"]]));
    assert_eq!(keys(&value["paragraphs"][0]), "op a b tokens classes");
    assert_eq!(value["paragraphs"][0]["tokens"], json!([]), "kept text is not repeated");
}
