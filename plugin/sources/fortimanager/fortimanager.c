/*
 * fortimanager.c - the source that reads a FortiManager through its JSON-RPC API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortimanager.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "closing.h"
#include "devices.h"
#include "run.h"
#include "scopes.h"
#include "sources/unfilled.h"
#include "system.h"
#include "unit_list_count.h"
#include "unit_lists.h"
#include "json/json_read.h"

/* Rows that are searched for custom fields; each row has all of them. */
#define META_ROWS "\"range\":[0,20],\"option\":[\"get meta\"]"

static void run_init(struct fmg_run *run, struct source_call *call, struct inventory *inventory)
{
    *run = (struct fmg_run){.call = call,
                            .operation = call->operation,
                            .settings = call->settings,
                            .inventory = inventory};
    fmg_topology_init(&run->topology);
}

/* Logs in and sends the first request. */
static int32_t run_open(struct fmg_run *run, struct failure *failure)
{
    int32_t code = fmg_rpc_open(&run->rpc, run->operation, run->settings, run->call->http, failure);

    return code == HECTOR_OK ? fmg_system_read(run, failure) : code;
}

/*
 * Logs out and releases the run. Returns the code of the run. A cancel, also one during the logout,
 * overrides every code except that of a failed emit.
 */
static int32_t run_close(struct fmg_run *run, int32_t code, struct failure *failure)
{
    struct operation *operation = run->operation;

    fmg_rpc_close(&run->rpc);
    fmg_ha_members_release(&run->clusters);
    fmg_topology_release(&run->topology);
    return operation->cancelled ? operation_check(operation, failure) : code;
}

static size_t fgts_seen(const struct fmg_run *run)
{
    size_t seen = 0;

    for (size_t i = 0; i < run->topology.fgt_count; i++) {
        seen += run->topology.fgts[i].read ? 1 : 0;
    }
    return seen;
}

/*
 * Whether the account sees no device and no failure explains it. ADOMs that the settings name may
 * be empty.
 */
static bool sees_nothing(const struct fmg_run *run)
{
    return run->settings->adoms == NULL && fgts_seen(run) == 0 &&
           run->inventory->worst.cause == 0 && run->inventory->serials.count == 0;
}

static int32_t fail_nothing_visible(const struct fmg_run *run, struct failure *failure)
{
    return fail(run->operation, failure, REASON_nothing_visible, NULL,
                ARGUMENTS(run->settings->origin));
}

/* ---- probe */

/*
 * A FortiManager answers this query without a session with a JSON-RPC row that refuses it, in every
 * version [inferred from its documented errors]. A FortiAnalyzer answers the same; its platform is
 * known after the login.
 */
#define QUESTION_URL "/sys/status"
#define QUESTION                                                                                   \
    "{\"id\":1,\"method\":\"get\",\"params\":[{\"url\":\"" QUESTION_URL "\"}],\"verbose\":1}"

/*
 * Whether the reply has a row for the queried URL with a numeric status: any JSON with a result is
 * not enough.
 */
static bool speaks_json_rpc(const struct http_reply *reply)
{
    struct json_object *result = json_member(reply->json, "result");
    struct json_object *row =
        json_object_is_type(result, json_type_array) ? json_element(result, 0) : result;
    const char *url = json_member_text(row, "url");
    int64_t status;

    return reply->status == 200 && url != NULL &&
           strcmp(url + (*url == '/' ? 1 : 0), &QUESTION_URL[1]) == 0 &&
           json_member_integer(json_member_object(row, "status"), "code", &status);
}

static int32_t probe(struct source_call *call, struct probe *ret, struct failure *failure)
{
    struct http_request request = {
        .path = "/jsonrpc", .body = QUESTION, .body_size = strlen(QUESTION), .repeatable = true};
    struct http_reply reply;
    int32_t code = http_exchange(call->http, &request, &reply, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    /* How FortiManager Cloud answers without a session is not documented: the setting decides. */
    ret->fits = speaks_json_rpc(&reply) || call->settings->forticloud_user != NULL;
    ret->html = reply.html;
    ret->status = reply.status;
    (void)snprintf(ret->detail, sizeof(ret->detail), "POST /jsonrpc: HTTP %d, %s",
                   (int)reply.status,
                   reply.content_type[0] != '\0' ? reply.content_type : "no content type");
    http_reply_release(&reply);
    return HECTOR_OK;
}

/* ---- sync */

/* Reads switches and access points, and checks that everything is one snapshot. */
static int32_t read_unit_lists(struct fmg_run *run, struct failure *failure)
{
    struct unit_lists *unit_lists;
    int32_t code = fmg_unit_lists_open(run, &unit_lists, failure);

    if (code == HECTOR_OK) {
        code = fmg_unit_lists_read(unit_lists, failure);
    }
    if (code == HECTOR_OK) {
        code = fmg_closing_settle(unit_lists, failure);
    }
    fmg_unit_lists_close(unit_lists);
    return code == HECTOR_OK ? fmg_scopes_end(run, failure) : code;
}

static int32_t read_everything(struct fmg_run *run, struct failure *failure)
{
    struct failure broken;
    int32_t code = run_open(run, failure);

    /* If the status was refused, the first device provides the FortiManager's serial. */
    if ((code == HECTOR_OK || failure->reason == REASON_adom_unknown) && !run->status_refused &&
        fmg_system_emit(run, NULL, &broken) != HECTOR_OK) {
        *failure = broken;
        code = broken.cause;
    }
    if (code == HECTOR_OK && run->is_analyzer) {
        code = inventory_problem(run->inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_fortianalyzer,
                                         run->settings->origin, ARGUMENTS(run->settings->origin)),
                                 failure);
    }
    if (code == HECTOR_OK) {
        code = fmg_devices_read(run, failure);
    }
    if (code == HECTOR_OK) {
        code = fmg_system_emit(run, NULL, failure);
    }
    if (code == HECTOR_OK && sees_nothing(run)) {
        return fail_nothing_visible(run, failure);
    }
    return code == HECTOR_OK ? read_unit_lists(run, failure) : code;
}

/* Names the scopes, and reports a lost login, for every run, also one that failed early. */
static int32_t report_end(struct fmg_run *run, bool ended, struct failure *failure)
{
    const struct settings *settings = run->settings;
    int32_t code = fmg_scopes_name(run, ended, failure);

    return code == HECTOR_OK && run->rpc.login_lost
               ? inventory_problem(run->inventory,
                                   PROBLEM(SEVERITY_WARNING, REASON_login_lost, settings->origin,
                                           ARGUMENTS(settings->origin, settings_account(settings))),
                                   failure)
               : code;
}

static int32_t fortimanager_read(struct source_call *call, struct inventory *inventory,
                                 struct failure *failure)
{
    struct failure broken;
    struct fmg_run run;
    int32_t code;

    run_init(&run, call, inventory);
    code = read_everything(&run, failure);
    if (code != HECTOR_HOST && report_end(&run, code == HECTOR_OK, &broken) != HECTOR_OK) {
        code = broken.cause;
        *failure = broken;
    }
    return run_close(&run, code, failure);
}

/* ---- validate */

static int32_t check_version(struct fmg_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;

    if (run->status_refused || run->version_text[0] == '\0') {
        return check_emit(operation, CHECK_VERSION, CHECK_WARNING, LABEL_check_version_unknown,
                          NO_ARGUMENTS, NULL, failure);
    }
    if (run->is_analyzer) {
        return check_emit(operation, CHECK_VERSION, CHECK_WARNING, REASON_fortianalyzer,
                          ARGUMENTS(run->settings->origin), NULL, failure);
    }
    return check_emit(operation, CHECK_VERSION, CHECK_PASSED, LABEL_check_version_ok,
                      ARGUMENTS(run->version_text, run->hostname, run->serial), NULL, failure);
}

/*
 * Whether CLI text can help: it sets up the user and its profile on a FortiManager, not in
 * FortiCloud. The user name goes between double quotes, so there is none for a name with a
 * character that would end them.
 */
static bool has_cli(const struct settings *settings, const struct failure *failure)
{
    if (settings->forticloud_user != NULL ||
        (settings->username != NULL && strpbrk(settings->username, "\"\\?") != NULL)) {
        return false;
    }
    return failure->cause == HECTOR_AUTH || failure->cause == HECTOR_PERMISSION ||
           failure->reason == REASON_credentials_missing;
}

/* Emits a failed check, with the CLI text that sets up the right credential if that can help. */
static int32_t report_refusal(struct fmg_run *run, enum check_step step, enum check_status status,
                              const struct failure *why, struct failure *failure)
{
    const struct settings *settings = run->settings;
    struct operation *operation = run->operation;
    struct buffer lines = BUFFER(CLI_MAX);
    int32_t code;

    if (!has_cli(settings, why)) {
        return check_emit_failure(operation, step, status, why, failure);
    }
    if (settings->username != NULL) {
        fmg_cli_user(settings->username, guide_host(settings->egress_address), &lines);
    } else {
        fmg_cli_token(guide_host(settings->egress_address), &lines);
    }
    code = check_emit_cli(operation, step, status, why, &lines, failure);
    buffer_release(&lines);
    return code;
}

/* Emits the checks of the first requests, including the step that failed, if any. */
static int32_t report_open(struct fmg_run *run, int32_t code, const struct failure *why,
                           struct failure *failure)
{
    struct operation *operation = run->operation;
    bool in = code == HECTOR_OK || why->reason == REASON_adom_unknown;
    enum check_step step = in ? CHECK_ADOMS : CHECK_CREDENTIALS;
    int32_t reported = HECTOR_OK;

    if (in) {
        reported =
            check_emit(operation, CHECK_CREDENTIALS, CHECK_PASSED, LABEL_check_credentials_ok,
                       ARGUMENTS(run->settings->origin), NULL, failure);
        reported = reported == HECTOR_OK ? check_version(run, failure) : reported;
        /* If the status was refused, the first device provides the serial, as in a sync. */
        if (reported == HECTOR_OK && !run->status_refused) {
            reported = fmg_system_emit(run, NULL, failure);
        }
    }
    if (reported == HECTOR_OK && code != HECTOR_OK) {
        reported = report_refusal(run, step, CHECK_FAILED, why, failure);
    }
    if (reported == HECTOR_OK && code != HECTOR_OK) {
        reported = check_skip_rest(operation, (enum check_step)(step + 1), failure);
    }
    return reported;
}

static int32_t check_open(struct fmg_run *run, struct failure *failure)
{
    struct failure broken;
    int32_t code = run_open(run, failure), reported;

    if (code == HECTOR_CANCELLED || code == HECTOR_HOST || code == HECTOR_NO_MEMORY) {
        return code;
    }
    reported = report_open(run, code, failure, &broken);
    if (reported != HECTOR_OK) {
        *failure = broken;
        return reported;
    }
    return code;
}

static int32_t check_adoms(struct fmg_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    char count_text[24];
    size_t count = 0;

    if (!run->adoms_known) {
        return check_emit(operation, CHECK_ADOMS, CHECK_WARNING, LABEL_check_adoms_unknown,
                          NO_ARGUMENTS, NULL, failure);
    }
    if (!run->members_known) {
        return check_emit(operation, CHECK_ADOMS, CHECK_WARNING, LABEL_check_members_unknown,
                          NO_ARGUMENTS, NULL, failure);
    }
    for (size_t i = 0; i < run->topology.adom_count; i++) {
        count += run->topology.adoms[i].wanted && run->topology.adoms[i].fgt_count > 0 ? 1 : 0;
    }
    (void)snprintf(count_text, sizeof(count_text), "%zu", count);
    return check_emit(operation, CHECK_ADOMS, CHECK_PASSED, LABEL_check_adoms_ok,
                      ARGUMENTS(count_text), NULL, failure);
}

/* Emits a step that ended the validation as failed, and the later steps as skipped. */
static int32_t end_checks(struct fmg_run *run, enum check_step step, const struct failure *why,
                          struct failure *failure)
{
    struct operation *operation = run->operation;
    int32_t code = report_refusal(run, step, CHECK_FAILED, why, failure);

    if (code == HECTOR_OK) {
        code = check_skip_rest(operation, (enum check_step)(step + 1), failure);
    }
    if (code == HECTOR_OK) {
        *failure = *why;
        code = why->cause;
    }
    return code;
}

/* Warns of ADOMs that the settings name and the account may not read. */
static int32_t report_outside(struct fmg_run *run, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        if (run->settings->adoms != NULL && adom->wanted && adom->outside) {
            code = check_emit(run->operation, CHECK_DEVICES, CHECK_WARNING, REASON_adom_outside,
                              ARGUMENTS(adom->name), NULL, failure);
        }
    }
    return code;
}

/*
 * Checks the device tables. The number of firewalls is exact: all rows are read, with the fields
 * that distinguish assets from other rows.
 */
static int32_t check_devices(struct fmg_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    struct inventory *inventory = run->inventory;
    struct check_units units;
    char count_text[24];
    int32_t code = fmg_devices_read(run, failure);

    if (code == HECTOR_OK && fgts_seen(run) == 0 && run->settings->adoms == NULL) {
        code = inventory->worst.cause != 0 ? inventory->worst.cause
                                           : fail_nothing_visible(run, failure);
        if (inventory->worst.cause != 0) {
            *failure = inventory->worst;
        }
    }
    if (code == HECTOR_CANCELLED || code == HECTOR_HOST || code == HECTOR_NO_MEMORY) {
        return code;
    }
    if (code != HECTOR_OK) {
        struct failure why = *failure;

        return end_checks(run, CHECK_DEVICES, &why, failure);
    }
    code = report_outside(run, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    if (inventory->worst.cause != 0) {
        return report_refusal(run, CHECK_DEVICES, CHECK_WARNING, &inventory->worst, failure);
    }
    if (!run->settings->device_types[FIREWALL]) {
        return check_emit(operation, CHECK_DEVICES, CHECK_PASSED, LABEL_check_gates_only,
                          NO_ARGUMENTS, NULL, failure);
    }
    units = (struct check_units){inventory->counts[FIREWALL].assets, true};
    (void)snprintf(count_text, sizeof(count_text), "%" PRIu64, units.units);
    return check_emit(operation, CHECK_DEVICES, CHECK_PASSED, LABEL_check_devices_ok,
                      ARGUMENTS(count_text), &units, failure);
}

/*
 * Checks the unit lists of a type. The number is an upper bound, because the tables also count
 * pre-provisioned and unauthorised units. The failure of one table only warns; refused credentials
 * and an exceeded deadline end the validation.
 */
static int32_t check_unit_list(struct fmg_run *run, enum check_step step, enum device_type type,
                               struct failure *failure)
{
    struct operation *operation = run->operation;
    const char *plural = message_template(operation->wording.language, device_type_plural(type));
    struct check_units units = {0, false};
    char count_text[24];
    struct failure why;
    int32_t code;

    if (!run->settings->device_types[type]) {
        return check_emit(operation, step, CHECK_SKIPPED, LABEL_check_type_not_chosen,
                          ARGUMENTS(plural), NULL, failure);
    }
    code = fmg_unit_lists_count(run, type, &units.units, &why);
    if (code == HECTOR_AUTH || (code != HECTOR_OK && why.reason == REASON_deadline_passed)) {
        return end_checks(run, step, &why, failure);
    }
    if (failure_ends(code, &why)) {
        *failure = why;
        return code;
    }
    if (code != HECTOR_OK) {
        return report_refusal(run, step, CHECK_WARNING, &why, failure);
    }
    units.units += run->inventory->counts[type].assets;
    units.exact = units.units == 0;
    (void)snprintf(count_text, sizeof(count_text), "%" PRIu64, units.units);
    return check_emit(operation, step, CHECK_PASSED,
                      units.exact ? LABEL_check_roster_empty : LABEL_check_roster_ok,
                      ARGUMENTS(plural, count_text), &units, failure);
}

static int32_t check_everything(struct fmg_run *run, struct failure *failure)
{
    int32_t code = check_open(run, failure);

    if (code == HECTOR_OK) {
        code = check_adoms(run, failure);
    }
    if (code == HECTOR_OK) {
        code = check_devices(run, failure);
    }
    if (code == HECTOR_OK) {
        code = fmg_system_emit(run, NULL, failure);
    }
    if (code == HECTOR_OK) {
        code = check_unit_list(run, CHECK_SWITCHES, SWITCH, failure);
    }
    if (code == HECTOR_OK) {
        code = check_unit_list(run, CHECK_ACCESS_POINTS, ACCESS_POINT, failure);
    }
    return code == HECTOR_OK ? unfilled_check(run->inventory, &fortimanager_source, failure) : code;
}

static int32_t fortimanager_check(struct source_call *call, struct failure *failure)
{
    struct inventory *inventory = malloc(sizeof(*inventory));
    struct fmg_run run;
    int32_t code;

    if (inventory == NULL) {
        return fail_memory(call->operation, failure);
    }
    inventory_init(inventory, call->operation, call->settings, true);
    run_init(&run, call, inventory);
    code = check_everything(&run, failure);
    code = run_close(&run, code, failure);
    inventory_release(inventory);
    free(inventory);
    return code;
}

/* ---- list_options */

static int32_t each_adom(struct fmg_run *run, const struct option_sink *sink,
                         struct failure *failure)
{
    int32_t code = HECTOR_OK;

    if (!run->adoms_known) {
        return fail(run->operation, failure, REASON_read_refused, NULL, ARGUMENTS("/dvmdb/adom"));
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];
        char count_text[24], description[MESSAGE_MAX];

        if (!fmg_adom_holds_devices(adom->name)) {
            continue;
        }
        (void)snprintf(count_text, sizeof(count_text), "%zu", adom->fgt_count);
        operation_sentence(run->operation, description, sizeof(description), LABEL_option_adom,
                           ARGUMENTS(count_text));
        code = sink->option(sink->context, adom->name, adom->name,
                            run->members_known ? description : NULL, failure);
    }
    return code;
}

static int32_t each_meta(struct fmg_run *run, const struct option_sink *sink,
                         struct failure *failure)
{
    struct rpc_param param = {
        .url = "/dvmdb/device", .fields = "[\"name\",\"meta fields\"]", .rest = META_ROWS};
    struct strmap names;
    int32_t code = fmg_rpc_get(&run->rpc, &param, 1, failure);

    if (code == HECTOR_OK && param.code != RPC_OK) {
        code = fmg_rpc_fail(&run->rpc, &param, failure);
    }
    strmap_init(&names);
    for (size_t i = 0; code == HECTOR_OK && i < json_count(param.data); i++) {
        struct json_object *meta = json_member_object(json_element(param.data, i), "meta fields");

        if (meta == NULL) {
            continue;
        }
        json_object_object_foreach(meta, name, value)
        {
            char id[sizeof(META_PREFIX) + NAME_MAX_BYTES];
            bool added = false;

            (void)value;
            if (code != HECTOR_OK || *name == '\0' || strlen(name) > NAME_MAX_BYTES) {
                continue;
            }
            if (strmap_put(&names, name, 0, NULL, &added) == NULL) {
                code = fail_memory(run->operation, failure);
            }
            (void)snprintf(id, sizeof(id), META_PREFIX "%s", name);
            if (added) {
                code = sink->option(sink->context, id, name, NULL, failure);
            }
        }
    }
    strmap_release(&names);
    fmg_rpc_release(&param, 1);
    return code;
}

static int32_t list(struct source_call *call, const struct option_sink *sink,
                    int32_t (*each)(struct fmg_run *, const struct option_sink *, struct failure *),
                    struct failure *failure)
{
    struct fmg_run run;
    int32_t code;

    run_init(&run, call, NULL);
    code = run_open(&run, failure);
    if (code == HECTOR_OK) {
        code = each(&run, sink, failure);
    }
    return run_close(&run, code, failure);
}

static int32_t list_adoms(struct source_call *call, const struct option_sink *sink,
                          struct failure *failure)
{
    return list(call, sink, each_adom, failure);
}

static int32_t list_meta(struct source_call *call, const struct option_sink *sink,
                         struct failure *failure)
{
    return list(call, sink, each_meta, failure);
}

const struct source fortimanager_source = {
    .system = FORTIMANAGER_SYSTEM,
    .product = "FortiManager",
    .guides = fmg_cli_guides,
    .guide_count = CLI_GUIDES,
    .has_peer = true,
    .has_meta = true,
    .live_by_setting = true,
    .probe = probe,
    .check = fortimanager_check,
    .list_adoms = list_adoms,
    .list_meta = list_meta,
    .read = fortimanager_read,
};
