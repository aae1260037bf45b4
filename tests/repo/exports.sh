#!/bin/sh
# exports.sh - fortinet.so exports the entry and nothing else, and stays in memory once loaded.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"

exports_only_the_entry()
{
    exported=$(nm -D --defined-only "$PLUGIN" | cut -d ' ' -f 2-)
    echo "exported: $exported"
    [ "$exported" = "T hector_integration_v1" ]
}

# has_flag WORD: in the dynamic section.
has_flag()
{
    readelf -d "$PLUGIN" | grep 'FLAGS' | grep -w -- "$1"
}

plan 3
ok "hector_integration_v1 is the one exported symbol" exports_only_the_entry
ok "the file is never unloaded: libcurl keeps thread-local state" has_flag NODELETE
ok "every symbol is bound when the file is loaded" has_flag NOW
finish
