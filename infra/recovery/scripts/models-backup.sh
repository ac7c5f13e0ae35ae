#!/bin/sh
# Copies what the bucket of models has and the copy has not, or has otherwise, and writes down what was there with checksums.
# What is gone from the bucket stays in the copy until the lifecycle of the copies' bucket ends it.
#
# A checksum is worked out from the bytes, once for each object and each time that it is written: object storage's own is none of
# the contents where a key of the account's encrypts them, or where they came in parts. An object is the same as an hour ago
# where its size and the moment of its writing are.
#
# Environment, beside the library's: SOURCE, the models, for rclone; COPY, where they are copied to.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

# list REMOTE FILE: a line `SIZE;MOMENT;PATH` for each object
list() {
  code=0
  "$rclone" lsf --recursive --files-only --use-server-modtime --format stp --separator ';' "$1" >"$2" || code=$?
  # 3: rclone's code for a folder that is not there, as the copy before the first backup
  [ "$code" = 0 ] || { [ "$code" = 3 ] && [ "$1" = "$COPY" ]; } || fail "cannot list $1"
  sort -o "$2" "$2"
}

# The objects of the newest whole backup: lines `CHECKSUM;SIZE;MOMENT;PATH`; none before the first
previous() {
  : >"$WORK/previous"
  whole=$("$rclone" lsf --recursive --files-only --include '/*/manifest' "$DESTINATION" 2>/dev/null) || whole=
  newest=$(printf '%s\n' "$whole" | sort | tail -n 1)
  if [ -n "$newest" ]; then
    "$rclone" copyto "$DESTINATION/${newest%/manifest}/objects" "$WORK/previous" || fail "cannot fetch $newest"
  fi
}

begin_backup models
previous
list "$SOURCE" "$WORK/listed"
list "$COPY" "$WORK/copied"
# Known: in the same size, written at the same moment, and in the copy in that size
awk -F ';' -v copied="$WORK/copied" -v known="$WORK/known" -v changed="$WORK/changed" -v previous="$WORK/previous" '
  function after(fields, line) { for (line = $0; fields > 0; fields--) sub(/^[^;]*;/, "", line); return line }
  BEGIN {
    while ((getline <copied) > 0) sizes[after(2)] = $1
    while ((getline <previous) > 0) checksums[after(1)] = $1
    printf "" >known
    printf "" >changed
  }
  ($0 in checksums) && sizes[after(2)] == $1 { print checksums[$0] ";" $0 >known; next }
  { print after(2) >changed }
' "$WORK/listed"
if [ -s "$WORK/changed" ]; then
  "$rclone" copy --ignore-times --files-from-raw "$WORK/changed" "$SOURCE" "$COPY" ||
    fail "cannot copy $SOURCE to $COPY"
  "$rclone" hashsum sha256 --download --files-from-raw "$WORK/changed" "$SOURCE" >"$WORK/source-sums" ||
    fail "cannot read $SOURCE"
  "$rclone" hashsum sha256 --download --files-from-raw "$WORK/changed" "$COPY" >"$WORK/copy-sums" ||
    fail "cannot read $COPY"
  sort -o "$WORK/source-sums" "$WORK/source-sums"
  sort -o "$WORK/copy-sums" "$WORK/copy-sums"
  cmp -s "$WORK/source-sums" "$WORK/copy-sums" || fail "the copy differs from what was copied: $SOURCE changes while it is read"
fi
# With the checksums of what was copied now; rclone separates them from the path by two spaces.
{
  cat "$WORK/known"
  if [ -s "$WORK/changed" ]; then
    awk -F ';' -v sums="$WORK/source-sums" '
      function after(fields, line) { for (line = $0; fields > 0; fields--) sub(/^[^;]*;/, "", line); return line }
      BEGIN { while ((getline line <sums) > 0) { path = line; sub(/^[^ ]*  /, "", path); checksums[path] = substr(line, 1, 64) } }
      after(2) in checksums { print checksums[after(2)] ";" $0 }
    ' "$WORK/listed"
  fi
} | sort -t ';' -k 4 >"$WORK/objects"
add_count "$(grep -c . "$WORK/objects" || true)" - objects
add_file "$WORK/objects"
finish_backup
