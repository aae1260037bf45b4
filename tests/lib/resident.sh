# resident.sh - Python scripts for a shell test, which starts Python once for all of them.
# SPDX-License-Identifier: Apache-2.0
#
#   . "$srcdir/tests/lib/resident.sh"
#   resident_start "$here"
#   resident "$srcdir/tests/e2e/query.py" "$here/out" 'one["kind"] == "descriptor"'
#   resident_stop
#
# Only one part of a test may call it at a time: a part that runs beside others starts its own.

# resident_start FOLDER: the folder gets two FIFOs.
resident_start()
{
    mkfifo "$1/requests" "$1/answers" || exit 1
    "$PYTHON3" "$srcdir/tests/lib/resident.py" <"$1/requests" >"$1/answers" &
    resident_process=$!
    exec 8>"$1/requests" 9<"$1/answers"
}

resident_stop()
{
    kill "$resident_process" 2>/dev/null || true
    wait "$resident_process"
}

# resident SCRIPT [ARGUMENT...]: as "$PYTHON3" SCRIPT ARGUMENT..., for a script with main(arguments).
resident()
{
    printf '%s\0' $# "$@" >&8
    while IFS= read -r answer <&9; do
        case $answer in
        '= '*) return "${answer#= }" ;;
        *) printf '%s\n' "${answer# }" ;;
        esac
    done
    echo "Python has ended" >&2
    return 1
}
