# failures.awk - of the logs that make check leaves (test-suite*.log): which tests failed, and what
# they said of it.
# SPDX-License-Identifier: Apache-2.0
#
# A line of a test that failed shows, and the comments below it; of a test that ended without such a
# line, all that is no TAP: a sanitizer's report, the message of a signal.

FNR == 1 { begun = 0 }
/^(FAIL|ERROR|XPASS|SKIP): / { begun = 1 }
!begun { next }
/^(PASS|SKIP|XFAIL):|^(ok|not ok) |^[0-9]+[.][.][0-9]+/ { passing = !/^not ok /; next }
/^(FAIL|ERROR|XPASS): / { passing = 0; print; next }
/^[= ]*$/ { next }
!passing || !/^#/
