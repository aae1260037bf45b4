#!/bin/sh
# libtool.sh - libtool, but not for the programs: they link archives and system libraries only, and
# libtool takes ten times as long as the linker.
# SPDX-License-Identifier: Apache-2.0
#
#   libtool.sh LIBTOOL ARGUMENT...
set -u

libtool=$1
shift
case " $* " in
*" --mode=link "*.la\ *) ;;
*" --mode=link "*)
    while [ "$1" != --mode=link ]; do
        shift
    done
    shift
    exec "$@"
    ;;
esac
exec "$libtool" "$@"
