#!/bin/sh
# nac-faults.sh - with a FortiNAC, a sync overcomes a fault that happens once, and reports a
# lasting one.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/fnac.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
SIMULATOR=$NAC_SIMULATOR exec "$PYTHON3" "$srcdir/tests/faults/run.py" --source fortinac \
    ${FAULTS:+"--$FAULTS"}
