#!/bin/sh
# manual.sh - the manual pages are well formed.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/tap.sh"
need mandoc command -v mandoc

plan 2
ok "hector-host-stub(1)" mandoc -Tlint -Wwarning "$srcdir/host-stub/hector-host-stub.1"
ok "hector-integration(7)" mandoc -Tlint -Wwarning "$srcdir/plugin/hector-integration.7"
finish
