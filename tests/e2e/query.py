# query.py - checks that a Python expression holds for a file of JSON.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 query.py FILE EXPRESSION
#
# In the expression: `documents` are the JSON values of the file, one on a line; `one` is the first;
# KIND(kind) are the documents of a kind; CHECK(step) is one check; STEPS has a letter for each
# check (p passed, f failed, w warning, s skipped); PROBLEMS are the reasons of all problems.
# If the expression is false, the values go to standard error; exit status 1.

import json
import re
import sys


def main(arguments):
    path, expression = arguments
    with open(path, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]

    def kind(name):
        return [document for document in documents if document.get("kind") == name]

    def check(step):
        return next(document for document in kind("check") if document["step"] == step)

    names = {
        "documents": documents,
        "one": documents[0] if documents else None,
        "KIND": kind,
        "CHECK": check,
        "STEPS": "".join(document["status"][0] for document in kind("check")),
        "re": re,
        "PROBLEMS": [document["reason"] for document in kind("problem")],
    }
    if eval("(%s)" % expression, names):
        return 0
    print("does not hold: " + expression, file=sys.stderr)
    for violation in documents[0].get("violations", []) if documents else []:
        print("the simulator was asked wrongly: " + violation, file=sys.stderr)
    for document in documents:
        if document.get("kind") not in ("asset", "descriptor"):
            print(json.dumps(document, ensure_ascii=False)[:600], file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
