#!/bin/sh
# enrich.sh - what FortiCloud adds: dates on devices, what is paid for and not seen, and its failures,
# which never cost the inventory anything.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

settings='{}'
both='"enrich":["asset_management","fortiflex"]'
named=$here/settings

# forticloud OPTION...: starts a FortiCloud for the units of the simulator, and logs in to both.
forticloud()
{
    forticloud_start "$@"
    ca_file=$forticloud_files/both.pem
    HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    login="--set forticloud_user=hector --forticloud-url $forticloud_url --settings $named"
}

# with MEMBERS: the settings from here on, besides those of the login.
with()
{
    settings="{$1}"
    printf '%s\n' "$settings" >"$named"
}

# adds_expected [OPTION...]: the documents are those of a perfect client of both systems.
adds_expected()
{
    exits 0 && matches_expected --settings "$settings" \
        --forticloud "$forticloud_files/expected.json" "$@"
}

# cloud_seen EXPRESSION: holds for FortiCloud's report so far.
cloud_seen()
{
    (
        simulator_url=$forticloud_url
        seen "$1"
    )
}

# violates_nothing LOGINS
violates_nothing()
{
    cloud_seen "one['violations'] == [] and one['logins'] == $1"
}

# ---- a FortiManager

simulate --fgts 30
as_key
forticloud
with "$both"
run sync
ok "both enrichments: what is expected" adds_expected
ok "both enrichments: FortiCloud" violates_nothing 2
ok "there are entitlements of each kind, and none" reports "
    {u['device_type'] for u in KIND('unmatched')} == {'firewall', 'switch', 'access_point'}
    and {u['status'] for u in KIND('unmatched')} == {'Registered', 'ACTIVE', 'GRACE_PERIOD'}
    and all(t['without_entitlement'] > 0
            for t in (KIND('summary')[0]['device_types'][n] for n in ('switch', 'access_point')))"
timeless >"$here/before"
run sync
ok "again: the same" as_before
(collects=no && run sync --format table)
ok "what is not seen is a table" grep -qi "billed but not seen" "$out"
run sync --set live_status=never --set proxy_batch=1
ok "without queries to FortiGates" exits 0
run validate
ok "validate" exits 0
ok "validate: two checks more" reports '[c["status"] for c in KIND("check")
    if c["step"] == "enrichment"] == ["passed", "passed"]'
ok "validate asks for one page and the programs" \
    cloud_seen "one['violations'] == [] and one['logins'] == 10"

for one in asset_management fortiflex; do
    with "\"enrich\":[\"$one\"]"
    run sync
    ok "$one alone" adds_expected
done
with "$both,\"attributes\":[\"name\",\"support_end_date\",\"fortiflex_status\"]"
run sync
ok "some attributes" adds_expected
with '"enrich":["asset_management"],"attributes":["support_end_date","fortiflex_status"]'
run sync
ok "an attribute of one that is not chosen" adds_expected
with "$both,\"attributes\":[\"name\"]"
run sync
ok "no attribute: what is not seen is reported" adds_expected
for types in '"switch"' '"firewall","access_point"' '"firewall","switch","access_point","management"'; do
    with "$both,\"device_types\":[$types]"
    run sync
    ok "only $types" adds_expected
done
with "$both,\"adoms\":[\"root\"]"
run sync
ok "one ADOM" adds_expected
ok "one ADOM: a device may be in another" reports "KIND('unmatched') == []"
with "$both"
as_user
forticloud_login="--set forticloud_user=hector --forticloud-url $forticloud_url --settings $named"
HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
export HECTOR_SECRET_FORTICLOUD_PASSWORD
login="$login $forticloud_login"
run sync
ok "beside a user of the FortiManager" adds_expected
as_key

for size in 25 1000; do
    forticloud --page-size "$size"
    run sync
    ok "pages of $size" adds_expected
    ok "pages of $size: FortiCloud" violates_nothing 2
done
forticloud --vms --error-status 200
run sync
ok "entitlements as vms" adds_expected
for seed in 2 3 4; do
    simulate --fgts 40 --seed "$seed" --advanced
    forticloud --seed "$seed" --page-size 50
    run sync
    ok "seed $seed" adds_expected
done

# A type that is not complete: nothing may be said of it.
simulate --fgts 12 --deny switches@root --adoms-disabled
forticloud
run sync
ok "switches are refused: the others are as expected" exits 1
ok "switches are refused: nothing is missing there" reports "
    {u['device_type'] for u in KIND('unmatched')} == {'firewall', 'access_point'}
    and 'without_entitlement' in KIND('summary')[0]['device_types']['firewall']"

# ---- a FortiGate

FORTIMANAGER=$SIMULATOR
SIMULATOR=$FGT_SIMULATOR
simulate --version 7.4 --vdoms 2 --ha 2 --switches 12 --access-points 12
forticloud
run sync
ok "a FortiGate" adds_expected
ok "a FortiGate: FortiCloud" violates_nothing 2
run validate
ok "validate of a FortiGate" exits 0
SIMULATOR=$FORTIMANAGER

# ---- refusals

# unread REASON ENRICHMENT...: these add nothing, for that reason; all else is as expected. $also:
# problems besides.
also=
unread()
{
    reason=$1
    shift
    options=$also
    for one; do
        options="$options --unread $one --reports enrichment_failed"
        grep -q "$one: $reason" "$err" || {
            echo "$one is not $reason"
            cat "$err"
            return 1
        }
    done
    adds_expected $options
}

simulate --fgts 12
forticloud
HECTOR_SECRET_FORTICLOUD_PASSWORD=wrong
run sync -v
ok "a wrong password" unread forticloud_refused asset_management fortiflex
ok "a wrong password: how a new one comes about" reports "
    any('Downloading' in p['message'] or 'download' in p['message'] for p in KIND('problem'))"
ok "a wrong password is sent once" cloud_seen "one['refused_logins'] == 1 and one['violations'] == []"
run validate
ok "validate with a wrong password" exits 12
ok "validate with a wrong password: where" reports "
    [c for c in KIND('check') if c['step'] == 'enrichment'][0]['secret'] == 'forticloud_password'"

forticloud --deny assetmanagement
run sync -v
ok "no permission for Asset Management" unread forticloud_access_denied asset_management
ok "no permission: no login more" violates_nothing 2
run validate
ok "no permission: validate warns" exits 0
ok "no permission: what it says" reports "
    [c['status'] for c in KIND('check') if c['step'] == 'enrichment'] == ['warning', 'passed']"
forticloud --deny flexvm --error-status 403
run sync -v
ok "no permission for FortiFlex" unread forticloud_access_denied fortiflex
forticloud --deny assetmanagement,flexvm --error-status 401
run sync -v
ok "no permission for either" unread forticloud_access_denied asset_management fortiflex

forticloud --organization
run sync -v
ok "organisation scope without an account" unread forticloud_account_needed asset_management
run validate
ok "organisation scope without an account: validate" exits 11
ok "organisation scope without an account: the setting" reports "
    any(c.get('field') == 'forticloud_account' for c in KIND('check'))"
with "$both,\"forticloud_account\":1234567"
run sync
ok "organisation scope with its account" adds_expected
with "$both,\"forticloud_account\":7"
run sync -v
ok "an account elsewhere" unread forticloud_access_denied asset_management fortiflex
with "$both"

forticloud
ca_file=$simulator_files/certificate.pem
also="--reports tls_not_verified"
run sync -v --set verify_tls=false
ok "FortiCloud's certificate is always checked" unread tls asset_management fortiflex
also=
ok "and FortiCloud received nothing" cloud_seen "one['requests'] == 0"
forticloud_stop
ca_file=$forticloud_files/both.pem
run sync -v
ok "FortiCloud does not answer" unread connect asset_management fortiflex

# ---- limits: 100 calls in a minute, which one minute of time does not outlast

forticloud --products 3000 --page-size 25
with "$both,\"enrich_minutes\":1,\"device_types\":[\"switch\",\"access_point\"]"
run sync
ok "more pages than a minute allows" adds_expected --cut asset_management \
    --reports enrichment_incomplete
ok "more pages than a minute allows: the numbers" reports "
    any(re.search('2,?[34][0-9][0-9] of 3,?[0-9]{3}', p['message'])
        for p in KIND('problem') if p['reason'] == 'enrichment_incomplete')"
ok "more pages than a minute allows: FortiCloud" \
    cloud_seen "one['violations'] == [] and 90 < one['most_calls_a_minute'] <= 100"

# ---- expiry

simulate --fgts 12
with "$both"
for says in '' null '"soon"' 0 -5 1e99; do
    forticloud --expires-says "$says"
    run sync
    ok "a token that ends ${says:-without a word}" adds_expected
done
forticloud --expires-in 2 --delay-ms 700 --page-size 10
run sync
ok "tokens of two seconds" adds_expected
ok "tokens of two seconds: new ones in time" cloud_seen "one['logins'] > 3
    and one['violations'] == [] and one['errors_answered'] == 0"

conclude
