#!/bin/sh
# Restores the newest dump of a MongoDB into a server that only this pod knows, and counts its documents.
#
# Environment, beside the library's: MAXIMUM_AGE_HOURS.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

port=27018

newest_backup mongodb
fetch_files
mkdir "$WORK/data"
mongod --dbpath "$WORK/data" --bind_ip 127.0.0.1 --port "$port" --unixSocketPrefix "$WORK" >"$WORK/server-log" 2>&1 &
server=$!
until mongosh --quiet --port "$port" --eval 'db.runCommand({ ping: 1 })' >"$WORK/ping" 2>&1; do
  kill -0 "$server" 2>/dev/null || fail "no server to restore into: $(tail -n 1 "$WORK/server-log")"
  sleep 1
done
mongorestore --port="$port" --gzip --archive="$WORK/archive.gz" --oplogReplay --stopOnError 2>"$WORK/log" ||
  fail "the dump of $stamp cannot be restored: $(tail -n 1 "$WORK/log")"
sed -n 's/.*finished restoring \([^ ]*\) (\([0-9]*\) documents\{0,1\}, 0 failures).*/count \2 - \1/p' "$WORK/log" |
  grep -v ' - \(admin\|config\|local\)\.' >"$WORK/collections" || true
cp "$WORK/collections" "$WORK/counts"
printf 'count %s - collections\n' "$(grep -c . "$WORK/collections" || true)" >>"$WORK/counts"
compare_counts "$WORK/counts" "MongoDB"
restored MongoDB
