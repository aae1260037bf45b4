/*
 * fuzz_stub_settings.c - a settings file and --set, up to the request made of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: lines with an equals sign are --set, up to the first line without one; the rest is the
 * file.
 */
#include "host-stub/settings.h"

#include <stdlib.h>
#include <string.h>

#include "hector/integration.h"
#include "host-stub/json_text.h"
#include "output_text.h"

/* The document holds the last value that was set for a key. */
static void check_set(json_object *settings, const struct argument_list *set)
{
    for (size_t i = 0; i < set->count; i++) {
        const char *equals = strchr(set->items[i], '=');
        char *key = strndup(set->items[i], (size_t)(equals - set->items[i]));
        bool last = true;
        json_object *value = NULL;

        for (size_t j = i + 1; j < set->count; j++) {
            last = last &&
                   strncmp(set->items[i], set->items[j], (size_t)(equals - set->items[i]) + 1) != 0;
        }
        FUZZ_CHECK(json_object_object_get_ex(settings, key, &value));
        if (last && json_object_is_type(value, json_type_string) && strchr(equals, '"') == NULL) {
            FUZZ_CHECK(strcmp(json_object_get_string(value), equals + 1) == 0);
        }
        free(key);
    }
}

static void check_request(json_object *settings)
{
    const struct arguments arguments = {.language = "fr", .deadline_s = 60};
    json_object *request = settings_request(COMMAND_SYNC, &arguments, settings), *again = NULL;
    struct span text = json_text_value(request);

    FUZZ_CHECK(request != NULL);
    /* The bytes of --set may be invalid UTF-8, which the plugin refuses. */
    if (fuzz_is_utf8(text.bytes, text.size)) {
        FUZZ_CHECK(json_text_parse(text, JSON_GRAMMAR_VALUES_MAX, &again, NULL) == NULL);
        FUZZ_CHECK(json_object_equal(request, again));
    }
    json_object_put(again);
    json_object_put(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input input = {(const char *)data, size}, before = input, line;
    struct argument_list set = {0};
    json_object *settings = NULL;
    struct message message = {""};
    char *words[ARGUMENTS_REPEAT_MAX];
    int result;

    while (set.count < ARGUMENTS_REPEAT_MAX && fuzz_line(&input, &line) &&
           memchr(line.at, '=', line.size) != NULL && memchr(line.at, '\0', line.size) == NULL) {
        words[set.count] = fuzz_text(line);
        set.items[set.count] = words[set.count];
        set.count++;
        before = input;
    }
    result =
        settings_load(before.size > 0 ? output_text_file(before) : NULL, &set, &settings, &message);
    FUZZ_CHECK(memchr(message.text, '\0', sizeof(message.text)) != NULL);
    FUZZ_CHECK((result == 0) == (message.text[0] == '\0'));
    if (result == 0) {
        FUZZ_CHECK(json_object_is_type(settings, json_type_object));
        check_set(settings, &set);
        check_request(settings);
        json_object_put(settings);
    }
    for (size_t i = 0; i < set.count; i++) {
        free(words[i]);
    }
    return 0;
}
