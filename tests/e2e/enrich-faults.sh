#!/bin/sh
# enrich-faults.sh - whatever goes wrong with FortiCloud: the inventory is whole, what FortiCloud adds
# is true or absent, and it is called no more often than it allows.
# SPDX-License-Identifier: Apache-2.0
#
# The runs of tests/faults/enrich.tsv: one of each fault, once and lasting; all with FAULTS=all.
set -u
. "$srcdir/tests/lib/tap.sh"

need_jsonschema
exec "$PYTHON3" "$srcdir/tests/faults/enrich.py" ${FAULTS:+"--$FAULTS"}
