#!/bin/sh
# cloud.sh - FortiManager Cloud: an API user of FortiCloud, its token, and a session for it.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# The simulator plays FortiCloud and FortiManager Cloud on one port.
as_api_user()
{
    unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD
    HECTOR_SECRET_FORTICLOUD_PASSWORD=${2-$password}
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    login="--set forticloud_user=${1-hector} --forticloud-url $simulator_url"
}

closed='one["open_sessions"] == 0 and one["logins"] == one["logouts"] == %d
    and one["credentials_before_probe"] == 0 and one["violations"] == []'

# closed TIMES
closed()
{
    seen "$(printf "$closed" "$1")"
}

# ---- success

simulate --serve cloud --fgts 30 --adoms-disabled
as_api_user
run validate
ok "validate" exits 0
ok "validate: the steps" reports 'STEPS == "ppppppppps"'
ok "validate logs out" closed 1
run sync
ok "sync" exits 0
ok "sync: what is expected" matches_expected
ok "sync logs out" closed 2
run options adoms
ok "options" exits 0
ok "options logs out" closed 3
ok "FortiCloud was asked first, then the FortiManager, once a call" seen \
    'one["urls"]["/api/v1/oauth/token/"]["count"] == 3
    and one["urls"]["/p/forticloud_jsonrpc_login/"]["count"] == 3'

simulate --serve cloud --fgts 30 --fault session-expired@3
as_api_user
run sync
ok "a session that expires: whole all the same" exits 0
ok "a session that expires: all is reported" matches_expected --reports requests_repeated
ok "a session that expires: two logins, and none is open" \
    seen 'one["logins"] == 2 and one["open_sessions"] == 0'

# ---- refusals

simulate --serve cloud --fgts 3 --deny login
as_api_user hector another-password
run validate
ok "a wrong password" fails 12 "FortiCloud" "refuses the API user hector or its password"
ok "a wrong password: the steps" reports 'STEPS == "pppfssssss"
    and CHECK("credentials")["reason"] == "forticloud_refused"
    and CHECK("credentials")["secret"] == "forticloud_password"'
ok "a wrong password is sent once only" seen 'one["refused_logins"] == 1'
as_api_user
run sync
ok "an API user without a right to FortiManager Cloud" fails 13 \
    "FortiCloud accepts the API user hector, but" "opens no session for it"
as_key
run validate
ok "a key at a FortiManager Cloud is refused" exits 12

simulate --serve cloud --fgts 3 --fault login-reply-lost
as_api_user
run sync
ok "an answer to the login that is lost" exits 14
ok "is reported: a session may stay open" reports '"login_lost" in PROBLEMS'

simulate --fgts 3
as_api_user
run validate
ok "FortiCloud's place is taken by something else" fails 16 "not with a token of FortiCloud"

# The certificate settings of the FortiManager do not apply to FortiCloud.
trusted=$ca_file
ca_file=
run validate --set verify_tls=false
ok "FortiCloud's certificate is checked, whatever is said of the FortiManager's" fails 14 "authority"
ok "and FortiCloud received nothing" seen 'one["credentials_received"] == 0'
ca_file=$trusted

# ---- settings

# The address is none of this machine; the plugin refuses it before it connects.
refused()
{
    name=$1
    text=$2
    shift 2
    stub "$@" validate
    ok "$name" fails 11 "$text"
}

as_api_user
cloud=https://123456.eu-central-1.fortimanager.forticloud.com
refused "an API user of FortiCloud elsewhere" "must be the address of a FortiManager Cloud" \
    --set url=https://fmg.example.org --set forticloud_user=hector
refused "a name that only ends alike" "must be the address of a FortiManager Cloud" \
    --set url=https://evilfortimanager.forticloud.com --set forticloud_user=hector
refused "a FortiManager Cloud without an API user" "an API user of FortiCloud" --set "url=$cloud"
refused "a FortiManager Cloud with a user name" "an API user of FortiCloud" --set "url=$cloud" \
    --set username=hector
refused "an API user and a user name" "More than one of --secret-file token, --set username" --set "url=$cloud" \
    --set username=hector --set forticloud_user=hector
refused "FortiCloud's stand-in is on another machine" "an address of this machine" \
    --set "url=$cloud" --set forticloud_user=hector --forticloud-url https://192.0.2.1
refused "a password among the settings" "forticloud_password, which is a secret" \
    --set "url=$cloud" --set forticloud_user=hector --set forticloud_password=x
unset HECTOR_SECRET_FORTICLOUD_PASSWORD
run validate
ok "no password" fails 11 "The user name hector is set, but its password is not"

conclude
