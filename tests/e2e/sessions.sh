#!/bin/sh
# sessions.sh - every run closes each session that it opens; with a key it neither logs in nor out.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

closed='one["open_sessions"] == 0 and one["logins"] == one["logouts"] == %d
    and one["credentials_before_probe"] == 0 and one["violations"] == []'

# logged_out [TIMES]: that many sessions were opened so far, and all are closed.
logged_out()
{
    seen "$(printf "$closed" "${1-1}")"
}

# ---- success

simulate --fgts 30
as_user
run sync
ok "sync" exits 0
ok "sync logs out" logged_out 1
run validate
ok "validate logs out" logged_out 2
run options adoms
ok "options logs out" logged_out 3
run options attributes
ok "options that look at devices log out" logged_out 4

simulate --fgts 30
as_key
run sync
run validate
run options adoms
run options attributes
ok "a key: nothing fails" exits 0
ok "a key never logs in or out" logged_out 0
ok "a key goes along after the first question" seen 'one["credentials_received"] >= 4'

# ---- failures during the run

# broken NAME STATUS SIMULATOR_OPTIONS COMMAND [ARGUMENT...]
broken()
{
    name=$1
    expected=$2
    options=$3
    shift 3
    simulate --fgts 30 $options
    as_user
    run "$@"
    ok "$name" exits "$expected"
    ok "$name: logged out" logged_out
}

broken "devices are refused" 13 "--deny devices" sync
broken "validate: devices are refused" 13 "--deny devices" validate
broken "switches are refused" 1 "--deny switches" sync
broken "an ADOM that does not exist" 11 "" sync --set 'adoms=["none"]'
broken "nothing but web pages after the login" 16 "--fault html-200@2xforever" sync
broken "nothing but broken connections at the end" 1 "--fault close-before@4xforever" sync
broken "a deadline" 17 "--delay-ms 1200" sync --deadline 3
broken "nothing is visible" 13 "--deny devices,adoms" sync

simulate --fgts 30 --fault session-expired@3
as_user
run sync
ok "a session that expires: whole all the same" exits 0
ok "a session that expires: two logins, and none is open" \
    seen 'one["logins"] == 2 and one["open_sessions"] == 0'
ok "a session that expires: all is reported" matches_expected --reports requests_repeated

simulate --fgts 30 --fault login-reply-lost
run sync
ok "an answer to the login that is lost" exits 14
ok "is reported: a session may stay open" reports '"login_lost" in PROBLEMS'
ok "and the password was sent once" seen 'one["logins"] == 1 and one["refused_logins"] == 0'

simulate --fgts 3 --session-limit 0
run sync
ok "all sessions are taken" fails 15 "takes no further login of hector" "Try again later"
ok "all sessions are taken: no second try" seen 'one["refused_logins"] == 1'

# ---- signals

# steps NUMBER: waits until that many requests were answered.
steps()
{
    for _ in $(seq 600); do
        [ "$(grep -c "POST /jsonrpc" "$err")" -lt "$1" ] || return 0
        sleep 0.05
    done
    return 1
}

# stopped SIGNAL REQUESTS NAME COMMAND: sends the signal during the request after these.
stopped()
{
    : >"$err"
    $hearing $RUNNER "$STUB" --plugin "$PLUGIN" --format ndjson --set "url=$simulator_url" \
        $login --ca-file "$ca_file" $4 -vv >"$out" 2>"$err" </dev/null &
    process=$!
    steps "$2" || echo "# $2 requests were not answered"
    kill -s "$1" "$process"
    wait "$process"
    status=$?
    ok "SIG$1 $3" exits 18
}

simulate --fgts 30 --delay-ms 300
as_user
out=$here/out
err=$here/err
stopped TERM 3 "while devices are read" sync
ok "logged out after SIGTERM" logged_out 1
ok "and the summary says so" reports 'KIND("summary")[0]["outcome"] == "cancelled"'
stopped INT 3 "while devices are read" sync
ok "logged out after SIGINT" logged_out 2
stopped TERM 1 "while the login is under way" sync
ok "the login is finished, and logged out of" logged_out 3
stopped HUP 3 "while devices are read" sync
ok "logged out after SIGHUP" logged_out 4
stopped QUIT 3 "while devices are read" sync
ok "logged out after SIGQUIT" logged_out 5
stopped INT 4 "in validate" validate
ok "logged out after SIGINT in validate" logged_out 6
stopped TERM 2 "in options" "options adoms"
ok "logged out after SIGTERM in options" logged_out 7
as_key
stopped TERM 3 "with a key" sync
ok "no logout with a key" logged_out 7

# ---- output that cannot be written

# ($login holds several words.)
sync_to()
{
    $RUNNER "$STUB" --plugin "$PLUGIN" --format ndjson --set "url=$simulator_url" $login \
        --ca-file "$ca_file" sync 2>"$err" </dev/null
    echo $? >"$here/status"
}

simulate --fgts 60
as_user
sync_to >&-
status=$(cat "$here/status")
ok "standard output is closed" exits 19
# The stub opens no connection when it notices at the start that it cannot write.
ok "standard output is closed: no session stays open" \
    seen 'one["open_sessions"] == 0 and one["logins"] == one["logouts"]'
sync_to | head -n 1 >"$out"
status=$(cat "$here/status")
ok "the reader went away" exits 19
ok "the reader went away: no session stays open" \
    seen 'one["open_sessions"] == 0 and one["logins"] == one["logouts"]'
if [ -c /dev/full ]; then
    sync_to >/dev/full
    status=$(cat "$here/status")
    ok "the disk is full" fails 19 "No space"
    ok "the disk is full: no session stays open" \
        seen 'one["open_sessions"] == 0 and one["logins"] == one["logouts"] > 0'
else
    skip "the disk is full" "no /dev/full"
    skip "the disk is full: no session stays open" "no /dev/full"
fi

conclude
