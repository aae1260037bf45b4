/*
 * cluster.c - reads the members of the HA cluster.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the primary answers at a cluster's address; these calls, each of which needs a right of its
 * own, list the other members. Their results are merged by serial. A 200 without the right does not
 * prove that there are no other members.
 */
#include "cluster.h"

#include <string.h>

#include "base/utf8.h"
#include "fabric.h"
#include "members.h"
#include "rest.h"
#include "system.h"
#include "json/json_read.h"

/* The calls that list connected members only. */
static const struct rest_query LIVING[] = {
    [LIVING_PEERS] = {.path = "/api/v2/monitor/system/ha-peer", .results = json_type_array},
    [LIVING_CHECKSUMS] = {.path = "/api/v2/monitor/system/ha-checksums",
                          .extra = "scope=global",
                          .results = json_type_array}};
static const struct rest_query SETUP = {
    .path = "/api/v2/cmdb/system/ha", .format = "mode|group-name", .results = json_type_object};

int32_t fgt_fail_changed(const struct fgt_run *run, const char *what, struct failure *failure)
{
    return fail(run->operation, failure, REASON_changed_meanwhile, NULL,
                ARGUMENTS(what, run->settings->origin));
}

/*
 * Rejects an answer of another cluster: of a unit that is no known member and does not list the
 * first one as a member.
 */
static void reject_foreign(const struct fgt_run *run, struct rest_answer *answer,
                           struct failure *why)
{
    if (answer->results != NULL && fgt_is_foreign(run, fgt_rest_envelope(answer, 0)) &&
        !fgt_lists_serial(answer->results, run->answering)) {
        (void)fgt_fail_changed(run, run->answering, why);
        answer->results = NULL;
    }
}

static void note_members(struct fgt_run *run, const struct rest_answer *answer, unsigned named_by)
{
    fgt_note_answering(run, json_member_text(fgt_rest_envelope(answer, 0), "serial"));
    for (size_t i = 0; i < json_count(answer->results); i++) {
        struct json_object *row = json_element(answer->results, i);

        if (json_object_is_type(row, json_type_object)) {
            fgt_note_member(run, row, named_by);
        }
    }
}

/* Reads the members from ha-peer or ha-checksums. */
static int32_t read_members(struct fgt_run *run, enum living call, struct failure *failure)
{
    struct rest_answer answer;
    struct failure why;
    bool listed, empty;
    int32_t code;

    if (run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_get_optional(run, &LIVING[call], &answer, &why, failure);
    reject_foreign(run, &answer, &why);
    if (answer.results != NULL) {
        note_members(run, &answer, call);
    }
    if (!fgt_rest_all_objects(answer.results)) {
        (void)fgt_rest_invalid(run, &LIVING[call], "members of no type", &why);
    }
    fgt_note_members_unread(run, &why);
    listed = json_count(answer.results) > 0;
    empty = answer.results != NULL && !listed;
    run->members_refused |= why.cause == HECTOR_PERMISSION;
    run->living_reported |= listed;
    run->living_unread |= why.cause != 0 || empty;
    run->members_known |= listed && why.cause == 0;
    run->members_unlisted |= answer.not_found || (empty && run->system_right == RIGHT_READ);
    fgt_rest_release(&answer);
    return code;
}

/* Reads the HA mode and the name of the cluster, unless the fabric has reported the mode. */
static int32_t read_setup(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct failure why;
    int32_t code;

    if (run->ha_mode != NULL || run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_get_optional(run, &SETUP, &answer, &why, failure);
    reject_foreign(run, &answer, &why);
    fgt_note_members_unread(run, &why);
    if (why.cause != 0) {
        fgt_rest_note_unread(run, &SETUP);
    }
    /* A trimmed answer lacks the mode. */
    fgt_note_mode(run, json_member_text(answer.results, "mode"),
                  json_member_text(answer.results, "group-name"));
    fgt_rest_release(&answer);
    return code;
}

static int32_t read_all_members(struct fgt_run *run, struct failure *failure)
{
    int32_t code;

    fgt_note_self(run);
    if ((code = fgt_fabric_read(run, failure)) != HECTOR_OK ||
        (code = read_members(run, LIVING_PEERS, failure)) != HECTOR_OK) {
        return code;
    }
    /* Some standalone units return an empty list; a cluster does not. */
    if ((!run->members_known ||
         (run->member_count > 1 && (!run->living_reported || !fgt_roles_known(run)))) &&
        (code = read_members(run, LIVING_CHECKSUMS, failure)) != HECTOR_OK) {
        return code;
    }
    if (run->living_unread && run->member_count > 1 &&
        !(run->living_reported && fgt_hostnames_known(run))) {
        fgt_rest_note_unread(run, &LIVING[LIVING_PEERS]);
    }
    code = read_setup(run, failure);
    /* Mode standalone proves that there are no other members, whatever the rights of the token. */
    run->members_known |= run->ha_mode != NULL && strcmp(run->ha_mode, "standalone") == 0;
    return code;
}

int32_t fgt_cluster_read(struct fgt_run *run, struct failure *failure)
{
    int32_t code;

    operation_progress(run->operation, PHASE_cluster_members, 0, 0);
    code = read_all_members(run, failure);
    operation_progress(run->operation, PHASE_cluster_members, run->member_count, 0);
    fgt_members_end(run);
    if (code != HECTOR_OK) {
        return code;
    }
    if (!run->members_known && run->members_unread.cause == 0) {
        (void)fail(run->operation, &run->members_unread,
                   run->members_unlisted && !run->members_refused ? REASON_members_untold
                                                                  : REASON_members_unread,
                   NULL, ARGUMENTS(run->settings->origin));
    }
    return fgt_name_scopes(run) ? HECTOR_OK : fail_memory(run->operation, failure);
}

/*
 * Returns the call that listed the connected members, which the closing query must repeat; 0 if
 * there is no other member or no such call.
 */
static unsigned living_call(const struct fgt_run *run)
{
    unsigned named_by = 0;

    for (size_t i = 0; i < run->member_count; i++) {
        named_by |= run->members[i].named_by;
    }
    return run->member_count < 2            ? 0
           : (named_by & LIVING_PEERS) != 0 ? LIVING_PEERS
                                            : named_by & LIVING_CHECKSUMS;
}

int32_t fgt_members_compare(struct fgt_run *run, char ret_changed[static SERIAL_MAX + 1],
                            struct failure *failure)
{
    unsigned call = living_call(run);
    struct rest_answer answer;
    struct json_object *rows;
    const char *self;
    struct failure why;
    int32_t code;

    ret_changed[0] = '\0';
    if (call == 0) {
        return HECTOR_OK;
    }
    operation_progress(run->operation, PHASE_closing_queries, 0, 1);
    code = fgt_rest_get_optional(run, &LIVING[call], &answer, &why, failure);
    operation_progress(run->operation, PHASE_closing_queries, 1, 0);
    rows = answer.results;
    self = json_member_text(fgt_rest_envelope(&answer, 0), "serial");
    for (size_t i = 0; i < run->member_count && json_count(rows) > 0; i++) {
        const struct fgt_member *member = &run->members[i];
        /* The unit that answers may omit itself. */
        bool listed = (self != NULL && strcmp(self, member->serial) == 0) ||
                      fgt_lists_serial(rows, member->serial);

        if (((member->named_by & call) != 0 || strcmp(member->serial, run->answering) == 0) &&
            !listed) {
            memcpy(ret_changed, member->serial, sizeof(member->serial));
        }
    }
    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = json_member_text(json_element(rows, i), "serial_no");

        if (serial != NULL && device_serial_valid(serial) && !fgt_is_member(run, serial)) {
            utf8_copy(ret_changed, SERIAL_MAX + 1, serial, strlen(serial));
        }
    }
    fgt_rest_release(&answer);
    return code;
}

int32_t fgt_unread_report(struct fgt_run *run, struct failure *failure)
{
    for (size_t i = 0; i < run->unread_count; i++) {
        const char *const *call = ARGUMENTS(run->settings->origin, run->unread[i]);
        int32_t code = inventory_problem(
            run->inventory, PROBLEM(SEVERITY_INFO, REASON_gate_facts_unread, run->unread[i], call),
            failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}
