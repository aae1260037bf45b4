#!/bin/sh
# adoms.sh - what could not be learnt about ADOMs and their devices, and what is gone.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# ---- the devices of ADOMs are too many for one answer: they are not known, which is not none

simulate --gates 30 --fault many-objects@2
as_key
run options adoms
ok "ADOMs whose devices are not known: no number" exits_and_tells 0 \
    'len(documents) > 4 and not any("description" in d for d in documents)'
simulate --gates 30 --fault many-objects@2
run validate
ok "ADOMs whose devices are not known: a warning" exits_and_tells 0 'STEPS == "pppppwppp"
    and CHECK("adoms")["reason"] == "check_members_unknown" and "0" not in CHECK("adoms")["message"]'
simulate --gates 30 --fault many-objects@2
run validate --set 'adoms=["Nowhere"]'
ok "an ADOM that does not exist, beside ADOMs whose devices are not known" fails 11 \
    "The ADOM Nowhere does not exist" "There are: " "root"

conclude
