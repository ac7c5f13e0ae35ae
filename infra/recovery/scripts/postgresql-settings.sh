# How rows are written down when they are digested: the same way at every time and place.
# shellcheck shell=sh
PGOPTIONS='-c TimeZone=UTC -c DateStyle=ISO,MDY -c IntervalStyle=postgres -c extra_float_digits=1 -c bytea_output=hex'
export PGOPTIONS
# shellcheck disable=SC2034 # for whoever reads this file in
counts=$(dirname "$0")/postgresql-counts.sql
