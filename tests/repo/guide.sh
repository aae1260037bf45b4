#!/bin/sh
# guide.sh - the integration does what each sentence of Hector's guide says, by the claims of
# guide.tsv.
# SPDX-License-Identifier: Apache-2.0
#
# GUIDE: the file of the guide, by default ../shared/seeds/000*.txt; without the file, the test does
# not check that guide.tsv is complete.
set -u
. "$srcdir/tests/lib/tap.sh"
need_jsonschema

map=$srcdir/tests/repo/guide.tsv
here=$(mktemp -d "${TMPDIR:-/tmp}/hector-guide.XXXXXX") || exit 1
trap 'rm -rf "$here"' EXIT

# describes LANGUAGE
describes()
{
    "$STUB" --plugin "$PLUGIN" describe --language "$1" --format ndjson >"$here/$1.json"
}

# stands LANGUAGE CLAIM
stands()
{
    "$PYTHON3" "$srcdir/tests/repo/guide.py" "$here/$1.json" "$2"
}

# Finds the words in a string of the test's code: in the call of a point, or in the table of a
# suite.
names_a_test()
{
    grep -v '^[[:space:]]*#' "$srcdir/${1%%: *}" | grep -F -- "${1#*: }" | grep -q '"'
}

is_listed()
{
    test=${1%%: *}
    grep -q -F "${test%.c}" "$srcdir"/tests/Makefile.inc "$srcdir"/tests/*/Makefile.inc
}

# The words in this order, with anything between them.
words()
{
    tr -s ' \t\n' '   ' | sed 's/^ //; s/ $//'
}

is_whole()
{
    grep -v '^#' "$map" | cut -f1 | grep -v '^"$' | words >"$here/mapped"
    cat "$@" | words >"$here/guide"
    cmp "$here/mapped" "$here/guide"
}

# README.md has each CLI snippet of the guides, with an example address.
stands_in_the_readme()
{
    "$PYTHON3" - "$here/en.json" "$srcdir/README.md" <<'END'
import json
import sys

guides = json.load(open(sys.argv[1], encoding="utf-8"))["guide"]
readme = open(sys.argv[2], encoding="utf-8").read()
texts = [guide["cli"] for guide in guides if "cli" in guide]
for text in texts:
    block = "\n\n" + "".join("    " + line + "\n" for line in text) + "\n"
    if block.replace("{egress_address}", "203.0.113.7") not in readme:
        sys.exit("README.md lacks:" + block)
sys.exit(len(texts) < 3)
END
}

# ---- the map

plan $(($(grep -c -v '^#' "$map") + 5))
ok "describe in English" describes en
ok "describe in French" describes fr
ok "README.md has the CLI texts of the guides" stands_in_the_readme
tab=$(printf '\t')
grep -v '^#' "$map" >"$here/map"
sentence=
while IFS=$tab read -r words kind claim; do
    [ "$words" = '"' ] || sentence=$words
    name="$sentence ($claim)"
    case $kind in
    descriptor | instead) ok "$name" stands en "$claim" ;;
    french) ok "$name" stands fr "$claim" ;;
    test) ok "$name" names_a_test "$claim" ;;
    host) ok "$name" [ -n "$claim" ] ;;
    *) ok "$name" false ;;
    esac
done <"$here/map"

# ---- the guide

tests_are_listed()
{
    grep "^[^#].*${tab}test${tab}" "$map" | cut -f3 | sort -u >"$here/tests"
    [ -s "$here/tests" ] || return 1
    while read -r claim; do
        is_listed "$claim" || return 1
    done <"$here/tests"
}

ok "every test of the map is one that is run" tests_are_listed
if [ -n "${GUIDE:-}" ]; then
    set -- "$GUIDE"
else
    set -- "$srcdir"/../shared/seeds/000*.txt
fi
if [ -e "$1" ]; then
    ok "no sentence of the guide is missing" is_whole "$@"
else
    skip "no sentence of the guide is missing" "no ../shared/seeds"
fi
finish
