#!/bin/sh
# header.sh - each header of include/hector compiles alone, without a warning, in C and C++.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/tap.sh"

# compiles HEADER COMPILER LANGUAGE STANDARD
compiles()
{
    echo "#include \"hector/$1\"" |
        "$2" -x "$3" "-std=$4" -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
            -I "$srcdir/include" -fsyntax-only -
}

# compiles_with COMPILER LANGUAGE STANDARD
compiles_with()
{
    for header in conclude.h integration.h; do
        if command -v "$1" >/dev/null; then
            ok "$header, $1 -std=$3" compiles "$header" "$1" "$2" "$3"
        else
            lacks "$header, $1 -std=$3" "$1"
        fi
    done
}

plan 12
for compiler in gcc clang; do
    compiles_with $compiler c c11
    compiles_with $compiler c c17
done
compiles_with g++ c++ c++17
compiles_with clang++ c++ c++17
finish
