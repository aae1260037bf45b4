#!/bin/sh
# progress.sh - the progress on a terminal while the stub reads a FortiManager or a FortiGate.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# watch COLUMNS COMMAND [ARGUMENT...]: writes the lines of the terminal to $here/lines.
watch()
{
    columns=$1
    shift
    "$PYTHON3" "$srcdir/tests/e2e/terminal.py" "$columns" \
        $RUNNER "$STUB" --plugin "$PLUGIN" --set "url=$simulator_url" $login \
        --ca-file "$ca_file" --format ndjson --output "$here/documents" "$@" >"$here/lines"
    status=$?
}

# phases NAME...: each phase was shown, and they began in this order. Counts are left out.
phases()
{
    printf '%s\n' "$@" >"$here/expected"
    sed -E 's/, waiting for .*//; s/ [0-9]+(\/[0-9]+)?$//; /hector-host-stub: /d; /^waiting /d' \
        "$here/lines" | awk '!seen[$0]++' | diff "$here/expected" -
}

shows()
{
    grep -qxE "$1" "$here/lines" || { cat "$here/lines" && false; }
}

fits()
{
    ! grep "^WRAPPED [^h]" "$here/lines" && [ "$(wc -l <"$here/lines")" -gt 8 ]
}

# The numbers of a phase never decrease, and no part exceeds its whole.
never_goes_backwards()
{
    awk '/hector-host-stub: / || !match($0, / [0-9]+(\/[0-9]+)?(,|$)/) { next }
        {
            name = substr($0, 1, RSTART - 1)
            split(substr($0, RSTART + 1), part, /[\/,]/)
            total = $0 ~ /\// ? part[2] + 0 : 0
            if (part[1] + 0 < done[name] || total < whole[name] || (total && part[1] + 0 > total)) {
                print
                bad = 1
            }
            done[name] = part[1] + 0
            whole[name] = total
        }
        END { exit bad }' "$here/lines"
}

# ---- a FortiManager

live='attributes=["name","connection_status","ip_address"]'
simulate --fgts 60 --advanced --members-apart --per-device root --proxy-dead 1 \
    --proxy-dead-ms 2500
as_user
watch 80 sync --set "$live"
ok "FortiManager: a sync" exits 0
ok "FortiManager: every phase" phases connection login adoms devices clusters \
    "device databases" "proxied queries" "unit lists" "serial numbers" "closing queries" \
    "devices again"
ok "FortiManager: of how many" shows 'clusters [1-9][0-9]*/[1-9][0-9]*'
ok "FortiManager: who is waited for" \
    shows "proxied queries [0-9]+/[0-9]+, waiting for 127\.0\.0\.1:[0-9]+, [1-9][0-9]* s"
ok "FortiManager: never backwards" never_goes_backwards
ok "FortiManager: within the line" fits
watch 24 sync --set "$live"
ok "on a narrow terminal" fits
watch 80 validate
ok "FortiManager: validate" phases connection login adoms devices clusters "unit lists" \
    "device databases"
watch 80 sync --quiet
ok "--quiet" cmp /dev/null "$here/lines"

simulate --fgts 60 --fault row-added@4
as_key
watch 80 sync
ok "FortiManager: a table that changes" phases connection adoms devices "unit lists" \
    "serial numbers" "closing queries" "devices again" "unit lists again"
ok "FortiManager: a table that changes, never backwards" never_goes_backwards

# ---- a FortiGate

SIMULATOR=$FGT_SIMULATOR
simulate --vdoms 3 --ha 2
as_key
watch 80 sync
ok "FortiGate: a sync" exits 0
ok "FortiGate: every phase" phases connection vdoms "cluster members" "unit lists" units \
    configurations "closing queries"
ok "FortiGate: of how many" shows 'unit lists [0-2]/2'
ok "FortiGate: never backwards" never_goes_backwards
watch 80 validate
ok "FortiGate: validate" phases connection vdoms "cluster members" "unit lists" units \
    configurations

# ---- a FortiNAC

SIMULATOR=$NAC_SIMULATOR
simulate --machines 200 --page-cap 40
login="--set source=fortinac"
watch 80 sync
ok "FortiNAC: a sync" exits 0
ok "FortiNAC: the phases" phases connection endpoints
ok "FortiNAC: never backwards" never_goes_backwards

plan "$points"
finish
