-- The queue in half of the room, and read in its order: an address is found by 64 bits of its key, a
-- host and its site stand once. The rows are moved when this step is taken.
DROP INDEX queue_due;
ALTER TABLE queue RENAME TO queue_before;

CREATE TABLE place (
    id   INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    site TEXT NOT NULL,
    UNIQUE (host, site)
) STRICT;

CREATE TABLE queue (
    id           INTEGER PRIMARY KEY,
    key_hash     INTEGER NOT NULL,        -- the first 64 bits of the key's SHA-256
    place_id     INTEGER NOT NULL REFERENCES place,
    url          TEXT NOT NULL,
    via          TEXT NOT NULL,
    priority     INTEGER NOT NULL,
    newest       INTEGER NOT NULL,        -- published or modified, as its source says; 0: it does not say
    added_at     INTEGER NOT NULL,
    not_before   INTEGER,                 -- NULL: since it was added
    settled_at   INTEGER,
    tries        INTEGER NOT NULL,
    error        TEXT,
    published_at INTEGER,
    title        TEXT,
    content      TEXT
) STRICT;
CREATE INDEX queue_key ON queue (key_hash);
CREATE INDEX queue_next ON queue (place_id, priority DESC, newest DESC) WHERE settled_at IS NULL;
