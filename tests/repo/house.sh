#!/bin/sh
# house.sh - plugin/ and host-stub/ keep their layers, prefixes and maxima: see house.py.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
need_jsonschema # for $PYTHON3

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-house.XXXXXX") || exit 1
trap 'rm -rf "$here"' EXIT

house()
{
    "$PYTHON3" "$srcdir/tests/repo/house.py" "$@"
}

# finds CHECK FILE LINE: the check reports the line after it is added to the file in a copy of the
# tree.
finds()
{
    rm -rf "$here/plugin" "$here/host-stub"
    cp -R "$srcdir/plugin" "$srcdir/host-stub" "$here" && chmod -R u+w "$here" &&
        printf '%s\n' "$3" >>"$here/$2" && ! house "$here" "$1" >"$here/found" &&
        name=${2#*/} && grep -F "${name%.*}" "$here/found" >/dev/null
}

ok "no folder uses one behind it" house "$srcdir" order
ok "no circle of files" house "$srcdir" circles
ok "no file's functions in another's header" house "$srcdir" headers
ok "each function of a header has the prefix of its file or folder" house "$srcdir" names
ok "base that uses net is found" finds order plugin/base/buffer.c '#include "net/http.h"'
ok "a source that uses an operation is found" finds order plugin/sources/fortigate/units.c \
    '#include "operations/operations.h"'
ok "a circle is found" finds circles plugin/net/policy.h '#include "http.h"'
ok "a function of another file is found" finds headers plugin/net/http.h \
    'void transfer_close_later(struct transfer *transfer);'
ok "a name without its prefix is found" finds names plugin/sources/fortigate/system.h \
    'void system_close(struct gate_run *run);'
ok "maxima stand in limits.h" house "$srcdir" limits
ok "no function has more than five parameters" house "$srcdir" parameters
ok "a maximum of its own is found" finds limits plugin/net/http.c '#define LATER_MAX 7'
ok "a size of its own is found" finds limits plugin/net/http.c 'static char later[KIB(2)];'
ok "a large number is found" finds limits host-stub/table.c 'static char later[5000];'
ok "a sixth parameter is found" finds parameters host-stub/table.c \
    'void table_later(int a, int b, int c, int d, void (*e)(int, int), int f);'
plan "$points"
finish
