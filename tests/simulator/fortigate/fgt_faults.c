/*
 * fgt_faults.c - faults of a FortiGate, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fgt_faults.h"

#include "content.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

/* Faults without a name here are those of a FortiManager. */
static const char *const names[FGT_FAULT_COUNT] = {
    WIRE_NAMES,
    [FAULT_SESSION_EXPIRED] = "",
    [FAULT_SESSION_KILLED] = "",
    [FAULT_KEY_MINUS_11] = "",
    [FAULT_STATUS_MINUS_1] = "",
    [FAULT_EMPTY_LIST] = "empty-list",
    [FAULT_RANGE_IGNORED] = "range-ignored",
    [FAULT_REPEATED_PAGE] = "repeated-page",
    [FAULT_ROW_ADDED] = "",
    [FAULT_ROW_REMOVED] = "",
    [FAULT_RESULT_OBJECT] = "result-object",
    [FAULT_MISSING_STATUS] = "missing-status",
    [FAULT_DATA_NULL] = "data-null",
    [FAULT_NUMBERS_AS_TEXT] = "numbers-as-text",
    [FAULT_HUGE_NUMBERS] = "",
    [FAULT_DUPLICATE_KEYS] = "",
    [FAULT_NAN] = "nan",
    [FAULT_INVALID_UTF8] = "invalid-utf8",
    [FAULT_LONE_SURROGATE] = "lone-surrogate",
    [FAULT_NUL_IN_NAME] = "nul-in-name",
    [FAULT_HUGE_NAME] = "huge-name",
    [FAULT_DEEP] = "deep",
    [FAULT_MANY_OBJECTS] = "many-objects",
    [FAULT_OTHER_REPLY] = "",
    [FAULT_LOGIN_REPLY_LOST] = "",
    [FAULT_SESSION_LIMIT] = "",
    [FAULT_PROXY_BATCH_FAILS] = "",
    [FGT_FAULT_TOKEN_REVOKED] = "token-revoked",
    [FGT_FAULT_HTTP_403] = "http-403",
    [FGT_FAULT_HTTP_424] = "http-424",
    [FGT_FAULT_HTTP_500] = "http-500",
    [FGT_FAULT_VDOM_MISSING] = "vdom-missing",
    [FGT_FAULT_WRONG_VDOM] = "wrong-vdom",
};

int fgt_faults_read(struct fgt *fgt)
{
    const struct settings *settings = &fgt->simulator.settings;
    struct faults *faults = &fgt->simulator.faults;

    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (plan_read(&faults->planned[i], settings->faults[i], names, FGT_FAULT_COUNT) != 0) {
            (void)fprintf(stderr, "fortigate-simulator: --fault: cannot read %s\n",
                          settings->faults[i]);
            return -1;
        }
    }
    faults->count = settings->fault_count;
    return 0;
}

unsigned fgt_fault_status(int fault)
{
    switch (fault) {
    case FGT_FAULT_TOKEN_REVOKED: return 401;
    case FGT_FAULT_HTTP_403: return 403;
    case FGT_FAULT_HTTP_424: return 424;
    case FGT_FAULT_HTTP_500: return 500;
    default: return 0;
    }
}

static void spoil_envelope(struct json_object *envelope, int fault)
{
    struct json_object *results = json_object_object_get(envelope, "results");

    switch (fault) {
    case FAULT_MISSING_STATUS: json_object_object_del(envelope, "status"); break;
    case FAULT_DATA_NULL: (void)json_object_object_add(envelope, "results", NULL); break;
    case FAULT_RESULT_OBJECT:
        (void)json_object_object_add(envelope, "results", content_first(results));
        break;
    case FAULT_EMPTY_LIST:
        if (json_object_is_type(results, json_type_array))
            (void)json_object_object_add(envelope, "results", json_object_new_array());
        break;
    case FGT_FAULT_WRONG_VDOM:
        (void)json_object_object_add(envelope, "vdom", json_object_new_string("elsewhere"));
        break;
    default: break;
    }
}

static void spoil_envelopes(struct json_object *body, int fault)
{
    size_t count;

    if (!json_object_is_type(body, json_type_array)) {
        spoil_envelope(body, fault);
        return;
    }
    count = json_object_array_length(body);
    if (fault == FGT_FAULT_VDOM_MISSING && count > 0)
        (void)json_object_array_del_idx(body, count - 1, 1);
    for (size_t i = 0; i < json_object_array_length(body); i++)
        spoil_envelope(json_object_array_get_idx(body, i), fault);
}

void fgt_faults_spoil(struct reply *reply, int fault)
{
    switch (fault) {
    case FAULT_MISSING_STATUS:
    case FAULT_DATA_NULL:
    case FAULT_RESULT_OBJECT:
    case FAULT_EMPTY_LIST:
    case FGT_FAULT_VDOM_MISSING:
    case FGT_FAULT_WRONG_VDOM: content_spoil_tree(&reply->body, spoil_envelopes, fault); break;
    default: break;
    }
    if (fault < FAULT_COUNT)
        content_spoil(&reply->body, (enum fault)fault);
    wire_spoil(reply, fault);
}
