/*
 * fortimanager.c - the source that reads a FortiManager through its JSON-RPC API.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortimanager.h"

#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "closing.h"
#include "columns.h"
#include "devices.h"
#include "ha_members.h"
#include "kinds.h"
#include "management.h"
#include "scopes.h"
#include "sources/unfilled.h"
#include "system.h"
#include "unit_list_count.h"
#include "unit_lists.h"
#include "json/json_read.h"

/* Rows that are searched for custom fields; each row has all of them. */
#define META_ROWS "\"range\":[0,20],\"option\":[\"get meta\"]"

/* Logs in and sends the first request. */
static int32_t run_open(struct fmg_run *run, struct failure *failure)
{
    int32_t code = fmg_rpc_open(&run->rpc, run->operation, run->settings, run->call->http, failure);

    return code != HECTOR_OK ? code : fmg_system_read(run, failure);
}

/*
 * Does the work of a call, then logs out and releases the run. Returns the code of the work. A
 * cancel, also one during the logout, overrides every code except that of a failed emit. `sink`
 * may be NULL.
 */
static int32_t run_through(struct source_call *call, const struct option_sink *sink,
                           int32_t (*work)(struct fmg_run *run, struct failure *failure),
                           struct failure *failure)
{
    struct operation *operation = call->operation;
    struct fmg_run run = {.call = call,
                          .operation = operation,
                          .settings = call->settings,
                          .inventory = call->inventory,
                          .sink = sink};

    int32_t code = work(&run, failure);
    fmg_rpc_close(&run.rpc);
    fmg_rpc_release(&run.status, 1);
    fmg_rpc_release(&run.ha_status, 1);
    fmg_ha_members_release(&run);
    fmg_topology_release(&run.topology);
    return operation->cancelled ? operation_check(operation, failure) : code;
}

/* Whether the run reads what ADOMs list; if not, only the FortiManager itself was chosen. */
static bool reads_adoms(const struct fmg_run *run)
{
    bool ret = false;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        ret = ret || (run->settings->device_types[type] && fmg_adoms_list(type));
    }
    return ret;
}

/* Whether the account sees no device. An ADOM that the settings name may be empty. */
static bool sees_no_device(const struct fmg_run *run)
{
    for (size_t i = 0; i < run->topology.fgts.count; i++) {
        if (run->topology.fgts.items[i].read) {
            return false;
        }
    }
    return run->settings->adoms == NULL;
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
 * not enough. How FortiManager Cloud answers without a session is not documented: the address
 * decides.
 */
static bool fortimanager_fits(const struct source_call *call, const struct http_reply *reply)
{
    struct json_object *row = json_row(json_member(reply->json, "result"), 0);
    const char *url = json_member_text(row, "url");
    int64_t status;

    return call->settings->is_cloud ||
           (reply->status == 200 && url != NULL &&
            strcmp(url + (*url == '/' ? 1 : 0), &QUESTION_URL[1]) == 0 &&
            json_member_integer(json_member_object(row, "status"), "code", &status));
}

/* ---- sync */

/* Reads switches and access points, and checks that everything is one snapshot. */
static int32_t read_unit_lists(struct fmg_run *run, struct failure *failure)
{
    struct unit_lists unit_lists;
    int32_t code = fmg_unit_lists_open(&unit_lists, run, failure);

    if (code == HECTOR_OK && (code = fmg_unit_lists_read(&unit_lists, failure)) == HECTOR_OK) {
        code = fmg_closing_settle(&unit_lists, failure);
    }
    fmg_unit_lists_close(&unit_lists);
    return code != HECTOR_OK ? code : fmg_scopes_end(run, failure);
}

static int32_t read_everything(struct fmg_run *run, struct failure *failure)
{
    const char *origin = run->settings->origin;
    struct failure why;
    int32_t code = run_open(run, failure);

    /* If the status was refused, the first device provides the FortiManager's serial. */
    if ((code == HECTOR_OK || failure->reason == REASON_adom_unknown) && !run->status_refused &&
        fmg_system_emit(run, NULL, &why) != HECTOR_OK) {
        return fail_as(failure, &why);
    }
    if (code == HECTOR_OK && run->is_analyzer) {
        code = inventory_problem(
            run->inventory,
            PROBLEM(SEVERITY_WARNING, REASON_fortianalyzer, origin, ARGUMENTS(origin)), failure);
    }
    if (code != HECTOR_OK ||
        (reads_adoms(run) && (code = fmg_devices_read(run, failure)) != HECTOR_OK) ||
        (code = fmg_system_emit(run, NULL, failure)) != HECTOR_OK) {
        return code;
    }
    bool nothing_visible = reads_adoms(run) && sees_no_device(run) &&
                           inventory_worst(run->inventory) == NULL &&
                           inventory_is_empty(run->inventory);
    if ((code = fmg_management_report(run, failure)) != HECTOR_OK || !reads_adoms(run)) {
        return code;
    }
    return nothing_visible ? fail_nothing_visible(run, failure) : read_unit_lists(run, failure);
}

static int32_t sync(struct fmg_run *run, struct failure *failure)
{
    const struct settings *settings = run->settings;
    const struct problem *login_lost =
        PROBLEM(SEVERITY_WARNING, REASON_login_lost, settings->origin,
                ARGUMENTS(settings->origin, settings_account(settings)));
    struct failure why;
    int32_t code = read_everything(run, failure);

    /* Names the scopes, and reports a lost login, for every run, also one that failed early. */
    if (code != HECTOR_HOST &&
        (fmg_scopes_name(run, code == HECTOR_OK && reads_adoms(run), &why) != HECTOR_OK ||
         (run->rpc.login_lost &&
          inventory_problem(run->inventory, login_lost, &why) != HECTOR_OK))) {
        return fail_as(failure, &why);
    }
    return code;
}

static int32_t fortimanager_read(struct source_call *call, struct failure *failure)
{
    return run_through(call, NULL, sync, failure);
}

/* ---- validate */

static int32_t check_version(struct fmg_run *run, struct failure *failure)
{
    bool unknown = run->status_refused || run->version_text[0] == '\0';

    if (unknown || run->is_analyzer) {
        return check_warn(run->operation, CHECK_VERSION,
                          unknown ? LABEL_check_version_unknown : REASON_fortianalyzer,
                          ARGUMENTS(run->settings->origin), failure);
    }
    return check_pass(run->operation, CHECK_VERSION, LABEL_check_version_ok,
                      ARGUMENTS(run->version_text, run->hostname, run->serial), failure);
}

/* Logs in and checks what the first requests show. */
static int32_t check_open(struct fmg_run *run, struct failure *failure)
{
    struct failure why;
    int32_t opened = run_open(run, failure);

    if (opened != HECTOR_OK && failure->reason != REASON_adom_unknown) {
        return source_end_checks(&fortimanager_source, &run->checks, CHECK_CREDENTIALS, failure);
    }
    /* If the status was refused, the first device provides the serial, as in a sync. */
    if (check_pass(run->operation, CHECK_CREDENTIALS, LABEL_check_credentials_ok,
                   ARGUMENTS(run->settings->origin), &why) != HECTOR_OK ||
        check_version(run, &why) != HECTOR_OK ||
        (!run->status_refused && fmg_system_emit(run, NULL, &why) != HECTOR_OK)) {
        return fail_as(failure, &why);
    }
    return opened == HECTOR_OK
               ? HECTOR_OK
               : source_end_checks(&fortimanager_source, &run->checks, CHECK_ADOMS, failure);
}

static int32_t check_adoms(struct fmg_run *run, struct failure *failure)
{
    struct operation *operation = run->operation;
    int64_t count = 0;

    if (!run->adoms_known || !run->members_known) {
        return check_warn(operation, CHECK_ADOMS,
                          run->adoms_known ? LABEL_check_members_unknown
                                           : LABEL_check_adoms_unknown,
                          NO_ARGUMENTS, failure);
    }
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        count += run->topology.adoms.items[i].wanted && run->topology.adoms.items[i].fgts.count > 0
                     ? 1
                     : 0;
    }
    return check_pass(operation, CHECK_ADOMS, LABEL_check_adoms_ok,
                      ARGUMENTS(message_number(count).text), failure);
}

/* Warns of ADOMs that the settings name and the account may not read. */
static int32_t report_outside(struct fmg_run *run, struct failure *failure)
{
    size_t count = run->settings->adoms != NULL ? run->topology.adoms.count : 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];

        if (adom->wanted && adom->outside) {
            code = check_warn(run->operation, check_step_of(FIREWALL), REASON_adom_outside,
                              ARGUMENTS(adom->name), failure);
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
    const struct failure *worst;

    if (!reads_adoms(run)) {
        return check_skip_type(run->operation, FIREWALL, failure);
    }
    int32_t code = fmg_devices_read(run, failure);

    if (code == HECTOR_OK && sees_no_device(run)) {
        worst = inventory_worst(run->inventory);
        code = worst != NULL ? fail_as(failure, worst) : fail_nothing_visible(run, failure);
    }
    if (code != HECTOR_OK) {
        return source_end_checks(&fortimanager_source, &run->checks, check_step_of(FIREWALL),
                                 failure);
    }
    if ((code = report_outside(run, failure)) != HECTOR_OK) {
        return code;
    }
    if ((worst = inventory_worst(run->inventory)) != NULL) {
        return check_emit_failure(&run->checks, check_step_of(FIREWALL), CHECK_WARNING, worst,
                                  failure);
    }
    if (!run->settings->device_types[FIREWALL]) {
        return check_pass(run->operation, check_step_of(FIREWALL), LABEL_check_gates_only,
                          NO_ARGUMENTS, failure);
    }
    return check_pass_units(run->operation, FIREWALL, inventory_assets(run->inventory, FIREWALL),
                            true, failure);
}

/*
 * Checks the unit lists of a type. The number is an upper bound, because the tables also count
 * pre-provisioned and unauthorised units. The failure of one table only warns; refused credentials
 * and an exceeded deadline end the validation.
 */
static int32_t check_unit_list(struct fmg_run *run, enum device_type type, struct failure *failure)
{
    struct failure why;
    uint64_t units = 0;

    if (!run->settings->device_types[type]) {
        return check_skip_type(run->operation, type, failure);
    }
    int32_t code = fmg_unit_lists_count(run, type, &units, &why);
    if (code == HECTOR_OK) {
        return check_pass_units(run->operation, type,
                                units + inventory_assets(run->inventory, type), false, failure);
    }
    if (code == HECTOR_AUTH || why.reason == REASON_deadline_passed) {
        *failure = why;
        return source_end_checks(&fortimanager_source, &run->checks, check_step_of(type), failure);
    }
    if (failure_ends(code, &why)) {
        return fail_as(failure, &why);
    }
    return check_emit_failure(&run->checks, check_step_of(type), CHECK_WARNING, &why, failure);
}

/* Checks the FortiManager itself. The CLI snippet of a credential would not give the right to it.
 */
static int32_t check_management(struct fmg_run *run, struct failure *failure)
{
    const struct checks checks = {.operation = run->operation};
    struct failure why;

    if (!run->settings->device_types[MANAGEMENT]) {
        return check_skip_type(run->operation, MANAGEMENT, failure);
    }
    int32_t code = fmg_management_report(run, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    return fmg_management_incomplete(run, &why) == HECTOR_OK
               ? check_pass_units(run->operation, MANAGEMENT,
                                  inventory_assets(run->inventory, MANAGEMENT), true, failure)
               : check_emit_failure(&checks, check_step_of(MANAGEMENT), CHECK_WARNING, &why,
                                    failure);
}

static int32_t check_everything(struct fmg_run *run, struct failure *failure)
{
    int32_t code;

    run->checks = (struct checks){run->operation, fmg_cli_write, run};
    if ((code = check_open(run, failure)) != HECTOR_OK ||
        (code = check_adoms(run, failure)) != HECTOR_OK ||
        (code = check_devices(run, failure)) != HECTOR_OK ||
        (code = fmg_system_emit(run, NULL, failure)) != HECTOR_OK ||
        (code = check_unit_list(run, SWITCH, failure)) != HECTOR_OK ||
        (code = check_unit_list(run, ACCESS_POINT, failure)) != HECTOR_OK ||
        (code = check_management(run, failure)) != HECTOR_OK) {
        return code;
    }
    return unfilled_report(run->call, &fortimanager_source, true, failure);
}

static int32_t fortimanager_check(struct source_call *call, struct failure *failure)
{
    return run_through(call, NULL, check_everything, failure);
}

/* ---- list_options */

static int32_t pass_adoms(struct fmg_run *run, struct failure *failure)
{
    int32_t code = run_open(run, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (!run->adoms_known) {
        return fail(run->operation, failure, REASON_read_refused, NULL, ARGUMENTS(ADOM_TABLE));
    }
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adoms.count; i++) {
        const struct adom *adom = &run->topology.adoms.items[i];
        char description[MESSAGE_MAX];

        operation_sentence(run->operation, description, sizeof(description), LABEL_option_adom,
                           ARGUMENTS(message_number((int64_t)adom->fgts.count).text));
        if (fmg_adom_holds_devices(adom->name)) {
            code = run->sink->option(run->sink->context, adom->name, adom->name,
                                     run->members_known ? description : NULL, failure);
        }
    }
    return code;
}

/* Passes on the names of a device's custom fields that are not in `names` yet. */
static int32_t pass_new_fields(struct fmg_run *run, struct json_object *meta, struct strmap *names,
                               struct failure *failure)
{
    json_object_object_foreach(meta, name, value) {
        char id[sizeof(META_PREFIX) + NAME_MAX_BYTES];
        bool added = false;
        int32_t code;

        (void)value;
        if (device_name(name) != NULL && strmap_put(names, name, 0, NULL, &added) == NULL) {
            return fail_memory(run->operation, failure);
        }
        (void)snprintf(id, sizeof(id), META_PREFIX "%s", name);
        if (added &&
            (code = run->sink->option(run->sink->context, id, name, NULL, failure)) != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

static int32_t pass_fields(struct fmg_run *run, struct failure *failure)
{
    struct rpc_param param = {
        .url = "/dvmdb/device", .fields = "[\"name\",\"meta fields\"]", .rest = META_ROWS};
    struct strmap names = {0};
    int32_t code = run_open(run, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if ((code = fmg_rpc_get(&run->rpc, &param, 1, failure)) == HECTOR_OK && param.code != RPC_OK) {
        code = fmg_rpc_fail(&run->rpc, &param, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(param.data); i++) {
        struct json_object *meta = json_member_object(json_element(param.data, i), "meta fields");

        if (meta != NULL) {
            code = pass_new_fields(run, meta, &names, failure);
        }
    }
    strmap_release(&names);
    fmg_rpc_release(&param, 1);
    return code;
}

static int32_t list_options(struct source_call *call, bool adoms, const struct option_sink *sink,
                            struct failure *failure)
{
    return run_through(call, sink, adoms ? pass_adoms : pass_fields, failure);
}

const struct source fortimanager_source = {
    .system = CHOICE_source_fortimanager,
    .product = "FortiManager",
    .guides = fmg_cli_guides,
    .guide_count = CLI_GUIDES,
    .has_peer = true,
    .has_meta = true,
    .types = {[FIREWALL] = true, [SWITCH] = true, [ACCESS_POINT] = true, [MANAGEMENT] = true},
    .scopes_step = CHECK_ADOMS,
    .origins = fmg_origins,
    .probe = {.path = "/jsonrpc", .body = QUESTION, .repeatable = true},
    .fits = fortimanager_fits,
    .check = fortimanager_check,
    .list_options = list_options,
    .read = fortimanager_read,
};
