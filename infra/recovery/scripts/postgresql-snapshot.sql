-- Counts a database, and dumps it where that is asked for, at one position of its log. The position is exact when nobody
-- was about to commit before the snapshot was taken and nothing was logged while it was: else another attempt is made.
\set ON_ERROR_STOP on
SET search_path = pg_catalog;
SELECT pg_current_wal_insert_lsn() AS point \gset
SELECT count(*) = 0 AS resting FROM pg_stat_activity WHERE backend_xid IS NOT NULL \gset
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_current_wal_insert_lsn() = :'point' AS unmoved \gset
\if :resting
\else
  \q
\endif
\if :unmoved
\else
  \q
\endif
\if :dump
  SELECT pg_export_snapshot() AS snapshot \gset
  \setenv SNAPSHOT :snapshot
  \! pg_dump --format=custom --snapshot="$SNAPSHOT" --file="$WORK/dump" && touch "$WORK/dumped"
\endif
\qecho point :point
\i :counts
COMMIT;
-- A transaction after the position: without one, an idle server would not archive as far as that.
SELECT pg_current_xact_id() AS after \gset
\qecho end
