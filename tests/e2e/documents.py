# documents.py - collects the documents of all runs of a test, and validates them at its end.
# SPDX-License-Identifier: Apache-2.0
#
# For tests/lib/resident.py, whose process keeps what was collected:
#
#   add FILE            collects the documents of a file
#   validate SCHEMAS    validates them by the schemas of a folder
#   refuse SCHEMAS KIND...   checks that these schemas refuse each of them, but for these kinds
#
# The stub itself emits a document that says why an operation failed (tests/e2e/host-stub.sh tests it):
# no schema of an integration describes it.

import os
import pathlib
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))

collected = {}  # in their order; runs of one topology repeat most of their documents


def kind_of(line):
    begin, end = b'{"kind":"', b'",'
    return line[len(begin) :].partition(end)[0].decode() if line.startswith(begin) else None


def main(arguments):
    command, path, *kinds = arguments
    if command == "add":
        with open(path, "rb") as file:
            collected.update(dict.fromkeys(file))
        return 0
    import validate_documents  # takes long to load, for tests that validate

    folder = pathlib.Path(path).resolve()
    lines = [line for line in collected if kind_of(line) not in ["error"] + kinds]
    if command == "validate":
        faults = list(validate_documents.invalid_lines(folder, lines))
    else:
        validators = validate_documents.make_validators(folder)
        faults = [] if lines else ["nothing to refuse"]
        for line in lines:
            if not list(validate_documents.document_faults(validators, line, None)):
                faults.append("is accepted: " + line.decode(errors="replace"))
    print("\n".join(faults))
    return 1 if faults else 0
