#!/bin/sh
# dialect.sh - the tree is written in plain English: see dialect.py.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema # for $PYTHON3

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-dialect.XXXXXX") || exit 1
resident_start "$here"
trap 'resident_stop; rm -rf "$here"' EXIT
mkdir -p "$here/plugin/host" "$here/tests/fuzz/corpus"
cp "$srcdir/plugin/host/reasons.def" "$srcdir/plugin/host/skips.def" \
    "$srcdir/plugin/host/labels.def" "$here/plugin/host"

dialect()
{
    resident "$srcdir/tests/repo/dialect.py" "$@"
}

# finds LINE: the check reports the line in a file of the plugin.
finds()
{
    printf '%s\n' "$1" >"$here/plugin/planted.c"
    dialect "$here" >"$here/found"
    grep -qF "plugin/planted.c:1: $1 (" "$here/found"
}

passes()
{
    ! finds "$1"
}

ok "no word of a private dialect" dialect "$srcdir"
ok "a comment is found" finds "/* The far side is had. */"
ok "the same without its article is found" finds "/* A far side. */"
ok "an identifier is found" finds "bool is_told(void);"
ok "a constant is found" finds "#define HTTP_POLITE 1"
ok "a name of two words is found" finds "void errors_left_alone(void);"
ok "a slug may have any word" passes 'fail(context, REASON_roster_refused, "roster_refused");'
ok "a sentence to users is kept" passes '"The account sees no device at all on {0}."'
ok "a part of a word is no word" passes "int outtold, politely;"
plan "$points"
finish
