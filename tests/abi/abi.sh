#!/bin/sh
# abi.sh - the header, host and plugin of version 1 work with the current ones.
# SPDX-License-Identifier: Apache-2.0
#
# ABI  the folder of the programs built with the frozen header
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"

frozen=$srcdir/tests/abi/v1/hector/integration.h
unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD
simulator_start --fgts 12
files=$simulator_files
"$ABI/layout-v1" >"$files/v1"
"$ABI/layout" >"$files/today"
key=0123456789abcdefghijklmnopqrstuv
settings='"settings":{"url":"'$simulator_url'"},"host":{"allow_loopback":true,"ca_file":"'
settings=$settings$files/certificate.pem'"}'

# ---- the header

# Names that begin with one of these words are the same in both.
keeps()
{
    grep -E "^($1) " "$files/v1" >"$files/old"
    grep -E "^($1) " "$files/today" >"$files/new"
    [ -s "$files/old" ] && diff "$files/old" "$files/new"
}

# A struct may have grown at its end.
grows_only()
{
    awk '$1 != "size" { next }
        NR == FNR { old[$2] = $3; next }
        !($2 in old) || $3 < old[$2] { print $2 " shrank to " $3; bad = 1 }
        { seen++ }
        END { exit bad || seen != 3 }' "$files/v1" "$files/today"
}

# layout.c covers the frozen header completely: members are contiguous up to the end of the struct,
# and it prints each number that the header defines.
compares_everything()
{
    awk '$1 == "member" {
            split($2, name, ".")
            if ($3 != end[name[1]] + 0) { print "a gap before " $2; bad = 1 }
            end[name[1]] = $3 + $4
        }
        $1 == "size" && end[$2] != $3 { print "a gap at the end of " $2; bad = 1 }
        END { exit bad }' "$files/v1" || return 1
    sed -n 's/^#define \(HECTOR_[A-Z_]*\) *\(U*INT32_C(\|[0-9]\).*/number \1/p' "$frozen" |
        LC_ALL=C sort >"$files/defined"
    sed -n 's/^\(number [A-Z_]*\) .*/\1/p' "$files/v1" | LC_ALL=C sort | diff "$files/defined" -
}

# ---- a host of version 1, the plugin of today

# asks OPERATION REQUEST
asks()
{
    TOKEN=$key "$ABI/host" "$PLUGIN" "$1" "$2" >"$files/documents" 2>"$files/said"
}

# answers CODE KIND OPERATION REQUEST: the code, and documents of that kind.
answers()
{
    asks "$3" "$4"
    cat "$files/said"
    [ "$(tail -n 1 "$files/said" | cut -d ' ' -f 1)" = "$1" ] &&
        grep -q "^{\"kind\":\"$2\"" "$files/documents"
}

# refuses REASON FIELD OPERATION REQUEST: CONFIG, and no document but a summary.
refuses()
{
    asks "$3" "$4"
    cat "$files/said"
    [ "$(tail -n 1 "$files/said")" = "-1 $1 $2" ] &&
        ! grep -v '^{"kind":"summary"' "$files/documents"
}

was_polled_and_notified()
{
    asks sync "{$settings}"
    grep -q '^progress [a-z_]* [1-9][0-9]*, polls [1-9]' "$files/said" &&
        grep -q '^log 4: POST /jsonrpc' "$files/said"
}

imports_what_the_stub_imports()
{
    HECTOR_SECRET_TOKEN=$key "$STUB" --plugin "$PLUGIN" sync --format ndjson \
        --set "url=$simulator_url" --ca-file "$files/certificate.pem" |
        grep '"kind":"asset"' >"$files/assets"
    asks sync "{$settings}"
    grep '"kind":"asset"' "$files/documents" | diff "$files/assets" - &&
        [ "$(wc -l <"$files/assets")" -gt 12 ]
}

# ---- the stub of today, a plugin of version 1

# stub SECRET COMMAND...: leaves $status.
stub()
{
    HECTOR_SECRET_TOKEN=$1
    export HECTOR_SECRET_TOKEN
    shift
    "$STUB" --plugin "$ABI/frozen.so" --format ndjson "$@" >"$files/documents" 2>"$files/said"
    status=$?
    unset HECTOR_SECRET_TOKEN
}

# gives STATUS TEXT COMMAND...: the documents have the text, and the log its line.
gives()
{
    expected=$1
    text=$2
    shift 2
    stub frozen-1 "$@"
    cat "$files/said"
    [ "$status" = "$expected" ] && grep -qF -e "$text" "$files/documents" &&
        grep -qF "a line of version 1" "$files/said"
}

reports_the_error()
{
    stub "$1" "$2" -v
    cat "$files/said"
    [ "$status" = "$3" ] && grep -qF "The $4 of version 1." "$files/said" &&
        grep -qF "reason: $4" "$files/said" && grep -qF "detail of version 1" "$files/said" &&
        grep -qF "61 s" "$files/said" && grep -qF "setting: token" "$files/said"
}

plan 19
ok "the entry, and HECTOR_HAS at a boundary" keeps "symbol|has"
ok "every number of version 1" keeps number
ok "every member of version 1: offset and size" keeps member
ok "structs grow only" grows_only
ok "all of the frozen header is compared" compares_everything

ok "host of version 1: describe" answers 0 descriptor describe '{}'
ok "host of version 1: validate" answers 0 check validate "{$settings}"
ok "host of version 1: list_options" answers 0 option list_options \
    "{\"option\":\"adoms\",$settings}"
ok "host of version 1: sync" answers 0 summary sync "{$settings}"
ok "host of version 1: log, progress and polls" was_polled_and_notified
ok "host of version 1: the assets are those of the stub" imports_what_the_stub_imports
ok "host of version 1: validate refuses" refuses url_missing url validate '{"settings":{}}'
ok "host of version 1: list_options refuses" refuses option_unknown option list_options '{}'

ok "plugin of version 1: describe" gives 0 '"id":"frozen"' describe
ok "plugin of version 1: validate" gives 0 '"step":"address"' validate
ok "plugin of version 1: options" gives 0 '"value":"v1"' options adoms
ok "plugin of version 1: sync" gives 1 '"outcome":"partial"' sync
ok "plugin of version 1: a failure" reports_the_error other validate 12 secret
ok "plugin of version 1: the worst cause" reports_the_error frozen-1 sync 1 throttle
finish
