# guide.py - checks the value at a path of a JSON document, for guide.sh.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 guide.py DOCUMENT 'PATH = VALUE'     VALUE: JSON, else plain text
#   python3 guide.py DOCUMENT 'PATH ~ PART'      the text there contains PART
#
# In a path [0] is the first element of a list, [name] the one whose id or key is name, [*] all.

import json
import re
import sys


def step(value, name, index):
    if name is not None:
        return value[name]
    if index.isdigit():
        return value[int(index)]
    return next(element for element in value if index in (element.get("id"), element.get("key")))


def walk(value, steps):
    for position, (name, index) in enumerate(steps):
        if index == "*":
            return [walk(element, steps[position + 1 :]) for element in value]
        value = step(value, name or None, index)
    return value


def expected(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def main(document, claim):
    path, sign, text = re.fullmatch(r"(\S+) ([=~]) (.+)", claim).groups()
    with open(document, encoding="utf-8") as file:
        found = walk(json.load(file), re.findall(r"([a-z_]+)(?![^\[]*\])|\[([^]]+)\]", path))
    if found == expected(text) if sign == "=" else text in found:
        return
    sys.exit("%s is %s" % (path, json.dumps(found, ensure_ascii=False)))


main(*sys.argv[1:])
