#!/bin/sh
# Dumps a MongoDB replica set as it was at one moment.
#
# Environment, beside the library's: MONGODB_HOSTS, the replica set's name and members; MONGODB_USER, MONGODB_PASSWORD;
# MONGODB_AUTHORITY, the file with the authority that signed its certificates.
set -eu
# shellcheck source=library.sh
. "$(dirname "$0")/library.sh"

# A file, for whoever may list processes could read an argument
(
  umask 077
  printf 'password: "%s"\n' "$MONGODB_PASSWORD" >"$WORK/password.yaml"
)

begin_backup mongodb
mongodump --config="$WORK/password.yaml" --host="$MONGODB_HOSTS" --username="$MONGODB_USER" \
  --authenticationDatabase=admin --ssl --sslCAFile="$MONGODB_AUTHORITY" --readPreference=secondaryPreferred \
  --oplog --gzip --archive="$WORK/archive.gz" 2>"$WORK/log" || fail "cannot dump: $(tail -n 1 "$WORK/log")"
# What the dump says of each collection, without the server's own databases
sed -n 's/.*done dumping \([^ ]*\) (\([0-9]*\) documents\{0,1\}).*/\2 - \1/p' "$WORK/log" |
  grep -v ' - \(admin\|config\|local\)\.' >"$WORK/collections" || true
add_count "$(grep -c . "$WORK/collections" || true)" - collections
while read -r number digest name; do
  add_count "$number" "$digest" "$name"
done <"$WORK/collections"
add_file "$WORK/archive.gz"
finish_backup
