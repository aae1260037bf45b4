# fgt_simulator.py - sends requests to the simulated FortiGate, and checks the shape of its
# answers.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 fgt_simulator.py ask URL METHOD PATH TOKEN EXPRESSION [BODY]
#       Checks that a Python expression holds for the answer. In it: `status`, `content_type`,
#       `challenge` (WWW-Authenticate), `text`, `reply` (JSON, or None), `one` (the first envelope,
#       or the only one), `vdoms` (those of all envelopes), `rows` (the results of all envelopes,
#       joined). TOKEN "-": none.
#   python3 fgt_simulator.py members URL TOKEN TSV SEEN
#       Checks that the table has every member of every answer, with its type. Adds the lines that
#       occurred to the file SEEN.
#   python3 fgt_simulator.py stale TSV SEEN
#       Checks that every line of the table occurred.
#   python3 fgt_simulator.py samples TSV FOLDER
#       Checks that every recorded reply that the table cites has that member, with one of its
#       types.

import json
import pathlib
import sys
import urllib.error
import urllib.request

PATHS = [
    "cmdb/switch-controller/managed-switch",
    "cmdb/system/global",
    "cmdb/system/ha",
    "cmdb/wireless-controller/wtp",
    "monitor/switch-controller/managed-switch",
    "monitor/switch-controller/managed-switch/models",
    "monitor/switch-controller/managed-switch/status",
    "monitor/system/csf",
    "monitor/system/firmware",
    "monitor/system/ha-checksums",
    "monitor/system/ha-peer",
    "monitor/system/ha-statistics",
    "monitor/system/status",
    "monitor/web-ui/state",
    "monitor/wifi/ap-names",
    "monitor/wifi/managed_ap",
]
TYPES = {str: "text", bool: "boolean", int: "integer", float: "float", list: "list", dict: "object"}


def fetch(url, method, path, token, body=None):
    data = body.encode() if body is not None else None
    request = urllib.request.Request(url + path, data=data, method=method)
    if token != "-":
        request.add_header("Authorization", "Bearer " + token)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        text = answer.read().decode()
        return answer.status, answer.headers, text


def ask(url, method, path, token, expression, body=None):
    status, headers, text = fetch(url, method, path, token, body)
    kind = headers.get_content_type()
    reply = json.loads(text) if kind == "application/json" else None
    envelopes = reply if isinstance(reply, list) else [reply]
    envelopes = [envelope for envelope in envelopes if isinstance(envelope, dict)]
    results = [envelope.get("results") for envelope in envelopes]
    names = {
        "status": status,
        "content_type": kind,
        "challenge": headers.get("WWW-Authenticate"),
        "text": text,
        "reply": reply,
        "one": envelopes[0] if envelopes else None,
        "vdoms": [envelope.get("vdom") for envelope in envelopes],
        "rows": [row for rows in results if isinstance(rows, list) for row in rows],
    }
    if not eval("(%s)" % expression, names):
        sys.exit("%s %s does not hold: %s\n%s %s" % (method, path, expression, status, text[:2000]))


def members(value, path=""):
    """Every member at any depth, as (path, type). FortiGates below a FortiGate are FortiGates."""
    if isinstance(value, list):
        for element in value:
            yield from members(element, path)
    elif isinstance(value, dict):
        for name, member in value.items():
            at = (path + "." + name).lstrip(".")
            while "subtree_members." in at:
                at = at.replace("subtree_members.", "")
            yield at, TYPES[type(member)]
            yield from members(member, at)


def read_table(path):
    """(resource, member) -> (types, source)"""
    table = {}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            resource, member, types, source = line.split("\t")
            table[resource, member] = types.split("|"), source
    return table


def check_members(url, token, tsv, seen):
    table = read_table(tsv)
    met = set()
    faults = []
    for path in PATHS:
        _, _, text = fetch(url, "GET", "/api/v2/" + path + "?vdom=*", token)
        reply = json.loads(text)
        for envelope in reply if isinstance(reply, list) else [reply]:
            results = envelope.pop("results", None)
            found = [(("envelope", name), kind) for name, kind in members(envelope)]
            found += [((path, name), kind) for name, kind in members(results)]
            for key, kind in found:
                if key not in table or kind not in table[key][0]:
                    faults.append("%s: %s is %s" % (*key, kind))
                met.add(key + (kind,))
    with open(seen, "a", encoding="utf-8") as file:
        file.writelines("\t".join(entry) + "\n" for entry in sorted(met))
    if faults:
        sys.exit("\n".join(sorted(set(faults))))


def check_stale(tsv, seen):
    met = {tuple(line.split("\t")) for line in pathlib.Path(seen).read_text().splitlines()}
    stale = [
        "%s: %s is never %s" % (*key, kind)
        for key, (types, _) in read_table(tsv).items()
        for kind in types
        if key + (kind,) not in met
    ]
    if stale:
        sys.exit("\n".join(stale))


def check_samples(tsv, folder):
    faults = []
    known = {}
    for (resource, member), (types, source) in read_table(tsv).items():
        if source.startswith("section "):
            continue
        if source not in known:
            reply = json.loads((pathlib.Path(folder) / source).read_text(encoding="utf-8"))
            envelope = reply[0] if isinstance(reply, list) else reply
            rest = {name: value for name, value in envelope.items() if name != "results"}
            known[source] = set(members(rest)), set(members(envelope.get("results")))
        recorded = known[source][resource != "envelope"]
        if not any((member, kind) in recorded for kind in types):
            faults.append("%s does not show %s of %s" % (source, member, resource))
    if faults:
        sys.exit("\n".join(faults))


COMMANDS = {
    "ask": ask,
    "members": check_members,
    "stale": check_stale,
    "samples": check_samples,
}


def main(arguments):
    COMMANDS[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    main(sys.argv[1:])
