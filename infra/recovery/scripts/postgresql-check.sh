#!/bin/sh
# Restores a database from its archive into a server that only this pod knows, up to the position of the newest manifest,
# and counts it there; and its dump, where the manifest has one. A database without an archive has to have one.
#
# Environment, beside the library's: MAXIMUM_AGE_HOURS; ARCHIVE, the folder of Barman's archive, for rclone, or empty; PGDATABASE;
# PRELOAD, libraries that the server must have.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"
# shellcheck source=postgresql-settings.sh
. "$(dirname "$0")/postgresql-settings.sh"

data=$WORK/data
log=$WORK/log
ARCHIVE=${ARCHIVE:-}
export PGHOST="$WORK" PGPORT=5432 PGUSER=postgres ARCHIVE

# A position of the log such as 1A/2B3C, so that it sorts as text
sortable() {
  printf '%08X%08X' "0x${1%/*}" "0x${1#*/}"
}

# newest_base: the newest base backup that was finished before the manifest's position
newest_base() {
  point=$(sed -n 's/^point //p' "$manifest")
  [ -n "$point" ] || fail "the manifest of $stamp names no position"
  "$rclone" lsf --dirs-only "$ARCHIVE/base" >"$WORK/bases" || fail "cannot list $ARCHIVE/base"
  base=
  sort "$WORK/bases" >"$WORK/sorted-bases"
  while read -r folder; do
    rm -f "$WORK/backup.info"
    "$rclone" copyto "$ARCHIVE/base/${folder%/}/backup.info" "$WORK/backup.info" || continue
    grep -qs '^status=DONE' "$WORK/backup.info" || continue
    ended=$(sed -n 's/^end_xlog=//p' "$WORK/backup.info")
    last=$(printf '%s\n%s\n' "$(sortable "$ended")" "$(sortable "$point")" | sort | tail -n 1)
    if [ "$last" = "$(sortable "$point")" ]; then base=${folder%/}; fi
  done <"$WORK/sorted-bases"
  [ -n "$base" ] || fail "$ARCHIVE has no base backup from before $point"
}

unpack_base() {
  mkdir -m 700 "$data"
  "$rclone" lsf --files-only --include 'data*.tar.gz' "$ARCHIVE/base/$base" | sort >"$WORK/parts"
  [ -s "$WORK/parts" ] || fail "the base backup $base holds no data"
  while read -r part; do
    "$rclone" copyto "$ARCHIVE/base/$base/$part" "$WORK/$part" || fail "cannot fetch $part of the base backup $base"
    tar --extract --gzip --file "$WORK/$part" --directory "$data" 2>"$log" ||
      fail "$part of the base backup $base is not whole: $(tail -n 1 "$log")"
    rm "$WORK/$part"
  done <"$WORK/parts"
  # Of a standby, or with the log on a volume of its own, there are things in it that hold only there.
  rm -f "$data/standby.signal" "$data/postmaster.pid"
  if [ -L "$data/pg_wal" ]; then rm "$data/pg_wal"; fi
  mkdir -p "$data/pg_wal"
  : >"$data/postgresql.auto.conf"
  chmod -R go= "$data"
}

# start_server WHAT-CANNOT-BE-DONE SETTING...
start_server() {
  cannot=$1
  shift
  printf 'local all all trust\n' >"$WORK/pg_hba.conf"
  : >"$WORK/postgresql.conf"
  postgres -D "$data" -c config_file="$WORK/postgresql.conf" -c hba_file="$WORK/pg_hba.conf" \
    -c unix_socket_directories="$WORK" -c listen_addresses= -c hot_standby=off \
    -c shared_preload_libraries="$PRELOAD" -c max_locks_per_transaction=256 -c max_parallel_workers_per_gather=0 \
    "$@" >"$log" 2>&1 &
  server=$!
  until pg_isready --quiet; do
    kill -0 "$server" 2>/dev/null || {
      cat "$log" >&2
      fail "$cannot: $(grep 'FATAL\|PANIC' "$log" | tail -n 1)"
    }
    sleep 1
  done
}

recover() {
  touch "$data/recovery.signal"
  start_server "the base backup $base cannot be recovered to $point" \
    -c restore_command="sh '$(dirname "$0")/postgresql-segment.sh' %f %p" \
    -c recovery_target_lsn="$point" -c recovery_target_inclusive=off -c recovery_target_action=promote
}

# An empty server, for a dump alone
found_server() {
  initdb --pgdata="$data" --username=postgres --auth=trust --encoding=UTF8 >"$log" 2>&1 ||
    fail "no server can be made: $(tail -n 1 "$log")"
  start_server "no server can be started"
}

restore_archive() {
  newest_base
  unpack_base
  recover
  count "$PGDATABASE"
  compare_counts "$WORK/counts" "the archive of $PGDATABASE"
}

# count DATABASE
count() {
  psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --dbname="$1" \
    --command='SET search_path = pg_catalog' --file="$counts" >"$WORK/counts" 2>"$WORK/psql-log" ||
    fail "$1 cannot be read: $(tail -n 1 "$WORK/psql-log")"
}

# run_sql SQL: in the database that the dump goes to
run_sql() {
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=dumped --command="$1" >/dev/null 2>"$WORK/psql-log" ||
    fail "the dump cannot be restored: $(tail -n 1 "$WORK/psql-log")"
}

restore_dump() {
  createdb dumped
  # TimescaleDB wants to know that its tables are being restored.
  case $PRELOAD in
    *timescaledb*) run_sql 'CREATE EXTENSION timescaledb; SELECT timescaledb_pre_restore()' ;;
  esac
  # Whose the tables are is a matter of the server that they come from.
  pg_restore --exit-on-error --no-owner --no-privileges --dbname=dumped "$WORK/dump" 2>"$WORK/psql-log" ||
    fail "the dump of $stamp cannot be restored: $(tail -n 1 "$WORK/psql-log")"
  case $PRELOAD in
    *timescaledb*) run_sql 'SELECT timescaledb_post_restore()' ;;
  esac
}

newest_backup postgresql
fetch_files
if [ -n "$ARCHIVE" ]; then
  restore_archive
else
  [ -f "$WORK/dump" ] || fail "$stamp has no dump, and $PGDATABASE has no archive"
  found_server
fi
if [ -f "$WORK/dump" ]; then
  restore_dump
  count dumped
  compare_counts "$WORK/counts" "the dump of $PGDATABASE"
fi
kill -INT "$server"
wait "$server" || true
server=
if pg_controldata "$data" | grep -q 'checksum version: *[1-9]'; then
  pg_checksums --check --pgdata="$data" >"$log" 2>&1 || fail "pages of the archive are corrupted: $(tail -n 1 "$log")"
fi
restored "$PGDATABASE"
