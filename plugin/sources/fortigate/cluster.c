/*
 * cluster.c - members of the HA cluster, and the FortiGates of the Security Fabric.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Only the primary answers at a cluster's address; these calls, each of which needs a right of its
 * own, list the other members. Their results are merged by serial. A 200 without the right does not
 * prove that there are no other members.
 */
#include "cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "rest.h"
#include "system.h"
#include "json/json_read.h"

static const struct rest_query FABRIC = {.path = "/api/v2/monitor/system/csf",
                                         .results = json_type_object};
static const struct rest_query PEERS = {.path = "/api/v2/monitor/system/ha-peer",
                                        .results = json_type_array};
static const struct rest_query CHECKSUMS = {.path = "/api/v2/monitor/system/ha-checksums",
                                            .extra = "scope=global",
                                            .results = json_type_array};
static const struct rest_query SETUP = {
    .path = "/api/v2/cmdb/system/ha", .format = "mode|group-name", .results = json_type_object};

/* ---- members */

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

const char *fgt_stranger(const struct fgt_run *run)
{
    for (size_t i = 0; i < run->other_count; i++) {
        if (!fgt_is_member(run, run->others[i])) {
            return run->others[i];
        }
    }
    return NULL;
}

int32_t fgt_fail_changed(const struct fgt_run *run, const char *what, struct failure *failure)
{
    return fail(run->operation, failure, REASON_changed_meanwhile, NULL,
                ARGUMENTS(what, run->settings->origin));
}

/*
 * Returns the role by the first key that the row has: its name varies by release, as does its type
 * (number, boolean). A secondary may lack it [recorded from a pair of 100F].
 */
static enum ha_role role_of(struct json_object *row)
{
    static const char *const keys[] = {"is_ha_primary", "primary", "master", "is_manage_primary",
                                       "is_manage_master"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
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
    if (name == NULL) {
        run->unnamed = true;
        return;
    }
    if (run->unusable_count == IDENTITY_SERIALS_MAX) {
        return;
    }
    for (size_t i = 0; i < run->unusable_count; i++) {
        if (strcmp(run->unusable[i], name) == 0) {
            return;
        }
    }
    utf8_copy(run->unusable[run->unusable_count++], NAME_MAX_BYTES + 1, name, strlen(name));
}

/* Notes the role of a member. With virtual clusters it has a row in each: the first one counts. */
static void note_role(struct fgt_member *member, struct json_object *row)
{
    int64_t vcluster = 0;

    (void)json_member_integer(row, "vcluster_id", &vcluster);
    if (vcluster < member->vcluster ||
        (vcluster == member->vcluster && member->role == ROLE_UNKNOWN)) {
        member->role = role_of(row);
        member->vcluster = vcluster;
    }
}

/* `named_by`: the enum living of a call that lists connected members only, or 0. */
static void note_member(struct fgt_run *run, struct json_object *row, unsigned named_by)
{
    const char *serial = json_member_text(row, "serial_no");
    const char *hostname = device_title(json_member_text(row, "hostname"), NULL);
    struct fgt_member *member;

    if (serial == NULL || !device_serial_valid(serial)) {
        note_unusable(run, device_title(hostname, device_title(serial, NULL)));
        return;
    }
    member = add_member(run, serial);
    if (member == NULL) {
        return;
    }
    if (hostname != NULL && member->hostname[0] == '\0') {
        secrets_copy(&run->operation->secrets, hostname, member->hostname,
                     sizeof(member->hostname));
    }
    note_role(member, row);
    member->named_by |= named_by;
    member->connected = member->connected || named_by != 0;
}

static bool primary_known(const struct fgt_run *run)
{
    bool known = false;

    for (size_t i = 0; i < run->member_count; i++) {
        known = known || run->members[i].role == ROLE_PRIMARY;
    }
    return known;
}

/* If one member is the primary, members of unknown role are secondaries. */
static void complete_roles(struct fgt_run *run)
{
    bool known = primary_known(run);

    for (size_t i = 0; i < run->member_count; i++) {
        if (known && run->members[i].role == ROLE_UNKNOWN) {
            run->members[i].role = ROLE_SECONDARY;
        }
    }
}

/* Returns the HA mode, static: "a-p" in the configuration is "active-passive" elsewhere. */
static const char *mode_of(const char *mode)
{
    if (mode == NULL || *mode == '\0') {
        return NULL;
    }
    return strcmp(mode, "standalone") == 0                                   ? "standalone"
           : strcmp(mode, "a-p") == 0 || strcmp(mode, "active-passive") == 0 ? "active-passive"
           : strcmp(mode, "a-a") == 0 || strcmp(mode, "active-active") == 0  ? "active-active"
                                                                             : "cluster";
}

static void note_group(struct fgt_run *run, const char *name)
{
    if (name != NULL && run->cluster[0] == '\0') {
        utf8_copy(run->cluster, sizeof(run->cluster), name, strlen(name));
    }
}

/* ---- requests */

/*
 * Keeps the first reason why the members are unknown. A missing right is not kept:
 * fgt_cluster_read() sets it if there is no other reason.
 */
static void note_failure(struct fgt_run *run, const struct failure *why)
{
    if (why->cause != 0 && why->cause != HECTOR_PERMISSION && run->members_unread.cause == 0) {
        run->members_unread = *why;
    }
}

/*
 * Reads the cluster from the entry of this unit, which exists even if the fabric is switched off
 * [7.4.8].
 */
static void read_own_entry(struct fgt_run *run, struct json_object *fgt)
{
    struct json_object *members = json_member_array(fgt, "ha_list");
    const char *ip = json_member_text(fgt, "mgmt_ip_str");

    for (size_t i = 0; i < json_count(members); i++) {
        note_member(run, json_element(members, i), 0);
    }
    run->members_known = run->members_known || json_count(members) > 0;
    run->ha_mode = mode_of(json_member_text(fgt, "ha_mode"));
    note_group(run, json_member_text(fgt, "ha_group_name"));
    if (ip != NULL && strcmp(ip, "0.0.0.0") != 0) {
        utf8_copy(run->management_ip, sizeof(run->management_ip), ip, strlen(ip));
    }
}

/* True if the rows list the serial of the unit that answered first. */
static bool names_self(const struct fgt_run *run, struct json_object *rows)
{
    for (size_t i = 0; i < json_count(rows); i++) {
        const char *serial = json_member_text(json_element(rows, i), "serial_no");

        if (serial != NULL && strcmp(serial, run->answering) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Finds and reads the entry of this unit. After a fail-over the entry is that of the new primary,
 * and lists this unit among its members.
 */
static void find_own_entry(struct fgt_run *run, struct json_object *fgts)
{
    for (size_t i = 0; i < json_count(fgts); i++) {
        struct json_object *fgt = json_element(fgts, i);
        const char *serial = json_member_text(fgt, "serial");

        if ((serial != NULL && strcmp(serial, run->answering) == 0) ||
            names_self(run, json_member_array(fgt, "ha_list"))) {
            read_own_entry(run, fgt);
        }
        find_own_entry(run, json_member_array(fgt, "subtree_members"));
    }
}

static int32_t read_fabric(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct json_object *results, *fgts;
    struct failure why;
    int32_t code;

    if (run->fabric_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_ask(run, &FABRIC, &answer, &results, &why, failure);
    fgts = json_member_array(json_member_object(results, "devices"), "fortigate");
    if (fgts != NULL) {
        run->fabric = json_object_get(fgts);
        run->fabric_bytes = answer.tree_bytes;
        run->operation->tree_bytes += run->fabric_bytes;
    }
    fgt_rest_release(&answer);
    /* 7.0.11 answers 500 if the fabric is switched off: that is no failure to read the members. */
    if (why.cause != HECTOR_DATA) {
        note_failure(run, &why);
    }
    if (run->fabric_on ? fgts == NULL : why.cause != 0 && why.reason != REASON_gate_read_failed) {
        fgt_rest_note_unread(run, &FABRIC);
    }
    find_own_entry(run, fgts);
    return code;
}

/*
 * True if an answer is from this cluster: from a known member, from a unit that lists the first one
 * as a member, or without a serial.
 */
static bool is_own(const struct fgt_run *run, const struct rest_answer *answer,
                   struct json_object *rows)
{
    const char *serial = json_member_text(fgt_rest_envelope(answer, 0), "serial");

    return serial == NULL || *serial == '\0' || fgt_is_member(run, serial) || names_self(run, rows);
}

/* False if an element is not an object: it may stand for any member. */
static bool all_objects(struct json_object *rows)
{
    bool objects = true;

    for (size_t i = 0; i < json_count(rows); i++) {
        objects = objects && json_object_is_type(json_element(rows, i), json_type_object);
    }
    return objects;
}

static void note_members(struct fgt_run *run, const struct rest_answer *answer,
                         struct json_object *rows, unsigned named_by)
{
    const char *serial = json_member_text(fgt_rest_envelope(answer, 0), "serial");

    if (serial != NULL && device_serial_valid(serial)) {
        struct fgt_member *member = add_member(run, serial);

        if (member != NULL) {
            member->connected = true;
        }
    }
    for (size_t i = 0; i < json_count(rows); i++) {
        if (json_object_is_type(json_element(rows, i), json_type_object)) {
            note_member(run, json_element(rows, i), named_by);
        }
    }
}

/* Reads the members from ha-peer or ha-checksums; both list connected members only. */
static int32_t read_members(struct fgt_run *run, enum living call, struct failure *failure)
{
    const struct rest_query *query = call == LIVING_PEERS ? &PEERS : &CHECKSUMS;
    struct rest_answer answer;
    struct json_object *results;
    struct failure why;
    int32_t code;

    if (run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_ask(run, query, &answer, &results, &why, failure);
    if (results != NULL && !is_own(run, &answer, results)) {
        (void)fgt_fail_changed(run, run->answering, &why);
        results = NULL;
    }
    if (results != NULL) {
        note_members(run, &answer, results, call);
    }
    if (!all_objects(results)) {
        (void)fgt_rest_invalid(run, query, "members of no type", &why);
    }
    note_failure(run, &why);
    run->members_refused = run->members_refused || why.cause == HECTOR_PERMISSION;
    run->living_reported = run->living_reported || json_count(results) > 0;
    run->living_unread =
        run->living_unread || why.cause != 0 || (results != NULL && json_count(results) == 0);
    run->members_known = run->members_known || (json_count(results) > 0 && why.cause == 0);
    run->members_untold =
        run->members_untold || answer.not_found ||
        (results != NULL && json_count(results) == 0 && run->system_right == RIGHT_READ);
    fgt_rest_release(&answer);
    return code;
}

static int32_t read_setup(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct json_object *results;
    struct failure why;
    int32_t code;

    if (run->ha_mode != NULL || run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    code = fgt_rest_ask(run, &SETUP, &answer, &results, &why, failure);
    if (results != NULL && !is_own(run, &answer, NULL)) {
        (void)fgt_fail_changed(run, run->answering, &why);
        results = NULL;
    }
    note_failure(run, &why);
    if (why.cause != 0) {
        fgt_rest_note_unread(run, &SETUP);
    }
    run->ha_mode = mode_of(json_member_text(results, "mode")); /* a trimmed answer lacks it */
    note_group(run, json_member_text(results, "group-name"));
    fgt_rest_release(&answer);
    return code;
}

/* True if the role of every member is known or follows from that of the primary. */
static bool roles_known(const struct fgt_run *run)
{
    bool known = true;

    for (size_t i = 0; i < run->member_count; i++) {
        known = known && run->members[i].role != ROLE_UNKNOWN;
    }
    return known || primary_known(run);
}

static bool names_known(const struct fgt_run *run)
{
    bool known = true;

    for (size_t i = 0; i < run->member_count; i++) {
        known = known && run->members[i].hostname[0] != '\0';
    }
    return known;
}

/* ---- results */

static int compare_serials(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void join_serials(struct fgt_run *run)
{
    char serials[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    size_t size = 0;

    for (size_t i = 0; i < run->member_count; i++) {
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

/* Adds the FortiGate itself as the first member. */
static void note_self(struct fgt_run *run)
{
    struct fgt_member *self;

    if (run->serial[0] == '\0') {
        note_unusable(run, device_title(run->hostname, run->settings->origin));
        return;
    }
    self = add_member(run, run->serial);
    self->connected = true; /* analyzer: never NULL, there is room for the first member */
    memcpy(self->hostname, run->hostname, sizeof(self->hostname));
}

static int32_t read_cluster(struct fgt_run *run, struct failure *failure)
{
    int32_t code = read_members(run, LIVING_PEERS, failure);

    /* Some standalone units return an empty list; a cluster does not. */
    if (code == HECTOR_OK &&
        (!run->members_known ||
         (run->member_count > 1 && (!run->living_reported || !roles_known(run))))) {
        code = read_members(run, LIVING_CHECKSUMS, failure);
    }
    if (run->living_unread && run->member_count > 1 &&
        !(run->living_reported && names_known(run))) {
        fgt_rest_note_unread(run, &PEERS);
    }
    if (code == HECTOR_OK) {
        code = read_setup(run, failure);
    }
    /*
     * Mode standalone is sufficient, whatever the rights of the token: there are no other members.
     */
    run->members_known =
        run->members_known || (run->ha_mode != NULL && strcmp(run->ha_mode, "standalone") == 0);
    return code;
}

int32_t fgt_cluster_read(struct fgt_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    int32_t code;

    operation_progress(operation, PHASE_cluster_members, 0, 0);
    note_self(run);
    code = read_fabric(run, failure);
    if (code == HECTOR_OK) {
        code = read_cluster(run, failure);
    }
    operation_progress(operation, PHASE_cluster_members, run->member_count, 0);
    if (code == HECTOR_OK && !run->members_known && run->members_unread.cause == 0) {
        const bool unstated = run->members_untold && !run->members_refused;

        (void)fail(run->operation, &run->members_unread,
                   unstated ? REASON_members_untold : REASON_members_unread, NULL,
                   ARGUMENTS(run->settings->origin));
    }
    complete_roles(run);
    join_serials(run);
    if (code == HECTOR_OK && !fgt_name_scopes(run)) {
        code = fail_memory(run->operation, failure);
    }
    return code;
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

/* True if the rows list `serial` or it is the unit that answers, which its own list may omit. */
static bool is_named(const struct rest_answer *answer, struct json_object *rows, const char *serial)
{
    const char *self = json_member_text(fgt_rest_envelope(answer, 0), "serial");
    bool named = self != NULL && strcmp(self, serial) == 0;

    for (size_t i = 0; i < json_count(rows); i++) {
        const char *other = json_member_text(json_element(rows, i), "serial_no");

        named = named || (other != NULL && strcmp(other, serial) == 0);
    }
    return named;
}

int32_t fgt_members_compare(struct fgt_run *run, char ret_changed[static SERIAL_MAX + 1],
                            struct failure *failure)
{
    unsigned call = living_call(run);
    struct rest_answer answer;
    struct json_object *rows;
    struct failure why;
    int32_t code;

    ret_changed[0] = '\0';
    if (call == 0) {
        return HECTOR_OK;
    }
    operation_progress(run->operation, PHASE_closing_queries, 0, 1);
    code = fgt_rest_ask(run, call == LIVING_PEERS ? &PEERS : &CHECKSUMS, &answer, &rows, &why,
                        failure);
    operation_progress(run->operation, PHASE_closing_queries, 1, 0);
    for (size_t i = 0; i < run->member_count && json_count(rows) > 0; i++) {
        const struct fgt_member *member = &run->members[i];

        if (((member->named_by & call) != 0 || strcmp(member->serial, run->answering) == 0) &&
            !is_named(&answer, rows, member->serial)) {
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
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->unread_count; i++) {
        code = inventory_problem(run->inventory,
                                 PROBLEM(SEVERITY_INFO, REASON_gate_facts_unread, run->unread[i],
                                         ARGUMENTS(run->settings->origin, run->unread[i])),
                                 failure);
    }
    return code;
}

/*
 * True for a processor board of a FortiGate-6000 or 7000. It uses the Security Fabric protocol
 * towards its management board, with a serial of its own [FortiGate-6000 handbook].
 */
static bool is_board(const char *serial)
{
    return strncmp(serial, "FPC", 3) == 0 || strncmp(serial, "FPM", 3) == 0;
}

static int32_t report_fabric_fgt(struct fgt_run *run, struct json_object *fgt,
                                 struct failure *failure)
{
    const char *serial = json_member_text(fgt, "serial"), *name;

    if (serial == NULL || !device_serial_valid(serial) || find_member(run, serial) != NULL ||
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

/*
 * Reports the FortiGates of a list and those below each of them. Whether the latter are in the list
 * itself or in `subtree_members` of the FortiGate above is not recorded: both are read. Recurses no
 * deeper than JSON_DEPTH_MAX.
 */
static int32_t report_fabric_fgts(struct fgt_run *run, struct json_object *fgts,
                                  struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < json_count(fgts); i++) {
        struct json_object *fgt = json_element(fgts, i);

        code = report_fabric_fgt(run, fgt, failure);
        if (code == HECTOR_OK) {
            code = report_fabric_fgts(run, json_member_array(fgt, "subtree_members"), failure);
        }
    }
    return code;
}

int32_t fgt_fabric_report(struct fgt_run *run, struct failure *failure)
{
    return report_fabric_fgts(run, run->fabric, failure);
}

void fgt_fabric_release(struct fgt_run *run)
{
    json_object_put(run->fabric);
    run->operation->tree_bytes -= run->fabric_bytes;
    run->fabric = NULL;
    run->fabric_bytes = 0;
}
