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
simulator_files=
forticloud_process=
forticloud_files=

# ready_folder PREFIX: sets $folder to a new temporary folder with a FIFO, `ready`.
ready_folder()
{
    folder=$(mktemp -d "${TMPDIR:-/tmp}/hector-$1.XXXXXX") && mkfifo "$folder/ready" || exit 1
}

# await FOLDER WHAT: a simulator prints its URL when it answers, or ends. Sets $port.
await()
{
    read -r port <"$1/ready" || {
        echo "$2 did not start" >&2
        exit 1
    }
    port=${port##*:}
}

# The folder of the simulator before is used again, if simulator_stop ended it: each has the same files.
simulator_start()
{
    if [ -z "$simulator_files" ]; then
        ready_folder simulator
        simulator_files=$folder
        trap simulator_remove EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM
    fi
    : >"$simulator_files/report.json"
    "$SIMULATOR" --port-file "$simulator_files/port" \
        --certificate-file "$simulator_files/certificate.pem" \
        --expected-file "$simulator_files/expected.json" \
        --report-file "$simulator_files/report.json" "$@" >"$simulator_files/ready" &
    simulator_process=$!
    await "$simulator_files" "the simulator"
    simulator_url=https://127.0.0.1:$port
}

forticloud_start()
{
    forticloud_stop || true
    if [ -z "$forticloud_files" ]; then
        ready_folder forticloud
        forticloud_files=$folder
    fi
    : >"$forticloud_files/report.json"
    "$CLOUD_SIMULATOR" --units "$simulator_files/expected.json" \
        --port-file "$forticloud_files/port" \
        --certificate-file "$forticloud_files/certificate.pem" \
        --expected-file "$forticloud_files/expected.json" \
        --report-file "$forticloud_files/report.json" "$@" >"$forticloud_files/ready" &
    forticloud_process=$!
    await "$forticloud_files" "the simulated FortiCloud"
    forticloud_url=https://127.0.0.1:$port
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
    [ -z "$simulator_files" ] || rm -rf "$simulator_files"
    simulator_files=
}
