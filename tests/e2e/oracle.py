# oracle.py - compares the documents of one sync with what the simulated system knows.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 oracle.py EXPECTED DOCUMENTS [option]...
#
#   --settings JSON       the settings of the sync
#   --partial             anything may be missing, as long as the documents say so
#   --unanswered          attributes from FortiManager's status cache or from a FortiGate may be
#                         missing; a problem names that FortiGate. Other problems are not checked
#   --scopes-unknown      there may be ADOMs that the account cannot list
#   --reports REASON      one problem of this reason, besides those that the topology causes; twice:
#                         two problems
#   --forticloud FILE     what the simulated FortiCloud knows, for the setting enrich
#   --unread ENRICHMENT   one that could not be read
#   --cut ENRICHMENT      one that was not read to its end
#   --empty ENRICHMENT    one that has nothing
#
# Without --partial, assets, coverage and summary must be exactly those that the simulator expects,
# with every ticked attribute.
#
# Errors go to standard error, with exit status 1.

import argparse
import collections
import json
import sys

import enriched

# Those that no Fortinet unit has.
ENDPOINT_ATTRIBUTES = {
    "agent_version",
    "connected_to",
    "endpoint_type",
    "group",
    "managed_by_mdm",
    "manufacturer",
    "operating_system",
    "owner",
    "role",
    "user",
}
TYPES = ["firewall", "switch", "access_point"]  # by default, unless what is expected has `types`
# Attributes for which a run queries the FortiGates, where live_status allows it.
LIVE = {
    "firewall": set(),
    "switch": {"firmware_version", "firmware_build", "ip_address", "fortilink_interface"},
    "access_point": {"firmware_version", "firmware_build", "connected_since"},
    "endpoint": set(),
    "management": set(),
}
# The scope of the FortiManager itself, which lists units of this type only.
MANAGEMENT = "management"
# Reasons why a ticked attribute stays empty.
EMPTY = [
    "meta_empty",
    "attributes_not_reported",
    "attributes_not_chosen",
    "attributes_not_asked",
    "attributes_not_enriched",
]
ASKED_AT = "127.0.0.1"  # the address of a FortiGate that reports none
LABELS = {
    "firewall": "Firewall",
    "switch": "Switch",
    "access_point": "Access Point",
    "endpoint": "Endpoint",
    "management": "Management System",
}


def clean(text, most=4000):
    """A text as an asset carries it: one line, trimmed, cut on a character boundary."""
    text = "".join(" " if ord(c) < 32 or ord(c) == 127 else c for c in text.lstrip(" \t\r\n"))
    return text.encode()[:most].decode(errors="ignore").rstrip(" ")


class Oracle:
    scopes_unknown = False
    allowed = ()  # reasons of problems that may be there or not
    leaves_early = False  # more disconnected units than the plugin holds back: some are uncertain

    def __init__(self, expected, lines, settings, partial=False, reported=(), unanswered=False):
        """What the simulator expects, as JSON, the documents as lines of JSON."""
        self.enriched = enriched.Enriched({}, {})
        self.expected = expected
        self.partial = partial
        self.unanswered = unanswered
        self.reported = reported
        self.settings = settings
        self.types = self.settings.get("device_types", expected.get("types", TYPES))
        self.adoms = self.settings.get("adoms") or None
        self.include = self.settings.get("include", ["log_only"])
        self.ticked = ["serial_number"] + self.settings.get("attributes", [])
        # Invalid UTF-8 shows as U+FFFD; what is expected has the text without it.
        self.repaired = "text_repaired" in reported
        if self.repaired:
            lines = [line.replace("\ufffd", "") for line in lines]
        self.documents = [json.loads(line) for line in lines]
        self.by_kind = collections.defaultdict(list)
        for document in self.documents:
            self.by_kind[document["kind"]].append(document)
        self.complete = {
            (c["scope"], c["device_type"]) for c in self.of("coverage") if c["complete"]
        }
        self.system = self.expected["system"]
        refused = {(r["scope"], r["device_type"]): r["reason"] for r in self.expected["refused"]}
        self.outside = {s[len("adom:") :] for (s, _), r in refused.items() if r == "adom_outside"}
        pairs = [(i["scope"], i["device_type"]) for i in self.expected["incomplete"]]
        self.incomplete = {pair: refused[pair] for pair in pairs}
        if not self.expected.get("managers"):
            self.incomplete[(MANAGEMENT, MANAGEMENT)] = "system_refused"
        self.asks_fgts = (
            self.settings.get("live_status") != "never"
            and "live_refused" not in refused.values()
        )
        rows = self.expected["units"] + self.expected["not_assets"]
        rows += self.expected.get("managers", [])
        # What came or went during the run may be there or not.
        found = {asset["sync_key"] for asset in self.of("asset")}
        away = set(self.expected["moving"]) - found
        self.rows = [row for row in rows if self.is_listed(row) and row["serial"] not in away]
        self.out_of_date = [row for row in self.expected["double_listed"] if self.is_listed(row)]
        self.faults = []
        reported = {problem["reason"] for problem in self.of("problem")}
        self.poor = bool(partial and "gate_facts_unread" in reported)

    def set_enriched(self, added):
        """What FortiCloud adds."""
        self.enriched = added
        self.ticked += added.ticked

    def check(self):
        self.check_order()
        self.check_source()
        self.check_assets()
        self.check_skipped()
        self.check_scopes()
        self.check_coverage()
        self.check_summary()
        self.check_unmatched()
        if not self.partial and not self.unanswered:
            self.check_problems()

    def expect(self, condition, *words):
        if not condition:
            self.faults.append(" ".join(str(word) for word in words))

    # ---- what a sync should find

    def scopes_of(self, row):
        """Where a row may have been listed; the first is where it has to be."""
        if "scopes" in row:
            return row["scopes"]
        if not row["adoms"]:
            return ["none"] if self.adoms is None else []
        wanted = [a for a in row["adoms"] if self.adoms is None or a in self.adoms]
        return ["adom:" + a for a in sorted(wanted) if a not in self.outside]

    def is_listed(self, row):
        if row["device_type"] == "other":
            if self.types == [MANAGEMENT]:
                return False  # no device table is read
        elif row["device_type"] not in self.types:
            return False
        scopes = self.scopes_of(row)
        refused = all((s, row["device_type"]) in self.incomplete for s in scopes)
        return bool(scopes) and not (refused and row["manager"] is not None)

    def skip_reason(self, row):
        reason = row.get("reason")
        if reason == "unauthorized" and "unauthorized" in self.include:
            reason = None
        if reason == "model_device" and "model" in self.include:
            reason = None
        if reason is None and row["log_only"] and "log_only" not in self.include:
            reason = "log_only_excluded"
        if reason is None and row["serial"] is None:
            reason = "serial_unusable"
        return reason

    def expected_coverage(self):
        """Gates are read for what they manage even when firewalls are not ticked."""
        pairs = {(scope["scope"], scope["device_type"]) for scope in self.expected["scopes"]}
        wanted = None if self.adoms is None else {"adom:" + adom for adom in self.adoms}
        read = {(s, t) for s, t in pairs if t in self.types and (wanted is None or s in wanted)}
        return read | {(MANAGEMENT, MANAGEMENT) for t in self.types if t == MANAGEMENT}

    # ---- the order of the documents

    def of(self, kind):
        return self.by_kind.get(kind, [])

    def check_order(self):
        kinds = [document["kind"] for document in self.documents]
        self.expect(kinds[-1:] == ["summary"], "the summary is not last")
        self.expect(kinds.count("summary") == 1, kinds.count("summary"), "summaries")
        self.expect(kinds.count("source") <= 1, kinds.count("source"), "sources")
        if "asset" in kinds or "coverage" in kinds or not self.partial:
            # An enrichment that failed is a problem before it.
            first = [kind for kind in kinds if kind != "problem"][:1]
            self.expect(first == ["source"], "first comes", kinds[:1])
        ended = set()
        for document in self.documents:
            if document["kind"] == "coverage":
                pair = (document["scope"], document["device_type"])
                self.expect(pair not in ended, "two coverages of", pair)
                ended.add(pair)
            elif document["kind"] == "scope":
                self.expect(not ended, document["scope"], "after a coverage")
            elif document["kind"] == "asset":
                pair = (document["scope"], document["device_type"])
                self.expect(pair not in ended, document["sync_key"], "after the coverage of", pair)

    def check_source(self):
        for source in self.of("source"):
            nameless = self.partial or self.system["serial"] is None
            unknown = nameless and source["id"].startswith("url:")
            named = source["id"] == self.system["serial"]
            self.expect(named or unknown, "the source is", source["id"])
            known = set(source["serials"])
            self.expect(known <= set(self.system["serials"]), "serials of the source:", known)
            if not self.partial and "hostname" in source:
                self.expect(known == set(self.system["serials"]), "serials of the source:", known)
                self.expect(source["hostname"] == self.system["hostname"], source["hostname"])
                self.expect(source["version"] == self.system["version"], source["version"])

    # ---- the assets

    def expected_attributes(self, row):
        known = dict(row["attributes"])
        if self.asks_fgts and LIVE[row["device_type"]].intersection(self.ticked):
            known.update(row["live"])
        if self.outside and row["adoms"] and row["manager"] is None:
            known["adom"] = ", ".join(a for a in row["adoms"] if a not in self.outside)
        known.update(self.enriched.attributes(row["serial"]))
        return {name: value for name, value in known.items() if name in self.ticked and value != ""}

    def is_unread(self, row):
        """None of its scopes is complete: its gate may not have been read either."""
        return not any((s, row["device_type"]) in self.complete for s in self.scopes_of(row))

    def is_reported_silent(self, gate):
        reported = {(p["reason"], p["subject"]) for p in self.of("problem")}
        given_up = {reason for reason, _ in reported} & {"live_refused", "live_throttled", "live_time_spent"}
        cut = ("problems_not_shown", "live_gate_failed") in reported
        return bool(given_up) or cut or ("live_gate_failed", gate) in reported

    def is_poor(self, asset, row):
        return self.poor and row["manager"] is None and asset["device_type"] == "firewall"

    def check_attribute(self, asset, row, name, expected):
        found = asset["attributes"].get(name)
        if found == expected or (self.partial and name == "managed_by_serials"):
            return
        if found is None and self.enriched.may_lack(name):
            return
        # About a FortiGate that did not answer a query about itself; a problem reports it.
        if self.is_poor(asset, row) and found in (None, asset["title"], ASKED_AT):
            return
        known = row["attributes"].get(name)
        if not (self.unanswered and row["manager"] is not None and found in (known, None)):
            self.expect(False, row["serial"], name, "is", found, "and not", expected)
        elif self.asks_fgts and name in LIVE[row["device_type"]] and known != expected:
            reported = self.is_reported_silent(row["manager"]) or self.is_unread(row)
            self.expect(reported, row["serial"], name, "is not live")

    def check_asset(self, asset, row):
        serial = asset["sync_key"]
        title = clean(row["title"], 255)
        if self.is_poor(asset, row) and asset["title"].strip("()").endswith(serial):
            title = asset["title"]

        def same(what, found, expected):
            self.expect(found == expected, serial, what, "is", found, "and not", expected)

        same("device_type", asset["device_type"], row["device_type"])
        same("title", asset["title"], title)
        part = {"maker": row.get("maker", "Fortinet"), "model": row["model"]}
        same("part", asset.get("part", {}), {k: v for k, v in part.items() if v})
        # An ADOM whose name was damaged comes last, and is identified by its contents.
        if self.partial or self.repaired:
            self.expect(asset["scope"] in self.scopes_of(row), serial, "is of", asset["scope"])
        else:
            same("scope", asset["scope"], self.scopes_of(row)[0])
        if row["manager"] is None:
            same("manager", asset.get("manager"), None)
        else:
            manager = asset.get("manager", {})
            same("manager", manager.get("name"), clean(row["manager"], 255))
            if manager.get("serials") or not self.partial:
                same("manager's serials", manager.get("serials"), row["manager_serials"])
        category = {"device_type": row["device_type"], "label": LABELS[row["device_type"]]}
        if not self.settings.get("synchronize_categories", True):
            category = None
        same("category", asset.get("category"), category)
        expected = self.expected_attributes(row)
        for name in sorted(set(asset["attributes"]) | set(expected)):
            self.check_attribute(asset, row, name, expected.get(name))

    def is_other_listing(self, asset, row):
        """A unit of two FortiGates, where the one that has it could not be read or asked."""
        others = [
            other
            for other in self.out_of_date
            if other["serial"] == row["serial"]
            and other["manager"] == asset.get("manager", {}).get("name")
            and asset["scope"] in self.scopes_of(other)
        ]
        return bool(others) and (
            (self.partial and self.is_unread(row))
            or (self.unanswered and self.is_reported_silent(row["manager"]))
        )

    def check_assets(self):
        expected = {row["serial"]: row for row in self.rows if self.skip_reason(row) is None}
        # Of two machines with one serial, an incomplete list may have one.
        shared = {row["serial"] for row in self.rows if self.skip_reason(row) == "serial_shared"}
        seen = set()
        for asset in self.of("asset"):
            serial = asset["sync_key"]
            self.expect(serial not in seen, serial, "twice")
            seen.add(serial)
            if serial not in expected:
                self.expect(self.partial and serial in shared, serial, "is no asset")
            elif not self.is_other_listing(asset, expected[serial]):
                self.check_asset(asset, expected[serial])
        for serial in expected.keys() - seen:
            row = expected[serial]
            hidden = any((s, row["device_type"]) in self.complete for s in self.scopes_of(row))
            if hidden:
                self.expect(False, serial, "is missing from a complete scope")
            elif not self.partial:
                self.expect(False, serial, "is missing")

    def check_skipped(self):
        """What is no asset although it is there, named by its serial; never an asset's serial."""
        policy = {"unauthorized", "model_device", "pre_provisioned", "log_only_excluded", "serial_shared"}
        assets = {asset["sync_key"] for asset in self.of("asset")}
        expected = set()
        for row in self.rows:
            reason = self.skip_reason(row)
            if row["device_type"] == "other" or row["serial"] in assets:
                continue
            if reason == "serial_unusable":
                expected.add((row["device_type"], reason, None))
            elif reason in policy and row["serial"]:
                expected.add((row["device_type"], reason, row["serial"]))
        found = set()
        for skipped in self.of("skipped"):
            key = (skipped["device_type"], skipped["reason"], skipped.get("serial"))
            self.expect(key[2] not in assets, "skipped and an asset:", skipped)
            self.expect(key in expected, "skipped:", skipped)
            found.add(key)
        if not self.partial:
            self.expect(found == expected, "not skipped:", expected - found)

    # ---- what the run reports of itself

    def read_types(self):
        """The types of which the run read all units: another serial is of none of them."""
        everything = all(scope["state"] == "in" for scope in self.of("scope"))
        short = {c["device_type"] for c in self.of("coverage") if not c["complete"]}
        return [t for t in self.types if everything and t not in short]

    def check_unmatched(self):
        """What is paid for or registered, and not seen, is named; nothing else is."""
        kinds = [document["kind"] for document in self.documents]
        expected = self.enriched.unmatched(self.read_types())
        self.expect(self.of("unmatched") == expected, "unmatched:", self.of("unmatched"), "and not", expected)
        if "unmatched" in kinds:
            last = max(i for i, kind in enumerate(kinds) if kind == "coverage")
            self.expect(kinds.index("unmatched") > last, "unmatched before a coverage")
        for device_type, count in self.of("summary")[-1]["device_types"].items():
            without = [
                asset["sync_key"]
                for asset in self.of("asset")
                if asset["device_type"] == device_type
                and self.enriched.counts()
                and not self.enriched.is_entitled(asset["sync_key"])
            ]
            counted = self.enriched.counts() and device_type != "other"
            self.expect(
                count.get("without_entitlement") == (len(without) if counted else None),
                *(device_type, "without any entitlement:", count, "and not", len(without))
            )

    def check_scopes(self):
        """Each scope that is read has a coverage of each type that is ticked, and no other has."""
        names = [scope["scope"] for scope in self.of("scope")]
        self.expect(len(set(names)) == len(names), "scopes twice:", names)
        read = {s["scope"] for s in self.of("scope") if s["state"] == "in"}
        found = {(c["scope"], c["device_type"]) for c in self.of("coverage")}
        pairs = {
            (scope, device_type)
            for scope in read
            for device_type in self.types
            if (scope == MANAGEMENT) == (device_type == MANAGEMENT)
        }
        self.expect(found == pairs, "scopes and coverages differ:", found ^ pairs)
        unread = {s["scope"]: s["state"] for s in self.of("scope") if s["state"] != "in"}
        for scope, state in unread.items():
            adom = scope[len("adom:") :]
            chosen = self.adoms is None or adom in self.adoms
            if state == "not_chosen":
                self.expect(not chosen or scope == "none", scope, "is chosen")
            elif not self.partial:
                self.expect(adom in self.outside or scope == "none", scope, "is", state)
        summary = self.of("summary")[-1]
        if summary["outcome"] in ("ok", "partial") and not self.partial and not self.outside and not self.repaired:
            known = summary["scopes_complete"]
            unknown = self.scopes_unknown or self.types == [MANAGEMENT]
            self.expect(known != unknown, "all scopes are known:", known)
        short = {c["device_type"] for c in self.of("coverage") if not c["complete"]}
        for asset in self.of("asset"):
            self.expect(asset["scope"] in read, asset["sync_key"], "of", asset["scope"])
            if asset.get("certain") is False and not self.partial and not self.outside:
                why = self.leaves_early or asset["device_type"] in short
                self.expect(why, asset["sync_key"], "uncertain")

    def check_coverage(self):
        expected = self.expected_coverage()
        found = {(c["scope"], c["device_type"]) for c in self.of("coverage")}
        for pair in expected ^ found:
            if not self.partial or (pair in self.complete and pair[0] != "none"):
                self.expect(False, "coverage of", pair, "reported" if pair in found else "not reported")
        for coverage in self.of("coverage"):
            pair = (coverage["scope"], coverage["device_type"])
            if not self.partial:
                self.expect(
                    self.incomplete.get(pair) == coverage.get("reason"),
                    pair,
                    "is incomplete for the reason",
                    coverage.get("reason"),
                )
            for name in ("reason", "message"):
                self.expect(coverage["complete"] != (name in coverage), pair, "complete, or", name)

    def check_summary(self):
        summary = self.of("summary")[-1]
        partial = any(not coverage["complete"] for coverage in self.of("coverage"))
        if not self.partial:
            self.expect(summary["outcome"] == ("partial" if partial else "ok"), summary["outcome"])
        if summary["outcome"] in ("ok", "partial"):
            self.expect(partial == (summary["outcome"] == "partial"), summary["outcome"])
        if summary["outcome"] == "ok":
            self.expect(not self.partial or self.is_everything(), "OK, and not everything is reported")
        self.expect(("error" in summary) == (summary["outcome"] != "ok"), "error:", summary)
        counts = summary["device_types"]
        counted = [set(self.types) | {"other"}]
        if "device_types" not in self.settings and not self.of("source"):
            counted.append(set(LIVE) - {MANAGEMENT} | {"other"})  # before the source was known
        self.expect(set(counts) in counted, "counted are", list(counts))
        emitted = collections.Counter(asset["device_type"] for asset in self.of("asset"))
        for device_type, count in counts.items():
            total = count["assets"] + count["duplicates"] + sum(count["skipped"].values())
            self.expect(count["seen"] == total, device_type, "does not add up:", count)
            self.expect(count["assets"] == emitted[device_type], device_type, "emitted", emitted)
            incomplete = any(
                coverage["device_type"] == device_type and not coverage["complete"]
                for coverage in self.of("coverage")
            )
            if summary["outcome"] in ("ok", "partial"):
                self.expect(count["complete"] == (not incomplete), device_type, "complete:", count)
            if not self.partial:
                self.check_counts(device_type, count)

    def check_problems(self):
        """Each oddity that a person should know of is reported once, and nothing beside."""
        reported = collections.defaultdict(list)
        for problem in self.of("problem"):
            reported[problem["reason"]].append(problem["subject"])
        nameless = sum(self.skip_reason(row) == "serial_unusable" for row in self.rows)
        self.expect(len(reported.pop("serial_unusable", [])) == nameless, "without a serial:", nameless)
        shared = {row["serial"] for row in self.rows if self.skip_reason(row) == "serial_shared"}
        found = reported.pop("serial_shared", [])
        self.expect(sorted(found) == sorted(shared), "serial_shared:", found, "and not", shared)
        placeholders = any(self.skip_reason(row) == "serial_placeholder" for row in self.rows)
        found = len(reported.pop("serials_placeholder", []))
        self.expect(found == placeholders, found, "problems of placeholders")
        # A moved unit is counted, without a problem. An ADOM outside of the account that was not
        # chosen and shows no device may be empty, so it need not be reported.
        chosen = self.outside.intersection(self.adoms or [])
        found = set(reported.pop("adom_outside", []))
        self.expect(chosen <= found <= self.outside, "adom_outside:", found, "and not", chosen)
        silent = set(reported.pop("live_gate_failed", []))
        self.expect(silent <= set(self.expected["dead_fgts"]), "not dead:", silent)
        fabric = sorted(fortigate["serial"] for fortigate in self.expected.get("fabric", []))
        found = sorted(reported.pop("fabric_gate_unread", []))
        self.expect(found == fabric, "fabric_gate_unread:", found, "and not", fabric)
        refusals = len(reported.pop("live_refused", []))
        self.expect(refusals <= (0 if self.asks_fgts else 1), "live_refused:", refusals)
        # A FortiGate that does not answer may cost the others of its batch a second query.
        if self.asks_fgts and self.expected["dead_fgts"]:
            reported.pop("requests_repeated", None)
        self.check_empty(reported)
        for reason, times in collections.Counter(self.reported).items():
            found = len(reported.pop(reason, []))
            self.expect(found == times, found, "problems of", reason, "and not", times)
        for reason in self.allowed:
            reported.pop(reason, None)
        self.expect(not reported, "problems:", dict(reported))

    def check_empty(self, reported):
        """What is ticked and stays empty is reported, and nothing else is."""
        there = {name for asset in self.of("asset") for name in asset["attributes"]}
        listed = {reason: set() for reason in EMPTY}
        for problem in self.of("problem"):
            if problem["reason"] in listed:
                names = problem["message"].split(": ")[1].split(". ")[0].split(", ")
                listed[problem["reason"]] = set(names) - {"…"}  # the mark of a list that is cut
                self.expect(len(reported.pop(problem["reason"], [])) == 1, "reported twice:", problem)
        if not all(c["complete"] for c in self.of("coverage")):
            return
        empty = {name for name in self.ticked if name not in there}
        unchosen = listed["attributes_not_enriched"]
        chosen = self.settings.get("enrich", [])
        filled = {name for one in chosen for name in enriched.ATTRIBUTES[one]}
        expected = enriched.ALL.intersection(self.ticked) - filled
        self.expect(unchosen == expected, "not enriched:", unchosen, "and not", expected)
        meta = {name for name in empty if name.startswith("meta.")}
        is_manager = all(source["system"] == "fortimanager" for source in self.of("source"))
        firewalls = any(asset["device_type"] == "firewall" for asset in self.of("asset"))
        expected = meta if firewalls and is_manager else set()
        self.expect(listed["meta_empty"] == expected, listed["meta_empty"], "and not", expected)
        lacking = listed["attributes_not_reported"]
        others = lacking - ENDPOINT_ATTRIBUTES
        self.expect(lacking <= empty and not (others and is_manager), "not reported:", lacking)
        self.expect(meta <= lacking or is_manager, "not reported:", meta)
        self.expect(listed["attributes_not_chosen"] <= empty, "not chosen:", listed)
        live = set.union(*LIVE.values()) if self.settings.get("live_status") == "never" else set()
        self.expect(listed["attributes_not_asked"] <= live & empty, "not asked:", listed)

    def is_everything(self):
        found = {(c["scope"], c["device_type"]) for c in self.of("coverage")}
        return found == self.expected_coverage()

    def check_counts(self, device_type, count):
        rows = [row for row in self.rows if row["device_type"] == device_type]
        skipped = collections.Counter(self.skip_reason(row) for row in rows)
        del skipped[None]
        lost = 0
        if self.unanswered:
            # No FortiGate counts its own radio, so an empty list that lost it goes unnoticed.
            lost = max(0, skipped["local_radio"] - count["skipped"].get("local_radio", 0))
            skipped["local_radio"] -= lost
        skipped = +skipped
        self.expect(count["skipped"] == skipped, device_type, "skipped:", count, "and not", skipped)
        twice = sum(row["device_type"] == device_type for row in self.out_of_date)
        seen = len(rows) + twice - lost
        self.expect(count["duplicates"] == twice, device_type, "duplicates:", count)
        self.expect(count["seen"] == seen, device_type, "seen:", count, "and not", seen)
        units = sum(c["units"] for c in self.of("coverage") if c["device_type"] == device_type)
        if device_type != "other":
            self.expect(units == count["seen"], device_type, "units of all scopes:", units, count)


def main(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("expected")
    parser.add_argument("documents")
    parser.add_argument("--settings", default="{}")
    parser.add_argument("--partial", action="store_true")
    parser.add_argument("--unanswered", action="store_true")
    parser.add_argument("--scopes-unknown", action="store_true")
    parser.add_argument("--reports", action="append", default=[])
    parser.add_argument("--forticloud")
    parser.add_argument("--unread", action="append", default=[])
    parser.add_argument("--cut", action="append", default=[])
    parser.add_argument("--empty", action="append", default=[])
    arguments = parser.parse_args(words)
    with open(arguments.expected, encoding="utf-8") as file:
        expected = json.load(file)
    with open(arguments.documents, encoding="utf-8") as file:
        lines = file.readlines()
    settings = json.loads(arguments.settings)
    oracle = Oracle(expected, lines, settings, arguments.partial, arguments.reports, arguments.unanswered)
    oracle.scopes_unknown = arguments.scopes_unknown
    if arguments.forticloud:
        with open(arguments.forticloud, encoding="utf-8") as file:
            known = json.load(file)
        for name in arguments.empty:
            enriched.remove(known, name)
        oracle.set_enriched(enriched.Enriched(known, settings, arguments.unread, arguments.cut))
    oracle.check()
    for fault in oracle.faults[:20]:
        print(fault, file=sys.stderr)
    return 1 if oracle.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
