#!/usr/bin/env bash
# bootstrap.sh - builds, demonstrates, tests or measures a fresh clone, in one command.
# SPDX-License-Identifier: Apache-2.0
set -eu

usage()
{
    cat <<'END'
Usage: ./bootstrap.sh build|demo [fortigate|enrich|ems|fortinac]|check|bench [--yes]

  build   make build/host-stub/hector-host-stub and build/plugin/.libs/fortinet.so
  demo    validate and sync against a simulated FortiManager on this machine; demo fortigate:
          against a simulated FortiGate; demo enrich: with a simulated FortiCloud, which knows
          warranty, support and FortiFlex; demo ems: against a simulated FortiClient EMS; demo
          fortinac: against a simulated FortiNAC
  check   run every test, then those of numbers and texts where the decimal point is a comma
  bench   measure a sync of 1000 simulated FortiGates

  --yes   install missing packages without asking

On Debian and Ubuntu, missing packages are installed with apt-get; elsewhere they are listed.
END
}

say()
{
    printf 'bootstrap.sh: %s\n' "$*" >&2
}

die()
{
    say "$@"
    exit 1
}

command=
demo=
yes=
ci=${CI-}
for argument; do
    case $argument in
    build | demo | check | bench)
        [ -z "$command" ] || die "one command at a time: $command or $argument"
        command=$argument
        ;;
    fortigate | enrich | ems | fortinac)
        [ "$command" = demo ] || die "$argument belongs to demo: demo $argument"
        demo=$argument
        ;;
    --yes) yes=yes ;;
    -h | --help)
        usage
        exit
        ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
done
if [ -z "$command" ]; then
    usage >&2
    exit 2
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

# The packages that the command needs, by their names in Debian.
packages()
{
    echo build-essential autoconf automake libtool autoconf-archive pkg-config
    echo libcurl4-openssl-dev libjson-c-dev libssl-dev libltdl-dev
    [ "$command" = build ] || echo libcunit1-dev libmicrohttpd-dev
    # A missing tool fails a test instead of skipping it: see TOOLS in tests/lib/tap.sh.
    [ "$command" != check ] || echo locales python3 python3-jsonschema clang mandoc
    [ "$command" != bench ] || echo time
}

missing_packages()
{
    local package
    for package in $(packages); do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            echo "$package"
    done
}

install_missing()
{
    local missing sudo='' answer
    missing=$(missing_packages | xargs)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            die "packages are missing, and so is sudo; run as root: apt-get install $missing"
        sudo=sudo
        if [ -z "$yes" ]; then
            [ -t 0 ] || die "packages are missing; run: sudo apt-get install $missing"
            read -r -p "Run: sudo apt-get install $missing ? [y/N] " answer
            [[ $answer == [yY]* ]] || die "nothing was installed"
        fi
    fi
    say "installing $missing"
    $sudo apt-get update -q
    # Word splitting is wanted: one argument a package.
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $missing
}

need_tools()
{
    local tool
    for tool in autoreconf aclocal automake libtoolize pkg-config make cc; do
        command -v "$tool" >/dev/null || die "$tool is missing. By Debian's names, this needs:" \
            "$(packages | xargs)"
    done
}

# Configures again, because packages may have been installed, upgraded or removed since. Keeps the
# options of the last configuration.
configure()
{
    local newer=yes
    [ ! -f configure ] || newer=$(find configure.ac Makefile.am -newer configure &&
        find . -path ./build -prune -o -name Makefile.inc -newer configure -print)
    if [ -n "$newer" ]; then
        need_tools
        autoreconf -i >&2
    fi
    say "configuring"
    mkdir -p build
    cd build
    if [ -f config.status ]; then
        ./config.status -q --recheck >&2
        ./config.status -q >&2
    else
        ../configure -q ${ci:+--enable-werror} >&2
    fi
    cd ..
}

# built TARGET...: after a failure, builds the targets again one by one: the reason comes last.
built()
{
    make -C build -j"$jobs" "$@" || make -C build "$@"
}

# The number after "# NAME:" in the summaries of both test runs.
count()
{
    awk -v name="$1:" '$1 == "#" && $2 == name { n += $3 } END { print n + 0 }' \
        build/test-suite.log build/test-suite-locale.log
}

check()
{
    local failed=0 passed
    built check TESTS=
    rm -f build/test-suite.log build/test-suite-locale.log
    # Most tests wait for a peer, so run more of them than there are processors.
    make -C build -j$((jobs * 3)) check </dev/null || failed=1
    make -C build -j$((jobs * 3)) check-locale </dev/null || failed=1
    if [ ! -f build/test-suite.log ] || [ ! -f build/test-suite-locale.log ]; then
        die "check FAILED: the tests could not be run, see above"
    fi
    passed=$(count PASS)
    if [ $failed != 0 ] || [ "$passed" = 0 ]; then
        awk -f tests/lib/failures.awk build/test-suite.log build/test-suite-locale.log >&2
        die "check FAILED: $(($(count FAIL) + $(count ERROR) + $(count XPASS))) failed," \
            "$passed passed: see build/test-suite.log and build/test-suite-locale.log"
    fi
    say "check passed: $passed tests, $(count SKIP) skipped"
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_missing
    export TOOLS=all
fi
configure
jobs=$(nproc 2>/dev/null || echo 2)
case $command in
build)
    built all
    say "built build/host-stub/hector-host-stub and build/plugin/.libs/fortinet.so"
    ;;
check) check ;;
demo | bench)
    built all tests/simulator/fortimanager-simulator tests/simulator/fortigate-simulator \
        tests/simulator/forticloud-simulator tests/simulator/ems-simulator \
        tests/simulator/fortinac-simulator >&2
    make -C build -s "$command" DEMO="$demo"
    ;;
esac
