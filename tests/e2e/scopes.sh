#!/bin/sh
# scopes.sh - the scopes of a system, whether a run reads them, and what a host needs to compare two
# runs.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# states EXPRESSION: holds for the states of the scopes, by name.
states()
{
    reports "(lambda states: $1)({s['scope']: s['state'] for s in KIND('scope')})"
}

# ---- FortiManager

simulate --fgts 30
as_key
run sync
ok "every ADOM and what is in none is a scope" states 'set(states.values()) == {"in"}
    and {"adom:root", "adom:Lab (empty)", "none"} <= set(states) and "adom:rootp" not in states'
ok "an ADOM has its oid as another name" reports 'all(re.fullmatch(r"adom_oid:\d+", s["aliases"][0])
    for s in KIND("scope") if s["scope"] != "none")'
ok "these are all scopes" reports 'KIND("summary")[0]["scopes_complete"]'
timeless >"$here/before"
first=$(digest)
run sync
ok "two runs of an unchanged topology are the same" as_before
run sync --set 'device_types=["switch"]' --set 'attributes=["ip_address"]' --language fr
ok "device types and attributes do not decide what is listed" [ "$(digest)" = "$first" ]
ok "a label follows the language" reports '"Appareils sans ADOM" in {s["label"] for s in KIND("scope")}'
run sync --set 'include=["log_only", "model"]'
ok "include does" [ "$(digest)" != "$first" ]
run sync --set 'adoms=["root", "nowhere"]'
ok "a run that fails by an ADOM says who was asked" exits_and_reports 11 'KIND("source")'
run sync --set 'adoms=["root"]'
ok "what is not chosen is named, and not read" states 'states.pop("adom:root") == "in"
    and set(states.values()) == {"not_chosen"} and "none" in states'
ok "adoms decide what is listed" [ "$(digest)" != "$first" ]
ok "and all scopes are known" reports 'KIND("summary")[0]["scopes_complete"]'

reads_each_type

simulate --fgts 30 --deny 'devices@EMEA/West'
run sync --set 'adoms=["EMEA/West", "root"]' --set 'attributes=["connection_status"]'
ok "what the account may not read is outside" states 'states["adom:EMEA/West"] == "outside"
    and states["adom:root"] == "in"'
ok "a disconnected unit may be connected there: it is uncertain" reports '{a["attributes"][
    "connection_status"] for a in KIND("asset") if a.get("certain") is False} == {"down"}'
cp "$out" "$here/partly"
run validate --set 'adoms=["EMEA/West", "root"]'
ok "validate says so, too" exits_and_reports 0 '[(c["step"], c["status"], c["field"])
    for c in KIND("check") if c["reason"] == "adom_outside"] == [("devices", "warning", "adoms")]'
cp "$here/partly" "$out"
ok "and has no coverage" reports '{c["scope"] for c in KIND("coverage")} == {"adom:root"}'
simulate --fgts 30 --deny adoms
run sync
ok "ADOMs that cannot be listed: there may be more scopes" exits_and_reports 0 \
    'not KIND("summary")[0]["scopes_complete"] and KIND("coverage")'
simulate --fgts 30 --fault http-429-later@3
run sync
ok "a run that ends early names the ADOMs that it would have read" exits_and_reports 15 \
    '{s["state"] for s in KIND("scope")} == {"in"} and len(KIND("scope")) > 4
    and not KIND("summary")[0]["scopes_complete"]'
ok "each says why, and when to come again" reports 'all((c["complete"], c["cause"], c["reason"],
    c["retry_after_s"]) == (False, -5, "throttled", 3600) for c in KIND("coverage"))'
ok "and so does the summary" reports 'KIND("summary")[0]["error"]["retry_after_s"] == 3600'

simulate --fgts 30 --deny 'access_points@root'
run sync
ok "a scope fails for its own reason" exits_and_reports 1 '[(c["scope"], c["cause"], c["reason"],
    "root" in c["detail"]) for c in KIND("coverage") if not c["complete"]]
    == [("adom:root", -3, "roster_refused", True)]'
ok "a disconnected unit that may be connected there is uncertain" reports '{a["device_type"]
    for a in KIND("asset") if a.get("certain") is False} == {"access_point"}'

# ---- values of settings

run options device_types
ok "options end" reports 'documents[-1] == {"kind": "options_end", "option": "device_types",
    "more": False}'
run options device_types --limit 2
ok "a limit that left some out" reports 'documents[-1]["more"] and len(KIND("option")) == 2'
run options attributes --filter serial
ok "an attribute says what it is and costs" reports '{o["value"]: (o["type"], o["volatile"],
    o["cost"]["switch"], "switch" in o["device_types"]) for o in KIND("option")}["serial_number"]
    == ("text", False, "always", True)'

conclude
