-- derived: what happened to articles after they were first read, in the order of time: every version but an
-- article's first, compared once with the one before it, and every event that a reader is told of. When the
-- rules of comparison change, a later step builds it again.
CREATE TABLE change (
    at         BIGINT NOT NULL,    -- version.observed_at, event.at
    part       BIGINT NOT NULL,    -- 0: a version; 1: an event, which stands behind the versions of its moment
    row_id     BIGINT NOT NULL,    -- version.id, event.id
    article_id BIGINT NOT NULL REFERENCES article,
    site_id    BIGINT NOT NULL REFERENCES site,
    seq        BIGINT,             -- of the version
    cause      TEXT COLLATE "C" NOT NULL,
    kinds      BIGINT NOT NULL,    -- a bit each
    weight     BIGINT NOT NULL,    -- thousandths of the score
    added      BIGINT NOT NULL,    -- words
    removed    BIGINT NOT NULL,
    stealth    BIGINT NOT NULL,    -- 1: the page does not announce it
    flap       BIGINT NOT NULL,    -- 1: the page goes back and forth
    redacted   BIGINT NOT NULL,    -- 1: the text of one side was taken out
    PRIMARY KEY (at, part, row_id)
);
CREATE INDEX change_site ON change (site_id, at, part, row_id);

-- The same by kind, so that what is rare is found among what is not.
CREATE TABLE change_kind (
    kind   BIGINT NOT NULL,        -- the number of its bit
    at     BIGINT NOT NULL,
    part   BIGINT NOT NULL,
    row_id BIGINT NOT NULL,
    PRIMARY KEY (kind, at, part, row_id)
);

-- A site's articles, the newest first, and the articles that cannot be read where they were.
CREATE INDEX article_site ON article (site_id, first_seen_at);
