#!/bin/sh
# house.sh - plugin/ keeps the layers of its folders: see house.py.
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
    rm -rf "$here/plugin"
    cp -R "$srcdir/plugin" "$here/plugin" && chmod -R u+w "$here/plugin" &&
        printf '%s\n' "$3" >>"$here/plugin/$2" && ! house "$here" "$1" >"$here/found" &&
        grep -F "${2%.*}" "$here/found" >/dev/null
}

ok "no folder uses one behind it" house "$srcdir" order
ok "no circle of files" house "$srcdir" circles
ok "no file's functions in another's header" house "$srcdir" headers
ok "each function of a header has the prefix of its file or folder" house "$srcdir" names
ok "base that uses net is found" finds order base/buffer.c '#include "net/http.h"'
ok "a source that uses an operation is found" finds order sources/fortigate/units.c \
    '#include "operations/operations.h"'
ok "a circle is found" finds circles net/policy.c '#include "http.h"'
ok "a function of another file is found" finds headers net/http.h \
    'void transfer_close_later(struct transfer *transfer);'
ok "a name without its prefix is found" finds names sources/fortigate/system.h \
    'void system_close(struct gate_run *run);'
plan "$points"
finish
