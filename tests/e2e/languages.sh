#!/bin/sh
# languages.sh - an administrator who chooses French reads French everywhere.
# SPDX-License-Identifier: Apache-2.0
set -u
. "$srcdir/tests/e2e/e2e.sh"

# ---- the form

stub describe
cp "$out" "$here/english"
stub describe --language fr
cp "$out" "$here/french"
ok "describe in French" exits 0
ok "English: tabs" query "$here/english" \
    '[t["label"] for t in one["tabs"]] == ["Authentication", "Options", "Fields"]'
ok "French: tabs" query "$here/french" \
    '[t["label"] for t in one["tabs"]] == ["Authentification", "Options", "Champs"]'

# same_but_labels: both have the same structure, and French has every label and help text.
same_but_labels()
{
    "$PYTHON3" - "$here/english" "$here/french" <<'END'
import json
import sys

english, french = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
different, same = [], []

def compare(path, left, right):
    if type(left) is not type(right):
        sys.exit("%s differs" % path)
    if isinstance(left, dict):
        if list(left) != list(right):
            sys.exit("%s: %s and %s" % (path, list(left), list(right)))
        for name in left:
            compare(path + "/" + name, left[name], right[name])
    elif isinstance(left, list):
        if len(left) != len(right):
            sys.exit("%s differs in length" % path)
        for number, (a, b) in enumerate(zip(left, right)):
            compare("%s/%d" % (path, number), a, b)
    elif (path.rsplit("/", 1)[1] in ("label", "help", "schedule", "category")
            or "/steps/" in path):
        (same if left == right else different).append(path + ": " + str(left))
    elif left != right and not path.endswith("/language"):
        sys.exit("%s: %s and %s" % (path, left, right))

compare("", english, french)
# Texts that do not change: words that are the same in both languages, and product names.
if len(different) < 100 or len(same) > 20:
    sys.exit("%d differ, the same are: %s" % (len(different), "; ".join(same)))
END
}

ok "the descriptor says the same in both languages" same_but_labels

for option in device_types attributes; do
    stub options $option --language fr
    ok "options $option in French" exits 0
done
ok "labels of attributes in French" \
    reports '{d["value"]: d["label"] for d in KIND("option")}["serial_number"] == "Numéro de série"'

# ---- the messages of a run

# french SENTENCE...: the error has these sentences, and there is no English one anywhere.
english="Check|check the|Enter|answers|refuses the|may not|Hector.s address|cannot|Try again"
all_french()
{
    says "$@" && ! grep -E "\"message\":\"[^\"]*($english)" "$out" && ! grep -E "$english" "$err"
}

# in_french NAME STATUS SENTENCE COMMAND...
in_french()
{
    name=$1
    expected=$2
    sentence=$3
    shift 3
    run "$@" --language fr
    ok "$name" exits "$expected"
    ok "$name: in French" all_french "$sentence"
}

simulate --fgts 30
as_key
run validate --language fr
ok "validate" exits_and_reports 0 'STEPS == "ppppppppps"
    and CHECK("credentials")["message"].endswith("accepte les identifiants.")
    and CHECK("switches")["message"].startswith("Commutateurs : jusqu")
    and "seraient importés" in CHECK("devices")["message"]'
run sync --language fr
ok "sync: categories" exits_and_reports 0 '{a["category"]["label"] for a in KIND("asset")}
    == {"Pare-feu", "Commutateur", "Point d\u0027accès"}'
ok "sync: problems" reports 'sorted(re.sub(" [(].*[)]", "", p["message"].split(" et a ")[0])
        for p in KIND("problem")) == [subject + " n\u0027a pas de numéro de série utilisable"
        for subject in ("access template", "junk serial?", "london-fw-00012")]'
run options adoms --language fr
ok "options: descriptions" reports 'all(d["description"].startswith("Appareils") for d in KIND("option"))'
in_french "an ADOM that does not exist" 11 "L'ADOM Zurich n'existe pas" sync --set 'adoms=["Zurich"]'
in_french "a wrong setting" 11 "La valeur de --set timeout_s n'est pas valide : ce doit être un nombre" \
    sync --set timeout_s=0
in_french "a secret in the settings" 11 "Les réglages contiennent token" \
    sync --set token=x
in_french "an unknown name" 14 "Le nom unknown.invalid est inconnu" \
    validate --set url=https://unknown.invalid
HECTOR_SECRET_TOKEN=another-key
in_french "a wrong key" 12 "refuse le jeton" validate
as_user
HECTOR_SECRET_PASSWORD=another
in_french "a wrong password" 12 "refuse le nom d'utilisateur hector ou son mot de passe" validate
simulate --fgts 30 --deny switches
as_user
in_french "switches are refused" 1 "Le compte ne peut pas lire" sync
ok "coverage" reports 'all(c["message"].startswith("Le compte ne peut pas lire")
    for c in KIND("coverage") if not c["complete"])'
simulate --serve fortigate
in_french "a FortiGate" 11 "est un FortiGate, qui n'accepte qu'un jeton" validate
simulate --fgts 3 --certificate unknown
in_french "an untrusted certificate" 14 "est signé par une autorité qui n'est pas reconnue" validate

# The language of a sync does not change what it delivers.
simulate --fgts 30
as_key
run sync --language fr
sed 's/"label":"[^"]*"//; /"kind":"\(problem\|summary\)"/d' "$out" >"$here/in-french"
run sync --language en
sed 's/"label":"[^"]*"//; /"kind":"\(problem\|summary\)"/d' "$out" >"$here/in-english"
ok "the same assets in both languages" cmp "$here/in-french" "$here/in-english"

conclude
