#!/bin/sh
# Reads back every model that the newest backup names, and compares it byte for byte with the one in use.
#
# Environment, beside the library's: MAXIMUM_AGE_HOURS; SOURCE and COPY, as of the backup.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

newest_backup models
fetch_files
sed 's/^[0-9-]* //' "$WORK/objects" >"$WORK/names"
printf 'count %s - objects\n' "$(grep -c . "$WORK/names" || true)" >"$WORK/counts"
compare_counts "$WORK/counts" "The list of models"
"$rclone" lsf --recursive --files-only --format ps --separator ' ' "$COPY" >"$WORK/copied" || fail "cannot list $COPY"
sed 's/^\(.*\) \([0-9-]*\)$/\2 \1/' "$WORK/copied" | sort -k 2 >"$WORK/copies"
while read -r object; do
  grep -Fqx "$object" "$WORK/copies" || fail "the copy lacks, or has in another size: $object"
done <"$WORK/objects"
"$rclone" check --download --one-way --files-from-raw "$WORK/names" "$COPY" "$SOURCE" >"$WORK/log" 2>&1 ||
  fail "the copy differs from the models in use: $(grep ERROR "$WORK/log" | tail -n 1)"
restored models
