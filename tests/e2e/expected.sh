#!/bin/sh
# expected.sh - a sync delivers what is expected for every login and every choice of settings.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# syncs NAME [SETTINGS]: one sync with the settings (JSON), compared with what is expected.
syncs()
{
    settings=${2:-{\}}
    printf '%s\n' "$settings" >"$here/settings.json"
    run sync --settings "$here/settings.json"
    ok "$1" whole
}

whole()
{
    exits 0 && [ ! -s "$err" ] && matches_expected --settings "$settings"
}

# syncs_partly NAME SETTINGS: the same for a sync that has an incomplete scope.
syncs_partly()
{
    settings=$2
    printf '%s\n' "$settings" >"$here/settings.json"
    run sync --settings "$here/settings.json"
    ok "$1" partly
}

partly()
{
    exits 1 && matches_expected --settings "$settings"
}

clean_so_far()
{
    seen 'one["violations"] == [] and one["credentials_before_probe"] == 0'
}

# ---- versions, logins, seeds

for version in 7.0 7.4.7 7.6.7; do
    for seed in 1 2 3; do
        simulate --version "$version" --seed "$seed" --fgts 30
        as_user
        syncs "$version, seed $seed, user and password"
        if [ "$version" != 7.0 ]; then
            as_key
            syncs "$version, seed $seed, API key"
        fi
        ok "$version, seed $seed: nothing was asked that is not known" clean_so_far
    done
done

# ---- settings

every_type=$(stub describe && "$PYTHON3" -c 'import json, sys
types = [row["id"] for row in json.load(sys.stdin)["device_types"]]
print(json.dumps([one for one in types if one != "endpoint"]))' <"$out")
every_attribute=$(every_attribute meta.site_id meta.Company/Organization "meta.no such field")

for version in 7.0 7.4.7 7.6.7; do
    simulate --version "$version" --seed 4 --fgts 60
    as_user
    syncs "$version: firewalls alone" '{"device_types": ["firewall"]}'
    ok "$version: firewalls alone: no unit list was asked for" \
        seen 'not any("/obj/" in url for url in one["urls"])'
    syncs "$version: switches alone" '{"device_types": ["switch"]}'
    ok "$version: switches alone: no access point was asked for" \
        seen 'not any("/wtp" in url for url in one["urls"])'
    syncs "$version: access points alone" '{"device_types": ["access_point"]}'
    syncs "$version: all attributes" "{\"attributes\": $every_attribute}"
    syncs "$version: every type, all attributes" \
        "{\"device_types\": $every_type, \"attributes\": $every_attribute}"
    syncs "$version: no firewalls" '{"device_types": ["access_point", "switch"]}'
    syncs "$version: unauthorised ones too" '{"include": ["log_only", "unauthorized"]}'
    syncs "$version: model devices too" '{"include": ["log_only", "model"]}'
    syncs "$version: all of them" '{"include": ["log_only", "model", "unauthorized"]}'
    syncs "$version: not even those that only send logs" '{"include": []}'
    syncs "$version: no categories" '{"synchronize_categories": false}'
    for adom in root "Branch Offices" EMEA/West Zürich; do
        syncs "$version: the ADOM $adom" "{\"adoms\": [\"$adom\"]}"
    done
    syncs "$version: two ADOMs, no switches, with names" '{"adoms": ["Zürich", "EMEA/West"],
        "device_types": ["firewall", "access_point"], "attributes": ["name", "adom"]}'
    ok "$version: nothing was asked that is not known" clean_so_far
done

# ---- topologies

simulate --adoms-disabled --fgts 30
as_key
syncs "ADOMs are disabled"
ok "ADOMs are disabled: nothing was asked that is not known" clean_so_far

simulate --fgts 1300 --switches 1 --access-points 1
syncs "more devices than one page holds"
ok "several pages were read" seen 'one["urls"]["/dvmdb/device"]["count"] > 4'
ok "several pages: nothing was asked that is not known" clean_so_far

simulate --fgts 3
syncs "three FortiGates"

simulate --fgts 30
syncs "management systems alone" '{"device_types": ["management"], "adoms": ["root"]}'
ok "management systems alone: one request after the probe" seen 'one["requests"] == 2'
simulate --fgts 30 --deny system
syncs_partly "management systems, which may not be read" '{"device_types": ["management", "firewall"]}'

simulate --fgts 30 --plain-http
simulator_url=http${simulator_url#https}
syncs "plain http to a loopback address"

conclude
