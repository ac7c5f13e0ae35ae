-- Finds a position of the log at which the database holds what a snapshot shows, and has `postgresql-counted.sql` count and dump
-- that snapshot. Writers wait for as long as it takes to read the position: their tables are locked, so that nothing of theirs is
-- between the two. Who writes a long transaction makes the lock time out, and another attempt is made.
\set ON_ERROR_STOP on
SET search_path = pg_catalog;
SET lock_timeout = '2s';
\ir postgresql-tables.sql
SELECT coalesce('LOCK TABLE ' || string_agg(name, ', ') || ' IN SHARE MODE', 'SELECT') AS lock
  FROM unnest(:'names'::text[]) AS name
\gset
\setenv LOCKED :names
BEGIN ISOLATION LEVEL REPEATABLE READ;
:lock;
SELECT pg_current_wal_insert_lsn() AS point, pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
-- It goes on by itself once it shares the snapshot; the locks are given back then.
\! sh "$SCRIPTS/postgresql-share.sh"
COMMIT;
-- A transaction after the position: without one, an idle server would not archive as far as that.
SELECT pg_current_xact_id() AS after \gset
\qecho point :point
