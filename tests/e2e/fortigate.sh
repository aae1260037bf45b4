#!/bin/sh
# fortigate.sh - a FortiGate as the source: all units on each release, what each missing right
# costs, the sentence for each refusal, and that no request could change the FortiGate.
# SPDX-License-Identifier: Apache-2.0
set -u
SIMULATOR=$FGT_SIMULATOR
. "$srcdir/tests/e2e/e2e.sh"

# The letters in STEPS: address, TLS, product, credentials, version, VDOMs, devices, switches,
# access points.

ids=$(every_attribute)
everything_ticked="{\"attributes\":$ids}"

# read_all [SETTING...]: a sync with every attribute.
read_all()
{
    run sync --set "attributes=$ids" "$@"
}

# is_whole STATUS: the documents are what is expected, down to each attribute.
is_whole()
{
    exits "$1" && matches_expected --settings "$everything_ticked"
}

# same_scopes: each asset of the last run has the scope that it has in the run kept as "before".
same_scopes()
{
    "$PYTHON3" - "$here/before" "$out" <<'END'
import json, sys
def assets(path):
    documents = [json.loads(line) for line in open(path, encoding="utf-8")]
    return sorted((d["sync_key"], d["scope"]) for d in documents if d["kind"] == "asset")
sys.exit(assets(sys.argv[1]) != assets(sys.argv[2]) or not assets(sys.argv[1]))
END
}

harmless()
{
    seen 'one["violations"] == []'
}

# ---- complete inventories

as_key
for version in 6.4 7.0 7.2 7.4 7.6; do
    simulate --version "$version" --vdoms 3 --ha 2 --switches 14 --access-points 30 --fabric 3
    read_all
    ok "$version: a cluster of two with three VDOMs, in a fabric" is_whole 0
    simulate --version "$version"
    read_all
    ok "$version: a FortiGate alone" is_whole 0
    ok "$version: asks nothing that is not known, by GET" harmless
    run validate
    ok "$version: validate" exits_and_reports 0 'STEPS == "ppppppppp"
        and CHECK("system")["message"].endswith(" is a FortiGate.")
        and KIND("source")[0]["system"] == "fortigate"'
done

simulate --vdoms 2 --ha 2
reads_each_type
run sync
ok "a scope has the names that the other members would give it" reports 'sorted(
    (s["label"].split()[1], s["scope"].split(":")[1][:16], s["aliases"][0].split(":")[1][:16])
    for s in KIND("scope")) == [(v, *KIND("source")[0]["serials"]) for v in ("guest", "root")]'
ok "all VDOMs are all scopes" reports 'KIND("summary")[0]["scopes_complete"]'
listing=$(digest)
run sync --set 'adoms=["root"]' --set 'include=["model"]'
ok "what means nothing to a FortiGate does not decide what it lists" [ "$(digest)" = "$listing" ]

simulate --vdoms 3 --ha 2 --fabric 2
read_all
timeless >"$here/before"
read_all
ok "two runs of an unchanged FortiGate are the same" as_before

simulate --vdoms 2 --access-points 1300
read_all
ok "more access points than a page holds" is_whole 0

simulate --no-switch-controller
read_all
ok "a FortiGate without switch controller" is_whole 0

simulate --vdoms 3 --token-vdoms guest,dmz --ha 2
read_all
ok "a token that sees two of three VDOMs" is_whole 0
ok "those are all scopes that there are" reports '{c["scope"].split(":")[-1] for c in KIND("coverage")}
    == {"guest", "dmz"}'

simulate --ha 3 --vdoms 2
read_all
cp "$out" "$here/before"
simulate --ha 3 --vdoms 2 --failover
read_all
ok "after a fail-over" is_whole 0
ok "the same assets in the same scopes, whoever answers" same_scopes

# ---- each missing right, with each kind of refusal that a FortiGate sends

for refusal in json html trimmed; do
    for version in 6.4 7.6; do
        simulate --version "$version" --vdoms 2 --ha 2 --deny wifi --refusal $refusal
        read_all
        ok "$version, no wifi, $refusal: no switch is reported as gone" is_whole 1
        ok "$version, no wifi, $refusal: what to do" says "Switches: " \
            "lacks read access to wifi"
        run validate
        ok "$version, no wifi, $refusal: validate" exits_and_reports 0 'STEPS == "pppppppww"
            and "            set wifi read" in CHECK("switches")["console"]'
        simulate --version "$version" --vdoms 2 --ha 2 --deny sysgrp,secfabgrp --refusal $refusal
        read_all
        ok "$version, neither sysgrp nor secfabgrp, $refusal: members may lack" is_whole 1
        ok "$version, neither sysgrp nor secfabgrp, $refusal: what to do" \
            says "more members in an HA cluster cannot be read"
    done
    for right in sysgrp secfabgrp; do
        simulate --version 7.4 --vdoms 2 --ha 2 --deny $right --refusal $refusal
        read_all
        ok "no $right, $refusal: the other one reports the members" exits_and_reports 0 \
            'sum(a["device_type"] == "firewall" for a in KIND("asset")) == 2
            and all(c["complete"] for c in KIND("coverage"))'
    done
done

# ---- the rights that README.md lists, each with what is missing without it

for version in 6.4 7.0 7.2 7.4 7.6; do
    simulate --version "$version" --vdoms 2 --ha 2 --fabric 2 --deny netgrp
    read_all
    ok "$version: the rights that README.md lists are enough for all" is_whole 0
done
simulate --vdoms 2 --ha 2 --fabric 2 --deny netgrp,secfabgrp
read_all
ok "without secfabgrp: FortiGates of the fabric are not named" exits_and_reports 0 \
    '"fabric_gate_unread" not in PROBLEMS and "gate_facts_unread" not in PROBLEMS'
ok "without secfabgrp: the rest is what is expected" matches_expected --settings "$everything_ticked"
simulate --vdoms 2 --ha 2 --fabric 2 --deny netgrp,sysgrp
read_all
ok "without sysgrp: no latitude and longitude" exits_and_reports 0 \
    'not any("latitude" in a["attributes"] for a in KIND("asset"))'
ok "without sysgrp: FortiGates of the fabric are named" reports 'PROBLEMS.count("fabric_gate_unread") == 2'

# ---- refusals

simulate --vdoms 2
HECTOR_SECRET_TOKEN=another-token
run validate
ok "a wrong token: one sentence with both causes" fails 12 "refuses the token. Either the token is" \
    "is not a trusted host of its REST API administrator"
ok "a wrong token: the steps" reports 'STEPS == "pppfsssss"'
ok "a wrong token: how to make the right one" reports '
    "        set accprofile \"hector_read\"" in CHECK("credentials")["console"]
    and "execute api-user generate-key api_hector" in CHECK("credentials")["console"]'
run sync
ok "sync with a wrong token" fails 12 "refuses the token"
ok "sync with a wrong token claims nothing" reports 'not KIND("asset") and not KIND("coverage")'

as_key
simulate --trusted-host 192.0.2.9
run validate
ok "an address that is not trusted says the same" fails 12 "refuses the token. Either the token is" \
    "is not a trusted host"

simulate --vdoms 3 --token-vdoms guest
as_user
run validate
ok "a user name" fails 11 "takes a token only" "leave --set username empty"
ok "a user name: nothing is sent" seen 'one["credentials_received"] == 0'
as_key
run validate --set source=fortimanager
ok "source: fortimanager" fails 11 "is a FortiGate, but --set source is fortimanager"
ok "source: fortimanager sends nothing" seen 'one["credentials_received"] == 0'
run sync --set source=fortigate --set 'adoms=["root"]'
ok "source: fortigate, and ADOMs" exits_and_reports 0 '"adoms_ignored" in PROBLEMS'
run options adoms
ok "no ADOMs to choose" exits_and_reports 0 'not KIND("option")'
ok "nothing was asked that is not known" harmless

conclude
