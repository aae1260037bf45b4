# peak.py - runs a command, and writes its peak memory (KiB) to a file.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 -I -S peak.py FILE COMMAND [ARGUMENT...]
#
# The peak of a process starts at the memory of its parent, so this parent is small.

import os
import sys

child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write("%d\n" % usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
