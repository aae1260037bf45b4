#!/usr/bin/env bash
# run.sh - changes one line of the product at a time; a test must fail each time. Prints TAP.
# SPDX-License-Identifier: Apache-2.0
#
#   bash tests/mutants/run.sh [NAME...]
#
# mutants.tsv has a row for each mutant: its name, the file, the sed script that changes it, the
# test, and words from the name of the point that must fail. The tree is copied to temporary
# folders, one for each worker, and built there once; the checkout does not change. A mutant counts
# as caught only when the point passes without it, the file still compiles, and the point then
# fails.

set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 99
map=$top/tests/mutants/mutants.tsv
workers=2
patience=120 # seconds for a test

here=$(mktemp -d "${TMPDIR:-/tmp}/hector-mutants.XXXXXX") || exit 99
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$here"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- the mutants to run

names=() files=() scripts=() tests=() words=()
while IFS=$'\t' read -r name file script test word; do
    case $name in
    '#'* | '') continue ;;
    esac
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then
        continue
    fi
    names+=("$name") files+=("$file") scripts+=("$script") tests+=("$test") words+=("$word")
done <"$map"
count=${#names[@]}
[ "$count" -gt 0 ] || {
    echo "Bail out! no such mutant"
    exit 99
}
echo "1..$count"

# ---- the trees

# copied FOLDER: copies the sources with their times, so that no file is generated again.
copied()
{
    mkdir -p "$1" && tar -C "$top" --exclude=./.git --exclude=./build --exclude=./autom4te.cache \
        -cf - . | tar -C "$1" -xf -
}

# The targets to build for a test: itself, or what a script calls.
target_of()
{
    case $1 in
    *.sh) echo test-tools ;;
    *) echo "$1" ;;
    esac
}

# built_for WORKER TEST: builds them from the sources as they are now.
built_for()
{
    local wanted
    mapfile -t wanted < <(target_of "$2")
    make -s -C "$here/$1/build" "${wanted[@]}"
}

mapfile -t targets < <(for test in "${tests[@]}"; do target_of "$test"; done | sort -u)

# Without optimisation, which would take longer than it saves. make -k goes on without a test that
# no longer exists; it is reported with its mutants.
built()
{
    copied "$here/1" && mkdir "$here/1/build" && cd "$here/1/build" &&
        ../configure -q --disable-hardening CFLAGS='-O0' && make -s -j"$workers" &&
        { make -s -k -j"$workers" "${targets[@]}" || true; }
}

if ! (built) >"$here/log" 2>&1; then
    tail -n 20 "$here/log" | sed 's/^/# /'
    echo "Bail out! the tree does not build"
    exit 99
fi
for ((worker = 2; worker <= workers; worker++)); do
    cp -a "$here/1" "$here/$worker"
done
python=$(sed -n 's/^PYTHON3 = //p' "$here/1/build/Makefile")

# ---- one test

# tested WORKER TEST OUTPUT
tested()
{
    local build=$here/$1/build run=(timeout "$patience")
    case $2 in
    *.sh) run+=(sh "$here/$1/$2") ;;
    *) run+=("./$2") ;;
    esac
    (cd "$build" && env srcdir=.. TMPDIR="$here" STUB="$build/host-stub/hector-host-stub" \
        PLUGIN="$build/plugin/.libs/fortinet.so" PLUGINS="$build/tests/plugins" \
        EXAMPLE="$build/tests/example/host" \
        SIMULATOR="$build/tests/simulator/fortimanager-simulator" ABI="$build/tests/abi" \
        ALLOCATION="$build/tests/allocation" PYTHON3="$python" \
        "${run[@]}") </dev/null >"$3" 2>&1
}

# point RESULT WORDS OUTPUT: the output has a point with that result and these words in its name.
point()
{
    grep "^$1 " "$3" | grep -v '# SKIP' | grep -q -F -- "$2"
}

# Runs the test without a mutant, once for all mutants that it must catch.
sound()
{
    local output=$here/sound/${2//\//_}
    (
        flock 9
        [ -e "$output" ] || { built_for "$1" "$2" >"$output" 2>&1 && tested "$1" "$2" "$output"; }
    ) 9>"$output.lock"
    point ok "$3" "$output" && ! point 'not ok' "$3" "$output"
}

# ---- one mutant

# mutant WORKER I: records the result.
mutant()
{
    local tree=$here/$1 file=${files[$2]} test=${tests[$2]} output=$here/output.$2 verdict status
    if ! sound "$1" "$test" "${words[$2]}"; then
        echo "not tried: $test has no good point of that name"
        return
    fi
    cp -p "$tree/$file" "$output.whole"
    if ! sed -i "${scripts[$2]}" "$tree/$file" || cmp -s "$tree/$file" "$output.whole"; then
        verdict="no longer applies to $file"
    elif ! built_for "$1" "$test" >"$output" 2>&1; then
        verdict="does not compile"
    else
        tested "$1" "$test" "$output"
        status=$?
        if point 'not ok' "${words[$2]}" "$output"; then
            verdict="caught by $test" # whatever a later point does
        elif [ $status = 124 ]; then
            verdict="hangs in $test"
        else
            verdict="SURVIVED $test"
        fi
    fi
    cp "$output.whole" "$tree/$file" # with a new time: the sound one is compiled again
    echo "$verdict"
}

work()
{
    for ((i = $1 - 1; i < count; i += workers)); do
        mutant "$1" "$i" >"$here/worker.$1" && mv "$here/worker.$1" "$here/verdict.$i"
    done
}

mkdir "$here/sound"
for ((worker = 1; worker <= workers; worker++)); do
    work "$worker" &
done

# ---- the results, in the order of mutants.tsv

caught=0
for ((i = 0; i < count; i++)); do
    while [ ! -e "$here/verdict.$i" ]; do
        sleep 0.1
    done
    verdict=$(cat "$here/verdict.$i")
    case $verdict in
    caught*)
        caught=$((caught + 1))
        echo "ok $((i + 1)) - ${names[$i]}: $verdict"
        ;;
    *)
        echo "not ok $((i + 1)) - ${names[$i]}: $verdict"
        [ ! -e "$here/output.$i" ] || tail -n 3 "$here/output.$i" | sed 's/^/# /'
        ;;
    esac
done
echo "# $caught of $count mutants were caught"
[ "$caught" = "$count" ]
