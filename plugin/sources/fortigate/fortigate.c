/*
 * fortigate.c - the source that reads one FortiGate through its REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortigate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli.h"
#include "cluster.h"
#include "columns.h"
#include "firewalls.h"
#include "host/repeat.h"
#include "run.h"
#include "sources/fortios/fortios.h"
#include "sources/unfilled.h"
#include "system.h"
#include "units.h"
#include "json/json_read.h"

/* ---- probe */

/*
 * Without a token a FortiGate answers 401 for its status URL, with a web page or no body, and names
 * no login method of web servers: `WWW-Authenticate: error="invalid_token"`, or none [fortios
 * provider issues 47, 339]. A server that names Bearer or Basic, such as Kubernetes, is no
 * FortiGate.
 */
static bool refuses_like_fortios(const struct http_reply *reply)
{
    static const char mark[] = "error=";

    return reply->status == 401 && (reply->html || reply->bytes == 0) &&
           (reply->server_auths == 0 ||
            (reply->server_auths == 1 && strncmp(reply->server_auth, mark, sizeof(mark) - 1) == 0));
}

/* True for an envelope of FortiOS: a FortiGate returns one if a proxy adds credentials. */
static bool is_envelope(struct json_object *reply)
{
    const char *version = json_member_text(reply, "version");

    return json_member_text(reply, "http_method") != NULL &&
           json_member_text(reply, "status") != NULL && json_member_text(reply, "serial") != NULL &&
           version != NULL && *version == 'v';
}

static bool fortigate_fits(const struct source_call *call, const struct http_reply *reply)
{
    (void)call;
    return refuses_like_fortios(reply) || is_envelope(reply->json);
}

/* ---- a run */

static struct fgt_run new_run(struct source_call *call)
{
    return (struct fgt_run){.call = call,
                            .operation = call->operation,
                            .settings = call->settings,
                            .inventory = call->inventory,
                            .token = BUFFER(HECTOR_SECRET_MAX),
                            .shared = BUFFER(DOCUMENT_MAX)};
}

/*
 * Reads the token and sends the first requests. If they fail, the credentials count as failed.
 * CONFIG if the token is missing or a username is set.
 */
static int32_t run_open(struct fgt_run *run, struct failure *failure)
{
    int32_t code = operation_secret(run->operation, "token", &run->token, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (run->token.size == 0 || run->settings->username != NULL) {
        return fail_field(run->operation, failure, run->token.size == 0 ? "token" : "username",
                          REASON_token_needed, ARGUMENTS(run->settings->origin));
    }
    run->rest =
        (struct rest){.operation = run->operation,
                      .http = run->call->http,
                      .credential = {.lead = HTTP_BEARER, .secret = buffer_text(&run->token)}};
    return fgt_system_read(run, failure);
}

static void run_close(struct fgt_run *run)
{
    buffer_release_secret(&run->token);
    buffer_release(&run->shared);
    fgt_fabric_release(run);
    free(run->vdoms.items);
    strmap_release(&run->texts);
}

static int32_t emit_source(const struct fgt_run *run, struct failure *failure)
{
    struct source_identity identity = {
        .system = fortigate_source.system,
        .id = run->member_count > 0 ? run->members[0].serial : NULL,
        .hostname = run->hostname,
        .version = run->version,
        .serial_count = run->member_count,
    };

    for (size_t i = 0; i < run->member_count; i++) {
        identity.serials[i] = run->members[i].serial;
    }
    return source_emit(run->call, &identity, failure);
}

/* ---- sync */

/* Reports what is reported once, even if the FortiGate is read twice. */
static int32_t report_source(struct fgt_run *run, struct failure *failure)
{
    const struct problem *adoms_ignored =
        PROBLEM(SEVERITY_WARNING, REASON_adoms_ignored, "adoms", ARGUMENTS(run->settings->origin));
    int32_t code;

    if ((code = emit_source(run, failure)) != HECTOR_OK ||
        (run->settings->adoms != NULL &&
         (code = inventory_problem(run->inventory, adoms_ignored, failure)) != HECTOR_OK)) {
        return code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->unread_count; i++) {
        const struct problem *unread =
            PROBLEM(SEVERITY_INFO, REASON_gate_facts_unread, run->unread[i],
                    ARGUMENTS(run->settings->origin, run->unread[i]));

        code = inventory_problem(run->inventory, unread, failure);
    }
    return code != HECTOR_OK ? code : fgt_fabric_report(run, failure);
}

/*
 * Checks whether the FortiGate is still the same, and sets `run->changed`. Most of the evidence is
 * in the answers to the unit lists: which unit answered, and for which VDOMs.
 */
static int32_t find_change(struct fgt_run *run, struct failure *failure)
{
    int32_t code;

    if ((fgt_stranger(run) == NULL && run->vdoms_moved &&
         (code = fgt_vdoms_compare(run, failure)) != HECTOR_OK) ||
        (fgt_stranger(run) == NULL && run->changed[0] == '\0' &&
         run->settings->device_types[FIREWALL] &&
         (code = fgt_members_compare(run, failure)) != HECTOR_OK)) {
        return code;
    }
    const char *stranger = fgt_stranger(run);
    if (stranger != NULL) {
        utf8_copy(run->changed, sizeof(run->changed), stranger, strlen(stranger));
    }
    return HECTOR_OK;
}

/* Reads the units of one type into the inventory. */
static int32_t read_type(struct fgt_run *run, enum device_type type, struct failure *failure)
{
    return type == FIREWALL ? fgt_firewalls_report(run, failure)
                            : fgt_units_read(run, type, failure);
}

/*
 * Reads the FortiGate once. The second time, one that was not a member of the cluster is not read.
 */
static int32_t read_once(struct fgt_run *run, struct failure *failure)
{
    const struct fgt_run *former = run->former;
    const bool *chosen = run->settings->device_types;
    size_t lists = 0;
    int32_t code = run_open(run, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (former != NULL && !fgt_is_member(former, run->answering)) {
        utf8_copy(run->changed, sizeof(run->changed), run->answering, strlen(run->answering));
        return HECTOR_OK;
    }
    run->replaced = former != NULL && strcmp(run->answering, former->answering) != 0;
    if ((code = fgt_cluster_read(run, failure)) != HECTOR_OK ||
        (former == NULL && (code = report_source(run, failure)) != HECTOR_OK)) {
        return code;
    }
    fgt_fabric_release(run);
    for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
        lists += chosen[type] && fortios_kinds[type].path != NULL ? 1 : 0;
    }
    operation_progress(run->operation, PHASE_unit_lists, 0, lists);
    for (enum device_type type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        code = chosen[type] ? read_type(run, type, failure) : HECTOR_OK;
    }
    if (code != HECTOR_OK ||
        (chosen[FIREWALL] && (code = fgt_firewalls_end(run, failure)) != HECTOR_OK)) {
        return code;
    }
    return find_change(run, failure);
}

/*
 * Corrects the coverages after the second reading. A scope that only the first one saw is
 * withdrawn, or incomplete if it has units; if the FortiGate changed again, or another one answers,
 * no scope is complete.
 */
static int32_t end_changed(const struct fgt_run *run, struct failure *failure)
{
    struct inventory *inventory = run->inventory;
    bool again = run->changed[0] != '\0';
    const char *scope;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; (scope = inventory_scope_name(inventory, i)) != NULL; i++) {
        for (enum device_type type = FIREWALL; code == HECTOR_OK && type < DEVICE_TYPE_COUNT;
             type++) {
            enum coverage_state state = inventory_state(inventory, scope, type);
            struct failure why;

            if (state == COVERAGE_OPEN && !again && inventory_units(inventory, scope, type) == 0) {
                inventory_withdraw(inventory, scope, type);
            } else if (state == COVERAGE_OPEN || (state == COVERAGE_COMPLETE && again)) {
                (void)fgt_fail_changed(run, again ? run->changed : scope, &why);
                code = inventory_end_scope(inventory, scope, type, &why, failure);
            }
        }
    }
    return code;
}

/*
 * Names the scope of a VDOM, if it has one; its aliases are the scopes by the serials of the other
 * members.
 */
static int32_t name_scope(const struct fgt_run *run, const struct fgt_vdom *vdom,
                          struct failure *failure)
{
    char label[MESSAGE_MAX], names[IDENTITY_SERIALS_MAX][SCOPE_TEXT_MAX];
    const char *aliases[IDENTITY_SERIALS_MAX];
    size_t count = 0;

    if (vdom->scope == NULL) {
        return HECTOR_OK;
    }
    operation_sentence(run->operation, label, sizeof(label), LABEL_label_scope_vdom,
                       ARGUMENTS(vdom->name, device_title(run->hostname, run->settings->origin)));
    for (size_t i = 0; i < run->member_count; i++) {
        (void)snprintf(names[count], sizeof(names[count]), "gate:%s/vdom:%s",
                       run->members[i].serial, vdom->name);
        if (strcmp(names[count], vdom->scope) != 0) {
            aliases[count] = names[count];
            count++;
        }
    }
    return inventory_name_scope(run->inventory,
                                &(struct scope_names){vdom->scope, label, aliases, count}, SCOPE_IN,
                                failure);
}

/*
 * Reads the FortiGate once, and names the scopes of the VDOMs that are known, however that ended.
 * They are complete if it succeeded, nothing changed and the FortiGate named its VDOMs.
 */
static int32_t read_and_name(struct fgt_run *run, struct failure *failure)
{
    int32_t code = read_once(run, failure);
    struct failure broken;

    if (run->former != NULL && code == HECTOR_OK) {
        code = end_changed(run, failure);
    }
    inventory_set_scopes_complete(run->inventory, code == HECTOR_OK && run->changed[0] == '\0' &&
                                                      run->home != NULL);
    for (size_t i = 0; code != HECTOR_HOST && i < run->vdoms.count; i++) {
        if (name_scope(run, &run->vdoms.items[i], &broken) != HECTOR_OK) {
            return fail_as(failure, &broken);
        }
    }
    return code;
}

/*
 * Reads the FortiGate, and after a pause again if it changed meanwhile. The second reading keeps
 * the serial in the scopes, and knows which unit answered the first one.
 */
static int32_t fortigate_read(struct source_call *call, struct failure *failure)
{
    struct fgt_run run = new_run(call), second = new_run(call);
    char why[sizeof(run.changed) + sizeof(" changed")];
    int32_t code = read_and_name(&run, failure);

    if (code != HECTOR_OK || run.changed[0] == '\0') {
        goto out;
    }
    (void)snprintf(why, sizeof(why), "%s changed", run.changed);
    repeat_reading(call->operation, HECTOR_LOG_WARNING, why);
    code = operation_pause(call->operation, repeat_backoff_ms(call->operation, 1), failure);
    if (code != HECTOR_OK) {
        goto out;
    }
    inventory_reopen(call->inventory);
    memcpy(second.scope, run.scope, sizeof(second.scope));
    second.former = &run;
    inventory_read_again(call->inventory, true);
    code = read_and_name(&second, failure);
    run_close(&second);
out:
    run_close(&run);
    return code;
}

/* ---- validate */

/* Writes the CLI snippet that creates the right credential, if the credential is at fault. */
static bool write_cli(const void *run, const struct failure *why, struct buffer *out)
{
    const struct settings *settings = ((const struct fgt_run *)run)->settings;

    if (why->cause != HECTOR_AUTH && why->cause != HECTOR_PERMISSION &&
        why->reason != REASON_token_needed) {
        return false;
    }
    fgt_cli_lines(run, source_host(settings->egress_address), out);
    return true;
}

static int32_t check_identity(struct fgt_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    const char *const *origin = ARGUMENTS(run->settings->origin);
    const char *const *identity =
        ARGUMENTS(device_title(run->version, "-"), device_title(run->hostname, "-"),
                  device_title(run->serial, "-"));
    char vdoms[MESSAGE_MAX];
    int32_t code;

    if ((code = check_pass(operation, CHECK_CREDENTIALS, LABEL_check_credentials_ok, origin,
                           failure)) != HECTOR_OK ||
        (code = check_pass(operation, CHECK_VERSION, LABEL_check_gate_version_ok, identity,
                           failure)) != HECTOR_OK ||
        (code = emit_source(run, failure)) != HECTOR_OK) {
        return code;
    }
    if (run->settings->adoms != NULL) {
        return check_warn(operation, CHECK_VDOMS, REASON_adoms_ignored, origin, failure);
    }
    fgt_vdom_names(run, vdoms, sizeof(vdoms));
    return check_pass(operation, CHECK_VDOMS, LABEL_check_vdoms_ok, ARGUMENTS(vdoms), failure);
}

/* Emits the number of units of one type; units that could not be read are a warning. */
static int32_t check_type(struct fgt_run *run, enum device_type type, const struct checks *checks,
                          struct failure *failure)
{
    int32_t code;

    if (!run->settings->device_types[type]) {
        return check_skip_type(run->operation, type, failure);
    }
    inventory_forget_worst(run->inventory);
    if ((code = read_type(run, type, failure)) != HECTOR_OK) {
        return code;
    }
    const struct failure *worst = inventory_worst(run->inventory);
    return worst != NULL
               ? check_emit_failure(checks, check_step_of(type), CHECK_WARNING, worst, failure)
               : check_pass_units(run->operation, type, inventory_assets(run->inventory, type),
                                  type == FIREWALL, failure);
}

static int32_t check_all(struct fgt_run *run, struct failure *failure)
{
    const struct checks checks = {run->operation, write_cli, run};

    if (run_open(run, failure) != HECTOR_OK || fgt_cluster_read(run, failure) != HECTOR_OK) {
        return source_end_checks(&fortigate_source, &checks, CHECK_CREDENTIALS, failure);
    }
    fgt_fabric_release(run);
    int32_t code = check_identity(run, failure);

    for (enum device_type type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        if (fortigate_source.types[type]) {
            code = check_type(run, type, &checks, failure);
        }
    }
    return code != HECTOR_OK ? code : unfilled_report(run->call, &fortigate_source, true, failure);
}

static int32_t fortigate_check(struct source_call *call, struct failure *failure)
{
    struct fgt_run run = new_run(call);
    int32_t code = check_all(&run, failure);

    run_close(&run);
    return code;
}

const struct source fortigate_source = {
    .system = CHOICE_source_fortigate,
    .product = "FortiGate",
    .guides = &fgt_guide,
    .guide_count = 1,
    .types = {[FIREWALL] = true, [SWITCH] = true, [ACCESS_POINT] = true},
    .scopes_step = CHECK_VDOMS,
    .origins = fgt_origins,
    .probe = {.path = "/api/v2/monitor/system/status", .repeatable = true},
    .fits = fortigate_fits,
    .check = fortigate_check,
    .read = fortigate_read,
};
