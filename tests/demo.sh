#!/bin/sh
# demo.sh - what an administrator does, against a simulated FortiManager: Validate, then a sync.
# SPDX-License-Identifier: Apache-2.0
set -eu
. "$srcdir/tests/simulator.sh"

HECTOR_SECRET_TOKEN=0123456789abcdefghijklmnopqrstuv
export HECTOR_SECRET_TOKEN

attributes=serial_number,name,hostname,model,firmware_version,ip_address,connection_status
attributes=$attributes,managed_by

# stub COMMAND [SETTING]: shows the command line, then runs it. 1 stands for a partial sync.
stub()
{
    set -- "$1" --set "url=$simulator_url" ${2+--set "$2"} \
        --ca-file "$simulator_files/certificate.pem"
    printf '\n$ hector-host-stub'
    for word; do
        case $word in
        *[\[\"]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n\n'
    status=0
    "$STUB" --plugin "$PLUGIN" "$@" || status=$?
    [ "$status" -le 1 ]
}

simulator_start --gates 40 --key "$HECTOR_SECRET_TOKEN"
echo "A simulated FortiManager with 40 FortiGates answers at $simulator_url."
echo "Its API key is in the environment, as HECTOR_SECRET_TOKEN."
stub validate
stub sync "attributes=[\"$(echo "$attributes" | sed 's/,/","/g')\"]"
