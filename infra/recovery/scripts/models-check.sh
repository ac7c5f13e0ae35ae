#!/bin/sh
# Reads back every model that the newest backup names, and holds its bytes against the checksum that the backup wrote down.
#
# Environment, beside the library's: MAXIMUM_AGE_HOURS; COPY, as of the backup.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

newest_backup models
fetch_files
printf 'count %s - objects\n' "$(grep -c . "$WORK/objects" || true)" >"$WORK/counts"
compare_counts "$WORK/counts" "The list of models"
sed 's/^[^;]*;[^;]*;[^;]*;//' "$WORK/objects" >"$WORK/names"
"$rclone" lsf --recursive --files-only "$COPY" >"$WORK/copied" || fail "cannot list $COPY"
while read -r name; do
  grep -Fqx "$name" "$WORK/copied" || fail "the copy lacks: $name"
done <"$WORK/names"
"$rclone" hashsum sha256 --download --files-from-raw "$WORK/names" "$COPY" >"$WORK/sums" || fail "cannot read $COPY"
sed 's/^\([^;]*\);[^;]*;[^;]*;/\1  /' "$WORK/objects" | sort >"$WORK/expected-sums"
sort -o "$WORK/sums" "$WORK/sums"
if ! diff "$WORK/expected-sums" "$WORK/sums" >"$WORK/difference"; then
  fail "the copy differs from what was backed up: $(sed -n 's/^< [^ ]*  //p' "$WORK/difference" | head -n 1)"
fi
restored models
