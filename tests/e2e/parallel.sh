#!/bin/sh
# parallel.sh - all operations from eight threads at once, and from within callbacks.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

simulate --fgts 6
ok "a key" "$PARALLEL" "$simulator_url" "$ca_file" "$key"
ok "the appliance received no odd request" seen 'one["violations"] == [] and one["logins"] == 0'
ok "several at once" seen 'one["most_open_connections"] >= 4'
plan "$points"
finish
