#!/bin/sh
# inventory.sh - the complete inventory: every unit once, with everything that the system knows of
# it, in topologies of every kind. If requests are refused, what they would have read is missing,
# and nothing else.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

every_attribute=$(every_attribute meta.site_id meta.Company/Organization)

# ---- topologies: each in a simulator of its own, two at a time

oracle_options= # of oracle.py

# check DESCRIPTION CONDITION...: as ok, but in the background; recite shows the result.
check()
{
    checked=$((checked + 1))
    echo "$1" >"$here/$checked.name"
    shift
    "$@" >"$here/$checked.said" 2>&1
    echo $? >"$here/$checked.status"
}

# sync_as LOGIN LIVE_STATUS STATUS [SETTINGS]: one sync with all attributes, compared with
# what is expected.
sync_as()
{
    "as_$1"
    settings="{\"attributes\": $every_attribute, \"live_status\": \"$2\"${4:+, $4}}"
    printf '%s\n' "$settings" >"$here/settings.json"
    run sync --settings "$here/settings.json"
    expected=$3
    check "$1, live_status $2${4:+, $4}" as_expected
}

as_expected()
{
    exits "$expected" && matches_expected --settings "$settings" $oracle_options
}

online()
{
    sync_as $first never 0
    sync_as $second when_needed 0
    proof='one["most_proxied_targets"] > 2'
}

offline()
{
    sync_as $first never 0
    sync_as $second when_needed 0
    proof='one["proxied_calls"] == 0'
}

never()
{
    sync_as $first never 0
    sync_as $second never 0
    proof='one["proxied_calls"] == 0 and one["cache_requests"] > 0'
}

asked()
{
    sync_as $first when_needed 0
}

no_adoms()
{
    oracle_options=--scopes-unknown
    asked
}

# What --deny refuses is missing and reported as missing: expected.json lists it.
partial()
{
    sync_as $first when_needed 1
}

no_proxy()
{
    sync_as $first when_needed 0
    check "a refused question is one piece of information, and no FortiGate is asked again" reports \
        '[(p["reason"], p["severity"]) for p in KIND("problem")
         if p["reason"] not in ("serial_unusable", "attributes_not_enriched", "attributes_not_reported")]
        == [("live_refused", "info")]'
    proof='one["proxied_refused"] == 1 and one["proxied_calls"] == 0'
}

dead_fgts()
{
    sync_as $first when_needed 0
    check "each dead FortiGate is named" "$PYTHON3" -S -c 'import json, sys
dead = json.load(open(sys.argv[1], encoding="utf-8"))["dead_fgts"]
documents = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
reported = [d for d in documents if d.get("reason") == "live_gate_failed"]
assert len(dead) == 2 and {d["subject"] for d in reported} == set(dead), (dead, reported)
assert all(d["severity"] == "info" and d["subject"] in d["message"] for d in reported), reported' \
        "$expected_file" "$out"
}

some_adoms()
{
    sync_as $first when_needed 0 '"adoms": ["root", "EMEA/West"]'
    sync_as $first never 0 '"adoms": ["Zürich"], "device_types": ["access_point"]'
    run sync --set 'adoms=["root", "Nowhere"]'
    check "an ADOM that does not exist" fails 11 "The ADOM Nowhere does not exist"
    run sync
}

serial_only()
{
    as_key
    settings='{}'
    printf '%s\n' "$settings" >"$here/settings.json"
    run sync --settings "$here/settings.json"
    expected=0
    check "only the serial is ticked" as_expected
    # The fields that are always read, by URL, and no others. One switch has no usable serial: the
    # plugin looks for it in the database of its FortiGate, then at the FortiGate.
    proof='one["cache_requests"] == 0 and one["proxied_calls"] == 1 and
        {asked["fields"] == [] for url, asked in one["urls"].items()
            if url.startswith("/dvmdb/adom/")} == {True} and
        all(sorted(asked["fields"]) == ["name", "sn"] for url, asked in one["urls"].items()
            if url.startswith("/dvmdb/device/")) and
        [sorted(asked["fields"]) for url, asked in one["urls"].items()
          if url.startswith("/pm/config/device/")] == [["name", "sn", "switch-id"]] and
        {url: sorted(asked["fields"]) for url, asked in one["urls"].items()
            if not url.startswith(("/dvmdb/adom/", "/dvmdb/device/", "/pm/config/device/",
                                   "/sys/proxy/", "GET "))} == {
            "/sys/status": [],
            "/sys/ha/status": [],
            "/sys/session": [],
            "/dvmdb/adom": ["flags", "name"],
            "/dvmdb/device": ["conn_status", "fap_cnt", "flags", "fsw_cnt", "ha_mode", "mgmt_mode",
                              "name", "oid", "os_type", "platform_str", "sn"],
            **{"/pm/config/adom/%s/obj/%s" % (adom, table): fields
               for adom in ("Branch Offices", "EMEA\\/West", "Zürich", "root")
               for table, fields in {
                   "fsp/managed-switch": ["_is-model", "is-model", "name", "platform", "scope member", "sn",
                                          "state", "status", "switch-id"],
                   "wireless-controller/wtp": ["_conn-state", "_is-model", "admin", "name",
                                               "scope member", "wtp-id"]}.items()}}'
}

# topology NAME COMMAND SIMULATOR_OPTION...: runs the command's checks when it is this lane's turn.
topology()
{
    topologies=$((topologies + 1))
    [ $((topologies % 2)) = "$lane" ] || return 0
    (
        here=$here/$topologies
        mkdir "$here"
        echo "$1" >"$here/name"
        command=$2
        shift 2
        collects=no
        checked=0
        simulator_files=
        proof=True
        simulate "$@"
        trap simulator_remove EXIT
        "$command"
        simulator_stop
        reported=$simulator_files/report.json
        check "asked what it must, and nothing that is not known" was_seen \
            "one['violations'] == [] and one['open_sessions'] == 0 and $proof"
        # Keeps the documents of the last run, as a sample of all.
        cp "$out" "$here/documents"
    )
}

said()
{
    cat "$1.said"
    return "$(cat "$1.status")"
}

# Shows the results of the topologies in the order of their start.
recite()
{
    for number in $(seq "$topologies"); do
        at=$here/$number
        for checked in $(seq "$(ls "$at" | grep -c '[.]name$')"); do
            ok "$(cat "$at/name"): $(cat "$at/$checked.name")" said "$at/$checked"
        done
        ok "$(cat "$at/name"): came to its end" [ -e "$at/documents" ]
        collect "$at/documents"
    done
}

every_topology()
{
    topologies=0
    # The logins of the first and the second sync of a topology. 7.0 has no API keys.
    first=user
    second=user
    for seed in 1 2 3 4 5; do
        for version in 7.0 7.4.7 7.6.7; do
            set -- --seed $seed --version $version --fgts 20
            topology "online, $version, seed $seed" online "$@"
            topology "offline, $version, seed $seed" offline "$@" --all-offline
            case $version-$first-$second in
            7.0-*) first=key ;;
            7.4.7-key-*) first=user second=key ;;
            7.6.7-*) first=user second=user ;;
            esac
        done
    done
    for version in 7.0 7.4.7 7.6.7; do
        # The plugin retries a refused key after a pause, except on 7.6.7.
        first=user
        [ $version != 7.6.7 ] || first=key
        second=$first
        set -- --seed 6 --fgts 24 --version $version
        topology "never, $version" never "$@"
        topology "advanced ADOMs, $version" online "$@" --advanced
        topology "listed twice, $version" online "$@" --double-listed 6
        topology "per-device, $version" online "$@" --per-device "root,Branch Offices,EMEA/West"
        topology "all of these, $version" asked "$@" --advanced --double-listed 6 \
            --per-device "root,Zürich"
        topology "after a fail-over, $version" online "$@" --failover
        topology "members apart, $version" asked "$@" --members-apart
        topology "ADOMs disabled, $version" online "$@" --adoms-disabled
        topology "no switches, $version" partial "$@" --deny switches
        topology "not all unit lists, $version" partial "$@" --deny switches@root,access_points@EMEA/West
        topology "an ADOM outside, $version" asked "$@" --deny devices@EMEA/West
        topology "an ADOM outside, and no access points, $version" partial "$@" \
            --deny devices@root,access_points
        topology "no system status and no list of ADOMs, $version" no_adoms "$@" --deny system,adoms
        topology "no questions, $version" no_proxy "$@" --deny proxy
        topology "dead FortiGates, $version" dead_fgts "$@" --proxy-dead 2
        topology "some ADOMs, $version" some_adoms "$@"
    done
    # A proxied query that fails is repeated twice, after pauses, before its FortiGates are queried
    # one by one.
    topology "dead FortiGates that fail their batch" dead_fgts --seed 6 --fgts 24 --proxy-dead 2 \
        --fault proxy-batch-failsxforever
    topology "the serial alone" serial_only --seed 6 --fgts 24
}

# Two lanes run side by side, independently, each with a Python of its own.
first_lane()
{
    mkdir "$here/first_lane"
    resident_start "$here/first_lane"
    every_topology
    resident_stop
}
lane=0
first_lane &
lane=1
every_topology
wait $!
recite

# ---- a failover changes which member is primary, and what only the primary reports

as_key
settings="{\"attributes\": $every_attribute, \"live_status\": \"when_needed\"}"
printf '%s\n' "$settings" >"$here/settings.json"
for moment in before after; do
    option=
    [ $moment = before ] || option=--failover
    simulate --seed 7 --fgts 30 $option
    run sync --settings "$here/settings.json"
    cp "$out" "$here/$moment"
done

# Lists the differences between the assets of two runs, unit by unit.
same_but_roles()
{
    "$PYTHON3" - "$here/before" "$here/after" <<'END'
import json
import sys

def assets(path):
    with open(path, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    return {d["sync_key"]: d for d in documents if d["kind"] == "asset"}

before, after = (assets(path) for path in sys.argv[1:])
reported = {"disk_size_mb", "hardware_revision", "vm_license_type", "vm_license_expiry"}
changed = set()
assert before.keys() == after.keys(), before.keys() ^ after.keys()
for serial, old in before.items():
    new = after[serial]
    left, right = old.pop("attributes"), new.pop("attributes")
    assert old == new, (old, new)
    differs = {n for n in left.keys() | right.keys() if left.get(n) != right.get(n)}
    assert differs <= {"ha_role"} | reported, (serial, differs)
    changed |= differs
assert "ha_role" in changed and changed & reported, changed
END
}
ok "a fail-over: the same assets, but for roles and what only the primary reports" same_but_roles

conclude
