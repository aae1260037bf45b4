#!/bin/sh
# adoms.sh - ADOMs and devices that cannot be read, and those that no longer exist.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# whole REASON [SETTINGS]: the last sync delivers what is expected, with one problem of that reason.
whole()
{
    exits 0 && matches_expected --reports "$1" --settings "${2:-{\}}"
}

# ---- the devices of ADOMs are too many for one answer: then they are unknown, not none

simulate --fgts 30 --fault many-objects@2
as_key
run options adoms
ok "ADOMs whose devices are not known: no number" exits_and_reports 0 \
    'len(KIND("option")) > 4 and not any("description" in d for d in KIND("option"))'
simulate --fgts 30 --fault many-objects@2
run validate
ok "ADOMs whose devices are not known: a warning" exits_and_reports 0 'STEPS == "pppppwppps"
    and CHECK("adoms")["reason"] == "check_members_unknown" and "0" not in CHECK("adoms")["message"]'
simulate --fgts 30 --fault many-objects@2
run validate --set 'adoms=["Nowhere"]'
ok "an ADOM that does not exist, beside ADOMs whose devices are not known" fails 11 \
    "The ADOM Nowhere does not exist" "There are: " "root"

# ---- the name of an ADOM, the first, is damaged in the ADOM table: device rows name it

for option in "" "--per-device Branch\\ Offices"; do
    sight="damaged${option:+, $option}"
    eval "set -- --fgts 16 $option --fault invalid-utf8@2"
    simulate "$@"
    run sync
    ok "an ADOM's name $sight" whole text_repaired
    simulate "$@"
    run sync --set 'adoms=["Branch Offices", "Zürich"]'
    ok "the name of a chosen ADOM $sight" whole text_repaired \
        '{"adoms": ["Branch Offices", "Zürich"]}'
    simulate "$@"
    run validate --set 'adoms=["Branch Offices"]'
    ok "validate with a name $sight" exits_and_reports 0 'STEPS[:5] + STEPS[6:] == "pppppppps"'
done
simulate --fgts 16 --fault invalid-utf8@2x99
run sync
ok "what has a damaged name everywhere is not complete" exits_and_reports 1 \
    '{c["reason"] for c in KIND("coverage") if not c["complete"]}
    == {"device_missing", "roster_unread"} and not KIND("summary")[0]["scopes_complete"]'
simulate --fgts 30 --fault invalid-utf8@2
run sync --set 'adoms=["Nowhere", "Zürich"]'
ok "an ADOM of which no one knows whether it exists is not complete" exits_and_reports 1 \
    '{(c["scope"], c["complete"]) for c in KIND("coverage")}
    == {("adom:Nowhere", False), ("adom:Zürich", True)}'

# ---- a device that was removed after the ADOM table was read

simulate --fgts 30 --fault row-removed@3
run sync
ok "a device that is gone: all the rest is whole" whole requests_repeated
# The requests in order: the probe of the address, the system, the devices, those of the ADOM, the
# one device, the unit lists.
ok "it is asked for by its name, once" seen 'one["violations"] == []
    and one["urls"]["/dvmdb/device/montreal-fw-00028"]["count"] == 1'
simulate --fgts 30 --fault row-removed@3 --fault status-minus-1@5x3
run sync
ok "a device of which the table does not say that it is gone" exits_and_reports 1 \
    '{(c["scope"], c["reason"]) for c in KIND("coverage") if not c["complete"]}
    == {("adom:EMEA/West", "device_missing")}'

conclude
