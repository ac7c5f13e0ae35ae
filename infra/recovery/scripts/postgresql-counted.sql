-- Counts a snapshot that another session has taken, and dumps it where that is asked for.
\set ON_ERROR_STOP on
SET search_path = pg_catalog;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET TRANSACTION SNAPSHOT :'snapshot';
SELECT pg_export_snapshot() AS shared \gset
\! touch "$WORK/shared"
\ir postgresql-tables.sql
-- A table that was made meanwhile was not locked.
SELECT :'names' = :'locked' AS same \gset
\if :same
\else
  \q
\endif
\if :dump
  \setenv SNAPSHOT :shared
  \! pg_dump --dbname="$DATABASE_URL" --format=custom --snapshot="$SNAPSHOT" --file="$WORK/dump" && touch "$WORK/dumped"
\endif
\ir postgresql-counts.sql
COMMIT;
\qecho end
