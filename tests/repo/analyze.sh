#!/bin/sh
# analyze.sh - one static analysis of plugin/ and host-stub/: no finding without an explained
# exception at its line.
# SPDX-License-Identifier: Apache-2.0
#
#   make analyze-gcc | analyze-clang-tidy | analyze-cppcheck | analyze (all three)
#   srcdir=FOLDER tests/repo/analyze.sh gcc|clang-tidy|cppcheck FLAG...
#
# An exception is a comment: "analyzer: REASON" on the line of the finding or the one before it
# (gcc), NOLINT (clang-tidy), or cppcheck-suppress. Runs in a build folder, for the generated
# sources.
set -u
tool=$1
shift
found=$(mktemp "${TMPDIR:-/tmp}/hector-analyze.XXXXXX") || exit 99
trap 'rm -f "$found"' EXIT

sources=$(find "$srcdir/plugin" "$srcdir/host-stub" plugin -name '*.c' | sort -u)

# Warnings go to $found, each as FILE:LINE:...; those that no comment explains remain.
unexplained()
{
    sort -u "$found" | while IFS=: read -r file line rest; do
        sed -n "$((line > 1 ? line - 1 : 1)),${line}p" "$file" | grep -q 'analyzer: ' ||
            echo "$file:$line:$rest"
    done
}

case $tool in
gcc)
    for source in $sources; do
        ${CC:-gcc} -O1 -fanalyzer -fdiagnostics-plain-output -c "$@" -o /dev/null "$source" 2>&1 ||
            echo "$source:1: it does not compile"
    done | grep -E '^[^:]+:[0-9]+:.*(warning|error|does not compile)' >"$found"
    ! unexplained | grep .
    ;;
clang-tidy)
    # $sources must be split into words; no name in it holds a space.
    clang-tidy --quiet $sources -- "$@" 2>/dev/null
    ;;
cppcheck)
    cppcheck --enable=warning,portability,performance --std=c11 --inline-suppr --quiet \
        --error-exitcode=1 -D_GNU_SOURCE -I"$srcdir/include" -I"$srcdir/plugin" $sources
    ;;
*)
    echo "Usage: analyze.sh gcc|clang-tidy|cppcheck FLAG..." >&2
    exit 2
    ;;
esac
