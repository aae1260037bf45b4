# by-fortigate.awk - the assets of a sync, grouped by the FortiGate that manages them.
# SPDX-License-Identifier: Apache-2.0
#
#   hector-host-stub sync ... --format ndjson | awk -f by-fortigate.awk
#
# The attributes managed_by and managed_by_serials must be ticked. Reads the documents line by line.
# A quote inside of a text is escaped, so "key":" stands for a member wherever it is found.

# The text of a member of this line, or "".
function text(key, rest)
{
    rest = $0
    if (!sub("^.*\"" key "\":\"", "", rest))
        return ""
    match(rest, /^([^"\\]|\\.)*/)
    rest = substr(rest, 1, RLENGTH)
    gsub(/\\\//, "/", rest)
    gsub(/\\"/, "\"", rest)
    gsub(/\\\\/, "\\", rest)
    return rest
}

function unit()
{
    return sprintf("  %-13s %-22s %-17s %s\n", text("device_type"), text("model"),
                   text("sync_key"), text("title"))
}

/^\{"kind":"asset"/ && text("device_type") == "firewall" {
    firewalls[text("sync_key")] = sprintf("%s, %s, %s", text("title"), text("model"),
                                          text("sync_key"))
}

/^\{"kind":"asset"/ && text("managed_by") != "" {
    fgt = text("managed_by")
    if (!(fgt in serials)) {
        for (at = ++fgts; at > 1 && order[at - 1] > fgt; at--)
            order[at] = order[at - 1]
        order[at] = fgt
        serials[fgt] = text("managed_by_serials")
    }
    if (text("device_type") == "switch")
        switches[fgt] = switches[fgt] unit()
    else
        points[fgt] = points[fgt] unit()
}

END {
    for (i = 1; i <= fgts; i++) {
        fgt = order[i]
        count = split(serials[fgt], members, ", ")
        printf "%s\n", fgt
        for (m = 1; m <= count; m++) {
            printf "  firewall      %s\n", firewalls[members[m]]
            delete firewalls[members[m]]
        }
        printf "%s%s\n", switches[fgt], points[fgt]
    }
    for (serial in firewalls)
        idle++
    printf "FortiGates with switches or access points: %d; firewalls without any: %d.\n", fgts, idle
}
