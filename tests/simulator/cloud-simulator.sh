#!/bin/sh
# cloud-simulator.sh - the simulated FortiCloud answers as recorded, and refuses other requests.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-cloud.XXXXXX") || exit 1
units=$here/units
resident_start "$here"
recorded=$srcdir/../shared/samples/siblings
password=simulated-password

# Checked once at the end of each simulator, whose exit status also reports leaked memory.
end_of_simulator=0
end_cloud()
{
    simulator_stop || end_of_simulator=$?
}

# serve OPTION...: starts a simulator in place of the one before.
serve()
{
    end_cloud
    simulator_start --plain-http "$@"
    trap 'simulator_remove; resident_stop; rm -rf "$here"' EXIT
    simulator_url=http${simulator_url#https}
}

# asked METHOD PATH TOKEN EXPRESSION [BODY]
asked()
{
    resident "$srcdir/tests/simulator/fgt_simulator.py" ask "$simulator_url" "$@"
}

# login CLIENT [PASSWORD]: prints the token.
login()
{
    asked POST /api/v1/oauth/token/ - "print(one['access_token']) or True" \
        "{\"username\":\"hector\",\"password\":\"${2-$password}\",\"client_id\":\"$1\",
        \"grant_type\":\"password\"}"
}

# login_answers EXPRESSION [PASSWORD [PATH]]
login_answers()
{
    asked POST "${3-/api/v1/oauth/token/}" - "$1" "{\"username\":\"hector\",
        \"password\":\"${2-$password}\",\"client_id\":\"assetmanagement\",\"grant_type\":\"password\"}"
}

# products BODY EXPRESSION; flex LIST BODY EXPRESSION
products()
{
    asked POST /ES/api/registration/v3/products/list "$token" "$2" "$1"
}

flex()
{
    asked POST "/ES/api/fortiflex/v2/$1/list" "$flex_token" "$3" "$2"
}

# tokens: logs in to both APIs.
tokens()
{
    token=$(login assetmanagement)
    flex_token=$(login flexvm)
}

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

all='{"serialNumber":"%","pageNumber":1}'
program='"programSerialNumber":"ELAVMS0000000601"'

SIMULATOR=${FGT_SIMULATOR%/*}/fortimanager-simulator
simulator_start --fgts 25
cp "$simulator_files/expected.json" "$units"
end_cloud
SIMULATOR=$CLOUD_SIMULATOR

# ---- answers

serve --units "$units" --page-size 25
tokens
ok "a page" products "$all" "status == 200 and len(one['assets']) == 25 and one['pageNumber'] == 1
    and one['totalPages'] > 4 and one['token'] == '$token'"
if [ -d "$recorded" ]; then
    product="__import__('json').load(open('$recorded/assetmgmt_products_list_60F.json'))"
    ok "a page has the recorded members" products "$all" "set(one) == set($product)
        and all(set($product['assets'][0]) - set(a) <= {'entitlements', 'contracts'}
                for a in one['assets'])
        and set(next(a for a in one['assets'] if a.get('entitlements'))['entitlements'][0])
            == set($product['assets'][0]['entitlements'][0])"
else
    skip "a page has the recorded members" "no recorded replies in ../shared/samples"
fi
ok "blanks behind texts, lists that are null, empty or absent" products "$all" "
    any(a['productModel'].endswith(' ') for a in one['assets'])
    and any('entitlements' in a and a['entitlements'] is None for a in one['assets'])
    and any(a['isDecommissioned'] for a in one['assets'])"
ok "programs" flex programs '{}' "one['status'] == 0 and len(one['programs']) == 2"
ok "configurations" flex configs "{$program}" "
    {c['productType']['id'] for c in one['configs']} == {1, 2, 101, 102, 103}"
ok "entitlements" flex entitlements "{$program,\"accountId\":1234567}" "
    {e['status'] for e in one['entitlements']}
        == {'ACTIVE', 'GRACE_PERIOD', 'PENDING', 'STOPPED', 'EXPIRED'}
    and all(('CANARY' in e['token']) == e['serialNumber'].startswith('FGVM')
            for e in one['entitlements'])"
ok "nothing of it was a violation" reported "reply['violations'] == [] and reply['logins'] == 2"
ok "what is expected" resident "$srcdir/tests/e2e/query.py" "$simulator_files/expected.json" "
    len(one['assets']) > 60 and one['products'] > 100
    and {u['device_type'] for u in one['unmatched']} == {'firewall', 'switch', 'access_point'}
    and {u['status'] for u in one['unmatched']} == {'Registered', 'ACTIVE', 'GRACE_PERIOD'}"
serve --vms
tokens
ok "entitlements as vms" flex entitlements "{$program,\"accountId\":1234567}" "'vms' in one"
serve --products 1000 --page-size 1000
tokens
ok "a plain account" products "$all" "one['totalPages'] == 2
    and len({a['serialNumber'] for a in one['assets']}) == 1000"

# ---- refusals

refused="status == 401 and one['error'] == 'invalid_grant'"
ok "a wrong password" login_answers "$refused" wrong
ok "a wrong password again" violates "sent again" login_answers "$refused" wrong
serve --page-size 3
# A client that follows asks without a body.
ok "without its final slash the login redirects" violates "unknown path" \
    login_answers "status == 401" "$password" /api/v1/oauth/token
tokens
message="one['status'] == -1 and one['error']['message'].startswith"
ok "a page out of order" violates "page 3 after page 0" \
    products '{"serialNumber":"%","pageNumber":3}' "len(one['assets']) == 3"
ok "another member" violates "with folderId" products '{"serialNumber":"%","folderId":1}' \
    "status == 400 and one['status'] == -2"
ok "no criterion" violates "without a serialNumber" products '{}' "$message('Both')"
ok "another account" products '{"serialNumber":"%","accountId":7}' "$message('Access denied')"
ok "a login after access was denied" violates "after access was denied" login assetmanagement
token=$flex_token
ok "a token of another API" violates "with a token for flexvm" products "$all" "$message('Access')"
token=-
ok "no token" violates "without a bearer token" products "$all" "$message('Please provide token')"
token=wrong
ok "a wrong token" products "$all" "$message('Invalid security token.')"
ok "errors are counted" reported "reply['errors_answered'] == 6"
ok "another call" violates "unknown path POST /ES/api/registration/v3/products/register" \
    asked POST /ES/api/registration/v3/products/register "$token" "status == 404" '{}'
serve --organization --deny flexvm --error-status 403
tokens
ok "organisation scope" products "$all" "status == 403 and $message('Request should include a positive')"
ok "organisation scope, with an account" \
    products '{"serialNumber":"%","accountId":1234567}' "one['status'] == 0"
ok "no permission" flex programs '{}' "status == 403 and one['message'].startswith('Access denied')"
ok "none of it was a violation" reported "reply['violations'] == []"

# ---- limits

serve --calls-a-minute 3 --errors-an-hour 2
tokens
for call in 1 2 3; do
    ok "call $call of 3" products "$all" "one['status'] == 0"
done
ok "a call too many" violates "too many calls a minute" products "$all" "status == 429"
token=wrong
serve --errors-an-hour 2
products "$all" "True"
products "$all" "True"
token=$(login assetmanagement)
ok "two errors in an hour" violates "too many errors an hour" products "$all" "status == 429"
serve --expires-in 1 --expires-says '"soon"'
ok "what is said of a token's life" login_answers "one['expires_in'] == 'soon'"
tokens
sleep 1.1
ok "a token that has ended" products "$all" "$message('Invalid security token.')"

# ---- faults

serve --page-size 5 --fault token-transient@3 --fault pages-grow@4 --fault repeated-page@6 \
    --fault no-record@7 --fault odd-rows@8 --fault data-null@9 --fault token-expired@10
tokens
ok "a message that passes" products "$all" "$message('Invalid security token.')"
ok "one page more" products "$all" "one['totalPages'] == 2"
ok "a page" products "$all" "one['totalPages'] > 2 and len(one['assets']) == 5
    and print(one['assets'][0]['serialNumber'], file=open('$units', 'w')) is None"
ok "the same page again" products '{"serialNumber":"%","pageNumber":2}' "one['pageNumber'] == 2
    and one['assets'][0]['serialNumber'] == open('$units').read().strip('\n')"
ok "no record" products "$all" "one['status'] == 1008 and one['assets'] is None"
ok "rows that are none" products "$all" "one['assets'][0] is None and len(one['assets']) > 10"
ok "a list that is null" products "$all" "one['assets'] is None and one['status'] == 0"
ok "a token dies" products "$all" "$message('Invalid security token.')"
ok "and stays dead" products "$all" "$message('Invalid security token.')"
ok "all were applied" reported "reply['faults_applied'] == 7"
ok "a fault that FortiCloud has not got" sh -c '! "$1" --fault session-expired 2>/dev/null' \
    sh "$SIMULATOR"

end_cloud
ok "every simulator ended well" [ "$end_of_simulator" = 0 ]
plan "$points"
finish
