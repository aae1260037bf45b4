#!/bin/sh
# example.sh - the host in hector-integration(7) compiles, syncs and fails as the page describes.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"

simulator_start --fgts 25
TOKEN=0123456789abcdefghijklmnopqrstuv
export TOKEN
request='{"settings":{"url":"'$simulator_url'"},"host":{"allow_loopback":true,"ca_file":"'
request=$request$simulator_files/certificate.pem'"}}'

# Extracts the listing from the rendered manual page.
listing()
{
    sed -n '/^\.Bd -literal$/,/^\.Ed$/p' "$srcdir/plugin/hector-integration.7" |
        sed -e '/^\.[BE]d/d' -e "s/\\\\(aq/'/g" -e 's/\\-/-/g' -e 's/\\e/\\/g'
}

prints_this_host()
{
    listing >"$simulator_files/listing"
    sed 1,7d "$srcdir/tests/example/host.c" | diff - "$simulator_files/listing"
}

syncs()
{
    "$EXAMPLE" "$PLUGIN" "$request" >"$simulator_files/documents"
}

documents_are_valid()
{
    "$PYTHON3" "$srcdir/tests/lib/validate_documents.py" "$srcdir/schemas/fortinet" \
        <"$simulator_files/documents"
}

# The example and the stub are two hosts of one plugin, so both get the same assets.
imports_what_the_stub_imports()
{
    HECTOR_SECRET_TOKEN=$TOKEN "$STUB" --plugin "$PLUGIN" sync --format ndjson \
        --set "url=$simulator_url" --ca-file "$simulator_files/certificate.pem" |
        grep '"kind":"asset"' >"$simulator_files/assets"
    grep '"kind":"asset"' "$simulator_files/documents" | diff "$simulator_files/assets" - &&
        [ "$(wc -l <"$simulator_files/assets")" -gt 25 ]
}

# fails_with STATUS TEXT ARGUMENT...: checks the exit status and a text on standard error.
fails_with()
{
    expected=$1
    text=$2
    shift 2
    status=0
    "$EXAMPLE" "$@" >/dev/null 2>"$simulator_files/error" || status=$?
    cat "$simulator_files/error"
    [ "$status" = "$expected" ] && grep -qF -e "$text" "$simulator_files/error"
}

plan 7
ok "hector-integration(7) prints tests/example/host.c" prints_this_host
ok "it syncs" syncs
if [ -n "$PYTHON3" ]; then
    ok "its documents are as the schemas say" documents_are_valid
else
    lacks "its documents are as the schemas say" "Python with jsonschema"
fi
ok "it imports what the host stub imports" imports_what_the_stub_imports
ok "a relative path is refused" fails_with 2 Usage plugin/fortinet.so "$request"
ok "what is no plugin is refused" fails_with 2 "no integration" "$PLUGINS/no-entry.so" "$request"
unset TOKEN
ok "the reason of a failure shows" fails_with 3 "-1 credentials_missing: " "$PLUGIN" "$request"
finish
