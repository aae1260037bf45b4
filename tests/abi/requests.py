# requests.py - whether the schemas and the plugin agree about requests. Prints TAP without a plan.
# SPDX-License-Identifier: Apache-2.0
#
#   python3 requests.py PLUGIN SCHEMAS REQUESTS
#
# SCHEMAS is schemas/fortinet, REQUESTS requests.tsv. In a request, ["TEXT", N] is a text of N
# letters, and ["LIST", N, FORMAT] a list of N texts. Nothing answers at the address of the settings,
# so that valid settings fail later, as UNREACHABLE.

import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "lib"))
from host import CONFIG, Call, load  # noqa: E402
from validate_documents import SUFFIX, load_folder, make_validator  # noqa: E402

URL = "https://127.0.0.1:1"


def expanded(value):
    if isinstance(value, dict):
        return {name: expanded(below) for name, below in value.items()}
    if not isinstance(value, list):
        return value
    if value[:1] == ["TEXT"]:
        return "x" * value[1]
    if value[:1] == ["LIST"]:
        return [value[2] % i for i in range(value[1])]
    return [expanded(below) for below in value]


def main():
    plugin = load(sys.argv[1])
    names, schemas = load_folder(pathlib.Path(sys.argv[2]).resolve())
    at, refused = 0, set()
    for line in open(sys.argv[3], encoding="utf-8"):
        if line.startswith("#"):
            continue
        about, verdict, text = line.rstrip("\n").split("\t")
        request, operation = expanded(json.loads(text)), about
        if about == "settings":
            refused.update(request if verdict == "refused" else [])
            request, operation = {"settings": {"url": URL, **request}}, "validate"
        uri = names["request-%s%s" % (operation, SUFFIX)]
        by_schema = make_validator(uri, schemas).is_valid(request)
        if about == "settings":
            request["host"] = {"allow_loopback": True}
        by_plugin = Call(plugin, operation, request).code != CONFIG
        at += 1
        agreed = by_schema == by_plugin == (verdict == "valid")
        print("%sok %d - %s %s: %s" % ("" if agreed else "not ", at, about, verdict, text[:60]))
        if not agreed:
            says = {True: "valid", False: "refused"}
            print("# %s: the schema says %s, the plugin %s" % (
                ", ".join(request.get("settings", request)), says[by_schema], says[by_plugin]))
    catalogue = json.loads(Call(plugin, "describe", {}).documents[0])["attributes"]
    settings = schemas[names["settings" + SUFFIX]]["properties"]
    known = settings["attributes"]["items"]["anyOf"][0]
    agreed = [attribute["id"] for attribute in catalogue] == known["enum"]
    print("%sok %d - the schema of the settings has every attribute" % (
        "" if agreed else "not ", at + 1))
    if not agreed:
        print("# make -C build settings-schema rewrites it")
    print("%sok %d - each setting has a row with a value that is refused" % (
        "not " if settings.keys() - refused else "", at + 2))
    for key in sorted(settings.keys() - refused):
        print("# no row in requests.tsv refuses a value of %s" % key)
    print("1..%d" % (at + 2))


os.environ["TOKEN"] = "0123456789abcdefghijklmnopqrstuv"
main()
