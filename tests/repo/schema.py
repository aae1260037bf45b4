# schema.py - documents with one error each, for schema.sh.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 schema.py SCHEMAS check DOCUMENTS CHECK
#   python3 schema.py SCHEMAS schema RULES FILE             checks the schema itself
#   python3 schema.py SCHEMAS document RULES TEXT [NAME]    by the schema of its kind, or NAME
#
# SCHEMAS contains hector/ and fortinet/, one of which is RULES; DOCUMENTS has documents of every kind,
# with every member, one on a line. CHECK is a function of this file. Errors go to standard error,
# with exit status 1. One process for all of them (tests/lib/resident.py) makes the validators once.

import functools
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))
from validate_documents import (  # noqa: E402
    SUFFIX,
    faults_of,
    invalid_lines,
    invalid_schema,
    load_folder,
    make_validators,
    parse,
    walk,
)

DATE = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
UNKNOWN = "unheard_of"
# Members in which a reader must accept unknown values, beside the values of "cost".
OPEN = {"device_type", "device_types", "enrichment", "system", "systems", "step", "type", "state"}
# Objects whose member names are free. The counts in "device_types" have a fixed form.
MAPS = {"settings_schema", "skipped"}


def is_open(path):
    names = [step for step in path if isinstance(step, str)]
    return names[-1] in OPEN or names[-2:-1] == ["cost"]


def spoilt(value, change, path=()):
    """A copy for every place that change(value, path) replaces: (path, copy)."""
    other = change(value, path)
    if other is not None:
        yield path, other
    if isinstance(value, (dict, list)):
        for step, below in list(value.items() if isinstance(value, dict) else enumerate(value)):
            for where, copy in spoilt(below, change, path + (step,)):
                whole = value.copy()
                whole[step] = copy
                yield where, whole


class Checker:
    def __init__(self, schemas, documents):
        self.documents = documents
        self.validators = {}
        self.names = {}
        for rules in ("hector", "fortinet"):
            self.names[rules], self.schemas = load_folder(schemas / rules)
            self.validators[rules] = make_validators(schemas / rules)
        self.places = 0

    def accepts(self, rules, document):
        kind = document["kind"]
        return not list(faults_of(self.validators[rules][kind], document, kind))

    def check(self, rules, verdict, change):
        """Changes the documents in every way: what is valid otherwise than `verdict` is wrong."""
        for document in self.documents:
            for path, copy in spoilt(document, change):
                if path == ("kind",):
                    continue
                self.places += 1
                if self.accepts(rules, copy) != verdict:
                    where = "/".join(str(step) for step in path)
                    yield "%s %s: %s" % (rules, document["kind"], where or "(document)")


# ---- checks: each yields its errors


def documents_are_valid(checker):
    for document in checker.documents:
        for rules in ("hector", "fortinet"):
            checker.places += 1
            if not checker.accepts(rules, document):
                yield "%s: %s" % (rules, document["kind"])


def documents_have_every_member(checker):
    has = {name for document in checker.documents for node in walk(document) for name in node}
    for uri, schema in checker.schemas.items():
        name = uri.rpartition("/")[2]
        if "request" in name or name == "settings" + SUFFIX:
            continue
        for node in walk(schema):
            for member in node.get("properties", {}):
                checker.places += 1
                if member not in has:
                    yield "no %s of %s" % (member, name)


def fortinet_is_hector_and_more(checker):
    for name, uri in checker.names["hector"].items():
        if name.startswith(("common", "request.")):
            continue
        checker.places += 1
        schema = checker.schemas[checker.names["fortinet"][name]]
        if {"$ref": "../hector/" + name} not in schema["allOf"]:
            yield name


def unknown_members(checker):
    def add(value, path):
        if isinstance(value, dict) and not MAPS.intersection(path[-1:]):
            return {**value, UNKNOWN: UNKNOWN}
        return None

    def add_but_counts(value, path):
        return add(value, path) if path != ("device_types",) else None

    yield from checker.check("fortinet", False, add)
    yield from checker.check("hector", True, add_but_counts)


def unknown_values(checker):
    def replace(value, path):
        return UNKNOWN if isinstance(value, str) and is_open(path) else None

    yield from checker.check("fortinet", False, replace)
    yield from checker.check("hector", True, replace)


def wrong_dates(checker):
    for wrong in ("2026-13-01T00:00:00Z", "2026-11-22 13:27:13Z", "2026-11-22T13:27:13+01:00"):

        def replace(value, path, wrong=wrong):
            return wrong if isinstance(value, str) and TIME.fullmatch(value) else None

        yield from checker.check("fortinet", False, replace)
    for wrong in ("2026-02-30", "2026-1-01", "2026-01-01T00:00:00Z"):

        def replace_day(value, path, wrong=wrong):
            return wrong if isinstance(value, str) and DATE.fullmatch(value) else None

        yield from checker.check("fortinet", False, replace_day)


def long_texts(checker):
    def replace(value, path):
        return value + 70000 * "x" if isinstance(value, str) else None

    yield from checker.check("fortinet", False, replace)
    yield from checker.check("hector", False, replace)


def long_lists(checker):
    def replace(value, path):
        texts = isinstance(value, list) and all(isinstance(element, str) for element in value)
        return value * 1100 if texts else None

    yield from checker.check("fortinet", False, replace)
    yield from checker.check("hector", False, replace)


def large_numbers(checker):
    def replace(value, path):
        return 2**53 if isinstance(value, int) and not isinstance(value, bool) else None

    yield from checker.check("fortinet", False, replace)
    yield from checker.check("hector", False, replace)


@functools.lru_cache(maxsize=None)
def make_checker(schemas, documents):
    with open(documents, encoding="utf-8") as file:
        return Checker(schemas, [parse(line) for line in file])


def faults_by(check, checker):
    checker.places = 0
    yield from globals()[check](checker)
    if checker.places < 10:
        yield "only %d places were checked" % checker.places


def main(arguments):
    schemas = pathlib.Path(arguments[0]).resolve()
    command, first, second, *name = arguments[1:]
    if command == "schema":
        faults = list(invalid_schema(schemas / first, second))
    elif command == "document":
        line = second.encode(errors="surrogateescape") + b"\n"
        faults = list(invalid_lines(schemas / first, [line], *name))
    else:
        faults = list(faults_by(second, make_checker(schemas, first)))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
