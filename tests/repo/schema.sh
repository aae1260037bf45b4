#!/bin/sh
# schema.sh - the schemas are valid and as strict as intended, and describe follows them.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/lib/tap.sh"
. "$srcdir/tests/lib/resident.sh"
need_jsonschema
here=$(mktemp -d "${TMPDIR:-/tmp}/hector-schema.XXXXXX") || exit 1
resident_start "$here"
trap 'resident_stop; rm -rf "$here"' EXIT

schemas=$srcdir/schemas

# schema COMMAND ARGUMENT...: of schema.py
schema()
{
    resident "$srcdir/tests/repo/schema.py" "$schemas" "$@"
}

# check NAME: a function of schema.py
check()
{
    schema check "$srcdir/tests/repo/documents.ndjson" "$1"
}

# accepts TEXT RULES [NAME]: the schema of its kind, or NAME, accepts the document.
accepts()
{
    schema document "$2" "$1" ${3:+"$3"}
}

# refuses EXPRESSION: the schema refuses the summary below after sed has changed it. (When sed
# changes nothing, the schema accepts it.)
refuses()
{
    ! accepts "$(printf '%s\n' "$summary" | sed "$1")" hector
}

summary='{"kind":"summary","started":"2026-12-01T00:00:00Z","ended":"2026-12-01T00:00:09Z",'
summary=$summary'"outcome":"ok","device_types":{},"scopes_complete":true,"requests":0,"bytes":0}'

# Longer than a document may be, by white space only.
is_too_large()
{
    ! accepts "${summary%\}}$(printf '%524288s}' ' ')" hector
}

# request OPERATION REQUEST RULES...: all of these schemas accept it.
request()
{
    operation=$1
    text=$2
    shift 2
    for rules; do
        accepts "$text" "$rules" "request-$operation" || return 1
    done
}

no_request()
{
    ! request "$1" "$2" hector && ! request "$1" "$2" fortinet
}

# describe LANGUAGE
describe()
{
    "$STUB" --plugin "$PLUGIN" describe --language "$1" --format ndjson
}

describes()
{
    accepts "$(describe "$1")" fortinet
}

carries_the_settings_schema()
{
    describe en | "$PYTHON3" -c '
import json, sys
if json.load(sys.stdin)["settings_schema"] != json.load(open(sys.argv[1])):
    sys.exit("settings.schema.json is not up to date: make -C build settings-schema rewrites it")' \
        "$schemas/fortinet/settings.schema.json"
}

settings='{"settings":{"url":"https://192.0.2.1"},"host":{"deadline_s":60}}'

set -- "$schemas"/hector/*.schema.json "$schemas"/fortinet/*.schema.json
plan $(($# + 28))
for path; do
    folder=${path%/*}
    name=${folder##*/}/${path##*/}
    ok "$name is valid JSON Schema, and bounds what it allows" \
        schema schema "${folder##*/}" "${path##*/}"
done
ok "a good document is accepted" accepts "$summary" hector
ok "the thirteenth month is refused" refuses s/-12-/-13-/
ok "a run that is not ok has an error" refuses 's/"ok"/"partial"/'
ok "a run that is ok has none" \
    refuses 's/"bytes":0/&,"error":{"cause":-6,"reason":"read_failed","message":"No."}/'
ok "a negative count is refused" refuses 's/"bytes":0/"bytes":-1/'
ok "an unknown kind is refused" refuses s/summary/rumour/
ok "what is no document is refused" refuses s/summary/request/
ok "NaN is refused" refuses 's/"bytes":0/&,"more":NaN/'
ok "a member twice is refused" refuses 's/"bytes":0/&,&/'
ok "a document larger than HECTOR_DOCUMENT_MAX is refused" is_too_large
ok "describe in English is as its schema says" describes en
ok "describe in French is as its schema says" describes fr
ok "describe carries settings.schema.json" carries_the_settings_schema
ok "fortinet has every schema of hector, on top of it" check fortinet_is_hector_and_more
ok "documents.ndjson is as both say" check documents_are_valid
ok "documents.ndjson has every member" check documents_have_every_member
ok "fortinet refuses an unknown member wherever it stands, and hector bears it" \
    check unknown_members
ok "fortinet refuses an unknown value, and hector bears it" check unknown_values
ok "fortinet refuses a wrong date" check wrong_dates
ok "both refuse a text that is too long" check long_texts
ok "both refuse a list that is too long" check long_lists
ok "both refuse a number that is too large" check large_numbers
ok "a request of sync is accepted" request sync "$settings" hector fortinet
ok "hector bears an unknown language" request sync '{"settings":{},"language":"de"}' hector
ok "a request of sync without settings is refused" no_request sync '{}'
ok "a request of validate with a wrong setting is refused" \
    no_request validate '{"settings":{"url":1},"host":{"deadline_s":0}}'
ok "a request of describe is accepted" request describe '{"language":"fr"}' hector fortinet
ok "a request of list_options with a limit of 0 is refused" \
    no_request list_options '{"option":"adoms","limit":0}'
finish
