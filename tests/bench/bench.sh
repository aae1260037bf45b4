#!/bin/sh
# bench.sh - measures a sync: wall time, processor time, peak memory, requests.
# SPDX-License-Identifier: Apache-2.0
#
# The simulator runs on the same machine, so wall time measures both; processor time and memory are
# those of the stub alone.
set -eu
. "$srcdir/tests/lib/simulator.sh"

FGTS=${FGTS:-1000}
RUNS=${RUNS:-3}

HECTOR_SECRET_TOKEN=0123456789abcdefghijklmnopqrstuv
export HECTOR_SECRET_TOKEN

/usr/bin/time -f %e true 2>/dev/null || {
    echo "bench needs GNU time (Debian: time)" >&2
    exit 1
}

# member NAME: the number of that name in the summary document, the last line.
member()
{
    tail -n 1 "$simulator_files/documents" | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"
}

simulator_start --fgts "$FGTS" --key "$HECTOR_SECRET_TOKEN"
echo "sync of $FGTS FortiGates"
for run in $(seq "$RUNS"); do
    status=0
    /usr/bin/time -o "$simulator_files/cost" -f '%e s wall, %U s user, %S s system, %M KiB peak' \
        "$STUB" --plugin "$PLUGIN" sync --format ndjson --output "$simulator_files/documents" \
        --set "url=$simulator_url" --ca-file "$simulator_files/certificate.pem" || status=$?
    if [ "$status" -gt 1 ]; then
        echo "the sync failed: exit status $status" >&2
        exit 1
    fi
    printf 'run %d: %s, %d requests, %d bytes, %d assets\n' "$run" \
        "$(tail -n 1 "$simulator_files/cost")" "$(member requests)" "$(member bytes)" \
        "$(grep -c '^{"kind":"asset"' "$simulator_files/documents")"
done
