/*
 * fuzz_stub_anonymise.c - a reply, a request and a document of a bundle keep no original value.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The input: a line each, JSON. A canary is put into every text and every third name of a member,
 * and numbers of the reply become one; then no canary may come through.
 */
#define _GNU_SOURCE 1 /* asprintf, memmem */

#include "host-stub/anonymise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host-stub/json_text.h"

#define CANARY "CANARY"
#define NUMBER "98765432101"

static json_object *with_canary(json_object *value, bool numbers);

static json_object *object_with_canary(json_object *object, bool numbers)
{
    json_object *copy = json_object_new_object();

    json_object_object_foreach(object, name, below) {
        char *marked = NULL;

        FUZZ_CHECK(asprintf(&marked, "%s%s", name, strlen(name) % 3 == 0 ? CANARY : "") >= 0);
        json_object_object_add(copy, marked, with_canary(below, numbers));
        free(marked);
    }
    return copy;
}

static json_object *text_with_canary(json_object *value, bool numbers)
{
    const struct span text = json_text_value(value);
    json_object *inner = NULL, *outer;
    char *marked = NULL;

    if (text.size > 0 && (text.bytes[0] == '{' || text.bytes[0] == '[') &&
        json_text_parse(text, JSON_GRAMMAR_LARGE_MAX, &inner, NULL) == NULL) {
        outer = with_canary(inner, numbers);
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

static json_object *with_canary(json_object *value, bool numbers)
{
    json_object *copy;

    switch (json_object_get_type(value)) {
    case json_type_object: return object_with_canary(value, numbers);
    case json_type_array:
        copy = json_object_new_array();
        for (size_t i = 0; i < json_object_array_length(value); i++) {
            json_object_array_add(copy, with_canary(json_object_array_get_idx(value, i), numbers));
        }
        return copy;
    case json_type_string: return text_with_canary(value, numbers);
    case json_type_int:
        return numbers ? json_object_new_int64(INT64_C(98765432101)) : json_object_get(value);
    default: return json_object_get(value);
    }
}

/* The next line as JSON with canaries; NULL when it is none. */
static json_object *next(struct fuzz_input *input, bool numbers)
{
    struct fuzz_input line;
    json_object *value = NULL, *marked;

    if (!fuzz_line(input, &line) || line.size == 0 ||
        memmem(line.at, line.size, CANARY, strlen(CANARY)) != NULL ||
        memmem(line.at, line.size, NUMBER, strlen(NUMBER)) != NULL ||
        json_text_parse((struct span){line.at, line.size}, JSON_GRAMMAR_LARGE_MAX, &value, NULL) !=
            NULL) {
        return NULL;
    }
    marked = with_canary(value, numbers);
    json_object_put(value);
    return marked;
}

static void check(json_object *anonymous)
{
    const char *text = json_object_to_json_string(anonymous);

    FUZZ_CHECK(strstr(text, CANARY) == NULL);
    FUZZ_CHECK(strstr(text, NUMBER) == NULL);
    json_object_put(anonymous);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct secrets secrets;
    struct fuzz_input input = {(const char *)data, size};
    json_object *reply = next(&input, true), *request = next(&input, false),
                *document = next(&input, false);
    struct anonymiser anonymiser;

    FUZZ_CHECK(anonymiser_init(&anonymiser, &secrets));
    anonymiser_learn(&anonymiser, reply);
    anonymiser_assign(&anonymiser, NULL);
    check(anonymiser_copy(&anonymiser, ANONYMISE_REQUEST, request));
    check(anonymiser_copy(&anonymiser, ANONYMISE_REPLY, reply));
    check(anonymiser_copy(&anonymiser, ANONYMISE_DOCUMENT, document));
    FUZZ_CHECK(strstr(json_object_to_json_string(anonymiser.replaced), CANARY) == NULL);
    FUZZ_CHECK(strstr(json_object_to_json_string(anonymiser.kept), CANARY) == NULL);
    FUZZ_CHECK(!json_text_lost());
    anonymiser_release(&anonymiser);
    json_object_put(reply);
    json_object_put(request);
    json_object_put(document);
    return 0;
}
