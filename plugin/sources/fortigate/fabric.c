/*
 * fabric.c - the FortiGates of the Security Fabric, and what it reports of the own cluster.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fabric.h"

#include <string.h>

#include "base/utf8.h"
#include "members.h"
#include "rest.h"
#include "json/json_read.h"

static const struct rest_query FABRIC = {.path = "/api/v2/monitor/system/csf",
                                         .results = json_type_object};

/* Handles the entry of one FortiGate. */
typedef int32_t visit_fgt(struct fgt_run *run, struct json_object *fgt, struct failure *failure);

/*
 * Visits the FortiGates of a list and those below each of them. Whether the latter are in the list
 * itself or in `subtree_members` of the FortiGate above is not recorded: both are read. Recurses no
 * deeper than JSON_DEPTH_MAX.
 */
static int32_t visit_fgts(struct fgt_run *run, struct json_object *fgts, visit_fgt *visit,
                          struct failure *failure)
{
    int32_t code;

    for (size_t i = 0; i < json_count(fgts); i++) {
        struct json_object *fgt = json_element(fgts, i);
        struct json_object *below = json_member_array(fgt, "subtree_members");

        if ((code = visit(run, fgt, failure)) != HECTOR_OK ||
            (code = visit_fgts(run, below, visit, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/*
 * Reads the cluster from the entry of this unit, which exists even if the fabric is switched off
 * [7.4.8]. After a fail-over the entry is that of the new primary, and lists this unit among its
 * members.
 */
static int32_t read_own_entry(struct fgt_run *run, struct json_object *fgt, struct failure *failure)
{
    struct json_object *members = json_member_array(fgt, "ha_list");
    const char *ip = json_member_text(fgt, "mgmt_ip_str");
    const char *serial = json_member_text(fgt, "serial");

    (void)failure;
    if ((serial == NULL || strcmp(serial, run->answering) != 0) &&
        !fgt_lists_serial(members, run->answering)) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < json_count(members); i++) {
        fgt_note_member(run, json_element(members, i), 0);
    }
    run->members_known = run->members_known || json_count(members) > 0;
    fgt_note_mode(run, json_member_text(fgt, "ha_mode"), json_member_text(fgt, "ha_group_name"));
    if (ip != NULL && strcmp(ip, "0.0.0.0") != 0) {
        utf8_copy(run->management_ip, sizeof(run->management_ip), ip, strlen(ip));
    }
    return HECTOR_OK;
}

int32_t fgt_fabric_read(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct json_object *fgts;
    struct failure why;
    int32_t code;

    if (run->fabric_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_get_optional(run, &FABRIC, &answer, &why, failure);
    fgts = json_member_array(json_member_object(answer.results, "devices"), "fortigate");
    if (fgts != NULL) {
        run->fabric = json_object_get(fgts);
        run->fabric_bytes = answer.tree_bytes;
        run->operation->tree_bytes += run->fabric_bytes;
    }
    fgt_rest_release(&answer);
    /* 7.0.11 answers 500 if the fabric is switched off: that is no failure to read the members. */
    if (why.cause != HECTOR_DATA) {
        fgt_note_members_unread(run, &why);
    }
    if (run->fabric_on ? fgts == NULL : why.cause != 0 && why.reason != REASON_gate_read_failed) {
        fgt_rest_note_unread(run, &FABRIC);
    }
    return code != HECTOR_OK ? code : visit_fgts(run, fgts, read_own_entry, failure);
}

/*
 * True for a processor board of a FortiGate-6000 or 7000. It uses the Security Fabric protocol
 * towards its management board, with a serial of its own [FortiGate-6000 handbook].
 */
static bool is_board(const char *serial)
{
    return strncmp(serial, "FPC", 3) == 0 || strncmp(serial, "FPM", 3) == 0;
}

static int32_t report_fgt(struct fgt_run *run, struct json_object *fgt, struct failure *failure)
{
    const char *serial = json_member_text(fgt, "serial"), *name;

    if (serial == NULL || !device_serial_valid(serial) || fgt_member(run, serial) != NULL ||
        is_board(serial)) {
        return HECTOR_OK;
    }
    name = device_title(json_member_text(fgt, "host_name"), serial);
    return inventory_problem(run->inventory,
                             PROBLEM(SEVERITY_INFO, REASON_fabric_gate_unread, serial,
                                     ARGUMENTS(run->settings->origin, name, serial),
                                     .device_type = device_type_id(FIREWALL)),
                             failure);
}

int32_t fgt_fabric_report(struct fgt_run *run, struct failure *failure)
{
    return visit_fgts(run, run->fabric, report_fgt, failure);
}

void fgt_fabric_release(struct fgt_run *run)
{
    json_object_put(run->fabric);
    run->operation->tree_bytes -= run->fabric_bytes;
    run->fabric = NULL;
    run->fabric_bytes = 0;
}
