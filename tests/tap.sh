# tap.sh - TAP from a shell test, which begins with: . "$srcdir/tests/tap.sh"
# SPDX-License-Identifier: Apache-2.0
#
#   plan 2
#   ok "two files are the same" cmp one two
#   skip "the header as C++" "no g++"
#   finish

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

# skip_all REASON: instead of a plan.
skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

finish()
{
    exit $((failures > 0))
}
