#!/bin/sh
# ems.sh - a FortiClient EMS as the source, on premises and in the cloud: all endpoints of each
# version, what pages and orders cost, sign-ins and sign-outs, and what is said where no machine has
# a serial number.
# SPDX-License-Identifier: Apache-2.0
set -u
SIMULATOR=$EMS_SIMULATOR
. "$srcdir/tests/e2e/e2e.sh"

# The letters in STEPS: address, TLS, product, credentials, version, endpoints.

ids='["name","hostname","manufacturer","model","ip_address","mac_address","operating_system"'
ids=$ids',"user","agent_version","group","connection_status","last_seen"]'
everything_ticked="{\"attributes\":$ids}"

# read_all [SETTING...]: a sync with every attribute.
read_all()
{
    run sync --set "attributes=$ids" "$@"
}

# is_whole [OPTION...]: the documents are what is expected, down to each attribute. Which other
# sites there are, EMS does not say.
is_whole()
{
    exits 0 && matches_expected --settings "$everything_ticked" --scopes-unknown "$@"
}

# signed_out [TIMES]: that many sessions were opened so far, all are closed, and nothing was asked
# that is not known.
signed_out()
{
    seen "one['violations'] == [] and one['open_sessions'] == 0
        and one['logins'] == one['logouts'] == ${1-1} and one['credentials_before_probe'] == 0"
}

# details EXPRESSION: holds for the number `n` of calls for details so far.
details()
{
    seen "[n for n in [sum(u['count'] for p, u in one['urls'].items() if '*' in p)] if $1]"
}

# expected_number NAME: a number of what is expected.
expected_number()
{
    "$PYTHON3" -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' \
        "$simulator_files/expected.json" "$1"
}

# ---- complete inventories

as_ems
simulate
read_all
ok "7.4.5: all endpoints" is_whole
ok "7.4.5: signed out" signed_out
ok "7.4.5: nothing about unmanaged endpoints" details "n == $(expected_number managed)"
timeless >"$here/before"
read_all
ok "two runs are the same" as_before
run validate
ok "validate" exits_and_reports 0 'STEPS == "pppppp"
    and KIND("source")[0]["system"] == "ems" and KIND("source")[0]["version"] == "7.4.5"'
ok "validate says how many, and how long" reports 'CHECK("endpoints")["message"].startswith(
    "36 endpoints, 34 of them managed. An import reads the details of each of these, in about 1 minute")'
ok "validate signs out" signed_out 3
run options attributes
ok "options" exits 0

simulate --version 7.2.1 --hardware snake --quoted-cookie --refused 400:-6
read_all
ok "7.2.1 with serial numbers" is_whole
ok "7.2.1: signed out" signed_out
simulate --version 7.0.3 --hardware camel
read_all
ok "7.0.3 with serial numbers, at the older path" is_whole
ok "7.0.3: signed out" signed_out

simulate --cloud
as_ems_cloud
read_all
ok "EMS Cloud" is_whole
ok "EMS Cloud: logged out" signed_out
run validate
ok "EMS Cloud: validate" exits_and_reports 0 'STEPS == "pppppp"'
as_ems

# ---- pages and orders

simulate --page-cap 7 --unmanaged 40
read_all
ok "small pages, and endpoints without an id" is_whole
simulate --page-cap 7 --order-ignored
read_all
ok "an order that is not unique" exits_and_reports "$status" "$status in (0, 1)
    and (KIND('coverage')[0]['complete'] == ($status == 0))"
ok "an order that is not unique: what is there is right" \
    matches_expected --settings "$everything_ticked" --partial
simulate --unmanaged 3000 --machines 3
read_all
ok "more endpoints than a page holds" is_whole

# ---- no serial numbers

for version in 7.0.3 7.2.1; do
    simulate --version $version
    read_all
    ok "$version: no assets, and one problem" exits_and_reports 16 '
        KIND("asset") == [] and PROBLEMS.count("ems_no_serials") == 1
        and not any(c["complete"] for c in KIND("coverage"))'
    ok "$version: five endpoints are asked" details "n == 5"
    ok "$version: signed out" signed_out
    run validate
    ok "$version: validate says so" fails 16 "serial number"
    ok "$version: validate asks five more" details "n == 10"
done

# ---- sites

simulate --site branch
read_all
ok "the site that EMS names" is_whole
read_all --set ems_site=branch
ok "the site that is chosen" is_whole
simulate
read_all --set ems_site=branch
ok "another site is refused" exits 12
ok "another site: one sign-in" seen "one['refused_logins'] == 1 and one['violations'] == []"

# ---- refusals

for refused in 200:-1 200:0 400:-1 400:-6 401:-4 403:-5; do
    simulate --refused "$refused" --password another
    run validate
    ok "a wrong password, $refused: one sentence" fails 12 "refuses"
    ok "a wrong password, $refused: the steps" reports 'STEPS == "pppfss"'
    run sync
    ok "a wrong password, $refused: sync" exits 12
    ok "a wrong password, $refused: sent once a run" seen "one['refused_logins'] == 2
        and one['logins'] == 0"
done
simulate --fault database@2
run sync
ok "a database error is no refusal" exits 14
for refused in 200:-1 401:-1 403:-1; do
    simulate --cloud --key another --refused "$refused"
    as_ems_cloud
    run sync
    ok "a wrong access key, $refused" fails 12 "access key"
    ok "a wrong access key, $refused: sent once" seen "one['refused_logins'] == 1
        and one['violations'] == []"
done
as_ems
simulate --deny endpoints
run sync
ok "no permission" exits_and_reports 13 "KIND('coverage')[0]['reason'] == 'ems_refused'"
ok "no permission: signed out" signed_out
run validate
ok "no permission: validate" exits 13

# ---- time

simulate --fault session-expired@12
read_all
ok "a session that ends in the middle" is_whole --reports requests_repeated
ok "a session that ends in the middle: two sign-ins, none open" \
    seen "one['logins'] == 2 and one['open_sessions'] == 0 and one['violations'] == []"

simulate --machines 200
read_all --deadline 8
ok "a deadline: what is missing is said" exits_and_reports 1 "
    KIND('coverage')[0]['reason'] == 'deadline_passed' and 20 < len(KIND('asset')) < 150"
ok "a deadline: what is there is right" matches_expected --settings "$everything_ticked" --partial
ok "a deadline: the newest come first" "$PYTHON3" - "$out" "$simulator_files/expected.json" <<'PY'
import json, sys
found = {d["sync_key"] for d in map(json.loads, open(sys.argv[1])) if d["kind"] == "asset"}
units = json.load(open(sys.argv[2]))["units"]
seen = sorted((u["attributes"].get("last_seen", ""), u["serial"]) for u in units)
# Those of the sample are spread over the list.
missing = [serial for _, serial in seen[-len(found) + 5:] if serial not in found]
sys.exit("newer ones are missing: %s" % missing if missing else 0)
PY
ok "a deadline: signed out" signed_out

# ---- what comes and goes

for motion in row-added row-removed; do
    simulate --page-cap 7 --fault "$motion@6x2"
    read_all
    ok "$motion between pages" exits_and_reports "$status" "$status in (0, 1)
        and (KIND('coverage')[0]['complete'] == ($status == 0))"
    ok "$motion between pages: what is there is right" \
        matches_expected --settings "$everything_ticked" --partial
done

# ---- signals

# stopped SIGNAL REQUESTS NAME: sends the signal after so many requests of a sync.
stopped()
{
    : >"$err"
    $hearing $RUNNER "$STUB" --plugin "$PLUGIN" --format ndjson --set "url=$simulator_url" $login \
        --ca-file "$ca_file" sync -vv >"$out" 2>"$err" </dev/null &
    process=$!
    for _ in $(seq 600); do
        [ "$(grep -c "/api/" "$err")" -lt "$2" ] || break
        sleep 0.05
    done
    kill -s "$1" "$process"
    wait "$process"
    status=$?
    ok "SIG$1 $3" exits 18
    ok "SIG$1 $3: signed out" seen "one['open_sessions'] == 0 and one['violations'] == []"
}

simulate --delay-ms 200
stopped TERM 1 "during the sign-in"
stopped INT 4 "while the list is read"
stopped TERM 10 "while details are read"

conclude
