# says.py - checks that a file has these texts, in this order.
# SPDX-License-Identifier: Apache-2.0
#
# For tests/lib/resident.py: FILE TEXT...


def main(arguments):
    path, *parts = arguments
    with open(path, encoding="utf-8") as file:
        text = file.read()
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            print("not said: %s\n%s" % (part, text))
            return 1
    return 0
