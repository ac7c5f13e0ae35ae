#!/bin/sh
# Starts what counts a snapshot, and waits until it shares it. Run by `postgresql-snapshot.sql`, whose session keeps the snapshot
# for so long.
set -eu
rm -f "$WORK/shared" "$WORK/counted" "$WORK/ended"
(
  code=0
  psql --no-psqlrc --quiet --no-align --tuples-only --set=dump="$DUMP" --set=snapshot="$SNAPSHOT" --set=locked="$LOCKED" \
    --dbname="$DATABASE_URL" --file="$SCRIPTS/postgresql-counted.sql" >"$WORK/counted" 2>"$WORK/counted-log" || code=$?
  echo "$code" >"$WORK/ending"
  mv "$WORK/ending" "$WORK/ended"
) </dev/null >/dev/null 2>&1 &
until [ -f "$WORK/shared" ] || [ -f "$WORK/ended" ]; do sleep 0.02; done
