#!/bin/sh
# house.sh - plugin/ and host-stub/ keep their layers, prefixes and maxima, and the build has each
# file: see house.py.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema # for $PYTHON3

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-house.XXXXXX") || exit 1
resident_start "$here"
trap 'resident_stop; rm -rf "$here"' EXIT
mkdir -p "$here/tests/unit" && cp "$srcdir/tests/unit/Makefile.inc" "$here/tests/unit"
cp -R "$srcdir/plugin" "$srcdir/host-stub" "$here" && chmod -R u+w "$here"

house()
{
    resident "$srcdir/tests/repo/house.py" "$@"
}

# finds CHECK FILE LINES: the check reports the lines after they are added to the file in the copy of
# the tree, which is whole again afterwards.
finds()
{
    : >"$here/whole"
    [ ! -e "$here/$2" ] || cat "$here/$2" >"$here/whole"
    printf '%s\n' "$3" >>"$here/$2" && ! house "$here" "$1" >"$here/found" &&
        name=${2#*/} && grep -F "${name%.*}" "$here/found" >/dev/null
    finds=$?
    if [ -s "$here/whole" ]; then
        cat "$here/whole" >"$here/$2"
    else
        rm "$here/$2"
    fi
    return $finds
}

ok "no folder uses one behind it" house "$srcdir" order
ok "no circle of files" house "$srcdir" circles
ok "no file's functions in another's header" house "$srcdir" headers
ok "each function of a header has the prefix of its file or folder" house "$srcdir" names
ok "base that uses net is found" finds order plugin/base/buffer.c '#include "net/http.h"'
ok "a source that uses an operation is found" finds order plugin/sources/fortigate/units.c \
    '#include "operations/operations.h"'
ok "base that uses net in pointed brackets is found" finds order plugin/base/buffer.c \
    '#  include <net/http.h>'
ok "a source that uses another one is found" finds order plugin/sources/fortimanager/rpc.c \
    '#include "sources/fortigate/rest.h"'
ok "FortiCloud that uses a source is found" finds order plugin/sources/forticloud/oauth.c \
    '#include "sources/fortimanager/rpc.h"'
ok "a source next door is found" finds order plugin/sources/fortigate/rest.c \
    '#include "../fortimanager/rpc.h"'
ok "the host stub in the plugin is found" finds order plugin/net/http.c \
    '#include "host-stub/loader.h"'
ok "the plugin in the host stub is found" finds order host-stub/table.c '#include "base/buffer.h"'
ok "a circle is found" finds circles plugin/net/policy.h '#include "http.h"'
ok "a function of another file is found" finds headers plugin/net/http.h \
    'void transfer_close_later(struct transfer *transfer);'
ok "a name without its prefix is found" finds names plugin/sources/fortigate/system.h \
    'void system_close(struct gate_run *run);'
ok "an extern function of another file is found" finds headers plugin/net/http.h \
    'extern CURLcode transfer_close_later(void);'
ok "an extern name without its prefix is found" finds names plugin/net/http.h \
    'extern CURL *later_handle(void);'
ok "a name after its type's own line is found" finds names plugin/net/http.h 'CURLcode
later_close(void);'
ok "maxima stand in limits.h" house "$srcdir" limits
ok "no function has more than five parameters" house "$srcdir" parameters
ok "a maximum of its own is found" finds limits plugin/net/http.c '#define LATER_MAX 7'
ok "a maximum with blanks is found" finds limits plugin/net/http.c '#  define LATER_MAX 7'
ok "a maximum in an enum is found" finds limits plugin/net/http.c 'enum { LATER_MAX = 7 };'
ok "a size of its own is found" finds limits plugin/net/http.c 'static char later[KIB(2)];'
ok "a large number is found" finds limits host-stub/table.c 'static char later[5000];'
ok "a large number with a suffix is found" finds limits host-stub/table.c 'static char later[5000u];'
ok "a large number by a shift is found" finds limits host-stub/table.c 'static char later[1 << 20];'
ok "a sixth parameter is found" finds parameters host-stub/table.c \
    'void table_later(int a, int b, int c, int d, void (*e)(int, int), int f);'
ok "a sixth parameter after a type of its own line is found" finds parameters host-stub/table.c \
    'extern CURLcode
table_later(int a, int b, int c, int d, int e, int f);'
ok "the build has each file" house "$srcdir" built
ok "a header that the build lacks is found" finds built plugin/net/later.h '/* later */'
ok "a test that the build lacks is found" finds built tests/unit/test_later.c '/* later */'
plan "$points"
finish
