# peak.py - runs a command, and writes how much memory it took at most (KiB) to a file.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 -I -S peak.py FILE COMMAND [ARGUMENT...]
#
# What a process takes begins with what the one that forked it took: this one takes little.

import os
import sys

child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write("%d\n" % usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
