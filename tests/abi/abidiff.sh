#!/bin/sh
# abidiff.sh - the binary interface of fortinet.so equals the recorded one.
# SPDX-License-Identifier: Apache-2.0
#
#   sh tests/abi/abidiff.sh            checks $PLUGIN, which was built with debug data; prints TAP
#   sh tests/abi/abidiff.sh --keep     writes tests/abi/fortinet.abi again
#
# Any change fails. A commit that appends a member includes the output of --keep, so that its diff
# shows the change to reviewers. (tests/abi/abi.sh checks that the interface only grew.)
#
# PLUGIN  the file. Needs abigail-tools.
set -u
: "${PLUGIN:?the file}"
srcdir=${srcdir:-.}
. "$srcdir/tests/lib/tap.sh"
kept=$srcdir/tests/abi/fortinet.abi

# Leaves out paths, lines and times of the build machine, and types that the entry does not reach.
if [ "${1-}" = --keep ]; then
    exec abidw --exported-interfaces-only --headers-dir "$srcdir/include" --drop-private-types \
        --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --out-file "$kept" \
        "$PLUGIN"
fi
need "abidiff (Debian: abigail-tools)" command -v abidiff
[ "$(uname -m)" = x86_64 ] || skip_all "what was kept is of x86_64"

files=$(mktemp -d "${TMPDIR:-/tmp}/hector-abidiff.XXXXXX") || exit 1
trap 'rm -rf "$files"' EXIT

# is_kept FILE
is_kept()
{
    abidiff --exported-interfaces-only "$kept" "$1"
}

# abidiff's status is a set of bits: 4 is a change, 1 an error of its own.
refuses()
{
    is_kept "$1"
    [ $? = 4 ]
}

# changed NAME SCRIPT: builds a plugin whose header the sed script has changed, without the
# assertions on its layout.
changed()
{
    mkdir -p "$files/$1/hector"
    sed -e 's/^\(#define HECTOR_STATIC_ASSERT(.*)\) .*/\1 struct hector_error/' -e "$2" \
        "$srcdir/include/hector/integration.h" >"$files/$1/hector/integration.h"
    ${CC:-cc} -g -fPIC -shared -I "$files/$1" -Wl,-soname,fortinet.so -o "$files/$1.so" \
        "$srcdir/tests/plugins/broken.c"
}

changed same ''
changed inserted 's/^    int32_t (\*emit)/    void *inserted;\n&/'
changed appended 's/^    hector_operation \*sync;/&\n    hector_operation *more;/'
changed parameter 's/^    void (\*progress)(void \*context, /&int more, /'
changed narrow 's/int64_t (\*secret)/int32_t (*secret)/'
changed shorter 's/char reason\[48\]/char reason[40]/'

plan 7
ok "the plugin has the interface that was kept" is_kept "$PLUGIN"
ok "another plugin with the same header has it" is_kept "$files/same.so"
ok "a member in between is noticed" refuses "$files/inserted.so"
ok "a member at the end is noticed" refuses "$files/appended.so"
ok "another parameter is noticed" refuses "$files/parameter.so"
ok "another type of return is noticed" refuses "$files/narrow.so"
ok "a shorter text is noticed" refuses "$files/shorter.so"
finish
