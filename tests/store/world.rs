//! An archive in a folder of its own, a clock that is turned by hand, and articles to put in.
#![allow(dead_code, reason = "two test programs share it, neither uses all of it")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kliping::model::{
    Article, ArticleId, Block, BlockKind, EventKind, ExtractorId, PageUrl, Reading, SourceKind, Validators,
    Version, Via, sha256,
};
use kliping::store::{
    Archive, CheckHistory, DuePage, DueQuery, Fault, FetchRecord, Mode, Observation, Plan, Reader, Recorded,
    RecordedOutcome, SearchQuery,
};

/// What each step of the schema made, undone: the steps from the second on.
const UNDONE: &[&str] = &[
    "ALTER TABLE queue DROP COLUMN content",
    "DROP TABLE line; DROP TABLE lines_of",
    "DROP TABLE opening",
    "DROP INDEX source_parent; ALTER TABLE source DROP COLUMN first_at; ALTER TABLE source DROP COLUMN next_at;
     ALTER TABLE source DROP COLUMN interval_ms; ALTER TABLE source DROP COLUMN full_at;
     ALTER TABLE source DROP COLUMN parent; ALTER TABLE source DROP COLUMN mark_at;
     ALTER TABLE source DROP COLUMN trouble",
    "DROP TABLE simhash",
    "DROP TABLE queue; DROP TABLE place;
     CREATE TABLE queue (key TEXT PRIMARY KEY, url TEXT NOT NULL, host TEXT NOT NULL, site TEXT NOT NULL,
        via TEXT NOT NULL, priority INTEGER NOT NULL, added_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
        settled_at INTEGER, tries INTEGER NOT NULL DEFAULT 0, error TEXT, modified_at INTEGER, published_at INTEGER,
        title TEXT, content TEXT) STRICT, WITHOUT ROWID;
     CREATE INDEX queue_due ON queue (host, not_before) WHERE settled_at IS NULL",
    "DROP TABLE chain",
    "DROP TABLE taken; DROP TABLE chore; DROP VIEW head_text; CREATE VIEW head_text AS
    SELECT v.id AS id, v.title AS title, v.body AS body FROM version v JOIN head h ON h.version_id = v.id",
    "DROP TABLE change; DROP TABLE change_kind; DROP INDEX article_site",
];

/// Makes a closed archive one of an older schema.
pub fn make_older(path: &std::path::Path, version: usize) {
    let archive = rusqlite::Connection::open(path).unwrap();
    for undone in UNDONE.iter().skip(version - 1).rev() {
        archive.execute_batch(undone).unwrap();
    }
    let rest = format!("DELETE FROM migration WHERE n > {version}; PRAGMA user_version = {version}");
    archive.execute_batch(&rest).unwrap();
}

pub const HOUR: Duration = Duration::from_secs(3600);

pub struct World {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
    pub archive: Archive,
    pub now: Timestamp,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = crate::place(folder.path());
        Self::at(folder, path)
    }

    /// In a file wherever the other archives are: for tests that look into it.
    pub fn in_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kliping.db");
        Self::at(folder, path)
    }

    fn at(folder: tempfile::TempDir, path: PathBuf) -> Self {
        let archive = Archive::open(&path, Mode::Create).unwrap();
        Self { folder, path, archive, now: "2026-03-01T08:00:00Z".parse().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.path.clone()
    }

    pub fn reader(&self) -> Reader {
        self.archive.reader().unwrap()
    }

    pub fn later(&mut self, by: Duration) -> &mut Self {
        self.now = self.now.checked_add(SignedDuration::try_from(by).unwrap()).unwrap();
        self
    }

    /// A request for an address, as the pipeline describes it.
    pub fn fetch(&self, address: &str) -> FetchRecord {
        FetchRecord {
            run: None,
            lease: None,
            site: "kabar".to_owned(),
            site_name: Some("Kabar Desa".to_owned()),
            requested: url(address),
            url: None,
            at: self.now,
            status: Some(200),
            validators: Validators::default(),
            content_type: Some("text/html; charset=utf-8".to_owned()),
            bytes: 1234,
            elapsed_ms: 56,
            via: Via::Source(SourceKind::Feed),
        }
    }

    pub fn record(&self, fetch: FetchRecord, observation: Observation) -> Recorded {
        self.archive.writer().record(fetch, observation, daily()).wait().unwrap()
    }

    /// A page that was read without trouble.
    pub fn see(&self, address: &str, article: &Article) -> Recorded {
        self.record(self.fetch(address), read(article))
    }

    /// An address that answers with a status and no page.
    pub fn missing(&self, address: &str, status: u16) -> RecordedOutcome {
        let mut fetch = self.fetch(address);
        fetch.status = Some(status);
        self.record(fetch, Observation::Missing { status, gone_after: 6 * HOUR }).outcome
    }

    pub fn redirect(&self, from: &str, to: &str) -> Recorded {
        let mut fetch = self.fetch(from);
        fetch.status = Some(301);
        self.record(fetch, Observation::MovedTo { to: url(to) })
    }

    /// What is wrong with the archive.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.reader().verify(None, &mut |fault| faults.push(fault)).unwrap();
        faults
    }

    pub fn events(&self, id: i64) -> Vec<EventKind> {
        self.reader().events(ArticleId(id)).unwrap().iter().map(|event| event.kind).collect()
    }

    pub fn versions(&self, id: i64) -> Vec<Version> {
        self.reader().versions(ArticleId(id)).unwrap()
    }

    pub fn titles(&self, id: i64) -> Vec<String> {
        self.versions(id).into_iter().map(|version| version.article.title).collect()
    }

    pub fn state(&self, id: i64) -> &'static str {
        self.reader().article(ArticleId(id)).unwrap().unwrap().state.as_str()
    }

    pub fn due_pages(&self, host: &str, now: Timestamp, limit: usize) -> Vec<DuePage> {
        let query = DueQuery {
            host: url(host).host_key(),
            now,
            checked_by: now,
            new: true,
            known: true,
            sites: vec!["kabar".to_owned(), "lain".to_owned()],
            limit,
        };
        self.reader().due(&query).unwrap()
    }

    /// The addresses that a host is to be asked for now. (A run looks at each article but once: this
    /// is the first look of a run that begins now.)
    pub fn due(&self, host: &str) -> Vec<String> {
        let later = self.now.checked_add(SignedDuration::from_millis(1)).unwrap();
        self.due_pages(host, later, 100).iter().map(|page| page.url.to_string()).collect()
    }

    /// Whether the archive is on a server.
    pub fn is_on_server(&self) -> bool {
        kliping::store::is_server(&self.path)
    }

    /// A connection of somebody with `sqlite3`.
    pub fn sqlite(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }
}

pub fn url(address: &str) -> PageUrl {
    PageUrl::parse(address).unwrap()
}

/// A search for words, in all that is there.
pub fn query(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        raw_fts: false,
        fields: Vec::new(),
        site: None,
        since: None,
        limit: 10,
        behind: None,
    }
}

/// Looks again a day after each check.
pub fn daily() -> Plan {
    Arc::new(|history: &CheckHistory| history.now.checked_add(SignedDuration::from_hours(24)).ok())
}

pub fn read(article: &Article) -> Observation {
    Observation::Article { article: Box::new(article.clone()), raw: None, reread: None }
}

pub fn article(title: &str, body: &[&str]) -> Article {
    Article {
        title: title.to_owned(),
        dateline: None,
        authors: Vec::new(),
        section: None,
        language: Some("id".to_owned()),
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
        reading: reading("1+aaaaaaaaaaaa"),
    }
}

pub fn reading(extractor: &str) -> Reading {
    Reading {
        site: "kabar".to_owned(),
        layout: "article".to_owned(),
        site_file_sha256: sha256(b"site file"),
        extractor: ExtractorId(extractor.to_owned()),
        fields: BTreeMap::new(),
    }
}
