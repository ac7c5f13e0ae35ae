#!/bin/sh
# Copies what the bucket of models has and the copy has not, and writes down what was there. Models are never changed, only
# added: what is gone from the bucket stays in the copy until the lifecycle of the copies' bucket ends it.
#
# Environment, beside the library's: SOURCE, the models, for rclone; COPY, where they are copied to.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

begin_backup models
"$rclone" copy --size-only "$SOURCE" "$COPY" || fail "cannot copy $SOURCE to $COPY"
"$rclone" lsf --recursive --files-only --format ps --separator ' ' "$SOURCE" >"$WORK/listed" || fail "cannot list $SOURCE"
# Paths may have spaces in them; the size is the last word.
sed 's/^\(.*\) \([0-9-]*\)$/\2 \1/' "$WORK/listed" | sort -k 2 >"$WORK/objects"
add_count "$(grep -c . "$WORK/objects" || true)" - objects
add_file "$WORK/objects"
finish_backup
