#!/bin/sh
# The archive's schema, and a role that only reads. Run once, by whoever may make roles; PostgreSQL's image does so
# when its data folder is empty.
set -eu
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" \
    -v owner="$POSTGRES_USER" -v word="$READER_PASSWORD" <<'SQL'
CREATE SCHEMA kliping AUTHORIZATION :"owner";
CREATE ROLE reader LOGIN PASSWORD :'word';
GRANT USAGE ON SCHEMA kliping TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA kliping GRANT SELECT ON TABLES TO reader;
SQL
