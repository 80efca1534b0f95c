#!/bin/sh
# Prepares the demonstration under SIAGA_HOME and serves it on this machine only.
# What is there already is kept: the second start takes seconds. An interrupted seed starts over.
set -eu
bin="$1"
home="$SIAGA_HOME"
accounts="$home/demo-accounts.csv"
today="$(date +%F)"
mkdir -p "$home"

schema="$(cat "$(dirname "$0")/../profiling/migrations/HEAD")"
if [ ! -e "$accounts" ]; then
    rm -f "$home/siaga.db" "$home/siaga.db-wal" "$home/siaga.db-shm" "$home/demo-schema"
    "$bin/siaga" keys init >/dev/null
fi
if [ "$(cat "$home/demo-schema" 2>/dev/null)" != "$schema" ]; then
    "$bin/siaga" db upgrade >/dev/null
    echo "$schema" >"$home/demo-schema"
fi
if [ ! -e "$accounts" ]; then
    echo "Making a simulated office with $INTERVIEWS interviews over 24 months ..."
    "$bin/siaga" seed --offices 1 --officers-per-office 8 --interviews "$INTERVIEWS" \
        --months 24 --seed 1 --accounts-file "$accounts.new"
    mv "$accounts.new" "$accounts"
    echo "$today" >"$home/demo-day"
elif [ "$(cat "$home/demo-day" 2>/dev/null)" != "$today" ]; then
    # A demonstration that is started on a later day needs people who wait on that day.
    "$bin/siaga" queue simulate
    echo "$today" >"$home/demo-day"
fi

echo
echo "SIAGA demonstration, all people invented: http://127.0.0.1:$PORT"
echo "Each account signs in with one step on the page; the passwords are in $accounts:"
awk -F, 'NR == 1 || !seen[$4]++ || $4 ~ /analyst|supervisor|steward|admin/ {
    printf "  %-20s %-12s %-14s %s\n", $1, $4, $5, $6 }' "$accounts"
echo
exec "$bin/siaga" serve --host 127.0.0.1 --port "$PORT"
