#!/bin/sh
# bad-input.sh - wrong settings, secrets and command lines: each gets a clear sentence, and no
# request is sent.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

simulate --fgts 3
as_key

# wrong SETTING VALUE WORDS: both operations refuse the value, name the setting, and say what it
# should be.
wrong()
{
    for command in validate sync; do
        run "$command" -v --set "$1=$2"
        ok "$command: $1=$(echo "$2" | cut -c 1-60)" \
            fails 11 "The value of --set $1 is not valid: $3" "Example: " "setting: $1"
    done
}

for url in " " "https://" "https://[" "https://[::1" "https://[::1]x" "https://a b" "https://a\"b" \
    "https://exa_mple.org:/x" "https://-" "https://.." "https://a..b" "https://%00" "//" ":" \
    "https://1.2.3.4:https"; do
    run sync -v --set "url=$url"
    ok "url: '$url'" fails 11 "The value of --set url is not valid: " "Example: https://1.2.3.4" \
        "setting: url"
done
for url in "" null; do
    run sync -v --set "url=$url"
    ok "url: '$url', which is none" fails 11 "--set url is missing" "setting: url"
done
wrong url 12 "it must be a text"
wrong url '["https://1.2.3.4"]' "it must be a text"
wrong url ftp://1.2.3.4 "the address must begin with https://"
wrong url https://user@1.2.3.4 "the address must not carry a user name or password"
wrong url https://user:word@1.2.3.4 "the address must not carry a user name or password"
wrong url https://1.2.3.4/jsonrpc "the address must end after the host and port"
wrong url https://1.2.3.4?a=b "the address must"
wrong url https://1.2.3.4#a "the address must"
wrong url https://1.2.3.4:0 "the port must be a number from 1 to 65535"
wrong url https://1.2.3.4:65536 "the port must be a number from 1 to 65535"
wrong url https://1.2.3.4:-1 "the port must be a number from 1 to 65535"
wrong url "https://$(printf '%0600d' 0).example.org" "it must be"
wrong device_types firewall "it must be a list"
wrong device_types '[]' "it must be a list of one or more of: firewall, switch, access_point"
wrong device_types '["firewall", "router"]' "it must be a list of one or more of: firewall"
wrong device_types '[1]' "it must be a list of one or more of: firewall"
wrong device_types '{"firewall": true}' "it must be a list"
wrong synchronize_categories 1 "it must be true or false"
wrong synchronize_categories yes "it must be true or false"
wrong attributes serial_number "it must be a list"
wrong attributes '["serial_number", "colour"]' "it must be a list of ids"
wrong attributes '["meta."]' "it must be a list of ids"
wrong attributes '["meta.a\u000ab"]' "it must be a list of ids"
wrong attributes '[null]' "it must be a list of ids"
wrong username 7 "it must be a text"
wrong username '"a\u000ab"' "it must not hold line breaks"
wrong username "$(printf '%0129d' 0)x" "it must be no longer than 128 bytes"
wrong ca_certificate rubbish "it must be a certificate in PEM"
wrong ca_certificate '["x"]' "it must be a text"
wrong pinned_public_key sha256//short "it must be sha256// and the base64 of 32 bytes"
wrong pinned_public_key sha1//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= "it must be sha256//"
wrong pinned_public_key 'sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;=' "it must be sha256//"
wrong verify_tls '"false"' "it must be true or false"
wrong source fortianalyzer "it must be one of: auto, fortimanager, fortigate"
wrong source '[]' "it must be a text"
wrong adoms root "it must be a list"
wrong adoms '[1]' "it must be a list of ADOM names"
wrong adoms '[""]' "it must be a list of ADOM names"
wrong include model "it must be a list"
wrong include '["all"]' "it must be a list of: log_only, unauthorized, model"
wrong live_status always "it must be one of: when_needed, never"
wrong proxy_batch 0 "it must be a whole number within 1 - 50"
wrong proxy_batch 51 "it must be a whole number within 1 - 50"
wrong proxy_batch 1.5 "it must be a whole number within 1 - 50"
wrong proxy_batch many "it must be a whole number within 1 - 50"
wrong timeout_s 4 "it must be a whole number within 5 - 600"
wrong timeout_s 601 "it must be a whole number within 5 - 600"
wrong timeout_s 99999999999999999999 "it must be a whole number within 5 - 600"
run sync -v --set ca_certificate="-----BEGIN CERTIFICATE-----"
ok "ca_certificate: no certificate after its first line" \
    fails 11 "The settings of TLS cannot be used: --set ca_certificate." "setting: ca_certificate" "detail: "
echo "no certificate" >"$here/none.pem"
stub validate -v --set "url=$simulator_url" --ca-file "$here/none.pem" --language fr
ok "--ca-file: no certificate in it, and no English in a French sentence" \
    fails 11 "Aucun certificat ne peut être lu dans $here/none.pem" "detail: "

# short_of_files NUMBER: a run that may open at most that many files.
short_of_files()
{
    (ulimit -n "$1" && exec "$STUB" --plugin "$PLUGIN" sync --set "url=$simulator_url" \
        --ca-file "$ca_file") >/dev/null 2>"$here/short"
    [ $? = 14 ] && grep -F "no free file descriptor" "$here/short"
}
ok "no free file descriptor for a connection" short_of_files 5
ok "nor for the authorities" short_of_files 6

# ---- odd input that is accepted

run sync --set colour=green --set 'Url="x"'
ok "an unknown setting is a problem, not a failure" exits_and_reports 0 \
    'PROBLEMS == ["setting_unknown", "setting_misspelt"]
    and [p["subject"] for p in KIND("problem")] == ["colour", "Url"]
    and all(p["severity"] == "warning" for p in KIND("problem"))'
run validate --set adosm=root
ok "validate warns of a misspelt one" exits_and_reports 0 \
    '[(c["reason"], c["status"]) for c in KIND("check") if c["step"] == "settings"]
    == [("setting_misspelt", "warning")]'
run sync --set username= --set pinned_public_key= --set ca_certificate= --set 'adoms=[]'
ok "an empty field of a form is a field not filled in" exits_and_reports 0 'not KIND("problem")'
for url in "127.0.0.1:$(cat "$simulator_files/port")" "$simulator_url/" " $simulator_url " \
    "HTTPS://127.0.0.1:$(cat "$simulator_files/port")"; do
    run sync --set "url=$url"
    ok "the address may be written '$(echo "$url" | sed 's/[0-9]*\(.*\)$/\1/')'" exits 0
done

# ---- secrets

for secret in token password api_key secret; do
    run sync -v --set "$secret=n0t-here"
    ok "$secret in the settings is refused" \
        fails 11 "The settings hold $secret, which is a secret" "setting: $secret"
    ok "$secret in the settings is not repeated" sh -c '! grep -q n0t-here "$@"' sh "$out" "$err"
done
run validate --set username=hector
ok "a token and a user name" fails 11 "More than one of --secret-file token, --set username"
HECTOR_SECRET_TOKEN=$(printf 'first\nsecond')
run validate
ok "a line break in the token" fails 11 "--secret-file token holds a line break"
HECTOR_SECRET_TOKEN=$(printf 'caf\303\251')
run validate
ok "a token that is not ASCII" fails 11 "--secret-file token holds a line break or characters other"
unset HECTOR_SECRET_TOKEN
for command in validate sync "options adoms"; do
    run $command
    ok "$command without credentials" fails 11 "No credentials: enter --secret-file token"
    run $command --set username=hector
    ok "$command without the password" fails 11 "user name hector is set, but its password is not. Enter it in --secret-file password"
done
ok "nothing of all this was sent" seen 'one["refused_logins"] == 0 and one["violations"] == []'

# ---- the settings document

as_key
# document NAME: the stub or the plugin refuses the file as a settings document.
document()
{
    stub sync --settings "$here/settings.json"
    ok "settings: $1" refuses_document
}

refuses_document()
{
    { [ "$status" = 2 ] || [ "$status" = 11 ]; } && [ "$(wc -l <"$err")" -le 3 ] && says "settings"
}

head -c 1048576 /dev/zero | tr '\0' '[' >"$here/settings.json"
document "1 MiB of ["
head -c 1048577 /dev/zero | tr '\0' ' ' >"$here/settings.json"
document "more than 1 MiB"
for text in "" "[]" "null" '"url"' '{"url": "https://1.2.3.4"' '{"url": "https://1.2.3.4"}}' \
    '{"url": NaN}' "{'url': 'https://1.2.3.4'}" '{"url": "https://1.2.3.4",}'; do
    printf '%s' "$text" >"$here/settings.json"
    document "$text"
done
printf '{"url": "https://1.2.3.4\377"}' >"$here/settings.json"
stub sync --settings "$here/settings.json"
ok "settings: bytes that are no UTF-8" [ "$status" = 2 -o "$status" = 11 ]
echo "{\"url\": \"$simulator_url\", \"proxy_batch\": 5}" >"$here/settings.json"
stub sync --settings "$here/settings.json" --ca-file "$ca_file"
ok "settings: a good one" exits 0
stub options adoms
ok "no settings for a list that needs them" fails 11 "There are no settings, and at least the address"
stub sync
ok "no settings" fails 11 "--set url is missing"

# ---- the command line

# usage NAME WORDS ARGUMENT...
usage()
{
    name=$1
    words=$2
    shift 2
    "$STUB" --plugin "$PLUGIN" "$@" >"$out" 2>"$err" </dev/null
    status=$?
    ok "usage: $name" fails 2 "$words"
    ok "usage: $name: nothing on standard output" [ ! -s "$out" ]
}

usage "no command" "a command is missing: describe, validate, options, sync or record"
usage "a command that there is not" "'synch' is no command" synch
usage "two commands" "'validate' is one word too many" sync validate
usage "an option that there is not" "--color" sync --color
usage "an option without its value" "needs a value" sync --set
usage "a setting without =" "--set takes KEY=VALUE, not 'url'" sync --set url
usage "a format that there is not" "--format takes table, json, ndjson or csv" sync --format xml
usage "csv of checks" "--format csv belongs to the command sync" validate --format csv
usage "a language that there is not" "--language takes en or fr" sync --language de
usage "a limit of nothing" "--limit takes a number from 1 to 10000" options adoms --limit 0
usage "a limit that is no number" "--limit takes a whole number" options adoms --limit many
usage "a filter for a sync" "--filter and --limit belong to the command options" sync --filter a
usage "options of nothing, for a program" "options needs the NAME of a setting" options --format ndjson
usage "a deadline of nothing" "--deadline takes a number from 1 to 86400" sync --deadline 0
usage "settings that are not there" "$here/none" sync --settings "$here/none"
usage "a secret that is not there" "$here/none" sync --secret-file "token=$here/none"
usage "an authority that is not there" "$here/none" sync --ca-file "$here/none"
usage "an output that cannot be" "$here/none/file" sync --output "$here/none/file"

run options colours
ok "options of a setting that has none" fails 11 "colours" "device_types, attributes, adoms"

conclude
