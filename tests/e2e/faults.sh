#!/bin/sh
# faults.sh - what goes wrong once is cured; what stays wrong is told, and never passes for success.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# Each row is a run against a simulator of its own: the login, the estate, the faults (of the
# simulator's --fault, joined by +), and what has to come of it:
#   whole     exit status 0, and everything there is
#   N         exit status N, and no document that hides what is missing
#   stall     as whole, with the shortest time-out
# Of the requests of a small estate the first asks what lives at the address, the second is about the
# system, the third about devices, the fourth about switches and access points. In the large estate
# the third to the fifth are pages of devices. How long a run takes is how long its faults make it
# wait: 0.5 s for a repeated request, 1 s for an answer that makes no sense, 2 s for a refused key.
long()
{
    cat <<'END'
key small stall@3 stall
key flat key-minus-11@2xforever 12
key flat key-minus-11@4xforever 1
key flat status-minus-1@2xforever 16
user flat status-minus-1@4xforever 1
key flat result-object@2xforever 16
user flat missing-status@2xforever 16
user flat html-200@2xforever 16
END
}

once()
{
    for login_as in key user; do
        for at in 1 2 3 4; do
            for fault in http-502-html truncated close-before close-amid close-after; do
                echo "$login_as small $fault@$at whole"
            done
        done
        for at in 2 3 4; do
            for fault in status-minus-1 result-object missing-status html-200 empty-list; do
                echo "$login_as small $fault@$at whole"
            done
        done
    done
    for at in 2 3 4; do
        echo "key small key-minus-11@$at whole"
        echo "key small session-killed@$at whole"
        echo "user small session-expired@$at whole"
    done
    cat <<'END'
key small data-null@4 whole
user small data-null@4 whole
key small html-200@1 16
key small range-ignored@3 whole
user small repeated-page@3 whole
key small truncated@2+truncated@3 whole
key small truncated@3+truncated@4 whole
user small session-expired@2+session-expired@4 whole
key large range-ignored@3 whole
key large range-ignored@4 whole
key large repeated-page@4 whole
user large repeated-page@5 whole
user large empty-list@4 whole
user large session-expired@4 whole
key large truncated@5 whole
key large close-amid@4 whole
END
}

# From one request on, for ever.
for_ever()
{
    cat <<'END'
key flat session-expired@1xforever whole
user flat session-expired@2xforever 13
user flat session-expired@3xforever 12
user flat session-expired@4xforever 1
key flat http-502-html@1xforever 16
key flat truncated@1xforever 16
key flat close-before@1xforever 14
user flat close-before@2xforever 14
key flat close-before@4xforever 1
user flat close-amid@2xforever 14
user flat close-amid@4xforever 1
key flat close-after@1xforever whole
user flat close-after@1xforever whole
key flat empty-list@2xforever 16
user flat empty-list@3xforever 16
key flat empty-list@4xforever 1
key flat range-ignored@1xforever whole
user large range-ignored@1xforever whole
key large repeated-page@1xforever 1
key flat data-null@2xforever 13
user flat data-null@3xforever 16
key flat html-200@1xforever 16
END
}

# The options of the simulator for one row.
options_of()
{
    case $2 in
    small) printf '%s' "--gates 30" ;;
    flat) printf '%s' "--gates 20 --adoms-disabled" ;;
    large) printf '%s' "--gates 1300 --switches 0 --access-points 0" ;;
    esac
    printf ' --fault %s' $(echo "$3" | tr + ' ')
}

start_row()
{
    as_"$1"
    if [ "$4" = stall ]; then
        apart "$1-$2-$3" "$(options_of "$@")" sync --set timeout_s=5
    else
        apart "$1-$2-$3" "$(options_of "$@")" sync
    fi
}

judge_row()
{
    case $4 in
    whole | stall) exits 0 && is_true ;;
    *) exits "$4" && is_true --truthful ;;
    esac && was_seen 'one["faults_applied"] > 0 and one["violations"] == []
        and one["open_sessions"] == 0 and one["credentials_before_probe"] == 0'
}

end_rows()
{
    while read -r login_as estate faults expected; do
        recall "$login_as-$estate-$faults"
        ok "$login_as, $estate estate: $faults" judge_row "$login_as" "$estate" "$faults" "$expected"
    done <"$here/rows"
    : >"$here/rows"
}

# Eight at a time, those that wait long together.
(long && once && for_ever) >"$here/table"
: >"$here/rows"
while read -r login_as estate faults expected; do
    start_row "$login_as" "$estate" "$faults" "$expected"
    echo "$login_as $estate $faults $expected" >>"$here/rows"
    [ "$(wc -l <"$here/rows")" -lt 8 ] || end_rows
done <"$here/table"
end_rows

conclude
