/*
 * ems.c - the source that reads a FortiClient EMS, on premises or in the cloud.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ems.h"

#include <stdio.h>
#include <string.h>

#include "api.h"
#include "base/utf8.h"
#include "columns.h"
#include "details.h"
#include "guides.h"
#include "host/repeat.h"
#include "login.h"
#include "run.h"
#include "sources/unfilled.h"
#include "json/json_read.h"

/* The site of an EMS that has no others [OpenAPI document of EMS, sites]. */
#define DEFAULT_SITE "default"

/* ---- a run */

static struct ems_run new_run(struct source_call *call)
{
    struct ems_run run = {.call = call,
                          .operation = call->operation,
                          .settings = call->settings,
                          .inventory = call->inventory};

    return run;
}

static int32_t get(struct ems_run *run, const char *path, struct ems_answer *ret,
                   struct failure *failure)
{
    struct buffer url = BUFFER(URL_MAX);

    buffer_append_text(&url, path);
    int32_t code = ems_api_get(&run->session, &url, ret, failure);
    buffer_release(&url);
    return code;
}

/* Asks for the licence, which has the serial number of the EMS, "" if it names none. */
static int32_t get_serial(struct ems_run *run, struct failure *failure)
{
    struct ems_answer answer;
    int32_t code = get(run, "/api/v1/license/get", &answer, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    if (!device_serial_trim(json_member_text(answer.data, "sn"), run->serial) ||
        !device_serial_valid(run->serial)) {
        run->serial[0] = '\0';
    }
    ems_api_release(&answer);
    return HECTOR_OK;
}

/*
 * Reads the serial number of the EMS. Without one, the source is another one for the host, so no
 * single answer decides that there is none: it is asked for once more. Then an EMS that names none,
 * has no such call or does not allow it goes without; one whose answer cannot be read ends the run.
 */
static int32_t read_serial(struct ems_run *run, struct failure *failure)
{
    struct failure why;
    int32_t code = get_serial(run, &why);

    if (code == HECTOR_DATA || code == HECTOR_PERMISSION ||
        (code == HECTOR_OK && run->serial[0] == '\0')) {
        repeat_reading(run->operation, HECTOR_LOG_INFO, "the licence has no serial number");
        code = get_serial(run, &why);
        repeat_end(run->operation, run->serial[0] != '\0');
    }
    return code == HECTOR_OK || code == HECTOR_PERMISSION ? HECTOR_OK : fail_as(failure, &why);
}

/*
 * Reads the version, which may stay unknown. The call is not documented; Fortinet's support gave it
 * to the authors of fotoobo.
 */
static int32_t read_version(struct ems_run *run, struct failure *failure)
{
    struct ems_answer answer;
    struct failure why;
    int32_t code = get(run, "/api/v1/system/consts/get?system_update_time=1", &answer, &why);

    if (code != HECTOR_OK) {
        return code == HECTOR_PERMISSION || code == HECTOR_DATA || why.reason == REASON_server_error
                   ? HECTOR_OK
                   : fail_as(failure, &why);
    }
    const char *version = json_member_text(json_member_object(answer.data, "System"), "VERSION");
    if (version != NULL && strlen(version) < sizeof(run->version)) {
        utf8_copy(run->version, sizeof(run->version), version, strlen(version));
    }
    ems_api_release(&answer);
    return HECTOR_OK;
}

/* Signs in, and reads what the EMS is. If it fails, the credentials count as failed. */
static int32_t run_open(struct ems_run *run, struct failure *failure)
{
    const char *site = run->settings->ems_site;
    int32_t code;

    ems_session_init(run->operation, run->settings, run->call->http, &run->session);
    if ((code = ems_sign_in(&run->session, failure)) != HECTOR_OK ||
        (code = read_serial(run, failure)) != HECTOR_OK ||
        (code = read_version(run, failure)) != HECTOR_OK) {
        return code;
    }
    site = site != NULL ? site : run->session.site;
    (void)snprintf(run->scope, sizeof(run->scope), "ems:%s", *site != '\0' ? site : DEFAULT_SITE);
    return HECTOR_OK;
}

static int32_t emit_source(const struct ems_run *run, struct failure *failure)
{
    const char *serial = run->serial[0] != '\0' ? run->serial : NULL;
    const struct source_identity identity = {.system = ems_source.system,
                                             .id = serial,
                                             .version = run->version,
                                             .serials = {serial},
                                             .serial_count = serial != NULL ? 1 : 0};

    return source_emit(run->call, &identity, failure);
}

static int32_t fail_no_serials(const struct ems_run *run, struct failure *failure)
{
    return fail(run->operation, failure, REASON_ems_no_serials, NULL,
                ARGUMENTS(run->settings->origin, device_title(run->version, "-")));
}

/* ---- sync */

static int32_t name_scope(const struct ems_run *run, struct failure *failure)
{
    char label[MESSAGE_MAX];

    operation_sentence(run->operation, label, sizeof(label), LABEL_label_scope_site,
                       ARGUMENTS(run->scope + strlen("ems:"), run->settings->origin));
    /* Not all scopes, as far as is known: a session does not show which other sites there are. */
    inventory_set_scopes_complete(run->inventory, false);
    return inventory_name_scope(run->inventory,
                                &(struct scope_names){.scope = run->scope, .label = label},
                                SCOPE_IN, failure);
}

/* Reports how many details were not read: the coverage says only why. */
static int32_t report_unread(const struct ems_run *run, const struct ems_details *details,
                             struct failure *failure)
{
    const struct message_number managed = message_number((int64_t)details->list->all.count);
    const struct message_number unread =
        message_number((int64_t)(details->list->all.count - details->read));
    const struct problem *problem =
        PROBLEM(SEVERITY_WARNING, REASON_ems_details_unread, run->settings->origin,
                ARGUMENTS(run->settings->origin, unread.text, managed.text), .scope = run->scope,
                .device_type = device_type_id(ENDPOINT));

    return details->read < details->list->all.count
               ? inventory_problem(run->inventory, problem, failure)
               : HECTOR_OK;
}

/*
 * Reports that this EMS has no serial numbers. The scope is incomplete, not complete with no
 * endpoint: a host must not conclude that machines are gone which no version of EMS could show.
 */
static int32_t report_no_serials(struct ems_run *run, struct failure *failure)
{
    const struct problem *none =
        PROBLEM(SEVERITY_ERROR, REASON_ems_no_serials, run->settings->origin,
                ARGUMENTS(run->settings->origin, device_title(run->version, "-")),
                .scope = run->scope, .device_type = device_type_id(ENDPOINT));
    struct failure why;
    int32_t code = inventory_problem(run->inventory, none, failure);

    (void)fail_no_serials(run, &why);
    return code == HECTOR_OK
               ? inventory_end_scope(run->inventory, run->scope, ENDPOINT, &why, failure)
               : code;
}

/* Reads the details of a list into the inventory, and ends the scope. */
static int32_t read_details(struct ems_run *run, struct ems_list *list, struct endpoints *endpoints,
                            struct failure *failure)
{
    struct ems_details details;
    bool lacking;
    int32_t code;

    ems_details_init(run, list, endpoints, &details);
    if ((code = ems_details_sample(&details, &lacking, failure)) != HECTOR_OK) {
        return code;
    }
    if (lacking) {
        return report_no_serials(run, failure);
    }
    if ((code = ems_details_read(&details, failure)) != HECTOR_OK ||
        (code = endpoints_report(endpoints, failure)) != HECTOR_OK ||
        (code = report_unread(run, &details, failure)) != HECTOR_OK) {
        return code;
    }
    return inventory_end_scope(run->inventory, run->scope, ENDPOINT,
                               list->incomplete.cause != HECTOR_OK ? &list->incomplete
                               : details.why.cause != HECTOR_OK    ? &details.why
                                                                   : NULL,
                               failure);
}

static int32_t read_all(struct ems_run *run, struct failure *failure)
{
    struct ems_list list = {.rows = BUFFER(STORE_MAX)};
    struct endpoints endpoints = {.operation = run->operation, .inventory = run->inventory};
    int32_t code;

    if ((code = run_open(run, failure)) != HECTOR_OK ||
        (code = emit_source(run, failure)) != HECTOR_OK ||
        (code = name_scope(run, failure)) != HECTOR_OK ||
        (code = inventory_expect(run->inventory, run->scope, ENDPOINT, failure)) != HECTOR_OK) {
        return code;
    }
    code = ems_list_read(run, &list, failure);
    if (code == HECTOR_OK) {
        endpoints.beside = ems_list_bytes(&list);
        code = read_details(run, &list, &endpoints, failure);
    }
    endpoints_release(&endpoints);
    ems_list_release(&list);
    return code;
}

static int32_t ems_read(struct source_call *call, struct failure *failure)
{
    struct ems_run run = new_run(call);
    int32_t code = read_all(&run, failure);

    ems_session_release(&run.session);
    return code;
}

/* ---- validate */

/* Emits the number of endpoints, and how long an import reads their details. */
static int32_t check_count(struct ems_run *run, const struct ems_list *list,
                           struct failure *failure)
{
    int64_t ms = (int64_t)list->all.count * run->operation->limits->ems_call_ms;

    return check_pass(run->operation, check_step_of(ENDPOINT), LABEL_check_ems_endpoints_ok,
                      ARGUMENTS(message_number((int64_t)list->count).text,
                                message_number((int64_t)list->all.count).text,
                                message_number(ms / MINUTE_MS + 1).text),
                      failure);
}

static int32_t check_endpoints(struct ems_run *run, const struct checks *checks,
                               struct failure *failure)
{
    struct ems_list list = {.rows = BUFFER(STORE_MAX)};
    struct ems_details details;
    enum check_step step = check_step_of(ENDPOINT);
    struct failure why = {0};
    bool lacking = false;
    int32_t code = ems_list_read(run, &list, failure);

    ems_details_init(run, &list, NULL, &details);
    if (code != HECTOR_OK ||
        (code = ems_details_sample(&details, &lacking, failure)) != HECTOR_OK) {
        goto out;
    }
    if (lacking) {
        (void)fail_no_serials(run, &why);
    } else if (list.incomplete.cause != HECTOR_OK) {
        why = list.incomplete;
    } else if (details.why.cause != HECTOR_OK) {
        why = details.why;
    }
    if (why.cause == HECTOR_OK) {
        code = check_count(run, &list, failure);
    } else if (lacking || details.read == 0) {
        *failure = why; /* a sync would import nothing */
        code = source_end_checks(&ems_source, checks, step, failure);
    } else {
        code = check_emit_failure(checks, step, CHECK_WARNING, &why, failure);
    }
out:
    ems_list_release(&list);
    return code;
}

static int32_t check_all(struct ems_run *run, struct failure *failure)
{
    const struct checks checks = {.operation = run->operation};
    const char *const *origin = ARGUMENTS(run->settings->origin);
    int32_t code;

    if (run_open(run, failure) != HECTOR_OK) {
        return source_end_checks(&ems_source, &checks, CHECK_CREDENTIALS, failure);
    }
    if ((code = check_pass(run->operation, CHECK_CREDENTIALS, LABEL_check_credentials_ok, origin,
                           failure)) != HECTOR_OK ||
        (code = check_pass(run->operation, CHECK_VERSION, LABEL_check_ems_version_ok,
                           ARGUMENTS(device_title(run->version, "-"),
                                     device_title(run->serial, "-"), run->scope + strlen("ems:")),
                           failure)) != HECTOR_OK ||
        (code = emit_source(run, failure)) != HECTOR_OK ||
        (code = check_endpoints(run, &checks, failure)) != HECTOR_OK) {
        return code;
    }
    return unfilled_report(run->call, &ems_source, true, failure);
}

static int32_t ems_check(struct source_call *call, struct failure *failure)
{
    struct ems_run run = new_run(call);
    int32_t code = check_all(&run, failure);

    ems_session_release(&run.session);
    return code;
}

const struct source ems_source = {
    .system = CHOICE_source_ems,
    .product = "FortiClient EMS",
    .guides = ems_guides,
    .guide_count = EMS_GUIDE_COUNT,
    .types = {[ENDPOINT] = true},
    .scopes_step = CHECK_VERSION,
    .origins = ems_origins,
    .check = ems_check,
    .read = ems_read,
};
