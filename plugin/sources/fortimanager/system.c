/*
 * system.c - the FortiManager itself: version, serials, and its ADOMs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "system.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "device_row.h"
#include "envelope.h"
#include "host/repeat.h"
#include "kinds.h"
#include "json/json_read.h"

#define ADOM_FIELDS "[\"name\",\"flags\"]"
#define ADOM_MEMBERS                                                                               \
    "\"expand member\":[{\"url\":\"device\",\"fields\":[\"name\",\"os_type\",\"sn\"]}]"
#define GLOBAL_DATABASE "rootp" /* an ADOM that holds no devices */
#define ADOM_NO_SUB     "\"loadsub\":0"

bool fmg_name_damaged(const char *name)
{
    return strstr(name, "\xEF\xBF\xBD") != NULL;
}

bool fmg_adom_holds_devices(const char *name)
{
    return strcmp(name, GLOBAL_DATABASE) != 0;
}

bool fmg_adom_wanted(const struct settings *settings, const char *name)
{
    size_t first = 0, behind = json_count(settings->adoms);

    /* Binary search in the sorted setting: called for each VDOM of each row. */
    while (first < behind) {
        size_t middle = first + (behind - first) / 2;
        int order = strcmp(name, json_text(json_element(settings->adoms, middle)));

        if (order == 0) {
            return true;
        }
        first = order > 0 ? middle + 1 : first;
        behind = order > 0 ? behind : middle;
    }
    return settings->adoms == NULL && fmg_adom_holds_devices(name);
}

/* Reads the three numbers at the start of a text such as "v7.6.7-build3737 250101 (GA)", if any. */
static void version_numbers(const char *text, int64_t ret[static 3])
{
    int64_t numbers[3] = {0};

    for (int i = 0; i < 3; i++) {
        size_t digits = *text == (i == 0 ? 'v' : '.') ? strspn(text + 1, "0123456789") : 0;

        if (digits < 1 || digits > 3) {
            return;
        }
        numbers[i] = strtoll(text + 1, NULL, 10);
        text += 1 + digits;
    }
    memcpy(ret, numbers, sizeof(numbers));
}

static void read_status(struct fmg_run *run, struct json_object *data)
{
    const char *serial = json_member_text(data, "Serial Number");
    const char *hostname = json_member_text(data, "Hostname");
    const char *platform = json_member_text(data, "Platform Full Name");
    const char *version = json_member_text(data, "Version");
    int64_t numbers[3] = {0, -1, 0}; /* major, minor, patch; sometimes only in the text */

    run->is_analyzer = platform != NULL && strncmp(platform, "FortiAnalyzer", 13) == 0;
    if (device_serial_valid(serial)) {
        utf8_copy(run->serial, sizeof(run->serial), serial, strlen(serial));
    }
    if (hostname != NULL) {
        secrets_copy(&run->operation->secrets, hostname, run->hostname, sizeof(run->hostname));
    }
    version_numbers(version != NULL ? version : "", numbers);
    (void)json_member_integer(data, "Major", &numbers[0]);
    (void)json_member_integer(data, "Minor", &numbers[1]);
    (void)json_member_integer(data, "Patch", &numbers[2]);
    if (numbers[0] < 1 || numbers[0] > 99 || numbers[1] < 0 || numbers[1] > 99) {
        return;
    }
    /* Old versions do not report the patch. */
    if (numbers[2] < 0 || numbers[2] > 999) {
        numbers[2] = 0;
    }
    run->version = (int32_t)FMG_VERSION(numbers[0], numbers[1], numbers[2]);
    (void)snprintf(run->version_text, sizeof(run->version_text), "%" PRId64 ".%" PRId64 ".%" PRId64,
                   numbers[0], numbers[1], numbers[2]);
}

int32_t fmg_adom_member(struct fmg_run *run, const char *adom, struct json_object *member,
                        struct failure *failure)
{
    const char *name = device_name(json_member_text(member, "name"));
    const char *sn = json_member_text(member, "sn");

    if (name == NULL) {
        return HECTOR_OK;
    }
    if (!fmg_topology_join(&run->topology, name, adom)) {
        return fail_memory(run->operation, failure);
    }
    struct fgt *fgt = fmg_topology_find_fgt(&run->topology, name);
    fgt->is_fgt = fgt->is_fgt || fmg_device_row_is_fgt(member);
    fgt->oid = fmg_row_number(member, "oid");
    fgt->sn = sn != NULL ? strmap_keep(&run->topology.texts, sn) : NULL;
    if (sn != NULL && fgt->sn == NULL) {
        return fail_memory(run->operation, failure);
    }
    fmg_topology_membership(&run->topology, fgt, fmg_topology_find_adom(&run->topology, adom))
        ->snapshot = run->snapshot;
    return fmg_run_room(run, 0, failure);
}

int32_t fmg_scope_expect(struct fmg_run *run, const char *scope, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (enum device_type type = FIREWALL; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        if (run->settings->device_types[type] && fmg_adoms_list(type)) {
            code = inventory_expect(run->inventory, scope, type, failure);
        }
    }
    return code;
}

int32_t fmg_scope_end(struct fmg_run *run, const char *scope, const struct failure *why,
                      struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (enum device_type type = FIREWALL; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        if (inventory_expects(run->inventory, scope, type)) {
            code = inventory_end_scope(run->inventory, scope, type, why, failure);
        }
    }
    return code;
}

int32_t fmg_scope_fail(struct fmg_run *run, const char *scope, const struct failure *why,
                       struct failure *failure)
{
    int32_t code = fmg_scope_expect(run, scope, failure);

    return code == HECTOR_OK ? fmg_scope_end(run, scope, why, failure) : code;
}

int32_t fmg_adom_expect(struct fmg_run *run, const struct adom *adom, struct failure *failure)
{
    return adom->wanted && !adom->outside && (adom->fgts.count > 0 || adom->empty)
               ? fmg_scope_expect(run, adom->scope, failure)
               : HECTOR_OK;
}

/* The numbers of an ADOM's flags are not documented. */
bool fmg_adom_flags(struct json_object *row, struct adom *adom)
{
    bool any_new = false;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        const char *flag = fmg_kinds[type].per_device;

        if (flag != NULL && !adom->per_device[type] && fmg_row_has_flag(row, flag)) {
            adom->per_device[type] = any_new = true;
        }
    }
    return any_new;
}

struct rpc_param fmg_adom_table(bool members)
{
    return (struct rpc_param){
        .url = ADOM_TABLE, .fields = ADOM_FIELDS, .rest = members ? ADOM_MEMBERS : ADOM_NO_SUB};
}

int32_t fmg_adom_table_repeat(struct fmg_run *run, struct rpc_param *param, struct failure *failure)
{
    if (param->code != RPC_OK || json_count(param->data) > 0) {
        return HECTOR_OK;
    }
    repeat_reading(run->operation, HECTOR_LOG_INFO, "the ADOM table is empty");
    fmg_rpc_release(param, 1);
    return fmg_rpc_get(&run->rpc, param, 1, failure);
}

struct json_object *fmg_adom_devices(struct json_object *row)
{
    return json_member_array(json_member_object(row, "expand member"), "device");
}

static int32_t read_adom(struct fmg_run *run, struct json_object *row, struct failure *failure)
{
    struct json_object *devices = fmg_adom_devices(row);
    const char *name = device_name(json_member_text(row, "name"));

    if (name == NULL) {
        /* An ADOM that cannot be requested cannot be read: the run must not count as complete. */
        return fmg_envelope_invalid(&run->rpc, ADOM_TABLE, "an ADOM without a usable name",
                                    failure);
    }
    if (fmg_name_damaged(name)) {
        /* It cannot be requested. It is a scope, and incomplete, if a device row names it. */
        run->names_damaged = true;
        return HECTOR_OK;
    }
    struct adom *adom = fmg_topology_adom(&run->topology, name);
    if (adom == NULL) {
        return fail_memory(run->operation, failure);
    }
    adom->listed = true;
    adom->oid = fmg_row_number(row, "oid");
    adom->snapshot = run->snapshot;
    adom->wanted = fmg_adom_wanted(run->settings, name);
    (void)fmg_adom_flags(row, adom);
    adom->named = devices != NULL;
    run->members_listed = run->members_listed || devices != NULL;
    int32_t code = fmg_run_room(run, 0, failure);
    for (size_t i = 0; code == HECTOR_OK && i < json_count(devices); i++) {
        code = fmg_adom_member(run, name, json_element(devices, i), failure);
    }
    return code != HECTOR_OK ? code : fmg_adom_expect(run, adom, failure);
}

static int32_t fail_unknown(struct fmg_run *run, const char *name, struct failure *failure)
{
    char names[300] = "";
    size_t size = 0;

    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        if ((adom->fgts.count > 0 || !run->members_known) &&
            size + strlen(adom->name) + 2 < sizeof(names)) {
            size += (size_t)snprintf(names + size, sizeof(names) - size, "%s%s",
                                     size > 0 ? ", " : "", adom->name);
        }
    }
    return fail_field(run->operation, failure, "adoms", REASON_adom_unknown,
                      ARGUMENTS(name, names));
}

/*
 * Fails with CONFIG (adom_unknown) if a name in the setting `adoms` does not exist; the message
 * lists those that do. If not all ADOM names could be read, the setting is trusted: the answers of
 * the ADOM's tables show whether it exists.
 */
static int32_t check_wanted(struct fmg_run *run, struct failure *failure)
{
    for (size_t i = 0; i < json_count(run->settings->adoms); i++) {
        const char *name = json_text(json_element(run->settings->adoms, i));
        struct adom *adom = fmg_topology_find_adom(&run->topology, name);

        if (adom == NULL && run->adoms_known && !run->names_damaged) {
            return fail_unknown(run, name, failure);
        }
        if (adom == NULL && (adom = fmg_topology_adom(&run->topology, name)) == NULL) {
            return fail_memory(run->operation, failure);
        }
        adom->wanted = true;
    }
    return HECTOR_OK;
}

/*
 * Sends the first request. With ten thousand FortiGates, the members' names may make the answer too
 * large: then without them.
 */
static int32_t ask_first(struct fmg_run *run, struct rpc_param *params, size_t count,
                         struct failure *failure)
{
    int32_t code = fmg_rpc_get(&run->rpc, params, count, failure);

    run->members_known = code == HECTOR_OK;
    if (code == HECTOR_LIMIT && failure->reason == REASON_reply_too_large) {
        fmg_rpc_release(params, count);
        params[2] = fmg_adom_table(false);
        code = fmg_rpc_get(&run->rpc, params, count, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    if (params[2].code == RPC_INVALID) {
        return fmg_rpc_fail(&run->rpc, &params[2], failure);
    }
    return fmg_adom_table_repeat(run, &params[2], failure);
}

/*
 * Keeps the answers about the FortiManager itself. What they share with the ADOM table is given
 * back: they count as the most that their text may take.
 */
static void keep_status(struct fmg_run *run, const struct rpc_param *params)
{
    size_t status = 0, ha_status = 0;

    run->status = params[0];
    run->ha_status = params[1];
    (void)json_object_to_json_string_length(run->status.data, JSON_C_TO_STRING_PLAIN, &status);
    (void)json_object_to_json_string_length(run->ha_status.data, JSON_C_TO_STRING_PLAIN,
                                            &ha_status);
    budget_give_back(&run->status.tree);
    budget_take(&run->operation->replies, (status + ha_status) * TREE_PER_BYTE_MAX,
                &run->status.tree);
}

int32_t fmg_system_read(struct fmg_run *run, struct failure *failure)
{
    struct rpc_param params[] = {
        {.url = "/sys/status"},
        {.url = "/sys/ha/status"},
        fmg_adom_table(true),
        {.url = "/sys/session"},
    };
    const size_t count = sizeof(params) / sizeof(params[0]);
    int32_t code;

    operation_progress(run->operation, PHASE_adoms, 0, 0);
    run->snapshot = 1;
    if ((code = ask_first(run, params, count, failure)) != HECTOR_OK) {
        goto out;
    }
    run->adoms_known = params[2].code == RPC_OK && json_count(params[2].data) > 0;
    read_status(run, params[0].data);
    run->status_refused = run->serial[0] == '\0';
    /* 7.2.7 to 7.4.7 refuse a key in parallel use; fixed in 7.6.2, planned for 7.4.8. */
    run->rpc.key_is_sound = run->version != 0 && (run->version < FMG_VERSION(7, 2, 7) ||
                                                  run->version >= FMG_VERSION(7, 6, 2));
    for (size_t i = 0; code == HECTOR_OK && i < json_count(params[2].data); i++) {
        code = read_adom(run, json_element(params[2].data, i), failure);
    }
    /* No ADOM listed a device: the server may have ignored `expand member`. */
    run->members_known =
        run->members_known && run->adoms_known && run->members_listed && !run->names_damaged;
    operation_progress(run->operation, PHASE_adoms, run->topology.adoms.count, 0);
out:
    keep_status(run, params);
    fmg_rpc_release(&params[2], count - 2);
    return code == HECTOR_OK ? check_wanted(run, failure) : code;
}

int32_t fmg_system_emit(struct fmg_run *run, const char *managed_sn, struct failure *failure)
{
    struct source_identity identity = {.system = CHOICE_source_fortimanager,
                                       .hostname = run->hostname,
                                       .version = run->version_text};
    struct json_object *members = json_member_array(run->ha_status.data, "members");

    if (run->identity_emitted) {
        return HECTOR_OK;
    }
    run->identity_emitted = true;
    if (run->serial[0] == '\0' && device_serial_valid(managed_sn)) {
        utf8_copy(run->serial, sizeof(run->serial), managed_sn, strlen(managed_sn));
    }
    if (run->serial[0] != '\0') {
        identity.id = identity.serials[identity.serial_count++] = run->serial;
    }
    for (size_t i = 0; i < json_count(members); i++) {
        const char *serial = json_member_text(json_element(members, i), "Serial Number");

        if (device_serial_valid(serial) && strcmp(serial, run->serial) != 0 &&
            identity.serial_count < IDENTITY_SERIALS_MAX) {
            identity.serials[identity.serial_count++] = serial;
        }
    }
    return source_emit(run->call, &identity, failure);
}
