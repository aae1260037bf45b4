#!/bin/sh
# options.sh - list_options emits the values that a setting may have, and a sync accepts each.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

values='[d["value"] for d in KIND("option")]'
labels='[d["label"] for d in KIND("option")]'

# ---- options known without an appliance

stub options device_types
ok "device types" exits_and_reports 0 "$values == ['firewall', 'switch', 'access_point', 'endpoint', 'management']
    and $labels == ['Firewalls', 'Switches', 'Access Points', 'Endpoints', 'Management Systems']"
stub options device_types --filter SWITCH
ok "device types: a filter, whatever the case" exits_and_reports 0 "$values == ['switch']"
stub options device_types --limit 2
ok "device types: a limit" exits_and_reports 0 "len(KIND('option')) == 2"
stub options device_types --filter nothing-of-it
ok "device types: a filter that fits none" exits_and_reports 0 "$values == []"
ok "device types: a filter that fits none is no silence" grep -q "there are no such values" "$err"

stub describe
cp "$out" "$here/descriptor"
stub options attributes
ok "attributes of the catalogue" exits 0
cp "$out" "$here/attributes"
ok "are those of the descriptor" "$PYTHON3" -c 'import json, sys
catalogue = json.load(open(sys.argv[1], encoding="utf-8"))["attributes"]
*options, end = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert [a["id"] for a in catalogue] == [o["value"] for o in options], options
assert [a["label"] for a in catalogue] == [o["label"] for o in options], options
members = ["type", "device_types", "volatile", "cost"]
assert [[a[m] for m in members] for a in catalogue] == [[o[m] for m in members] for o in options]
assert options[0]["value"] == "serial_number"' "$here/descriptor" "$here/attributes"

# means LANGUAGE: each option has a description; in English it is the dictionary's meaning.
means()
{
    "$PYTHON3" -c 'import json, sys
meanings = {e["id"]: e["meaning"] for e in json.load(open(sys.argv[1], encoding="utf-8"))}
*options, end = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
same = [o["value"] for o in options if o["description"] == meanings[o["value"]]]
assert same == ([o["value"] for o in options] if sys.argv[3] == "en" else []), same
assert all(o["description"].endswith(".") for o in options), options' \
        "$srcdir/schemas/hector/attributes.json" "$here/attributes" "$1"
}

ok "each with its meaning" means en
stub options attributes --language fr
cp "$out" "$here/attributes"
ok "and in French" means fr
"$STUB" --plugin "$PLUGIN" options attributes --filter mac >"$out"
ok "which a person reads" grep -q '^mac_address  *MAC address  *The base MAC address of the unit.$' "$out"

# ---- options that only the appliance knows

for version in 7.0 7.4.7 7.6.7; do
    simulate --fgts 30 --version "$version"
    as_user
    run options adoms
    ok "$version: ADOMs" exits 0
    cp "$out" "$here/adoms"
    ok "$version: ADOMs are those there are" "$PYTHON3" -c 'import json, re, sys
adoms = json.load(open(sys.argv[1], encoding="utf-8"))["adoms"]
adoms = [adom for adom in adoms if adom["name"] != "rootp"] # the global database holds no devices
*options, end = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
assert sorted(a["name"] for a in adoms) == sorted(o["value"] for o in options), options
empty = {o["value"] for o in options if re.search(r"\b0\b", o["description"])}
assert empty == {a["name"] for a in adoms if not a["has_devices"]}, empty' \
        "$simulator_files/expected.json" "$here/adoms"
    run options adoms --filter ZU --limit 5
    ok "$version: ADOMs with a filter" exits_and_reports 0 "$values == []"
    run options adoms --filter rich
    ok "$version: ADOMs by a part of their name" exits_and_reports 0 "$values == ['Zürich']"
    run options adoms --filter forti --limit 3
    ok "$version: ADOMs with a filter and a limit" exits_and_reports 0 \
        "len(KIND('option')) == 3 and all('Forti' in d['value'] for d in KIND('option'))"
    run options adoms --set 'adoms=["root"]'
    ok "$version: also those not chosen yet" reports "len($values) > 4"

    run options attributes
    ok "$version: attributes with the custom fields" exits_and_reports 0 \
        "'meta.site_id' in $values and 'meta.Company/Organization' in $values
        and {d['value']: d['label'] for d in KIND('option')}['meta.site_id'] == 'site_id'"
    run options attributes --filter site_id
    ok "$version: one custom field" exits_and_reports 0 "$values == ['meta.site_id']"
    run sync --set 'attributes=["meta.site_id", "meta.Company/Organization"]'
    ok "$version: a sync carries the values of custom fields" exits_and_reports 0 \
        'any("meta.site_id" in a["attributes"] for a in KIND("asset"))
        and any("meta.Company/Organization" in a["attributes"] for a in KIND("asset"))'
    ok "$version: and the true ones" matches_expected \
        --settings '{"attributes": ["meta.site_id", "meta.Company/Organization"]}'
    ok "$version: nothing was asked that is not known" \
        seen 'one["violations"] == [] and one["open_sessions"] == 0'
done

# Every attribute of the catalogue may be ticked alone.
as_key
for id in $("$PYTHON3" -c 'import json, sys
print(*[json.loads(line).get("value", "") for line in open(sys.argv[1], encoding="utf-8")])' \
    "$here/attributes"); do
    run sync --set "attributes=[\"$id\"]"
    ok "the attribute $id alone" matches_expected --settings "{\"attributes\": [\"$id\"]}"
done

# Attributes without a column in the CSV give a warning, except the key that every asset has.
"$STUB" --plugin "$PLUGIN" sync --set "url=$simulator_url" --ca-file "$ca_file" --format csv \
    --columns title >"$here/titles" 2>"$err" </dev/null
status=$?
warns_of_no_column()
{
    exits 0 && grep -q '^Title' "$here/titles" && ! grep 'no column' "$err"
}
ok "a CSV of titles alone" warns_of_no_column

conclude
