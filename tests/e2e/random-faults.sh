#!/bin/sh
# random-faults.sh - under random faults a run delivers everything or reports what is missing.
# SPDX-License-Identifier: Apache-2.0
#
# RANDOM_FAULTS_SEEDS: how many seeds (default 4); RANDOM_FAULTS_FIRST: the first of them (1);
# RANDOM_FAULTS_TABLE: a file for seed, login, exit status and the simulator's report of each run.
set -u
. "$srcdir/tests/e2e/e2e.sh"

seeds=${RANDOM_FAULTS_SEEDS:-4}
first=${RANDOM_FAULTS_FIRST:-1}
table=${RANDOM_FAULTS_TABLE:-/dev/null}

attributes='["name", "firmware_version", "ip_address", "connection_status", "managed_by",
    "managed_by_serials", "fortilink_interface", "connected_since", "adom", "ha_role"]'
settings="{\"attributes\": $attributes, \"live_status\": \"when_needed\", \"timeout_s\": 5}"
document=$here/settings.json
printf '%s\n' "$settings" >"$document"

# A session whose id was lost in transit cannot be closed; the run reports it.
leaves_no_session()
{
    was_seen 'one["open_sessions"] == 0' 2>/dev/null ||
        { reports '"login_lost" in PROBLEMS' && was_seen 'one["open_sessions"] <= len(
            [fault for fault in one["random_faults"] if fault.startswith("login-reply-lost")])'; }
}

# A run that fails claims nothing: it has no complete scope and no asset.
reports_its_failure()
{
    [ "$status" -ge 12 ] && [ "$status" -le 16 ] && reports '
        KIND("summary")[0]["outcome"] in ("auth", "permission", "unreachable", "throttled", "data")
        and not any(c["complete"] for c in KIND("coverage")) and not KIND("asset")'
}

is_whole_or_partial()
{
    case $status in
    0) matches_expected --unanswered --settings "$settings" ;;
    1) matches_expected --unanswered --partial --settings "$settings" ;;
    *) reports_its_failure && matches_expected --unanswered --partial --settings "$settings" ;;
    esac && was_seen 'one["violations"] == [] and one["credentials_before_probe"] == 0' &&
        leaves_no_session && return
    echo "exit status $status; simulate with $options; the faults were:"
    was_seen 'one["random_faults"] == 0' 2>&1 | grep -o '"random_faults": [^]]*.'
    cat "$err"
    return 1
}

# Each seed is one run against a topology of 500 FortiGates, which takes 60 requests and more: about
# every tenth fails, in any way that the simulator has. Every second seed uses a session.
seeded()
{
    login_as=key
    [ $(($1 % 2)) = 1 ] || login_as=user
    options="--fgts 500 --seed $1 --random-faults 10 --proxy-dead 2"
    case $(($1 % 3)) in
    0) options="$options --per-device root,EMEA/West" ;;
    1) options="$options --per-device Zürich --double-listed 20" ;;
    esac
}

check_seeds()
{
    for seed in $started; do
        seeded "$seed"
        recall "$seed"
        ok "seed $seed, as $login_as" is_whole_or_partial
        printf '%s %s %s %s\n' "$seed" "$login_as" "$status" "$(cat "$reported")" >>"$table"
        rm -r "$here/$seed"
    done
    started=
}

started=
for seed in $(seq "$first" $((first + seeds - 1))); do
    seeded "$seed"
    as_$login_as
    apart "$seed" "$options" sync --settings "$document"
    started="$started $seed"
    # The runs mostly wait, so eight run side by side.
    [ "$(echo $started | wc -w)" -lt 8 ] || check_seeds
done
check_seeds

conclude
