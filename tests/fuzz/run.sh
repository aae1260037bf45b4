#!/bin/sh
# run.sh - builds the fuzz targets with libFuzzer and sanitizers, and runs each for a while.
# SPDX-License-Identifier: Apache-2.0
#
#   make fuzz [FUZZ_SECONDS=60] [FUZZ_JOBS=1] [FUZZ_TARGETS='guard run']
#
# FUZZ_SECONDS: the time for each target; FUZZ_JOBS: how many run at once. Results in the build
# tree, from which the next run continues:
#   fuzz/found/NAME/   inputs that reached something new
#   fuzz/finds/        inputs that broke a property: fuzz/tests/fuzz/fuzz_NAME FILE repeats it
#   fuzz/logs/NAME     the output of libFuzzer
# Copy a find to tests/fuzz/corpus/NAME, which `make check` replays with any compiler. The files
# found-* there are the smallest inputs of a long run that together have its coverage.
set -u
top=$(cd "$srcdir" && pwd) || exit 99
here=$PWD/fuzz
programs=
for target in $FUZZ_TARGETS; do
    programs="$programs tests/fuzz/fuzz_${target##*fuzz_}"
done

# ---- the build: a fuzzer takes the place of replay.c's main()

mkdir -p "$here/finds" "$here/logs" || exit 99
cd "$here" || exit 99
if [ ! -f config.status ]; then
    "$top/configure" -q CC="${FUZZ_CC:-clang}" CFLAGS='-g -O1' \
        --enable-sanitizers=fuzzer-no-link,address,undefined || exit 99
fi
# shellcheck disable=SC2086 # one argument a program
${MAKE:-make} -s -j"$(nproc)" LDFLAGS=-fsanitize=fuzzer $programs || exit 99

# ---- the runs

# Runs one target; $0 is the folder.
run_one='
    name=${1##*fuzz_}
    mkdir -p "found/$name"
    dictionary=$top/tests/fuzz/$name.dict
    set -- "found/$name" "$top/tests/fuzz/corpus/$name"
    [ ! -f "$dictionary" ] || set -- "-dict=$dictionary" "$@"
    nice "tests/fuzz/fuzz_$name" -max_total_time="$FUZZ_SECONDS" -timeout=20 -rss_limit_mb=1024 \
        -print_final_stats=1 -artifact_prefix="finds/$name-" "$@" >"logs/$name" 2>&1
    echo $? >"logs/$name.status"'
export top FUZZ_SECONDS
touch logs/begin
# shellcheck disable=SC2086
printf '%s\n' $programs | xargs -P "$FUZZ_JOBS" -n 1 sh -c "$run_one" "$here"

# ---- results

good=0 bad=0
printf '%-16s %12s %8s %7s %8s %6s  %s\n' target executions exec/s cov features new finds
for program in $programs; do
    name=${program##*fuzz_}
    set -- $(awk '{
            for (i = 1; i < NF; i++) {
                if ($i == "cov:") cov = $(i + 1)
                if ($i == "ft:") features = $(i + 1)
            }
        }
        $1 ~ /^#[0-9]+$/ { ran = substr($1, 2) }
        $1 == "stat::number_of_executed_units:" { ran = $2 }
        $1 == "stat::average_exec_per_sec:" { speed = $2 }
        END { print ran + 0, speed + 0, cov + 0, features + 0 }' "logs/$name")
    finds=$(find finds -name "$name-*" -newer logs/begin | sort | tr '\n' ' ')
    if [ "$(cat "logs/$name.status")" = 0 ]; then
        good=$((good + 1))
    else
        bad=$((bad + 1))
        finds="${finds:-see logs/$name}"
    fi
    printf '%-16s %12s %8s %7s %8s %6s  %s\n' "$name" "$1" "$2" "$3" "$4" \
        "$(find "found/$name" -type f -newer logs/begin | wc -l)" "$finds"
done
# Prints the summary in the format of a test run, for .ci/steps.sh.
printf '# PASS:  %d\n# FAIL:  %d\n' "$good" "$bad" >test-suite-fuzz.log
printf "%d targets, %d with a find\n" "$((good + bad))" "$bad"
[ "$bad" = 0 ]
