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
