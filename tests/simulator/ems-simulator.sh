#!/bin/sh
# ems-simulator.sh - the simulated EMS answers as documented, and refuses or reports other requests.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"
need_jsonschema

samples=$srcdir/../shared/samples/siblings
SIMULATOR=$EMS_SIMULATOR
simulator_files=

# Checked once at the end of each simulator, whose exit status also reports leaked memory.
end_of_simulator=0
end_ems()
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
    end_ems
    simulator_start --plain-http "$@"
    trap end_ems EXIT
    simulator_url=http${simulator_url#https}
}

# holds EXPRESSION: after a sign-in or login of its own.
holds()
{
    "$PYTHON3" "$srcdir/tests/simulator/ems_simulator.py" "$simulator_url" "$1"
}

# violates WORDS EXPRESSION: the report then has a violation with these words.
violates()
{
    holds "[$2] and any('$1' in v for v in report()['violations'])"
}

expected()
{
    "$PYTHON3" "$srcdir/tests/e2e/query.py" "$simulator_files/expected.json" "$1"
}

# sample FILE: a Python expression for what a recorded or documented reply holds.
sample()
{
    echo "json.load(open('$samples/$1'))"
}

# ---- answers

serve --machines 50
ok "a page for a browser, before any credentials" holds "get('/') == (200, None) and sign_in()
    and report()['credentials_before_probe'] == 0"
ok "a sign-in" holds "sign_in() == (200, {'result': {'retval': 1, 'message': 'Login successful.'},
    'data': {'site': 'default'}}) and set(cookies) == {'csrftoken', 'sessionid'}"
ok "what each version has before the list" holds "sign_in() and
    get('/api/v1/system/consts/get?system_update_time=1')[1]['data']['System']['VERSION'] == '7.4.5'
    and get('/api/v1/license/get')[1]['data']['sn'].startswith('FCTEMS')"
for order in device fctUid; do
    ok "pages are the list, by $order" holds "sign_in() and ids(LIST(order='$order'))[2:]
        == (ids(LIST(0, 20, '$order')) + ids(LIST(20, 99, '$order')))[2:]
        and LIST()[1]['data']['total'] == len(ids(LIST())) == len(set(ids(LIST()))) > 50"
done
ok "details are about the id" holds "sign_in() and all(
    DETAILS(one)[1]['data']['device_id'] == one for one in ids(LIST(0, 3)))"
ok "a sign-out" holds "sign_in() and get('/api/v1/auth/signout')[1]['result']['retval'] == 1
    and report()['open_sessions'] == report()['logins'] - 1"
ok "nothing of it was a violation but a directory's endpoint" holds "
    all('not managed' in v for v in report()['violations'])"
if [ -d "$samples" ]; then
    ok "the list has the documented members" holds "sign_in()
        and set(LIST()[1]['data']['endpoints'][0])
        == set($(sample ems_endpoints_index_schema_7.2.1.json)['data']['endpoints'][0])"
    ok "details have the documented members, and hardware" holds "sign_in() and
        set.union(*[set(DETAILS(one)[1]['data']) for one in ids(LIST(0, 5))])
        == set($(sample ems_endpoint_details_schema_7.2.1.json)['data']) | {'hardware_details'}"
else
    skip "the list has the documented members" "no samples in ../shared"
    skip "details have the documented members, and hardware" "no samples in ../shared"
fi
ok "what is expected" expected "len(one['units']) > 35
    and {r['reason'] for r in one['not_assets']} == {'unmanaged', 'serial_absent', 'serial_placeholder',
        'serial_shared'}
    and len(one['double_listed']) == 6 and one['total'] > one['managed'] > 50"

serve --version 7.2.1
ok "7.2.1: no hardware" holds "sign_in() and all(
    'hardware_details' not in DETAILS(one)[1]['data'] for one in ids(LIST(0, 5)))"
ok "7.2.1: the path of 7.0.3 is not there" holds "sign_in() and OLD_DETAILS(1)[0] == 404"
ok "7.2.1: no asset is expected" expected "one['units'] == []"
serve --version 7.0.3 --hardware camel
ok "7.0.3: details are a list of one" holds "sign_in() and (first := ids(LIST())[0]) and
    [e['device_id'] for e in OLD_DETAILS(first)[1]['data']['endpoints']] == [first]
    and 'hardwareDetails' in OLD_DETAILS(first)[1]['data']['endpoints'][0]"
ok "7.0.3: the path of 7.2.1 is not there" holds "sign_in() and DETAILS(1)[0] == 404"
ok "7.0.3: rows lack most members" holds "sign_in() and
    not {'uid', 'last_seen', 'fct_version'} & set(LIST()[1]['data']['endpoints'][0])"

serve --page-cap 7 --order-ignored --machines 500
ok "a capped page" holds "sign_in() and len(ids(LIST(0, 1000))) == 7"
ok "names that are the same have no order" holds "sign_in() and
    len({tuple(one for page in range(0, 520, 7) for one in ids(LIST(page))) for _ in range(3)}) == 3"

# ---- the cloud

serve --cloud --machines 5
ok "a login" holds "log_in()[1]['result'] == 'login' and len(ids(LIST())) > 4"
ok "a logout" holds "log_in() and post(CLOUD + '_cloud/logout/', {})[0] == 200
    and LIST()[0] == 401"
ok "none of it was a violation" holds "report()['violations'] == []"
ok "a wrong key" holds "log_in(access_key='x')[1] == {'result': 'denied'}"
ok "a bearer token" violates "without a session" "get(CLOUD + '/api/v1/license/get')"
ok "EMS on premises is not there" violates "unknown path" "get('/api/v1/license/get') if log_in() else 0"

# ---- refusals

serve --refused 400:-6
ok "a wrong password" holds "sign_in(password='x')[0] == 400
    and sign_in('y')[1]['result']['retval'] == -6"
ok "is not sent again" holds "any('sent again' in v for v in report()['violations'])"
ok "another site" holds "sign_in(site='x')[0] == 400 and sign_in(site='default')[0] == 200"
ok "no session" violates "without a session" "LIST()"
ok "no token against forgery" violates "without its X-CSRFToken" "header.pop('X-CSRFToken') and LIST()
    if sign_in() else 0"
ok "no kind of call" violates "without Ems-Call-Type" "header.pop('Ems-Call-Type') and LIST()"
ok "no order" violates "by name" "sign_in() and LIST(order='name')"
ok "another parameter" violates "with query=x" \
    "sign_in() and get('/api/v1/endpoints/index?offset=0&count=5&query=x')"
ok "another call" violates "unknown path GET /api/v1/endpoints/delete" \
    "sign_in() and get('/api/v1/endpoints/delete')"
ok "a POST" violates "POST /api/v1/license/get" "sign_in() and post('/api/v1/license/get', {})"
serve --deny endpoints
ok "no permission" holds "sign_in() and LIST()[0] == 403
    and LIST()[1]['result']['retval'] == -5 and DETAILS(1)[0] == 403"
serve --session-seconds 1
ok "a session ends" holds "sign_in() and LIST()[0] == 200 and not time.sleep(1.1)
    and LIST() == (401, {'result': {'retval': -4,
                                    'message': 'Session has expired or does not exist.'}})"
serve --calls-a-second 2
ok "too many calls a second" violates "more than 2 calls a second" \
    "sign_in() and [DETAILS(ids(LIST())[0]) for _ in range(13)]"
serve --quoted-cookie
ok "a cookie in quotes" holds "sign_in() and LIST()[0] == 200 and report()['violations'] == []
    and 'ccsrftoken' in cookies"

# ---- faults, each at its request: 1 the sign-in, 2 the list before

# spoilt FAULT EXPRESSION: about the list, or the details, of request 3.
spoilt()
{
    serve --fault "$1@3"
    ok "$1" holds "sign_in() and (before := LIST()[1]['data']) and ($2) and report()['faults_applied'] == 1"
}

spoilt session-expired "LIST()[0] == 401 and LIST()[0] == 401"
spoilt forbidden "LIST()[0] == 403 and LIST()[0] == 200"
spoilt bad-request "LIST()[1]['result']['retval'] == -1"
spoilt http-500 "LIST()[1]['result']['retval'] == -2"
spoilt http-404 "LIST() == (404, None)"
spoilt retval-0 "(none := LIST())[0] == 200 and none[1]['result']['retval'] == 0"
spoilt session-in-message "cookies['sessionid'] in LIST()[1]['result']['message']"
spoilt other-device "DETAILS(before['endpoints'][0]['device_id'])[1]['data']['device_id']
    != before['endpoints'][0]['device_id']"
spoilt no-hardware "'hardware_details' not in DETAILS(before['endpoints'][0]['device_id'])[1]['data']"
spoilt total-more "LIST()[1]['data']['total'] == before['total'] + 1"
spoilt total-absent "'total' not in LIST()[1]['data']"
spoilt short-page "len(ids(LIST(0, 20))) == 10"
spoilt repeated-page "ids(LIST(10, 10)) == [e['device_id'] for e in before['endpoints'][:10]]"
spoilt range-ignored "len(ids(LIST(20, 5))) == before['total']"
spoilt row-added "LIST()[1]['data']['total'] == before['total'] + 1"
spoilt row-removed "LIST()[1]['data']['total'] == before['total'] - 1"
spoilt odd-rows "LIST()[1]['data']['endpoints'][0] is None"
spoilt empty-list "LIST()[1]['data']['endpoints'] == []"
spoilt data-null "LIST()[1]['data'] is None"
spoilt result-object "type(LIST()[1]['data']['endpoints']) is dict"
spoilt missing-status "'result' not in LIST()[1]"
spoilt other-reply "type(LIST()[1]) is list"
serve --fault database
ok "database" holds "sign_in() == (500, {'result': {'retval': -7, 'message': 'Database error'}})"
ok "a fault that EMS has not got" sh -c '! "$1" --fault key-minus-11 2>/dev/null' sh "$SIMULATOR"

end_ems
ok "every simulator ended well" [ "$end_of_simulator" = 0 ]
plan "$points"
finish
