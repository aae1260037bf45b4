# dialect.py - finds words that a new reader does not understand, in comments, names and messages.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 dialect.py FOLDER    FOLDER: the source tree
#
# Prints each line with such a word; exit status 1 if there is one.

import pathlib
import re
import sys

WORDS = ["told", "tells", "far side", "nobody", "left alone", "is had", "at all", "reterr",
         "census", "estates?", "rosters?", "sightings?", "intakes?", r"recogni[sz]e[ds]?", "decoys?",
         r"sabotage[ds]?", "polite"]
# A word is also a part of an identifier: is_told, HTTP_POLITE.
DIALECT = re.compile(r"(?<![A-Za-z])(?:%s)(?![A-Za-z])" % "|".join(WORDS), re.IGNORECASE)

PLACES = ["plugin", "host-stub", "include", "schemas", "tests", ".ci", "README.md", "CHANGELOG.md",
          "Makefile.am", "bootstrap.sh", "configure.ac"]
# Frozen files, bytes that others wrote, and this list.
OUTSIDE = ["include/hector/integration.h", "tests/abi/fortinet.abi", "tests/abi/v1", "tests/fuzz/corpus",
           "tests/replay", "tests/repo/dialect.py", "tests/repo/dialect.sh"]
# Made by automake and the build in a tree of sources.
BUILT = [".deps", ".libs"]
SLUG = re.compile(r"^(?:REASON|SKIP|LABEL)\((\w+)", re.MULTILINE)
# Sentences to users, and data: names of members, and slugs of former versions.
KEPT = ["--help tells more", "no device at all", '"census"', "`roster_empty`", "`rosters`"]


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
            word = DIALECT.search(kept.sub("", line).replace("_", " "))
            if word:
                yield "%s:%d: %s (the words: %s)" % (name, number, line.strip()[:120], word[0])


def main(arguments):
    found = list(dialect(pathlib.Path(arguments[0])))
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
