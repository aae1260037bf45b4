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

static int settings_read(const char *path, json_object **ret, char *message, size_t message_size)
{
    char *text = malloc(HECTOR_REQUEST_MAX);
    json_object *settings = NULL;
    const char *fault = NULL;
    struct json_place place = {0, 0};
    mode_t mode;
    ssize_t size;

    if (text == NULL) {
        (void)snprintf(message, message_size, "there is no memory for %s", path);
        return -1;
    }
    size = strcmp(path, "-") == 0 ? file_read_stdin(text, HECTOR_REQUEST_MAX)
                                  : file_read(path, text, HECTOR_REQUEST_MAX, &mode);
    if (size < 0)
        fault = errno == EFBIG ? "it is larger than 1 MiB" : strerror(errno);
    else if (size == 0)
        fault = "is empty";
    else
        fault = json_text_parse((struct span){text, (size_t)size}, &settings, &place);
    free(text);
    if (size < 0) {
        (void)snprintf(message, message_size, "cannot read the settings %s: %s", path, fault);
        return -1;
    }
    if (fault == NULL && !json_object_is_type(settings, json_type_object))
        fault = "is no JSON object";
    if (fault != NULL) {
        if (strcmp(path, "-") == 0)
            (void)snprintf(message, message_size, "standard input %s", fault);
        else
            (void)snprintf(message, message_size, "the settings file %s %s", path, fault);
        if (place.line > 0) {
            size_t used = strlen(message);

            (void)snprintf(message + used, message_size - used, ": look at line %zu, column %zu",
                           place.line, place.column);
        }
        json_object_put(settings);
        return -1;
    }
    *ret = settings;
    return 0;
}

/* Sets KEY=VALUE. A VALUE that is not JSON is a string, so that an address needs no quotes. */
static int settings_set(json_object *settings, const char *assignment)
{
    const char *equals = strchr(assignment, '='); /* arguments_parse() has checked it */
    const char *text = equals + 1;
    char *key = strndup(assignment, (size_t)(equals - assignment));
    json_object *value = NULL;
    int result = -1;

    if (key == NULL)
        return -1;
    if (json_text_parse((struct span){text, strlen(text)}, &value, NULL) != NULL) {
        value = json_text_lost() ? NULL : json_object_new_string(text);
        if (value == NULL)
            goto out;
    }
    result = json_object_object_add(settings, key, value);
    if (result != 0)
        json_object_put(value);
out:
    free(key);
    return result;
}

int settings_load(const char *path, const struct argument_list *set, json_object **ret,
                  char *message, size_t message_size)
{
    json_object *settings = NULL;

    if (path == NULL)
        settings = json_object_new_object();
    else if (settings_read(path, &settings, message, message_size) != 0)
        return -1;
    for (size_t i = 0; settings != NULL && i < set->count; i++) {
        if (settings_set(settings, set->items[i]) != 0) {
            json_object_put(settings);
            settings = NULL;
        }
    }
    if (settings == NULL) {
        (void)snprintf(message, message_size, "there is no memory for the settings");
        return -1;
    }
    *ret = settings;
    return 0;
}
