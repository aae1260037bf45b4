# embed.awk - a JSON file -> C source that defines it as one line of text.
# SPDX-License-Identifier: Apache-2.0
#
#   awk -f embed.awk -v name=settings_schema_json settings.schema.json
#
# One line, as a document of the border has no line break. An array of characters, not a string
# literal, as ISO C bounds a literal to 4095 bytes.

BEGIN {
    print "/* Made by embed.awk. */"
    printf "extern const char %s[];\n\nconst char %s[] = {\n", name, name
}

/[^ -~]/ {
    printf "%s:%d: only printable ASCII can be embedded\n", FILENAME, FNR | "cat >&2"
    failed = 1
    exit 1
}

{
    sub(/^ +/, "")
    for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        printf "'%s',%s", (c == "'" || c == "\\") ? "\\" c : c, ++column % 20 ? " " : "\n"
    }
}

END {
    if (!failed)
        print "'\\0'};"
}
