/*
 * fortiflex.c - an enrichment: the FortiFlex entitlement of each unit.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortiflex.h"

#include "entitlements.h"
#include "loading.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define NAME    "fortiflex"
#define PRODUCT "FortiFlex"

static int32_t ask_programs(struct forticloud_api *api, struct forticloud_list *ret,
                            struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);

    json_write_object(&body, NULL);
    json_write_object_end(&body);
    int32_t code = forticloud_api_call(api, FORTICLOUD_PROGRAMS, &body, ret, failure);
    buffer_release(&body);
    return code;
}

/* Asks for the configurations or the entitlements of a program. */
static int32_t ask_program(struct forticloud_loading *loading, enum forticloud_call call,
                           struct json_object *program, struct forticloud_list *ret,
                           struct failure *failure)
{
    struct buffer body = BUFFER(REQUEST_BODY_MAX);
    int64_t account = 0;

    (void)json_member_integer(program, "accountId", &account);
    json_write_object(&body, NULL);
    forticloud_loading_account(loading->api.settings, account, &body);
    json_write_string(&body, "programSerialNumber", json_member_text(program, "serialNumber"));
    json_write_object_end(&body);
    int32_t code = forticloud_api_call(&loading->api, call, &body, ret, failure);
    buffer_release(&body);
    return code;
}

static int32_t read_program(struct forticloud_loading *loading, struct json_object *program,
                            struct failure *failure)
{
    struct operation *operation = loading->call->operation;
    struct forticloud_list configs, entitlements;
    size_t broken;
    int32_t code = ask_program(loading, FORTICLOUD_CONFIGS, program, &configs, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    code = ask_program(loading, FORTICLOUD_ENTITLEMENTS, program, &entitlements, failure);
    if (code == HECTOR_OK) {
        code = forticloud_loading_keep(loading,
                                       forticloud_entitlements_read(loading->records, configs.rows,
                                                                    entitlements.rows, &broken),
                                       failure);
        if (broken > 0) {
            operation_log(operation, HECTOR_LOG_INFO, "%s: %zu entitlements without a serial", NAME,
                          broken);
        }
        forticloud_list_release(&entitlements);
    }
    forticloud_list_release(&configs);
    return code;
}

/* A program without a serial number has entitlements that cannot be asked for. */
static int32_t read_programs(struct forticloud_loading *loading, struct failure *failure)
{
    struct operation *operation = loading->call->operation;
    struct forticloud_list list;
    int32_t code = ask_programs(&loading->api, &list, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    loading->total = json_count(list.rows);
    operation_progress(operation, PHASE_enrichment, 0, loading->total);
    for (size_t i = 0; code == HECTOR_OK && i < loading->total; i++) {
        struct json_object *program = json_element(list.rows, i);

        if (i == FORTIFLEX_PROGRAMS_MAX) {
            code = forticloud_loading_keep(loading, FORTICLOUD_FULL, failure);
        } else if (json_member_text(program, "serialNumber") == NULL) {
            code = fail(operation, failure, REASON_forticloud_unreadable, "serialNumber",
                        ARGUMENTS(loading->api.host, PRODUCT));
        } else if ((code = read_program(loading, program, failure)) == HECTOR_OK) {
            loading->done++;
            operation_progress(operation, PHASE_enrichment, 1, loading->total - loading->done);
        }
    }
    forticloud_list_release(&list);
    return code;
}

static int32_t load(const struct source_call *call, struct enrich_loaded *ret,
                    struct failure *failure)
{
    struct forticloud_loading loading = {
        .call = call, .enrichment = &forticloud_fortiflex, .counted = LABEL_label_programs};

    return forticloud_loading_run(&loading, &FORTICLOUD_ENTITLEMENTS_OF, read_programs, ret,
                                  failure);
}

static int32_t check(const struct source_call *call, struct failure *failure)
{
    struct forticloud_api api;
    struct forticloud_list list;
    int32_t code = forticloud_api_open(&api, call, PRODUCT, failure);

    if (code != HECTOR_OK || (code = ask_programs(&api, &list, failure)) != HECTOR_OK) {
        forticloud_api_close(&api);
        return code;
    }
    const struct message_number count = message_number((int64_t)json_count(list.rows));
    forticloud_list_release(&list);
    forticloud_api_close(&api);
    return check_pass(call->operation, CHECK_ENRICHMENT, LABEL_check_programs_ok,
                      ARGUMENTS(PRODUCT, count.text), failure);
}

static bool needed(const struct settings *settings)
{
    return settings->chosen[CHOICE_enrich_fortiflex];
}

static bool apply(void *data, struct device *device)
{
    return forticloud_entitlements_apply(data, device);
}

static int32_t report(void *data, const struct source_call *call, struct failure *failure)
{
    return forticloud_entitlements_report(data, NAME, call, failure);
}

#define UNITS (OF(FIREWALL) | OF(SWITCH) | OF(ACCESS_POINT) | OF(MANAGEMENT))

static const struct column ROWS[] = {
    COLUMN_SET(fortiflex_status, UNITS),
    COLUMN_SET(fortiflex_start_date, UNITS),
    COLUMN_SET(fortiflex_end_date, UNITS),
    COLUMN_SET(fortiflex_configuration, UNITS),
};
static const struct columns SET = COLUMNS(ROWS);
static const struct origin ORIGINS[] = {{&SET, COST_ENRICHMENT}, {NULL, COST_NO}};

const struct enrichment forticloud_fortiflex = {
    .name = NAME,
    .product = PRODUCT,
    .origins = ORIGINS,
    .needed = needed,
    .load = load,
    .apply = apply,
    .report = report,
    .check = check,
    .release = forticloud_loading_release,
};
