#!/bin/sh
# allocation.sh - each allocation fails in turn: the run returns a clean NO_MEMORY, or delivers
# what is expected.
# SPDX-License-Identifier: Apache-2.0
#
# ALLOCATION_FGTS (3): the size of the topologies. Each allocation of a run costs one more run.
set -u
. "$srcdir/tests/e2e/e2e.sh"

fgts=${ALLOCATION_FGTS:-3}
counted=$here/counted
host='"host":{"allow_loopback":true}'

# sweep CODE LEAST once|ever OPERATION REQUEST [SECRET]...: passes when the undisturbed operation
# returns CODE and at least LEAST of its calls can fail; with fewer the sweep would test too little.
sweep()
{
    code=$1
    least=$2
    shift 2
    "$ALLOCATION/sweep" "$@" >"$counted" && grep "\"code\":$code," "$counted" &&
        [ "$(member calls)" -ge "$least" ]
}

# member NAME: a number that the last sweep counted.
member()
{
    sed "s/.*\"$1\":\(-*[0-9]*\).*/\1/" "$counted"
}

# swept NAME CODE LEAST OPERATION REQUEST [SECRET]: one sweep of each kind.
swept()
{
    name=$1
    code=$2
    least=$3
    shift 3
    ok "$name, once" sweep "$code" "$least" once "$@"
    ok "$name, ever" sweep "$code" "$least" ever "$@"
}

# A simulator without TLS that allows many open sessions, for those that could not be closed.
plain()
{
    simulate --plain-http --session-limit 1024 "$@"
    simulator_url=http:${simulator_url#https:}
}

# swept_session NAME REQUEST: with a session; each is closed, except those whose login reply was
# lost.
swept_session()
{
    ok "$1, once" sweep 0 100 once sync "$2" "password=$password"
    ok "$1, once: every session is closed, or reported" \
        seen "one['logins'] > 30 and one['logins'] - one['logouts'] == $(member logins_lost)"
    ok "$1, ever" sweep 0 100 ever sync "$2" "password=$password"
}

attributes="\"attributes\":$(every_attribute)"

# ---- no network

swept "describe" 0 3 describe '{}'
swept "options of the catalogue" 0 2 list_options '{"option":"attributes"}'
swept "a request that is no JSON" -1 3 sync '[{'
swept "a setting that is wrong" -1 3 sync '{"settings":{"url":"1.2.3.4","attributes":["none"]}}'
for setting in '"url":1' '"device_types":[]' '"adoms":"root"' '"timeout_s":0' '"include":["odd"]' \
    '"ca_certificate":"none"' '"pinned_public_key":"none"' '"verify_tls":"no"' '"source":"odd"'; do
    swept "settings refused: $setting" -1 1 validate "{\"settings\":{\"url\":\"1.2.3.4\",$setting}}"
done
swept "a secret among the settings" -1 2 validate '{"settings":{"url":"1.2.3.4","token":"x"}}'
swept "an option that does not exist" -1 1 list_options '{"option":"none"}'
swept "an address that is none" -1 1 validate '{"settings":{"url":"x y"}}'

# ---- a key

plain --fgts "$fgts"
swept "validate" 0 80 validate "{\"settings\":{\"url\":\"$simulator_url\",\"odd\":1},$host}" "token=$key"
swept "sync" 0 100 sync "{\"settings\":{\"url\":\"$simulator_url\",$attributes},$host}" "token=$key"
swept "sync of management systems alone" 0 20 sync \
    "{\"settings\":{\"url\":\"$simulator_url\",\"device_types\":[\"management\"],$attributes},$host}" \
    "token=$key"
swept "sync in French, one ADOM" 0 80 sync \
    "{\"language\":\"fr\",\"settings\":{\"url\":\"$simulator_url\",\"adoms\":[\"Branch Offices\"]},$host}" \
    "token=$key"
swept "sync with proxied queries" 0 150 sync \
    "{\"settings\":{\"url\":\"$simulator_url\",\"live_status\":\"when_needed\",\"proxy_batch\":2,$attributes},
    $host}" "token=$key"
swept "options of ADOMs" 0 30 list_options \
    "{\"option\":\"adoms\",\"settings\":{\"url\":\"$simulator_url\"},$host}" "token=$key"
swept "options of attributes" 0 30 list_options \
    "{\"option\":\"attributes\",\"settings\":{\"url\":\"$simulator_url\"},$host}" "token=$key"
swept "an ADOM that does not exist" -1 30 sync \
    "{\"settings\":{\"url\":\"$simulator_url\",\"adoms\":[\"none\"]},$host}" "token=$key"

# ---- a session

as_session="\"username\":\"hector\",$attributes"
swept_session "sync with a session" "{\"settings\":{\"url\":\"$simulator_url\",$as_session},$host}"
swept "a password that is wrong" -2 20 validate \
    "{\"settings\":{\"url\":\"$simulator_url\",\"username\":\"hector\"},$host}" password=wrong

plain --fgts "$fgts" --per-device "root,Branch Offices,EMEA/West"
swept_session "per-device mode" "{\"settings\":{\"url\":\"$simulator_url\",$as_session},$host}"

# With 20 FortiGates or more, some switches have rows without a serial, which their FortiGates know.
plain --fgts 25 --version 7.6.7 --advanced --members-apart
swept "renamed switches, clusters whose rows lack members" 0 100 sync \
    "{\"settings\":{\"url\":\"$simulator_url\",\"live_status\":\"when_needed\",$attributes},$host}" "token=$key"

plain --fgts 1 --deny switches --adoms-disabled
swept "a refused unit list" 1 80 sync "{\"settings\":{\"url\":\"$simulator_url\",$as_session},$host}" \
    "password=$password"

# ---- a FortiManager Cloud; the simulator plays FortiCloud as well

plain --serve cloud --fgts 1 --adoms-disabled
cloud="{\"settings\":{\"url\":\"$simulator_url\",\"forticloud_user\":\"hector\"},
    \"host\":{\"allow_loopback\":true,\"forticloud_url\":\"$simulator_url\"}}"
for sweep in once ever; do
    ok "FortiManager Cloud, $sweep" sweep 0 60 $sweep sync "$cloud" "forticloud_password=$password"
done
swept "an API user's password that is wrong" -2 15 validate "$cloud" forticloud_password=wrong

# ---- enrichments

plain --fgts "$fgts"
forticloud_start --plain-http --page-size 25 --calls-a-minute 1000000 --calls-an-hour 1000000
enrich="{\"settings\":{\"url\":\"$simulator_url\",\"forticloud_user\":\"hector\",
    \"enrich\":[\"asset_management\",\"fortiflex\"]},
    \"host\":{\"allow_loopback\":true,\"forticloud_url\":\"$forticloud_url\"}}"
for sweep in once ever; do
    ok "enrichments, $sweep" sweep 0 100 $sweep sync "$enrich" "token=$key" \
        "forticloud_password=$password"
done

# ---- a FortiGate

gate()
{
    simulate --plain-http "$@"
    simulator_url=http:${simulator_url#https:}
    gate="{\"settings\":{\"url\":\"$simulator_url\",$attributes},$host}"
}

SIMULATOR=$FGT_SIMULATOR
gate --ha 2 --vdoms 2 --fabric 3
swept "a FortiGate" 0 80 sync "$gate" "token=$key"
swept "validate of a FortiGate" 0 60 validate "$gate" "token=$key"
gate --version 6.4 --ha 2 --switches 0 --access-points 0
swept "a FortiGate with neither switches nor access points" 0 60 sync "$gate" "token=$key"
gate --vdoms 2 --deny wifi,sysgrp,secfabgrp --refusal html
swept "a FortiGate without rights" 1 60 sync "$gate" "token=$key"
swept "validate of a FortiGate without rights" 0 60 validate "$gate" "token=$key"
swept "a FortiGate's token that is wrong" -2 15 validate "$gate" token=wrong

# ---- a FortiNAC

SIMULATOR=$NAC_SIMULATOR
nac()
{
    simulate --plain-http --machines 26 --rogues 3 "$@"
    simulator_url=http:${simulator_url#https:}
    nac="{\"settings\":{\"url\":\"$simulator_url\",\"source\":\"fortinac\",
        \"filter\":\"id>0\",$attributes},$host}"
}

nac --page-cap 20
swept "a FortiNAC" 0 80 sync "$nac" "token=$key"
swept "validate of a FortiNAC" 0 60 validate "$nac" "token=$key"
nac --paging ignored --list result --version 7.2
swept "a FortiNAC that ignores paging" 0 60 sync "$nac" "token=$key"
swept "a FortiNAC's token that is wrong" -2 15 validate "$nac" token=wrong
SIMULATOR=${FGT_SIMULATOR%/*}/fortimanager-simulator

# ---- an EMS, on premises and in the cloud

# of_ems NAME MEMBERS SECRET OPTION...: a sync, with many open sessions for those that are not closed.
of_ems()
{
    name=$1
    members=$2
    secret=$3
    shift 3
    simulate --plain-http --machines 6 --session-limit 1024 --calls-a-second 100000 "$@"
    simulator_url=http:${simulator_url#https:}
    swept "$name" 0 80 sync "{\"settings\":{\"url\":\"$simulator_url\",\"source\":\"ems\",$members},
        \"host\":{\"allow_loopback\":true,\"forticloud_url\":\"$simulator_url\"}}" "$secret"
}

SIMULATOR=$EMS_SIMULATOR
of_ems "an EMS" '"username":"hector"' "password=$password"
of_ems "an EMS Cloud" '"ems_account":"hector@example.org"' "access_key=$access_key" --cloud
SIMULATOR=${FGT_SIMULATOR%/*}/fortimanager-simulator

# ---- TLS

simulate --fgts 1 --certificate wrong-name
swept "a certificate of another name" -4 30 validate \
    "{\"settings\":{\"url\":\"$simulator_url\"},\"host\":{\"allow_loopback\":true,\"ca_file\":\"$ca_file\"}}" \
    "token=$key"
swept "no check of the certificate" 0 80 sync \
    "{\"settings\":{\"url\":\"$simulator_url\",\"verify_tls\":false},\"host\":{\"allow_loopback\":true,
    \"user_agent\":\"sweep\"}}" "token=$key"

conclude
