-- A chain over all versions and events, in the order in which they were written: each link is a hash over
-- the link before it and over the hashes of its row. Whoever changes, swaps, adds or deletes a row breaks
-- it there; texts that were taken out do not. It is only ever appended to, also by redact and prune.
-- Links of the rows there are already are made when this step is taken.
CREATE TABLE chain (
    n          INTEGER PRIMARY KEY,  -- from 1, without gaps
    article_id INTEGER NOT NULL,
    seq        INTEGER,              -- of a version; NULL: an event
    row_id     INTEGER NOT NULL,     -- version.id or event.id; no reference, so that a link outlives its row
    row_sha256 BLOB NOT NULL CHECK (length(row_sha256) = 32),  -- over the row's text, byte by byte
    sha256     BLOB NOT NULL CHECK (length(sha256) = 32)       -- over the link before, and the row
) STRICT;
CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'chain is a fact: it does not change'); END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'chain is a fact: it does not go'); END;
