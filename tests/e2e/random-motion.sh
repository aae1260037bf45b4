#!/bin/sh
# random-motion.sh - with random changes during a run, a unit that stays is never 'not seen'.
# SPDX-License-Identifier: Apache-2.0
#
# RANDOM_MOTION_SEEDS: how many seeds for each line below (default 2); RANDOM_MOTION_FIRST: the
# first of them (1). narrow and fortigate use the plugin that reads in small pieces.
set -u
. "$srcdir/tests/e2e/e2e.sh"

seeds=${RANDOM_MOTION_SEEDS:-2}
first=${RANDOM_MOTION_FIRST:-1}
HECTOR_SECRET_TOKEN=$key
export HECTOR_SECRET_TOKEN

# moves NAME SOURCE PLUGIN SIMULATOR [OPTION...]: runs all seeds in the background, with a simulator
# of their own.
moves()
{
    (
        name=$1
        source=$2
        plugin=$3
        SIMULATOR=$4
        shift 4
        simulator_start --plain-http "$@"
        trap simulator_remove EXIT
        "$PYTHON3" "$srcdir/tests/e2e/random_motion.py" \
            "http://127.0.0.1:$(cat "$simulator_files/port")" "$source" "$STUB" "$plugin" \
            "$VERDICTS" \
            $(seq "$first" $((first + seeds - 1))) >"$here/$name" 2>&1
        echo $? >"$here/$name.status"
    ) &
    moving="$moving $!"
}

went_well()
{
    tail -n 20 "$here/$1"
    [ "$(cat "$here/$1.status")" = 0 ]
}

moving=
moves fortimanager fortimanager "$PLUGIN" "$SIMULATOR" --key "$key"
moves narrow fortimanager "$NARROW" "$SIMULATOR" --key "$key"
moves fortigate fortigate "$NARROW" "$FGT_SIMULATOR" --token "$key" --plain
wait $moving
for name in fortimanager narrow fortigate; do
    ok "$seeds seeds, $name" went_well "$name"
    echo "# $name: $(tail -n 1 "$here/$name")"
done

plan "$points"
finish
