# e2e.sh - shared by the end-to-end tests: the real stub and plugin, a simulated FortiManager.
# SPDX-License-Identifier: Apache-2.0
#
#   . "$srcdir/tests/e2e/e2e.sh"
#   simulate --fgts 30
#   as_key
#   run sync --set verify_tls=true
#   ok "a sync works" exits 0
#   conclude
#
# After run: $out, $err and $status. RUNNER: a command to run the stub with, for example valgrind
# and its options.

. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/simulator.sh"
. "$srcdir/tests/lib/resident.sh"

need_jsonschema
RUNNER=${RUNNER:-}
unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD HECTOR_SECRET_FORTICLOUD_PASSWORD HECTOR_SECRET_ACCESS_KEY

key=0123456789abcdefghijklmnopqrstuv
password=simulated-password
access_key=simulated-access-key
here=$(mktemp -d "${TMPDIR:-/tmp}/hector-e2e.XXXXXX") || exit 1
collects=yes # whether all_valid validates the documents of a run
apart_processes=
servers= # other than the simulator: processes to end
status=none
ca_file=
login=
resident_start "$here"

end_e2e()
{
    [ -z "$servers" ] || kill $servers
    simulator_remove
    resident_stop
    rm -rf "$here"
}
trap end_e2e EXIT

# Starts a simulator in place of the one before.
simulate()
{
    if [ -n "$simulator_files" ]; then
        forticloud_stop || true
        simulator_stop || true
    fi
    simulator_start "$@"
    trap end_e2e EXIT
    ca_file=$simulator_files/certificate.pem
}

# How the stub logs in from here on. as_user takes the name of another user.
as_key()
{
    unset HECTOR_SECRET_PASSWORD HECTOR_SECRET_FORTICLOUD_PASSWORD HECTOR_SECRET_ACCESS_KEY
    HECTOR_SECRET_TOKEN=$key
    export HECTOR_SECRET_TOKEN
    login=
}

as_user()
{
    unset HECTOR_SECRET_TOKEN HECTOR_SECRET_FORTICLOUD_PASSWORD HECTOR_SECRET_ACCESS_KEY
    HECTOR_SECRET_PASSWORD=$password
    export HECTOR_SECRET_PASSWORD
    login="--set username=${1-hector}"
}

# An EMS, on premises or, with the simulator that answers now, in the cloud.
as_ems()
{
    as_user
    login="--set source=ems $login"
}

as_ems_cloud()
{
    unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD HECTOR_SECRET_FORTICLOUD_PASSWORD
    HECTOR_SECRET_ACCESS_KEY=$access_key
    export HECTOR_SECRET_ACCESS_KEY
    login="--set source=ems --set ems_account=hector@example.org --forticloud-url $simulator_url"
}

# stub ARGUMENT...: the stub, without the address and login that the test has set up.
stub()
{
    out=$here/out
    err=$here/err
    $RUNNER "$STUB" --plugin "$PLUGIN" --format ndjson "$@" >"$out" 2>"$err" </dev/null
    status=$?
    [ $collects = no ] || collect "$out"
}

# collect FILE: all_valid validates its documents, too.
collect()
{
    resident "$srcdir/tests/e2e/documents.py" add "$1"
}

# every_attribute [ID...]: the ids of all attributes that describe reports, and these, as JSON.
every_attribute()
{
    stub describe && "$PYTHON3" -c '
import json, sys
print(json.dumps([a["id"] for a in json.load(sys.stdin)["attributes"]] + sys.argv[1:]))' "$@" <"$out"
}

# run COMMAND [ARGUMENT...]: the stub against the simulator. ($login holds several words.)
run()
{
    expected_file=$simulator_files/expected.json
    stub --set "url=$simulator_url" $login ${ca_file:+--ca-file "$ca_file"} "$@"
}

# apart NAME SIMULATOR_OPTIONS COMMAND [ARGUMENT...]: run in the background, in a simulator of its
# own unless the options (words) are empty. `recall NAME` gives the result.
apart()
{
    (
        here=$here/$1
        collects=no
        options=$2
        shift 2
        mkdir "$here"
        if [ -n "$options" ]; then
            simulator_files=
            simulate $options
            trap simulator_remove EXIT
            cp "$simulator_files/expected.json" "$here"
        fi
        run "$@"
        if [ -n "$options" ]; then
            simulator_stop
            cp "$simulator_files/report.json" "$here/report"
        fi
        echo "$status" >"$here/status"
    ) &
    apart_processes="$apart_processes $!"
}

recall()
{
    # Wait for the run alone: the simulator is a child, too, and does not end.
    [ -z "$apart_processes" ] || wait $apart_processes
    apart_processes=
    out=$here/$1/out
    err=$here/$1/err
    expected_file=$here/$1/expected.json
    read -r status <"$here/$1/status"
    reported=$here/$1/report
    collect "$out"
}

# Writes the simulator's report so far to $here/report.
report()
{
    resident "$srcdir/tests/e2e/fetch.py" "$simulator_url/simulator/report" "$here/report"
}

# timeless: the documents of the last run without its start and end times.
timeless()
{
    sed 's/"\(started\|ended\)":"[^"]*"//g' "$out"
}

# digest: listing_digest of the last run.
digest()
{
    sed -n 's/.*"listing_digest":"\(sha256:[0-9a-f]*\)".*/\1/p' "$out" | head -n 1
}

# ---- conditions, for ok

exits()
{
    [ "$status" = "$1" ] || {
        echo "exit status $status"
        cat "$err"
        return 1
    }
}

# says TEXT...: standard error has these texts, in this order.
says()
{
    resident "$srcdir/tests/e2e/says.py" "$err" "$@"
}

# fails STATUS TEXT...
fails()
{
    exits "$1" || return 1
    shift
    says "$@"
}

query()
{
    resident "$srcdir/tests/e2e/query.py" "$@"
}

# reports EXPRESSION: holds for the documents of the last run.
reports()
{
    query "$out" "$1"
}

# exits_and_reports STATUS EXPRESSION
exits_and_reports()
{
    exits "$1" && reports "$2"
}

# matches_expected [OPTION...]: the documents of the last sync are those of a perfect client.
matches_expected()
{
    resident "$srcdir/tests/e2e/oracle.py" "$expected_file" "$out" "$@"
}

# as_before: the last run is byte for byte the one whose timeless output is in $here/before.
as_before()
{
    grep -q '"kind":"asset"' "$here/before" && timeless | cmp "$here/before" -
}

# seen EXPRESSION: holds for the simulator's report so far.
seen()
{
    report && query "$here/report" "$1"
}

# was_seen EXPRESSION: the same for a run that was recalled.
was_seen()
{
    query "$reported" "$1"
}

# reads_each_type: each device type alone is read, or refused as one that the source does not have.
reads_each_type()
{
    for type in $(stub describe && "$PYTHON3" -c \
        'import json, sys; print(*[t["id"] for t in json.load(sys.stdin)["device_types"]])' <"$out"); do
        run validate --set "device_types=[\"$type\"]"
        ok "$type alone: validate" is_read_or_refused 'STEPS.count("p") > 5 and "f" not in STEPS'
        run sync --set "device_types=[\"$type\"]"
        ok "$type alone: sync" is_read_or_refused "KIND('coverage')
            and {c['device_type'] for c in KIND('coverage')} == {'$type'}
            and KIND('summary')[0]['device_types']['$type']['complete']"
    done
}

# is_read_or_refused EXPRESSION
is_read_or_refused()
{
    if [ "$status" = 11 ]; then
        says "has none of the types in --set device_types"
    else
        exits_and_reports 0 "$1"
    fi
}

all_valid()
{
    resident "$srcdir/tests/e2e/documents.py" validate "$srcdir/schemas/fortinet"
}

conclude()
{
    ok "every document is what its schema says" all_valid
    plan "$points"
    finish
}
