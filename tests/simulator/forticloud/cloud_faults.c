/*
 * cloud_faults.c - faults of FortiCloud, and when they happen.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cloud_faults.h"

#include "content.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Faults without a name here are those of a FortiManager. */
static const char *const names[CLOUD_FAULT_COUNT] = {
    WIRE_NAMES,
    [FAULT_SESSION_EXPIRED] = "",
    [FAULT_SESSION_KILLED] = "",
    [FAULT_KEY_MINUS_11] = "",
    [FAULT_STATUS_MINUS_1] = "",
    [FAULT_EMPTY_LIST] = "empty-list",
    [FAULT_RANGE_IGNORED] = "",
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
    [FAULT_OTHER_REPLY] = "other-reply",
    [FAULT_LOGIN_REPLY_LOST] = "",
    [FAULT_SESSION_LIMIT] = "",
    [FAULT_PROXY_BATCH_FAILS] = "",
    [CLOUD_FAULT_TOKEN_EXPIRED] = "token-expired",
    [CLOUD_FAULT_TOKEN_TRANSIENT] = "token-transient",
    [CLOUD_FAULT_ACCESS_DENIED] = "access-denied",
    [CLOUD_FAULT_HTTP_500] = "http-500",
    [CLOUD_FAULT_OTHER_ERROR] = "other-error",
    [CLOUD_FAULT_TOKEN_IN_MESSAGE] = "token-in-message",
    [CLOUD_FAULT_NO_PRODUCT] = "no-product",
    [CLOUD_FAULT_NO_RECORD] = "no-record",
    [CLOUD_FAULT_PAGES_GROW] = "pages-grow",
    [CLOUD_FAULT_ODD_ROWS] = "odd-rows",
};

int cloud_faults_read(struct forticloud *forticloud)
{
    const struct settings *settings = &forticloud->simulator.settings;
    struct faults *faults = &forticloud->simulator.faults;

    for (uint32_t i = 0; i < settings->fault_count; i++) {
        if (plan_read(&faults->planned[i], settings->faults[i], names, CLOUD_FAULT_COUNT) != 0) {
            (void)fprintf(stderr, "forticloud-simulator: --fault: cannot read %s\n",
                          settings->faults[i]);
            return -1;
        }
    }
    faults->count = settings->fault_count;
    return 0;
}

/* The member that holds the list of a reply, or NULL. */
static const char *list_name(struct json_object *body)
{
    static const char *const lists[] = {"assets", "programs", "configs", "entitlements", "vms"};

    for (size_t i = 0; i < COUNT(lists); i++)
        if (json_object_is_type(json_object_object_get(body, lists[i]), json_type_array))
            return lists[i];
    return NULL;
}

/* Rows that no reader may trust, before the good ones. */
static struct json_object *add_odd_rows(struct json_object *list)
{
    static const char rows[] =
        "[null, 7, \"FGT60FTK99999990\", [], {}, {\"serialNumber\": null}, {\"serialNumber\": 12},"
        " {\"serialNumber\": \"\"}, {\"serialNumber\": \"   \"},"
        " {\"serialNumber\": \"FGT60F TK99999991\", \"status\": \"ACTIVE\"},"
        " {\"serialNumber\": \"fgt60f<script>99\", \"status\": \"ACTIVE\"},"
        " {\"serialNumber\": \"FGT60FTK999999999999999999999999999999999999\","
        "  \"status\": \"ACTIVE\"}]";
    struct json_object *odd = json_tokener_parse(rows);

    for (size_t i = 0; i < json_object_array_length(list); i++)
        (void)json_object_array_add(odd, json_object_get(json_object_array_get_idx(list, i)));
    return odd;
}

static void spoil_body(struct json_object *body, int fault)
{
    const char *name = list_name(body);
    struct json_object *list = name != NULL ? json_object_object_get(body, name) : NULL;

    if (fault == FAULT_MISSING_STATUS)
        json_object_object_del(body, "status");
    if (name == NULL)
        return;
    switch (fault) {
    case FAULT_DATA_NULL: (void)json_object_object_add(body, name, NULL); break;
    case FAULT_EMPTY_LIST: (void)json_object_object_add(body, name, json_object_new_array()); break;
    case FAULT_RESULT_OBJECT: (void)json_object_object_add(body, name, content_first(list)); break;
    case CLOUD_FAULT_ODD_ROWS: (void)json_object_object_add(body, name, add_odd_rows(list)); break;
    default: break;
    }
}

void cloud_faults_spoil(struct reply *reply, int fault)
{
    switch (fault) {
    case FAULT_MISSING_STATUS:
    case FAULT_DATA_NULL:
    case FAULT_EMPTY_LIST:
    case FAULT_RESULT_OBJECT:
    case CLOUD_FAULT_ODD_ROWS: content_spoil_tree(&reply->body, spoil_body, fault); break;
    case FAULT_OTHER_REPLY:
        text_release(&reply->body);
        text_put(&reply->body, "[{\"status\":0}]");
        break;
    default: break;
    }
    if (fault < FAULT_COUNT && fault != FAULT_OTHER_REPLY)
        content_spoil(&reply->body, (enum fault)fault);
    wire_spoil(reply, fault);
}
