#!/bin/sh
# partial.sh - what validate and sync report of a system that they could read in part only.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# An ADOM whose devices the account may not see, except one that also belongs to another ADOM, is
# not a complete scope: its other devices would count as vanished.
simulate --fgts 30 --deny devices@EMEA/West
as_user
run sync
ok "an ADOM seen through a shared device only is not complete" \
    reports 'not any(c["complete"] for c in KIND("coverage") if c["scope"] == "adom:EMEA/West")'

# Validate and sync name the same source.
simulate --fgts 30 --deny system
run validate
ok "validate without system access: the source of the sync" \
    reports 'KIND("source")[0]["id"].startswith("FMG")'

# validate reports every step, also when the ADOM is wrong.
simulate --fgts 3
run validate --set 'adoms=["none"]'
ok "validate with a wrong ADOM: ten steps" reports 'STEPS == "pppppfssss"'

# A run that delivered nothing cannot claim that nothing was lost.
HECTOR_SECRET_PASSWORD=$password
simulate --fgts 3 --fault close-before@2xforever
run sync
ok "a run that fails does not say that nothing was lost" \
    reports 'not any("Nothing was lost" in p["message"] for p in KIND("problem"))'

# An error of a gateway is not an invalid answer of the appliance.
simulate --fgts 3 --fault http-502-html@2xforever
run sync
ok "502 for ever is UNREACHABLE" exits 14
ok "and is asked for three times, not nine" seen 'one["faults_applied"] == 3'

conclude
