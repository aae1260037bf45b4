#!/bin/sh
# ems-faults.sh - with a FortiClient EMS, a sync overcomes a fault that happens once, and reports a
# lasting one.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/ems.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
SIMULATOR=$EMS_SIMULATOR exec "$PYTHON3" "$srcdir/tests/faults/run.py" --source ems ${FAULTS:+"--$FAULTS"}
