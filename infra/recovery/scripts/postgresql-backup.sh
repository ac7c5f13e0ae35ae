#!/bin/sh
# Writes down what a database holds at one position of its log, to which the archive can be restored and compared; and
# dumps it at the same position, where a second copy is asked for. Writes go on meanwhile.
#
# Environment, beside the library's: PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE, or DATABASE_URL in their place, and
# then PGDATABASE as its name; DUMP, yes or no.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"
# shellcheck source=postgresql-settings.sh
. "$(dirname "$0")/postgresql-settings.sh"

SCRIPTS=$(dirname "$0")
DATABASE_URL=${DATABASE_URL:-$PGDATABASE}
export SCRIPTS WORK DUMP DATABASE_URL
# Ten minutes of attempts: a transaction that holds its locks for longer has a reason that somebody should know.
attempts=60

# take_snapshot: whether there is a position, and all of the database is counted at it
take_snapshot() {
  rm -f "$WORK/dumped"
  psql --no-psqlrc --quiet --no-align --tuples-only --dbname="$DATABASE_URL" \
    --file="$SCRIPTS/postgresql-snapshot.sql" >"$WORK/snapshot" 2>"$WORK/log" || {
    grep -q 'lock timeout\|does not exist' "$WORK/log" && return 1
    fail "$PGDATABASE cannot be counted: $(tail -n 1 "$WORK/log")"
  }
  until [ -f "$WORK/ended" ]; do sleep 0.2; done
  [ "$(cat "$WORK/ended")" = 0 ] || fail "$PGDATABASE cannot be counted: $(tail -n 1 "$WORK/counted-log")"
  [ "$(tail -n 1 "$WORK/counted")" = end ]
}

begin_backup postgresql
until take_snapshot; do
  attempts=$((attempts - 1))
  [ "$attempts" -gt 0 ] || fail "$PGDATABASE has had a transaction that keeps its tables locked, for ten minutes"
  sleep 8
done
cat "$WORK/snapshot" >>"$manifest"
grep -v '^end$' "$WORK/counted" >>"$manifest"
if [ "$DUMP" = yes ]; then
  [ -f "$WORK/dumped" ] || fail "$PGDATABASE cannot be dumped: $(tail -n 1 "$WORK/counted-log")"
  add_file "$WORK/dump"
fi
finish_backup
