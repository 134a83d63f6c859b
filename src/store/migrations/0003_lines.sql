-- derived: how many articles of a site have a line. What stands in many is furniture. Lines are hashes;
-- `first_n` and `last_n` count the site's articles, so that old lines can be forgotten.
CREATE TABLE line (
    site_id  INTEGER NOT NULL REFERENCES site,
    hash     INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    first_n  INTEGER NOT NULL,
    last_n   INTEGER NOT NULL,
    PRIMARY KEY (site_id, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_often ON line (site_id, articles) WHERE articles >= 3;

-- How many articles of a site were counted.
CREATE TABLE lines_of (
    site_id INTEGER PRIMARY KEY REFERENCES site,
    counted INTEGER NOT NULL
) STRICT;
