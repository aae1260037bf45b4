#!/bin/sh
# faults.sh - a fault that happens once is overcome; a lasting one is reported, never taken for
# success.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/table.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
exec "$PYTHON3" "$srcdir/tests/faults/run.py" ${FAULTS:+"--$FAULTS"}
