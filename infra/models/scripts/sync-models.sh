#!/bin/sh
# Brings versions of models from the bucket onto a volume, each into a folder of its own, and keeps the last few of each.
#
# A version is complete or not there: it is copied aside, compared with its checksums, and then renamed.
#
# Environment: MODELS, the folders that have to be there, such as "ner-v1.1.0"; SOURCE, where they are, for rclone;
# DESTINATION, the volume; KEEP_VERSIONS, how many of each model stay; MODEL_CONFIG and MODEL_CHECKSUMS, the names of a
# model's own files; RCLONE, the program. @default rclone
set -eu

fail() {
  echo "model-sync: $*" >&2
  exit 1
}

bring() {
  if [ -s "$DESTINATION/$1/$MODEL_CONFIG" ]; then
    echo "$1 is there"
    return
  fi
  aside="$DESTINATION/.incoming/$1"
  rm -rf "$aside" "${DESTINATION:?}/$1"
  mkdir -p "$aside"
  "${RCLONE:-rclone}" copy "$SOURCE/$1" "$aside" || fail "cannot copy $SOURCE/$1"
  [ -s "$aside/$MODEL_CONFIG" ] || fail "$SOURCE has no model $1: upload it with npm run push-model"
  [ -s "$aside/$MODEL_CHECKSUMS" ] || fail "the upload of $1 did not end: run npm run push-model again"
  (cd "$aside" && sha256sum -c "$MODEL_CHECKSUMS" >/dev/null) || fail "$1 is not what was uploaded"
  mv "$aside" "$DESTINATION/$1"
  echo "$1 was brought from $SOURCE"
}

# The newest stay, and the one in use whatever its version.
forget() {
  model=${1%-v*}
  count=0
  for folder in $(cd "$DESTINATION" && ls -d "$model"-v[0-9]* | sort -r -V); do
    count=$((count + 1))
    if [ "$count" -gt "$KEEP_VERSIONS" ] && [ "$folder" != "$1" ]; then
      rm -rf "${DESTINATION:?}/$folder"
      echo "$folder was taken away: $KEEP_VERSIONS newer versions are there"
    fi
  done
}

for folder in $MODELS; do
  bring "$folder"
done
for folder in $MODELS; do
  forget "$folder"
done
