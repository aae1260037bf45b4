# ids.py - compares the ids of the plugin with the schemas and fortinet-integration(7): device types,
# steps of validate, systems, credentials, options, reasons. See described.py.
# SPDX-License-Identifier: Apache-2.0

import re

from described import Described, differ, fields, main

MANUAL = "fortinet-integration(7)"


class Ids(Described):
    def part(self, heading):
        """The text under a heading of the manual page."""
        text = self.text("plugin/fortinet-integration.7")
        return re.search(r"^\.S[hs] %s\n(.*?)(?=^\.S[hs] )" % heading, text,
                         re.DOTALL | re.MULTILINE)[1]

    def said(self, heading, begin, end):
        """The ids in the sentence of that part from the words `begin` to `end`."""
        sentence = self.part(heading).partition(begin)[2].partition(end)[0]
        return re.findall(r"^\.(?:Qq|Va|Ql) (\w+)", sentence, re.MULTILINE)

    def rows(self, path, macro):
        """The arguments of a macro in a .def file, up to the third."""
        return re.findall(r'^%s\((\w+)(?:,\s*(\w+))?(?:,\s*"(\w+)")?' % macro, self.text(path),
                          re.MULTILINE)

    def steps(self):
        code = self.text("plugin/sources/check.c").partition("steps[CHECK_COUNT] = {")[2]
        before, _, after = code.partition("};")[0].partition("#define DEVICE_TYPE")
        types = [step for _, _, step in self.rows("plugin/catalogue/device_types.def",
                                                  "DEVICE_TYPE")]
        after = after.partition("#undef")[2]
        return [*re.findall('"([a-z_]+)"', before), *types, *re.findall('"([a-z_]+)"', after)]

    def reasons(self):
        """The slugs by code; certificate_unreadable is a word of a certificate, and no reason."""
        found = {}
        for slug, code, _ in self.rows("plugin/host/reasons.def", "REASON"):
            if slug != "certificate_unreadable":
                found.setdefault(code[len("HECTOR_") :], set()).add(slug)
        return found

    def skips(self):
        return [slug for slug, _, _ in self.rows("plugin/host/skips.def", "SKIP")]


# ---- checks: each yields its errors


def device_types(ids):
    known = [kind["id"] for kind in ids.english["device_types"]]
    common = ids.schema("common")["$defs"]
    yield from differ("common.schema.json, device_type", common["device_type"]["enum"], known)
    yield from differ("common.schema.json, cost", list(common["cost"]["properties"]), known)
    counts = ids.schema("summary")["properties"]["device_types"]["properties"]
    yield from differ("summary.schema.json, device_types", list(counts), [*known, "other"])
    yield from differ(MANUAL + ", summary",
                      ids.said("summary", ".Va device_types\nhas", "\n.Va other "), known)
    for where, node in (("common.schema.json, device_types", common["device_types"]),
                        ("descriptor.schema.json, device_types",
                         ids.schema("descriptor")["properties"]["device_types"])):
        if node["maxItems"] != len(known):
            yield "%s: set maxItems to %d" % (where, len(known))
    for english, french in zip(ids.english["device_types"], ids.french["device_types"]):
        for label in ("label", "category"):
            if english[label] == french[label]:
                yield "labels.def: translate the %s of %s" % (label, english["id"])


def steps(ids):
    known = ids.steps()
    yield from differ("check.schema.json, step", ids.schema("check")["properties"]["step"]["enum"],
                      known)
    yield from differ(MANUAL + ", check", ids.said("check", ".Va step\nare", "in this order"),
                      known)


def systems(ids):
    """Systems, the credentials that they accept, and the options of list_options."""
    choices = [value for value in ids.english["settings_schema"]["properties"]["source"]["enum"]
               if value not in ("auto", "")]
    guides = {guide["system"] for guide in ids.english["guide"]}
    credentials = [each["id"] for each in ids.english["credentials"]]
    options = [field["options"] for field in fields(ids.english) if "options" in field]
    yield from differ("source.schema.json, system",
                      ids.schema("source")["properties"]["system"]["enum"], choices)
    yield from differ("guides of the sources", guides & set(choices), set(choices))
    descriptor = ids.schema("descriptor")["properties"]
    entry = descriptor["guide"]["items"]["properties"]
    one = descriptor["credentials"]["items"]["properties"]
    for where, said, known in (("guide, system", entry["system"]["enum"], guides),
                               ("guide, id", entry["id"]["enum"], set(credentials)),
                               ("guide, credentials", entry["credentials"]["enum"],
                                set(credentials)),
                               ("credentials, systems", one["systems"]["items"]["enum"], guides),
                               ("credentials, id", one["id"]["enum"], set(credentials))):
        yield from differ("descriptor.schema.json, " + where, said, known)
    yield from differ(MANUAL + ", SYSTEMS",
                      re.findall(r"^\.It Qq (\w+)", ids.part("SYSTEMS"), re.MULTILINE),
                      guides)
    yield from differ(MANUAL + ", descriptor",
                      ids.said("descriptor", ".Va credentials\nare", "of which"), credentials)
    for name in ("option", "request-list_options"):
        yield from differ(name + ".schema.json, option",
                          ids.schema(name)["properties"]["option"]["enum"], options)
    yield from differ(MANUAL + ", request", ids.said("request", ".Va option\nare", "A FortiGate"),
                      options)


def reasons(ids):
    """REASONS has each slug once, below its code, and the rest of the page names no other."""
    known = ids.reasons()
    reported = known.pop("OK") | {"serial_unusable", "row_unnamed"}
    every = set().union(reported, ids.skips(), *known.values())
    listed = dict(re.findall(r"^\.It Dv ([A-Z]+)\n((?:\.Ql .*\n)+)", ids.part("REASONS").replace(
        ".It Others", ".It Dv OTHERS"), re.MULTILINE))
    others = {code for code in known if code not in listed}
    known["OTHERS"] = set().union(*(known.pop(code) for code in others))
    for code, slugs in known.items():
        yield from differ("%s, REASONS, %s" % (MANUAL, code),
                          re.findall(r"\.Ql (\w+)", listed.get(code, "")), slugs)
    for what, begin, slugs in (("problems", "slug of a failure:", reported),
                               ("summary", "is not an asset:", set(ids.skips()))):
        yield from differ("%s, REASONS, %s" % (MANUAL, what),
                          ids.said("REASONS", begin, " .\n."), slugs)
    policy = ids.text("plugin/inventory/inventory.c").partition("bool by_policy =")[2]
    yield from differ(MANUAL + ", skipped",
                      set(ids.said("skipped", ".Va reason\nare", "also applies")),
                      {"serial_unusable", *re.findall(r"SKIP_(\w+)", policy.partition(";")[0])})
    every |= {phase for phase, _, _ in ids.rows("plugin/host/progress.def", "PHASE")}
    every |= {each["id"] for each in ids.english["attributes"]}
    lines = re.findall(r"^\.(?:Pq |It )?Ql (.*)", ids.text("plugin/fortinet-integration.7"),
                       re.MULTILINE)
    named = set(re.findall(r"(?<![\w.{])[a-z]+_[a-z_]+(?![\w:.])", "\n".join(lines)))
    yield from differ(MANUAL, named - every, set())


main(Ids, globals())
