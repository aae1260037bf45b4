#!/bin/sh
# header.sh - include/hector/integration.h compiles alone, without a warning, in C and C++.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/tap.sh"

# compiles COMPILER LANGUAGE STANDARD
compiles()
{
    echo '#include "hector/integration.h"' |
        "$1" -x "$2" "-std=$3" -Wall -Wextra -Wpedantic -Werror -I "$srcdir/include" \
            -fsyntax-only -
}

# compiles_with COMPILER LANGUAGE STANDARD
compiles_with()
{
    if command -v "$1" >/dev/null; then
        ok "$1 -std=$3" compiles "$1" "$2" "$3"
    else
        lacks "$1 -std=$3" "$1"
    fi
}

plan 6
for compiler in gcc clang; do
    compiles_with $compiler c c11
    compiles_with $compiler c c17
done
compiles_with g++ c++ c++17
compiles_with clang++ c++ c++17
finish
