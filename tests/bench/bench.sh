#!/bin/sh
# bench.sh - measures a sync: wall time, processor time, peak memory, requests.
# SPDX-License-Identifier: Apache-2.0
#
# FGTS (1000): FortiGates of the simulated FortiManager; RUNS (3). PRODUCTS (170000): products of a
# simulated FortiCloud, by pages of each of PAGE_SIZES (2000). FortiCloud allows 100 calls a minute, so
# that the wall time of smaller pages is mostly waiting, and some 1,000 pages are read in ten minutes.
#
# The simulator runs on the same machine, so wall time measures both; processor time and memory are
# those of the stub alone.
set -eu
. "$srcdir/tests/lib/simulator.sh"

FGTS=${FGTS:-1000}
RUNS=${RUNS:-3}
PRODUCTS=${PRODUCTS:-170000}
PAGE_SIZES=${PAGE_SIZES:-2000}

HECTOR_SECRET_TOKEN=0123456789abcdefghijklmnopqrstuv
HECTOR_SECRET_FORTICLOUD_PASSWORD=simulated-password
export HECTOR_SECRET_TOKEN HECTOR_SECRET_FORTICLOUD_PASSWORD

/usr/bin/time -f %e true 2>/dev/null || {
    echo "bench needs GNU time (Debian: time)" >&2
    exit 1
}

# member NAME: the number of that name in the summary document, the last line.
member()
{
    tail -n 1 "$simulator_files/documents" | sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"
}

# measured NAME OPTION...: a sync with these options.
measured()
{
    name=$1
    shift
    status=0
    /usr/bin/time -o "$simulator_files/cost" -f '%e s wall, %U s user, %S s system, %M KiB peak' \
        "$STUB" --plugin "$PLUGIN" sync --format ndjson --output "$simulator_files/documents" \
        --set "url=$simulator_url" "$@" || status=$?
    if [ "$status" -gt 1 ]; then
        echo "the sync failed: exit status $status" >&2
        exit 1
    fi
    printf '%s: %s, %d requests, %d bytes, %d assets\n' "$name" \
        "$(tail -n 1 "$simulator_files/cost")" "$(member requests)" "$(member bytes)" \
        "$(grep -c '^{"kind":"asset"' "$simulator_files/documents")"
}

simulator_start --fgts "$FGTS" --key "$HECTOR_SECRET_TOKEN"
echo "sync of $FGTS FortiGates"
for run in $(seq "$RUNS"); do
    measured "run $run" --ca-file "$simulator_files/certificate.pem"
done
simulator_remove
simulator_start --fgts 12 --key "$HECTOR_SECRET_TOKEN"
echo "sync of the switches of 12 FortiGates, $PRODUCTS products"
for size in $PAGE_SIZES; do
    forticloud_start --products "$PRODUCTS" --page-size "$size"
    measured "pages of $size" --ca-file "$forticloud_files/both.pem" \
        --set 'enrich=["asset_management"]' --set 'device_types=["switch"]' \
        --set forticloud_user=hector --forticloud-url "$forticloud_url"
    grep '"reason":"enrichment' "$simulator_files/documents" | sed 's/.*"message":"//; s/"}$//' || true
done
