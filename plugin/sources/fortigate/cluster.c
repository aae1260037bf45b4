/*
 * cluster.c - the members of the HA cluster, merged by serial, and the Security Fabric.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the primary answers at a cluster's address; these calls, each of which needs a right of its
 * own, list the other members. Their results are merged by serial. A 200 without the right does not
 * prove that there are no other members. Rows of csf's ha_list, ha-peer and ha-checksums name a
 * unit by `serial_no`.
 */
#include "cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "rest.h"
#include "system.h"
#include "json/json_read.h"

/* The calls that list connected members only. */
static const struct rest_query LIVING[] = {
    [LIVING_PEERS] = {.path = "/api/v2/monitor/system/ha-peer", .results = json_type_array},
    [LIVING_CHECKSUMS] = {.path = "/api/v2/monitor/system/ha-checksums",
                          .scope = "global",
                          .results = json_type_array}};
static const struct rest_query SETUP = {
    .path = "/api/v2/cmdb/system/ha", .format = "mode|group-name", .results = json_type_object};
static const struct rest_query FABRIC = {.path = "/api/v2/monitor/system/csf",
                                         .results = json_type_object};

/* ---- members */

/* Returns the member with this serial; NULL = none. */
static struct fgt_member *find_member(struct fgt_run *run, const char *serial)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (strcmp(run->members[i].serial, serial) == 0) {
            return &run->members[i];
        }
    }
    return NULL;
}

bool fgt_is_member(const struct fgt_run *run, const char *serial)
{
    return strcmp(serial, run->answering) == 0 ||
           find_member((struct fgt_run *)run, serial) != NULL;
}

bool fgt_is_foreign(const struct fgt_run *run, struct json_object *envelope)
{
    const char *serial = json_member_text(envelope, "serial");

    return serial != NULL && *serial != '\0' && !fgt_is_member(run, serial);
}

const char *fgt_stranger(const struct fgt_run *run)
{
    for (size_t i = 0; i < run->other_count; i++) {
        if (!fgt_is_member(run, run->others[i])) {
            return run->others[i];
        }
    }
    return NULL;
}

static bool lists_serial(struct json_object *rows, const char *serial)
{
    for (size_t i = 0; i < json_count(rows); i++) {
        if (json_member_is(json_element(rows, i), "serial_no", serial)) {
            return true;
        }
    }
    return false;
}

/*
 * Returns the role by the first key that the row has: its name varies by release, as does its type
 * (number, boolean). A secondary may lack it [recorded from a pair of 100F].
 */
static enum ha_role role_of(struct json_object *row)
{
    static const char *const keys[] = {"is_ha_primary", "primary", "master", "is_manage_primary",
                                       "is_manage_master"};

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (json_member(row, keys[i]) != NULL) {
            return json_member_true(row, keys[i]) ? ROLE_PRIMARY : ROLE_SECONDARY;
        }
    }
    return ROLE_UNKNOWN;
}

/*
 * Finds or adds a member; NULL beyond IDENTITY_SERIALS_MAX, more than any cluster has: FortiOS
 * allows four.
 */
static struct fgt_member *add_member(struct fgt_run *run, const char *serial)
{
    struct fgt_member *member = find_member(run, serial);

    if (member == NULL && run->member_count < IDENTITY_SERIALS_MAX) {
        member = &run->members[run->member_count++];
        *member = (struct fgt_member){.vcluster = INT64_MAX};
        utf8_copy(member->serial, sizeof(member->serial), serial, strlen(serial));
    }
    return member;
}

/* Notes a member without a usable serial by its name; NULL = it has no name either. */
static void note_unusable(struct fgt_run *run, const char *name)
{
    run->unnamed = run->unnamed || name == NULL;
    for (size_t i = 0; name != NULL && i < run->unusable_count; i++) {
        if (strcmp(run->unusable[i], name) == 0) {
            return;
        }
    }
    if (name != NULL && run->unusable_count < IDENTITY_SERIALS_MAX) {
        utf8_copy(run->unusable[run->unusable_count++], NAME_MAX_BYTES + 1, name, strlen(name));
    }
}

static void note_member(struct fgt_run *run, struct json_object *row, unsigned named_by)
{
    const char *serial = json_member_text(row, "serial_no");
    const char *hostname = device_title(json_member_text(row, "hostname"), NULL);

    if (!device_serial_valid(serial)) {
        note_unusable(run, device_title(hostname, device_title(serial, NULL)));
        return;
    }
    struct fgt_member *member = add_member(run, serial);
    if (member == NULL) {
        return;
    }
    if (hostname != NULL && member->hostname[0] == '\0') {
        secrets_copy(&run->operation->secrets, hostname, member->hostname,
                     sizeof(member->hostname));
    }
    /* With virtual clusters a member has a row in each: the role in the first one counts. */
    int64_t vcluster = 0;
    (void)json_member_integer(row, "vcluster_id", &vcluster);
    if (vcluster < member->vcluster ||
        (vcluster == member->vcluster && member->role == ROLE_UNKNOWN)) {
        member->role = role_of(row);
        member->vcluster = vcluster;
    }
    member->named_by |= named_by;
    member->connected = member->connected || named_by != 0;
}

/* True if a member has this role. */
static bool has_role(const struct fgt_run *run, enum ha_role role)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (run->members[i].role == role) {
            return true;
        }
    }
    return false;
}

static bool hostnames_known(const struct fgt_run *run)
{
    for (size_t i = 0; i < run->member_count; i++) {
        if (run->members[i].hostname[0] == '\0') {
            return false;
        }
    }
    return true;
}

/* Returns the HA mode, static: "a-p" in the configuration is "active-passive" elsewhere. */
static const char *mode_of(const char *mode)
{
    static const char *const modes[][2] = {
        {"standalone", "standalone"}, {"a-p", "active-passive"}, {"a-a", "active-active"}};

    if (mode == NULL || *mode == '\0') {
        return NULL;
    }
    for (size_t i = 0; i < COUNT(modes); i++) {
        if (strcmp(modes[i][0], mode) == 0 || strcmp(modes[i][1], mode) == 0) {
            return modes[i][1];
        }
    }
    return "cluster";
}

/* Sets the HA mode, and the name of the cluster unless it is known. */
static void note_mode(struct fgt_run *run, struct json_object *row, const char *mode_key,
                      const char *name_key)
{
    const char *name = json_member_text(row, name_key);

    run->ha_mode = mode_of(json_member_text(row, mode_key));
    if (name != NULL && run->cluster[0] == '\0') {
        utf8_copy(run->cluster, sizeof(run->cluster), name, strlen(name));
    }
}

static void note_unread(struct fgt_run *run, const struct failure *why)
{
    if (why->cause != 0 && why->cause != HECTOR_PERMISSION && run->members_unread.cause == 0) {
        run->members_unread = *why;
    }
}

static int compare_serials(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void end_members(struct fgt_run *run)
{
    char serials[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    bool known = has_role(run, ROLE_PRIMARY); /* then members of unknown role are secondaries */
    size_t size = 0;

    for (size_t i = 0; i < run->member_count; i++) {
        if (known && run->members[i].role == ROLE_UNKNOWN) {
            run->members[i].role = ROLE_SECONDARY;
        }
        memcpy(serials[i], run->members[i].serial, sizeof(serials[i]));
    }
    qsort(serials, run->member_count, sizeof(serials[0]), compare_serials);
    for (size_t i = 0; i < run->member_count; i++) {
        size += (size_t)snprintf(run->serials + size, sizeof(run->serials) - size, "%s%s",
                                 i > 0 ? ", " : "", serials[i]);
    }
    if (run->scope[0] == '\0') {
        (void)snprintf(run->scope, sizeof(run->scope), "gate:%.*s", ADDRESS_TEXT_MAX - 1,
                       run->member_count > 0 ? serials[0] : run->settings->origin);
    }
}

/* ---- Security Fabric */

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
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < json_count(fgts); i++) {
        struct json_object *fgt = json_element(fgts, i);

        if ((code = visit(run, fgt, failure)) == HECTOR_OK) {
            code = visit_fgts(run, json_member_array(fgt, "subtree_members"), visit, failure);
        }
    }
    return code;
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

    (void)failure;
    if (!json_member_is(fgt, "serial", run->answering) && !lists_serial(members, run->answering)) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < json_count(members); i++) {
        note_member(run, json_element(members, i), 0);
    }
    run->members_known |= json_count(members) > 0;
    note_mode(run, fgt, "ha_mode", "ha_group_name");
    if (ip != NULL && strcmp(ip, "0.0.0.0") != 0) {
        utf8_copy(run->management_ip, sizeof(run->management_ip), ip, strlen(ip));
    }
    return HECTOR_OK;
}

static int32_t read_fabric(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;

    if (run->fabric_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    int32_t code = fgt_rest_get_optional(run, &FABRIC, &answer, failure);
    struct json_object *fgts =
        json_member_array(json_member_object(answer.results, "devices"), "fortigate");
    if (fgts != NULL) {
        run->fabric = json_object_get(fgts);
        budget_move(&answer.tree, &run->fabric_tree);
    }
    /* 7.0.11 answers 500 if the fabric is switched off: that is no failure to read the members. */
    if (answer.why.cause != HECTOR_DATA) {
        note_unread(run, &answer.why);
    }
    if (run->fabric_on ? fgts == NULL
                       : answer.why.cause != 0 && answer.why.reason != REASON_gate_read_failed) {
        fgt_rest_note_unread(run, &FABRIC);
    }
    fgt_rest_release(&answer);
    return code != HECTOR_OK ? code : visit_fgts(run, fgts, read_own_entry, failure);
}

static int32_t report_fgt(struct fgt_run *run, struct json_object *fgt, struct failure *failure)
{
    const char *serial = json_member_text(fgt, "serial");

    /*
     * A processor board (FPC, FPM) of a FortiGate-6000 or 7000 uses the Security Fabric protocol
     * towards its management board, with a serial of its own [FortiGate-6000 handbook].
     */
    if (!device_serial_valid(serial) || find_member(run, serial) != NULL ||
        strncmp(serial, "FPC", 3) == 0 || strncmp(serial, "FPM", 3) == 0) {
        return HECTOR_OK;
    }
    return inventory_problem(
        run->inventory,
        PROBLEM(SEVERITY_INFO, REASON_fabric_gate_unread, serial,
                ARGUMENTS(run->settings->origin,
                          device_title(json_member_text(fgt, "host_name"), serial), serial),
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
    run->fabric = NULL;
    budget_give_back(&run->fabric_tree);
}

/* ---- calls that list members */

int32_t fgt_fail_changed(const struct fgt_run *run, const char *what, struct failure *failure)
{
    return fail(run->operation, failure, REASON_changed_meanwhile, NULL,
                ARGUMENTS(what, run->settings->origin));
}

/*
 * Rejects an answer of another cluster: of a unit that is no known member and does not list the
 * first one as a member.
 */
static void reject_foreign(const struct fgt_run *run, struct rest_answer *answer)
{
    if (answer->results != NULL && fgt_is_foreign(run, json_row(answer->json, 0)) &&
        !lists_serial(answer->results, run->answering)) {
        (void)fgt_fail_changed(run, run->answering, &answer->why);
        answer->results = NULL;
    }
}

static void note_members(struct fgt_run *run, const struct rest_answer *answer, unsigned named_by)
{
    const char *serial = json_member_text(json_row(answer->json, 0), "serial");
    struct fgt_member *member = device_serial_valid(serial) ? add_member(run, serial) : NULL;

    if (member != NULL) {
        member->connected = true; /* it has answered */
    }
    for (size_t i = 0; i < json_count(answer->results); i++) {
        struct json_object *row = json_element(answer->results, i);

        if (json_object_is_type(row, json_type_object)) {
            note_member(run, row, named_by);
        }
    }
}

/* Reads the members from ha-peer or ha-checksums. */
static int32_t read_members(struct fgt_run *run, enum living call, struct failure *failure)
{
    struct rest_answer answer;

    if (run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    int32_t code = fgt_rest_get_optional(run, &LIVING[call], &answer, failure);
    reject_foreign(run, &answer);
    if (answer.results != NULL) {
        note_members(run, &answer, call);
    }
    if (!json_all_objects(answer.results)) {
        (void)fgt_rest_invalid(run, &LIVING[call], "members of no type", &answer.why);
    }
    note_unread(run, &answer.why);
    bool listed = json_count(answer.results) > 0;
    bool empty = answer.results != NULL && !listed;
    run->members_refused |= answer.why.cause == HECTOR_PERMISSION;
    run->living_reported |= listed;
    run->living_unread |= answer.why.cause != 0 || empty;
    run->members_known |= listed && answer.why.cause == 0;
    run->members_unlisted |= answer.not_found || (empty && run->system_right == RIGHT_READ);
    fgt_rest_release(&answer);
    return code;
}

/* Reads the HA mode and the name of the cluster, unless the fabric has reported the mode. */
static int32_t read_setup(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;

    if (run->ha_mode != NULL || run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    int32_t code = fgt_rest_get_optional(run, &SETUP, &answer, failure);
    reject_foreign(run, &answer);
    note_unread(run, &answer.why);
    if (answer.why.cause != 0) {
        fgt_rest_note_unread(run, &SETUP);
    }
    note_mode(run, answer.results, "mode", "group-name"); /* a trimmed answer lacks the mode */
    fgt_rest_release(&answer);
    return code;
}

static int32_t read_all_members(struct fgt_run *run, struct failure *failure)
{
    int32_t code;

    if (run->serial[0] != '\0') {
        struct fgt_member *self = add_member(run, run->serial);

        self->connected = true; /* analyzer: never NULL, there is room for the first member */
        memcpy(self->hostname, run->hostname, sizeof(self->hostname));
    } else {
        note_unusable(run, device_title(run->hostname, run->settings->origin));
    }
    if ((code = read_fabric(run, failure)) != HECTOR_OK ||
        (code = read_members(run, LIVING_PEERS, failure)) != HECTOR_OK) {
        return code;
    }
    /* Some standalone units return an empty list; a cluster does not. */
    if ((!run->members_known ||
         (run->member_count > 1 && (!run->living_reported || (has_role(run, ROLE_UNKNOWN) &&
                                                              !has_role(run, ROLE_PRIMARY))))) &&
        (code = read_members(run, LIVING_CHECKSUMS, failure)) != HECTOR_OK) {
        return code;
    }
    if (run->living_unread && run->member_count > 1 &&
        !(run->living_reported && hostnames_known(run))) {
        fgt_rest_note_unread(run, &LIVING[LIVING_PEERS]);
    }
    code = read_setup(run, failure);
    /* Mode standalone proves that there are no other members, whatever the rights of the token. */
    run->members_known |= run->ha_mode != NULL && strcmp(run->ha_mode, "standalone") == 0;
    return code;
}

int32_t fgt_cluster_read(struct fgt_run *run, struct failure *failure)
{
    operation_progress(run->operation, PHASE_cluster_members, 0, 0);
    int32_t code = read_all_members(run, failure);
    operation_progress(run->operation, PHASE_cluster_members, run->member_count, 0);
    end_members(run);
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

int32_t fgt_members_compare(struct fgt_run *run, struct failure *failure)
{
    unsigned call = 0; /* that listed the connected members */
    struct rest_answer answer;

    for (size_t i = 0; run->member_count > 1 && i < run->member_count; i++) {
        call |= run->members[i].named_by;
    }
    if (call == 0) {
        return HECTOR_OK;
    }
    call = (call & LIVING_PEERS) != 0 ? LIVING_PEERS : call;
    operation_progress(run->operation, PHASE_closing_queries, 0, 1);
    int32_t code = fgt_rest_get_optional(run, &LIVING[call], &answer, failure);
    operation_progress(run->operation, PHASE_closing_queries, 1, 0);
    for (size_t i = 0; i < run->member_count && json_count(answer.results) > 0; i++) {
        const struct fgt_member *member = &run->members[i];

        if (((member->named_by & call) != 0 || strcmp(member->serial, run->answering) == 0) &&
            /* The unit that answers may omit itself. */
            !json_member_is(json_row(answer.json, 0), "serial", member->serial) &&
            !lists_serial(answer.results, member->serial)) {
            memcpy(run->changed, member->serial, sizeof(member->serial));
        }
    }
    for (size_t i = 0; i < json_count(answer.results); i++) {
        const char *serial = json_member_text(json_element(answer.results, i), "serial_no");

        if (device_serial_valid(serial) && !fgt_is_member(run, serial)) {
            utf8_copy(run->changed, sizeof(run->changed), serial, strlen(serial));
        }
    }
    fgt_rest_release(&answer);
    return code;
}
