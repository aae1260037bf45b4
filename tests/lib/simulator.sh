# simulator.sh - starts a simulated FortiManager, or the program in $SIMULATOR, for one shell
# script; it ends with the script.
# SPDX-License-Identifier: Apache-2.0
#
#   . "$srcdir/tests/lib/simulator.sh"
#   simulator_start --fgts 40
#
# This sets $simulator_url, and $simulator_files, a temporary folder with certificate.pem (to
# trust), expected.json (the expected inventory) and, after simulator_stop, report.json (what the
# simulator received).
#
#   forticloud_start --page-size 25
#
# starts a simulated FortiCloud besides, for the units of that simulator. It sets $forticloud_url
# and $forticloud_files alike; forticloud_stop writes its report.

simulator_process=
forticloud_process=
forticloud_files=

simulator_start()
{
    simulator_files=$(mktemp -d "${TMPDIR:-/tmp}/hector-simulator.XXXXXX") || exit 1
    trap simulator_remove EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    "$SIMULATOR" --port-file "$simulator_files/port" \
        --certificate-file "$simulator_files/certificate.pem" \
        --expected-file "$simulator_files/expected.json" \
        --report-file "$simulator_files/report.json" "$@" >/dev/null &
    simulator_process=$!
    for _ in $(seq 300); do
        [ ! -s "$simulator_files/port" ] || break
        kill -0 "$simulator_process" 2>/dev/null || break
        sleep 0.1
    done
    if [ ! -s "$simulator_files/port" ]; then
        echo "the simulator did not start" >&2
        exit 1
    fi
    simulator_url=https://127.0.0.1:$(cat "$simulator_files/port")
}

forticloud_start()
{
    forticloud_remove
    forticloud_files=$(mktemp -d "${TMPDIR:-/tmp}/hector-forticloud.XXXXXX") || exit 1
    "$CLOUD_SIMULATOR" --units "$simulator_files/expected.json" \
        --port-file "$forticloud_files/port" \
        --certificate-file "$forticloud_files/certificate.pem" \
        --expected-file "$forticloud_files/expected.json" \
        --report-file "$forticloud_files/report.json" "$@" >/dev/null &
    forticloud_process=$!
    for _ in $(seq 300); do
        [ ! -s "$forticloud_files/port" ] || break
        kill -0 "$forticloud_process" 2>/dev/null || break
        sleep 0.1
    done
    if [ ! -s "$forticloud_files/port" ]; then
        echo "the simulated FortiCloud did not start" >&2
        exit 1
    fi
    forticloud_url=https://127.0.0.1:$(cat "$forticloud_files/port")
    for word; do
        [ "$word" != --plain-http ] || forticloud_url=http${forticloud_url#https}
    done
    # The stub trusts both.
    cat "$simulator_files/certificate.pem" "$forticloud_files/certificate.pem" \
        >"$forticloud_files/both.pem"
}

forticloud_stop()
{
    stopping=$forticloud_process
    forticloud_process=
    [ -n "$stopping" ] || return 0
    kill "$stopping" 2>/dev/null || true
    wait "$stopping"
}

forticloud_remove()
{
    forticloud_stop || true
    [ -z "$forticloud_files" ] || rm -rf "$forticloud_files"
    forticloud_files=
}

# Returns the exit status of the simulator, which is not 0 after a request that it must refuse.
simulator_stop()
{
    stopping=$simulator_process
    simulator_process=
    [ -n "$stopping" ] || return 0
    kill "$stopping" 2>/dev/null || true
    wait "$stopping"
}

simulator_remove()
{
    forticloud_remove
    simulator_stop || true
    rm -rf "$simulator_files"
}
