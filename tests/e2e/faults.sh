#!/bin/sh
# faults.sh - a sync overcomes a fault that happens once, and reports a lasting one: it never counts
# as a success.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/table.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
exec "$PYTHON3" "$srcdir/tests/faults/run.py" ${FAULTS:+"--$FAULTS"}
