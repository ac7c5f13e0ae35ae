#!/bin/sh
# Brings one file of the archived log to where a recovering PostgreSQL wants it: its restore_command.
#
# Arguments: the file's name and where it goes. Environment: ARCHIVE; RCLONE. A file that is not there is the log's end; any
# other failure must not be taken for it, and ends the recovery.
set -eu
name=$1
case $name in
  *.history) source=$ARCHIVE/wals/$name.gz ;;
  *) source=$ARCHIVE/wals/$(printf '%.16s' "$name")/$name.gz ;;
esac
code=0
"${RCLONE:-rclone}" copyto "$source" "$2.gz" || code=$?
case $code in
  # Of object storage, where there are no folders, rclone says nothing when there is nothing to copy.
  0) [ -f "$2.gz" ] || exit 1 ;;
  # rclone's codes for a folder or a file that is not there
  3 | 4) exit 1 ;;
  *) exit 255 ;;
esac
gunzip -f "$2.gz" || exit 255
