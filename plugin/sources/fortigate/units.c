/*
 * units.c - the switches and access points of a FortiGate, and whether its lists are complete.
 * SPDX-License-Identifier: Apache-2.0
 *
 * No answer says that a unit list lacks rows: the lists are compared with the configuration.
 */
#include "units.h"

#include "cluster.h"
#include "host/repeat.h"
#include "system.h"
#include "unit_list.h"

/* By device type; a type without a format is no managed unit. */
static const struct unit_kind KINDS[DEVICE_TYPE_COUNT] = {
    [SWITCH] = {SWITCH, &fortios_kinds[SWITCH], FORTIOS_SWITCH_FORMAT "|vdom|owner_vdom",
                .titles = {"name", "switch-id"},
                .table = {"/api/v2/cmdb" FORTIOS_SWITCH_TABLE, .vdom = "*",
                          .format = "switch-id|sn|fsw-wan1-admin|pre-provisioned|owner-vdom"}},
    [ACCESS_POINT] = {ACCESS_POINT, &fortios_kinds[ACCESS_POINT],
                      FORTIOS_ACCESS_POINT_FORMAT "|vdom", .has_pages = true, .titles = {"name"},
                      .table = {"/api/v2/cmdb" FORTIOS_ACCESS_POINT_TABLE, .vdom = "*",
                                .format = "wtp-id|admin"}},
};

static int32_t read_again(struct unit_list *list, struct failure *failure)
{
    struct operation *operation = list->run->operation;
    bool again = operation->again;

    operation->again = true;
    int32_t code = fgt_unit_list_read(list, failure);
    operation->again = again;
    return code;
}

/*
 * Reads the unit lists; if a row lacks a serial, reads the configuration, and then the lists again.
 */
static int32_t read_with_serials(struct unit_list *list, struct failure *failure)
{
    int32_t code = fgt_unit_list_read(list, failure);

    if (code != HECTOR_OK || !list->nameless ||
        (code = fgt_unit_table_read(list->run, list->kind, &list->table, failure)) != HECTOR_OK) {
        return code;
    }
    list->looked_up = true;
    return read_again(list, failure);
}

/* ---- completeness of a list */

/*
 * True if the VDOM has no rows and its controller is switched off: its configuration may still hold
 * former units.
 */
static bool is_off(const struct unit_list *list, const struct fgt_vdom *vdom)
{
    return vdom->rows == 0 && fgt_is_off(list->run, list->kind->type, vdom);
}

/* What the lists of all VDOMs show. */
struct survey {
    size_t off;    /* VDOMs of is_off() */
    size_t empty;  /* VDOMs that answered without rows, except those */
    size_t unsure; /* of these: the configuration has rows, or does not prove that it has none */
    uint64_t unlisted; /* configured units that no list shows */
};

static struct survey survey_lists(const struct unit_list *list)
{
    struct survey ret = {0};

    for (size_t i = 0; i < list->run->vdoms.count; i++) {
        const struct fgt_vdom *vdom = &list->run->vdoms.items[i];
        bool absent = list->not_found || vdom->absent;

        if (is_off(list, vdom)) {
            ret.off++;
            continue;
        }
        ret.unlisted += vdom->unlisted;
        if (vdom->rows == 0 && (vdom->answered || list->not_found)) {
            ret.empty++;
            ret.unsure += vdom->unshown > 0 || vdom->table == TABLE_UNREAD ||
                                  (vdom->table == TABLE_ABSENT && !absent)
                              ? 1
                              : 0;
        }
    }
    return ret;
}

/*
 * Compares the lists with the configuration. If they do not show all units, or a member that has
 * just become primary returned them, reads them once more after a pause: it may have been an
 * accident, and a unit may have moved to another VDOM between the two.
 */
static int32_t compare_lists(struct unit_list *list, struct failure *failure)
{
    struct fgt_run *run = list->run;
    struct survey before = survey_lists(list), after;
    int32_t code;

    if (run->units_right == RIGHT_NONE || before.off == run->vdoms.count) {
        return HECTOR_OK;
    }
    if ((code = fgt_unit_table_compare(run, list->kind, &list->ids, failure)) != HECTOR_OK) {
        return code;
    }
    fgt_unit_table_count(run, &list->ids);
    before = survey_lists(list);
    if (!list->replaced && before.unlisted == 0 && before.unsure == 0) {
        return HECTOR_OK;
    }
    repeat_reading(run->operation, HECTOR_LOG_INFO, "the lists may lack configured units");
    if ((code = operation_pause(run->operation, repeat_backoff_ms(run->operation, 1), failure)) !=
            HECTOR_OK ||
        (code = read_again(list, failure)) != HECTOR_OK) {
        return code;
    }
    fgt_unit_table_count(run, &list->ids);
    after = survey_lists(list);
    repeat_end(run->operation,
               !list->replaced && (after.unlisted < before.unlisted || after.empty < before.empty));
    return HECTOR_OK;
}

/*
 * Decides whether the list of a VDOM is complete; a failure says why it is not. An empty list is
 * incomplete if the profile lacks the right, and proves nothing if the profile is not known.
 */
static int32_t check_list(const struct unit_list *list, const struct fgt_vdom *vdom,
                          struct failure *failure)
{
    const struct fgt_run *run = list->run;
    const struct operation *operation = run->operation;
    const char *origin = run->settings->origin;
    const char *units = operation_text(operation, device_type_info(list->kind->type)->units);
    bool off = fgt_is_off(run, list->kind->type, vdom);
    uint64_t unlisted = is_off(list, vdom) ? 0 : vdom->unlisted;
    uint64_t lacking = is_off(list, vdom) ? 0 : unlisted + vdom->unshown;

    if (run->units_right == RIGHT_NONE && !off) {
        return fgt_unit_list_fail_right(list, failure);
    }
    if (!vdom->answered && !list->not_found) {
        return fail(operation, failure, REASON_vdom_missing, NULL,
                    ARGUMENTS(origin, vdom->name, units));
    }
    if (vdom->rows == 0 && lacking > 0) {
        return fail(operation, failure, REASON_gate_roster_empty, NULL,
                    ARGUMENTS(origin, vdom->name, units, message_number((int64_t)lacking).text));
    }
    if (list->replaced && !off &&
        (lacking > 0 || (vdom->table == TABLE_UNREAD && !list->not_found))) {
        return fgt_fail_changed(run, vdom->scope, failure);
    }
    if (unlisted > 0) {
        return fail(operation, failure, REASON_gate_roster_short, NULL,
                    ARGUMENTS(origin, vdom->name, units, message_number((int64_t)unlisted).text));
    }
    if (run->units_right == RIGHT_UNKNOWN && vdom->rows == 0 && !list->not_found && !off) {
        return fail(operation, failure, REASON_rights_unknown, NULL,
                    ARGUMENTS(operation_text(operation, device_type_info(list->kind->type)->plural),
                              origin));
    }
    return HECTOR_OK;
}

/* Ends the coverage of each VDOM. `failed`: why none of them could be read, or NULL. */
static int32_t end_lists(struct unit_list *list, const struct failure *failed,
                         struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < list->run->vdoms.count; i++) {
        const struct fgt_vdom *vdom = &list->run->vdoms.items[i];
        const struct failure *incomplete = failed;
        struct failure why;

        if (failed == NULL && check_list(list, vdom, &why) != HECTOR_OK) {
            incomplete = &why;
        }
        code = fgt_unit_list_end_vdom(list, vdom, incomplete, failure);
    }
    return code;
}

static int32_t begin_lists(const struct unit_list *list, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < list->run->vdoms.count; i++) {
        struct fgt_vdom *vdom = &list->run->vdoms.items[i];

        vdom->answered = vdom->absent = false;
        vdom->rows = vdom->unlisted = vdom->unshown = 0;
        vdom->table = TABLE_UNREAD;
        code = inventory_expect(list->run->inventory, vdom->scope, list->kind->type, failure);
    }
    return code;
}

int32_t fgt_units_read(struct fgt_run *run, enum device_type type, struct failure *failure)
{
    struct unit_list list = {.run = run, .kind = &KINDS[type], .path = fortios_kinds[type].path};
    struct failure why;
    int32_t code, read;

    if (list.kind->format == NULL) {
        return fail(run->operation, failure, REASON_internal, NULL,
                    ARGUMENTS("a device type without a unit list"));
    }
    if ((code = begin_lists(&list, failure)) != HECTOR_OK) {
        return code;
    }
    if ((read = read_with_serials(&list, &why)) == HECTOR_OK) {
        read = compare_lists(&list, &why);
    }
    code = failure_ends(read, &why) ? fail_as(failure, &why)
                                    : end_lists(&list, read != HECTOR_OK ? &why : NULL, failure);
    fgt_rest_release(&list.table);
    fgt_unit_ids_release(&list.ids);
    return code;
}
