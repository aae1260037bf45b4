#!/bin/sh
# words.sh - the manuals and the README agree with the header, the schemas and the build.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
need_jsonschema

contract=$srcdir/plugin/hector-integration.7
fortinet=$srcdir/plugin/fortinet-integration.7
readme=$srcdir/README.md

# said HEADING MANUAL...: prints the words under a heading of the manuals, one a line.
said()
{
    heading=$1
    shift
    awk -v heading="$heading" '
        FNR == 1 { inside = 0 }
        /^\.S[sh] / { inside = substr($0, 5) == heading; next }
        inside' "$@" | tr ' ' '\n'
}

# members SCHEMA...: the name of every member, at any depth.
members()
{
    "$PYTHON3" -c '
import json, sys

def names(node):
    if isinstance(node, dict):
        yield from node.get("properties", {})
    for below in node.values() if isinstance(node, dict) else node:
        if isinstance(below, (dict, list)):
            yield from names(below)

for path in sys.argv[1:]:
    for name in names(json.load(open(path, encoding="utf-8"))):
        print(name)' "$@" | LC_ALL=C sort -u
}

# describes HEADING SCHEMA...: prints the members that both manuals omit.
describes()
{
    heading=$1
    shift
    members "$@" >"$files/members"
    said "$heading" "$contract" "$fortinet" | LC_ALL=C sort -u >"$files/said"
    [ -s "$files/members" ] && LC_ALL=C comm -23 "$files/members" "$files/said" >"$files/missing"
    cat "$files/missing"
    [ ! -s "$files/missing" ]
}

# Each code of the header with its number, and no others.
numbers_the_codes()
{
    sed -n 's/^#define \(HECTOR_[A-Z_]*\) *INT32_C(\(-*[0-9]*\)).*/\1 \2/p' \
        "$srcdir/include/hector/integration.h" >"$files/codes"
    awk '/^\.It Dv HECTOR_/ { name = $3; getline; sub(/^\\/, ""); sub(/\.$/, ""); print name, $0 }' \
        "$contract" | diff "$files/codes" -
}

# Each verdict of conclude.h, and each reason for one, has an example in the contract.
shows_each_verdict()
{
    sed -n '/^enum hector_verdict {/,/^struct/s/^    HECTOR_\(BECAUSE_\)*\([A-Z_]*\).*/\2/p' \
        "$srcdir/include/hector/conclude.h" | LC_ALL=C sort -u >"$files/verdicts"
    said Examples "$contract" | LC_ALL=C sort -u | LC_ALL=C comm -23 "$files/verdicts" - \
        >"$files/unshown"
    cat "$files/unshown"
    [ "$(wc -l <"$files/verdicts")" -gt 15 ] && [ ! -s "$files/unshown" ]
}

# The manual has every phase of the progress, and no others.
lists_the_phases()
{
    sed -n 's/^PHASE(\([a-z_]*\)).*/\1/p' "$srcdir/plugin/host/progress.def" | LC_ALL=C sort >"$files/phases"
    awk '/^\.S[sh] / { inside = $2 == "PROGRESS" } inside && /^\.It Ql/ { print $3 }' "$fortinet" |
        LC_ALL=C sort | diff "$files/phases" - && [ "$(wc -l <"$files/phases")" -gt 10 ]
}

# Every test that the manual cites exists.
knows_the_tests()
{
    said "SECURITY CONSIDERATIONS" "$contract" "$fortinet" | grep -x 'test_[a-z_]*\|[a-z0-9]*[a-z0-9]/[a-z_.]*' |
        LC_ALL=C sort -u >"$files/tests"
    missing=0
    while read -r name; do
        for path in "$name" "$name.c" "unit/$name.c"; do
            [ ! -f "$srcdir/tests/$path" ] || continue 2
        done
        echo "no $name"
        missing=1
    done <"$files/tests"
    [ "$missing" = 0 ] && [ "$(wc -l <"$files/tests")" -gt 10 ]
}

# described PROGRAM CHECK [SED]: a function of settings.py, attributes.py or ids.py; the script of
# sed changes what describe reports.
described()
{
    for language in en fr; do
        "$STUB" --plugin "$PLUGIN" describe --language "$language" --format ndjson | sed "${3:-}"
    done >"$files/descriptors" &&
        PYTHONDONTWRITEBYTECODE=1 "$PYTHON3" "$srcdir/tests/repo/$1.py" "$srcdir" \
            "$files/descriptors" "$2"
}

# It is said in place of its row in the README, which is not wrong.
finds_what_no_source_has()
{
    none='s/\("id":"latitude",[^[]*"device_types":\)\["firewall"\]/\1[]/'
    ! described attributes readme "$none" 2>"$files/found" &&
        grep -qx "latitude: no source has it: add it to a columns.c" "$files/found" &&
        ! grep "^firewalls: " "$files/found"
}

# table HEADING: prints the table under a heading of the README.
table()
{
    awk -v heading="$1" '
        /^#/ { inside = $0 == heading; next }
        inside && /^\| / { print }' "$readme" >"$files/table"
    [ -s "$files/table" ]
}

# The exit statuses of hector-host-stub(1), and the same in the README.
has_the_exit_statuses()
{
    table "### Exit status" &&
        sed -n 's/^\.It \([0-9]*\)$/\1/p' "$srcdir/host-stub/hector-host-stub.1" >"$files/status" &&
        awk -F ' *[|] *' '$2 ~ /^[0-9]+$/ { print $2 }' "$files/table" | diff "$files/status" -
}

# constant: removes what differs in every run: port, folder, times, bytes.
constant()
{
    sed -e 's/127\.0\.0\.1:[0-9]*/ADDRESS/g' -e 's/hector-simulator\.[A-Za-z0-9]*/FOLDER/g' \
        -e 's/\/[^ ]*\/FOLDER/FOLDER/g' -e 's/, from .*//'
}

# The README's first transcript equals the output of the demo, except for the lines that it omits
# and counts.
shows_the_demo()
{
    awk '/^```text$/ { inside = 1; next } /^```$/ { exit } inside' "$readme" | constant >"$files/shown"
    "$srcdir/tests/e2e/demo.sh" | constant >"$files/printed"
    [ -s "$files/shown" ] && awk 'NR == FNR { printed[++count] = $0; next }
        $1 == "…" && $3 ~ /^lines?\)$/ { at += substr($2, 2); next }
        $0 != printed[++at] { print "README: " $0; print "demo: " printed[at]; wrong = 1 }
        END { exit wrong || at != count }' "$files/printed" "$files/shown"
}

# The second one equals the output of validate for an untrusted certificate, except for the host
# name, the key and the times. The last lines, which it omits and counts, are those of the steps
# that were not reached.
shows_the_certificate()
(
    . "$srcdir/tests/lib/simulator.sh"
    constant_certificate()
    {
        constant | sed -e 's/sha256[/][/][^ ]*/PIN/' -e 's/[0-9-]*T[0-9:]*Z/TIME/'
    }
    awk '/^```text$/ { which++; next } /^```$/ { inside = 0 } which == 2 && !/^\$/ { print }
        which == 2 && /^… / { exit }' "$readme" | constant_certificate >"$files/shown"
    simulator_start --fgts 3 --certificate wrong-name
    "$STUB" --plugin "$PLUGIN" validate --set "url=$simulator_url" 2>/dev/null |
        constant_certificate >"$files/printed"
    sed '$d' "$files/shown" >"$files/head"
    left=$(sed -n '$s/^… (\([0-9]*\) lines)$/\1/p' "$files/shown")
    head -n -"${left:-0}" "$files/printed" | diff "$files/head" - &&
        [ "${left:-0}" = "$(tail -n "${left:-0}" "$files/printed" | grep -c '^skipped ')" ]
)

has_the_version()
{
    version=$(sed -n 's/^AC_INIT(\[.*\], \[\(.*\)\])$/\1/p' "$srcdir/configure.ac")
    echo "configure.ac: $version"
    [ -n "$version" ] && grep -qF "## $version" "$srcdir/CHANGELOG.md" && "$STUB" --version |
        grep -qxF "hector-host-stub $version"
}

files=$(mktemp -d "${TMPDIR:-/tmp}/hector-words.XXXXXX") || exit 1
trap 'rm -rf "$files"' EXIT

schemas=$srcdir/schemas
kinds="descriptor source check certificate option options_end"
kinds="$kinds asset scope skipped coverage unmatched problem summary"
# Word splitting is wanted: one word a kind.
# shellcheck disable=SC2086
set -- $kinds
plan $(($# + 21))
for kind; do
    ok "the manuals describe every member of: $kind" \
        describes "$kind" "$schemas/hector/$kind.schema.json"
done
ok "fortinet-integration(7) describes the settings, secrets, defaults, choices and digests" \
    described settings fortinet
ok "the manuals describe every member of a request" \
    describes request "$schemas"/*/request*.schema.json
ok "hector-integration(7) numbers the codes as the header does" numbers_the_codes
ok "hector-integration(7) shows each verdict of conclude.h" shows_each_verdict
ok "fortinet-integration(7) names every reason by its code, and no others" described ids reasons
ok "the schemas and fortinet-integration(7) have the device types" described ids device_types
ok "the schemas and fortinet-integration(7) have the steps of validate" described ids steps
ok "the schemas and fortinet-integration(7) have the systems, credentials and options" \
    described ids systems
ok "fortinet-integration(7) lists the phases of the progress" lists_the_phases
ok "fortinet-integration(7) names tests that exist" knows_the_tests
ok "README.md: the settings, secrets, defaults and choices" described settings readme
ok "hector-host-stub(1): the settings, secrets, defaults and choices" described settings host_stub
ok "describe: each field has its texts in both languages" described settings form
ok "attributes.json has the catalogue's ids, types and texts" described attributes dictionary
ok "an attribute that no source has is found" finds_what_no_source_has
ok "README.md: the attributes of each device type, and what a FortiGate lacks" described attributes readme
ok "fortinet-integration(7): the same" described attributes fortinet
ok "README.md: the exit statuses of hector-host-stub(1)" has_the_exit_statuses
ok "README.md: shows what the demo prints" shows_the_demo
ok "README.md: shows what validate says of a certificate" shows_the_certificate
ok "CHANGELOG.md and the stub have the version of configure.ac" has_the_version
finish
