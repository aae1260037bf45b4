#!/bin/sh
# fortinac.sh - a FortiNAC as the source: its hosts with a serial number on each release, however it
# lists them; filters; the sentence for each refusal; and that no request could change it.
# SPDX-License-Identifier: Apache-2.0
set -u
SIMULATOR=$NAC_SIMULATOR
. "$srcdir/tests/e2e/e2e.sh"

ids=$(every_attribute)
everything_ticked="{\"attributes\":$ids}"

# read_all [SETTING...]: a sync with every attribute.
read_all()
{
    run sync --set "attributes=$ids" "$@"
}

# is_whole STATUS [OPTION...]: the documents are what is expected, down to each attribute.
is_whole()
{
    exits "$1" || return 1
    shift
    matches_expected --settings "$everything_ticked" "$@"
}

# reads_whole NAME OPTION...: a FortiNAC with these options, which did nothing that is not known.
reads_whole()
{
    name=$1
    shift
    simulate "$@"
    read_all
    ok "$name" is_whole 0
    ok "$name: asks nothing that is not known, by GET" harmless
}

# says_numbers NUMBER...: validate has these numbers of what is expected, in this order.
says_numbers()
{
    exits_and_reports 0 "STEPS.count('f') == 0" || return 1
    "$PYTHON3" - "$expected_file" "$out" "$@" <<'END'
import json, re, sys
expected = json.load(open(sys.argv[1], encoding="utf-8"))
text = open(sys.argv[2], encoding="utf-8").read()
wanted = r"\D+".join(r"\b{:,}\b".format(expected[name]) for name in sys.argv[3:])
sys.exit(None if re.search(wanted, text) else "not said: %s\n%s" % (wanted, text))
END
}

harmless()
{
    seen 'one["violations"] == [] and one["credentials_before_probe"] == 0'
}

# ---- complete inventories

as_key
login="--set source=fortinac"
for version in 7.2 7.4 7.6; do
    reads_whole "$version: a few hosts" --version "$version"
    run validate
    ok "$version: validate has the numbers" says_numbers hosts serials
    ok "$version: what it is" reports 'KIND("source")[0]["system"] == "fortinac"'
    reads_whole "$version: more than a page" --version "$version" --machines 900 --rogues 1400
    for seed in 2 3; do
        reads_whole "$version: seed $seed" --version "$version" --seed $seed --machines 120
    done
done
read_all
timeless >"$here/before"
read_all
ok "two runs of an unchanged FortiNAC are the same" as_before
run sync
ok "owner and user are personal: by default, neither owner nor user is imported" reports '
    KIND("asset") and not any({"owner", "user"} & set(a["attributes"]) for a in KIND("asset"))'

# ---- however it lists

reads_whole "paging is ignored" --paging ignored --machines 900 --rogues 900
reads_whole "pages are capped" --page-cap 7
reads_whole "pages of one" --page-cap 1 --machines 10 --rogues 3
reads_whole "another order" --order other --machines 900 --rogues 900
for totals in total filtered null none; do
    reads_whole "totals: $totals" --totals $totals --page-cap 60
done
reads_whole "result in place of results" --list result
reads_whole "one host, as an object" --list result --machines 1 --rogues 0
reads_whole "no host" --machines 0 --rogues 0
reads_whole "no host with a serial" --machines 0 --rogues 20
run validate
ok "no host with a serial: validate says so" says_numbers hosts serials

simulate --order unstable --machines 900 --rogues 900 --page-cap 50
run sync
ok "an order that changes: nothing is taken for absent" exits_and_reports 1 '
    [c["complete"] for c in KIND("coverage")] == [False]'
ok "an order that changes: harmless" harmless

# ---- filters: $filter is what a user types, $2 what FortiNAC is sent

# filtered NAME FILTER [ESCAPED]
filtered()
{
    simulate --filter "${3-$2}" --version 7.6 --machines 200 --rogues 50
    read_all --set "filter=$2"
    ok "filter: $1" is_whole 0
    ok "filter: $1: as documented" harmless
    run validate --set "filter=$2"
    ok "filter: $1: validate has the numbers" says_numbers hosts serials
}

filtered "equal" 'role==Employees'
filtered "a blank, two alternatives" 'typeLabel==IP Phone,hostName=@LT-'
filtered "all of two" 'connected==true&operatingSystem=@windows'
filtered "AND and OR" 'id<50,role!=NAC-Default&hostName!@PC'
filtered "numbers" 'id>=31&id<=400&id>40'
filtered "a dot is escaped" 'agentVersion==9.4.3.106' 'agentVersion==9\.4\.3\.106'
filtered "a dot that is escaped already" 'agentVersion==9\.4\.3\.106'
filtered "other than ASCII" 'owner=@Zoë'
simulate --machines 200 --totals total --filter 'role==Employees' --page-cap 30
read_all --set "filter=role==Employees"
ok "filter: with a total of all hosts" is_whole 0
for filter in 'role' 'role=Employees' '==x' 'role==a,' '&role==a' 'role~a'; do
    run sync --set "filter=$filter"
    ok "filter $filter is refused" fails 11 "--set filter"
done
ok "filters are refused before anything is sent" seen 'one["violations"] == []'

# ---- size

if [ -n "$SANITIZERS" ] || [ -n "$RUNNER" ]; then
    skip "50,000 hosts in one reply" "the memory of a sanitizer or runner would count"
else
    simulate --paging ignored --machines 1000 --rogues 49000
    RUNNER="$PEAK $here/peak"
    read_all
    RUNNER=
    ok "50,000 hosts in one reply" is_whole 0
    ok "50,000 hosts in one reply: memory" [ "$(cat "$here/peak")" -lt 98304 ]
fi

# ---- refusals

simulate
HECTOR_SECRET_TOKEN=another-token
run validate
ok "a wrong token: what may be wrong" fails 12 "Allowed Subnets"
ok "a wrong token: nothing is asked again" seen 'one["refused_logins"] == 1'
run sync
ok "sync with a wrong token" fails 12 "Allowed Subnets"
ok "sync with a wrong token claims nothing" reports 'not KIND("asset") and not KIND("coverage")'
HECTOR_SECRET_TOKEN=$key
for refusal in 401 403; do
    simulate --allowed-subnets 192.0.2.9/32,10.0.0.0/8 --outside-status $refusal
    run validate
    ok "another address, $refusal" fails $((refusal == 401 ? 12 : 13)) "Allowed Subnets"
done
simulate --deny host
run validate
ok "no permission: the profile" fails 13 "profile"
run sync
ok "no permission: sync claims nothing" exits_and_reports 13 'not KIND("asset")'
for version in 8.6 9.2; do
    simulate --version $version
    run validate
    ok "$version: which release is needed" says "7.2"
    ok "$version: it does not work" reports 'STEPS.count("f") == 1'
done

simulate
run validate --set source=auto
ok "source: auto does not find it" [ "$status" != 0 ]
ok "source: auto sends nothing" seen 'one["credentials_received"] == 0'
run sync --set 'device_types=["switch"]'
ok "types that a FortiNAC lacks" fails 11 "has none of the types in --set device_types"
run options adoms
ok "no ADOMs to choose" reports 'not KIND("option")'

conclude
