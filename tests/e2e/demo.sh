#!/bin/sh
# demo.sh - the steps of an administrator, against a simulated FortiManager: validate, sync, and a
# table of the FortiGates and the units that each manages. With the argument fortigate: against a
# simulated FortiGate; with enrich: with what a simulated FortiCloud adds; with ems or fortinac: the
# end systems of a simulated FortiClient EMS or FortiNAC.
# SPDX-License-Identifier: Apache-2.0
set -eu
. "$srcdir/tests/lib/simulator.sh"

HECTOR_SECRET_TOKEN=0123456789abcdefghijklmnopqrstuv
export HECTOR_SECRET_TOKEN

attributes=serial_number,name,hostname,model,firmware_version,ip_address,connection_status
attributes=$attributes,managed_by,managed_by_serials

# stub COMMAND [OPTION]...: shows the command line, then runs it. 1 stands for a partial sync.
stub()
{
    command=$1
    shift
    set -- "$command" --set "url=$simulator_url" "$@" --ca-file "$trusted"
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

case ${1-} in
fortigate)
    SIMULATOR=$FGT_SIMULATOR
    simulator_start --version 7.4 --vdoms 2 --ha 2 --fabric 2 --token "$HECTOR_SECRET_TOKEN"
    echo "A simulated FortiGate with two VDOMs and a second member answers at $simulator_url."
    echo "Its token is in the environment, as HECTOR_SECRET_TOKEN."
    ;;
enrich)
    simulator_start --fgts 40 --key "$HECTOR_SECRET_TOKEN"
    forticloud_start
    HECTOR_SECRET_FORTICLOUD_PASSWORD=simulated-password
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    echo "A simulated FortiManager with 40 FortiGates answers at $simulator_url,"
    echo "a simulated FortiCloud at $forticloud_url. The API key of the one and the password of the"
    echo "API user of the other are in the environment, as HECTOR_SECRET_TOKEN and"
    echo "HECTOR_SECRET_FORTICLOUD_PASSWORD."
    trusted=$forticloud_files/both.pem
    set -- --set 'enrich=["asset_management","fortiflex"]' --set forticloud_user=hector \
        --forticloud-url "$forticloud_url"
    stub validate "$@"
    stub sync "$@" \
        --columns serial,model,support_level,support_end_date,warranty_end_date,fortiflex_status
    exit
    ;;
ems)
    SIMULATOR=$EMS_SIMULATOR
    simulator_start --machines 40
    unset HECTOR_SECRET_TOKEN
    HECTOR_SECRET_PASSWORD=simulated-password
    export HECTOR_SECRET_PASSWORD
    echo "A simulated FortiClient EMS with 40 machines answers at $simulator_url."
    echo "The password of its administrator is in the environment, as HECTOR_SECRET_PASSWORD."
    trusted=$simulator_files/certificate.pem
    set -- --set source=ems --set username=hector
    stub validate "$@"
    stub sync "$@" --columns serial,maker,model,title,last_seen
    exit
    ;;
fortinac)
    SIMULATOR=$NAC_SIMULATOR
    simulator_start --machines 30 --rogues 170 --token "$HECTOR_SECRET_TOKEN"
    echo "A simulated FortiNAC with some 200 hosts answers at $simulator_url."
    echo "Its token is in the environment, as HECTOR_SECRET_TOKEN."
    trusted=$simulator_files/certificate.pem
    set -- --set source=fortinac
    stub validate "$@"
    stub sync "$@" --set 'attributes=["connected_to","operating_system"]' \
        --columns serial,title,model,operating_system,connected_to
    exit
    ;;
*)
    simulator_start --fgts 40 --key "$HECTOR_SECRET_TOKEN"
    echo "A simulated FortiManager with 40 FortiGates answers at $simulator_url."
    echo "Its API key is in the environment, as HECTOR_SECRET_TOKEN."
    ;;
esac
trusted=$simulator_files/certificate.pem
stub validate
setting="attributes=[\"$(echo "$attributes" | sed 's/,/","/g')\"]"
stub sync --columns serial,model,title,manager,firmware_version
stub sync --set "$setting" --format ndjson --output "$simulator_files/documents.ndjson"
awk -f "$srcdir/tests/e2e/by-fortigate.awk" "$simulator_files/documents.ndjson"
