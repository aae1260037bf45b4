# steps.sh - the steps of .ci/run and .ci/full. Source it at the top of the tree.
# SPDX-License-Identifier: Apache-2.0

passed=0
failed=0
broken=()
jobs=$(nproc 2>/dev/null || echo 2)

reasons=$(mktemp) || exit 1
trap 'rm -f "$reasons"' EXIT

# Warnings are errors, and a missing tool fails a test instead of skipping it.
export CI=true TOOLS=all

# installed PACKAGE...
installed()
{
    apt-get install -q -y --no-install-recommends "$@" ||
        { apt-get update -q && apt-get install -q -y --no-install-recommends "$@"; }
}

# logged NAME FOLDER: the number after "# NAME:" in the summaries of the test runs in FOLDER.
logged()
{
    find "$2" -maxdepth 1 -name 'test-suite*.log' -exec cat {} + 2>/dev/null |
        awk -v name="$1:" '$1 == "#" && $2 == name { n += $3 } END { print n + 0 }'
}

# tally NAME PASSED FAILED
tally()
{
    passed=$((passed + $2))
    failed=$((failed + $3))
    [ "$3" = 0 ] || broken+=("$1")
    printf '\n== %s: %d good, %d bad\n' "$1" "$2" "$3"
}

# step NAME COMMAND...: counts as one test.
step()
{
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    if "$@" </dev/null; then
        tally "$name" 1 0
    else
        tally "$name" 0 1
    fi
}

# tested NAME FOLDER COMMAND...: counts the tests that the command ran in FOLDER. A command that
# fails or runs no test, but reports no failed test, counts as one failed test.
tested()
{
    local name=$1 folder=$2 status=0 good bad
    shift 2
    printf '\n== %s\n' "$name"
    rm -f "$folder"/test-suite*.log
    "$@" </dev/null || status=$?
    good=$(logged PASS "$folder")
    bad=$(($(logged FAIL "$folder") + $(logged ERROR "$folder") + $(logged XPASS "$folder")))
    if [ "$bad" = 0 ] && { [ "$status" != 0 ] || [ "$good" = 0 ]; }; then
        bad=1
    fi
    if [ "$bad" != 0 ]; then
        printf '\n== %s\n' "$name" >>"$reasons"
        cat /dev/null "$folder"/test-suite*.log 2>/dev/null |
            awk -f tests/lib/failures.awk >>"$reasons"
    fi
    tally "$name" "$good" "$bad"
}

# configured FOLDER ARGUMENT...: a fresh configuration in FOLDER, which must be two levels deep in
# build/.
configured()
{
    local folder=$1
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    (cd "$folder" && ../../../configure -q "$@") || {
        tail -n 40 "$folder/config.log"
        return 1
    }
}

# check_compiled FOLDER: without the tests that read the sources only, which pass or fail for every
# compiler alike; the first step runs them.
check_compiled()
{
    make -C "$1" -j$((jobs * 3)) check TESTS='$(compiled_tests)'
}

sanitized()
{
    configured build/ci/sanitizers --enable-sanitizers=address,undefined --enable-werror \
        CFLAGS='-g -O1' && check_compiled build/ci/sanitizers
}

with_clang()
{
    configured build/ci/clang --enable-werror CC=clang && check_compiled build/ci/clang
}

distributed()
{
    make -C build distcheck
}

# A unit test or the stub fails after one leaked or invalid byte.
with_valgrind()
{
    local valgrind='valgrind -q --error-exitcode=99 --leak-check=full'
    configured build/ci/valgrind --disable-hardening CFLAGS='-g -O1' &&
        RUNNER=$valgrind make -C build/ci/valgrind -j"$jobs" check LOG_COMPILER="$valgrind" \
            TESTS='$(unit_tests) tests/e2e/host-stub.sh'
}

# All operations from many threads at once, under the thread sanitizer.
with_threads()
{
    configured build/ci/threads --enable-sanitizers=thread --enable-werror CFLAGS='-g -O1' &&
        TSAN_OPTIONS=exitcode=66 make -C build/ci/threads -j"$jobs" check \
            TESTS='tests/e2e/parallel.sh tests/e2e/sessions.sh tests/unit/test_transfer'
}

# Runs over larger topologies, with each allocation failing in turn.
without_memory()
{
    ALLOCATION_GATES=25 make -C build -j"$jobs" check TESTS=tests/e2e/allocation.sh
}

# analyzed TOOL: a static analysis of plugin/ and host-stub/.
analyzed()
{
    make -C build "analyze-$1"
}

# Each fuzz target for a few seconds, to show that it still builds and reaches its code. Every check
# replays the corpus itself.
fuzzed()
{
    make -C build fuzz FUZZ_SECONDS=10 FUZZ_JOBS="$jobs"
}

# The build is reproducible: another folder gives the same bytes.
reproduced()
{
    local folder
    for folder in build/ci/one build/ci/another; do
        configured $folder && make -C $folder -j"$jobs" plugin/fortinet.la || return 1
    done
    cmp build/ci/one/plugin/.libs/fortinet.so build/ci/another/plugin/.libs/fortinet.so
}

# The types reachable from the entry equal those recorded in tests/abi/fortinet.abi.
kept_interface()
{
    command -v abidiff >/dev/null || installed abigail-tools || return 1
    PLUGIN=$PWD/build/plugin/.libs/fortinet.so sh tests/abi/abidiff.sh
}

# More seeds than make check runs.
with_random_faults()
{
    RANDOM_FAULTS_SEEDS=${RANDOM_FAULTS_SEEDS:-20} make -C build check \
        TESTS=tests/e2e/random-faults.sh
}

# with_random_motion SEEDS: three runs for each seed: a FortiManager, the same read in small pieces,
# and a FortiGate read in small pieces.
with_random_motion()
{
    RANDOM_MOTION_SEEDS=$1 make -C build check TESTS=tests/e2e/random-motion.sh
}

quick_steps()
{
    tested "gcc, in two locales" build ./bootstrap.sh check --yes
    step "the binary interface" kept_interface
    tested "gcc, address and undefined behaviour sanitizers" build/ci/sanitizers sanitized
    tested "clang" build/ci/clang with_clang
    tested "random motion" build with_random_motion "${RANDOM_MOTION_SEEDS:-100}"
}

every_fault()
{
    FAULTS=all make -C build check TESTS='tests/e2e/faults.sh tests/e2e/fgt-faults.sh'
}

slow_steps()
{
    tested "every fault at every position" build every_fault
    tested "random faults" build with_random_faults
    tested "random motion, 10200 runs" build with_random_motion 3400
    tested "valgrind" build/ci/valgrind with_valgrind
    tested "thread sanitizer" build/ci/threads with_threads
    tested "allocations fail, larger topologies" build without_memory
    step "gcc -fanalyzer" analyzed gcc
    step "clang-tidy" analyzed clang-tidy
    step "cppcheck" analyzed cppcheck
    step "make distcheck" distributed
    step "the same bytes from two folders" reproduced
    tested "fuzzing" build/fuzz fuzzed
    [ "$(id -u)" != 0 ] || step "fresh roots of Debian" bash tests/package/matrix.sh
    step "mutants" bash tests/mutants/run.sh
}

# Shows why tests failed, prints the last line, and sets the exit status.
finish()
{
    cat "$reasons"
    printf '\n'
    [ ${#broken[@]} = 0 ] || printf 'failed: %s\n' "${broken[@]}"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
