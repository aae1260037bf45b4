#!/bin/sh
# installed.sh - the nightly sync exactly as README.md describes it: make install, user and folders,
# the line for cron; and make uninstall removes everything.
# SPDX-License-Identifier: Apache-2.0
#
# Changes the machine: run it only on one that is discarded afterwards. As root, at the top of a
# built tree.
set -eu
SIMULATOR=build/tests/simulator/fortimanager-simulator
. tests/lib/simulator.sh

key=0123456789abcdefghijklmnopqrstuv
output=/var/lib/hector/assets.ndjson

# The indented lines below "From cron".
steps()
{
    awk '/^From cron/ { inside = 1 } /^## / { inside = 0 } inside && sub(/^    /, "")' README.md
}

# The files below /usr; of folders only those named after Hector.
listing()
{
    find /usr ! -type d -o -name hector | LC_ALL=C sort
}

# Root needs no sudo.
sudo()
{
    "$@"
}

die()
{
    echo "installed.sh: $*" >&2
    exit 1
}

# As cron does it: the user, then a command for sh.
night()
{
    user=$(echo "$line" | awk '{ print $6 }')
    command=$(echo "$line" | sed 's/^\([^ ]* *\)\{6\}//')
    setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME=/var/lib/hector \
        LOGNAME="$user" SHELL=/bin/sh PATH=/usr/bin:/bin sh -c "$command"
}

listing >"$HOME/before"
simulator_start --fgts 10 --key "$key"
printf '%s\n' "$key" >"$HOME/fortimanager.token"
printf '{"url": "%s", "ca_certificate": "%s"}\n' "$simulator_url" \
    "$(awk '{ printf "%s\\n", $0 }' "$simulator_files/certificate.pem")" >settings.json

steps >"$HOME/steps"
grep -q '^sudo make -C build install$' "$HOME/steps" || die "README.md: no make install"
line=$(grep '^[0-9]' "$HOME/steps")
grep '^sudo ' "$HOME/steps" >"$HOME/commands"
. "$HOME/commands"

night || die "the job failed"
[ "$(stat -c %U "$output")" = hector ] || die "$output is not hector's"
grep -q '"kind":"asset"' "$output" || die "no assets in $output"
cp "$output" "$HOME/good"

simulator_remove
if night 2>"$HOME/mail"; then
    die "the job did not fail without a FortiManager"
fi
grep -q 'refuses the connection' "$HOME/mail" || die "no reason for cron to mail: $(cat "$HOME/mail")"
cmp "$HOME/good" "$output" || die "the file of the last good run is gone"

make -C build uninstall
listing | diff "$HOME/before" - || die "make uninstall leaves something"
