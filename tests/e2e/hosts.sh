#!/bin/sh
# hosts.sh - hosts that refuse, cancel or give unusual secrets get the right codes; no session stays
# open.
# SPDX-License-Identifier: Apache-2.0
#
# ABI  the folder of the program hostile
set -u
. "$srcdir/tests/e2e/e2e.sh"

# How the program logs in from here on; the members of a request that say so.
by_key()
{
    unset PASSWORD
    TOKEN=$key
    export TOKEN
    settings='"settings":{"url":"'$simulator_url'"}'
    settings=$settings',"host":{"allow_loopback":true,"ca_file":"'$ca_file'"}'
}

by_user()
{
    by_key
    unset TOKEN
    PASSWORD=$password
    export PASSWORD
    settings=$(echo "$settings" | sed 's/"},/","username":"hector"},/')
}

# hostile OPERATION REQUEST BEHAVIOUR: runs the program, which checks the contract itself.
hostile()
{
    "$ABI/hostile" "$PLUGIN" "$@" >"$here/said"
    status=$?
    cat "$here/said"
    sed -n "s/ runs$/ $1 $3/p" "$here/said" >>"$here/runs"
    return "$status"
}

# ends CODE REASON FIELD OPERATION REQUEST BEHAVIOUR: the end of the program's last run.
ends()
{
    expected="$1 $2 $3"
    shift 3
    hostile "$@" && [ "$(tail -n 1 "$here/said")" = "$expected" ]
}

# closed SESSIONS: more sessions than that were opened so far, and all are closed.
closed()
{
    seen "one['open_sessions'] == 0 and one['logins'] == one['logouts'] > $1
        and one['violations'] == []"
}

# ---- emit refuses each document in turn

simulate --fgts 12
by_user
adoms='"option":"adoms"'
ok "describe: emit refuses" hostile describe '{}' refuse
ok "validate: emit refuses" hostile validate "{$settings}" refuse
ok "ADOMs: emit refuses" hostile list_options "{$adoms,$settings}" refuse
ok "attributes: emit refuses" hostile list_options "{\"option\":\"attributes\",$settings}" refuse
ok "sync: emit refuses" hostile sync "{$settings}" refuse
ok "emit refuses: the sessions are closed" closed 50
by_key
ok "sync by a key: emit refuses" hostile sync "{$settings}" refuse

# ---- cancelled returns true at each poll in turn

by_user
for operation in validate list_options sync; do
    ok "$operation: cancelled" hostile $operation "{$adoms,$settings}" cancel
    ok "$operation: cancelled once" hostile $operation "{$adoms,$settings}" once
done
ok "cancelled: the sessions are closed" closed 100
by_key
ok "sync by a key: cancelled" hostile sync "{$settings}" cancel

# ---- callbacks that are missing, or do more than they should

by_user
for operation in validate list_options sync; do
    for behaviour in tables quiet levels nested; do
        ok "$operation: $behaviour" ends 0 "" "" $operation "{$adoms,$settings}" $behaviour
    done
done
ok "callbacks: the sessions are closed" closed 150

# ---- secrets

# secret BEHAVIOUR CODE TOKEN_REASON PASSWORD_REASON: what validate and sync return for it.
secret()
{
    by_key
    ok "token $1" ends "$2" "$3" "${3:+token}" validate "{$settings}" "$1"
    by_user
    ok "password $1" ends "$2" "$4" "${4:+password}" sync "{$settings}" "$1"
}
simulate --fgts 2
secret absent -1 credentials_missing password_missing
secret unknown -1 credentials_missing password_missing
secret unset -1 credentials_missing password_missing
secret garbage -1 credentials_missing password_missing
secret long -1 secret_too_long secret_too_long
secret huge -1 secret_too_long secret_too_long
secret unwritten -1 secret_not_printable secret_not_text
ok "no login was tried without a secret" \
    seen "one['logins'] == one['refused_logins'] == one['credentials_received'] == 0"
secret beyond 0 "" ""
secret changing 0 "" ""
ok "secrets: the sessions are closed" closed 1
simulate --fgts 2 --fault session-expired@3
by_user
ok "a password that changes before the second login is refused" \
    ends -2 login_refused "" sync "{$settings}" changing
ok "and was sent once" seen "one['logins'] == 1 and one['refused_logins'] == 1"

awk '{ n += $1 } $3 ~ /refuse|cancel|once/ { print "# " $2 ", " $3 ": " $1 " runs" }
    END { print "# " n " runs in all" }' "$here/runs"
plan "$points"
finish
