#!/bin/sh
# host-stub.sh - each allocation of the host stub fails in turn: the stub reports it, or works.
# SPDX-License-Identifier: Apache-2.0
#
# Every run either equals one without failures, or fails, reports that memory is short, and leaves
# no file. Also tests file systems that lack a feature.
set -u
. "$srcdir/tests/lib/tap.sh"

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-allocation.XXXXXX") || exit 1
trap 'rm -rf "$here"' EXIT
unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD
LC_ALL=C
export LC_ALL
printf '{"assets":3,"log":true,"attributes":["note","signal"]}\n' >"$here/settings"
cat >"$here/exchanges" <<'END'
{"url": "192.0.2.1", "adoms": ["Paris"], "attributes": ["meta.Site"], "documents": [
{"kind": "exchange", "exchange": 1, "part": "request", "method": "POST", "path": "/jsonrpc",
 "text": "{\"url\":\"/dvmdb/adom/Paris/device\"}", "more": false},
{"kind": "exchange", "exchange": 1, "part": "reply", "outcome": "ok", "status": 200, "text":
 "{\"name\":\"gate 1\",\"ip\":\"10.1.1.1/24\",\"latitude\":1.5,\"meta fields\":{\"Site\":\"a\"}}",
 "more": false}]}
END
printf 'secret\n' >"$here/secret"
chmod 600 "$here/secret"

# sweep once|ever ARGUMENT...: one run for each allocation; failing_stub.c says what a run must do.
sweep()
{
    how=$1
    shift
    FAILING=$how "$ALLOCATION/host-stub" --plugin "$PLUGINS/fake.so" "$@"
}

# swept NAME ARGUMENT...
swept()
{
    name=$1
    shift
    ok "$name, once" sweep once "$@"
    ok "$name, ever" sweep ever "$@"
}

swept "describe" describe
swept "validate" validate --set note=x --set odd=false
swept "options" options adoms --filter r --limit 5 --format json
swept "sync, NDJSON" sync --settings "$here/settings" --format ndjson -vv
swept "sync, a table" sync --settings "$here/settings" --language fr
swept "sync, CSV into a file" sync --settings "$here/settings" --format csv --output "$here/file" \
    --secret-file "token=$here/secret"
swept "record" record --settings "$here/exchanges" --output "$here/bundle"
swept "a file of settings that is no JSON" validate --settings "$here/secret"

# On a file system without unnamed files a crash leaves a temporary file; the next run removes it.
killed()
{
    : >"$here/err"
    FAILING_NAMELESS=1 "$ALLOCATION/host-stub" --plugin "$PLUGINS/fake.so" sync --set wait=true \
        --output "$here/kept" >"$here/out" 2>"$here/err" </dev/null &
    process=$!
    turn=0
    until grep -q waiting "$here/err" || [ "$turn" -eq 200 ]; do
        sleep 0.1
        turn=$((turn + 1))
    done
    ls "$here" >"$here/alive"
    kill -s "$1" "$process"
    wait "$process"
}

stray()
{
    find "$here" -name 'kept.*' | grep -c .
}

written()
{
    FAILING_NAMELESS=1 "$ALLOCATION/host-stub" --plugin "$PLUGINS/fake.so" sync --format ndjson \
        --output "$here/kept" 2>"$here/err" && [ "$(wc -l <"$here/kept")" -eq 10 ]
}

killed TERM
ok "a file with a name is there while the run lasts" grep -q '^kept\.hector-00$' "$here/alive"
ok "and gone after a signal" [ "$(stray)" -eq 0 ]
killed KILL
ok "a crash leaves it" [ "$(stray)" -eq 1 ]
ok "the next run writes" written
ok "and takes it away" [ "$(stray)" -eq 0 ]
plan "$points"
finish
