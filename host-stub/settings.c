/*
 * settings.c - the settings document: a file, then what --set changes in it.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* strndup */

#include "settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "hector/integration.h"
#include "json_text.h"

static int settings_read(const char *path, json_object **ret, struct message *message)
{
    const bool input = strcmp(path, "-") == 0;
    char *text = malloc(HECTOR_REQUEST_MAX);
    const char *fault = "is empty";
    struct json_place place = {0, 0};
    mode_t mode;
    ssize_t size;

    if (text == NULL) {
        return message_fail(message, "there is no memory for %s", path);
    }
    size = input ? file_read_stdin(text, HECTOR_REQUEST_MAX)
                 : file_read(path, text, HECTOR_REQUEST_MAX, &mode);
    if (size > 0) {
        fault = json_text_parse((struct span){text, (size_t)size}, ret, &place);
    }
    free(text);
    if (size < 0) {
        return message_fail(message, "cannot read the settings %s: %s", path,
                            errno == EFBIG ? "it is larger than 1 MiB" : strerror(errno));
    }
    if (fault == NULL && !json_object_is_type(*ret, json_type_object)) {
        json_object_put(*ret);
        fault = "is no JSON object";
    }
    if (fault == NULL) {
        return 0;
    }
    (void)message_fail(message, "%s%s %s", input ? "standard input" : "the settings file ",
                       input ? "" : path, fault);
    return place.line > 0
               ? message_fail(message, ": look at line %zu, column %zu", place.line, place.column)
               : -1;
}

/* Sets KEY=VALUE. A VALUE that is not JSON is a string, so that an address needs no quotes. */
static int settings_set(json_object *settings, const char *assignment)
{
    const char *equals = strchr(assignment, '='); /* arguments_parse() has checked it */
    const char *text = equals + 1;
    char *key = strndup(assignment, (size_t)(equals - assignment));
    json_object *value = NULL;
    int result = -1;

    if (key == NULL) {
        return -1;
    }
    if (json_text_parse(span_of(text), &value, NULL) != NULL) {
        value = json_text_lost() ? NULL : json_object_new_string(text);
        if (value == NULL) {
            goto out;
        }
    }
    result = json_object_object_add(settings, key, value);
    if (result != 0) {
        json_object_put(value);
    }
out:
    free(key);
    return result;
}

int settings_load(const char *path, const struct argument_list *set, json_object **ret,
                  struct message *message)
{
    json_object *settings = NULL;

    if (path == NULL) {
        settings = json_object_new_object();
    } else if (settings_read(path, &settings, message) != 0) {
        return -1;
    }
    for (size_t i = 0; settings != NULL && i < set->count; i++) {
        if (settings_set(settings, set->items[i]) != 0) {
            json_object_put(settings);
            settings = NULL;
        }
    }
    if (settings == NULL) {
        return message_fail(message, "there is no memory for the settings");
    }
    *ret = settings;
    return 0;
}
