# attributes.py - compares the attributes that describe reports with what people read about them.
# SPDX-License-Identifier: Apache-2.0
# See described.py.

import json
import re

from described import Described, differ, main

EVERY = "every unit"
LIVE = "only from their FortiGate:"
ENRICHED = "with an enrichment"


class Attributes(Described):
    def __init__(self, source, descriptors):
        super().__init__(source, descriptors)
        self.all = self.english["attributes"]
        self.types = {kind["label"].lower(): kind["id"] for kind in self.english["device_types"]}

    def of(self, kind):
        return {each["id"] for each in self.all if kind in each["device_types"]} - self.enriched()

    def enriched(self):
        """What only an enrichment has, of every device type that it knows: not of endpoints."""
        return {each["id"] for each in self.all
                if set(each["cost"].values()) == {"enrichment"}}

    def every(self):
        """What every unit has without a query to its FortiGate."""
        return {each["id"] for each in self.all
                if all(each["cost"].get(kind, "live") not in ("live", "enrichment")
                       for kind in self.types.values())}

    def columns(self, *sources):
        """The attributes in the columns of these folders."""
        code = "".join(path.read_text(encoding="utf-8") for source in sources
                       for path in (self.source / "plugin/sources" / source).glob("*.c"))
        return set(re.findall(r"COLUMN(?:_SET)?\((\w+),", code))

    def fortigate_lacks(self):
        """What a FortiManager reports, and no FortiGate; an enrichment is no matter of either."""
        return self.columns("fortimanager") - self.columns("fortigate", "fortios")

    def meanings(self):
        """The meanings of attributes.def, in both languages, by id."""
        rows = re.findall(r"^ATTRIBUTE\(\s*(\w+),(.*?\))$",
                          self.text("plugin/catalogue/attributes.def"), re.DOTALL | re.MULTILINE)
        # A text has one part a line; the two before the meanings are the labels.
        return {id: ["".join(re.findall(r'"(.*?)"', text)) for text in
                     re.findall(r'((?:".*?"\s*)+)[,)]', row)][2:] for id, row in rows}


def tables(attributes, rows):
    """A table of what every unit has, and of what else each device type has."""
    unread = ["%s: no source has it: add it to a columns.c" % each["id"]
              for each in attributes.all if not each["device_types"]]
    unread += ["%s: no columns.c has an attribute of this device type" % kind
               for kind in attributes.types.values() if not attributes.of(kind)]
    if unread: # else each row of the table would be wrong
        yield from unread
        return
    yield from differ("the table", set(rows) - {EVERY, ENRICHED}, attributes.types)
    yield from differ(EVERY, rows.get(EVERY, []), attributes.every())
    yield from differ(ENRICHED, rows.get(ENRICHED, []), attributes.enriched())
    for label, kind in attributes.types.items():
        yield from differ(label, rows.get(label, []), attributes.of(kind) - attributes.every())


# ---- checks: each yields its errors


def dictionary(attributes):
    """schemas/hector/attributes.json, and what an asset may hold."""
    entries = {entry["id"]: entry for entry in
               json.loads(attributes.text("schemas/hector/attributes.json"))}
    asset = attributes.schema("asset")["properties"]["attributes"]
    typed = asset["properties"]
    refs = {"text": "text", "integer": "number", "date-time": "time", "date": "date"}
    meanings = attributes.meanings()
    ids = [each["id"] for each in attributes.all]
    yield from differ("attributes.json", list(entries), ids)
    yield from differ("asset.schema.json, attributes", set(typed), set(ids))
    settings = attributes.schema("settings")["properties"]["attributes"]
    most = len(ids) + settings["maxContains"]  # of custom fields
    if asset["maxProperties"] != most:
        yield "asset.schema.json, attributes: set maxProperties to %d" % most
    for each, french in zip(attributes.all, attributes.french["attributes"]):
        id, kind = each["id"], each["type"]
        english_meaning, french_meaning = meanings[id]
        known = {"id": id, "type": kind, "en": each["label"], "fr": french["label"],
                 "meaning": english_meaning}
        entry = entries.get(id, known)
        for member in known.keys() | entry.keys():
            if entry.get(member) != known.get(member):
                yield "%s: in attributes.json %s is %s, in attributes.def %s" % (
                    id, member, entry.get(member), known.get(member))
        if (not re.fullmatch(r"[A-Z][ -~]*\.", english_meaning) or ". " in english_meaning
                or not french_meaning.endswith(".") or french_meaning == english_meaning):
            yield "%s: a meaning in attributes.def is not one sentence in its language" % id
        # The first is the serial number, which has a pattern of its own.
        rule = typed.get(id)
        if id in typed and id != ids[0] and rule != {"type": kind} and (
                rule.get("$ref", "").split("/")[-1] != refs.get(kind)):
            yield "%s: in asset.schema.json it is not of the type %s" % (id, kind)


def readme(attributes):
    section = attributes.text("README.md").partition("\n| of | attributes |\n")[2]
    table, _, rest = section.partition("\n\n")
    cells = dict(line.strip("| ").split(" | ") for line in table.splitlines()[1:])
    rows = {label: re.findall("`([a-z_]+)`", cell) for label, cell in cells.items()
            if "meta.NAME" not in cell}
    yield from tables(attributes, rows)
    for label, kind in attributes.types.items():
        live = re.findall("`([a-z_]+)`", cells.get(label, "").partition(LIVE)[2])
        yield from differ(label + ", " + LIVE, live,
                          [each["id"] for each in attributes.all
                           if each["cost"].get(kind) == "live"])
    lacks = rest.partition("does not supply:")[2].partition("custom fields")[0]
    yield from differ("a FortiGate lacks", re.findall("`([a-z_]+)`", lacks),
                      attributes.fortigate_lacks())


def fortinet(attributes):
    section = attributes.text("plugin/fortinet-integration.7").partition("\n.Ss attributes\n")[2]
    items = re.findall(r"^\.It (.*)\n((?:\.Ql .*\n)+)", section.partition("\n.El\n")[0] + "\n",
                       re.MULTILINE)
    yield from tables(attributes, {label: re.findall("[a-z_]{2,}", ids.replace(".Ql", ""))
                                   for label, ids in items})
    lacks = section.partition("A FortiGate does not report\n")[2].partition("\nor any custom")[0]
    yield from differ("a FortiGate lacks", re.findall("[a-z_]{2,}", lacks.replace(".Ql", "")),
                      attributes.fortigate_lacks())


main(Attributes, globals())
