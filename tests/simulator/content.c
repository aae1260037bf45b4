/*
 * content.c - hostile and broken JSON, made from a correct reply.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All faults change the text, because no JSON writer would write most of them.
 */
#include "content.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define HUGE_NAME_BYTES ((size_t)10 * 1000 * 1000)
#define DEEP_LISTS      10000
#define MANY_OBJECTS    1000000

/* The position after the first `needle`; 0 when there is none. */
static size_t find_end(const struct text *text, const char *needle)
{
    const char *at = memmem(text->bytes, text->size, needle, strlen(needle));

    return at != NULL ? (size_t)(at - text->bytes) + strlen(needle) : 0;
}

/* Inserts bytes at a position, and releases them. */
static void insert(struct text *text, size_t at, struct text *bytes)
{
    struct text tail = {NULL, 0, 0};

    text_add(&tail, text->bytes + at, text->size - at);
    text->size = at;
    text_add(text, bytes->bytes, bytes->size);
    text_add(text, tail.bytes, tail.size);
    text_release(&tail);
    text_release(bytes);
}

static void insert_text(struct text *text, size_t at, const char *raw)
{
    struct text bytes = {NULL, 0, 0};

    text_put(&bytes, raw);
    if (at > 0)
        insert(text, at, &bytes);
    else
        text_release(&bytes);
}

static void repeat(struct text *text, const char *raw, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_put(text, raw);
}

/* The position of the first row of the first table, or of the closest substitute. */
static size_t first_row(const struct text *text)
{
    static const char *const beginnings[] = {"\"data\":[{", "\"result\":[{", "\"results\":[{", "{"};
    size_t at = 0;

    for (size_t i = 0; at == 0 && i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        at = find_end(text, beginnings[i]);
    return at;
}

/* The first name, or at least a text: the message of a status. */
static size_t first_name(const struct text *text)
{
    static const char *const beginnings[] = {"\"hostName\":\"", "\"name\":\"", "\"message\":\""};
    size_t at = 0;

    for (size_t i = 0; at == 0 && i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
        at = find_end(text, beginnings[i]);
    return at;
}

/* Turns each number into a text. */
static void quote_numbers(struct text *text)
{
    struct text quoted = {NULL, 0, 0};
    bool string = false;

    for (size_t i = 0; i < text->size;) {
        char c = text->bytes[i];
        bool number = !string && (c == '-' || (c >= '0' && c <= '9'));
        size_t size = number                ? strspn(text->bytes + i, "-.0123456789")
                      : string && c == '\\' ? 2
                                            : 1;

        string = c == '"' ? !string : string;
        text_put(&quoted, number ? "\"" : "");
        text_add(&quoted, text->bytes + i, size);
        text_put(&quoted, number ? "\"" : "");
        i += size;
    }
    text_release(text);
    *text = quoted;
}

/* Gives each oid so many digits that no integer holds it; different oids stay different. */
static void enlarge_oids(struct text *text)
{
    static const char key[] = "\"oid\":";
    struct text enlarged = {NULL, 0, 0};
    const char *at = text->bytes;
    const char *end = at + text->size;
    const char *found;

    while ((found = memmem(at, (size_t)(end - at), key, sizeof(key) - 1)) != NULL) {
        found += sizeof(key) - 1;
        text_add(&enlarged, at, (size_t)(found - at));
        text_put(&enlarged, "9223372036854775808");
        at = found;
    }
    text_add(&enlarged, at, (size_t)(end - at));
    text_release(text);
    *text = enlarged;
}

/* Of duplicate keys the last wins (RFC 8259 leaves it open; every reader that we know does so). */
static void duplicate_keys(struct text *text)
{
    size_t row = find_end(text, "\"data\":[{");

    insert_text(text, row, "\"name\":\"no-unit\",\"sn\":\"FGT60FTK00000000\",\"oid\":1,");
    insert_text(text, find_end(text, "\"result\":[{"),
                "\"status\":{\"code\":-1,\"message\":\"no\"},\"data\":[],");
}

static void insert_member(struct text *text, enum fault fault)
{
    struct text member = {NULL, 0, 0};

    switch (fault) {
    case FAULT_NAN: text_put(&member, "\"vm_mem\":NaN,"); break;
    case FAULT_HUGE_NAME:
        text_put(&member, "\"name\":\"");
        repeat(&member, "0123456789", HUGE_NAME_BYTES / 10);
        text_put(&member, "\",");
        break;
    case FAULT_DEEP:
        text_put(&member, "\"vdom\":");
        repeat(&member, "[", DEEP_LISTS);
        repeat(&member, "]", DEEP_LISTS);
        text_put(&member, ",");
        break;
    default:
        text_put(&member, "\"vdom\":[{}");
        repeat(&member, ",{}", MANY_OBJECTS - 1);
        text_put(&member, "],");
        break;
    }
    insert(text, first_row(text), &member);
}

void content_spoil(struct text *reply, enum fault fault)
{
    switch (fault) {
    case FAULT_NUMBERS_AS_TEXT: quote_numbers(reply); break;
    case FAULT_HUGE_NUMBERS: enlarge_oids(reply); break;
    case FAULT_DUPLICATE_KEYS: duplicate_keys(reply); break;
    case FAULT_NAN:
    case FAULT_HUGE_NAME:
    case FAULT_DEEP:
    case FAULT_MANY_OBJECTS: insert_member(reply, fault); break;
    case FAULT_INVALID_UTF8: insert_text(reply, first_name(reply), "\xFF"); break;
    case FAULT_LONE_SURROGATE: insert_text(reply, first_name(reply), "\\ud800"); break;
    case FAULT_NUL_IN_NAME: insert_text(reply, first_name(reply), "\\u0000"); break;
    case FAULT_OTHER_REPLY: insert_text(reply, find_end(reply, "\"id\":"), "9"); break;
    default: break;
    }
}

void content_spoil_data(struct text *text, size_t start, enum fault fault)
{
    static const char list[] = "\"data\":[";
    bool is_list = text->size - start > sizeof(list) - 1 &&
                   memcmp(text->bytes + start, list, sizeof(list) - 1) == 0;

    if (fault == FAULT_DATA_NULL || (fault == FAULT_EMPTY_LIST && is_list)) {
        text->size = start;
        text_key(text, "data");
        text_literal(text, fault == FAULT_DATA_NULL ? "null" : "[]");
    }
}

void content_spoil_tree(struct text *reply, content_edit *edit, int fault)
{
    char *json = text_steal(reply);
    struct json_object *body = json_tokener_parse(json);

    if (body != NULL)
        edit(body, fault);
    text_put(reply, body != NULL
                        ? json_object_to_json_string_ext(body, JSON_C_TO_STRING_PLAIN |
                                                                   JSON_C_TO_STRING_NOSLASHESCAPE)
                        : json);
    (void)json_object_put(body);
    free(json);
}

struct json_object *content_first(struct json_object *list)
{
    if (!json_object_is_type(list, json_type_array))
        return json_object_get(list);
    return json_object_array_length(list) > 0 ? json_object_get(json_object_array_get_idx(list, 0))
                                              : json_object_new_object();
}
