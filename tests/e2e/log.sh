#!/bin/sh
# log.sh - what the log shows at -v and -vv, so that a report of a user explains itself.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# logs EXPRESSION: standard error has a line that matches the extended regular expression.
logs()
{
    grep -qE "^hector-host-stub: $1\$" "$err" || { cat "$err" && false; }
}

logs_nothing_of()
{
    ! grep -E "^hector-host-stub: ($1):" "$err"
}

# Every exchange has its line, and there are as many as the summary counts.
logs_each_request()
{
    grep -cE ' (POST|GET) [^ ]+: [a-z]+, HTTP [0-9]+, [0-9]+ bytes, [0-9]+ ms$' "$err" >"$here/lines"
    reports "KIND(\"summary\")[0][\"requests\"] == $(cat "$here/lines")"
}

as_key
simulate --fgts 12 --deny switches
run sync -v
ok "-v: the phases" logs 'info: phase unit_lists'
ok "-v: a complete scope" logs 'info: adom:root firewall: complete, [0-9]+ units'
ok "-v: an incomplete scope, with the reason and the code" \
    logs 'info: adom:root switch: incomplete, 0 units: roster_refused .*managed-switch: -11 .*'
ok "-v: no requests" logs_nothing_of debug
run sync -vv
ok "-vv: each request, with its bytes and milliseconds" logs_each_request
ok "-vv: a table that was refused, with its code" \
    logs 'debug: get /pm/config/adom/root/obj/fsp/managed-switch: code -11 .*'
ok "-vv: a table that was read" logs 'debug: get /dvmdb/device: code 0 OK'

simulate --fgts 12 --fault http-502-html@3
run sync -v
ok "-v: a repeat" logs 'info: sent again in [0-9]+ ms: not usable, HTTP 502'

simulate --fgts 12 --fault huge-name@4
run sync -vv
ok "-vv: halves" logs 'debug: [0-9]+ unit lists in halves: reply_too_large'

SIMULATOR=$FGT_SIMULATOR
simulate --vdoms 2
run sync -vv
ok "FortiGate, -vv: each request, with its bytes and milliseconds" logs_each_request
ok "FortiGate, -v: a complete scope" logs 'info: gate:[^ ]*/vdom:root switch: complete, [0-9]+ units'

SIMULATOR=$NAC_SIMULATOR
simulate --page-cap 40
login="--set source=fortinac"
run sync -vv
ok "FortiNAC, -vv: each request, with its bytes and milliseconds" logs_each_request
ok "FortiNAC, -v: a complete scope" logs 'info: fortinac endpoint: complete, [0-9]+ units'

conclude
