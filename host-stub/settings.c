/*
 * settings.c - the settings document: where it is, what --set changes in it, and the request with
 * it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "hector/integration.h"
#include "json_text.h"

/* Not configure's sysconfdir: administrators look here, whatever prefix was configured. */
#define SETTINGS_SYSTEM_FOLDER "/etc"

static int settings_read_file(const char *path, json_object **ret, struct message *message)
{
    const bool input = strcmp(path, "-") == 0;
    char *text = malloc(HECTOR_REQUEST_MAX);
    const char *fault = "is empty";
    struct json_place place = {0, 0};
    mode_t mode;

    if (text == NULL) {
        return message_fail(message, "there is no memory for %s", path);
    }
    ssize_t size = file_read(input ? NULL : path, text, HECTOR_REQUEST_MAX, &mode);
    int error = errno;
    if (size > 0) {
        fault = json_text_parse((struct span){text, (size_t)size}, JSON_GRAMMAR_VALUES_MAX, ret,
                                &place);
    }
    free(text);
    if (size < 0) {
        return message_fail(message, "cannot read the settings %s: %s", path,
                            error == EFBIG ? "it is larger than 1 MiB" : strerror(error));
    }
    if (fault == NULL && !json_object_is_type(*ret, json_type_object)) {
        json_object_put(*ret);
        *ret = NULL;
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
static void settings_set(json_object *settings, const char *assignment)
{
    const char *equals = strchr(assignment, '='); /* arguments_parse() has checked it */
    const struct span text = span_of(equals + 1);
    char *key = json_text_copy((struct span){assignment, (size_t)(equals - assignment)});
    json_object *value = NULL;

    if (json_text_parse(text, JSON_GRAMMAR_VALUES_MAX, &value, NULL) != NULL) {
        json_text_add(settings, key, json_text_new(text));
    } else if (value != NULL) {
        json_text_add(settings, key, value);
    } else {
        json_text_add_null(settings, key);
    }
    free(key);
}

int settings_load(const char *path, const struct argument_list *set, json_object **ret,
                  struct message *message)
{
    *ret = NULL;
    if (path == NULL) {
        *ret = json_object_new_object();
    } else if (settings_read_file(path, ret, message) != 0) {
        return -1;
    }
    for (size_t i = 0; i < set->count; i++) {
        settings_set(*ret, set->items[i]);
    }
    if (*ret == NULL || json_text_lost()) {
        json_object_put(*ret);
        *ret = NULL;
        return message_fail(message, "there is no memory for the settings");
    }
    return 0;
}

/* ---- where they are if neither --settings nor --set is given */

/* Whether the path exists, or cannot be checked for a reason other than its absence. */
static bool settings_exist(char *path, size_t size, const char *folder, const char *below,
                           const char *id)
{
    const int length = snprintf(path, size, "%s%s/hector/%s.json", folder, below, id);
    struct stat status;

    return length > 0 && (size_t)length < size &&
           (lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

/*
 * The folder in an environment variable; NULL if unset. A relative path counts as unset [XDG Base
 * Directory Specification].
 */
static const char *settings_folder(const char *variable)
{
    const char *folder = getenv(variable);

    return folder != NULL && folder[0] == '/' ? folder : NULL;
}

int settings_default_path(const char *id, char *path, size_t size, struct message *message)
{
    const char *none = getenv("HECTOR_NO_CONFIG");
    const char *config = settings_folder("XDG_CONFIG_HOME");
    const char *home = settings_folder("HOME");
    const char *folder = config != NULL ? config : home;
    struct stat status;

    if ((none != NULL && *none != '\0') || strchr(id, '/') != NULL) {
        return 0;
    }
    if ((folder == NULL ||
         !settings_exist(path, size, folder, config != NULL ? "" : "/.config", id)) &&
        !settings_exist(path, size, SETTINGS_SYSTEM_FOLDER, "", id)) {
        return 0;
    }
    /* The user did not name this file: refuse one that all users may write. */
    if (stat(path, &status) == 0 && (status.st_mode & S_IWOTH) != 0) {
        return message_fail(
            message,
            "the settings file %s may be written by everybody, and says to whom the "
            "credentials go: take that right away (chmod o-w)",
            path);
    }
    return 1;
}

/* ---- the request of an operation, as hector/integration.h and schemas/ define it */

/* Adds a text; omits it if it was not given (NULL). */
static void settings_add_text(json_object *object, const char *name, const char *text)
{
    if (text != NULL) {
        json_text_add(object, name, json_object_new_string(text));
    }
}

/* Adds a number; omits it if it was not given (0). */
static void settings_add_number(json_object *object, const char *name, uint32_t number)
{
    if (number != 0) {
        json_text_add(object, name, json_object_new_int64(number));
    }
}

/* The member `host`, whose names of options make messages refer to this command line. */
static json_object *settings_host(const struct arguments *arguments)
{
    json_object *host = json_object_new_object(), *names = json_object_new_object();

    settings_add_text(names, "setting", "--set ");
    settings_add_text(names, "secret", "--secret-file ");
    /* Allowed because the user of this command line can connect to loopback addresses anyway. */
    json_text_add(host, "allow_loopback", json_object_new_boolean(true));
    json_text_add(host, "names", names);
    settings_add_number(host, "deadline_s", arguments->deadline_s);
    settings_add_text(host, "proxy", arguments->proxy);
    settings_add_text(host, "ca_file", arguments->ca_file);
    settings_add_text(host, "forticloud_url", arguments->forticloud_url);
    return host;
}

json_object *settings_request(enum command command, const struct arguments *arguments,
                              json_object *settings)
{
    json_object *request = json_object_new_object();

    settings_add_text(request, "language", arguments->language);
    json_text_add(request, "host", settings_host(arguments));
    if (command == COMMAND_RECORD) {
        json_text_add(request, "record", json_object_new_boolean(true));
    }
    if (command == COMMAND_OPTIONS) {
        settings_add_text(request, "option", arguments->option);
        settings_add_text(request, "filter", arguments->filter);
        settings_add_number(request, "limit", arguments->limit);
    }
    /* Some lists of values do not depend on an appliance, and so need no settings. */
    if (command != COMMAND_DESCRIBE &&
        (command != COMMAND_OPTIONS || json_object_object_length(settings) > 0)) {
        json_text_add(request, "settings", json_object_get(settings));
    }
    return request;
}
