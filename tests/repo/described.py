# described.py - what settings.py, attributes.py and ids.py share: describe, and what people read.
# SPDX-License-Identifier: Apache-2.0
#
# Each of them is a program:  python3 PROGRAM SOURCE DESCRIPTORS CHECK
#
# SOURCE is the source tree, DESCRIPTORS a file of two lines: describe in English and in French.
# CHECK is a function of the program, which yields its errors. They go to standard error, with exit
# status 1.

import json
import pathlib
import sys


class Described:
    def __init__(self, source, descriptors):
        self.source = pathlib.Path(source)
        with open(descriptors, encoding="utf-8") as file:
            self.english, self.french = [json.loads(line) for line in file]

    def text(self, path):
        return (self.source / path).read_text(encoding="utf-8")

    def schema(self, name):
        return json.loads(self.text("schemas/fortinet/%s.schema.json" % name))


def fields(descriptor):
    """The fields of the form, in its order."""
    sections = [section for tab in descriptor["tabs"] for section in tab["sections"]]
    return [field for section in [*sections, descriptor["advanced"]] for field in section["fields"]]


def differ(where, said, known):
    """Compares what a text says with what is known: a list, or a set, whose order means nothing."""
    if not isinstance(known, list):
        said, known = sorted(said), sorted(known)
    missing = ", ".join(sorted(set(known) - set(said)))
    unknown = ", ".join(sorted(set(said) - set(known)))
    if missing:
        yield "%s: add %s" % (where, missing)
    if unknown:
        yield "%s: remove %s, which the plugin does not have" % (where, unknown)
    if not missing and not unknown and said != known:
        yield "%s: write each once, in this order: %s" % (where, ", ".join(known))


def main(described, checks):
    source, descriptors, check = sys.argv[1:]
    faults = list(checks[check](described(source, descriptors)))
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)
