#!/bin/sh
# schema.sh - the schemas are sound, and what describe emits is what they say.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/tap.sh"
need_jsonschema

schemas=$srcdir/schemas

validate()
{
    "$PYTHON3" "$srcdir/tests/validate_documents.py" "$schemas" "$@"
}

# accepts DOCUMENT
accepts()
{
    printf '%s\n' "$1" | validate
}

# refuses EXPRESSION: the summary below once sed has spoilt it. (sed changing nothing is accepted.)
refuses()
{
    ! printf '%s\n' "$summary" | sed "$1" | validate
}

summary='{"kind":"summary","started":"2026-12-01T00:00:00Z","ended":"2026-12-01T00:00:09Z",'
summary=$summary'"outcome":"ok","device_types":{},"requests":0,"bytes":0}'

# describe LANGUAGE
describe()
{
    "$STUB" --plugin "$PLUGIN" describe --language "$1" --format ndjson
}

describes()
{
    describe "$1" | validate
}

carries_the_settings_schema()
{
    describe en | "$PYTHON3" -c '
import json, sys
carried = json.load(sys.stdin)["settings_schema"]
sys.exit(carried != json.load(open(sys.argv[1])))' "$schemas/settings.schema.json"
}

set -- "$schemas"/*.schema.json
plan $(($# + 9))
for path; do
    name=${path##*/}
    ok "$name is valid JSON Schema" validate --schemas "$name"
done
ok "a good document is accepted" accepts "$summary"
ok "the thirteenth month is refused" refuses s/-12-/-13-/
ok "a negative count is refused" refuses 's/"bytes":0/"bytes":-1/'
ok "an unknown kind is refused" refuses s/summary/rumour/
ok "NaN is refused" refuses 's/"bytes":0/&,"more":NaN/'
ok "a member twice is refused" refuses 's/"bytes":0/&,&/'
ok "describe in English is as its schema says" describes en
ok "describe in French is as its schema says" describes fr
ok "describe carries settings.schema.json" carries_the_settings_schema
finish
