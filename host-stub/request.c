/*
 * request.c - the request of an operation, as hector/integration.h and schemas/ define it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "request.h"

#include "json_text.h"

/* Adds a text; omits it if it was not given (NULL). */
static void request_add_text(json_object *object, const char *name, const char *text)
{
    if (text != NULL) {
        json_text_add(object, name, json_object_new_string(text));
    }
}

/* Adds a number; omits it if it was not given (0). */
static void request_add_number(json_object *object, const char *name, uint32_t number)
{
    if (number != 0) {
        json_text_add(object, name, json_object_new_int64(number));
    }
}

/* The member `host`, whose names of options make messages refer to this command line. */
static json_object *request_host(const struct arguments *arguments)
{
    json_object *host = json_object_new_object(), *names = json_object_new_object();

    request_add_text(names, "setting", "--set ");
    request_add_text(names, "secret", "--secret-file ");
    /* Allowed because the user of this command line can connect to loopback addresses anyway. */
    json_text_add(host, "allow_loopback", json_object_new_boolean(true));
    json_text_add(host, "names", names);
    request_add_number(host, "deadline_s", arguments->deadline_s);
    request_add_text(host, "proxy", arguments->proxy);
    request_add_text(host, "ca_file", arguments->ca_file);
    request_add_text(host, "forticloud_url", arguments->forticloud_url);
    return host;
}

json_object *request_build(enum command command, const struct arguments *arguments,
                           json_object *settings)
{
    json_object *request = json_object_new_object();

    request_add_text(request, "language", arguments->language);
    json_text_add(request, "host", request_host(arguments));
    if (command == COMMAND_RECORD) {
        json_text_add(request, "record", json_object_new_boolean(true));
    }
    if (command == COMMAND_OPTIONS) {
        request_add_text(request, "option", arguments->option);
        request_add_text(request, "filter", arguments->filter);
        request_add_number(request, "limit", arguments->limit);
    }
    /* Some lists of values do not depend on an appliance, and so need no settings. */
    if (command != COMMAND_DESCRIBE &&
        (command != COMMAND_OPTIONS || json_object_object_length(settings) > 0)) {
        json_text_add(request, "settings", json_object_get(settings));
    }
    return request;
}
