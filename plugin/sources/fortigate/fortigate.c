/*
 * fortigate.c - the source that reads one FortiGate through its REST API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortigate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli.h"
#include "cluster.h"
#include "firewalls.h"
#include "run.h"
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

    return reply->status == 401 && (reply->html || reply->empty) &&
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

static int32_t probe(struct source_call *call, struct probe *ret, struct failure *failure)
{
    struct http_request request = {.path = "/api/v2/monitor/system/status", .repeatable = true};
    struct http_reply reply;
    int32_t code = http_exchange(call->http, &request, &reply, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    ret->fits = refuses_like_fortios(&reply) || is_envelope(reply.json);
    ret->html = reply.html;
    ret->status = reply.status;
    (void)snprintf(ret->detail, sizeof(ret->detail), "GET %s: HTTP %d", request.path,
                   (int)reply.status);
    http_reply_release(&reply);
    return HECTOR_OK;
}

/* ---- a run */

/* Reads the token. CONFIG if it is missing or a username is set. */
static int32_t get_token(struct fgt_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    int32_t code = operation_secret(operation, "token", &run->token, failure);

    if (code == HECTOR_OK && (run->token.size == 0 || run->settings->username != NULL)) {
        code = fail_field(operation, failure, run->token.size == 0 ? "token" : "username",
                          REASON_token_needed, NULL, ARGUMENTS(run->settings->origin));
    }
    return code;
}

static void run_init(struct fgt_run *run, struct source_call *call, struct inventory *inventory)
{
    *run = (struct fgt_run){.call = call,
                            .operation = call->operation,
                            .settings = call->settings,
                            .inventory = inventory,
                            .token = BUFFER(HECTOR_SECRET_MAX)};
    strmap_init(&run->texts);
}

/*
 * Begins every run: reads the token and sends the first requests. If they fail, the credentials
 * count as failed.
 */
static int32_t run_open(struct fgt_run *run, struct failure *failure)
{
    int32_t code = get_token(run, failure);

    return code == HECTOR_OK ? fgt_system_read(run, failure) : code;
}

static void run_close(struct fgt_run *run)
{
    buffer_release_secret(&run->token);
    fgt_fabric_release(run);
    free(run->vdoms);
    strmap_release(&run->texts);
}

static int32_t emit_source(const struct fgt_run *run, struct failure *failure)
{
    struct source_identity identity = {.system = fortigate_source.system};

    if (run->member_count > 0) {
        identity.id = run->members[0].serial;
    }
    for (size_t i = 0; i < run->member_count; i++) {
        identity.serials[identity.serial_count++] = run->members[i].serial;
    }
    identity.hostname = run->hostname[0] != '\0' ? run->hostname : NULL;
    identity.version = run->version[0] != '\0' ? run->version : NULL;
    return source_emit(run->call, &identity, failure);
}

/* ---- sync */

static int32_t read_units(struct fgt_run *run, struct failure *failure)
{
    const bool *chosen = run->settings->device_types;
    int32_t code = HECTOR_OK;

    operation_progress(run->operation, PHASE_unit_lists, 0,
                       (size_t)chosen[SWITCH] + (size_t)chosen[ACCESS_POINT]);
    for (int type = SWITCH; code == HECTOR_OK && type <= ACCESS_POINT; type++) {
        if (run->settings->device_types[type]) {
            code = fgt_units_read(run, (enum device_type)type, failure);
        }
    }
    return code;
}

/* Reports what is reported once, even if the FortiGate is read twice. */
static int32_t report_source(struct fgt_run *run, struct failure *failure)
{
    int32_t code = emit_source(run, failure);

    if (code == HECTOR_OK && run->settings->adoms != NULL) {
        code = inventory_problem(run->inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_adoms_ignored, "adoms",
                                         ARGUMENTS(run->settings->origin)),
                                 failure);
    }
    code = code == HECTOR_OK ? fgt_unread_report(run, failure) : code;
    return code == HECTOR_OK ? fgt_fabric_report(run, failure) : code;
}

/*
 * Checks whether the FortiGate is still the same. `ret_what` names what changed; "" = no change was
 * found. Most of the evidence is in the answers to the unit lists: which unit answered, and for
 * which VDOMs.
 */
static int32_t compare(struct fgt_run *run, char ret_what[static NAME_MAX_BYTES + 1],
                       struct failure *failure)
{
    const char *stranger = fgt_stranger(run);
    bool moved = false;
    int32_t code = HECTOR_OK;

    ret_what[0] = '\0';
    if (stranger == NULL && run->vdoms_moved) {
        code = fgt_vdoms_compare(run, &moved, failure);
        stranger = fgt_stranger(run);
    }
    if (code == HECTOR_OK && stranger == NULL && !moved && run->settings->device_types[FIREWALL]) {
        code = fgt_members_compare(run, ret_what, failure);
        stranger = fgt_stranger(run);
    }
    if (stranger != NULL || moved) {
        const char *what = stranger != NULL ? stranger : run->scope;

        utf8_copy(ret_what, NAME_MAX_BYTES + 1, what, strlen(what));
    }
    return code;
}

/*
 * Reads the FortiGate once; `ret_what` is what changed meanwhile. `former` is the first reading, or
 * NULL: a FortiGate that was not a member of its cluster is not read.
 */
static int32_t read_once(struct fgt_run *run, const struct fgt_run *former,
                         char ret_what[static NAME_MAX_BYTES + 1], struct failure *failure)
{
    int32_t code = run_open(run, failure);

    ret_what[0] = '\0';
    if (code == HECTOR_OK && former != NULL && !fgt_is_member(former, run->answering)) {
        utf8_copy(ret_what, NAME_MAX_BYTES + 1, run->answering, strlen(run->answering));
        return HECTOR_OK;
    }
    run->replaced = former != NULL && strcmp(run->answering, former->answering) != 0;
    code = code == HECTOR_OK ? fgt_cluster_read(run, failure) : code;
    if (code == HECTOR_OK && former == NULL) {
        code = report_source(run, failure);
    }
    fgt_fabric_release(run);
    if (code == HECTOR_OK && run->settings->device_types[FIREWALL]) {
        code = fgt_firewalls_report(run, failure);
    }
    code = code == HECTOR_OK ? read_units(run, failure) : code;
    if (code == HECTOR_OK && run->settings->device_types[FIREWALL]) {
        code = fgt_firewalls_end(run, failure);
    }
    return code == HECTOR_OK ? compare(run, ret_what, failure) : code;
}

/* Reopens the coverages of the first reading. */
static int32_t forget_coverages(struct inventory *inventory, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < inventory->scope_count; i++) {
        const char *scope = inventory->scopes[i].name;

        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            if (inventory_expects(inventory, scope, (enum device_type)type)) {
                inventory_withdraw(inventory, scope, (enum device_type)type);
                code = inventory_expect(inventory, scope, (enum device_type)type, failure);
            }
        }
    }
    inventory->worst = (struct failure){0};
    return code;
}

/*
 * Corrects the coverages after the second reading. A scope that only the first one saw is
 * withdrawn, or incomplete if it has units; if the FortiGate changed again (`what`), or another one
 * answers, no scope is complete.
 */
static int32_t end_changed(const struct fgt_run *run, const char *what, struct failure *failure)
{
    struct inventory *inventory = run->inventory;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < inventory->scope_count; i++) {
        const char *scope = inventory->scopes[i].name;

        for (int type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
            const struct coverage *coverage = &inventory->scopes[i].coverages[type];
            bool gone = coverage->state == COVERAGE_OPEN;
            struct failure why;

            if (gone && coverage->units == 0 && *what == '\0') {
                inventory_withdraw(inventory, scope, (enum device_type)type);
            } else if (gone || (coverage->state == COVERAGE_COMPLETE && *what != '\0')) {
                (void)fgt_fail_changed(run, *what == '\0' ? scope : what, &why);
                code = inventory_end_scope(inventory, scope, (enum device_type)type, &why, failure);
            }
        }
    }
    return code;
}

/* Names the scope of a VDOM; its aliases are the scopes by the serials of the other members. */
static int32_t name_scope(const struct fgt_run *run, const struct fgt_vdom *vdom,
                          struct failure *failure)
{
    char label[MESSAGE_MAX], names[IDENTITY_SERIALS_MAX][SCOPE_TEXT_MAX];
    const char *aliases[IDENTITY_SERIALS_MAX];
    size_t count = 0;

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

/* Names the scopes of the VDOMs that are known after a reading, even one that ended early. */
static int32_t name_scopes(const struct fgt_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->vdom_count; i++) {
        if (run->vdoms[i].scope != NULL) {
            code = name_scope(run, &run->vdoms[i], failure);
        }
    }
    return code;
}

/*
 * Names the scopes of a reading that ended with `code`. They are complete if it succeeded, nothing
 * changed (`what` is empty) and the FortiGate named its VDOMs.
 */
static int32_t end_reading(const struct fgt_run *run, const char *what, int32_t code,
                           struct failure *failure)
{
    struct failure broken;

    run->inventory->scopes_complete = code == HECTOR_OK && *what == '\0' && run->home != NULL;
    if (code != HECTOR_HOST && name_scopes(run, &broken) != HECTOR_OK) {
        *failure = broken;
        return broken.cause;
    }
    return code;
}

/*
 * Reads the FortiGate again after a pause. Keeps the serial in the scopes, and knows which unit
 * answered the first reading.
 */
static int32_t read_again(struct fgt_run *run, struct failure *failure)
{
    char what[NAME_MAX_BYTES + 1];
    struct fgt_run second;
    int32_t code =
        operation_pause(run->operation, operation_backoff_ms(run->operation, 1), failure);

    if (code == HECTOR_OK) {
        code = forget_coverages(run->inventory, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    run_init(&second, run->call, run->inventory);
    memcpy(second.scope, run->scope, sizeof(second.scope));
    inventory_read_again(run->inventory, true);
    code = read_once(&second, run, what, failure);
    code = code == HECTOR_OK ? end_changed(&second, what, failure) : code;
    code = end_reading(&second, what, code, failure);
    run_close(&second);
    return code;
}

static int32_t fortigate_read(struct source_call *call, struct inventory *inventory,
                              struct failure *failure)
{
    char what[NAME_MAX_BYTES + 1];
    struct fgt_run run;
    int32_t code;

    run_init(&run, call, inventory);
    code = read_once(&run, NULL, what, failure);
    code = end_reading(&run, what, code, failure);
    if (code == HECTOR_OK && what[0] != '\0') {
        operation_log(call->operation, HECTOR_LOG_WARNING, "%s changed: all is read again", what);
        code = read_again(&run, failure);
    }
    run_close(&run);
    return code;
}

/* ---- validate */

/* Emits a check; if the credential is at fault, with the CLI snippet that creates the right one. */
static int32_t report(struct fgt_run *run, enum check_step step, enum check_status status,
                      const struct failure *why, struct failure *failure)
{
    struct operation *operation = run->operation;
    struct buffer lines = BUFFER(FGT_CLI_MAX);
    int32_t code;

    if (why->cause != HECTOR_AUTH && why->cause != HECTOR_PERMISSION &&
        why->reason != REASON_token_needed) {
        return check_emit_failure(operation, step, status, why, failure);
    }
    fgt_cli_lines(run, guide_host(run->settings->egress_address), &lines);
    code = check_emit_cli(operation, step, status, why, &lines, failure);
    buffer_release(&lines);
    return code;
}

/*
 * Emits the step at which the run ended and skips the others. `failure` stays unless an emit fails;
 * the host receives nothing after CANCELLED, HOST or NO_MEMORY.
 */
static int32_t fail_step(struct fgt_run *run, enum check_step step, int32_t code,
                         struct failure *failure)
{
    struct failure broken = {0};
    int32_t reported = HECTOR_OK;

    if (code != HECTOR_CANCELLED && code != HECTOR_HOST && code != HECTOR_NO_MEMORY) {
        reported = report(run, step, CHECK_FAILED, failure, &broken);
        if (reported == HECTOR_OK) {
            reported = check_skip_rest(run->operation, (enum check_step)(step + 1), &broken);
        }
    }
    if (reported != HECTOR_OK) {
        *failure = broken;
        code = reported;
    }
    return code;
}

static int32_t check_identity(struct fgt_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    const char *name = device_title(run->hostname, "-"), *serial = device_title(run->serial, "-");
    char vdoms[MESSAGE_MAX];
    int32_t code;

    code = check_emit(operation, CHECK_CREDENTIALS, CHECK_PASSED, LABEL_check_credentials_ok,
                      ARGUMENTS(run->settings->origin), NULL, failure);
    if (code == HECTOR_OK) {
        code = check_emit(operation, CHECK_VERSION, CHECK_PASSED, LABEL_check_gate_version_ok,
                          ARGUMENTS(device_title(run->version, "-"), name, serial), NULL, failure);
    }
    if (code == HECTOR_OK) {
        code = emit_source(run, failure);
    }
    if (code != HECTOR_OK) {
        return code;
    }
    if (run->settings->adoms != NULL) {
        return check_emit(operation, CHECK_ADOMS, CHECK_WARNING, REASON_adoms_ignored,
                          ARGUMENTS(run->settings->origin), NULL, failure);
    }
    fgt_vdom_names(run, vdoms, sizeof(vdoms));
    return check_emit(operation, CHECK_ADOMS, CHECK_PASSED, LABEL_check_vdoms_ok, ARGUMENTS(vdoms),
                      NULL, failure);
}

/* Emits the number of units of one type; units that could not be read are a warning. */
static int32_t check_type(struct fgt_run *run, enum check_step step, enum device_type type,
                          int32_t (*read)(struct fgt_run *, enum device_type, struct failure *),
                          struct failure *failure)
{
    struct operation *operation = run->operation;
    const char *plural = message_template(operation->wording.language, device_type_plural(type));
    struct check_units units = {0, type == FIREWALL};
    char count[24];
    int32_t code;

    if (!run->settings->device_types[type]) {
        return check_emit(operation, step, CHECK_SKIPPED, LABEL_check_type_not_chosen,
                          ARGUMENTS(plural), NULL, failure);
    }
    run->inventory->worst = (struct failure){0};
    code = read(run, type, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    if (run->inventory->worst.cause != 0) {
        return report(run, step, CHECK_WARNING, &run->inventory->worst, failure);
    }
    units.units = run->inventory->counts[type].assets;
    units.exact = units.exact || units.units == 0;
    (void)snprintf(count, sizeof(count), "%" PRIu64, units.units);
    return type == FIREWALL
               ? check_emit(operation, step, CHECK_PASSED, LABEL_check_devices_ok, ARGUMENTS(count),
                            &units, failure)
               : check_emit(operation, step, CHECK_PASSED,
                            units.exact ? LABEL_check_roster_empty : LABEL_check_roster_ok,
                            ARGUMENTS(plural, count), &units, failure);
}

static int32_t report_firewalls(struct fgt_run *run, enum device_type type, struct failure *failure)
{
    (void)type;
    return fgt_firewalls_report(run, failure);
}

static int32_t check_everything(struct fgt_run *run, struct failure *failure)
{
    int32_t code = run_open(run, failure);

    if (code == HECTOR_OK) {
        code = fgt_cluster_read(run, failure);
    }
    if (code != HECTOR_OK) {
        return fail_step(run, CHECK_CREDENTIALS, code, failure);
    }
    fgt_fabric_release(run);
    code = check_identity(run, failure);
    if (code == HECTOR_OK) {
        code = check_type(run, CHECK_DEVICES, FIREWALL, report_firewalls, failure);
    }
    if (code == HECTOR_OK) {
        code = check_type(run, CHECK_SWITCHES, SWITCH, fgt_units_read, failure);
    }
    if (code == HECTOR_OK) {
        code = check_type(run, CHECK_ACCESS_POINTS, ACCESS_POINT, fgt_units_read, failure);
    }
    return code == HECTOR_OK ? unfilled_check(run->inventory, &fortigate_source, failure) : code;
}

static int32_t fortigate_check(struct source_call *call, struct failure *failure)
{
    struct inventory *inventory = malloc(sizeof(*inventory));
    struct fgt_run run;
    int32_t code;

    if (inventory == NULL) {
        return fail_memory(call->operation, failure);
    }
    inventory_init(inventory, call->operation, call->settings, true);
    run_init(&run, call, inventory);
    code = check_everything(&run, failure);
    run_close(&run);
    inventory_release(inventory);
    free(inventory);
    return code;
}

/* ---- list_options */

/* A FortiGate has neither ADOMs nor custom fields. */
static int32_t list_nothing(struct source_call *call, const struct option_sink *sink,
                            struct failure *failure)
{
    (void)sink;
    (void)failure;
    operation_log(call->operation, HECTOR_LOG_INFO, "a FortiGate has no ADOMs and custom fields");
    return HECTOR_OK;
}

/* Attributes of a FortiGate that only a FortiManager reports. */
static const enum attribute LACKS[] = {
    ATTRIBUTE_management_mode,   ATTRIBUTE_description,       ATTRIBUTE_adom,
    ATTRIBUTE_last_seen,         ATTRIBUTE_config_status,     ATTRIBUTE_vm_license_type,
    ATTRIBUTE_vm_license_expiry, ATTRIBUTE_hardware_revision, ATTRIBUTE_disk_size_mb,
    ATTRIBUTE_log_only,
};

const struct source fortigate_source = {
    .system = "fortigate",
    .product = "FortiGate",
    .guides = &fgt_guide,
    .guide_count = 1,
    .lacks = LACKS,
    .lack_count = sizeof(LACKS) / sizeof(LACKS[0]),
    .probe = probe,
    .check = fortigate_check,
    .list_adoms = list_nothing,
    .list_meta = list_nothing,
    .read = fortigate_read,
};
