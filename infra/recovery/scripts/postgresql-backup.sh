#!/bin/sh
# Writes down what a database holds at one position of its log, to which the archive can be restored and compared; and
# dumps it at the same position, where a second copy is asked for.
#
# Environment, beside the library's: PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE; DUMP, yes or no.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"
# shellcheck source=postgresql-settings.sh
. "$(dirname "$0")/postgresql-settings.sh"

# Ten minutes of attempts: a server that is never at rest for a millisecond in all that time has a reason.
attempts=3000

begin_backup postgresql
until [ "$(tail -n 1 "$WORK/snapshot" 2>/dev/null)" = end ]; do
  [ "$attempts" -gt 0 ] || fail "$PGDATABASE was never at rest, so that there is no position to count it at"
  attempts=$((attempts - 1))
  psql --no-psqlrc --quiet --no-align --tuples-only --set=dump="$DUMP" --set=counts="$counts" \
    --file="$(dirname "$0")/postgresql-snapshot.sql" >"$WORK/snapshot" 2>"$WORK/log" ||
    fail "$PGDATABASE cannot be counted: $(tail -n 1 "$WORK/log")"
  [ -s "$WORK/snapshot" ] || sleep 0.2
done
grep -v '^end$' "$WORK/snapshot" >>"$manifest"
if [ "$DUMP" = yes ]; then
  [ -f "$WORK/dumped" ] || fail "$PGDATABASE cannot be dumped: $(tail -n 1 "$WORK/log")"
  add_file "$WORK/dump"
fi
finish_backup
