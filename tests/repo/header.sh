#!/bin/sh
# header.sh - each header of include/hector compiles alone, without a warning: all in C, and those
# that a C++ host may need in C++ as well.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"

# compiles HEADER COMPILER LANGUAGE STANDARD
compiles()
{
    echo "#include \"hector/$1\"" |
        "$2" -x "$3" "-std=$4" -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
            -I "$srcdir/include" -fsyntax-only -
}

# compile COMPILER LANGUAGE STANDARD HEADER...
compile()
{
    compiler=$1
    language=$2
    standard=$3
    shift 3
    for header; do
        if command -v "$compiler" >/dev/null; then
            ok "$header, $compiler -std=$standard" \
                compiles "$header" "$compiler" "$language" "$standard"
        else
            lacks "$header, $compiler -std=$standard" "$compiler"
        fi
    done
}

plan 20
for compiler in gcc clang; do
    for standard in c11 c17; do
        compile $compiler c $standard border.h conclude.h integration.h records.h
    done
done
compile g++ c++ c++17 conclude.h integration.h
compile clang++ c++ c++17 conclude.h integration.h
finish
