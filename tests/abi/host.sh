#!/bin/sh
# host.sh - a Python program can be a host, as a C program can.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"

python=${PYTHON3:-python3}
need Python command -v "$python"
# The run-time library of a sanitizer must be the first of a process, and Python's is not.
! nm -D "$PLUGIN" | grep -q ' __[a-z]*san_' || skip_all "built with a sanitizer"

simulator_start --fgts 25
files=$simulator_files
TOKEN=0123456789abcdefghijklmnopqrstuv
export TOKEN

runs_all_operations()
{
    "$python" "$srcdir/tests/abi/host.py" "$PLUGIN" "$simulator_url" \
        "$files/certificate.pem" >"$files/documents"
}

documents_are_valid()
{
    "$PYTHON3" "$srcdir/tests/lib/validate_documents.py" "$srcdir/schemas/fortinet" <"$files/documents"
}

has_every_kind()
{
    for kind in descriptor check option source asset coverage summary; do
        grep -q "^{\"kind\":\"$kind\"" "$files/documents" || echo "no $kind"
    done | { ! grep .; }
}

imports_what_the_stub_imports()
{
    HECTOR_SECRET_TOKEN=$TOKEN "$STUB" --plugin "$PLUGIN" sync --format ndjson \
        --set "url=$simulator_url" --ca-file "$files/certificate.pem" \
        --set 'attributes=["name","ip_address","latitude","longitude"]' |
        grep '"kind":"asset"' >"$files/assets"
    grep '"kind":"asset"' "$files/documents" | diff "$files/assets" - &&
        [ "$(wc -l <"$files/assets")" -gt 25 ] && grep -q '"latitude":"[-0-9.]*"' "$files/assets"
}

plan 4
ok "all four operations, refusals and cancel" runs_all_operations
ok "documents of every kind" has_every_kind
if [ -n "${PYTHON3:-}" ]; then
    ok "they are as the schemas say" documents_are_valid
else
    lacks "they are as the schemas say" "Python with jsonschema"
fi
ok "the assets are those of the stub" imports_what_the_stub_imports
finish
