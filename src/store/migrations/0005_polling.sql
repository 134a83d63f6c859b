-- Lists of articles are asked for as often as they bring something.
ALTER TABLE source ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;     -- when it was first asked for
ALTER TABLE source ADD COLUMN next_at INTEGER;                         -- not before; NULL: at the next run
ALTER TABLE source ADD COLUMN interval_ms INTEGER NOT NULL DEFAULT 0;  -- the wait that suits it; 0: none yet
ALTER TABLE source ADD COLUMN full_at INTEGER;                         -- last read without validators
ALTER TABLE source ADD COLUMN parent TEXT;                             -- the index that lists it
ALTER TABLE source ADD COLUMN mark_at INTEGER;                         -- an API: all that changed until then was seen
ALTER TABLE source ADD COLUMN trouble TEXT;                            -- what its last answer had wrong
CREATE INDEX source_parent ON source (parent) WHERE parent IS NOT NULL;
