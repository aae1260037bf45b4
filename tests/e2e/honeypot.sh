#!/bin/sh
# honeypot.sh - no secret reaches the target of a redirect, a wrong host, a proxy, or plain http
# beyond loopback.
# SPDX-License-Identifier: Apache-2.0
#
# A second server, the honeypot, runs at an address that must get no secret. It answers as a
# FortiManager that accepts every login, and records every byte that arrives (honeypot --help).
set -u
. "$srcdir/tests/e2e/e2e.sh"

# Strings that occur nowhere else.
key=t0ken-that-stays-hidden-0123456789
password=p4ssword-that-stays-hidden
honeypots=0

# honeypot OPTION...: starts one more. Sets $honeypot_port, $honeypot_record and
# $honeypot_certificate.
honeypot()
{
    honeypots=$((honeypots + 1))
    honeypot_record=$here/honeypot-$honeypots.record
    honeypot_certificate=$here/honeypot-$honeypots.pem
    "${SIMULATOR%/*}/honeypot" --port-file "$here/honeypot-$honeypots.port" --record "$honeypot_record" \
        --certificate-file "$honeypot_certificate" "$@" &
    servers="$servers $!"
    wait_for [ -s "$here/honeypot-$honeypots.port" ] || exit 1
    honeypot_port=$(cat "$here/honeypot-$honeypots.port")
}

wait_for()
{
    for _ in $(seq 300); do
        "$@" && return
        sleep 0.1
    done
    echo "waited in vain for: $*" >&2
    return 1
}

# recorded WORDS: the honeypot received this. The record is binary.
recorded()
{
    LC_ALL=C grep -a -q -i -F -e "$1" "$honeypot_record"
}

saw_nothing()
{
    [ ! -s "$honeypot_record" ] || {
        od -c "$honeypot_record" | head -n 40
        return 1
    }
}

# Looks for the secrets as they are and in the form of Basic authentication.
saw_no_secret()
{
    for secret in "$key" "$password" Authorization Bearer Basic passwd session= '"session"'; do
        ! recorded "$secret" || {
            echo "the honeypot saw: $secret"
            return 1
        }
    done
}

saw_no_http()
{
    saw_no_secret || return 1
    for word in " HTTP/1." "POST " Host: jsonrpc; do
        ! recorded "$word" || {
            echo "the honeypot saw: $word"
            return 1
        }
    done
}

# Requires a connection, so that the absence of secrets means something.
shook_hands_only()
{
    recorded '[connection]' && saw_no_http
}

# refused STATUS TEXT...: the run ended so, and the honeypot received nothing.
refused()
{
    fails "$@" && saw_nothing
}

# ---- the honeypot itself: a client that trusts it sends its secrets, so that the tests prove
# something

honeypot
simulator_url=http://127.0.0.1:$honeypot_port
as_key
run sync
ok "the honeypot sees a key that is sent to it" recorded "Bearer $key"
as_user
run sync
ok "the honeypot sees a password that is sent to it" recorded "$password"
ok "and the session that it gave" recorded a-session-of-the-honeypot
ok "no cookie is sent back" eval '! recorded "Cookie: honeypot"'

# ---- redirects

# The requests to redirect, by their position in a run with several pages of devices: a key has no
# login and no logout. The slowest runs come first.
kinds()
{
    echo "key page 4
user page 5
key probe 1
user probe 1
key data 2
user login 2
user data 3
user logout $last"
}

topology="--fgts 1300 --switches 0 --access-points 0 --key $key --password $password"

simulate $topology
as_user
run sync
ok "a run with pages" exits 0
report
last=$(query "$here/report" 'print(one["requests"]) or True')
ok "pages and a logout" seen 'one["urls"]["/dvmdb/device"]["count"] > 4 and one["logouts"] == 1'

# A redirect of the first two means that the address is no FortiManager; later it is an invalid
# answer. The logout ends a run that has already delivered everything.
redirected()
{
    case $1 in
    probe) exits 16 && saw_nothing ;;
    login) refused 16 "The answer of " " to /sys/login/user is not valid JSON-RPC" ;;
    data) refused 16 "HTTP $2" ;;
    page) exits 1 && matches_expected --partial && saw_nothing ;;
    logout) exits 0 && matches_expected && saw_nothing ;;
    esac
}

end_redirects()
{
    while read -r name; do
        set -- $(echo "$name" | tr - ' ')
        recall "$name"
        ok "$1: a $3 of the $2: it is not followed" redirected "$2" "$3"
    done <"$here/names"
    : >"$here/names"
}

honeypot
: >"$here/names"
kinds >"$here/kinds"
while read -r login_as kind position; do
    as_$login_as
    for redirect in 301 302 303 307 308; do
        name=$login_as-$kind-$redirect
        target=http://127.0.0.1:$honeypot_port/$name
        [ $((redirect % 2)) = 0 ] || target=https://127.0.0.1:$honeypot_port/$name
        apart "$name" "$topology --redirect $redirect@$position=$target" sync -v
        echo "$name" >>"$here/names"
    done
    [ "$(wc -l <"$here/names")" -lt 20 ] || end_redirects
done <"$here/kinds"

# ---- a host with the wrong certificate: TLS fails

for kind in wrong-name expired unknown; do
    honeypot --certificate $kind
    simulator_url=https://127.0.0.1:$honeypot_port
    ca_file=$honeypot_certificate
    case $kind in
    wrong-name) sentence="another name" ;;
    expired) sentence="expired" ;;
    unknown) sentence="not trusted" ;;
    esac
    for login_as in key user; do
        as_$login_as
        run sync
        ok "$kind certificate, $login_as" fails 14 "certificate"
        # The certificate is read, too, on a connection of its own.
        run validate
        ok "$kind certificate, validate, $login_as" fails 14 "certificate"
    done
    ok "$kind certificate: no HTTP" shook_hands_only
done

# Certificates that the environment trusts are not trusted.
honeypot
ca_file=
simulator_url=https://127.0.0.1:$honeypot_port
as_key
SSL_CERT_FILE=$honeypot_certificate CURL_CA_BUNDLE=$honeypot_certificate run sync
ok "an authority of the environment's" fails 14 "not trusted"
ok "an authority of the environment's: no HTTP" shook_hands_only

# ---- a trusted host that is no FortiManager

for what in fortigate html; do
    honeypot --serve $what
    simulator_url=https://127.0.0.1:$honeypot_port
    ca_file=$honeypot_certificate
    for login_as in key user; do
        as_$login_as
        run sync
        ok "$what, $login_as" exits 16
        run validate
        ok "$what, validate, $login_as" exits 16
    done
    ok "$what was asked what it is" recorded "POST /jsonrpc"
    ok "$what saw no secret" saw_no_secret
done

# ---- what a FortiNAC needs before its token leaves

honeypot
simulator_url=https://127.0.0.1:$honeypot_port
as_key
login="--set source=fortinac"
ca_file=
for command in sync validate; do
    run $command
    ok "FortiNAC, $command: an untrusted certificate" fails 14 "not trusted"
    run $command --set verify_tls=false
    ok "FortiNAC, $command: no check of the certificate" exits 11
done
ok "FortiNAC: the honeypot saw no secret" saw_no_secret
honeypot --serve fortigate
simulator_url=https://127.0.0.1:$honeypot_port
ca_file=$honeypot_certificate
run sync --set source=auto
ok "FortiNAC: its token is not sent to what is no FortiManager or FortiGate" exits 16
ok "FortiNAC: the other system saw no secret" saw_no_secret
login=

# ---- plain http beyond loopback

# An address of this machine other than loopback. Connecting a datagram socket sends nothing.
address=$("$PYTHON3" -c '
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.connect(("192.0.2.1", 9))
    print(s.getsockname()[0])' 2>/dev/null)
case $address in
'' | 127.*)
    skip "plain http beyond loopback" "this machine has no other address"
    ;;
*)
    honeypot --address "$address"
    for login_as in key user; do
        as_$login_as
        for command in sync validate "options adoms"; do
            run $command --set "url=http://$address:$honeypot_port"
            ok "plain http to another address, $command, $login_as" refused 11 "Plain http"
        done
    done
    ;;
esac

# ---- proxies and files of the environment

# The files and variables that the curl program reads all lead to the honeypot.
home=$here/home
spoil_home()
{
    mkdir -p "$home/.config"
    echo "machine 127.0.0.1 login netrc-user password netrc-password" >"$home/.netrc"
    cp "$home/.netrc" "$home/_netrc"
    echo "proxy = http://127.0.0.1:$honeypot_port" >"$home/.curlrc"
    cp "$home/.curlrc" "$home/_curlrc"
    cp "$home/.curlrc" "$home/.config/curlrc"
}

in_spoilt_environment()
{
    (
        proxy=http://127.0.0.1:$honeypot_port
        for name in http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY; do
            export "$name=$proxy"
        done
        export HOME="$home" CURL_HOME="$home" XDG_CONFIG_HOME="$home/.config" NETRC="$home/.netrc"
        export NO_PROXY="$1" no_proxy="$1"
        shift
        run "$@"
        echo "$status" >"$here/status"
    )
    status=$(cat "$here/status")
    expected_file=$simulator_files/expected.json
    out=$here/out
    err=$here/err
}

simulate --fgts 30 --key "$key" --password "$password"
honeypot
spoil_home
for login_as in key user; do
    as_$login_as
    for around in "" elsewhere.example; do
        in_spoilt_environment "$around" sync
        ok "proxies of the environment, $login_as, NO_PROXY=$around" exits 0
        in_spoilt_environment "$around" validate
        ok "proxies of the environment, validate, $login_as, NO_PROXY=$around" exits 0
    done
done
ok "proxies of the environment, .curlrc: they are not asked" saw_nothing

# The honeypot plays the FortiManager itself, to show what would be added to a request.
https_url=$simulator_url
honeypot
spoil_home
simulator_url=http://127.0.0.1:$honeypot_port
as_user
in_spoilt_environment 127.0.0.1 sync
ok ".netrc: the requests came" recorded "POST /jsonrpc"
ok ".netrc gives nothing away" eval '! recorded Authorization && ! recorded netrc'

# ---- the proxy that the host sets: only a tunnel, and no request outside it

simulator_url=$https_url
ca_file=$simulator_files/certificate.pem
honeypot --serve proxy
for login_as in key user; do
    as_$login_as
    in_spoilt_environment 127.0.0.1 sync --proxy "http://127.0.0.1:$honeypot_port"
    ok "through a proxy, $login_as: whole" exits 0
    ok "through a proxy, $login_as: what is expected" matches_expected
done
ok "the proxy was asked for a tunnel" recorded "CONNECT ${https_url#https://} HTTP/1.1"
ok "and led there" recorded "[tunnel]"
ok "the proxy saw no secret" saw_no_secret
ok "nor any request" eval '! recorded "POST " && ! recorded jsonrpc'

# A proxy that answers in place of the target.
honeypot
for login_as in key user; do
    as_$login_as
    run sync --proxy "http://127.0.0.1:$honeypot_port"
    ok "a proxy that is the target itself, $login_as" fails 14 "not trusted"
done
ok "it was asked for a tunnel" recorded "CONNECT ${https_url#https://} HTTP/1.1"
ok "it saw no secret" saw_no_secret
ok "nor any request" eval '! recorded "POST " && ! recorded jsonrpc'

# Plain http would reach the proxy unencrypted.
honeypot
simulate --fgts 3 --plain-http --key "$key" --password "$password"
simulator_url=http${simulator_url#https}
for login_as in key user; do
    as_$login_as
    run sync --proxy "http://127.0.0.1:$honeypot_port"
    ok "plain http through a proxy, $login_as" refused 11 "Plain http"
done

# ---- FortiManager Cloud: only FortiCloud gets the password, only the FortiManager gets the token

as_api_user()
{
    unset HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD
    HECTOR_SECRET_FORTICLOUD_PASSWORD=$password
    export HECTOR_SECRET_FORTICLOUD_PASSWORD
    login="--set forticloud_user=hector --forticloud-url ${1-$simulator_url}"
}

# The POSTs of a run: the probe, FortiCloud, the session, data.
honeypot
for redirect in 301 302 303 307 308; do
    for position in 2 3 4; do
        target=http://127.0.0.1:$honeypot_port/
        [ $((redirect % 2)) = 0 ] || target=https://127.0.0.1:$honeypot_port/
        simulate --serve cloud --fgts 3 --adoms-disabled --password "$password" \
            --redirect "$redirect@$position=$target"
        as_api_user
        run sync
        case $position in
        2) sentence="not with a token of FortiCloud" ;;
        *) sentence="is not valid JSON-RPC" ;;
        esac
        ok "FortiManager Cloud: a $redirect of POST $position: it is not followed" refused 16 "$sentence"
    done
done

simulate --serve cloud --fgts 3 --adoms-disabled --password "$password"
forticloud=$simulator_url
honeypot
as_api_user
simulator_url=http://127.0.0.1:$honeypot_port
run sync
ok "a FortiManager that is none sees the token of FortiCloud" recorded '"access_token"'
ok "but not its password" eval '! recorded "$password" && ! recorded Authorization'

simulator_url=$forticloud
for kind in wrong-name expired unknown; do
    honeypot --certificate $kind
    as_api_user "https://127.0.0.1:$honeypot_port"
    run sync --set verify_tls=false
    ok "FortiCloud with a certificate that is $kind, unchecked the FortiManager's" fails 14 certificate
    ok "FortiCloud with a certificate that is $kind: no HTTP" shook_hands_only
done

honeypot --serve proxy
as_api_user
run sync --proxy "http://127.0.0.1:$honeypot_port"
ok "FortiManager Cloud through a proxy" exits 0
ok "both were reached through it" [ "$(LC_ALL=C grep -a -c '^CONNECT ' "$honeypot_record")" -ge 2 ]
ok "FortiManager Cloud through a proxy, which saw no secret" saw_no_secret

# FortiCloud does not answer.
honeypot --serve nothing
as_api_user "http://127.0.0.1:$honeypot_port"
run sync --set timeout_s=5 --deadline 3
ok "FortiCloud says nothing until the deadline" fails 17 "The time given"
out=$here/out
err=$here/err
: >"$honeypot_record"
"$STUB" --plugin "$PLUGIN" --set "url=$simulator_url" --ca-file "$ca_file" $login sync \
    >"$out" 2>"$err" </dev/null &
process=$!
wait_for recorded "$password"
kill -s TERM "$process"
wait "$process"
status=$?
ok "cancelled while FortiCloud says nothing" exits 18
ok "and no session was asked for" seen 'one["logins"] == 1'
unset HECTOR_SECRET_FORTICLOUD_PASSWORD
simulator_url=$https_url

# ---- other places where a secret could be: the process while it waits, and its core dump

honeypot --serve nothing
as_key
unset HECTOR_SECRET_TOKEN
printf '%s\n' "$key" >"$here/token"
chmod 600 "$here/token"
out=$here/out
err=$here/err

# start_waiting: the stub, in a folder of its own, waits for an answer that never comes.
start_waiting()
{
    : >"$honeypot_record"
    mkdir -p "$here/folder"
    (
        cd "$here/folder" && ulimit -c unlimited 2>/dev/null
        exec "$STUB" --plugin "$PLUGIN" --set "url=$1://127.0.0.1:$honeypot_port" \
            --secret-file "token=$here/token" sync >"$out" 2>"$err" </dev/null
    ) &
    process=$!
    wait_for [ -s "$honeypot_record" ] && wait_for recorded "$2"
}

hides_secret()
{
    [ -r "/proc/$process/$1" ] || return 0
    ! tr '\0' '\n' <"/proc/$process/$1" | grep -F "$key"
}

has_no_children()
{
    [ -z "$(cat "/proc/$process/task"/*/children 2>/dev/null)" ]
}

leaves_no_core()
{
    grep -E '^Max core file size +0 +0 ' "/proc/$process/limits"
}

if [ -d "/proc/$$" ]; then
    start_waiting http "POST /jsonrpc"
    ok "the command line holds no secret" hides_secret cmdline
    ok "the environment holds no secret" hides_secret environ
    ok "there is no child" has_no_children
    ok "there will be no core" leaves_no_core
    kill -s ABRT "$process"
    wait "$process" 2>/dev/null
    ok "a crash leaves nothing" [ -z "$(ls -A "$here/folder")" ]
else
    skip "the process while it waits" "no /proc"
fi

# The peer never completes the handshake: only the signal ends the run.
start_waiting https '[connection]'
kill -s TERM "$process"
wait "$process"
status=$?
ok "cancelled within a TLS handshake that never ends" exits 18
ok "and nothing but a handshake was sent" saw_no_http

conclude
