# validate_documents.py - validates NDJSON on standard input by the schemas.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 validate_documents.py SCHEMAS < documents.ndjson
#
# SCHEMAS is a folder of KIND.schema.json: schemas/hector for the documents of any integration,
# schemas/fortinet for those of fortinet.so, which are stricter. Errors go to standard error, with
# exit status 1.

import datetime
import functools
import json
import pathlib
import re
import sys

import jsonschema

SUFFIX = ".schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENT_MAX = 512 * 1024  # HECTOR_DOCUMENT_MAX
RFC_3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
# The keywords that limit each type.
MAXIMUM = {"string": "maxLength", "array": "maxItems", "integer": "maximum"}

formats = jsonschema.FormatChecker()


# jsonschema does not check date-time unless one more package is installed, so it is checked here.
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


# ---- schemas: by URI, with those that a $ref refers to


def references(schema):
    for node in walk(schema):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].partition("#")


def load(path, schemas):
    """Loads a schema, and all that it refers to, into `schemas`."""
    if path.as_uri() in schemas:
        return
    schemas[path.as_uri()] = schema = parse(path.read_text(encoding="utf-8"))
    for file, _, _ in references(schema):
        if file:
            load((path.parent / file).resolve(), schemas)


@functools.lru_cache(maxsize=None)
def load_folder(folder):
    """The URIs of the schemas of a folder by their names, and all schemas by URI."""
    names, schemas = {}, {}
    for path in sorted(folder.iterdir()):
        if path.name.endswith(SUFFIX):
            names[path.name] = path.as_uri()
            load(path, schemas)
    return names, schemas


def walk(node):
    """Every object within a schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def target_of(reference, uri, schemas):
    """The schema that a $ref of the schema at `uri` leads to, and the URI that it stands in."""
    file, _, pointer = reference.partition("#")
    if file:
        uri = (pathlib.Path(uri[len("file://") :]).parent / file).resolve().as_uri()
    target = schemas[uri]
    for step in pointer.split("/")[1:]:
        target = target[step]
    return target, uri


def belong_together(a, b):
    """False for two schemas with keywords that speak of others beside them, and of those only."""
    conditions = ("if", "then", "else")
    if any(key in a for key in conditions) and any(key in b for key in conditions):
        return False
    return "additionalProperties" not in a and "additionalProperties" not in b


def joined(a, b):
    """One schema for two that both hold, as far as their keywords can be joined."""
    schema = dict(a)
    if not belong_together(a, b):
        schema["allOf"] = schema.get("allOf", []) + [b]
        return schema
    apart = {}
    for key, value in b.items():
        if key not in schema:
            schema[key] = value
        elif key == "properties":
            schema[key] = dict(schema[key])
            for name, member in value.items():
                known = schema[key].get(name)
                schema[key][name] = member if known is None else joined(known, member)
        elif key == "required":
            schema[key] = sorted(set(schema[key]) | set(value))
        elif key in ("maximum", "maxLength", "maxItems", "maxProperties"):
            schema[key] = min(schema[key], value)
        elif key in ("minimum", "minLength", "minItems"):
            schema[key] = max(schema[key], value)
        elif key == "allOf":
            schema[key] = schema[key] + value
        elif key not in ("title", "description") and schema[key] != value:
            apart[key] = value
    if apart:
        schema["allOf"] = schema.get("allOf", []) + [apart]
    return schema


def without_references(node, uri, schemas):
    """The same schema, with what each $ref leads to in its place, and allOf joined: else a document
    takes three times as long."""
    if isinstance(node, list):
        return [without_references(value, uri, schemas) for value in node]
    if not isinstance(node, dict):
        return node
    flat = {
        key: without_references(value, uri, schemas)
        for key, value in node.items()
        if key not in ("$ref", "$defs", "$schema")
    }
    parts = flat.pop("allOf", [])
    if isinstance(node.get("$ref"), str):
        parts.append(without_references(*target_of(node["$ref"], uri, schemas), schemas))
    for part in parts:
        flat = joined(flat, part)
    if "allOf" not in flat and flat.get("unevaluatedProperties") is False:
        flat["additionalProperties"] = flat.pop("unevaluatedProperties")
    return flat


def make_validator(uri, schemas):
    schema = without_references(schemas[uri], uri, schemas)
    return jsonschema.Draft202012Validator(schema, format_checker=formats)


def is_of_a_kind(schema, schemas, folder):
    """True for the schema of a document; those of requests and settings have no kind."""
    return "kind" in schema.get("properties", {}) or any(
        is_of_a_kind(schemas[(folder / part["$ref"]).resolve().as_uri()], schemas, folder)
        for part in schema.get("allOf", [])
    )


def schema_faults(schema, schemas, folder):
    if schema.get("$schema") != DRAFT:
        yield "$schema is not 2020-12"
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        yield error.message
    for file, _, pointer in references(schema):
        target = schemas[(folder / file).resolve().as_uri()] if file else schema
        for step in pointer.split("/")[1:]:
            target = target.get(step) if isinstance(target, dict) else None
        if target is None:
            yield "$ref to %s#%s, which is not there" % (file, pointer)
    for node in walk(schema):
        form = node.get("format")
        if isinstance(form, str) and form not in formats.checkers:
            yield "format %s, which nothing here checks" % form
        kind = node.get("type")
        if isinstance(kind, str) and MAXIMUM.get(kind, "type") not in node:
            yield "%s without a %s" % (json.dumps(node)[:100], MAXIMUM[kind])


# ---- documents


def faults_of(validator, document, name):
    errors = list(validator.iter_errors(document))
    # One invalid member makes all members of its object unevaluated.
    strict = ("unevaluatedProperties", "additionalProperties")
    wrong = [error for error in errors if error.validator not in strict]
    for error in wrong or errors:
        path = "/".join(str(step) for step in error.absolute_path)
        yield "%s: %s: %s" % (name, path or "(document)", error.message[:300])


def document_faults(validators, line, name):
    if len(line.rstrip(b"\n")) > DOCUMENT_MAX:
        yield "larger than HECTOR_DOCUMENT_MAX"
    try:
        document = parse(line.decode("utf-8"))
    except ValueError as error:
        yield str(error)
        return
    if name is None:
        if (
            not isinstance(document, dict)
            or next(iter(document), None) != "kind"
            or not isinstance(document["kind"], str)
        ):
            yield 'not an object that begins with "kind", a text'
            return
        name = document["kind"]
    if name not in validators:
        yield "no schema for the kind %s" % name
        return
    yield from faults_of(validators[name], document, name)


def invalid_schema(folder, name):
    """The faults of a schema itself."""
    names, schemas = load_folder(folder)
    for fault in schema_faults(schemas[names[name]], schemas, folder):
        yield "%s: %s" % (name, fault)


@functools.lru_cache(maxsize=None)
def make_validators(folder, wanted=None):
    """By name: those of documents of a kind, or of all schemas of the folder."""
    names, schemas = load_folder(folder)
    return {
        name[: -len(SUFFIX)]: make_validator(uri, schemas)
        for name, uri in names.items()
        if wanted is not None or is_of_a_kind(schemas[uri], schemas, folder)
    }


def invalid_lines(folder, lines, wanted=None):
    """The faults of documents: each by the schema of its kind, or all by the schema `wanted`."""
    validators = make_validators(folder, wanted)
    count = 0
    seen = set()  # runs of one topology repeat most of their documents
    for line in lines:
        count += 1
        if line in seen:
            continue
        seen.add(line)
        for fault in document_faults(validators, line, wanted):
            yield "line %d: %s" % (count, fault)
    if count == 0:
        yield "nothing to check"


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    faults = list(invalid_lines(folder, sys.stdin.buffer))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
