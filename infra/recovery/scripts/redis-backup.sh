#!/bin/sh
# Copies the snapshot of a Redis, or of each leader of a Redis cluster, to the bucket.
#
# Environment, beside the library's: REDIS_HOST, REDIS_PORT, REDISCLI_AUTH; REDIS_CLUSTER, yes or no.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

# The addresses of those members that hold keys of their own, one on each line
leaders() {
  if [ "$REDIS_CLUSTER" = yes ]; then
    redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" CLUSTER NODES |
      awk '$3 ~ /master/ && $3 !~ /fail|noaddr/ && NF > 8 { sub(/@.*/, "", $2); print $2 }'
  else
    printf '%s:%s\n' "$REDIS_HOST" "$REDIS_PORT"
  fi
}

# Of a cluster that has lost a leader and its follower, nobody has all the keys.
if [ "$REDIS_CLUSTER" = yes ]; then
  redis-cli -h "$REDIS_HOST" -p "$REDIS_PORT" CLUSTER INFO >"$WORK/cluster"
  grep -q 'cluster_slots_ok:16384' "$WORK/cluster" || fail "$REDIS_HOST is not whole: some of its slots have no leader"
fi

begin_backup redis
leaders >"$WORK/leaders"
[ -s "$WORK/leaders" ] || fail "no member of $REDIS_HOST holds any slots"
number=0
while read -r address; do
  snapshot=$WORK/$number.rdb
  redis-cli -h "${address%:*}" -p "${address##*:}" --rdb "$snapshot" </dev/null >"$WORK/log" 2>&1 ||
    fail "no snapshot of $address: $(tail -n 1 "$WORK/log")"
  redis-check-rdb "$snapshot" >"$WORK/log" || fail "the snapshot of $address is not whole: $(tail -n 1 "$WORK/log")"
  keys=$(sed -n 's/.*\[info\] \([0-9]*\) keys read.*/\1/p' "$WORK/log")
  [ -n "$keys" ] || fail "redis-check-rdb has not counted the keys of $address"
  add_count "$keys" - "$number.rdb"
  add_file "$snapshot"
  rm "$snapshot"
  number=$((number + 1))
done <"$WORK/leaders"
finish_backup
