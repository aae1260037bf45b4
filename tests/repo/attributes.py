# attributes.py - compares the attributes that describe reports with what people read about them.
# SPDX-License-Identifier: Apache-2.0
# See described.py.

import re

from described import Described, differ, main

EVERY = "every unit"
LIVE = "only from their FortiGate:"


class Attributes(Described):
    def __init__(self, source, descriptors):
        super().__init__(source, descriptors)
        self.all = self.english["attributes"]
        self.types = {kind["label"].lower(): kind["id"] for kind in self.english["device_types"]}

    def of(self, kind):
        return {each["id"] for each in self.all if kind in each["device_types"]}

    def every(self):
        """What every unit has without a query to its FortiGate."""
        return {each["id"] for each in self.all
                if all(each["cost"].get(kind, "live") != "live" for kind in self.types.values())}

    def fortigate_lacks(self):
        """Attributes without a column of FortiGate's or FortiOS's."""
        code = "".join(self.text("plugin/sources/" + path)
                       for path in ("fortigate/columns.c", "fortios/fortios.c"))
        return {each["id"] for each in self.all} - set(re.findall(r"COLUMN(?:_SET)?\((\w+),", code))


def tables(attributes, rows):
    """A table of what every unit has, and of what else each device type has."""
    yield from differ("the table", set(rows) - {EVERY}, attributes.types)
    yield from differ(EVERY, rows.get(EVERY, []), attributes.every())
    for label, kind in attributes.types.items():
        yield from differ(label, rows.get(label, []), attributes.of(kind) - attributes.every())


# ---- checks: each yields its errors


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
