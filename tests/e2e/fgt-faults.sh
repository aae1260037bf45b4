#!/bin/sh
# fgt-faults.sh - with a FortiGate, a sync overcomes a fault that happens once, and reports a
# lasting one.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/fgt.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
SIMULATOR=$FGT_SIMULATOR exec "$PYTHON3" "$srcdir/tests/faults/run.py" --source fortigate \
    ${FAULTS:+"--$FAULTS"}
