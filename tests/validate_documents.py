# validate_documents.py - judges NDJSON on standard input by the schemas.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 validate_documents.py SCHEMAS < documents.ndjson
#   python3 validate_documents.py SCHEMAS --schemas [FILE...]    judges the schemas themselves
#
# SCHEMAS is the folder of KIND.schema.json. What is wrong goes to standard error; exit status 1.

import datetime
import json
import os
import re
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import jsonschema  # noqa: E402

SUFFIX = ".schema.json"
RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)

formats = jsonschema.FormatChecker()


# jsonschema leaves date-time unchecked unless one more package is installed: checked here, always.
@formats.checks("date-time", raises=ValueError)
def is_date_time(value):
    if not isinstance(value, str):
        return True
    match = RFC_3339.fullmatch(value)
    if match is None:
        return False
    datetime.datetime(*(int(part) for part in match.groups()[:6]))
    return True


def unique_members(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member twice in one object")
    return members


def no_constant(name):
    raise ValueError(name + " is not JSON")


def parse(text):
    return json.loads(text, object_pairs_hook=unique_members, parse_constant=no_constant)


def load_schemas(folder):
    schemas = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(SUFFIX):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                schemas[name] = parse(file.read())
    return schemas


def walk(node):
    """Every object within a schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def schema_faults(schemas, name):
    schema = schemas[name]
    if schema.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
        yield "$schema is not 2020-12"
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        yield error.message
    for node in walk(schema):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference[0] != "#" and reference not in schemas:
            yield "$ref to %s, which is not there" % reference
        form = node.get("format")
        if isinstance(form, str) and form not in formats.checkers:
            yield "format %s, which nothing here checks" % form


def make_validators(schemas):
    """For every schema of a document, by kind."""
    validators = {}
    for name, schema in schemas.items():
        if "kind" in schema.get("properties", {}):
            validators[name[: -len(SUFFIX)]] = jsonschema.Draft202012Validator(
                schema,
                resolver=jsonschema.RefResolver(base_uri=name, referrer=schema, store=schemas),
                format_checker=formats,
            )
    return validators


def document_faults(validators, line):
    try:
        document = parse(line.decode("utf-8"))
    except ValueError as error:
        yield str(error)
        return
    if (
        not isinstance(document, dict)
        or next(iter(document), None) != "kind"
        or not isinstance(document["kind"], str)
    ):
        yield 'not an object that begins with "kind", a text'
        return
    kind = document["kind"]
    if kind not in validators:
        yield "no schema for the kind %s" % kind
        return
    for error in validators[kind].iter_errors(document):
        path = "/".join(str(step) for step in error.absolute_path)
        yield "%s: %s: %s" % (kind, path or "(document)", error.message[:300])


def main():
    schemas = load_schemas(sys.argv[1])
    faults = []
    judged = 0
    if sys.argv[2:3] == ["--schemas"]:
        for name in sys.argv[3:] or schemas:
            judged += 1
            faults += ["%s: %s" % (name, fault) for fault in schema_faults(schemas, name)]
    else:
        validators = make_validators(schemas)
        for line in sys.stdin.buffer:
            judged += 1
            for fault in document_faults(validators, line):
                faults.append("line %d: %s" % (judged, fault))
    if judged == 0:
        faults.append("nothing to judge")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
