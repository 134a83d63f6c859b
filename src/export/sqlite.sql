-- Times are RFC 3339 text: those of the archive in UTC, those of the pages with the pages' own offset.

CREATE TABLE articles (
    id         INTEGER PRIMARY KEY, -- the article's number in the archive
    site       TEXT NOT NULL,       -- the site's identifier
    url        TEXT NOT NULL,       -- the address the article goes by
    state      TEXT NOT NULL,       -- live, missing, gone, redirected, paywalled, redacted
    versions   INTEGER NOT NULL,    -- how many versions the archive has
    version    INTEGER,             -- the version that the columns below are of
    title      TEXT,                -- the headline
    dateline   TEXT,                -- the place line at the head of the text
    authors    TEXT,                -- joined by "; "
    section    TEXT,                -- section or desk
    language   TEXT,                -- BCP 47 tag
    published  TEXT,                -- when the page says it was published
    words      INTEGER,             -- words of the body
    first_seen TEXT NOT NULL,       -- when the archive first saw it
    last_seen  TEXT NOT NULL,       -- when it last answered
    body       TEXT                 -- paragraphs, an empty line between them
);

CREATE TABLE versions (
    article_id     INTEGER NOT NULL REFERENCES articles (id),
    version        INTEGER NOT NULL, -- 1, 2, 3, … in the order of observation
    observed       TEXT NOT NULL,    -- when the page was fetched
    cause          TEXT NOT NULL,    -- first, publisher, reextract (our reading changed), import
    url            TEXT NOT NULL,    -- the address that answered
    title          TEXT NOT NULL,
    dateline       TEXT,
    authors        TEXT,
    section        TEXT,
    language       TEXT,
    published      TEXT,
    modified       TEXT,             -- when the page says it was last changed
    words          INTEGER NOT NULL,
    content_sha256 TEXT NOT NULL,    -- equal where nothing that counts differs
    body           TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);
CREATE INDEX versions_observed ON versions (observed);

-- What lies between two versions that follow each other (with --versions all).
CREATE TABLE changes (
    article_id    INTEGER NOT NULL REFERENCES articles (id),
    before        INTEGER NOT NULL, -- the version before
    after         INTEGER NOT NULL, -- the version after
    observed      TEXT NOT NULL,    -- when the version after was fetched
    cause         TEXT NOT NULL,
    by_publisher  INTEGER NOT NULL, -- 1: the newspaper's edit; 0: our reading, or an import
    kinds         TEXT NOT NULL,    -- headline, number, date, quote, negation, … by blanks
    score         REAL NOT NULL,    -- how much it matters, from 0 to 1
    stealth       INTEGER NOT NULL, -- 1: text changed, and the page does not say so
    words_added   INTEGER NOT NULL,
    words_removed INTEGER NOT NULL,
    title         TEXT NOT NULL,    -- the headline, with [-gone-] and {+new+} words
    PRIMARY KEY (article_id, after)
);
CREATE INDEX changes_observed ON changes (observed);
CREATE INDEX articles_site ON articles (site, published);

-- SELECT a.* FROM articles a JOIN articles_fts f ON f.rowid = a.id WHERE articles_fts MATCH 'harga beras'
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, body, content = 'articles', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
