-- The archive, schema 1. Times are INTEGER milliseconds since 1970 UTC. What a page states (published,
-- modified) also stands as RFC 3339 text with the page's own offset.
--
-- Facts are append-only: triggers refuse to change them. What stands under "derived" can be built
-- again from the facts; what stands under "work" is the crawl's own notebook.

-- facts ------------------------------------------------------------------------------------------

CREATE TABLE migration (
    n          INTEGER PRIMARY KEY,
    sha256     BLOB NOT NULL,
    applied_at INTEGER NOT NULL,
    kliping    TEXT NOT NULL
) STRICT;

CREATE TABLE site (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    name     TEXT,
    added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
    id         INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    kliping    TEXT NOT NULL,
    args       TEXT NOT NULL,
    exit_code  INTEGER,
    summary    TEXT
) STRICT;

-- An article is identity only: nothing in it ever changes.
CREATE TABLE article (
    id            INTEGER PRIMARY KEY,
    site_id       INTEGER NOT NULL REFERENCES site,
    first_seen_at INTEGER NOT NULL,
    first_run_id  INTEGER REFERENCES run
) STRICT;
CREATE INDEX article_seen ON article (first_seen_at);

-- Every address an article was ever known by. One key belongs to one article for good.
CREATE TABLE address (
    key        TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article,
    url        TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('requested', 'answered', 'canonical', 'moved', 'mirror')),
    from_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address (article_id);

-- Pages as they came, by the hash of their bytes, and references to pack them with: what two pages of
-- a site have in common. `zstd-ref` is packed with one such reference, which is itself `zstd` (depth 1).
-- `data` NULL: taken out (prune, redact); the hash stays.
CREATE TABLE blob (
    id      INTEGER PRIMARY KEY,
    sha256  BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    size    INTEGER NOT NULL,
    codec   TEXT NOT NULL CHECK (codec IN ('raw', 'zstd', 'zstd-ref')),
    base_id INTEGER REFERENCES blob,
    data    BLOB,
    CHECK ((codec = 'zstd-ref') = (base_id IS NOT NULL))
) STRICT;
CREATE INDEX blob_base ON blob (base_id) WHERE base_id IS NOT NULL;

-- Every request that concerned a page, also those that brought nothing new.
CREATE TABLE fetch (
    id            INTEGER PRIMARY KEY,
    run_id        INTEGER REFERENCES run,
    site_id       INTEGER NOT NULL REFERENCES site,
    article_id    INTEGER REFERENCES article,
    requested     TEXT NOT NULL,
    url           TEXT,                    -- the address that answered, where it differs
    at            INTEGER NOT NULL,
    status        INTEGER,
    outcome       TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'same', 'not_modified', 'kept', 'missing',
                      'gone', 'redirected', 'extract_failed', 'not_article', 'robots', 'error', 'import')),
    error         TEXT,
    message       TEXT,
    etag          TEXT,
    last_modified TEXT,
    content_type  TEXT,
    bytes         INTEGER NOT NULL,
    ms            INTEGER NOT NULL,
    via           TEXT NOT NULL,
    blob_id       INTEGER REFERENCES blob
) STRICT;
CREATE INDEX fetch_article ON fetch (article_id, at) WHERE article_id IS NOT NULL;
CREATE INDEX fetch_run ON fetch (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX fetch_site ON fetch (site_id, at);

-- How pages were read: site file, layout, code, and which source gave which field.
CREATE TABLE reading (
    id               INTEGER PRIMARY KEY,
    site             TEXT NOT NULL,
    layout           TEXT NOT NULL,
    site_file_sha256 BLOB NOT NULL CHECK (length(site_file_sha256) = 32),
    extractor        TEXT NOT NULL,
    fields           TEXT NOT NULL,       -- JSON object: field -> source
    first_used_at    INTEGER NOT NULL,
    UNIQUE (extractor, site, layout, site_file_sha256, fields)
) STRICT;

CREATE TABLE version (
    id             INTEGER PRIMARY KEY,
    article_id     INTEGER NOT NULL REFERENCES article,
    seq            INTEGER NOT NULL CHECK (seq > 0),
    fetch_id       INTEGER NOT NULL REFERENCES fetch,
    reading_id     INTEGER NOT NULL REFERENCES reading,
    cause          TEXT NOT NULL CHECK (cause IN ('first', 'publisher', 'reextract', 'import')),
    observed_at    INTEGER NOT NULL,
    url            TEXT NOT NULL,
    canonical_url  TEXT,
    title          TEXT NOT NULL,
    dateline       TEXT,
    authors        TEXT,                  -- joined for people; the list stands in meta
    section        TEXT,
    language       TEXT,
    published      TEXT,
    published_at   INTEGER,
    modified       TEXT,
    modified_at    INTEGER,
    body           TEXT,                  -- blocks joined by an empty line; NULL: redacted
    words          INTEGER NOT NULL,
    content_sha256 BLOB NOT NULL CHECK (length(content_sha256) = 32),
    field_sha256   BLOB NOT NULL CHECK (length(field_sha256) = 192), -- title, dateline, authors, section, published, body
    meta           TEXT,                  -- JSON: what the columns do not say
    redacted_at    INTEGER,
    UNIQUE (article_id, seq),
    CHECK (body IS NOT NULL OR redacted_at IS NOT NULL)
) STRICT;
CREATE INDEX version_content ON version (content_sha256);
CREATE INDEX version_observed ON version (observed_at);

-- What happened to an article besides a version.
CREATE TABLE event (
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    fetch_id   INTEGER REFERENCES fetch,
    detail     TEXT
) STRICT;
CREATE INDEX event_article ON event (article_id, at);
CREATE INDEX event_at ON event (at);

-- Addresses that are not to be fetched again.
CREATE TABLE tombstone (
    key    TEXT PRIMARY KEY,
    at     INTEGER NOT NULL,
    until  INTEGER,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A row stands here only inside the transaction of redact, prune or compact.
CREATE TABLE guard (what TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER article_no_update BEFORE UPDATE ON article WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'article is a fact: it does not change'); END;
CREATE TRIGGER article_no_delete BEFORE DELETE ON article WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'article is a fact: it does not go'); END;
CREATE TRIGGER address_no_update BEFORE UPDATE ON address WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'address is a fact: it does not change'); END;
CREATE TRIGGER address_no_delete BEFORE DELETE ON address WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'address is a fact: it does not go'); END;
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'blob is a fact: it does not change'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'blob is a fact: it does not go'); END;
CREATE TRIGGER fetch_no_update BEFORE UPDATE ON fetch WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'fetch is a fact: it does not change'); END;
CREATE TRIGGER fetch_no_delete BEFORE DELETE ON fetch WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'fetch is a fact: it does not go'); END;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'reading is a fact: it does not change'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'reading is a fact: it does not go'); END;
CREATE TRIGGER version_no_update BEFORE UPDATE ON version WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'version is a fact: it does not change'); END;
CREATE TRIGGER version_no_delete BEFORE DELETE ON version WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'version is a fact: it does not go'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'event is a fact: it does not change'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event WHEN NOT EXISTS (SELECT 1 FROM guard)
BEGIN SELECT RAISE(ABORT, 'event is a fact: it does not go'); END;
CREATE TRIGGER run_ends_once BEFORE UPDATE ON run WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'run has ended: it does not change'); END;

-- derived ----------------------------------------------------------------------------------------

CREATE TABLE head (
    article_id      INTEGER PRIMARY KEY REFERENCES article,
    version_id      INTEGER NOT NULL REFERENCES version,
    reading_id      INTEGER NOT NULL REFERENCES reading, -- who read it last, with the same result
    versions        INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('live', 'missing', 'gone', 'redirected', 'paywalled', 'redacted')),
    state_since     INTEGER NOT NULL,
    url             TEXT NOT NULL,        -- the name: the canonical address, when it is of the same host
    ask_url         TEXT NOT NULL,        -- the address that answered last: the one to ask again
    host            TEXT NOT NULL,        -- what politeness is counted by
    etag            TEXT,
    last_modified   TEXT,
    last_checked_at INTEGER NOT NULL,
    last_seen_at    INTEGER NOT NULL,
    last_changed_at INTEGER NOT NULL,
    next_check_at   INTEGER,
    unchanged       INTEGER NOT NULL DEFAULT 0,
    failures        INTEGER NOT NULL DEFAULT 0,
    trouble         TEXT,                 -- what the last check found wrong; NULL: nothing
    moved_to        TEXT                  -- key of the address it leads to, not yet read
) STRICT;
CREATE UNIQUE INDEX head_version ON head (version_id);
CREATE INDEX head_due ON head (host, next_check_at) WHERE next_check_at IS NOT NULL;
CREATE INDEX head_changed ON head (last_changed_at);
CREATE INDEX head_moved ON head (moved_to) WHERE moved_to IS NOT NULL;
CREATE INDEX head_state ON head (state) WHERE state <> 'live';

-- Full text of the latest versions. External content: an entry is deleted with the very text of the
-- version it was made from, which never changes.
CREATE VIEW head_text AS
    SELECT v.id AS id, v.title AS title, v.body AS body FROM version v JOIN head h ON h.version_id = v.id;
CREATE VIRTUAL TABLE fts USING fts5 (
    title, body, content = 'head_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- work -------------------------------------------------------------------------------------------

-- `next_at` = end of the lease + delay, so that taking over is polite by itself.
CREATE TABLE host (
    host     TEXT PRIMARY KEY,
    next_at  INTEGER NOT NULL,
    token    INTEGER NOT NULL,
    owner    TEXT,
    lease_ms INTEGER NOT NULL,
    delay_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE robots (
    origin     TEXT PRIMARY KEY,
    fetched_at INTEGER NOT NULL,
    status     INTEGER,
    error      TEXT,
    body       BLOB,                      -- the last good copy …
    body_at    INTEGER                    -- … and when it was fetched
) STRICT;

CREATE TABLE source (
    url            TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    site           TEXT NOT NULL,
    etag           TEXT,
    last_modified  TEXT,
    checked_at     INTEGER NOT NULL,
    changed_at     INTEGER,
    failures       INTEGER NOT NULL,
    content_sha256 BLOB
) STRICT, WITHOUT ROWID;

-- Addresses to ask, and those that were asked and are settled: no article, not to be asked again.
CREATE TABLE queue (
    key          TEXT PRIMARY KEY,
    url          TEXT NOT NULL,
    host         TEXT NOT NULL,
    site         TEXT NOT NULL,
    via          TEXT NOT NULL,
    priority     INTEGER NOT NULL,
    added_at     INTEGER NOT NULL,
    not_before   INTEGER NOT NULL,
    settled_at   INTEGER,
    tries        INTEGER NOT NULL DEFAULT 0,
    error        TEXT,
    modified_at  INTEGER,
    published_at INTEGER,
    title        TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_due ON queue (host, not_before) WHERE settled_at IS NULL;

-- How far a named export or follower has read.
CREATE TABLE cursor (
    name    TEXT PRIMARY KEY,
    last_id INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The reference that a site's pages are packed with now, and the last page that could help to make
-- the next one.
CREATE TABLE page_reference (
    site_id    INTEGER PRIMARY KEY REFERENCES site,
    blob_id    INTEGER REFERENCES blob,   -- NULL until the pages of two articles were kept
    made_at    INTEGER NOT NULL,
    pages      INTEGER NOT NULL,          -- packed with it
    misses     INTEGER NOT NULL,          -- of the last ones, those for which it did little
    article_id INTEGER NOT NULL REFERENCES article,
    page_id    INTEGER NOT NULL REFERENCES blob
) STRICT;

-- for people -------------------------------------------------------------------------------------

CREATE VIEW articles AS
    SELECT a.id, s.key AS site, h.url, v.title, v.dateline, v.published, v.body, h.state, h.versions,
           v.authors, v.section, v.language, v.words,
           strftime('%Y-%m-%dT%H:%M:%SZ', a.first_seen_at / 1000, 'unixepoch') AS first_seen,
           strftime('%Y-%m-%dT%H:%M:%SZ', h.last_changed_at / 1000, 'unixepoch') AS last_changed,
           strftime('%Y-%m-%dT%H:%M:%SZ', h.last_checked_at / 1000, 'unixepoch') AS last_checked
    FROM article a
    JOIN head h ON h.article_id = a.id
    JOIN version v ON v.id = h.version_id
    JOIN site s ON s.id = a.site_id;

CREATE VIEW versions AS
    SELECT v.article_id AS id, v.seq AS version, s.key AS site, v.url, v.title, v.dateline, v.published, v.body,
           v.cause, strftime('%Y-%m-%dT%H:%M:%SZ', v.observed_at / 1000, 'unixepoch') AS observed,
           v.authors, v.section, v.language, v.modified, v.words, lower(hex(v.content_sha256)) AS content_sha256,
           r.extractor, r.layout, f.status, lower(hex(b.sha256)) AS raw_sha256
    FROM version v
    JOIN article a ON a.id = v.article_id
    JOIN site s ON s.id = a.site_id
    JOIN reading r ON r.id = v.reading_id
    JOIN fetch f ON f.id = v.fetch_id
    LEFT JOIN blob b ON b.id = f.blob_id;
