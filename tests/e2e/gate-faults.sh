#!/bin/sh
# gate-faults.sh - with a FortiGate, a fault that happens once is overcome; a lasting one is
# reported.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/gate.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/tap.sh"

need_jsonschema
SIMULATOR=$GATE_SIMULATOR exec "$PYTHON3" "$srcdir/tests/faults/run.py" --gate ${FAULTS:+"--$FAULTS"}
