/*
 * ems_faults.c - faults of an EMS, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ems_faults.h"

#include "content.h"

#include <json-c/json.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

/* Faults without a name here are those of a FortiManager. */
static const char *const names[EMS_FAULT_COUNT] = {
    WIRE_NAMES,
    [FAULT_SESSION_EXPIRED] = "session-expired",
    [FAULT_SESSION_KILLED] = "",
    [FAULT_KEY_MINUS_11] = "",
    [FAULT_STATUS_MINUS_1] = "",
    [FAULT_EMPTY_LIST] = "empty-list",
    [FAULT_RANGE_IGNORED] = "range-ignored",
    [FAULT_REPEATED_PAGE] = "repeated-page",
    [FAULT_ROW_ADDED] = "row-added",
    [FAULT_ROW_REMOVED] = "row-removed",
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
    [FAULT_OTHER_REPLY] = "other-reply",
    [FAULT_LOGIN_REPLY_LOST] = "",
    [FAULT_SESSION_LIMIT] = "",
    [FAULT_PROXY_BATCH_FAILS] = "",
    [EMS_FAULT_FORBIDDEN] = "forbidden",
    [EMS_FAULT_BAD_REQUEST] = "bad-request",
    [EMS_FAULT_HTTP_500] = "http-500",
    [EMS_FAULT_DATABASE] = "database",
    [EMS_FAULT_HTTP_404] = "http-404",
    [EMS_FAULT_RETVAL_0] = "retval-0",
    [EMS_FAULT_SESSION_IN_MESSAGE] = "session-in-message",
    [EMS_FAULT_OTHER_DEVICE] = "other-device",
    [EMS_FAULT_NO_HARDWARE] = "no-hardware",
    [EMS_FAULT_TOTAL_MORE] = "total-more",
    [EMS_FAULT_TOTAL_ABSENT] = "total-absent",
    [EMS_FAULT_SHORT_PAGE] = "short-page",
    [EMS_FAULT_ODD_ROWS] = "odd-rows",
};

int ems_faults_read(struct ems *ems)
{
    const struct settings *settings = &ems->simulator.settings;
    struct faults *faults = &ems->simulator.faults;

    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (plan_read(&faults->planned[i], settings->faults[i], names, EMS_FAULT_COUNT) != 0) {
            (void)fprintf(stderr, "ems-simulator: --fault: cannot read %s\n", settings->faults[i]);
            return -1;
        }
    }
    faults->count = settings->fault_count;
    endpoints_choose_moving(&ems->endpoints, faults_planned(faults, FAULT_ROW_ADDED), true);
    endpoints_choose_moving(&ems->endpoints, faults_planned(faults, FAULT_ROW_REMOVED), false);
    return 0;
}

bool ems_faults_refuse(const struct visit *visit)
{
    char *message;
    const char *session = visit->ems->options.cloud ? visit->request->authorization
                                                    : visit_header(visit, MHD_HTTP_HEADER_COOKIE);

    switch (visit->fault) {
    case EMS_FAULT_FORBIDDEN: visit_refuse(visit, 403, -5, "Insufficient permission."); break;
    case EMS_FAULT_BAD_REQUEST: visit_refuse(visit, 400, -1, "Invalid request."); break;
    case EMS_FAULT_HTTP_500: visit_refuse(visit, 500, -2, "Internal error."); break;
    case EMS_FAULT_HTTP_404: reply_html(visit->reply, 404, "404 Not Found"); break;
    case EMS_FAULT_RETVAL_0: visit_refuse(visit, 200, 0, NULL); break;
    case EMS_FAULT_SESSION_IN_MESSAGE:
        message = must_print("Cannot read for %s", session != NULL ? session : "no session");
        visit_refuse(visit, 500, -2, message);
        free(message);
        break;
    default: return false;
    }
    return true;
}

bool ems_faults_intercept(int fault)
{
    switch (fault) {
    case WIRE_HTTP_502_HTML:
    case WIRE_EMPTY_500:
    case WIRE_EMPTY_204:
    case WIRE_EMPTY_302:
    case WIRE_EMPTY_304:
    case WIRE_HTTP_429:
    case WIRE_HTTP_429_LATER:
    case WIRE_HTML_200:
    case WIRE_REDIRECT: return true;
    default: return false;
    }
}

/* Rows that no reader may trust, before the good ones. */
static struct json_object *add_odd_rows(struct json_object *list)
{
    static const char rows[] =
        "[null, 7, \"endpoint\", [], {}, {\"device_id\": null}, {\"device_id\": \"x\"},"
        " {\"device_id\": -1, \"is_managed\": true}, {\"device_id\": 1.5, \"is_managed\": true},"
        " {\"device_id\": 900000001, \"name\": 7, \"is_managed\": false, \"last_seen\": \"y\"},"
        " {\"device_id\": 900000002, \"fct_users\": 3, \"is_managed\": 0}]";
    struct json_object *odd = json_tokener_parse(rows);

    for (size_t i = 0; i < json_object_array_length(list); i++)
        (void)json_object_array_add(odd, json_object_get(json_object_array_get_idx(list, i)));
    return odd;
}

static void spoil_list(struct json_object *data, struct json_object *list, int fault)
{
    switch (fault) {
    case FAULT_EMPTY_LIST:
        (void)json_object_object_add(data, "endpoints", json_object_new_array());
        break;
    case FAULT_RESULT_OBJECT:
        (void)json_object_object_add(data, "endpoints", content_first(list));
        break;
    case EMS_FAULT_ODD_ROWS:
        (void)json_object_object_add(data, "endpoints", add_odd_rows(list));
        break;
    default: break;
    }
}

static void spoil_body(struct json_object *body, int fault)
{
    struct json_object *data = json_object_object_get(body, "data");
    struct json_object *list = json_object_is_type(data, json_type_object)
                                   ? json_object_object_get(data, "endpoints")
                                   : NULL;

    if (fault == FAULT_MISSING_STATUS)
        json_object_object_del(body, "result");
    else if (fault == FAULT_DATA_NULL && data != NULL)
        (void)json_object_object_add(body, "data", NULL);
    else if (json_object_is_type(list, json_type_array))
        spoil_list(data, list, fault);
}

void ems_faults_spoil(struct reply *reply, int fault)
{
    switch (fault) {
    case FAULT_MISSING_STATUS:
    case FAULT_DATA_NULL:
    case FAULT_EMPTY_LIST:
    case FAULT_RESULT_OBJECT:
    case EMS_FAULT_ODD_ROWS: content_spoil_tree(&reply->body, spoil_body, fault); break;
    case FAULT_OTHER_REPLY:
        text_release(&reply->body);
        text_put(&reply->body, "[{\"result\":{\"retval\":1}}]");
        break;
    default: break;
    }
    if (fault < FAULT_COUNT && fault != FAULT_OTHER_REPLY)
        content_spoil(&reply->body, (enum fault)fault);
    wire_spoil(reply, fault);
}
