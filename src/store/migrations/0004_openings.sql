-- derived: how the stories of a site open, by shape: what a borderline dateline is judged by.
CREATE TABLE opening (
    site_id  INTEGER NOT NULL REFERENCES site,
    shape    TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (site_id, shape)
) STRICT, WITHOUT ROWID;
