-- derived: the text of each article's latest version in 64 bits, alike for texts that are alike.
-- No row: too short to say anything, or redacted.
CREATE TABLE simhash (
    article_id INTEGER PRIMARY KEY REFERENCES article,
    bits       INTEGER NOT NULL
) STRICT;
