# settings.py - compares the settings that describe reports with what people read about them.
# SPDX-License-Identifier: Apache-2.0
# See described.py.

import json
import re

from described import Described, differ, fields, main


class Settings(Described):
    def __init__(self, source, descriptors):
        super().__init__(source, descriptors)
        self.settings = self.english["settings_schema"]["properties"]
        self.secrets = [secret for way in self.english["credentials"] for secret in way["secrets"]]


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
    """What is wrong in the text about a setting: a choice lacks, a range, a maximum."""
    for value in choices(schema):
        if not has(text, value):
            yield "%s: no %s" % (key, value)
    elements = schema.get("items", {})
    most = {each.get(word) for each in (schema, elements)
            for word in ("maxLength", "maxItems", "maxContains")}
    for number, unit in re.findall(r"(?:up to|at most|of which) (\d+)( KiB)?", text):
        if int(number) * (1024 if unit else 1) not in most:
            yield "%s: %s%s is none of its maxima, %s" % (key, number, unit, most - {None})
    if "minimum" in schema and "%(minimum)d to %(maximum)d" % schema not in text:
        yield "%s: not %d to %d" % (key, schema["minimum"], schema["maximum"])


# ---- checks: each yields its errors


def readme(settings):
    section = settings.text("README.md").partition("\n### Settings\n")[2].partition("\n### ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in section.splitlines() if line.startswith("| `")]
    yield from differ("README.md, the table", [row[0].strip("`") for row in rows], list(settings.settings))
    for key, default, meaning, example in rows:
        schema = settings.settings.get(key.strip("`"), {})
        known = "`%s`" % json.dumps(schema["default"]) if "default" in schema else None
        if default != known and (known or default not in ("required", "none", "all")):
            yield "%s: the default is %s, not %s" % (key, known, default)
        yield from said_of(key, schema, meaning + default)
        for word in re.findall(r"[a-z_]{2,}", " ".join(re.findall("`(.*?)`", meaning + example))):
            if choices(schema) and word not in choices(schema):
                yield "%s: there is no %s" % (key, word)
    said = re.search(r"Secrets \((.*?)\) are not settings", section, re.DOTALL)[1]
    yield from differ("README.md, the sentence on secrets", re.findall("`(.*?)`", said), settings.secrets)
    yield from differ("README.md, the environment", re.findall("`HECTOR_SECRET_(.*?)`", section),
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
                      list(settings.settings) + others)
    for key, schema in settings.settings.items():
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
        said = [word for word in re.findall(r"\w+", found[digest]) if word in settings.settings]
        yield from differ(digest, said, {key for key, row in rows if mark in row})


def form(settings):
    """Each field has its texts in both languages."""
    for english, french in zip(fields(settings.english), fields(settings.french)):
        if not english.get("help") or english["help"] == french.get("help"):
            yield "%s: no help of its own in one language" % english["key"]


main(Settings, globals())
