#!/bin/sh
# manual.sh - the manual pages are well formed, and the contract does not mention Fortinet.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
need mandoc command -v mandoc

contract=$srcdir/plugin/hector-integration.7
fortinet=$srcdir/plugin/fortinet-integration.7

# Words of Fortinet: products, their parts, APIs, spelling of serial numbers.
words='forti|fgvm|adom|vdom|security fabric|switch-controller|managed-switch|wtp|devdb|dvmdb|pm/config'
words="$words|jsonrpc|json-rpc|json api|rpc-permit|accprofile|api-user|api_hector|trusthost"

# of_fortinet FILE: prints the lines that have such a word.
of_fortinet()
{
    grep -niE "$words" "$1"
}

is_free_of_fortinet()
{
    [ -s "$1" ] && ! of_fortinet "$1"
}

plan 5
ok "hector-host-stub(1)" mandoc -Tlint -Wwarning "$srcdir/host-stub/hector-host-stub.1"
ok "hector-integration(7)" mandoc -Tlint -Wwarning "$contract"
ok "fortinet-integration(7)" mandoc -Tlint -Wwarning "$fortinet"
ok "a word of Fortinet is seen" of_fortinet "$fortinet"
ok "hector-integration(7) holds no word of Fortinet" is_free_of_fortinet "$contract"
finish
