#!/bin/sh
# refusals.sh - the sentence that an administrator reads for each refusal, and what is still
# delivered.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# The letters in STEPS: address, TLS, product, credentials, version, ADOMs, devices, switches,
# access points.

token_sentence()
{
    says "refuses the token" "made on a FortiGate, not on the FortiManager" "revoked or made anew" \
        "is not a trusted host" "older than 7.2.2" "no JSON API access"
}

refuses_token()
{
    exits 12 && token_sentence
}

# ---- credentials

as_key
apart old "--version 7.0 --fgts 3" validate
simulate --fgts 30
HECTOR_SECRET_TOKEN=another-key
apart validate-wrong-key "" validate
apart sync-wrong-key "" sync
recall old
ok "a key on 7.0, which has none, and the sentence names 7.2.2" refuses_token
recall validate-wrong-key
ok "validate with a wrong key" refuses_token
ok "validate with a wrong key: the steps" reports 'STEPS == "pppfssssss"
    and CHECK("credentials")["reason"] == "token_refused" and not KIND("source")
    and CHECK("credentials")["secret"] == "token"
    and "execute api-user generate-key api_hector" in CHECK("credentials")["console"]'
recall sync-wrong-key
ok "sync with a wrong key" refuses_token
ok "sync with a wrong key: a summary, and nothing else is claimed" reports 'not KIND("asset")
    and not KIND("coverage") and KIND("summary")[0]["outcome"] == "auth"
    and KIND("summary")[0]["error"]["reason"] == "token_refused"'
ok "a key never logs in or out" seen 'one["logins"] == one["logouts"] == 0
    and one["refused_logins"] == 0 and one["violations"] == []'

as_user
HECTOR_SECRET_PASSWORD=another-password
run validate
ok "validate with a wrong password" fails 12 "refuses the user name hector or its password"
ok "validate with a wrong password: the steps" reports 'STEPS == "pppfssssss"
    and CHECK("credentials")["secret"] == "password"'
ok "a wrong password is sent once only" seen 'one["refused_logins"] == 1'
run sync
ok "sync with a wrong password" fails 12 "refuses the user name hector or its password"
ok "a wrong password is sent once only, again" seen 'one["refused_logins"] == 2'
as_user somebody
run sync
ok "sync with a wrong user name" fails 12 "refuses the user name somebody or its password"

simulate --fgts 3 --deny login
as_user
run validate
ok "a user without JSON API access" fails 13 "hector may not use the JSON API" "rpc-permit read"
ok "a user without JSON API access: the steps" reports 'STEPS == "pppfssssss"'
run sync
ok "sync of a user without JSON API access" fails 13 "hector may not use the JSON API"
ok "no login is tried twice" seen 'one["refused_logins"] == 2 and one["open_sessions"] == 0'

simulate --fgts 3 --session-limit 1
run validate
ok "a session limit of one is enough" exits_and_reports 0 'STEPS == "ppppppppps"'

simulate --fgts 3 --fault session-limit
run validate
ok "all sessions are taken: come later" fails 15 "takes no further login of hector" "Try again later"
ok "all sessions are taken: the steps" reports 'STEPS == "pppfssssss"'

# ---- addresses

gone=$simulator_url
simulate --serve html
as_key
ca_file=
apart gone-validate "" validate --set "url=$gone"
apart gone-sync "" sync --set "url=$gone"
run validate --set url=https://unknown.invalid
ok "an unknown name" fails 14 "The name unknown.invalid is not known"
ok "an unknown name: the steps" reports 'STEPS == "fsssssssss"
    and CHECK("address")["reason"] == "name_unknown"'
run sync --set url=https://unknown.invalid
ok "sync with an unknown name" fails 14 "The name unknown.invalid is not known"
recall gone-validate
ok "a server that is gone" fails 14 "${gone#https://} refuses the connection"
ok "a server that is gone: the steps" reports 'STEPS == "fsssssssss"'
recall gone-sync
ok "sync with a server that is gone" fails 14 "${gone#https://} refuses the connection"

# foreign WHAT SENTENCE: the sentence says what the address is, and no credential goes there.
foreign()
{
    for login_as in as_key as_user; do
        $login_as
        run validate
        ok "$1: validate ($login_as)" fails 16 "$2"
        ok "$1: the steps ($login_as)" reports 'STEPS == "ppfsssssss"'
        run sync
        ok "$1: sync ($login_as)" fails 16 "$2"
    done
    ok "$1 gets no credential" seen 'one["credentials_received"] == 0'
}

simulate --serve html
foreign "a web page" "answers with a web page, not with the API of a FortiManager or FortiGate"
simulate --serve http404
foreign "a web server that knows nothing of it" "answers with a web page"

# The plugin distinguishes a FortiGate from a FortiManager before it sends any credential.
simulate --serve fortigate
for login_as in as_key as_user; do
    $login_as
    run validate --set source=fortimanager
    ok "a FortiGate, but a FortiManager is wanted ($login_as)" \
        fails 11 "is a FortiGate, but --set source is fortimanager"
    ok "a FortiGate, but a FortiManager is wanted: the steps ($login_as)" \
        reports 'STEPS == "ppfsssssss"'
done
ok "a FortiGate that is not wanted gets no credential" seen 'one["credentials_received"] == 0'
as_user
run sync
ok "a FortiGate is not asked with a password" fails 11 "takes a token only"
ok "a FortiGate gets no password" seen 'one["credentials_received"] == 0'
as_key
run validate
ok "a FortiManager's key at a FortiGate" fails 12 "refuses the token. Either the token is not one of" \
    "is not a trusted host"
ok "a FortiManager's key at a FortiGate: the steps, and the lines that make one" reports 'STEPS ==
    "pppfsssss" and "config system api-user" in CHECK("credentials")["console"]'

simulate --fgts 3 --fault http-502-html@1xforever
run validate
ok "an appliance that is not well: validate" fails 14 "502"
ok "an appliance that is not well: the steps" reports 'STEPS == "ppfsssssss"
    and CHECK("system")["reason"] == "server_error"'
simulate --fgts 3 --fault http-429-later@1xforever
run validate
ok "an appliance that throttles: validate" fails 15 "Try again in 3600 seconds"
ok "an appliance that throttles can be reached: the steps" reports 'STEPS == "ppfsssssss"
    and CHECK("system")["reason"] == "throttled"'

# ---- rights

simulate --fgts 30 --deny system
as_user
run validate
ok "a profile without system access is fine" exits_and_reports 0 'STEPS == "ppppwpppps"
    and CHECK("version")["reason"] == "check_version_unknown"'
run sync
ok "sync without system access is whole" exits 0
ok "and knows its source by what manages the devices" matches_expected

simulate --fgts 30 --deny devices
run validate
ok "devices are refused" fails 13 "may not read the devices" "Device Manager"
ok "devices are refused: the steps" reports 'STEPS == "pppppwfsss"'
run sync
ok "sync without devices" fails 13 "may not read the devices"
ok "sync without devices: no scope is complete" reports 'not KIND("asset")
    and not any(c["complete"] for c in KIND("coverage"))
    and not any(t["complete"] for t in KIND("summary")[0]["device_types"].values())
    and KIND("summary")[0]["outcome"] == "permission"'

simulate --fgts 30 --deny switches
run validate
ok "switches are refused: a warning" exits_and_reports 0 'STEPS == "pppppppwps"
    and CHECK("switches")["reason"] == "roster_refused"'
run sync
ok "sync without switches is partial" fails 1 "The account may not read"
ok "sync without switches reports the rest" matches_expected
ok "sync without switches reports which scopes are not complete" reports '
    [(c["scope"], c["device_type"], c["reason"]) for c in KIND("coverage") if not c["complete"]]
    == [("adom:" + adom, "switch", "roster_refused")
        for adom in ("Branch Offices", "EMEA/West", "Zürich", "root")]'
ok "sync without switches: the worst cause is PERMISSION" \
    reports 'KIND("summary")[0]["error"]["cause"] == -3'
run sync --set 'device_types=["firewall", "access_point"]'
ok "switches that are not selected are not missed" exits 0
run sync --set 'device_types=["switch"]'
ok "switches alone, all refused: nothing but what registered by itself" exits 1

simulate --fgts 30 --deny access_points
run validate
ok "access points are refused: a warning" exits_and_reports 0 'STEPS == "ppppppppws"'

simulate --fgts 30 --deny switches@EMEA/West
as_key
run sync
ok "switches of one ADOM are refused" fails 1 "The account may not read"
ok "switches of one ADOM: all others are there" matches_expected
ok "switches of one ADOM: that one is not complete" reports '
    [(c["scope"], c["device_type"], c["reason"]) for c in KIND("coverage") if not c["complete"]]
    == [("adom:EMEA/West", "switch", "roster_refused")]'

simulate --fgts 30 --deny devices@Zürich
as_user
run validate
ok "an ADOM outside of the account: validate passes" exits_and_reports 0 'STEPS == "ppppppppps"'
run sync
ok "an ADOM outside of the account is no failure" exits 0
ok "and has no coverage" matches_expected
ok "and is named as that alone" reports '[(d["kind"], d["state"]) for d in documents
    if d.get("scope") == "adom:Zürich"] == [("scope", "outside")]'
run sync --set 'adoms=["Zürich", "root"]'
ok "an ADOM outside of the account, chosen: no failure" exits_and_reports 0 \
    'PROBLEMS.count("adom_outside") == 1
    and all(p["severity"] == "info" for p in KIND("problem") if p["reason"] == "adom_outside")'
ok "and has no coverage either" matches_expected --settings '{"adoms": ["Zürich", "root"]}'
run sync --set 'adoms=["Zürich"]'
ok "only ADOMs outside of the account" fails 13 "may not read the devices"

simulate --fgts 30 --deny adoms
run validate
ok "ADOMs are refused: a warning" exits_and_reports 0 'STEPS == "pppppwppps"'
run sync
ok "sync without the list of ADOMs is whole" exits 0
ok "sync without the list of ADOMs finds them by the devices" matches_expected --scopes-unknown
simulate --fgts 30 --deny adoms --per-device root,Zürich
run sync
ok "sync without the list of ADOMs asks the databases of FortiGates too" exits 0
ok "and finds what only they list" matches_expected --scopes-unknown
run options adoms
ok "without their list there is no choice of ADOMs" fails 13 "/dvmdb/adom"

simulate --fgts 30
run validate --set 'adoms=["Zürich", "Zurich"]'
ok "an ADOM that does not exist" fails 11 "The ADOM Zurich does not exist" "Branch Offices" "root"
ok "an ADOM that does not exist: the steps" reports 'STEPS.endswith("fssss")
    and CHECK("credentials")["status"] == "passed" and CHECK("adoms")["status"] == "failed"'
run sync --set 'adoms=["Zürich", "Zurich"]'
ok "sync with an ADOM that does not exist" fails 11 "The ADOM Zurich does not exist" "There are: "
run sync --set 'adoms=["Lab (empty)"]'
ok "an ADOM that exists and is empty is no failure" reports 'not KIND("asset")
    and [p["reason"] for p in KIND("problem")] == ["adom_empty"]
    and [(c["scope"], c["complete"], c["units"]) for c in KIND("coverage")]
        == [("adom:Lab (empty)", True, 0)] * 3'
run validate
ok "what would be imported" reports 'STEPS == "ppppppppps" and CHECK("devices")["units_exact"]
    and not CHECK("switches")["units_exact"]'
cp "$out" "$here/checks"
run sync
ok "is what is imported" query "$here/checks" "CHECK('devices')['units'] ==
    $(grep -c '^{"kind":"asset".*"device_type":"firewall","title"' "$out") and
    CHECK('switches')['units'] >= $(grep -c '^{"kind":"asset".*"device_type":"switch","title"' "$out")"

simulate --fgts 0
run validate
ok "nothing is visible" fails 13 "sees no device at all"
run sync
ok "sync of nothing" fails 13 "sees no device at all"
run sync --set 'device_types=["firewall", "management"]'
ok "the FortiManager itself is imported all the same" exits_and_reports 1 \
    '{a["device_type"] for a in KIND("asset")} == {"management"}
    and KIND("summary")[0]["error"]["reason"] == "nothing_visible"'

# ---- TLS

# untrusted KIND REASON SENTENCE: reported, shown, and trusted once its pin is entered.
untrusted()
{
    simulate --fgts 3 --certificate "$1"
    run validate
    ok "certificate $1" fails 14 "$3"
    ok "certificate $1: the steps" reports "STEPS == 'pfssssssss' and CHECK('tls')['reason'] == '$2'"
    ok "certificate $1 is shown" reports 'KIND("certificate")[0]["setting"] == CHECK("tls")["field"]
        and KIND("certificate")[0]["pem"].startswith("-----BEGIN")'
    pin=$("$PYTHON3" -c 'import json, sys
print(*[json.loads(line)["pin"] for line in sys.stdin if "certificate" in line[:22]])' <"$out")
    run sync
    ok "certificate $1: sync" fails 14 "$3"
    ok "certificate $1: no credential went there" seen 'one["credentials_received"] == 0'
    run validate --set "pinned_public_key=$pin"
    ok "certificate $1: validate with its pin" exits_and_reports 0 'STEPS == "ppppppppps"'
    run sync --set "pinned_public_key=$pin"
    ok "certificate $1: sync with its pin" exits 0
    ok "certificate $1: with its pin there is no problem" reports 'not KIND("problem")'
    run validate --set verify_tls=false
    ok "certificate $1: not checked" exits_and_reports 0 'STEPS == "pwppppppps"
        and CHECK("tls")["reason"] == "tls_not_verified"'
    run sync --set verify_tls=false
    ok "certificate $1: not checked is a problem of every run" exits_and_reports 0 \
        'PROBLEMS == ["tls_not_verified"] and KIND("problem")[0]["severity"] == "warning"'
}

as_user
untrusted unknown tls_unknown_authority "is signed by an authority that is not trusted"
untrusted wrong-name tls_wrong_name "names another host"
untrusted expired tls_expired "has expired or is not valid yet"

simulate --fgts 3
run validate --set pinned_public_key=sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
ok "another pin" fails 14 "shows another public key"
ok "another pin: the certificate is shown" reports 'STEPS == "pfssssssss" and KIND("certificate")'
"$PYTHON3" -c 'import json, sys
print(json.dumps({"ca_certificate": open(sys.argv[1]).read()}))' "$ca_file" >"$here/settings.json"
ca_file=
run validate
ok "without the authority it is not trusted" fails 14 "an authority that is not trusted"
run sync --settings "$here/settings.json"
ok "with the authority in the settings it is" exits 0

conclude
