# failures.awk - reads the logs of make check (test-suite*.log): prints the failed tests and their
# messages.
# SPDX-License-Identifier: Apache-2.0
#
# Prints each line of a failed point and the comments below it. If a test ends without such a line,
# prints everything that is not TAP: a sanitizer's report, the message of a signal.

FNR == 1 { begun = 0 }
/^(FAIL|ERROR|XPASS|SKIP): / { begun = 1 }
!begun { next }
/^(PASS|SKIP|XFAIL):|^(ok|not ok) |^[0-9]+[.][.][0-9]+/ { passing = !/^not ok /; next }
/^(FAIL|ERROR|XPASS): / { passing = 0; print; next }
/^[= ]*$/ { next }
!passing || !/^#/
