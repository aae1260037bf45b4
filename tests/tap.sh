# tap.sh - TAP from a shell test, which begins with: . "$srcdir/tests/tap.sh"
# SPDX-License-Identifier: Apache-2.0
#
#   plan 2
#   ok "two files are the same" cmp one two
#   skip "a full disk" "no /dev/full"
#   finish
#
# TOOLS=all says that every tool that a test may need is installed: a test that lacks one fails then,
# and is skipped otherwise. What lies in ../shared is no tool.

# Begins a command that must not ignore what its parent ignores, such as SIGHUP below nohup.
hearing='env --default-signal=HUP'

# No test reads the settings of whoever runs it.
HECTOR_NO_CONFIG=1
export HECTOR_NO_CONFIG

points=0
failures=0

plan()
{
    echo "1..$1"
}

# ok DESCRIPTION COMMAND...: passes when the command does; what it said is shown when it does not.
ok()
{
    description=$1
    shift
    points=$((points + 1))
    if said=$("$@" 2>&1); then
        echo "ok $points - $description"
    else
        failures=$((failures + 1))
        echo "not ok $points - $description"
        printf '%s\n' "$said" | sed 's/^/# /'
    fi
}

# skip DESCRIPTION REASON
skip()
{
    points=$((points + 1))
    echo "ok $points - $1 # SKIP $2"
}

# lacks DESCRIPTION TOOL
lacks()
{
    if [ "${TOOLS:-}" = all ]; then
        ok "$1" sh -c 'echo "no $1"; false' sh "$2"
    else
        skip "$1" "no $2"
    fi
}

# skip_all REASON: instead of a plan.
skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

# need TOOL COMMAND...: instead of a plan, where the command fails: then the tool is not there.
need()
{
    tool=$1
    shift
    if "$@" >/dev/null 2>&1; then
        return
    fi
    [ "${TOOLS:-}" = all ] || skip_all "no $tool"
    plan 1
    lacks "the tools are there" "$tool"
    finish
}

need_jsonschema()
{
    need "Python with jsonschema" [ -n "$PYTHON3" ]
}

finish()
{
    exit $((failures > 0))
}
