#!/bin/sh
# gate-faults.sh - what goes wrong once with a FortiGate is cured; what stays wrong is told.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/gate.tsv: one of each fault, once and for ever; all with FAULTS=all.
set -u
. "$srcdir/tests/tap.sh"

need_jsonschema
SIMULATOR=$GATE_SIMULATOR exec "$PYTHON3" "$srcdir/tests/faults/run.py" --gate ${FAULTS:+"--$FAULTS"}
