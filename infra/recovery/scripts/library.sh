# What the scripts beside this file share; they are POSIX shell, for the stores' own images have no more in common.
#
# A backup is a folder of $DESTINATION, named by its moment: its files and a manifest, which is written last. A folder
# without one is a backup that was given up half-way, and nobody restores it. Lines of a manifest:
#   store KIND                      what was backed up
#   file CHECKSUM BYTES NAME        a file of the folder, and its SHA-256
#   count NUMBER DIGEST NAME        how many rows, keys, documents or vectors; a digest of them, or -
#   point POSITION                  PostgreSQL: where in its log the counts were taken
#   end                             nothing is missing
#
# Environment: DESTINATION, the folder of the store's backups, for rclone; WORK, an empty folder; RCLONE, the program;
# ENCRYPTION_KEY, where rclone's remote `sealed` encrypts what is written.
# shellcheck shell=sh
set -eu

rclone=${RCLONE:-rclone}
export RCLONE_LOG_LEVEL=ERROR
if [ -n "${ENCRYPTION_KEY:-}" ]; then
  RCLONE_CONFIG_SEALED_PASSWORD=$(printf '%s' "$ENCRYPTION_KEY" | "$rclone" obscure -)
  export RCLONE_CONFIG_SEALED_PASSWORD
fi
manifest=$WORK/manifest

# fail MESSAGE: the container's last words, which Kubernetes shows with the pod
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# The server that a script has started in the background, if any: it ends with the script.
server=
end_server() {
  code=$?
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi
  exit "$code"
}
trap end_server EXIT
trap 'exit 143' TERM INT

# read_file PATH: sets `bytes` and `checksum`
read_file() {
  line=$(sha256sum "$1") || fail "cannot read $1"
  checksum=${line%% *}
  bytes=$(wc -c <"$1")
  bytes=$((bytes))
}

# begin_backup KIND
begin_backup() {
  stamp=$(date -u +%Y%m%dT%H%M%SZ)
  printf 'store %s\n' "$1" >"$manifest"
}

# add_file PATH: uploads a file, and says in the manifest what it is
add_file() {
  name=${1##*/}
  read_file "$1"
  printf 'file %s %s %s\n' "$checksum" "$bytes" "$name" >>"$manifest"
  "$rclone" copyto "$1" "$DESTINATION/$stamp/$name" || fail "cannot upload $name to $DESTINATION/$stamp"
}

# add_count NUMBER DIGEST NAME
add_count() {
  printf 'count %s %s %s\n' "$1" "$2" "$3" >>"$manifest"
}

finish_backup() {
  printf 'end\n' >>"$manifest"
  "$rclone" copyto "$manifest" "$DESTINATION/$stamp/manifest" || fail "cannot upload the manifest"
  total=$(sed -n 's/^file [^ ]* \([0-9]*\) .*/\1/p' "$manifest" | awk '{ sum += $1 } END { print sum + 0 }')
  printf 'backed up %s bytes to %s/%s\n' "$total" "$DESTINATION" "$stamp"
}

# newest_backup KIND: finds the newest whole backup, not older than $MAXIMUM_AGE_HOURS, and fetches its manifest
newest_backup() {
  whole=$("$rclone" lsf --recursive --files-only --include '/*/manifest' "$DESTINATION") ||
    fail "cannot list $DESTINATION"
  newest=$(printf '%s\n' "$whole" | sort | tail -n 1)
  stamp=${newest%/manifest}
  [ -n "$stamp" ] || fail "there is no whole backup in $DESTINATION"
  age=$((($(date -u +%s) - $(seconds_of "$stamp")) / 3600))
  [ "$age" -le "$MAXIMUM_AGE_HOURS" ] ||
    fail "the newest backup, $stamp, is $age hours old; at most $MAXIMUM_AGE_HOURS are allowed"
  fetch manifest
  [ "$(tail -n 1 "$manifest")" = end ] || fail "the manifest of $stamp is truncated"
  [ "$(head -n 1 "$manifest")" = "store $1" ] || fail "the manifest of $stamp is not one of $1"
}

# 20261125T020000Z as seconds since 1970
seconds_of() {
  date -u -d "$(printf '%s' "$1" | sed 's/^\(....\)\(..\)\(..\)T\(..\)\(..\)\(..\)Z$/\1-\2-\3 \4:\5:\6/')" +%s
}

# fetch NAME: brings a file of the backup to $WORK
fetch() {
  "$rclone" copyto "$DESTINATION/$stamp/$1" "$WORK/$1" || fail "cannot fetch $1 of $stamp"
}

# fetch_files: brings every file of the manifest to $WORK, whole and unchanged
fetch_files() {
  sed -n 's/^file //p' "$manifest" >"$WORK/files"
  while read -r wanted_checksum wanted_bytes name; do
    fetch "$name"
    read_file "$WORK/$name"
    [ "$bytes" = "$wanted_bytes" ] ||
      fail "$name of $stamp is truncated: $bytes bytes, its manifest says $wanted_bytes"
    [ "$checksum" = "$wanted_checksum" ] || fail "$name of $stamp is corrupted: its checksum differs"
  done <"$WORK/files"
}

# compare_counts FILE WHAT: whether a file's lines `count ...` are the manifest's
compare_counts() {
  grep '^count ' "$manifest" | sort >"$WORK/expected" || true
  grep '^count ' "$1" | sort >"$WORK/restored" || true
  [ -s "$WORK/expected" ] || fail "the manifest of $stamp counts nothing"
  if ! diff "$WORK/expected" "$WORK/restored" >"$WORK/difference"; then
    cat "$WORK/difference" >&2
    fail "$2 of $stamp differs from its manifest: above, < is the manifest's, > is what was restored"
  fi
}

restored() {
  printf 'restored %s of %s: %s counts are as in its manifest\n' \
    "$1" "$stamp" "$(grep -c '^count ' "$manifest")"
}
