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

# run WHEN ARGUMENT...: leaves $status.
run()
{
    when=$1
    shift
    rm -rf "$here/spared" "$here/file" "$here/bundle"
    FAILING=$when FAILING_SPARED=$here/spared "$ALLOCATION/host-stub" \
        --plugin "$PLUGINS/fake.so" "$@" >"$here/out" 2>"$here/err" </dev/null
    status=$?
    [ ! -e "$here/file" ] || cat "$here/file" >>"$here/out"
    [ ! -e "$here/bundle" ] || cat "$here/bundle"/* >>"$here/out"
}

# The output equals that of the undisturbed run; standard error may lack a line.
is_whole()
{
    [ "$status" = "$whole" ] && cmp -s "$here/out" "$here/whole"
}

reports_no_memory()
{
    [ "$status" -gt 1 ] && [ "$status" -lt 100 ] && [ ! -e "$here/file" ] &&
        [ ! -e "$here/bundle" ] && grep -qi memory "$here/err"
}

# sweep MARK ARGUMENT...: MARK is + when all allocations after the failed one fail too.
sweep()
{
    mark=$1
    shift
    run 0 "$@"
    whole=$status
    cp "$here/out" "$here/whole"
    nth=1
    bad=0
    run "$nth$mark" "$@"
    while [ ! -e "$here/spared" ] && [ "$nth" -lt 2000 ]; do
        is_whole || reports_no_memory || {
            bad=$((bad + 1))
            echo "call $nth$mark: exit status $status, $(wc -c <"$here/out") bytes"
            cat "$here/err"
        }
        nth=$((nth + 1))
        run "$nth$mark" "$@"
    done
    is_whole && [ "$nth" -gt 2 ] && [ "$nth" -lt 2000 ] && [ "$bad" = 0 ]
}

# swept NAME ARGUMENT...
swept()
{
    name=$1
    shift
    ok "$name, once" sweep "" "$@"
    ok "$name, ever" sweep + "$@"
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
