# tap.sh - TAP from a shell test, which begins with: . "$srcdir/tests/lib/tap.sh"
# SPDX-License-Identifier: Apache-2.0
#
#   plan 2
#   ok "two files are the same" cmp one two
#   skip "a full disk" "no /dev/full"
#   finish
#
# TOOLS=all states that every tool is installed: a test that lacks a tool then fails; without
# TOOLS=all it is skipped. Files in ../shared do not count as tools.

# Runs a command with default signal handling, for example for SIGHUP below nohup.
hearing='env --default-signal=HUP'

# Tests do not read the settings of the user who runs them.
HECTOR_NO_CONFIG=1
export HECTOR_NO_CONFIG

points=0
failures=0

plan()
{
    echo "1..$1"
}

# ok DESCRIPTION COMMAND...: passes when the command succeeds; otherwise shows its output.
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

# need TOOL COMMAND...: use instead of a plan; skips the test where the command fails, because the
# tool is missing.
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
