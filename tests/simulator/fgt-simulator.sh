#!/bin/sh
# fgt-simulator.sh - the simulated FortiGate answers like each release, and refuses other requests.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema

SIMULATOR=$FGT_SIMULATOR
fgt=$srcdir/tests/simulator/fgt_simulator.py
table=$srcdir/tests/simulator/fgt-members.tsv
recorded=$srcdir/../shared/samples/fortigate
token=0123456789abcdefghijklmnopqrstuv
here=$(mktemp -d "${TMPDIR:-/tmp}/hector-fgt.XXXXXX") || exit 1
seen=$here/seen
resident_start "$here"

# Checked once at the end of each simulator, whose exit status also reports leaked memory.
end_of_simulator=0
end_gate()
{
    simulator_stop || end_of_simulator=$?
}

# serve OPTION...: starts a simulator in place of the one before.
serve()
{
    end_gate
    simulator_start --plain-http "$@"
    trap 'simulator_remove; resident_stop; rm -rf "$here"' EXIT
    simulator_url=http${simulator_url#https}
}

# asked METHOD PATH TOKEN EXPRESSION [BODY]
asked()
{
    resident "$fgt" ask "$simulator_url" "$@"
}

# get PATH EXPRESSION: below /api/v2/, with the right token.
get()
{
    asked GET "/api/v2/$1" "$token" "$2"
}

# reported EXPRESSION: holds for the report.
reported()
{
    asked GET /simulator/report - "$1"
}

# violates WORDS COMMAND...: the command succeeds, and the report has a violation with these words.
violates()
{
    words=$1
    shift
    "$@" && reported "any('$words' in v for v in reply['violations'])"
}

knows_members()
{
    resident "$fgt" members "$simulator_url" "$token" "$table" "$seen"
}

switches=monitor/switch-controller/managed-switch
access_points=monitor/wifi/managed_ap
envelope='"http_method", "vdom", "path", "name", "status", "serial", "version", "build"'

# ---- differences between releases

# release VERSION FULL_VERSION ACTION MEMBER_OF_PEER SWITCHES_BARE SWITCHES_STATUS NAME_OF_SWITCH
#         ADDRESS_OF_POINT SPEED_OF_POINT: "named": the envelope always names its action; "quiet":
#         not.
release()
{
    version=$1
    serve --version "$version" --vdoms 2 --ha 2 --fabric 3
    ok "$version: who it is" get monitor/system/status "status == 200
        and one['version'] == '$2' and one['vdom'] == 'root' and 'http_status' not in one
        and ('action' in one) == ('$3' == 'named') and {$envelope} <= set(one)
        and set(one['results']) == {'model_name', 'model_number', 'model', 'hostname',
                                    'log_disk_status'}"
    ok "$version: all VDOMs" get 'monitor/system/status?vdom=*' "vdoms == ['root', 'guest']"
    ok "$version: a list of one is a list" get 'monitor/system/status?global=1' \
        "isinstance(reply, list)"
    ok "$version: one VDOM" get "$access_points?vdom=guest" "one['vdom'] == 'guest'
        and rows and all(row['vdom'] == 'guest' for row in rows)"
    ok "$version: members of the cluster" get monitor/system/ha-peer "len(rows) == 2
        and {'master', 'primary'} & set(rows[0]) == set('$4'.split())"
    ok "$version: the older path of switches" get "$switches" "status == $5"
    ok "$version: the newer one" get "$switches/status" "status == $6
        and one['status'] == ('success' if status == 200 else 'error')
        and one.get('http_status', 200) == status and one.get('action', '') in ('', 'status')"
    rows=$switches
    [ "$6" = 404 ] || rows=$switches/status
    ok "$version: rows of switches" get "$rows?vdom=*" "
        all(('name' in row, 'switch-id' in row) == ('$7' == 'name', '$7' == 'switch-id')
            for row in rows)
        and any(row['status'] != 'Connected' and row['state'] == 'Authorized' for row in rows)
        and any(row['state'] == 'Unauthorized' for row in rows)
        and any(row['join_time'] for row in rows)
        and all(row['join_time'].endswith('\\n') == ('$version' == '6.4')
                for row in rows if row['join_time'])"
    ok "$version: rows of access points" get "$access_points?vdom=*" "
        all('$8' in row and type(row['mesh_uplink_intf_speed']) is $9 for row in rows)
        and len({'local_addr', 'local_ipv4_addr'} & set(rows[0])) == 1
        and any(row['name'] == '' for row in rows) and any(row['os_version'] == '' for row in rows)
        and any('*' in row['wtp_id'] for row in rows)
        and any(row['state'] == 'discovered' for row in rows)"
    ok "$version: the fabric" get monitor/system/csf "
        one['results']['devices']['fortigate'][0]['serial'] == one['serial']
        and len(one['results']['devices']['fortigate'][0]['ha_list']) == 2"
    ok "$version: the profile of who asks" get monitor/web-ui/state "
        one['results']['admin']['profile']['wifi'] == 'read'
        and one['results']['admin']['vdoms'] == ['', 'root', 'guest']
        and one['results']['features']['switch-controller'] is True"
    ok "$version: configuration has its HTTP status" get cmdb/wireless-controller/wtp \
        "one['http_status'] == 200 and ('next_idx' in one) == ('$version' in ('7.4', '7.6'))"
    ok "$version: every member is known" knows_members
    ok "$version: nothing of it was a violation" reported "reply['violations'] == []"
    serve --version "$version"
    ok "$version: every member of a FortiGate alone is known" knows_members
}

release 6.4 v6.4.5 quiet master 200 404 name local_ipv4_addr int
release 7.0 v7.0.6 named master 200 200 name local_ipv4_addr int
release 7.2 v7.2.8 named "" 404 200 name local_ipv4_addr float
release 7.4 v7.4.8 quiet primary 404 200 switch-id local_ipv4_addr float
release 7.6 v7.6.3 quiet primary 404 200 switch-id local_addr float

# ---- a single FortiGate, its fabric off

serve --version 6.4
ok "6.4: without a fabric csf fails" get monitor/system/csf \
    "status == one['http_status'] == 500 and one['status'] == 'error'"
ok "6.4: roles in the cluster are numbers" get 'monitor/system/ha-checksums?scope=global' \
    "type(rows[0]['is_manage_master']) is int and rows[0]['is_manage_master'] == 1"
serve --version 7.0
ok "7.0: without a fabric csf fails" get monitor/system/csf "status == 500"
ok "7.0: roles in the cluster are booleans" get monitor/system/ha-checksums \
    "rows[0]['is_manage_primary'] is True"
serve --version 7.4
ok "7.4: without a fabric csf describes the FortiGate itself" get monitor/system/csf \
    "one['results']['protocol_enabled'] is False
    and len(one['results']['devices']['fortigate']) == 1"
serve --model FortiWiFi-60F
ok "a FortiWiFi lists its own radio" get "$access_points" \
    "[row['wtp_id'] for row in rows if row['is_local']] == [one['serial'] + '-WIFI0']"
serve --model FortiGate-VM64
ok "a virtual machine" get monitor/system/status "one['results']['model_number'] == 'VM64'"
serve --ha 2
get monitor/system/status "print(one['serial']) or True" >"$seen.serial"
serve --ha 2 --failover
ok "after a failover another member answers" get monitor/system/ha-peer \
    "one['serial'] != '$(cat "$seen.serial")'
    and '$(cat "$seen.serial")' in [row['serial_no'] for row in rows]"
rm -f "$seen.serial"
serve --no-switch-controller --version 7.0
ok "no switch controller: the newer path" get "$switches/status" "status == 404"
ok "no switch controller: the older path" get "$switches" "status == 404"
ok "no switch controller: it says so" get monitor/web-ui/state \
    "one['results']['features']['switch-controller'] is False"
ok "and no request was wrong" reported "reply['violations'] == []"

# ---- selection

serve --access-points 30 --plain
ok "a page" get "$access_points?start=3&count=4" "len(rows) == 4"
ok "the last page, and nothing marks it" get "$access_points?start=28&count=4" \
    "len(rows) == 2 and set(one) == {'results', $envelope}"
ok "the fields that were asked for" get "$access_points?format=serial%7Cname" \
    "all(set(row) == {'serial', 'name'} for row in rows)"
ok "fields of an object" get 'monitor/system/status?format=hostname' \
    "set(one['results']) == {'hostname'}"
ok "a page of configuration" get 'cmdb/wireless-controller/wtp?start=3&count=4' \
    "len(rows) == 4 and one['next_idx'] == 7 and one['limit_reached'] and one['size'] == 30"
ok "none of it was a violation" reported "reply['violations'] == []"
ok "the report has what was asked" reported "
    reply['urls']['GET monitor/wifi/managed_ap']['fields'] == ['serial', 'name']
    and 'start=28' in reply['urls']['GET monitor/wifi/managed_ap']['options']"
ok "fields= does nothing, but for a violation" violates "is not honoured" \
    get "$access_points?fields=serial" "len(rows[0]) > 10"

# ---- credentials

unauthorized="status == 401 and content_type == 'text/html' and challenge == 'error=\"invalid_token\"'"
serve --version 7.6
ok "no token" asked GET /api/v2/monitor/system/status - "$unauthorized"
ok "a wrong token" asked GET /api/v2/monitor/system/status wrong "$unauthorized"
ok "who asks for a FortiManager finds none" asked POST /jsonrpc - \
    "status == 404 and content_type == 'text/html'" '{"method": "get"}'
ok "that much is no violation" reported "reply['violations'] == []
    and reply['credentials_received'] == 1 and reply['credentials_before_probe'] == 0
    and reply['refused_logins'] == 1"
ok "a token for a FortiManager" violates "credentials on /jsonrpc" \
    asked POST /jsonrpc "$token" "status == 404" '{"method": "get"}'
ok "a token in the url is refused" violates "access_token in the url" \
    asked GET "/api/v2/monitor/system/status?access_token=$token" - "$unauthorized"
ok "a token in a body" violates "the token in a body" \
    asked POST /api/v2/monitor/system/status - "status == 401" "$token"
serve --version 7.2
ok "a token in the url is taken by older releases" violates "access_token in the url" \
    asked GET "/api/v2/monitor/system/status?access_token=$token" - "status == 200"
serve --trusted-host 192.0.2.1
ok "from elsewhere it looks like a wrong token" get monitor/system/status "$unauthorized"
serve --trusted-host 127.0.0.1
ok "from the trusted host it does not" get monitor/system/status "status == 200"

serve --version 7.2 --vdoms 4 --token-vdoms "guest,tenant 1"
ok "only VDOMs of the administrator, in silence" get "$access_points?vdom=*" \
    "vdoms == ['guest', 'tenant 1'] and status == 200"
ok "the first of them is the default" get monitor/system/status "one['vdom'] == 'guest'"
ok "a name with a space" get "$access_points?vdom=tenant%201" "vdoms == ['tenant 1']"
ok "another VDOM is not refused" get 'monitor/system/status?vdom=root' "status == 403
    and one == {'http_method': 'GET', 'vdom': 'root', 'path': 'system', 'name': 'status',
                'action': '', 'status': 'error', 'http_status': 403}"
ok "none of it was a violation, either" reported "reply['violations'] == []"
serve --version 7.2 --token-vdoms root
ok "one VDOM is a list of one" get "$access_points?vdom=*" "isinstance(reply, list) and len(reply) == 1"

serve --deny wifi,sysgrp --refusal json
ok "a group is missing: JSON" get "$access_points" "status == 403 and one['serial']"
ok "what needs no group" get monitor/system/status "status == 200"
ok "the profile says it" get monitor/web-ui/state \
    "one['results']['admin']['profile']['wifi'] == 'none'"
serve --deny secfabgrp --refusal html
ok "a group is missing: HTML" get monitor/system/csf "status == 403 and content_type == 'text/html'"
ok "what needs another group" get "$access_points" "status == 200 and rows"
serve --deny wifi,secfabgrp --refusal trimmed
ok "a group is missing: an empty list" get "$access_points" "status == 200 and one['results'] == []
    and one['status'] == 'success'"
ok "a group is missing: an empty object" get monitor/system/csf "one['results'] == {}"
ok "the profile is no violation" reported "reply['violations'] == []"

# ---- forbidden requests

# refused WORDS PATH STATUS
refused()
{
    ok "$2 is refused" violates "$1" get "$2" "status == $3"
}

serve
refused "unknown path" monitor/fortilink/switch 404
refused "unknown path" monitor/fortiswitch 403
refused "unknown path" cmdb/switch-controller/switch 400
refused "unknown path" cmdb/fortiswitch 405
refused "parameter color=red" "$access_points?color=red" 400
refused "parameter count=many" "$access_points?count=many" 400
refused "unknown field secret" "$access_points?format=serial%7Csecret" 400
refused "parameter format=secret" "monitor/system/status?format=secret" 400
refused "parameter start=0" "monitor/system/status?start=0" 400
refused "parameter scope=local" "monitor/system/ha-checksums?scope=local" 400
for method in POST PUT DELETE; do
    ok "$method is refused" violates "method $method" \
        asked "$method" "/api/v2/$access_points" "$token" "status == 405"
done
ok "the page of the administrator is no API" violates "unknown path GET /" \
    asked GET / - "status == 404"

# ---- faults

serve --vdoms 3 --fault vdom-missing@1 --fault wrong-vdom@2 --fault http-500@3
ok "a VDOM is missing" get "$access_points?vdom=*" "vdoms == ['root', 'guest']"
ok "the wrong VDOM" get "$access_points" "vdoms == ['elsewhere']"
ok "an error of its own" get "$access_points" "status == one['http_status'] == 500"
ok "what has no token counts, too" asked GET "/api/v2/$access_points" - "status == 401"
ok "all were applied" reported "reply['faults_applied'] == 3 and reply['data_requests'] == 4"
serve --fault http-429 --fault data-null@2 --fault token-revoked@3xforever
ok "too many requests" get "$access_points" "status == 429"
ok "no results" get "$access_points" "one['results'] is None"
ok "the token is revoked" get "$access_points" "$unauthorized"
ok "for ever" get "$access_points" "$unauthorized"
ok "a fault that a FortiGate has not got" sh -c '! "$1" --fault session-expired 2>/dev/null' \
    sh "$SIMULATOR"

# ---- the table of members

end_gate
ok "every simulator ended well" [ "$end_of_simulator" = 0 ]
ok "every line of the table was met" resident "$fgt" stale "$table" "$seen"
if [ -d "$recorded" ]; then
    ok "recorded replies have the members that they are cited for" \
        resident "$fgt" samples "$table" "$recorded"
else
    skip "recorded replies have the members that they are cited for" "no recorded replies in ../shared/samples"
fi
plan "$points"
finish
