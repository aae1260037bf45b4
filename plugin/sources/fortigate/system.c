/*
 * system.c - the FortiGate itself: identity, visible VDOMs, rights of the token.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "rest.h"
#include "json/json_read.h"

static const struct rest_query STATUS = {.path = "/api/v2/monitor/system/status", .vdom = "*"};
static const struct rest_query STATE = {.path = "/api/v2/monitor/web-ui/state",
                                        .results = json_type_object};
static const struct rest_query GLOBAL = {.path = "/api/v2/cmdb/system/global",
                                         .format = "",
                                         .columns = &fgt_global_columns,
                                         .type = FIREWALL,
                                         .results = json_type_object};

/* ---- VDOMs */

/* Names the scope of a VDOM, if `run->scope` is known. False without memory. */
static bool name_scope(struct fgt_run *run, struct fgt_vdom *vdom)
{
    char scope[SCOPE_TEXT_MAX];

    if (run->scope[0] == '\0') {
        return true;
    }
    (void)snprintf(scope, sizeof(scope), "%s/vdom:%s", run->scope, vdom->name);
    vdom->scope = strmap_put(&run->texts, scope, 0, NULL, NULL);
    return vdom->scope != NULL;
}

struct fgt_vdom *fgt_vdom_by_name(const struct fgt_run *run, const char *name)
{
    for (size_t i = 0; name != NULL && i < run->vdoms.count; i++) {
        if (strcmp(run->vdoms.items[i].name, name) == 0) {
            return &run->vdoms.items[i];
        }
    }
    return NULL;
}

struct fgt_vdom *fgt_vdom(struct fgt_run *run, const char *name)
{
    struct fgt_vdom *known = fgt_vdom_by_name(run, name), vdom = {0};

    if (known != NULL) {
        return known;
    }
    vdom.name = strmap_put(&run->texts, name, 0, NULL, NULL);
    return vdom.name != NULL && name_scope(run, &vdom) && vdom_list_add(&run->vdoms, vdom)
               ? &run->vdoms.items[run->vdoms.count - 1]
               : NULL;
}

static int compare_vdoms(const void *a, const void *b)
{
    return strcmp(((const struct fgt_vdom *)a)->name, ((const struct fgt_vdom *)b)->name);
}

bool fgt_name_scopes(struct fgt_run *run)
{
    /*
     * Sorted, so that every run lists them alike. qsort() accepts no NULL, even with a count of 0.
     */
    if (run->vdoms.count > 0) {
        qsort(run->vdoms.items, run->vdoms.count, sizeof(*run->vdoms.items), compare_vdoms);
    }
    for (size_t i = 0; i < run->vdoms.count; i++) {
        if (!name_scope(run, &run->vdoms.items[i])) {
            return false;
        }
    }
    return true;
}

void fgt_vdom_names(const struct fgt_run *run, char *out, size_t capacity)
{
    size_t size = 0;

    out[0] = '\0';
    for (size_t i = 0; i < run->vdoms.count; i++) {
        if (size + strlen(run->vdoms.items[i].name) + 2 < capacity) {
            size += (size_t)snprintf(out + size, capacity - size, "%s%s", size > 0 ? ", " : "",
                                     run->vdoms.items[i].name);
        }
    }
}

/*
 * Notes a VDOM. Ignores a name that cannot be that of a VDOM; "" stands for the whole unit. LIMIT
 * (gate_too_many_vdoms) beyond FGT_VDOMS_MAX.
 */
static int32_t note_vdom(struct fgt_run *run, const char *name, bool listed,
                         struct failure *failure)
{
    if (device_name(name) == NULL) {
        return HECTOR_OK;
    }
    if (run->vdoms.count == FGT_VDOMS_MAX && fgt_vdom_by_name(run, name) == NULL) {
        return fail(run->operation, failure, REASON_gate_too_many_vdoms, NULL,
                    ARGUMENTS(run->settings->origin, message_number(FGT_VDOMS_MAX).text));
    }
    struct fgt_vdom *vdom = fgt_vdom(run, name);
    if (vdom == NULL) {
        return fail_memory(run->operation, failure);
    }
    vdom->doubtful = false;
    vdom->listed = vdom->listed || listed;
    run->home = run->home != NULL ? run->home : vdom->name;
    return HECTOR_OK;
}

/* ---- identity */

/* Reads "v7.4.8" as "7.4.8". */
static void read_version(struct fgt_run *run, const char *version)
{
    size_t size = version != NULL && *version == 'v' ? strspn(version + 1, "0123456789.") : 0;

    if (size > 0 && size < sizeof(run->version)) {
        utf8_copy(run->version, sizeof(run->version), version + 1, size);
    }
}

/* Reads the model; old releases report none, then it follows from the serial. */
static void read_model(struct fgt_run *run, struct json_object *results)
{
    const char *name = json_member_text(results, "model_name");
    const char *number = json_member_text(results, "model_number");
    char stated[MODEL_MAX] = "", family[MODEL_MAX / 2], rest[MODEL_MAX / 2];

    if (name != NULL && number != NULL && *name != '\0' && *number != '\0') {
        utf8_copy(family, sizeof(family), name, strlen(name));
        utf8_copy(rest, sizeof(rest), number, strlen(number));
        (void)snprintf(stated, sizeof(stated), "%s-%s", family, rest);
    }
    if (run->model[0] == '\0' || stated[0] != '\0') {
        run->model_guessed = model_resolve(stated, NULL, run->serial, run->model) != 0;
    }
}

static void read_hostname(struct fgt_run *run, struct json_object *results)
{
    const char *hostname = device_title(json_member_text(results, "hostname"), NULL);

    if (hostname != NULL) {
        secrets_copy(&run->operation->secrets, hostname, run->hostname, sizeof(run->hostname));
    }
}

/*
 * Other products that answer like a FortiGate, by the prefix of a serial, a model or a model name.
 */
static const struct {
    const char *lead, *product;
} OTHERS[] = {
    {"FPA", "FortiPAM"},          {"FPX", "FortiProxy"},          {"FS", "FortiSwitch"},
    {"S1", "FortiSwitch"},        {"S2", "FortiSwitch"},          {"S4", "FortiSwitch"},
    {"S5", "FortiSwitch"},        {"S6", "FortiSwitch"},          {"SM", "FortiSwitch"},
    {"SR", "FortiSwitch"},        {"ST", "FortiSwitch"},          {"FortiPAM", "FortiPAM"},
    {"FortiProxy", "FortiProxy"}, {"FortiSwitch", "FortiSwitch"},
};

static const char *other_product(const char *text)
{
    for (size_t i = 0; text != NULL && i < COUNT(OTHERS); i++) {
        if (strncmp(text, OTHERS[i].lead, strlen(OTHERS[i].lead)) == 0) {
            return OTHERS[i].product;
        }
    }
    return NULL;
}

/*
 * DATA (not_fortigate) for another product. A FortiPAM claims to be a FortiGate; its serial shows
 * that it is not.
 */
static int32_t check_product(const struct fgt_run *run, struct json_object *envelope,
                             struct failure *failure)
{
    struct json_object *results = json_member_object(envelope, "results");
    const char *serial = json_member_text(envelope, "serial"), *product;
    char detail[96];

    if (serial == NULL || *serial == '\0') {
        return fail(run->operation, failure, REASON_not_fortimanager, "a status without a serial",
                    ARGUMENTS(run->settings->origin));
    }
    const struct model_row *row = model_by_prefix(serial);
    product = row == NULL || row->type != FIREWALL ? other_product(serial) : NULL;
    product = product != NULL ? product : other_product(json_member_text(results, "model"));
    product = product != NULL ? product : other_product(json_member_text(results, "model_name"));
    if (product == NULL && row != NULL && row->type != FIREWALL) {
        product = row->model;
    }
    if (product == NULL) {
        return HECTOR_OK;
    }
    (void)snprintf(detail, sizeof(detail), "serial %.32s", serial);
    return fail(run->operation, failure, REASON_not_fortigate, detail,
                ARGUMENTS(run->settings->origin, product));
}

/* The envelope, not its results, has the serial, version and build. */
static void read_identity(struct fgt_run *run, struct json_object *envelope)
{
    const char *serial = json_member_text(envelope, "serial");

    if (device_serial_valid(serial) && run->serial[0] == '\0') {
        utf8_copy(run->serial, sizeof(run->serial), serial, strlen(serial));
    }
    read_version(run, json_member_text(envelope, "version"));
    (void)json_member_integer(envelope, "build", &run->build);
    read_hostname(run, json_member_object(envelope, "results"));
    read_model(run, json_member_object(envelope, "results"));
}

/*
 * Reads the status: one envelope per VDOM, all of the same unit. A refused envelope does not affect
 * the others; if none is usable, the last one says `why`.
 */
static int32_t read_status(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct failure why = {0};
    bool usable = false;
    int32_t code = fgt_rest_get(run, &STATUS, &answer, failure);

    if (code == HECTOR_OK && answer.not_found) {
        /* A FortiOS without this call is older than the API; some of them report their version. */
        read_version(run, json_member_text(json_row(answer.json, 0), "version"));
        code = run->version[0] == '\0'
                   ? fgt_rest_invalid(run, &STATUS, "HTTP 404", failure)
                   : fail(run->operation, failure, REASON_gate_too_old, "HTTP 404",
                          ARGUMENTS(run->settings->origin, run->version));
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_row_count(answer.json); i++) {
        struct json_object *envelope = json_row(answer.json, i);

        code = note_vdom(run, json_member_text(envelope, "vdom"), true, failure);
        if (code == HECTOR_OK && fgt_rest_check(run, &STATUS, envelope, &why) == HECTOR_OK) {
            usable = true;
            code = check_product(run, envelope, failure);
            read_identity(run, envelope);
        }
    }
    if (code == HECTOR_OK && !usable) {
        code = fail_as(failure, &why);
    }
    fgt_rest_release(&answer);
    return code;
}

/* ---- rights of the token */

static enum right right_of(struct json_object *profile, const char *group)
{
    const char *right = json_member_text(profile, group);

    if (right == NULL || strcmp(right, "custom") == 0) {
        return RIGHT_UNKNOWN;
    }
    return strcmp(right, "read") == 0 || strcmp(right, "read-write") == 0 ? RIGHT_READ : RIGHT_NONE;
}

/*
 * Reads the rights from the groups of the profile [least rights: fortigate_exporter, and
 * access_group of the schema].
 */
static void read_rights(struct fgt_run *run, struct json_object *admin)
{
    struct json_object *profile = json_member_object(admin, "profile");
    const char *name = json_member_text(profile, "name");

    if (json_member_true(admin, "super_admin") ||
        (name != NULL && strncmp(name, "super_admin", strlen("super_admin")) == 0)) {
        run->units_right = run->system_right = run->fabric_right = RIGHT_READ;
        return;
    }
    run->units_right = right_of(profile, "wifi");
    run->fabric_right = right_of(profile, "secfabgrp");
    /* The parts of a group apply only if it is custom. */
    run->system_right = json_member_is(profile, "sysgrp", "custom")
                            ? right_of(json_member_object(profile, "sysgrp-permission"), "cfg")
                            : right_of(profile, "sysgrp");
}

static bool is_off(struct json_object *features, const char *key)
{
    struct json_object *feature = json_member(features, key);

    return json_object_is_type(feature, json_type_boolean) && !json_object_get_boolean(feature);
}

static int32_t read_state_results(struct fgt_run *run, struct json_object *results,
                                  struct failure *failure)
{
    struct json_object *admin = json_member_object(results, "admin");
    struct json_object *features = json_member_object(results, "features");
    struct json_object *vdoms = json_member_array(admin, "vdoms");
    const char *mode = json_member_text(results, "vdom_mode");

    read_rights(run, admin);
    run->off[SWITCH] = is_off(features, "switch-controller");
    run->off[ACCESS_POINT] = is_off(features, "wireless-controller");
    run->fabric_on = json_member_true(results, "csf_enabled");
    run->multi_vdom = mode != NULL && *mode != '\0' && strcmp(mode, "no-vdom") != 0;
    if (run->hostname[0] == '\0') {
        read_hostname(run, results);
    }
    read_model(run, results);
    for (size_t i = 0; json_count(vdoms) > 0 && i < run->vdoms.count; i++) {
        run->vdoms.items[i].doubtful = true;
    }
    for (size_t i = 0; i < json_count(vdoms); i++) {
        int32_t code = note_vdom(run, json_text(json_element(vdoms, i)), false, failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    const struct fgt_vdom *home =
        fgt_vdom_by_name(run, json_member_text(results, "management_vdom"));
    run->home = home != NULL ? home->name : run->home;
    return HECTOR_OK;
}

/* Reads the caller's own profile; any profile may do so. */
static int32_t read_state(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    int32_t code = fgt_rest_get_optional(run, &STATE, &answer, failure);

    if (answer.results != NULL) {
        const char *vdom = json_member_text(json_row(answer.json, 0), "vdom");

        vdom = vdom != NULL ? vdom : "";
        utf8_copy(run->off_vdom, sizeof(run->off_vdom), vdom, strlen(vdom));
        code = read_state_results(run, answer.results, failure);
    } else if (answer.why.cause != 0) {
        fgt_rest_note_unread(run, &STATE);
    }
    fgt_rest_release(&answer);
    return code;
}

/* ---- global settings */

static int32_t read_global(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    struct device shared = {.type = FIREWALL};

    if (!columns_selected(fgt_origins, run->settings, FIREWALL, COST_FIELD) ||
        !run->settings->device_types[FIREWALL] || run->system_right == RIGHT_NONE) {
        return HECTOR_OK;
    }
    int32_t code = fgt_rest_get_optional(run, &GLOBAL, &answer, failure);
    columns_read(&fgt_global_columns, FIREWALL, answer.results, NULL, &shared);
    device_pack(&shared, &run->shared);
    if (answer.why.cause != 0) {
        fgt_rest_note_unread(run, &GLOBAL);
    }
    fgt_rest_release(&answer);
    return code != HECTOR_OK ? code : fail_buffer(run->operation, failure, &run->shared);
}

int32_t fgt_system_read(struct fgt_run *run, struct failure *failure)
{
    operation_progress(run->operation, PHASE_vdoms, 0, 0);
    int32_t code = read_status(run, failure);
    if (code == HECTOR_OK) {
        code = read_state(run, failure);
    }
    operation_progress(run->operation, PHASE_vdoms, run->vdoms.count, 0);
    return code != HECTOR_OK ? code : read_global(run, failure);
}

bool fgt_is_off(const struct fgt_run *run, enum device_type type, const struct fgt_vdom *vdom)
{
    return run->off[type] && (run->vdoms.count == 1 || strcmp(run->off_vdom, vdom->name) == 0);
}

int32_t fgt_vdoms_compare(struct fgt_run *run, struct failure *failure)
{
    struct rest_answer answer;
    size_t listed = 0, still = 0;
    bool changed;

    operation_progress(run->operation, PHASE_closing_queries, 0, 1);
    int32_t code = fgt_rest_get_optional(run, &STATUS, &answer, failure);
    operation_progress(run->operation, PHASE_closing_queries, 1, 0);
    changed = answer.why.cause != 0 || answer.not_found; /* unreadable VDOMs may have changed */
    for (size_t i = 0; i < run->vdoms.count; i++) {
        listed += run->vdoms.items[i].listed ? 1 : 0;
    }
    for (size_t i = 0; i < json_row_count(answer.json); i++) {
        const char *name = device_name(json_member_text(json_row(answer.json, i), "vdom"));
        const struct fgt_vdom *vdom = fgt_vdom_by_name(run, name);

        changed = changed || (name != NULL && (vdom == NULL || !vdom->listed));
        still += vdom != NULL ? 1 : 0;
    }
    fgt_rest_release(&answer);
    if (changed || still < listed) {
        utf8_copy(run->changed, sizeof(run->changed), run->scope, strlen(run->scope));
    }
    return code;
}
