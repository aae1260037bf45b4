# models.awk - models.tsv -> C source of the table that models.c searches.
# SPDX-License-Identifier: Apache-2.0
#
#   LC_ALL=C awk -f models.awk device_types.def models.tsv
#
# Columns: prefix, model, device_type, source. The table is searched by halving, so a row out of
# order, a prefix twice, or a row without its source is an error of the build.

BEGIN {
    FS = "\t"
    type["other"] = "OTHER"
    print "/* Made by models.awk. */\n#include \"catalogue/models.h\"\n\nconst struct model_row MODEL_TABLE[] = {"
}

function reject(why)
{
    printf "%s:%d: %s\n", FILENAME, FNR, why | "cat >&2"
    failed = 1
    exit 1
}

# DEVICE_TYPE(NAME, id, ...)
FILENAME ~ /\.def$/ {
    if (split($0, row, /[(, ]+/) > 2 && row[1] == "DEVICE_TYPE")
        type[row[3]] = row[2]
    next
}

FNR == 1 {
    if ($0 != "prefix\tmodel\tdevice_type\tsource")
        reject("the first line must be: prefix, model, device_type, source")
    next
}

NF != 4 || $4 == "" { reject("four columns are needed, the last one names the source") }
$1 !~ /^[A-Z0-9]+$/ { reject("the prefix \"" $1 "\" is not of A-Z and 0-9") }
$2 !~ /^[A-Za-z0-9 .+-]+$/ { reject("the model \"" $2 "\" has a character that no model has") }
!($3 in type) { reject("the device type \"" $3 "\" is unknown") }
rows && $1 "" <= last "" { reject("\"" $1 "\" must stand before \"" last "\", and once") }

{
    printf "    {\"%s\", \"%s\", %s},\n", $1, $2, type[$3]
    last = $1
    rows++
}

END {
    if (!failed)
        printf "};\n\nconst size_t MODEL_TABLE_COUNT = %d;\n", rows
}
