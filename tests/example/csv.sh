#!/bin/sh
# csv.sh - a second integration, tests/example/csv.c, through the host stub and other hosts.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-csv.XXXXXX") || exit 1
trap 'resident_stop; rm -rf "$here"' EXIT
file=$here/inventory.csv
request='{"settings":{"path":"'$file'"}}'
resident_start "$here"
documents=$srcdir/tests/e2e/documents.py # those of all runs

# holds LINE...: writes the file, with its header and these lines.
holds()
{
    printf 'serial,type,name,maker,model,site\n' >"$file"
    [ $# = 0 ] || printf '%s\n' "$@" >>"$file"
}

# stub ARGUMENT...: sets $status to the exit status; the documents go to $here/out.
stub()
{
    status=0
    "$STUB" --plugin "$CSV" "$@" --format ndjson >"$here/out" 2>"$here/error" || status=$?
    resident "$documents" add "$here/out"
    cat "$here/error"
}

# gives STATUS EXPRESSION OPERATION: runs it on the file; the expression holds for the documents.
# KIND() lists those of a kind.
gives()
{
    stub "$3" --set "path=$file"
    [ "$status" = "$1" ] || return 1
    resident "$srcdir/tests/e2e/query.py" "$here/out" "$2"
}

# fails STATUS REASON ARGUMENT...
fails()
{
    expected=$1
    reason=$2
    shift 2
    stub "$@" -v
    [ "$status" = "$expected" ] && grep -qF "$reason" "$here/error"
}

# The rules that schemas/fortinet adds apply to Fortinet only.
nothing_is_fortinet()
{
    resident "$documents" refuse "$srcdir/schemas/fortinet" check scope coverage summary skipped
}

exports_only_the_entry()
{
    [ "$(nm -D --defined-only "$CSV" | cut -d ' ' -f 2-)" = "T hector_integration_v1" ]
}

# hostile OPERATION BEHAVIOUR
hostile()
{
    "$ABI/hostile" "$CSV" "$1" "$request" "$2"
}

# The smallest host has no log, no progress and cannot cancel.
serves_the_smallest_host()
{
    "$EXAMPLE" "$CSV" "$request" >"$here/out" && [ "$(grep -c '"kind":"asset"' "$here/out")" = 5 ]
}

# says VERDICT SERIAL: runs the host that keeps an inventory for one more night, and checks its
# verdict.
says()
{
    "$INVENTORY" "$CSV" "$request" "$here/state" >"$here/said" || [ $? = 1 ]
    cat "$here/said"
    grep -q "^$2	$1	" "$here/said"
}

# ---- good files

good_file()
{
    holds 'S1,computer,one,Dell,"Latitude, 5440",Lille' 's2,printer,"the ""big"" one",HP,M404,' \
        'S3,server,Zoé\,Dell,R650,'
    gives 0 '[a["sync_key"] for a in KIND("asset")] == ["S1", "S2", "S3"] and
        [a["device_type"] for a in KIND("asset")] == ["computer", "printer", "other"] and
        [a["title"] for a in KIND("asset")] == ["one", "the \"big\" one", "Zoé\\"] and
        KIND("asset")[0]["part"] == {"maker": "Dell", "model": "Latitude, 5440"} and
        KIND("asset")[0]["attributes"] == {"serial_number": "S1", "location": "Lille"} and
        "location" not in KIND("asset")[1]["attributes"]' sync
}

in_order()
{
    gives 0 '[d["kind"] for d in documents] == ["source"] + 3 * ["asset"] + ["scope"]
        + 3 * ["coverage"] + ["summary"] and all(c["complete"] for c in KIND("coverage")) and
        KIND("summary")[0]["outcome"] == "ok"' sync
}

dos_line_ends()
{
    printf 'serial,type,name,maker,model,site\r\nS1,computer,one,Dell,R650,\r\n' >"$file"
    gives 0 'len(KIND("asset")) == 1 and "location" not in KIND("asset")[0]["attributes"]' sync
}

only_a_header()
{
    holds
    gives 0 'not KIND("asset") and [c["units"] for c in KIND("coverage")] == [0, 0, 0] and
        all(c["complete"] for c in KIND("coverage"))' sync
}

skips_and_duplicates()
{
    holds 'S1,computer,one,Dell,R650,' ',printer,nameplate gone,HP,M404,' 's1,computer,two,Dell,R650,'
    gives 0 '[s["subject"] for s in KIND("skipped")] == ["nameplate gone"] and
        [c["units"] for c in KIND("coverage")] == [2, 1, 0] and
        KIND("summary")[0]["device_types"]["computer"]["duplicates"] == 1 and
        documents.index(KIND("scope")[0]) < documents.index(KIND("skipped")[0])' sync
}

# ---- damaged files

# incomplete REASON ASSETS: the run is partial, or failed when nothing could be read.
incomplete()
{
    gives "$(($2 > 0 ? 1 : 16))" 'len(KIND("asset")) == '"$2"' and
        {(c["complete"], c["reason"]) for c in KIND("coverage")} == {(False, "'"$1"'")} and
        not any(t["complete"] for t in KIND("summary")[0]["device_types"].values())' sync
}

# damaged LINE...: invalid rows, before and after a valid one.
damaged()
{
    for line; do
        holds "$line" 'S1,computer,one,Dell,R650,' && incomplete row_unreadable 1 || return 1
    done
}

cut_file()
{
    holds 'S1,computer,one,Dell,R650,'
    printf 'S2,printer,two,HP,M4' >>"$file"
    incomplete file_cut 1
}

nul_inside()
{
    holds 'S1,computer,one,Dell,R650,'
    printf 'S2,printer,two,HP,M404,\000more\n' >>"$file"
    incomplete row_unreadable 1
}

empty_file()
{
    : >"$file"
    incomplete file_invalid 0
}

other_header()
{
    printf 'name;serial\none;S1\n' >"$file"
    incomplete file_invalid 0
}

missing_file()
{
    rm -f "$file"
    gives 14 '{(c["complete"], c["cause"]) for c in KIND("coverage")} == {(False, -4)} and
        KIND("summary")[0]["error"]["reason"] == "file_unreadable"' sync
}

# ---- the other operations, wrong requests

validates()
{
    holds 'S1,computer,one,Dell,R650,'
    gives 0 'KIND("check")[0]["status"] == "passed" and KIND("check")[0]["units"] == 1' validate
}

validates_a_damaged_file()
{
    holds 'S1,computer,one,Dell,R650,' 'no row'
    gives 0 'KIND("check")[0]["status"] == "warning" and "Line 3" in KIND("check")[0]["message"]' \
        validate
}

validates_a_missing_file()
{
    rm -f "$file"
    gives 14 'KIND("check")[0]["status"] == "failed"' validate
}

long_path()
{
    fails 11 setting_invalid sync --set "path=/$(printf '%0300d' 0)"
}

beyond_ascii()
{
    file=$here/Zürich.csv
    holds 'S1,computer,one,Dell,R650,'
    gives 0 'KIND("source")[0]["id"].endswith("Zürich.csv")' sync
    good=$?
    rm "$file"
    file=$here/inventory.csv
    return $good
}

plan 40
ok "describe" gives 0 'documents[0]["id"] == "csv"' describe
ok "a good file" good_file
ok "its documents come in their order" in_order
ok "line ends of DOS" dos_line_ends
ok "a file without rows is complete" only_a_header
ok "a row without a serial number is skipped, and one that was there counts once" \
    skips_and_duplicates
ok "a row of too few, too many or empty fields leaves the scope incomplete" \
    damaged 'S2,computer,two' 'S2,computer,two,Dell,R650,,' 'S2,,two,Dell,R650,' 'S2,computer,two,,,'
ok "a row with a quote where none may be" \
    damaged 'S2,computer,"two,Dell,R650,' 'S2,computer,t"wo,Dell,R650,' 'S2,computer,"two"2,Dell,R650,'
ok "a row that is no UTF-8" damaged "$(printf 'S2,computer,\303,Dell,R650,')" \
    "$(printf 'S2,computer,\355\240\200,Dell,R650,')" "$(printf 'S2,computer,\300\257,Dell,R650,')" \
    "$(printf 'S2,computer,\364\220\200\200,Dell,R650,')"
ok "a field that is too long" damaged "S2,computer,$(printf '%0256d' 0),Dell,R650,"
ok "a row with a NUL" nul_inside
ok "a file that was cut" cut_file
ok "an empty file" empty_file
ok "a file of another kind" other_header
ok "a missing file" missing_file
ok "a path beyond ASCII" beyond_ascii
ok "validate" validates
ok "validate of a damaged file" validates_a_damaged_file
ok "validate of a missing file" validates_a_missing_file
ok "no list of options" fails 11 option_unknown options adoms
ok "a relative path" fails 11 setting_invalid sync --set path=inventory.csv
ok "a path that is no text" fails 11 setting_invalid sync --set path=1
ok "a path that is too long" long_path
ok "a folder" fails 14 file_unreadable sync --set "path=$here"
ok "no settings" fails 11 setting_invalid validate
ok "every document is as schemas/hector says" resident "$documents" validate "$srcdir/schemas/hector"
ok "and no other than it should be is as schemas/fortinet says" nothing_is_fortinet
ok "the entry is the one exported symbol" exports_only_the_entry

holds 'S1,computer,one,Dell,R650,' 'S2,computer,two,Dell,R650,' 'S3,computer,three,Dell,R650,' \
    ',printer,four,HP,M404,' 'S5,printer,five,HP,M404,' 'S6,printer,six,HP,M404,'
unset TOKEN PASSWORD
for behaviour in refuse cancel once quiet nested levels tables; do
    ok "sync, with a host that misbehaves: $behaviour" hostile sync "$behaviour"
done
ok "validate, with a host that cancels" hostile validate cancel
ok "the smallest host" serves_the_smallest_host
ok "a first night" says new S6
holds 'S1,computer,one,Dell,R650,' 'S2,computer,two,Dell,R650,' 'S3,computer,three,Dell,R650,' \
    ',printer,four,HP,M404,' 'S5,printer,five,HP,M404,'
ok "a unit whose row is gone is not seen" says not_seen S6
printf 'cut' >>"$file"
ok "a file that was cut concludes nothing" says unknown S6
finish
