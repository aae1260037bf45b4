#!/bin/sh
# faults.sh - what goes wrong once is cured; what stays wrong is told, and never passes for success.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/table.tsv: one of each fault, once and for ever; all with FAULTS=all.
set -u
. "$srcdir/tests/tap.sh"

need_jsonschema
exec "$PYTHON3" "$srcdir/tests/faults/run.py" ${FAULTS:+"--$FAULTS"}
