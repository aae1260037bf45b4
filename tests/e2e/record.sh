#!/bin/sh
# record.sh - a recorded sync contains no secret and no original value, and its replay gives the
# same result.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

bundle=$here/bundle
every_attribute=$(every_attribute meta.site_id)

# record [ARGUMENT...]: records a bundle of the simulator, in place of the one before.
record()
{
    rm -rf "$bundle"
    out=$here/out
    err=$here/err
    $RUNNER "$STUB" --plugin "$PLUGIN" record --set "url=$simulator_url" $login \
        ${ca_file:+--ca-file "$ca_file"} --output "$bundle" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}

# originals: the original values of a sync without recording are not in the bundle.
originals()
{
    run sync --set "attributes=$every_attribute"
    "$PYTHON3" "$srcdir/tests/e2e/originals.py" "$out" "$bundle"
}

# The simulator's rows hold CANARY wherever an appliance has a password or a key.
keeps_secrets()
{
    ! grep -rnF -e "$key" -e "$password" -e CANARY -e '==' "$bundle" | cut -c 1-300 | grep .
}

replays()
{
    "$PYTHON3" "$srcdir/tests/replay" "$bundle"
}

# holds FILE EXPRESSION: the expression holds for a JSON file of the bundle, which is `one`.
holds()
{
    "$PYTHON3" -c 'import json, sys; print(json.dumps(json.load(sys.stdin)))' <"$bundle/$1" \
        >"$here/one"
    query "$here/one" "$2"
}

private()
{
    [ "$(stat -c %a "$bundle" "$bundle"/* | sort -u | tr '\n' ' ')" = "600 700 " ]
}

# bundle_of NAME: checks what holds for each bundle.
bundle_of()
{
    ok "$1: exit status" exits 0
    ok "$1: says what to read before it is sent" grep -q 'changes.json' "$out"
    ok "$1: no secret" keeps_secrets
    ok "$1: no original" originals
    ok "$1: played back, the documents are the same" replays
}

simulate --fgts 30 --key "$key" --password "$password"
as_key
record --set "attributes=$every_attribute"
bundle_of "a FortiManager with a key"
ok "a file each, for its owner alone" private
ok "the manifest" holds manifest.json 'one["format"] == 1 and one["secrets"] == ["token"]
    and one["exchanges"] > 5 and "url" not in one["settings"]'
ok "what was replaced is counted, and what was kept is listed" holds changes.json \
    'one["replaced"]["sn"] > 20
    and all(text.startswith("Forti") for text in one["kept"]["platform_str"])'
as_user
record --set "attributes=$every_attribute" --set 'adoms=["root"]'
bundle_of "a FortiManager with a password, one ADOM"
simulate --fgts 12 --password "$password" --version 7.0 --advanced --seed 4
record --set "attributes=$every_attribute"
bundle_of "a FortiManager in advanced mode"
simulate --serve cloud --fgts 12 --adoms-disabled --password "$password"
HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
export HECTOR_SECRET_FORTICLOUD_PASSWORD
unset HECTOR_SECRET_TOKEN
login="--set forticloud_user=hector --forticloud-url $simulator_url"
record --set "attributes=$every_attribute"
bundle_of "a FortiManager Cloud"
unset HECTOR_SECRET_FORTICLOUD_PASSWORD
# enriched NAME OPTION...: with FortiCloud beside the simulator. Each of its replies repeats its token,
# and a virtual machine has another one.
enriched()
{
    name=$1
    shift
    simulate "$@"
    as_key
    forticloud_start --page-size 50 --password "$password"
    ca_file=$forticloud_files/both.pem
    HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    login="--set forticloud_user=hector --forticloud-url $forticloud_url"
    login="$login --set enrich=[\"asset_management\",\"fortiflex\"]"
    record --set "attributes=$every_attribute"
    bundle_of "$name"
    ok "$name: what they add is there" grep -q '"kind":"unmatched"' "$bundle/documents.ndjson"
    unset HECTOR_SECRET_FORTICLOUD_PASSWORD
}
enriched "a FortiManager with enrichments" --fgts 30 --key "$key"
FORTIMANAGER=$SIMULATOR
SIMULATOR=$FGT_SIMULATOR
as_key
simulate --version 7.4 --vdoms 3 --ha 2 --fabric 2 --token "$key"
record --set "attributes=$every_attribute"
bundle_of "a FortiGate"
enriched "a FortiGate with enrichments" --version 7.4 --vdoms 3 --ha 2 --fabric 2 --token "$key"
as_key

# ---- an appliance that fails

SIMULATOR=$FORTIMANAGER
for fault in http-429-later@4 close-amid@4 truncated@3; do
    simulate --fgts 12 --fault "$fault"
    record
    ok "$fault: no original" originals
    ok "$fault: played back, the documents are the same" replays
done

# ---- what goes wrong

record
record_again()
{
    $RUNNER "$STUB" --plugin "$PLUGIN" record --set "url=$simulator_url" --ca-file "$ca_file" \
        --output "$bundle" >"$out" 2>"$err"
    status=$?
}
find "$bundle" -type f -exec cksum {} + | sort >"$here/before"
untouched()
{
    find "$bundle" -type f -exec cksum {} + | sort | cmp "$here/before" -
}
record_again
ok "a folder that is there already" fails 19 "$bundle" "File exists"
ok "a folder that is there already: untouched" untouched
simulate --fgts 3
bundle=$here/nowhere/bundle record
report
ok "a folder that cannot be made" fails 19 "nowhere/bundle" "No such file or directory"
ok "a folder that cannot be made: nothing is asked" grep -q '"requests": *0' "$here/report"
rm -rf "$bundle"
HECTOR_SECRET_TOKEN=another-token-than-the-one-it-takes0 record
ok "a token that is refused" fails 12 "refuses"
ok "a token that is refused: there is a bundle all the same" holds manifest.json \
    'one["exchanges"] > 0'
ok "a token that is refused: played back, so it is again" replays
simulate --fgts 3 --delay-ms 300 --password "$password"
as_user
ended()
{
    rm -rf "$bundle"
    "$STUB" --plugin "$PLUGIN" record --set "url=$simulator_url" $login --ca-file "$ca_file" \
        --output "$bundle" -vv >"$here/out" 2>"$here/err" </dev/null &
    process=$!
    for _ in $(seq 200); do
        ! grep -q 'POST /jsonrpc' "$here/err" || break
        sleep 0.1
    done
    kill -s TERM "$process"
    wait "$process"
    status=$?
    simulator_stop
    cp "$simulator_files/report.json" "$here/report"
    [ "$status" = 18 ] && [ ! -e "$bundle" ]
}
ok "a sync that is ended leaves no bundle" ended
ok "a sync that is ended logs out" grep -q '"open_sessions": *0' "$here/report"
as_key
record
ok "nothing answers: the exchanges that failed are recorded" holds exchange-00001.json \
    'one["reply"]["outcome"] == "unreachable" and one["reply"]["status"] == 0'
stub record --set url=192.0.2.1
ok "no folder is named" fails 2 "record needs --output"
stub record --set url=192.0.2.1 --output "$bundle-2"
ok "a format is named" fails 2 "record has no --format"
conclude
