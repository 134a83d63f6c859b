-- What a session of a writer is given for itself: pages that are the first of an article are stored several in
-- one statement, as `article::first` and what it calls would store them in some forty each. The schema of the archive
-- knows nothing of it, so that programs of several ages may write to one archive.

DROP TYPE IF EXISTS pg_temp.fresh CASCADE;
CREATE TYPE pg_temp.fresh AS (
    host TEXT, token BIGINT,
    site TEXT, site_name TEXT, run BIGINT, url TEXT, key TEXT, key_hash BIGINT, canonical TEXT, canonical_key TEXT,
    own_host TEXT, at BIGINT, status BIGINT, etag TEXT, last_modified TEXT, content_type TEXT, bytes BIGINT, ms BIGINT,
    via TEXT, next_check_at BIGINT,
    page_sha256 BYTEA, page_size BIGINT, page_codec TEXT, page_base BIGINT, page_data BYTEA, reference BIGINT, helped BOOLEAN,
    first_of_site BOOLEAN, made_sha256 BYTEA, made_size BIGINT, made_codec TEXT, made_data BYTEA, last_sha256 BYTEA,
    last_data BYTEA,
    extractor TEXT, rules TEXT, layout TEXT, site_file_sha256 BYTEA, fields TEXT,
    canonical_url TEXT, title TEXT, dateline TEXT, authors TEXT, section TEXT, language TEXT, published TEXT,
    published_at BIGINT, modified TEXT, modified_at BIGINT, body TEXT, words BIGINT, meta TEXT,
    content_sha256 BYTEA, field_sha256 BYTEA, text_sha256 BYTEA,
    tsv TEXT, bits BIGINT, opening TEXT, lines TEXT, lengths TEXT
);

-- Whether nothing is known of a page that makes it more than the first of an article: no address, no text, no
-- page, no refusal; and whether its site's reference is the one that it was packed with, or its site has none yet and the
-- page before it is the one that it was compared with.
CREATE FUNCTION pg_temp.is_plain(p pg_temp.fresh, of_site BIGINT) RETURNS BOOLEAN LANGUAGE sql AS $$
    SELECT NOT EXISTS (SELECT 1 FROM tombstone WHERE key IN (p.key, p.canonical_key) AND (until IS NULL OR until > p.at))
        AND NOT EXISTS (SELECT 1 FROM address WHERE key IN (p.key, p.canonical_key))
        AND NOT EXISTS (SELECT 1 FROM head WHERE moved_to = p.key)
        AND NOT EXISTS (SELECT 1 FROM version WHERE content_sha256 = p.content_sha256)
        AND NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = p.page_sha256)
        AND NOT EXISTS (SELECT 1 FROM queue WHERE key_hash = p.key_hash AND url <> p.url)
        AND NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = p.made_sha256 AND (base_id IS NOT NULL OR data IS NULL))
        AND (p.page_sha256 IS NULL OR p.first_of_site AND NOT EXISTS (SELECT 1 FROM page_reference WHERE site_id = of_site)
            OR NOT p.first_of_site AND EXISTS (SELECT 1 FROM page_reference WHERE site_id = of_site
            AND blob_id IS NOT DISTINCT FROM p.reference
            AND (p.last_sha256 IS NULL OR p.last_sha256 = (SELECT sha256 FROM blob WHERE id = page_id))
            AND (blob_id IS NULL OR pages < {MOST_PAGES} AND p.at - made_at <= {OLDEST_MS}
                AND misses < CASE WHEN misses < pages THEN {MOST_MISSES} ELSE {VAIN_MISSES} END)))
$$;

-- Of each page the number of its article; 0: it is not plain, and nothing of it was written; -1: its lease was lost.
CREATE FUNCTION pg_temp.store_fresh(all_pages pg_temp.fresh[]) RETURNS BIGINT[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    p pg_temp.fresh;
    told BIGINT[] := '{}';
    of_site BIGINT; of_reading BIGINT; of_article BIGINT; of_blob BIGINT; of_fetch BIGINT; of_version BIGINT;
    of_made BIGINT; same_name BOOLEAN;
    n BIGINT; before BYTEA; known BIGINT; whole BIGINT; counted_n BIGINT;
BEGIN
    PERFORM pg_advisory_xact_lock({WRITERS}, hashtext('{SCHEMA}'));
    SELECT c.n, c.sha256 INTO n, before FROM chain c ORDER BY c.n DESC LIMIT 1;
    IF NOT FOUND THEN
        n := 0;
        before := decode(repeat('00', 32), 'hex');
    END IF;
    FOREACH p IN ARRAY all_pages LOOP
        IF p.host IS NOT NULL THEN
            UPDATE host SET next_at = CASE WHEN owner IS NULL THEN next_at
                ELSE greatest(next_at, now_ms() + lease_ms + delay_ms) END
            WHERE host = p.host AND token = p.token;
            IF NOT FOUND THEN
                told := told || -1::BIGINT;
                CONTINUE;
            END IF;
        END IF;
        SELECT id, p.site_name IS NULL OR p.site_name IS NOT DISTINCT FROM name INTO of_site, same_name FROM site
        WHERE key = p.site;
        IF FOUND AND NOT same_name OR NOT pg_temp.is_plain(p, of_site) THEN
            told := told || 0::BIGINT;
            CONTINUE;
        END IF;
        IF of_site IS NULL THEN
            INSERT INTO site (key, name, added_at) VALUES (p.site, p.site_name, p.at) RETURNING id INTO of_site;
        END IF;
        SELECT id INTO of_reading FROM reading WHERE extractor = p.extractor AND site = p.rules AND layout = p.layout
            AND site_file_sha256 = p.site_file_sha256 AND fields = p.fields;
        IF NOT FOUND THEN
            INSERT INTO reading (site, layout, site_file_sha256, extractor, fields, first_used_at)
            VALUES (p.rules, p.layout, p.site_file_sha256, p.extractor, p.fields, p.at) RETURNING id INTO of_reading;
        END IF;
        INSERT INTO article (site_id, first_seen_at, first_run_id) VALUES (of_site, p.at, p.run) RETURNING id INTO of_article;
        of_blob := NULL;
        IF p.page_sha256 IS NOT NULL THEN
            of_made := NULL;
            IF p.made_sha256 IS NOT NULL THEN
                SELECT id INTO of_made FROM blob WHERE sha256 = p.made_sha256;
                IF NOT FOUND THEN
                    INSERT INTO blob (sha256, size, codec, data)
                    VALUES (p.made_sha256, p.made_size, p.made_codec, p.made_data) RETURNING id INTO of_made;
                END IF;
                IF p.last_data IS NOT NULL THEN
                    INSERT INTO guard (what) VALUES ('compact');
                    UPDATE blob SET codec = 'zstd-ref', base_id = of_made, data = p.last_data
                    WHERE sha256 = p.last_sha256 AND codec <> 'zstd-ref' AND id <> of_made
                        AND NOT EXISTS (SELECT 1 FROM blob used WHERE used.base_id = blob.id);
                    DELETE FROM guard WHERE what = 'compact';
                END IF;
            END IF;
            INSERT INTO blob (sha256, size, codec, base_id, data)
            VALUES (p.page_sha256, p.page_size, p.page_codec, CASE p.page_base WHEN {MADE} THEN of_made ELSE p.page_base END,
                p.page_data) RETURNING id INTO of_blob;
            UPDATE page_reference SET article_id = of_article, page_id = of_blob, blob_id = coalesce(of_made, blob_id),
                made_at = CASE WHEN blob_id IS NULL THEN p.at ELSE made_at END,
                pages = CASE WHEN blob_id IS NOT NULL THEN pages + 1 WHEN of_made IS NOT NULL THEN 1 ELSE 0 END,
                misses = CASE WHEN p.helped OR coalesce(blob_id, of_made) IS NULL THEN 0
                    WHEN blob_id IS NOT NULL THEN misses + 1 ELSE 1 END
            WHERE site_id = of_site;
            IF p.first_of_site THEN
                INSERT INTO page_reference (site_id, blob_id, made_at, pages, misses, article_id, page_id)
                VALUES (of_site, NULL, p.at, 0, 0, of_article, of_blob);
            END IF;
        END IF;
        INSERT INTO "fetch" (run_id, site_id, article_id, requested, at, status, outcome, etag, last_modified, content_type,
            bytes, ms, via, blob_id)
        VALUES (p.run, of_site, of_article, p.url, p.at, p.status, 'new', p.etag, p.last_modified, p.content_type,
            p.bytes, p.ms, p.via, of_blob) RETURNING id INTO of_fetch;
        INSERT INTO version (article_id, seq, fetch_id, reading_id, cause, observed_at, url, canonical_url, title, dateline,
            authors, section, language, published, published_at, modified, modified_at, body, words, content_sha256,
            field_sha256, meta)
        VALUES (of_article, 1, of_fetch, of_reading, 'first', p.at, p.url, p.canonical_url, p.title, p.dateline,
            p.authors, p.section, p.language, p.published, p.published_at, p.modified, p.modified_at, p.body, p.words,
            p.content_sha256, p.field_sha256, p.meta) RETURNING id INTO of_version;
        -- As `chain.rs` puts values into bytes: kind, length in eight bytes, the value.
        n := n + 1;
        before := sha256('t'::BYTEA || int8send(7) || 'version'::BYTEA || 'b'::BYTEA || int8send(32) || before
            || 'i'::BYTEA || int8send(8) || int8send(of_article) || 'i'::BYTEA || int8send(8) || int8send(1)
            || 't'::BYTEA || int8send(5) || 'first'::BYTEA || 'i'::BYTEA || int8send(8) || int8send(p.at)
            || 'b'::BYTEA || int8send(32) || p.content_sha256 || 'b'::BYTEA || int8send(192) || p.field_sha256
            || 't'::BYTEA || int8send(octet_length(p.extractor)) || convert_to(p.extractor, 'UTF8')
            || 'b'::BYTEA || int8send(32) || p.site_file_sha256
            || coalesce('b'::BYTEA || int8send(32) || p.page_sha256, 'n'::BYTEA || int8send(0))
            || 'b'::BYTEA || int8send(32) || p.text_sha256);
        INSERT INTO chain (n, article_id, seq, row_id, row_sha256, sha256)
        VALUES (n, of_article, 1, of_version, p.text_sha256, before);
        INSERT INTO fts (id, tsv) VALUES (of_version, p.tsv::TSVECTOR);
        IF p.bits IS NOT NULL THEN
            INSERT INTO simhash (article_id, bits) VALUES (of_article, p.bits);
        END IF;
        INSERT INTO head (article_id, version_id, reading_id, versions, state, state_since, url, ask_url, host, etag,
            last_modified, last_checked_at, last_seen_at, last_changed_at, next_check_at)
        VALUES (of_article, of_version, of_reading, 1, 'live', p.at, coalesce(p.canonical, p.url), p.url, p.own_host, p.etag,
            p.last_modified, p.at, p.at, p.at, p.next_check_at);
        INSERT INTO address (key, article_id, url, role, from_at) VALUES (p.key, of_article, p.url, 'answered', p.at);
        IF p.canonical_key <> p.key THEN
            INSERT INTO address (key, article_id, url, role, from_at)
            VALUES (p.canonical_key, of_article, p.canonical, 'canonical', p.at);
        END IF;
        -- The lines of its site, as `lines::count`.
        SELECT coalesce(sum(length) FILTER (WHERE EXISTS (SELECT 1 FROM line WHERE site_id = of_site AND hash = given)), 0),
            coalesce(sum(length), 0) INTO known, whole
        FROM unnest(p.lines::BIGINT[], p.lengths::BIGINT[]) AS lines (given, length);
        IF known * 2 <= whole THEN
            INSERT INTO lines_of (site_id, counted) VALUES (of_site, 1)
            ON CONFLICT (site_id) DO UPDATE SET counted = lines_of.counted + 1 RETURNING counted INTO counted_n;
            INSERT INTO line (site_id, hash, articles, first_n, last_n)
            SELECT of_site, given, 1, counted_n, counted_n FROM unnest(p.lines::BIGINT[]) AS given
            ON CONFLICT (site_id, hash) DO UPDATE SET articles = line.articles + 1, last_n = excluded.last_n;
            IF counted_n % {ROUND} = 0 THEN
                DELETE FROM line WHERE site_id = of_site AND (last_n <= counted_n - {LINES_MEMORY}
                    OR articles = 1 AND last_n <= counted_n - {SHORT_MEMORY});
            END IF;
        END IF;
        -- How its stories open, as `openings::count`.
        INSERT INTO opening (site_id, shape, articles) VALUES (of_site, p.opening, 1)
        ON CONFLICT (site_id, shape) DO UPDATE SET articles = opening.articles + 1;
        SELECT sum(articles) INTO whole FROM opening WHERE site_id = of_site;
        IF whole >= {OPENINGS_MEMORY} THEN
            UPDATE opening SET articles = articles / 2 WHERE site_id = of_site;
        END IF;
        DELETE FROM queue WHERE key_hash = p.key_hash AND url = p.url;
        told := told || of_article;
    END LOOP;
    RETURN told;
END $$;
