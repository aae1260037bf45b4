# settings.py - compares the settings that describe reports with what people read about them.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 settings.py SOURCE DESCRIPTORS CHECK
#
# SOURCE is the source tree, DESCRIPTORS a file of two lines: describe in English and in French.
# CHECK is a function of this file. Errors go to standard error, with exit status 1.

import json
import pathlib
import re
import sys


class Settings:
    def __init__(self, source, descriptors):
        self.source = source
        with open(descriptors, encoding="utf-8") as file:
            self.languages = [json.loads(line) for line in file]
        descriptor = self.languages[0]
        self.schema = descriptor["settings_schema"]["properties"]
        self.secrets = [secret for way in descriptor["credentials"] for secret in way["secrets"]]

    def text(self, path):
        return (self.source / path).read_text(encoding="utf-8")

    def fields(self, language):
        descriptor = self.languages[language]
        sections = [section for tab in descriptor["tabs"] for section in tab["sections"]]
        return [field for section in sections + [descriptor["advanced"]]
                for field in section["fields"]]


def choices(schema):
    """The values of a setting that has a few of them."""
    return [value for value in schema.get("enum", schema.get("items", {}).get("enum", [])) if value]


def defaults(schema):
    """The words of a default, as a manual spells them."""
    value = schema.get("default", [])
    return [word if isinstance(word, str) else json.dumps(word)
            for word in (value if isinstance(value, list) else [value])]


def has(text, word):
    return re.search(r"(?<!\w)%s(?!\w)" % re.escape(word), text) is not None


def said_of(key, schema, text):
    """What the text about a setting lacks: a choice, the range of a number."""
    for value in choices(schema):
        if not has(text, value):
            yield "%s: no %s" % (key, value)
    if "minimum" in schema and "%(minimum)d to %(maximum)d" % schema not in text:
        yield "%s: not %d to %d" % (key, schema["minimum"], schema["maximum"])


def differ(where, said, known):
    if said != known:
        yield "%s has %s, describe %s" % (where, said, known)


# ---- checks: each yields its errors


def readme(settings):
    section = settings.text("README.md").partition("\n### Settings\n")[2].partition("\n### ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in section.splitlines() if line.startswith("| `")]
    yield from differ("the table", [row[0].strip("`") for row in rows], list(settings.schema))
    for key, default, meaning, example in rows:
        schema = settings.schema.get(key.strip("`"), {})
        known = "`%s`" % json.dumps(schema["default"]) if "default" in schema else None
        if default != known and (known or default not in ("required", "none", "all")):
            yield "%s: the default is %s, not %s" % (key, known, default)
        yield from said_of(key, schema, meaning + default)
        for word in re.findall(r"[a-z_]{2,}", " ".join(re.findall("`(.*?)`", meaning + example))):
            if choices(schema) and word not in choices(schema):
                yield "%s: there is no %s" % (key, word)
    said = re.search(r"Secrets \((.*?)\) are not settings", section, re.DOTALL)[1]
    yield from differ("the sentence", re.findall("`(.*?)`", said), settings.secrets)
    yield from differ("the environment", re.findall("`HECTOR_SECRET_(.*?)`", section),
                      [secret.upper() for secret in settings.secrets])


def blocks(settings, path):
    """The text of each item `.It Va KEY` under SETTINGS, without macros; the rest is "" ."""
    found, key = {"": ""}, ""
    for line in settings.text(path).partition("\n.Sh SETTINGS\n")[2].splitlines():
        if line.startswith(".Sh "):
            break
        if line.startswith(".It Va "):
            key = line[len(".It Va ") :]
            found[key] = ""
        elif line == ".El":
            key = ""
        else:
            found[key] += " " + re.sub(r"^\.[A-Z][a-z] ", "", line)
    return found


def manual(settings, path, others):
    found = blocks(settings, path)
    digests = ["settings_digest", "listing_digest"]
    yield from differ(path, [key for key in found if key not in ["", *digests]],
                      list(settings.schema) + others)
    for key, schema in settings.schema.items():
        text = found.get(key, "")
        yield from said_of(key, schema, text)
        if not any("default" in sentence and all(has(sentence, word) for word in defaults(schema))
                   for sentence in re.split(r"\. |\.$", text)) and "default" in schema:
            yield "%s: the default is not %s" % (key, schema["default"])
    return found


def host_stub(settings):
    yield from manual(settings, "host-stub/hector-host-stub.1", settings.secrets)


def fortinet(settings):
    path = "plugin/fortinet-integration.7"
    found = yield from manual(settings, path, [])
    said = re.search(r"Secrets are (.*?),? of printable", found[""])[1]
    yield from differ(path, re.findall(r"(?!and\b|Qq\b)\b\w+", said), settings.secrets)
    rows = re.findall(r"^SETTING\((\w+),(.*?)\)$", settings.text("plugin/settings/settings.def"),
                      re.DOTALL | re.MULTILINE)
    for digest, mark in (("settings_digest", "DIGEST_"), ("listing_digest", "DIGEST_LISTING")):
        said = [word for word in re.findall(r"\w+", found[digest]) if word in settings.schema]
        yield from differ(digest, sorted(said), sorted(key for key, row in rows if mark in row))


def form(settings):
    """Each field has its texts in both languages; list_options knows those that have a list."""
    options = []
    for english, french in zip(settings.fields(0), settings.fields(1)):
        if not english.get("help") or english["help"] == french.get("help"):
            yield "%s: no help of its own in one language" % english["key"]
        options += [english["options"]] if "options" in english else []
    request = json.loads(settings.text("schemas/fortinet/request-list_options.schema.json"))
    yield from differ("the request", sorted(request["properties"]["option"]["enum"]),
                      sorted(options))


def main(source, descriptors, check):
    faults = list(globals()[check](Settings(pathlib.Path(source), descriptors)))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
