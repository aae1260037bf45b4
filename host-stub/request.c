/*
 * request.c - the request of an operation, as hector/integration.h and schemas/ define it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "request.h"

/*
 * Adds a member and takes ownership of `value`, also on failure. A NULL value means missing memory.
 */
static bool request_add(json_object *object, const char *name, json_object *value)
{
    if (value != NULL && json_object_object_add(object, name, value) == 0) {
        return true;
    }
    json_object_put(value);
    return false;
}

/* Adds a text; omits it if it was not given (NULL). */
static bool request_add_text(json_object *object, const char *name, const char *text)
{
    return text == NULL || request_add(object, name, json_object_new_string(text));
}

/* Adds a number; omits it if it was not given (0). */
static bool request_add_number(json_object *object, const char *name, uint32_t number)
{
    return number == 0 || request_add(object, name, json_object_new_int64(number));
}

/* Makes messages name the options by which the user gives settings and secrets. */
static bool request_add_names(json_object *host)
{
    json_object *names = json_object_new_object();

    return request_add(host, "names", names) && request_add_text(names, "setting", "--set ") &&
           request_add_text(names, "secret", "--secret-file ");
}

/*
 * Adds the member `host`. Loopback is allowed: the user of this command line can connect to it
 * anyway.
 */
static bool request_add_host(json_object *request, const struct arguments *arguments)
{
    json_object *host = json_object_new_object();

    return request_add(request, "host", host) &&
           request_add(host, "allow_loopback", json_object_new_boolean(true)) &&
           request_add_names(host) &&
           request_add_number(host, "deadline_s", arguments->deadline_s) &&
           request_add_text(host, "proxy", arguments->proxy) &&
           request_add_text(host, "ca_file", arguments->ca_file) &&
           request_add_text(host, "forticloud_url", arguments->forticloud_url);
}

json_object *request_build(enum command command, const struct arguments *arguments,
                           json_object *settings)
{
    json_object *request = json_object_new_object();
    bool built = request != NULL && request_add_text(request, "language", arguments->language) &&
                 request_add_host(request, arguments);

    if (built && command == COMMAND_RECORD) {
        built = request_add(request, "record", json_object_new_boolean(true));
    }
    if (built && command == COMMAND_OPTIONS) {
        built = request_add_text(request, "option", arguments->option) &&
                request_add_text(request, "filter", arguments->filter) &&
                request_add_number(request, "limit", arguments->limit);
    }
    /* Some lists of values do not depend on an appliance, and so need no settings. */
    if (built && command != COMMAND_DESCRIBE &&
        (command != COMMAND_OPTIONS || json_object_object_length(settings) > 0)) {
        built = request_add(request, "settings", json_object_get(settings));
    }
    if (built) {
        return request;
    }
    json_object_put(request);
    return NULL;
}
