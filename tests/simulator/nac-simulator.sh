#!/bin/sh
# nac-simulator.sh - the simulated FortiNAC answers as recorded, and refuses other requests.
# SPDX-License-Identifier: Apache-2.0
set -u
SIMULATOR=$NAC_SIMULATOR
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"
need_jsonschema

recorded=$srcdir/../shared/samples/siblings
token=0123456789abcdefghijklmnopqrstuv
simulator_files=

# Checked once at the end of each simulator, whose exit status also reports leaked memory.
end_of_simulator=0
end_simulator()
{
    [ -z "$simulator_files" ] || {
        simulator_stop || end_of_simulator=$?
        rm -rf "$simulator_files"
    }
    simulator_files=
}

# serve OPTION...: starts a simulator in place of the one before.
serve()
{
    end_simulator
    simulator_start --plain-http "$@"
    trap end_simulator EXIT
    simulator_url=http${simulator_url#https}
}

# asked METHOD PATH TOKEN EXPRESSION [BODY]
asked()
{
    "$PYTHON3" "$srcdir/tests/simulator/fgt_simulator.py" ask "$simulator_url" "$@"
}

# hosts PARAMETERS EXPRESSION: of the list.
hosts()
{
    asked GET "/api/v2/host${1:+?$1}" "$token" "$2"
}

# finds FILTER EXPRESSION: the filter, percent-encoded, selects those hosts (as x) and no others.
finds()
{
    hosts sortKey=id "open('$simulator_files/all', 'w').write(text)" || return 1
    hosts "sortKey=id&filter=$1" "status == 200 and 0 < len(rows) and [r['id'] for r in rows]
        == [x['id'] for x in __import__('json').load(open('$simulator_files/all'))['results'] if $2]"
}

reported()
{
    asked GET /simulator/report - "$1"
}

# expects EXPRESSION: holds for what is expected.
expects()
{
    "$PYTHON3" "$srcdir/tests/e2e/query.py" "$simulator_files/expected.json" "$1"
}

# violates WORDS COMMAND...: the command succeeds, and the report has a violation with these words.
violates()
{
    words=$1
    shift
    "$@" && reported "any('$words' in v for v in reply['violations'])"
}

# ---- lists

serve --machines 100 --rogues 100
ok "everything" hosts "sortKey=id" "one['status'] == 'success' and one['errorMessage'] is None
    and len(rows) == one['total'] > 200 and 'filtered' not in one
    and [r['id'] for r in rows] == sorted({r['id'] for r in rows})"
if [ -d "$recorded" ]; then
    row="__import__('json').load(open('$recorded/fortinac_host_7.4_docs.json'))['results'][0]"
    ok "a row has the recorded members" hosts "" "all(set(r) == set($row) for r in rows)"
    ok "an adapter has the recorded members" hosts "" "all(set(a) == set($row['adapterObjects'][0])
        for r in rows for a in r['adapterObjects'])"
else
    skip "a row has the recorded members" "no recorded replies in ../shared/samples"
    skip "an adapter has the recorded members" "no recorded replies in ../shared/samples"
fi
ok "a row has the recorded size" hosts "" "3500 < len(text) / len(rows) < 6500"
ok "times in milliseconds, numbers" hosts "" "{type(r['creationTime']) for r in rows} == {int}
    and {type(r['type']) for r in rows} == {int}"
ok "a page" hosts "start=20&count=10&sortKey=id" "len(rows) == 10 and rows[0]['id'] == 61"
ok "the last page" hosts "start=200&count=100&sortKey=id" "0 < len(rows) < 100"
ok "behind it" hosts "start=1000&count=100&sortKey=id" "rows == [] and one['total'] > 200"
ok "the number" asked GET /api/v2/host/count "$token" \
    "one['results'] == [] and one['filtered'] is None and one['total'] > 200"
ok "the number of all" asked GET /api/v2/host/count/all "$token" "one['total'] > 200"
ok "the number of some" asked GET "/api/v2/host/count?filter=typeLabel%3D%3DRogue" "$token" \
    "one['filtered'] == 100 < one['total']"
ok "what is expected" expects "len(one['units']) > 80 and len(one['double_listed']) == 8
    and {u.get('reason') for u in one['not_assets']} >= {'serial_absent', 'serial_shared'}
    and one['hosts'] > one['serials'] > len(one['units'])"
ok "the start page" asked GET / - "status == 200 and content_type == 'text/html'"
ok "none of it was a violation" reported "reply['violations'] == []"
ok "the token on the start page" violates "credentials on /" asked GET / "$token" "status == 200"

serve --version 7.2
ok "7.2: both totals" hosts "" "one['filtered'] == one['total'] == len(rows)"
ok "7.2: times as text" hosts "" "
    all(__import__('re').fullmatch(r'\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000',
        r['creationTime']) for r in rows) and {type(r['type']) for r in rows} == {str}"
serve --version 7.6
ok "7.6: no number without a filter" hosts "" "one['filtered'] is None and one['total'] == len(rows)"
ok "7.6: with a filter" hosts "filter=connected%3D%3Dtrue" \
    "one['filtered'] == len(rows) < one['total']"
serve --totals none --list result --machines 1 --rogues 0
ok "one host as an object" hosts "" "isinstance(one['result'], dict) and 'total' not in one"

# ---- filters

serve
ok "== whatever the case" finds "role%3D%3Demployees" "x['role'] == 'Employees'"
ok "!=" finds "role!%3DEmployees" "x['role'] != 'Employees'"
ok "=@" finds "hostName%3D%40lt-" "'LT-' in (x['hostName'] or '')"
ok "!@" finds "operatingSystem!%40windows" "'windows' not in (x['operatingSystem'] or '').lower()"
ok "<=" finds "id%3C%3D31" "x['id'] <= 31"
ok "<" finds "id%3C31" "x['id'] < 31"
ok ">=" finds "id%3E%3D31" "x['id'] >= 31"
ok ">" finds "id%3E31" "x['id'] > 31"
ok "AND binds tighter than OR" finds "id%3D%3D1%2Cid%3E31%26connected%3D%3Dtrue" \
    "x['id'] == 1 or x['id'] > 31 and x['connected']"
ok "an escaped dot" finds "agentVersion%3D%4022%5C.6%2CagentVersion%3D%402%5C.6" \
    "'2.6' in (x['agentVersion'] or '')"
ok "a dot" violates "a dot without" hosts "filter=agentVersion%3D%402.6" "status == 400"
ok "no operator" violates "no operator" hosts "filter=role" "status == 400"
ok "an unknown key" violates "unknown key" hosts "filter=hostname%3D%3Da" "status == 400"
ok "an ampersand that is not encoded" violates "with b==1" \
    hosts "filter=id%3D%3D1&b==1" "status == 400"
serve --filter 'typeLabel==IP Phone,owner=@Zo'
ok "what is expected with a filter" expects "0 < one['hosts'] < 50
    and all(u['attributes']['endpoint_type'] == 'IP Phone'
            or u['attributes']['owner'].startswith('Zo') for u in one['units'])"

# ---- how it lists

serve --paging ignored
ok "paging is ignored" hosts "start=20&count=10&sortKey=id" "len(rows) == one['total'] > 50"
serve --page-cap 7
ok "pages are capped" hosts "count=10&sortKey=id" "len(rows) == 7"
serve --order other
ok "another order" hosts "count=10&sortKey=id" "rows[0]['id'] > rows[9]['id'] > 100"
serve --order unstable
first="print(rows[0]['id']) or True"
before=$(hosts "count=10&sortKey=id" "$first")
after=$(hosts "count=10&sortKey=id" "$first")
ok "an order that changes" [ "$before" != "$after" ]

# ---- refusals

serve --allowed-subnets 192.0.2.9/32,10.0.0.0/8
refused="one['status'] != 'success' and one['errorMessage'] and"
ok "outside of the Allowed Subnets" hosts "" "$refused status == 401"
serve --allowed-subnets 192.0.2.9/32,127.0.0.0/8
ok "inside of them" hosts "" "status == 200"
serve --allowed-subnets 192.0.2.9 --outside-status 403
ok "outside of them: 403" hosts "" "$refused status == 403"
serve --deny host
ok "no permission" hosts "" "$refused status == 403"
ok "none of it was a violation" reported "reply['violations'] == []"
ok "a wrong token" asked GET /api/v2/host wrong "$refused status == 401"
ok "another method" violates "method POST" asked POST /api/v2/host "$token" "status == 403" '{}'
ok "another path" violates "unknown path GET /api/v2/device" \
    asked GET /api/v2/device "$token" "status == 404"
ok "another parameter" violates "with sortDir" hosts "sortDir=asc" "status == 400"
ok "another order" violates "with sortKey" hosts "sortKey=name" "status == 400"
ok "the token in the url" violates "the token in the url" hosts "filter=owner%3D%3D$token" "True"
serve --version 8.6
ok "8.6" hosts "" "content_type == 'application/xml'"
serve --version 9.2
ok "9.2" hosts "" "status == 401 and challenge.startswith('Basic') and content_type == 'text/html'"

# ---- faults

serve --fault failure --fault token-echoed@2 --fault odd-rows@3 --fault total-wrong@4 \
    --fault short-page@5 --fault trailing-comma@6 --fault row-removed@7 --fault data-null@8
ok "a failure in an HTTP 200" hosts "" "status == 200 and one['status'] == 'failed' and rows == []"
ok "a message with the token" hosts "" "'$token' in one['errorMessage']"
ok "rows that are none" hosts "" "rows[0] is None and len(rows) > 50"
ok "a total too large" hosts "" "one['total'] == len(rows) + 1
    and print(len(rows), file=open('$simulator_files/count', 'w')) is None"
ok "half a page" hosts "count=10" "len(rows) == 5"
ok "a comma" sh -c '! "$@" 2>/dev/null' sh "$PYTHON3" "$srcdir/tests/simulator/fgt_simulator.py" \
    ask "$simulator_url" GET /api/v2/host "$token" True
ok "a host goes" hosts "" "len(rows) + 1 == int(open('$simulator_files/count').read())"
ok "no list" hosts "" "one['results'] is None"
ok "all were applied" reported "reply['faults_applied'] == 8"
serve --fault row-added
ok "a host comes" hosts "" "len(rows) == one['total']"
ok "a host that comes is expected" expects "len(one['moving']) == 1"
ok "a fault that FortiNAC has not got" sh -c '! "$1" --fault session-expired 2>/dev/null' \
    sh "$SIMULATOR"

end_simulator
ok "every simulator ended well" [ "$end_of_simulator" = 0 ]
plan "$points"
finish
