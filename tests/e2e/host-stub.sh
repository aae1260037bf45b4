#!/bin/sh
# host-stub.sh - the host stub against plugins that do exactly what a test needs. Prints TAP.
# SPDX-License-Identifier: Apache-2.0
#
# STUB     the program
# PLUGINS  the folder with fake.so and the broken plugins (tests/plugins)
# RUNNER   a command to run the program with, for example valgrind and its options; may be empty

set -u
. "$srcdir/tests/lib/tap.sh"
: "${STUB:?the program}" "${PLUGINS:?the folder of the plugins}"
RUNNER=${RUNNER:-}
PLUGINS=$(cd "$PLUGINS" && pwd) || exit 99
here=$(mktemp -d) || exit 99
trap 'rm -rf "$here"' EXIT
out=$here/out
err=$here/err
unset POSIXLY_CORRECT HECTOR_SECRET_TOKEN HECTOR_SECRET_PASSWORD
LC_ALL=C
export LC_ALL
esc=$(printf '\033')
cr=$(printf '\r')

# Runs the stub with the fake plugin; sets $out, $err and $status.
fake() {
    run --plugin "$PLUGINS/fake.so" "$@"
}

run() {
    $RUNNER "$STUB" "$@" >"$out" 2>"$err" </dev/null
    status=$?
}

# As in tap.sh, but a failure shows the output of the stub.
ok() {
    name=$1
    shift
    points=$((points + 1))
    if "$@"; then
        echo "ok $points - $name"
    else
        failures=$((failures + 1))
        echo "not ok $points - $name"
        echo "# failed: $* (exit status of the stub: ${status:-none})"
        head -n 5 "$out" "$err" 2>/dev/null | sed 's/^/# /'
    fi
}

exits() {
    [ "$status" -eq "$1" ]
}

out_has() {
    grep -qF -e "$1" "$out"
}

err_has() {
    grep -qF -e "$1" "$err"
}

err_empty() {
    [ ! -s "$err" ]
}

out_empty() {
    [ ! -s "$out" ]
}

out_lines() {
    [ "$(wc -l <"$out")" -eq "$1" ]
}

# No bytes that control a terminal: C0 except tab and line feed, DEL, and C1 as UTF-8.
no_controls() {
    ! tr -d '\t\n' <"$1" | grep -q "[[:cntrl:]]" &&
        ! grep -q "$(printf '\302[\200-\237]')" "$1"
}

no_color() {
    ! grep -qF -e "$esc" "$1"
}

both() {
    "$1" "$2" && "$3" "$4"
}

# Values without a column in a CSV file go to standard error.
exits_and_only_warns() {
    exits "$1" && ! grep -v ': warning: ' "$err"
}

exits_and_says() {
    exits "$1" && err_has "$2"
}

# --- usage -----------------------------------------------------------------------------------
run --help
ok "--help goes to standard output" both exits 0 out_has "Usage: hector-host-stub"
ok "--help says nothing else" err_empty
run --version
ok "--version" both exits 0 out_has "hector-host-stub "

run -h
ok "-h is --help" both exits 0 out_has "Usage: hector-host-stub"
run -V
ok "-V is --version" both exits 0 out_has "hector-host-stub "
for command in describe validate options sync; do
    run help "$command"
    ok "help $command has examples" both exits 0 out_has "Examples:"
    cp "$out" "$here/help"
    run "$command" --help
    ok "$command --help says the same" cmp "$out" "$here/help"
done
run help nonsense
ok "help for what is no command" exits_and_says 2 "'nonsense' is no command"

usage() {
    name=$1
    says=$2
    shift 2
    run "$@"
    ok "usage: $name" exits_and_says 2 "$says"
}
usage "no command" "a command is missing"
usage "unknown command" "'frobnicate' is no command" frobnicate
usage "one word too many" "'twice' is one word too many" describe twice
usage "options without NAME, for a program" "needs the NAME" options --format json
usage "quiet and verbose" "exclude each other" sync --quiet -v
usage "unknown option" "'--frob' is not known" describe --frob
usage "unknown letter" "no option '-x'" describe -x
usage "option without value" "'--settings' needs a value" describe --settings
usage "value for a flag" "takes no value" --help=yes
usage "unknown format" "--format takes" describe --format xml
usage "unknown language" "--language takes" describe --language de
usage "CSV of something else" "belongs to the command sync" validate --format csv
usage "columns of something else" "--columns belongs to" validate --columns type
usage "columns of documents" "--columns belongs to" sync --columns type --format ndjson
usage "a color" "--color takes auto, always or never, not 'red'" sync --color red
usage "filter of something else" "belong to the command options" sync --filter a
usage "limit 0" "from 1 to 10000" options adoms --limit 0
usage "limit too large" "from 1 to 10000" options adoms --limit 99999999999999999999
usage "limit no number" "whole number" options adoms --limit 5x
usage "deadline too large" "from 1 to 86400" sync --deadline 86401
usage "--set without =" "--set takes KEY=VALUE, not 'url'" sync --set url
usage "--set without key" "KEY=VALUE" sync --set =x
usage "--secret-file without =" "--secret-file takes NAME=FILE, not 'token'" sync --secret-file token
usage "settings not there" "cannot read the settings" sync --settings "$here/none"
usage "CA file not there" "cannot read the CA file" sync --ca-file "$here/none"
usage "secret file not there" "cannot read the secret file" sync --secret-file "token=$here/none"
usage "secret with a strange name" "cannot be called 'To-ken': its name has small letters" \
    sync --secret-file "To-ken=/dev/null"
echo secret-1 >"$here/one" && chmod 0600 "$here/one"
usage "secret given twice" "the secret token is given twice" sync --secret-file "token=$here/one" \
    --secret-file "token=$here/one"
usage "an empty secret file" "the secret file /dev/null is empty" sync --secret-file token=/dev/null
printf '{"a":1' >"$here/bad.json"
usage "settings not JSON" "is not JSON: look at line 1, column 7" sync --settings "$here/bad.json"
printf '{\n  "a": 1,\n  "b": [1,\n  2],\n}\n' >"$here/bad.json"
usage "settings with a comma too many" "bad.json has a comma too many: look at line 5, column 1" \
    sync --settings "$here/bad.json"
printf '{\n"a": %s\n}\n' "'b'" >"$here/bad.json"
usage "settings with other quotes" "is not JSON: look at line 2" sync --settings "$here/bad.json"
: >"$here/bad.json"
printf '\357\273\277{}' >"$here/mark.json"
usage "settings with a byte order mark" "begins with a byte order mark" sync --settings "$here/mark.json"
printf '{"town":"Z\303\274rich","url":1,\n "url":2}' >"$here/twice.json"
usage "settings with a member twice" "has the same member twice: look at line 2, column 2" \
    sync --settings "$here/twice.json"
usage "settings empty" "the settings file $here/bad.json is empty" sync --settings "$here/bad.json"
usage "settings without a name" "--settings names no file" sync --settings ""
usage "plugin without a name" "--plugin names no file" describe --plugin ""
usage "CA file without a name" "--ca-file names no file" sync --ca-file ""
usage "output without a name" "--output names no file" sync --output ""
usage "secret file without a name" "--secret-file token= names no file" sync --secret-file token=
printf '{"a":NaN}' >"$here/bad.json"
usage "settings with NaN" "is not JSON" sync --settings "$here/bad.json"
printf '{"a":"\377"}' >"$here/bad.json"
usage "settings not UTF-8" "is not UTF-8" sync --settings "$here/bad.json"
printf '\377\376{\000' >"$here/bad.json"
usage "settings in UTF-16" "is not UTF-8" sync --settings "$here/bad.json"
printf '[1]' >"$here/bad.json"
usage "settings no object" "is no JSON object" sync --settings "$here/bad.json"
head -c 1048577 /dev/zero | tr '\0' ' ' >"$here/bad.json"
usage "settings too large" "larger than 1 MiB" sync --settings "$here/bad.json"
printf '{"a":[{}%s]}' "$(awk 'BEGIN { for (i = 0; i < 60000; i++) printf ",{}" }')" >"$here/bad.json"
usage "settings with too many values" "too many values" sync --settings "$here/bad.json"

printf '{"set":"from the pipe"}' >"$here/piped.json"
$RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --settings - >"$out" 2>"$err" <"$here/piped.json"
status=$?
ok "settings from standard input" exits 0
printf '{"a":1,}' >"$here/piped-bad.json"
$RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --settings - >"$out" 2>"$err" <"$here/piped-bad.json"
status=$?
ok "what is wrong with them" exits_and_says 2 \
    "standard input has a comma too many: look at line 1, column 8"

fake validate --format ndjson --set return=-2
ok "ndjson carries the error of a failure" out_has '{"kind":"error","reason":'
fake validate --format json --set return=-2
ok "and so does json" sh -c 'tail -n 2 "$1" | grep -q "^{.kind.:.error"' sh "$out"
fake sync --format ndjson --set return=-2
ok "not where a summary does" sh -c '! grep -q "^{.kind.:.error" "$1"' sh "$out"
fake sync --set 'summary=false' --set return=-2
ok "a failed sync prints no table of zeros" sh -c '! grep -q ": seen \|^Outcome" "$1"' sh "$out"
run --plugin "$PLUGIN" sync
ok "nor where it has a summary" both exits 11 out_empty .
zeros='{"kind":"summary","outcome":"permission","device_types":{"firewall":{"seen":0,"assets":0}}}'
fake sync --set summary=false --set return=-3 --set "document=$zeros"
ok "nor where it has scopes: the reason stays" both exits 13 out_has "The rest was not sent."
ok "and no count" sh -c '! grep -q ": seen \|^Outcome" "$1"' sh "$out"
fake sync --set summary=false --set return=-3 --set "document=$(echo "$zeros" | sed 's/n":0/n":2/')"
ok "but what a failed sync has seen" out_has "firewall: seen 2"
run --plugin "$PLUGIN" sync --format csv
ok "nor the head of a CSV file" both exits 11 out_empty .
run --plugin "$PLUGIN" options
ok "options without NAME lists the names" out_has "attributes"
LC_ALL=fr_FR.UTF-8 run --plugin "$PLUGIN" options device_types
ok "a table is in the language of the environment" out_has "Pare-feu"
LC_ALL=fr_FR.UTF-8 run --plugin "$PLUGIN" options device_types --format json
ok "what a program reads is not" out_has "Firewalls"

# --- loader ----------------------------------------------------------------------------------
refused() {
    name=$1
    says=$2
    run --plugin "$3" describe
    ok "loader: $name" exits_and_says 22 "$says"
}
refused "no such file" "cannot be found: No such file" "$here/none.so"
refused "a folder" "is not a regular file" "$here"
echo text >"$here/text.so"
refused "a text" "is not a shared object" "$here/text.so"
: >"$here/empty.so"
refused "an empty file" "is not a shared object" "$here/empty.so"
head -c 100 "$PLUGINS/fake.so" >"$here/short.so"
refused "half a file" "cannot be loaded: $here/short.so" "$here/short.so"
cp "$PLUGINS/idle.so" "$here/open.so"
chmod 0666 "$here/open.so"
refused "a file that everybody may write" "may be written by everybody" "$here/open.so"
mkfifo "$here/fifo.so"
refused "a FIFO, which is not opened" "is not a regular file" "$here/fifo.so"
refused "a device" "is not a regular file" /dev/null
mkdir -p "$here/open/folder"
cp "$PLUGINS/idle.so" "$here/open/folder"
chmod 0777 "$here/open"
refused "a folder that everybody may write" "everybody may write: refused" "$here/open/folder/idle.so"
ln -s "$here/open/folder/idle.so" "$here/open.so.link"
refused "such a folder behind a link" "everybody may write: refused" "$here/open.so.link"
chmod 1777 "$here/open"
run --plugin "$here/open/folder/idle.so" validate
ok "loader: a folder with the sticky bit" exits 0
refused "no entry" "has no entry hector_integration_v1" "$PLUGINS/no-entry.so"
refused "the entry of a dependency" "no entry of its own: it lies in" "$PLUGINS/foreign-entry.so"
refused "no table" "gives no table" "$PLUGINS/null-table.so"
refused "a short table" "too short: 48 of 56 bytes" "$PLUGINS/short-table.so"
refused "no id" "does not say its id" "$PLUGINS/no-identity.so"
refused "no version" "does not say its id and version" "$PLUGINS/no-version.so"
refused "an operation missing" "lacks the operation list_options" "$PLUGINS/null-operation.so"
refused "an unresolved symbol" "undefined symbol: broken_symbol_that_is_undefined" \
    "$PLUGINS/unresolved-symbol.so"
run --plugin "$PLUGINS/idle.so" validate
ok "loader: a plugin that does nothing is one" exits 0
run --plugin "$PLUGINS/long-table.so" validate
ok "loader: so is one of a later version" exits 0
ln -s "$PLUGINS/fake.so" "$here/link.so"
run --plugin "$here/link.so" describe
ok "loader: a link is followed" exits 0
(cd "$PLUGINS" && $RUNNER "$STUB" --plugin fake.so describe >"$out" 2>"$err")
status=$?
ok "loader: a relative name is a file, not a search" exits 0
(cd "$here" && LTDL_LIBRARY_PATH=$PLUGINS LD_LIBRARY_PATH=$PLUGINS \
    $RUNNER "$STUB" --plugin fake.so describe >"$out" 2>"$err")
status=$?
ok "loader: no search path is consulted" exits_and_says 22 "cannot be found"

# The plugin of the build tree: beside the program, also when libtool put the program into .libs.
mkdir -p "$here/tree/host-stub/.libs" "$here/tree/plugin/.libs"
cp "$PLUGINS/fake.so" "$here/tree/plugin/.libs/fortinet.so"
for place in host-stub host-stub/.libs; do
    cp "$STUB" "$here/tree/$place/stub"
    if [ "$(head -c 4 "$STUB" | tail -c 3)" = ELF ]; then
        (cd "$here" && $RUNNER "tree/$place/stub" describe >"$out" 2>"$err")
        status=$?
        ok "loader: from $place the built plugin is found" both exits 0 out_has "Fake (fake 0.1)"
    else
        skip "loader: from $place the built plugin is found" "the program is a script"
    fi
done

# --- formats ---------------------------------------------------------------------------------
fake sync --format ndjson
ok "ndjson: OK" exits 0
ok "ndjson: one document a line" out_lines 10
ok "ndjson: documents as emitted" out_has '"note":"@a\"b","meta.x":"a;=1+1;b","extra":true}}'
ok "ndjson: standard error stays empty" err_empty
ok "ndjson: the summary is last" sh -c 'tail -n 1 "$1" | grep -q "^{.kind.:.summary"' sh "$out"
fake --format ndjson sync
ok "options may stand before the command" both exits 0 out_lines 10
POSIXLY_CORRECT=1 fake sync --format ndjson
ok "and after it, POSIXLY_CORRECT or not" both exits 0 out_lines 10

fake sync --format json
ok "json: one array" sh -c '
    [ "$(head -n 1 "$1")" = "[" ] && [ "$(tail -n 1 "$1")" = "]" ] &&
    [ "$(grep -c "^{.*}$" "$1")" = 1 ] && [ "$(grep -c "^{.*},$" "$1")" = 9 ]' sh "$out"
run --plugin "$PLUGINS/idle.so" validate --format json
ok "json: no document is an empty array" [ "$(cat "$out")" = "[]" ]

fake sync --format csv --set 'attributes=["serial_number","note","signal","meta.x"]'
ok "csv: OK" exits 0
ok "csv: titles in Hector's words, then labels" \
    out_has "Category,Maker,Part,Title,Serial Number,\"Note, \"\"free\"\"\",Signal,meta.x$cr"
ok "csv: formulas are defused, numbers are not" \
    out_has "Firewall,Fortinet,Model-1,\"'=HYPERLINK(\"\"http://x\"\")\",FAKE00000002,'-1+1,-70,$cr"
ok "csv: = after a tab is a formula too" out_has "'	'=tab"
ok "csv: = after a semicolon is one where a semicolon begins a cell" out_has "\"a;'=1+1;b\""
ok "csv: a full-width equals sign begins one" out_has "'＝+1"
ok "csv: + and @ are" both out_has "'+" out_has "'@a"
ok "csv: quotes, commas and line ends are quoted" out_has '"two'
ok "csv: nothing steers a terminal" sh -c '
    ! tr -d "\t\r\n" <"$1" | grep -q "[[:cntrl:]]"' sh "$out"
ok "csv: problems go to standard error" err_has "warning: It is"
ok "csv: a value without a column is reported" err_has "they have no column"
fake sync --format csv --columns title,signal,serial
ok "csv: --columns chooses, in its order" out_has "\"'=HYPERLINK(\"\"http://x\"\")\",-70,FAKE00000002$cr"
ok "csv: under the titles of the columns" \
    sh -c 'head -n 1 "$1" | grep -q "^Title,Signal,Serial Number.$"' sh "$out"
fake sync --format csv --set return=-2 --set summary=false
ok "csv: default attributes are the five columns" \
    sh -c 'head -n 1 "$1" | grep -q "^Category,Maker,Part,Title,Serial Number.$"' sh "$out"

fake sync
ok "table: OK" exits 0
ok "table: aligned" out_has "firewall      FAKE00000002   Model-1  =HYPERLINK"
ok "table: the manager" out_has "gate"
ok "table: coverage" out_has "The rest was not sent."
ok "table: problems" out_has 'It is <U+001B>[1modd'
ok "table: summary" out_has "seen 3, assets 1, duplicates 1, skipped model_device 1"
ok "table: assets without an entitlement" out_has "model_device 1, without entitlement 1"
ok "table: nothing steers a terminal" no_controls "$out"
ok "table: characters that show nothing, or turn the text, are named" out_has '<U+202E>'
fake sync --set 'document={"kind":"asset","sync_key":"FAKE1","title":"a\u200bb\u00adc\ufeffd\ufe0fe\udb40\udc41f"}'
ok "table: so are those of no width" out_has 'a<U+200B>b<U+00AD>c<U+FEFF>d<U+FE0F>e<U+E0041>f'
fake sync --set 'attributes=["serial_number","note","signal"]'
ok "table: the ticked attributes, under their labels" out_has 'Manager  Note, "free"  Signal'
ok "table: but once what it shows already" sh -c '! grep -q "Serial Number.*Serial Number" "$1"' sh "$out"
ok "table: their values" out_has "-1+1          -70"
unmatched='{"kind":"unmatched","enrichment":"clouds","device_type":"switch",'
unmatched="documents=[$unmatched\"serial_number\":\"FAKE00000009\",\"end_date\":\"2027-01-31\"}]"
fake sync --set "$unmatched" --set 'enrich=["clouds"]'
ok "table: what is billed but not seen" both \
    out_has "Billed but not seen  Type    Model  Status  Until       Known to" \
    out_has "FAKE00000009         switch                 2027-01-31  clouds"
ok "table: the attributes of a chosen enrichment" out_has "Manager  Covered until"
fake sync --set "$unmatched" --set 'enrich=["others"]'
ok "table: but of no other" sh -c '! grep -q "Covered until" "$1"' sh "$out"
fake sync --set 'enrich=["clouds"]' --set 'attributes=["note"]'
ok "table: nor of one beside what is ticked" sh -c '! grep -q "Covered until" "$1"' sh "$out"
fake sync --format csv --set "$unmatched" --set 'enrich=["clouds"]'
ok "csv: the attributes of a chosen enrichment" out_has 'Serial Number,Covered until'
ok "csv: only assets" sh -c '! grep -q FAKE00000009 "$1"' sh "$out"
fake sync --columns title,serial,signal,meta.x --set echo=true
ok "table: --columns chooses, in its order" sh -c '
    grep -q "^Title  *Serial Number  Signal  meta.x$" "$1"' sh "$out"
ok "table: what --columns names is asked for" out_has '"attributes":["signal","meta.x"]'
fake sync --columns seriel
ok "table: an unknown column, and which there are" exits_and_says 2 \
    "there is no column 'seriel'; there are: type, serial, model, title, manager, category, maker, part, serial_number, note, signal, cover."
fake sync --columns note,note
ok "table: a column twice" exits_and_says 2 "the column note is given twice"
fake sync --color always
ok "table: --color always" out_has "$esc[31mNO$esc[m"
ok "table: a warning, too" out_has "$esc[33mwarning$esc[m"
fake validate --color always
ok "table: ok and FAILED" both out_has "$esc[32mok$esc[m " out_has "$esc[31mFAILED$esc[m "
for format in json ndjson csv; do
    fake sync --format $format --color always
    ok "$format: no color" no_color "$out"
done
fake sync --set assets=1500
ok "table: more rows than are held back" out_has "switch        FAKE10001499"
fake validate
ok "table: marks of the steps" sh -c '
    grep -q "^ok  *address  *The address" "$1" && grep -q "^FAILED  *credentials" "$1" &&
    grep -q "^warning  *tls" "$1" && grep -q "^skipped  *devices" "$1"' sh "$out"
ok "table: what to enter in the appliance's CLI" out_has "      trust {egress_address}"
ok "table: what its place-holder stands for" out_has \
    "the address that this machine connects from in the place of {egress_address}:"
ok "table: the certificate, with its pin" out_has "sha256//AAAA"
ok "table: steps steer no terminal" no_controls "$out"
fake options adoms
ok "table: options" out_has "root   Root   the first"
ok "table: columns count, not bytes" out_has "$(printf '\346\235\261     wide')"
fake describe
ok "table: descriptor" out_has "url: Url / IP address (text, required)"
ok "table: attributes" out_has 'note           Note, "free"   text             volatile'
ok "table: credentials" out_has "  token: Token, secret token, for fake"
ok "table: a guide's steps" out_has "  1. Log in."
ok "table: a guide's CLI text" out_has "        trust {egress_address}"
ok "table: descriptor steers no terminal" no_controls "$out"

# --- requests to the plugin ------------------------------------------------------------------
printf '{"url":"https://a","echo":false,\n "proxy_batch":5}\n' >"$here/settings.json"
: >"$here/ca.pem"
(cd "$here" && $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson \
    --settings settings.json --set echo=true --set url='[::1]:8443' --set name=12 \
    --set 'text="12"' --set list='["a"]' --set none=null --set empty= --language fr \
    --deadline 60 --proxy http://127.0.0.1:3128 --ca-file ca.pem >"$out" 2>"$err")
status=$?
ok "request: sync is answered" exits 0
ok "request: the language" out_has '"message":"{\"language\":\"fr\",'
ok "request: the host" out_has "\\\"host\\\":{\\\"allow_loopback\\\":true,\\\"names\\\":{\\\"setting\\\":\\\"--set \\\",\\\"secret\\\":\\\"--secret-file \\\"},\\\"deadline_s\\\":60,\\\"proxy\\\":\\\"http:\\/\\/127.0.0.1:3128\\\",\\\"ca_file\\\":\\\"$(cd "$here" && pwd -P | sed 's,/,\\/,g')\\/ca.pem\\\"}"
ok "request: --set replaces; what is no JSON is a string" out_has '\"url\":\"[::1]:8443\"'
ok "request: JSON values" out_has '\"name\":12,\"text\":\"12\",\"list\":[\"a\"],\"none\":null'
ok "request: an empty value is an empty string" out_has '\"empty\":\"\"'
ok "request: the file's other settings stay" out_has '\"proxy_batch\":5'
ok "request: nothing that was not given" sh -c '! grep -q "user_agent\|filter\|limit" "$1"' sh "$out"

# --- settings that are found -----------------------------------------------------------------
# found VARIABLE=VALUE... -- ARGUMENT...: runs the stub with these variables, so that it looks for
# settings.
found() {
    set -- "$@" end
    variables=
    while [ "$1" != -- ]; do
        variables="$variables $1"
        shift
    done
    shift
    arguments=
    while [ "$1" != end ]; do
        arguments="$arguments $1"
        shift
    done
    # Word splitting is wanted: no word contains blanks.
    # shellcheck disable=SC2086
    env -u HECTOR_NO_CONFIG -u XDG_CONFIG_HOME HOME="$here/home" $variables \
        $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" $arguments >"$out" 2>"$err" </dev/null
    status=$?
}

mkdir -p "$here/home/.config/hector" "$here/xdg/hector"
echo '{"echo":true,"from":"home"}' >"$here/home/.config/hector/fake.json"
echo '{"echo":true,"from":"xdg"}' >"$here/xdg/hector/fake.json"
chmod 0600 "$here/home/.config/hector/fake.json" "$here/xdg/hector/fake.json"
found -- sync
ok "found: below HOME" out_has '"from":"home"'
ok "found: a person reads it first" \
    [ "$(head -n 1 "$out")" = "Settings: $here/home/.config/hector/fake.json" ]
ok "found: and no word on standard error" err_empty
found XDG_CONFIG_HOME="$here/xdg" -- sync --format ndjson
ok "found: in XDG_CONFIG_HOME" out_has 'from\":\"xdg'
ok "found: no word for a program" sh -c 'head -n 1 "$1" | grep -q "^{.kind.:.source"' sh "$out"
ok "found: nor for cron" err_empty
found XDG_CONFIG_HOME=xdg -- sync
ok "found: XDG_CONFIG_HOME is not relative" out_has '"from":"home"'
found XDG_CONFIG_HOME="$here/none" -- sync
ok "found: XDG_CONFIG_HOME stands for HOME" sh -c '! grep -q "\"from\"" "$1"' sh "$out"
for command in validate "options adoms"; do
    found -- $command
    ok "found: $command needs settings" out_has "Settings: "
done
for command in describe options; do
    found -- $command
    ok "found: $command needs none" sh -c '! grep -q "^Settings: " "$1"' sh "$out"
done
found -- sync --set echo=true
ok "found: not where --set is given" sh -c '! grep -q "Settings: \|\"from\"" "$1"' sh "$out"
found -- sync --settings "$here/piped.json"
ok "found: nor --settings" sh -c '! grep -q "Settings: \|\"from\"" "$1"' sh "$out"
found HECTOR_NO_CONFIG=1 -- sync
ok "found: nor with HECTOR_NO_CONFIG" sh -c '! grep -q "Settings: \|\"from\"" "$1"' sh "$out"
found HECTOR_NO_CONFIG= -- sync
ok "found: which is not set while it is empty" out_has "Settings: "
chmod 0602 "$here/xdg/hector/fake.json"
found XDG_CONFIG_HOME="$here/xdg" -- sync
ok "found: not one that everybody may write" exits_and_says 2 \
    "the settings file $here/xdg/hector/fake.json may be written by everybody, and says to whom"
chmod 0600 "$here/xdg/hector/fake.json"
echo '{"echo":true,}' >"$here/xdg/hector/fake.json"
found XDG_CONFIG_HOME="$here/xdg" -- sync
ok "found: one that is wrong is named, not skipped" exits_and_says 2 \
    "the settings file $here/xdg/hector/fake.json has a comma too many: look at line 1, column 14"
rm "$here/xdg/hector/fake.json"
mkdir "$here/xdg/hector/fake.json"
found XDG_CONFIG_HOME="$here/xdg" -- sync
ok "found: so is one that cannot be read" exits_and_says 2 \
    "cannot read the settings $here/xdg/hector/fake.json: Is a directory"
# The machine's own settings: uses a private /etc in a mount namespace where the system allows one.
mkdir -p "$here/etc/hector"
echo '{"echo":true,"from":"etc"}' >"$here/etc/hector/fake.json"
if unshare -rm mount --bind "$here/etc" /etc 2>/dev/null; then
    env -u HECTOR_NO_CONFIG -u XDG_CONFIG_HOME HOME="$here" unshare -rm sh -c '
        mount --bind "$1/etc" /etc && shift && exec "$@"' sh "$here" \
        $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync >"$out" 2>"$err" </dev/null
    status=$?
    ok "found: in /etc last" both out_has '"from":"etc"' out_has "Settings: /etc/hector/fake.json"
else
    skip "found: in /etc last" "this machine allows no mount of its own"
fi

# --- exit status and messages ----------------------------------------------------------------
for code in -1 -2 -3 -4 -5 -6 -7 -8 -9 -10 -11 -12; do
    fake validate --set "return=$code"
    ok "code $code exits with $((10 - code))" exits_and_says $((10 - code)) \
        "hector-host-stub: The settings demand to return $code."
done
fake sync --set return=1
ok "PARTIAL exits with 1, and says why" exits_and_says 1 "The settings demand to return 1."
fake sync --set return=-2
ok "without -v only the message" sh -c '! grep -q "reason\|detail" "$1"' sh "$err"
fake sync --set return=-2 -v
ok "-v: reason" err_has "reason: demanded"
ok "-v: setting" err_has "setting: return"
ok "-v: detail" err_has "detail of The settings demand"
ok "-v: when to come back" err_has "try again in 7 s"
fake sync --set return=-2 --set silent=true
ok "a failure without a message is reported" exits_and_says 12 "failed with code -2"
fake sync --set return=-2000000000
ok "a code beyond every exit status" exits 21

fake sync --set log=true --format ndjson
ok "log: errors and warnings" both err_has "error: an error" err_has "warning: a warning"
ok "log: no more than that" sh -c '! grep -q "an info" "$1"' sh "$err"
ok "log: one line is one line" err_has 'a warning<U+000A>of two lines'
fake sync --set log=true -v
ok "log: -v info" sh -c 'grep -q "info: an info" "$1" && ! grep -q "debug:" "$1"' sh "$err"
fake sync --set log=true -vv
ok "log: -vv debug" sh -c 'grep -q "debug: a debug" "$1" && ! grep -q "trace:" "$1"' sh "$err"
fake sync --set log=true -vvvv
ok "log: -vvv and more trace" err_has "trace: a trace"
ok "log: nothing steers a terminal" no_controls "$err"

# --- a plugin that breaks the border ---------------------------------------------------------
breach() {
    name=$1
    says=$2
    fake sync --format ndjson --set "document=$3"
    ok "breach: $name" exits_and_says 19 "defect of the plugin: document 10 $says"
}
breach "not JSON" "is not JSON" '{"kind":"asset"'
breach "not an object" "is no JSON object" '["kind"]'
breach "empty" "is empty" ''
breach "kind not first" "does not begin with its kind" '{"a":1,"kind":"asset"}'
breach "kind no string" "does not begin with its kind" '{"kind":1}'
breach "a line break" "holds a line break" '"{\"kind\":\"a\",\n\"b\":1}"'
breach "a raw control character" "holds a raw control character" '"{\"kind\":\"a\u0001\"}"'
breach "two documents" "is not JSON" '{"kind":"a"}{"kind":"b"}'
breach "a comma behind the last member" "has a comma too many" '{"kind":"a",}'
breach "a comma behind the last item" "has a comma too many" '{"kind":"a","b":[1,]}'
breach "a member twice" "has the same member twice" '{"kind":"a","b":1,"b":1}'
for no_json in "'kind':'a'" 'kind:"a"' '"kind":"a" "b":1' '"kind":"a","b"' \
    '"kind":"a","b":[,1]' '"kind":"a","b":[1 2]' '"kind":"a","b":[1}' \
    '"kind":"a"/**/' '"kind":"\x41"' '"kind":"\u00g0"' '"kind":a' '"kind":"a","b":True' \
    '"kind":"a","b":nul' '"kind":"a","b":nan' '"kind":"a","b":Infinity' '"kind":"a","b":01' \
    '"kind":"a","b":+1' '"kind":"a","b":-' '"kind":"a","b":1.' '"kind":"a","b":.1' \
    '"kind":"a","b":1e' '"kind":"a","b":0x1'; do
    breach "{$no_json}" "is not JSON" "{$no_json}"
done
breach "nested too deeply" "is nested too deeply" \
    "{\"kind\":$(awk 'BEGIN { for (i = 0; i < 64; i++) printf "[" }')1"
cat >"$here/good.json" <<'END'
 { "document" : {"kind": "a", "town":"Zürich \ud83d\ude00 \"\\\/\b\f\n\r\t\u20aC" , "a":[ ],
    "b":{ }, "n\u00e9": [ -0, 1.5e-3, 20E+1 , [true, false], null ] } }
END
fake sync --format ndjson --settings "$here/good.json"
all_of_json() {
    exits 0 && out_has '"town": "Zürich 😀 \"\\\/\b\f\n\r\t€", "a": [ ], "b": { }, "né": [ ' &&
        out_has '[ true, false ], null ] }'
}
ok "every part of JSON is read" all_of_json
fake sync --format ndjson --set 'document=[]' --set stubborn=true
ok "breach: going on after a refusal is no success" exits_and_says 19 "is no JSON object"
fake sync --set summary=false --output "$here/none.txt"
ok "breach: no summary" exits_and_says 21 "without a summary"
ok "breach: no summary, no file" [ ! -e "$here/none.txt" ]
fake sync --format ndjson --set 'document={"kind":"summary"}'
ok "breach: a document after the summary" exits_and_says 19 "came after the summary"

# --- secrets ---------------------------------------------------------------------------------
secret=tok3n-of-many-letters
printf '%s\n' "$secret" >"$here/token"
chmod 0600 "$here/token"
received_secret() {
    exits 12 && err_has "${#secret} bytes, 0 apart" && ! grep -qF -e "$secret" "$out" "$err"
}
fake sync --set tell=token --secret-file "token=$here/token" -vvvv
ok "secret from a file reaches the plugin and no output" received_secret
printf '%s\r\n' "$secret" >"$here/token"
fake sync --set tell=token --secret-file "token=$here/token" -vvvv
ok "secret from a file of another system" received_secret
HECTOR_SECRET_TOKEN=$secret
export HECTOR_SECRET_TOKEN
fake sync --set tell=token -vvvv
ok "secret from the environment reaches the plugin and no output" received_secret
HECTOR_SECRET_TOKEN=the-environment
fake sync --set tell=token --secret-file "token=$here/token" -vvvv
ok "a file wins over the environment" received_secret
unset HECTOR_SECRET_TOKEN
fake sync --set tell=token
ok "no secret is no secret" exits_and_says 12 "There is no such secret."
HECTOR_SECRET_TOKEN=
export HECTOR_SECRET_TOKEN
fake sync --set tell=token
ok "an empty secret is not set" exits_and_says 12 "That secret is not set."
unset HECTOR_SECRET_TOKEN
fake sync --set tell=token --secret-file "tokne=$here/one"
ok "a secret that is not asked for is a warning" exits_and_says 12 \
    "warning: the secret tokne was not asked for"
HECTOR_SECRET_TOKNE=secret-1
export HECTOR_SECRET_TOKNE
fake sync --set tell=token
ok "so it is in the environment" exits_and_says 12 "warning: the secret tokne was not asked for"
fake sync --set tell=token --secret-file "token=$here/token"
ok "but not where the plugin has got another" sh -c '! grep -q "was not asked for" "$1"' sh "$err"
unset HECTOR_SECRET_TOKNE
fake sync --quiet --set tell=token --secret-file "tokne=$here/one"
ok "--quiet: the error, without the warning" [ "$(wc -l <"$err")" -eq 1 ]
fake sync --secret-file "tokne=$here/one"
ok "no such warning where none is asked for" both exits 0 err_empty .
chmod 0644 "$here/token"
fake validate --secret-file "token=$here/token"
ok "a secret that everybody may read is a warning" exits_and_says 0 "warning: everybody may read"
fake validate --quiet --secret-file "token=$here/token"
ok "--quiet: no word of a file that everybody may read" both exits 0 err_empty .
printf 'a\nb\n' >"$here/token"
usage "secret of two lines" "more than one line" sync --secret-file "token=$here/token"
head -c 4097 /dev/zero | tr '\0' x >"$here/token"
usage "secret too long" "more than 4096 bytes" sync --secret-file "token=$here/token"
head -c 4096 /dev/zero | tr '\0' x >"$here/token"
echo >>"$here/token"
fake sync --set tell=token --secret-file "token=$here/token" -vvvv
ok "a secret of 4096 bytes" exits_and_says 12 "4096 bytes"

# --- output ----------------------------------------------------------------------------------
echo old >"$here/file"
rm -f "$here/file"
fake sync --format ndjson --output "$here/file"
ok "--output: no word where it is not needed" err_empty
ok "--output: OK, standard output stays empty" both exits 0 out_empty .
ok "--output: the documents" [ "$(wc -l <"$here/file")" -eq 10 ]
ok "--output: only its owner may read it" sh -c 'ls -l "$1" | grep -q "^-rw-------"' sh "$here/file"
echo old >"$here/file"
fake sync --format ndjson --output "$here/file" --set return=-2
ok "--output: a failure leaves what was there" [ "$(cat "$here/file")" = old ]
ok "--output: and nothing else" [ "$(find "$here" -name 'file.*')" = "" ]
fake sync --format ndjson --output "$here/file" --set return=1
ok "--output: a partial run is written" [ "$(wc -l <"$here/file")" -eq 10 ]
ln -s file "$here/file-link"
fake sync --output "$here/file-link"
ok "--output: a link stays a link" [ -L "$here/file-link" ]
ok "--output: and its file is new" grep -q "^Source: " "$here/file"
ok "--output: a new file behind a link that leads nowhere" sh -c 'ln -s "fresh file" "$1/dangling" &&
    "$STUB" --plugin "$PLUGINS/fake.so" sync --output "$1/dangling" 2>/dev/null &&
    [ -L "$1/dangling" ] && [ -s "$1/fresh file" ]' sh "$here"
ok "--output: nor behind links in a row" sh -c 'mkdir "$1/sub" && ln -s link2 "$1/link1" &&
    ln -s sub/link3 "$1/link2" && ln -s four "$1/sub/link3" &&
    "$STUB" --plugin "$PLUGINS/fake.so" sync --output "$1/link1" 2>/dev/null &&
    [ -L "$1/sub/link3" ] && [ -s "$1/sub/four" ]' sh "$here"
ln -s circle "$here/circle"
fake sync --output "$here/circle"
ok "--output: links in a circle" exits_and_says 2 "Too many levels of symbolic links"
echo crashed >"$here/file.hector-00"
echo mine >"$here/file.hector"
fake sync --output "$here/file"
ok "--output: what a crash left is gone" [ ! -e "$here/file.hector-00" ]
ok "--output: and nothing else" [ "$(cat "$here/file.hector")" = mine ]
rm "$here/file.hector"
chmod 0640 "$here/file"
fake sync --output "$here/file"
ok "--output: a file keeps its mode" sh -c 'ls -l "$1" | grep -q "^-rw-r-----"' sh "$here/file"
fake sync --quiet --output "$here/file"
ok "--output: --quiet does not tell" both exits 0 err_empty .
fake sync --format ndjson --output -
ok "--output: - is standard output" both exits 0 out_lines 10
fake sync --output /dev/null
ok "--output: a device is written" both exits 0 err_empty .
ok "--output: and stays one" [ -c /dev/null ]
ok "--output: standard output by its name, which others write, too" sh -c '
    { echo before; "$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson --output /dev/stdout
    echo after; } >"$1" && [ "$(sed -n "1p;12p" "$1")" = "before
after" ]' sh "$here/shared"
ok "--output: and standard error" sh -c 'echo before >"$1" &&
    "$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson --output /dev/stderr 2>>"$1" &&
    [ "$(wc -l <"$1")" -eq 11 ] && head -n 1 "$1" | grep -qx before' sh "$here/shared"
ok "--output: so is a pipe" sh -c '"$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson \
    --output /dev/stdout | [ "$(wc -l)" = 10 ]'
fake sync --output "$here"
ok "--output: a folder is refused" exits_and_says 2 "cannot write"
fake sync --output "$here/none/file"
ok "--output: no folder" exits_and_says 2 "cannot write"

if [ -c /dev/full ]; then
    $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson >/dev/full 2>"$err"
    status=$?
    ok "a full disk is HOST, with the reason" exits_and_says 19 "cannot write standard output: No space"
    $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync >/dev/full 2>"$err"
    status=$?
    ok "so it is for a table" exits_and_says 19 "cannot write standard output: No space"
    $RUNNER "$STUB" --help >/dev/full 2>"$err"
    status=$?
    ok "and for a text of the stub's own" exits_and_says 19 "cannot write standard output: No space"
else
    skip "a full disk is HOST, with the reason" "no /dev/full"
    skip "and for a text of the stub's own" "no /dev/full"
    skip "so it is for a table" "no /dev/full"
fi
(
    ulimit -f 0 # one that was 0 already stays
    # Without a runner: valgrind writes files of its own, and dies of the limit.
    "$STUB" --plugin "$PLUGINS/fake.so" sync --output "$here/file" 2>&1
    echo "$?"
) | cat >"$err"
ok "a limit of file sizes is HOST, with the reason" err_has "cannot write $here/file: File too large
19"
$RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --format ndjson >&- 2>"$err"
status=$?
ok "a closed standard output is HOST" exits_and_says 19 "cannot write standard output"
for format in table json ndjson csv; do
    {
        $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --format $format --set assets=5000 2>"$err"
        echo $? >"$here/status"
    } | head -n 1 >"$out"
    status=$(cat "$here/status")
    ok "$format: a reader that went away is HOST, not a signal, and silent" \
        exits_and_only_warns 19
done

# --- signals ---------------------------------------------------------------------------------
for signal in INT TERM QUIT HUP; do
    : >"$err"
    $hearing $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --set wait=true --output "$here/new" \
        >"$out" 2>"$err" </dev/null &
    process=$!
    turn=0
    while ! err_has waiting && [ "$turn" -lt 200 ]; do
        sleep 0.1
        turn=$((turn + 1))
    done
    kill -s "$signal" "$process"
    wait "$process"
    status=$?
    ok "SIG$signal cancels with 18" exits 18
    ok "SIG$signal lets the plugin log out" err_has "logged out"
    ok "SIG$signal leaves no file" [ "$(find "$here" -name 'new*')" = "" ]
done

# nohup: a signal ignored at the start stays ignored, and the plugin waits to its end.
: >"$err"
(
    trap '' HUP
    exec $RUNNER "$STUB" --plugin "$PLUGINS/fake.so" sync --set wait=true --set turns=100 \
        >"$out" 2>"$err" </dev/null
) &
process=$!
turn=0
while ! err_has waiting && [ "$turn" -lt 200 ]; do
    sleep 0.1
    turn=$((turn + 1))
done
kill -s HUP "$process"
wait "$process"
status=$?
ok "a SIGHUP that was ignored at the start stays so" exits_and_says 17 "It was not cancelled"

# --- a terminal ------------------------------------------------------------------------------
if command -v script >/dev/null 2>&1 &&
    script -qec "exit 7" /dev/null </dev/null >/dev/null 2>&1; [ $? -eq 7 ]; then
    TERM=xterm script -qec "$RUNNER '$STUB' --plugin '$PLUGINS/fake.so' sync --format ndjson" \
        /dev/null </dev/null >"$out" 2>/dev/null
    ok "terminal: ndjson obeys no C1 character" out_has '\u009b\u202e'
    ok "terminal: and sends none" sh -c \
        '! grep -q "$(printf "\302\233")" "$1"' sh "$out"
    # Stopped by a signal after the line was drawn again.
    : >"$out"
    TERM=xterm script -qfec "$RUNNER '$STUB' --plugin '$PLUGINS/fake.so' sync --set wait=true &
        turn=0
        until grep -q '\[Kwaiting ' '$out' || [ \$turn -eq 200 ]; do sleep 0.1; turn=\$((turn + 1)); done
        kill -s TERM \$!
        wait" /dev/null </dev/null >"$out" 2>/dev/null
    ok "terminal: progress on one line" out_has "$cr$esc[Kwaiting "
    # progress COLUMNS STEPS [WORD...]: shows the successive states of the progress line.
    progress()
    {
        columns=$1
        settings="progress=[$2]"
        shift 2
        TERM=xterm script -qec "stty cols $columns
            $RUNNER '$STUB' --plugin '$PLUGINS/fake.so' validate --set '$settings' $*" \
            /dev/null </dev/null 2>/dev/null | sed "s/$cr$esc\[K/&|/g" | tr -d "$cr" |
            sed "s/$esc\[K//g" | tr '|' '\n' >"$out"
    }
    steps='["devices",1200,5000],["unit_lists",12,40],["waiting:192.0.2.10",4,0],["unit_lists",40,40]'
    progress 80 "$steps"
    ok "terminal: what is counted, and of how many" out_has "devices 1200/5000"
    ok "terminal: a slug in words" out_has "unit lists 12/40"
    ok "terminal: who is waited for, behind it" out_has "unit lists 12/40, waiting for 192.0.2.10, 4 s"
    progress 40 "$steps"
    ok "terminal: or alone where both are too wide" grep -qx "waiting for 192.0.2.10, 4 s" "$out"
    progress 20 "$steps"
    ok "terminal: cut to its width" grep -qx "waiting for 192.0.2" "$out"
    progress 80 '["waiting:192.0.2.10",1,0]'
    ok "terminal: waiting before anything else" grep -qx "waiting for 192.0.2.10, 1 s" "$out"
    progress 80 '["connection",0,0],["units",7,0]'
    ok "terminal: what counts nothing" grep -qx "connection" "$out"
    ok "terminal: no total where none is known" grep -qx "units 7" "$out"
    HECTOR_SECRET_TOKEN=se_cret
    export HECTOR_SECRET_TOKEN
    progress 80 '["the_se_cret",1,2],["waiting:se_cret",3,0],["a\u001b[31m",1,2]'
    unset HECTOR_SECRET_TOKEN
    ok "terminal: no secret in it" both out_has "the *******" out_has "waiting for *******, 3 s"
    ok "terminal: nothing that steers it" out_has 'a<U+001B>[31m 1/2'
    progress 80 "$steps" --quiet
    ok "terminal: no progress with --quiet" sh -c '! grep -q "unit lists" "$1"' sh "$out"
    TERM=xterm script -qec "$RUNNER '$STUB' --plugin '$PLUGINS/fake.so' sync --output '$here/file'" \
        /dev/null </dev/null >"$out" 2>/dev/null
    ok "terminal: how much was written, and where" out_has "4 assets written to $here/file"
    TERM=xterm script -qec "$RUNNER '$STUB' --plugin '$PLUGINS/fake.so' sync -q --output '$here/file'" \
        /dev/null </dev/null >"$out" 2>/dev/null
    ok "terminal: not with --quiet" out_empty
    # on_terminal COLUMNS WORD...: runs the stub on a terminal of that width.
    on_terminal() {
        columns=$1
        shift
        TERM=${TERM_OF_TEST:-xterm} script -qec "stty cols $columns
            [ '${TERM_OF_TEST-}' != empty ] || TERM=
            $RUNNER '$STUB' --plugin '$PLUGINS/fake.so' $*" /dev/null </dev/null 2>/dev/null |
            tr -d '\r' >"$out"
    }
    assets() {
        sed -n '/^Type /,/^$/p' "$out"
    }
    fits() {
        [ "$(assets | LC_ALL=C.UTF-8 wc -L)" -le "$1" ]
    }
    on_terminal 132 sync
    ok "terminal: a table that fits is whole" sh -c '! grep -qF -e ... "$1"' sh "$out"
    on_terminal 60 sync
    ok "terminal: a table is as narrow as the terminal" fits 60
    ok "terminal: the widest column is shortened" out_has "Model-1  =HYPERLI"
    ok "terminal: with dots where it shows no UTF-8" out_has "..."
    LC_ALL=C.UTF-8 on_terminal 60 sync
    ok "terminal: and an ellipsis where it does" out_has "…"
    fits_40() {
        fits 40
    }
    on_terminal 40 sync "--columns type,title,model,serial"
    ok "terminal: but never a serial number" both fits_40 . out_has FAKE00000002
    ok "terminal: nor a sentence" out_has "It is <U+001B>[1modd"
    on_terminal 0 sync
    ok "terminal: COLUMNS where the terminal does not say" sh -c '! grep -qF -e ... "$1"' sh "$out"
    COLUMNS=60 on_terminal 0 sync
    ok "terminal: which is as good" fits 60
    COLUMNS=60 fake sync
    ok "terminal: a file is as wide as it takes" sh -c '! grep -qF -e ... "$1"' sh "$out"
    on_terminal 80 validate
    ok "terminal: color" out_has "$esc[31mFAILED$esc[m"
    NO_COLOR=1 on_terminal 80 validate
    ok "terminal: not with NO_COLOR" no_color "$out"
    NO_COLOR= on_terminal 80 validate
    ok "terminal: which is not set while it is empty" out_has "$esc[31mFAILED$esc[m"
    NO_COLOR=1 on_terminal 80 validate --color always
    ok "terminal: --color wins over it" out_has "$esc[31mFAILED$esc[m"
    on_terminal 80 validate --color never
    ok "terminal: --color never" no_color "$out"
    TERM_OF_TEST=dumb on_terminal 80 validate
    ok "terminal: not where TERM is dumb" no_color "$out"
    TERM_OF_TEST=empty on_terminal 80 validate
    ok "terminal: nor where it is empty" no_color "$out"
    HECTOR_NO_CONFIG= HOME=$here/home on_terminal 80 sync --format ndjson
    ok "terminal: which settings were found, for a program, too" \
        out_has "hector-host-stub: settings: $here/home/.config/hector/fake.json"
else
    lacks "terminal: widths, colors and settings that were found" "script(1)"
    lacks "terminal: ndjson obeys no C1 character" "script(1)"
    lacks "terminal: and sends none" "script(1)"
    lacks "terminal: progress on one line" "script(1)"
    lacks "terminal: what is counted, and of how many" "script(1)"
    lacks "terminal: a slug in words" "script(1)"
    lacks "terminal: who is waited for, behind it" "script(1)"
    lacks "terminal: or alone where both are too wide" "script(1)"
    lacks "terminal: cut to its width" "script(1)"
    lacks "terminal: waiting before anything else" "script(1)"
    lacks "terminal: what counts nothing" "script(1)"
    lacks "terminal: no total where none is known" "script(1)"
    lacks "terminal: no secret in it" "script(1)"
    lacks "terminal: nothing that steers it" "script(1)"
    lacks "terminal: no progress with --quiet" "script(1)"
    lacks "terminal: how much was written, and where" "script(1)"
    lacks "terminal: not with --quiet" "script(1)"
fi

plan "$points"
finish
