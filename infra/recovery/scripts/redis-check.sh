#!/bin/sh
# Restores the newest snapshots of a Redis into a server that only this pod knows, and counts their keys.
#
# Environment, beside the library's: MAXIMUM_AGE_HOURS.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

socket=$WORK/redis.sock

ask() {
  redis-cli -s "$socket" "$@" 2>/dev/null
}

# restore NAME: loads a snapshot, and sets `keys` to how many were in it, those included that have expired since
restore() {
  redis-server --dir "$WORK" --dbfilename "$1" --port 0 --unixsocket "$socket" --save '' --appendonly no \
    >"$WORK/log" 2>&1 &
  server=$!
  until [ "$(ask PING || true)" = PONG ]; do
    kill -0 "$server" 2>/dev/null || fail "$1 of $stamp cannot be loaded: $(tail -n 1 "$WORK/log")"
    sleep 1
  done
  ask INFO persistence >"$WORK/info"
  keys=$(tr -d '\r' <"$WORK/info" | awk -F : '/^rdb_last_load_keys_(loaded|expired):/ { sum += $2 } END { print sum + 0 }')
  ask SHUTDOWN NOSAVE || true
  wait "$server" || true
  server=
}

newest_backup redis
fetch_files
: >"$WORK/counts"
sed -n 's/^file [^ ]* [^ ]* //p' "$manifest" >"$WORK/snapshots"
while read -r name; do
  redis-check-rdb "$WORK/$name" >"$WORK/log" || fail "$name of $stamp is not whole: $(tail -n 1 "$WORK/log")"
  restore "$name"
  printf 'count %s - %s\n' "$keys" "$name" >>"$WORK/counts"
done <"$WORK/snapshots"
compare_counts "$WORK/counts" "Redis"
restored Redis
