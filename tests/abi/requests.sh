#!/bin/sh
# requests.sh - the plugin refuses a request exactly if its schema does: see requests.py.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
need_jsonschema # for $PYTHON3
# The run-time library of a sanitizer must be the first of a process, and Python's is not.
! nm -D "$PLUGIN" | grep -q ' __[a-z]*san_' || skip_all "built with a sanitizer"

"$PYTHON3" "$srcdir/tests/abi/requests.py" "$PLUGIN" "$srcdir/schemas/fortinet" \
    "$srcdir/tests/abi/requests.tsv" 2>/dev/null
