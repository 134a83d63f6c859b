-- A text that was taken out is no text of the search index, also when the index is built again.
DROP VIEW head_text;
CREATE VIEW head_text AS
    SELECT v.id AS id, v.title AS title, v.body AS body FROM version v JOIN head h ON h.version_id = v.id
    WHERE v.redacted_at IS NULL;

-- Work that was begun and must be ended: a row stands here until it is done.
CREATE TABLE chore (
    what     TEXT PRIMARY KEY,        -- scrub: texts were taken out, their traces may still be in the file
    since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How many stored pages were taken out, when and by which command: no page goes without it.
CREATE TABLE taken (
    id    INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    why   TEXT NOT NULL CHECK (why IN ('redact', 'prune')),
    pages INTEGER NOT NULL,
    bytes INTEGER NOT NULL            -- as they were stored
) STRICT;
CREATE TRIGGER taken_no_update BEFORE UPDATE ON taken
BEGIN SELECT RAISE(ABORT, 'taken is a fact: it does not change'); END;
CREATE TRIGGER taken_no_delete BEFORE DELETE ON taken
BEGIN SELECT RAISE(ABORT, 'taken is a fact: it does not go'); END;
