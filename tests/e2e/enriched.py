# enriched.py - what enrichments add to the documents of a sync: attributes, `unmatched` documents and
# counts, from what the simulated FortiCloud knows. Part of oracle.py.
# SPDX-License-Identifier: Apache-2.0

# The attributes of each enrichment.
ATTRIBUTES = {
    "asset_management": [
        "registration_date",
        "warranty_end_date",
        "support_end_date",
        "support_level",
        "end_of_repair_date",
        "end_of_support_date",
        "decommissioned",
    ],
    "fortiflex": [
        "fortiflex_status",
        "fortiflex_start_date",
        "fortiflex_end_date",
        "fortiflex_configuration",
    ],
}
ALL = {name for names in ATTRIBUTES.values() for name in names}


def remove(known, name):
    """An enrichment has nothing."""
    for added in known["assets"].values():
        added.pop(name, None)
    known["entitled"][name] = []
    known["unmatched"] = [u for u in known["unmatched"] if u["enrichment"] != name]


class Enriched:
    def __init__(self, known, settings, unread=(), cut=()):
        """What FortiCloud knows (expected.json of its simulator; {} without one), the settings of
        the sync, the enrichments that it could not read, and those that it did not read to their
        end."""
        self.known = known
        self.chosen = settings.get("enrich", [])
        self.cut = [name for name in self.chosen if name in cut]
        self.whole = [name for name in self.chosen if name not in cut and name not in unread]
        self.ticked = [name for one in self.chosen for name in ATTRIBUTES[one]]
        if "attributes" in settings:
            self.ticked = []  # only what is ticked

    def attributes(self, serial):
        """Of a unit; all that a perfect client would add."""
        known = self.known.get("assets", {}).get(serial, {})
        found = {}
        for name in self.whole + self.cut:
            found.update(known.get(name, {}))
        return found

    def may_lack(self, attribute):
        return any(attribute in ATTRIBUTES[name] for name in self.cut)

    def is_entitled(self, serial):
        return any(serial in self.known["entitled"][name] for name in self.whole)

    def unmatched(self, types):
        """The documents, in their order, when the run read all units of these types."""
        return [
            document
            for document in self.known.get("unmatched", [])
            if document["enrichment"] in self.whole and document["device_type"] in types
        ]

    def counts(self):
        """Whether the summary counts the assets without any entitlement."""
        return bool(self.chosen) and self.whole == self.chosen
