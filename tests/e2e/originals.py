# originals.py - searches a bundle for the names, serials and addresses in the documents of a sync.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 originals.py DOCUMENTS BUNDLE    exit status 1, with a line for each that is found

import json
import pathlib
import sys

# Members that are not searched for: their text is a fixed word, or a sentence, which no bundle
# holds.
HARMLESS = {"kind", "device_type", "model", "maker", "firmware_version", "connection_status",
            "ha_role", "ha_mode", "category", "system", "version", "plugin_version", "state",
            "reason", "severity", "outcome", "started", "ended", "message", "label", "detail",
            "settings_digest", "listing_digest", "cause", "last_seen", "connected_since",
            "vm_license_expiry", "vm_license_type", "config_status", "management_mode",
            "fortilink_interface", "aliases", "enrichment", "status", "end_date",
            "registration_date", "warranty_end_date", "support_end_date", "end_of_repair_date",
            "end_of_support_date", "fortiflex_status", "support_level", "fortiflex_start_date",
            "fortiflex_end_date"}
# Values that every appliance has, and subjects of problems.
WORDS = {"root", "none", "adom:root", "FortiManager", "adom:FortiManager", "attributes"}


def texts(value, member=""):
    if isinstance(value, dict):
        for name, below in value.items():
            if name.startswith("meta."):
                yield name[len("meta."):]
            if name not in HARMLESS:
                yield from texts(below, name)
    elif isinstance(value, list):
        for below in value:
            yield from texts(below, member)
    elif isinstance(value, str) and len(value) > 3 and value not in WORDS:
        yield value


def main():
    with open(sys.argv[1], encoding="utf-8") as documents:
        originals = {text for line in documents for text in texts(json.loads(line))}
    bundle = "\n".join(path.read_text(encoding="utf-8")
                       for path in sorted(pathlib.Path(sys.argv[2]).iterdir()))
    found = [text for text in sorted(originals)
             if text in bundle or json.dumps(text, ensure_ascii=False)[1:-1] in bundle]
    for text in found:
        print("in the bundle: " + text)
    if len(originals) < 20:
        print("too few originals to say anything: %d" % len(originals))
    return 1 if found or len(originals) < 20 else 0


sys.exit(main())
