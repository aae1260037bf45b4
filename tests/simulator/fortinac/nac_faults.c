/*
 * nac_faults.c - faults of a FortiNAC, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nac_faults.h"

#include "content.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Faults without a name here are those of a FortiManager. */
static const char *const names[NAC_FAULT_COUNT] = {
    WIRE_NAMES,
    [FAULT_SESSION_EXPIRED] = "",
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
    [NAC_FAULT_TOKEN_REVOKED] = "token-revoked",
    [NAC_FAULT_HTTP_403] = "http-403",
    [NAC_FAULT_HTTP_500] = "http-500",
    [NAC_FAULT_FAILURE] = "failure",
    [NAC_FAULT_TOKEN_ECHOED] = "token-echoed",
    [NAC_FAULT_ODD_ROWS] = "odd-rows",
    [NAC_FAULT_TOTAL_WRONG] = "total-wrong",
    [NAC_FAULT_SHORT_PAGE] = "short-page",
    [NAC_FAULT_TRAILING_COMMA] = "trailing-comma",
};

static size_t count_moving(uint64_t times)
{
    return times < MAXIMUM_MOVING ? (size_t)times : MAXIMUM_MOVING;
}

int nac_faults_read(struct fortinac *fortinac)
{
    const struct settings *settings = &fortinac->simulator.settings;
    struct faults *faults = &fortinac->simulator.faults;

    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (plan_read(&faults->planned[i], settings->faults[i], names, NAC_FAULT_COUNT) != 0) {
            (void)fprintf(stderr, "fortinac-simulator: --fault: cannot read %s\n",
                          settings->faults[i]);
            return -1;
        }
    }
    faults->count = settings->fault_count;
    hosts_choose_moving(&fortinac->hosts, count_moving(faults_planned(faults, FAULT_ROW_ADDED)),
                        true);
    hosts_choose_moving(&fortinac->hosts, count_moving(faults_planned(faults, FAULT_ROW_REMOVED)),
                        false);
    return 0;
}

static const char *list_name(struct json_object *body)
{
    return json_object_object_get_ex(body, "results", NULL) ? "results" : "result";
}

/* Rows that no reader may trust, before the good ones. */
static struct json_object *add_odd_rows(struct json_object *list)
{
    static const char rows[] =
        "[null, 7, \"host\", [], {}, {\"id\": null}, {\"id\": \"x\"}, {\"id\": -1},"
        " {\"id\": 900000001, \"pcserialNumber\": {}, \"hostName\": 7, \"adapterObjects\": 3},"
        " {\"id\": 900000002, \"pcserialNumber\": \"\", \"primaryMac\": []},"
        " {\"id\": 900000003, \"pcserialNumber\": \"   \"},"
        " {\"id\": 900000004, \"pcserialNumber\": \"5CG<script>1\"}]";
    struct json_object *odd = json_tokener_parse(rows);
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;

    for (size_t i = 0; i < count; i++)
        (void)json_object_array_add(odd, json_object_get(json_object_array_get_idx(list, i)));
    return odd;
}

/* Odd rows count as rows. */
static void raise_totals(struct json_object *body, size_t by)
{
    static const char *const names_of_totals[] = {"total", "filtered"};

    for (size_t i = 0; i < 2; i++) {
        struct json_object *total = json_object_object_get(body, names_of_totals[i]);

        if (json_object_is_type(total, json_type_int))
            (void)json_object_int_inc(total, (int64_t)by);
    }
}

static void spoil_odd(struct json_object *body, const char *name, struct json_object *list)
{
    size_t count = json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
    struct json_object *odd = add_odd_rows(list);

    raise_totals(body, json_object_array_length(odd) - count);
    (void)json_object_object_add(body, name, odd);
}

static void spoil_body(struct json_object *body, int fault)
{
    const char *name = list_name(body);
    struct json_object *list = json_object_object_get(body, name);

    switch (fault) {
    case FAULT_MISSING_STATUS: json_object_object_del(body, "status"); break;
    case FAULT_DATA_NULL: (void)json_object_object_add(body, name, NULL); break;
    case FAULT_EMPTY_LIST: (void)json_object_object_add(body, name, json_object_new_array()); break;
    case FAULT_RESULT_OBJECT: (void)json_object_object_add(body, name, content_first(list)); break;
    case NAC_FAULT_ODD_ROWS: spoil_odd(body, name, list); break;
    default: break;
    }
}

/* A comma behind the last row. */
static void add_comma(struct text *body)
{
    char *json = text_steal(body);
    char *end = strrchr(json, ']');

    if (end != NULL) {
        text_add(body, json, (size_t)(end - json));
        text_put(body, ",");
        text_put(body, end);
    } else {
        text_put(body, json);
    }
    free(json);
}

void nac_faults_spoil(struct reply *reply, int fault)
{
    switch (fault) {
    case FAULT_MISSING_STATUS:
    case FAULT_DATA_NULL:
    case FAULT_EMPTY_LIST:
    case FAULT_RESULT_OBJECT:
    case NAC_FAULT_ODD_ROWS: content_spoil_tree(&reply->body, spoil_body, fault); break;
    case NAC_FAULT_TRAILING_COMMA: add_comma(&reply->body); break;
    case FAULT_OTHER_REPLY:
        text_release(&reply->body);
        text_put(&reply->body, "[{\"status\":\"success\"}]");
        break;
    default: break;
    }
    if (fault < FAULT_COUNT && fault != FAULT_OTHER_REPLY)
        content_spoil(&reply->body, (enum fault)fault);
    wire_spoil(reply, fault);
}
