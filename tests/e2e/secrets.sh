#!/bin/sh
# secrets.sh - no secret reaches any output, at any log level.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# Strings that occur nowhere else. The simulator's device rows hold CANARY wherever a FortiManager
# has a password or key; its sessions end in "==".
key=t0ken-that-stays-hidden-0123456789
password='p4ssword "that" must\stay hidden'
everything_said=$here/said
collects=no

# holds WORD...: prints the lines of the last run that hold one of the words.
holds()
{
    grep -F "$@" "$out" "$err" "$here/file" 2>/dev/null | cut -c 1-300
}

keeps_secrets()
{
    cat "$out" "$err" "$here/file" >>"$everything_said" 2>/dev/null
    [ -s "$err" ] || {
        echo "no log"
        return 1
    }
    ! holds -e "$key" -e "$password" -e 'p4ssword' -e CANARY -e '"session"' -e '"passwd"' \
        -e Bearer -e Authorization | grep .
}

every_attribute=$(every_attribute meta.site_id)

# all_ways NAME: every command and format, to standard output and to a file.
all_ways()
{
    for login_as in as_key as_user; do
        $login_as
        for format in table json ndjson csv; do
            run sync -vvvv --format $format --set "attributes=$every_attribute"
            ok "$1, $login_as: sync as $format" keeps_secrets
        done
        rm -f "$here/file"
        run sync -vvvv --output "$here/file"
        ok "$1, $login_as: sync to a file" keeps_secrets
        rm -f "$here/file"
        for command in validate "options adoms" "options attributes"; do
            run $command -vvvv --format json
            ok "$1, $login_as: $command" keeps_secrets
        done
    done
}

simulate --fgts 30 --key "$key" --password "$password"
all_ways "7.4.7"
ok "the runs were what they should be" exits 0

simulate --fgts 30 --key "$key" --password "$password" --version 7.0
as_user
run sync -vvvv --set "attributes=$every_attribute"
ok "7.0: sync" keeps_secrets

# ---- FortiCloud: its tokens begin with CANARY, and so do those of virtual machines, which activate them

# enriched FORTICLOUD_OPTION...: both enrichments, from a FortiCloud of its own.
enriched()
{
    forticloud_start --password "$password" "$@"
    ca_file=$forticloud_files/both.pem
    as_key
    HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    login="--set forticloud_user=hector --forticloud-url $forticloud_url"
    login="$login --set enrich=[\"asset_management\",\"fortiflex\"]"
}

simulate --fgts 30 --key "$key" --password "$password"
enriched
for format in table json ndjson csv; do
    run sync -vvvv --format $format
    ok "FortiCloud: sync as $format" keeps_secrets
done
ok "FortiCloud: the runs were what they should be" exits 0
run validate -vvvv
ok "FortiCloud: validate" keeps_secrets
for fault in token-in-message@2 token-in-message@3 token-in-message@5 close-amid@2xforever \
    truncated@1xforever redirect@1xforever http-500@5 html-200@2; do
    enriched --page-size 50 --fault "$fault"
    run sync -vvvv
    ok "FortiCloud: $fault" keeps_secrets
done
enriched --deny assetmanagement,flexvm
run sync -vvvv
ok "FortiCloud: no permission" keeps_secrets
HECTOR_SECRET_FORTICLOUD_PASSWORD="p4ssword for another one"
run sync -vvvv
ok "FortiCloud: a wrong password" keeps_secrets
as_key
ca_file=$simulator_files/certificate.pem

# ---- EMS: its sessions end in "==", its cookies against forgery and its codes begin with CANARY

FORTIMANAGER=$SIMULATOR
SIMULATOR=$EMS_SIMULATOR
access_key=$key
# of_ems NAME LOGIN OPTION...: a sync and a validate of an EMS of its own.
of_ems()
{
    name=$1
    as=$2
    shift 2
    simulate --machines 8 --password "$password" --key "$key" "$@"
    $as
    for command in "sync" "validate"; do
        run $command -vvvv
        ok "EMS, $name: $command" keeps_ems_secrets
    done
}
keeps_ems_secrets()
{
    keeps_secrets && ! holds -e '==' | grep .
}
of_ems "on premises" as_ems
ok "EMS: the runs were what they should be" exits 0
of_ems "in the cloud" as_ems_cloud --cloud
ok "EMS Cloud: the runs were what they should be" exits 0
for fault in session-in-message@5 session-in-message@8 close-amid@2 truncated@2 redirect@2 html-200@2; do
    of_ems "$fault" as_ems --fault "$fault"
    of_ems "$fault, in the cloud" as_ems_cloud --cloud --fault "$fault"
done
# ---- a FortiNAC

SIMULATOR=$NAC_SIMULATOR
simulate --token "$key"
as_key
login="--set source=fortinac"
for format in table json ndjson csv; do
    run sync -vvvv --format $format --set "attributes=$(every_attribute)"
    ok "FortiNAC: sync as $format" keeps_secrets
done
ok "FortiNAC: the runs were what they should be" exits 0
run validate -vvvv
ok "FortiNAC: validate" keeps_secrets
for fault in token-echoed@2 token-echoed@3xforever token-revoked@2 http-403@2 close-amid@2xforever \
    truncated@2xforever redirect@2xforever failure@2 html-200@2; do
    simulate --token "$key" --page-cap 30 --fault "$fault"
    for command in sync validate; do
        run $command -vvvv
        ok "FortiNAC: $fault, $command" keeps_secrets
    done
done
simulate
run validate -vvvv
ok "FortiNAC: a wrong token" keeps_secrets
SIMULATOR=$FORTIMANAGER
as_key

# ---- libcurl would log the keys of its connections to the file in this variable

simulate --fgts 3 --key "$key"
as_key
SSLKEYLOGFILE=$here/keys
export SSLKEYLOGFILE
run sync
unset SSLKEYLOGFILE
ok "the run with SSLKEYLOGFILE was good" exits 0
ok "no TLS key is written to a file" [ ! -e "$here/keys" ]

# ---- failing runs

# fails_quietly NAME SIMULATOR_OPTIONS
fails_quietly()
{
    simulate --fgts 3 $2 --password "$password" --key "$key"
    for login_as in as_key as_user; do
        $login_as
        run sync -vvvv
        ok "$1, $login_as" keeps_secrets
    done
}

simulate --fgts 3
as_user
run sync -vvvv
ok "a wrong password" keeps_secrets
ok "was wrong" exits 12
run validate -vvvv
ok "validate with a wrong password" keeps_secrets
as_key
HECTOR_SECRET_TOKEN="$key with a
line break"
run sync -vvvv
ok "a token of two lines" keeps_secrets
fails_quietly "half of an answer" "--fault close-amid@3xforever"
fails_quietly "a server that hangs up" "--fault close-before@2xforever"
fails_quietly "a web page" "--serve html"
fails_quietly "an answer to the login that is lost" "--fault login-reply-lost"
fails_quietly "a session that ends" "--fault session-expired@3"
fails_quietly "no JSON API access" "--deny login"
fails_quietly "an untrusted certificate" "--certificate unknown"

# Without a list of fields, a row holds all its columns.
simulate --fgts 30 --key "$key" --fault status-minus-1@3x3
as_key
run sync -vvvv
ok "rows with every column: the canaries came" seen 'one["bytes_sent"] > 90000'
ok "rows with every column" keeps_secrets
ok "rows with every column: what is expected" exits 0

# ---- session ids: the simulator gives each 127 letters that end in "=="

no_session()
{
    ! grep -E '[A-Za-z0-9+/]{60,}==' "$everything_said" | grep -v 'BEGIN CERT' | cut -c 1-300 | grep .
}

ok "no session id" no_session
ok "something was said" [ "$(wc -c <"$everything_said")" -gt 100000 ]

plan "$points"
finish
