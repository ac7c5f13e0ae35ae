#!/bin/sh
# Makes a folder of a volume what a folder of a bucket is. An empty source is a mistake and not an order to delete.
#
# Environment: SOURCE, for rclone; DESTINATION, on the volume; RCLONE, the program. @default rclone
set -eu

rclone=${RCLONE:-rclone}
fail() {
  echo "sync: $*" >&2
  exit 1
}

first=$("$rclone" lsf --recursive --files-only "$SOURCE" | head -n 1) || fail "cannot list $SOURCE"
[ -n "$first" ] || fail "$SOURCE has no files: upload some, then run this again"
"$rclone" sync "$SOURCE" "$DESTINATION" || fail "cannot copy $SOURCE to $DESTINATION"
