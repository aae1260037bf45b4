#!/usr/bin/env bash
# matrix.sh - follows README.md in fresh, minimal Debian roots, where a missing package is an error.
# SPDX-License-Identifier: Apache-2.0
#
#   matrix.sh [SUITE...]      default: bookworm and trixie
#
# Needs root and debootstrap, and 3 GB below ${TMPDIR:-/tmp}. Tests the HEAD of this checkout. Uses
# the mirror and proxy settings of this machine's apt.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "matrix.sh: needs root and debootstrap" >&2
    exit 2
fi
[ $# -gt 0 ] || set -- bookworm trixie
base=$(mktemp -d "${TMPDIR:-/tmp}/hector-matrix.XXXXXX")
root=$base/root
trap 'rm -rf --one-file-system "$base"' EXIT
failed=0

mirrors=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
mirror=$(grep -v security <<<"$mirrors" | head -n 1)
security=$(grep security <<<"$mirrors" | head -n 1 || true)

# pristine SUITE: makes $base/pristine, a root with the sources of apt and an ordinary user.
pristine()
{
    rm -rf --one-file-system "$base/pristine"
    debootstrap --variant=minbase --include=ca-certificates "$1" "$base/pristine" "$mirror" \
        >"$base/log" 2>&1 || {
        tail -n 5 "$base/log"
        return 1
    }
    {
        printf 'deb %s %s main\n' "$mirror" "$1" "$mirror" "$1-updates"
        [ -z "$security" ] || printf 'deb %s %s-security main\n' "$security" "$1"
    } >"$base/pristine/etc/apt/sources.list"
    apt-config dump | grep -E '^Acquire::https?::' >"$base/pristine/etc/apt/apt.conf.d/90matrix" ||
        true
    chroot "$base/pristine" useradd -m tester
}

# inside USER COMMAND: runs it in a shell in USER's copy of the tree. Mounts and processes end with
# it.
inside()
{
    local home=/home/$1
    [ "$1" != root ] || home=/root
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    if [ ! -d "$root$home/project" ]; then
        mkdir "$root$home/project"
        git -C "$top" archive HEAD | tar -x -C "$root$home/project"
        chroot "$root" chown -R "$1:" "$home/project"
    fi
    unshare --mount --pid --fork --kill-child sh -c '
        mount -t proc proc "$1/proc" && mount -t sysfs sys "$1/sys" && mount --rbind /dev "$1/dev" &&
            exec chroot --userspec="$2:$2" --groups= "$1" /usr/bin/env -i HOME="$3" USER="$2" \
                LOGNAME="$2" TERM=dumb PATH=/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin \
                bash -c "cd ~/project && $4"' sh "$root" "$1" "$home" "$2" </dev/null
}

# try NAME USER COMMAND: shows how long it took, or the end of its output.
try()
{
    local status=0 start=$SECONDS
    inside "$2" "$3" >"$base/log" 2>&1 || status=$?
    if [ $status = 0 ]; then
        printf '%s: good, %s s\n' "$1" $((SECONDS - start))
        return
    fi
    printf '%s: BAD, exit status %s, %s s\n' "$1" $status $((SECONDS - start))
    tail -n 40 "$base/log" | sed 's/^/    /'
    failed=1
}

# fresh: a new root, without anything of the earlier steps.
fresh()
{
    rm -rf --one-file-system "$root"
    cp -a "$base/pristine" "$root"
}

# shellcheck disable=SC2016 # for the shell within
no_packages='
    said=$(./bootstrap.sh demo 2>&1) && exit 1
    status=$?
    printf "%s\n" "$said"
    [ $status = 1 ] && printf "%s\n" "$said" | tail -n 1 | grep "run as root: apt-get install .*libcurl"'
# Besides what no package gives: the folder beside the project, and a mount within a chroot.
no_skips='! grep -rh "# SKIP" --include="*.log" build/tests |
    grep -v -e "[.][.]/shared" -e "allows no mount of its own"'

for suite; do
    if ! pristine "$suite"; then
        printf '%s: BAD, no root\n' "$suite"
        failed=1
        continue
    fi
    fresh
    try "$suite: demo, a user, no packages and no sudo" tester "$no_packages"
    try "$suite: demo" root './bootstrap.sh demo'
    try "$suite: demo fortigate" root './bootstrap.sh demo fortigate'
    try "$suite: demo enrich" root './bootstrap.sh demo enrich'
    try "$suite: demo fortinac" root './bootstrap.sh demo fortinac'
    try "$suite: demo, then check" root './bootstrap.sh check'
    try "$suite: no test skipped" root "$no_skips"
    try "$suite: demo, a user" tester './bootstrap.sh demo'
    try "$suite: install, cron, uninstall" root 'tests/package/installed.sh'
    fresh
    try "$suite: build" root './bootstrap.sh build'
    try "$suite: build, then demo" root './bootstrap.sh demo'
    try "$suite: build, demo, then check" root './bootstrap.sh check'
    try "$suite: no test skipped after build and demo" root "$no_skips"
done
exit $failed
