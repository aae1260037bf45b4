# dialect.py - finds words that a new reader does not understand, in comments, names and messages.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 dialect.py FOLDER [MAXIMUM]    FOLDER: the source tree; MAXIMUM: lines that may have one
#
# Prints each line with such a word; exit status 1 if there are more than MAXIMUM (0).

import pathlib
import re
import sys

WORDS = ["told", "tells", "the far side", "nobody", "left alone", "is had", "at all", "reterr",
         "census", "estates?", "rosters?", "sightings?", "intakes?", r"recogni[sz]e[ds]?", "decoys?",
         r"sabotage[ds]?", "polite"]
# A word is also a part of an identifier: is_told, HTTP_POLITE.
DIALECT = re.compile(r"(?<![A-Za-z])(?:%s)(?![A-Za-z])" % "|".join(WORDS), re.IGNORECASE)

PLACES = ["plugin", "host-stub", "include", "tests", "README.md"]
# Frozen files, bytes that others wrote, and this list.
OUTSIDE = ["include/hector/integration.h", "tests/abi/fortinet.abi", "tests/abi/v1", "tests/fuzz/corpus",
           "tests/replay", "tests/repo/dialect.py", "tests/repo/dialect.sh"]
# Made by automake and the build in a tree of sources.
BUILT = [".deps", ".libs"]
SLUG = re.compile(r"^(?:REASON|SKIP|LABEL)\((\w+)", re.MULTILINE)
# A message of the host stub.
KEPT = ["--help tells more"]


def files(top):
    for place in PLACES:
        path = top / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            name = file.relative_to(top).as_posix()
            if file.is_file() and not set(BUILT) & set(file.parts) and not any(
                    name == other or name.startswith(other + "/") for other in OUTSIDE):
                yield name, file


def slugs(top):
    """The reasons of problems: they never change, whatever they contain."""
    found = {slug for name in ("reasons.def", "skips.def", "labels.def")
             for slug in SLUG.findall((top / "plugin/host" / name).read_text(encoding="utf-8"))}
    return sorted((slug for slug in found if DIALECT.search(slug.replace("_", " "))), key=len,
                  reverse=True)


def dialect(top):
    kept = re.compile("|".join([re.escape(text) for text in KEPT] +
                               [r"(?:(?:REASON|LABEL)_)?%s\b" % slug for slug in slugs(top)]))
    for name, file in files(top):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a program that was built here
        for number, line in enumerate(lines, 1):
            # "_" is a space: left_alone and "left alone" are the same.
            if DIALECT.search(kept.sub("", line).replace("_", " ")):
                yield "%s:%d: %s" % (name, number, line.strip()[:120])


found = list(dialect(pathlib.Path(sys.argv[1])))
print("\n".join(found))
sys.exit(len(found) > int(sys.argv[2] if len(sys.argv) > 2 else 0))
