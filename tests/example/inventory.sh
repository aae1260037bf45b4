#!/bin/sh
# inventory.sh - tests/example/inventory.c keeps an inventory over several nights.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"

TOKEN=0123456789abcdefghijklmnopqrstuv
export TOKEN
here=$(mktemp -d "${TMPDIR:-/tmp}/hector-inventory.XXXXXX") || exit 1
trap 'rm -rf "$here"' EXIT

# night OPTION...: a run against a simulator with these options. Sets $status; $here/said has the
# verdict of each asset, $here/emitted the keys that the host stub gets from the same simulator.
night()
{
    simulator_start "$@"
    request='{"settings":{"url":"'$simulator_url'"},"host":{"allow_loopback":true,"ca_file":"'
    request=$request$simulator_files/certificate.pem'"}}'
    status=0
    "$INVENTORY" "$PLUGIN" "$request" "$here/state" >"$here/said" 2>"$here/error" || status=$?
    HECTOR_SECRET_TOKEN=$TOKEN "$STUB" --plugin "$PLUGIN" sync --format ndjson \
        --set "url=$simulator_url" --ca-file "$simulator_files/certificate.pem" |
        sed -n 's/^{"kind":"asset".*"sync_key":"\([^"]*\)".*/\1/p' | sort >"$here/emitted"
    simulator_remove
    trap 'rm -rf "$here"' EXIT
}

# became VERDICT [NIGHTS]: the keys of the assets to which the last run gave this verdict.
became()
{
    awk -F '\t' -v verdict="$1" -v nights="${2:-}" \
        '$2 == verdict && (nights == "" || $6 == nights) { print $1 }' "$here/said" | sort
}

# exits STATUS
exits()
{
    [ "$status" = "$1" ] || {
        echo "exit status $status"
        cat "$here/error"
        return 1
    }
}

# same FILE VERDICT [NIGHTS]: exactly the keys of the file, at least one, have that verdict.
same()
{
    file=$1
    shift
    became "$@" | diff "$file" - && [ -s "$file" ]
}

# only STATUS VERDICT: every asset has that verdict, and the emitted keys are those of the assets.
only()
{
    exits "$1" && same "$here/emitted" "$2" && [ "$(wc -l <"$here/said")" = "$(wc -l <"$here/emitted")" ]
}

# The assets that are present or moved are exactly those emitted tonight.
is_there()
{
    { became present; became moved; } | sort | diff "$here/emitted" -
}

# The kept assets that were not emitted tonight.
gone()
{
    comm -23 "$here/all" "$here/emitted" >"$here/gone"
}

fortimanager=$SIMULATOR
gate="--ha 2 --vdoms 3 --plain"

SIMULATOR=$FGT_SIMULATOR
night $gate
cp "$here/emitted" "$here/all"
ok "the first night: all is new" only 0 new
night $gate --failover
ok "the cluster has failed over: all is there" only 0 present
night $gate --access-points 5
gone
ok "access points are gone: what is there stays" same "$here/emitted" present
ok "what is gone is not seen" same "$here/gone" not_seen 1
night $gate --access-points 5
ok "nor in the second night" same "$here/gone" not_seen 2
night $gate --access-points 5 --deny wifi
gone
ok "a list is refused: nothing is concluded about what it may hold" same "$here/gone" unknown
night $gate --access-points 5
gone
ok "nights in which nothing is known do not count" same "$here/gone" not_seen 3
night $gate
ok "the access points are back: all is there" only 0 present
ok "and no night counts any more" same "$here/all" present 0
night $gate --vdoms 2
became moved >"$here/moved"
ok "a VDOM is gone: what it had is elsewhere" [ -s "$here/moved" ]
ok "and the rest is where it was" is_there
night $gate --seed 2
ok "another FortiGate stands at the address: nothing is concluded" same "$here/all" unknown
ok "and what it brings is new" same "$here/emitted" new

rm "$here/state"
SIMULATOR=$fortimanager
night --fgts 30
cp "$here/emitted" "$here/all"
ok "a FortiManager: all is new" only 0 new
night --fgts 30 --failover
ok "all clusters have failed over: all is there" only 0 present
night --fgts 30 --deny "devices@Branch Offices"
gone
ok "an ADOM is refused: what is there stays" is_there
ok "nothing is concluded about what it had" same "$here/gone" unknown
TOKEN=0123456789abcdefghijklmnopqrstuw
night --fgts 30
ok "the token is refused: the run fails" exits 3
ok "and nothing is concluded" same "$here/all" unknown
plan "$points"
finish
