/*
 * fuzz_stub_anonymise.c - a reply, a request and a document of a bundle keep no original value.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line of JSON for each. The target puts a canary into every text, and renames members
 * that may keep their text; then no canary may be left.
 */
#define _GNU_SOURCE 1 /* asprintf, memmem */

#include "anonymise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "json_text.h"

#define CANARY "CANARY"

static json_object *with_canary(json_object *value);

static json_object *object_with_canary(json_object *object)
{
    /* Members with rules of their own, none of which keeps a text. */
    static const char *const ruled[] = {"name",        "sn",       "url",  "message",
                                        "path",        "latitude", "ip",   "switch-id",
                                        "http_method", "vdom",     "data", "desc"};
    json_object *copy = json_object_new_object();

    json_object_object_foreach(object, name, below)
    {
        char *other = NULL;
        bool known = false;

        for (size_t i = 0; i < sizeof(ruled) / sizeof(ruled[0]); i++) {
            known = known || strcmp(ruled[i], name) == 0;
        }
        FUZZ_CHECK(asprintf(&other, "%s%s", known ? "" : "x-", name) >= 0);
        /* http_method keeps its text, and marks its object as an envelope. */
        json_object_object_add(copy, other,
                               strcmp(name, "http_method") == 0 ? json_object_get(below)
                                                                : with_canary(below));
        free(other);
    }
    return copy;
}

static json_object *text_with_canary(json_object *value)
{
    const struct span text = json_text_value(value);
    json_object *inner = NULL, *outer;
    char *marked = NULL;

    if (text.size > 0 && (text.bytes[0] == '{' || text.bytes[0] == '[') &&
        json_text_parse_large(text, &inner) == NULL) {
        outer = with_canary(inner);
        json_object_put(inner);
        inner = json_object_new_string(json_object_to_json_string(outer));
        json_object_put(outer);
        return inner;
    }
    FUZZ_CHECK(asprintf(&marked, "%.*s" CANARY "%s", (int)(text.size / 2), text.bytes,
                        text.bytes + text.size / 2) >= 0);
    outer = json_object_new_string(marked);
    free(marked);
    return outer;
}

static json_object *with_canary(json_object *value)
{
    json_object *copy;

    switch (json_object_get_type(value)) {
    case json_type_object: return object_with_canary(value);
    case json_type_array:
        copy = json_object_new_array();
        for (size_t i = 0; i < json_object_array_length(value); i++) {
            json_object_array_add(copy, with_canary(json_object_array_get_idx(value, i)));
        }
        return copy;
    case json_type_string: return text_with_canary(value);
    default: return json_object_get(value);
    }
}

/* The next line as JSON with canaries; NULL when it is invalid. */
static json_object *next(struct fuzz_input *input)
{
    struct fuzz_input line;
    json_object *value = NULL, *marked;

    if (!fuzz_line(input, &line) || line.size == 0 ||
        memmem(line.at, line.size, CANARY, strlen(CANARY)) != NULL ||
        json_text_parse_large((struct span){line.at, line.size}, &value) != NULL) {
        return NULL;
    }
    marked = with_canary(value);
    json_object_put(value);
    return marked;
}

static void check(json_object *anonymous)
{
    const char *text = json_object_to_json_string(anonymous);

    FUZZ_CHECK(strstr(text, CANARY) == NULL);
    json_object_put(anonymous);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct secrets secrets;
    struct fuzz_input input = {(const char *)data, size};
    json_object *reply = next(&input), *request = next(&input), *document = next(&input);
    struct anonymiser anonymiser;

    FUZZ_CHECK(anonymiser_init(&anonymiser, &secrets));
    anonymiser_learn(&anonymiser, reply);
    anonymiser_assign(&anonymiser);
    check(anonymiser_request(&anonymiser, request));
    check(anonymiser_reply(&anonymiser, reply));
    check(anonymiser_document(&anonymiser, document));
    FUZZ_CHECK(strstr(json_object_to_json_string(anonymiser.changes), CANARY) == NULL);
    FUZZ_CHECK(!anonymiser_lost(&anonymiser));
    anonymiser_release(&anonymiser);
    json_object_put(reply);
    json_object_put(request);
    json_object_put(document);
    return 0;
}
