/*
 * record.c - the HTTP exchanges of a sync as documents, for a host that asks for them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "record.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "json/json_guard.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define HIDDEN "***"

struct writer {
    struct buffer *out;
    const struct secrets *secrets;
};

/* Whether "pin" is a word of a name: "sim1-pin-code", not "mapping" or "ping". */
static bool names_pin(const char *name)
{
    for (const char *at = name; (at = strcasestr(at, "pin")) != NULL; at++) {
        if ((at == name || isalpha((unsigned char)at[-1]) == 0) &&
            isalpha((unsigned char)at[3]) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Whether a member's name suggests a secret: "adm_pass", "psksecret", "private-key", "session".
 * Rather too many than too few: no hidden member is part of an inventory.
 */
static bool names_secret(const char *name)
{
    static const char *const parts[] = {"pass",   "pwd",        "secret",     "psk",
                                        "token",  "session",    "credential", "community",
                                        "cookie", "access_code"};
    size_t size = strlen(name);

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (strcasestr(name, parts[i]) != NULL) {
            return true;
        }
    }
    return names_pin(name) ||
           (size >= 3 && strcasecmp(name + size - 3, "key") == 0 && strcasecmp(name, "mkey") != 0);
}

/* Whether a text is a secret, whatever its member: FortiOS encrypts passwords, and PEM has keys. */
static bool holds_secret(struct json_object *value)
{
    const char *text = json_object_is_type(value, json_type_array)
                           ? json_text(json_element(value, 0))
                           : json_text(value);

    return text != NULL && (strcmp(text, "ENC") == 0 || strncmp(text, "ENC ", 4) == 0 ||
                            strstr(text, "PRIVATE KEY-----") != NULL);
}

/*
 * Returns a copy of the text with "***" for each secret, which the caller frees; NULL without
 * memory.
 */
static char *hide_secrets(const struct writer *writer, const char *text)
{
    size_t capacity = strlen(text) * strlen(HIDDEN) + 1; /* a secret may be one character */
    char *copy = malloc(capacity);

    if (copy == NULL) {
        writer->out->state = BUFFER_NO_MEMORY;
        return NULL;
    }
    secrets_hide(writer->secrets, text, copy, capacity);
    return copy;
}

static void put_text(const struct writer *writer, const char *key, const char *text)
{
    char *copy = hide_secrets(writer, text);

    if (copy != NULL) {
        json_write_string(writer->out, key, copy);
        free(copy);
    }
}

static void put_json(const struct writer *writer, const char *key, struct json_object *value);

/*
 * Writes a string that contains JSON text, as FortiManager's caches have, with the secrets inside
 * it hidden. Each nested text doubles its quotes, so the size of a reply limits the nesting.
 * Returns false if the string is not JSON.
 */
static bool put_embedded(const struct writer *writer, const char *key, const char *text)
{
    struct buffer inner = BUFFER(RECORD_BODY_MAX);
    struct json_object *json = NULL;

    if ((*text != '{' && *text != '[') ||
        json_guard_parse(text, strlen(text), RECORD_TREE_MAX, &json, NULL) != JSON_OK) {
        return false;
    }
    put_json(&(struct writer){&inner, writer->secrets}, NULL, json);
    json_object_put(json);
    json_write_buffer(writer->out, key, &inner);
    buffer_release(&inner);
    return true;
}

static void put_object(const struct writer *writer, struct json_object *object)
{
    json_object_object_foreach(object, name, value) {
        char *key = hide_secrets(writer, name);

        if (key == NULL) {
            return;
        }
        if (value != NULL && names_secret(name)) {
            json_write_string(writer->out, key, HIDDEN);
        } else {
            put_json(writer, key, value);
        }
        free(key);
    }
}

/* Recurses at most JSON_DEPTH_MAX levels deep in each text, and put_embedded() per nested text. */
static void put_json(const struct writer *writer, const char *key, struct json_object *value)
{
    struct buffer *out = writer->out;

    if (holds_secret(value)) {
        json_write_string(out, key, HIDDEN);
        return;
    }
    switch (json_object_get_type(value)) {
    case json_type_object:
        json_write_object(out, key);
        put_object(writer, value);
        json_write_object_end(out);
        break;
    case json_type_array:
        json_write_array(out, key);
        for (size_t i = 0; i < json_object_array_length(value); i++) {
            put_json(writer, NULL, json_object_array_get_idx(value, i));
        }
        json_write_array_end(out);
        break;
    case json_type_string:
        if (!put_embedded(writer, key, json_object_get_string(value))) {
            put_text(writer, key, json_object_get_string(value));
        }
        break;
    default: {
        const char *text = json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);

        if (text == NULL) {
            out->state = BUFFER_NO_MEMORY;
        } else {
            json_write_json(out, key, text);
        }
    }
    }
}

/* Begins a document of a request or a reply. */
static struct buffer *begin_document(struct operation *operation, const char *part)
{
    struct buffer *document = operation_document(operation, "exchange");

    json_write_integer(document, "exchange", (int64_t)operation->exchanges);
    json_write_string(document, "part", part);
    return document;
}

/* Emits the current document with the beginning of the body, and further documents for the rest. */
static int32_t emit_body(struct operation *operation, const char *part, const struct buffer *body,
                         struct failure *failure)
{
    struct buffer *document = &operation->document;
    const char *text = buffer_text(body);
    size_t left = body->size;
    int32_t code = fail_buffer(operation, failure, body);

    while (code == HECTOR_OK) {
        size_t size = left > RECORD_PIECE_MAX ? utf8_cut(text, RECORD_PIECE_MAX) : left;

        if (body->size > 0) {
            json_write_string_n(document, "text", text, size);
        }
        text += size;
        left -= size;
        json_write_boolean(document, "more", left > 0);
        code = operation_emit(operation, failure);
        if (left == 0) {
            break;
        }
        document = begin_document(operation, part);
    }
    return code;
}

static void put_request(struct operation *operation, const struct http_request *request,
                        struct buffer *body)
{
    const struct writer writer = {body, &operation->secrets};
    struct buffer *document = begin_document(operation, "request");
    struct json_object *json = NULL;
    char *text;

    json_write_string(document, "method", request->body != NULL ? "POST" : "GET");
    put_text(&(struct writer){document, &operation->secrets}, "path", request->path);
    if (request->body == NULL) {
        return;
    }
    /* Hides the secrets before json-c gets the text, because json-c does not wipe what it frees. */
    text = hide_secrets(&writer, request->body);
    if (text != NULL &&
        json_guard_parse(text, strlen(text), RECORD_TREE_MAX, &json, NULL) == JSON_OK) {
        put_json(&writer, NULL, json);
    }
    json_object_put(json);
    free(text);
}

static const char *body_kind(const struct http_reply *reply)
{
    return reply->bytes == 0                ? "none"
           : reply->fault == JSON_OK        ? "json"
           : reply->fault == JSON_TRUNCATED ? "truncated"
           : reply->html                    ? "html"
                                            : "other";
}

static void put_reply(struct operation *operation, const struct http_reply *reply, int32_t code,
                      struct buffer *body)
{
    struct buffer *document = begin_document(operation, "reply");

    json_write_string(document, "outcome", operation_outcome(code));
    json_write_integer(document, "status", reply->status);
    put_text(&(struct writer){document, &operation->secrets}, "content_type", reply->content_type);
    if (reply->server_auths > 0) {
        /* Only the scheme of WWW-Authenticate, or "error=": the rest may name the appliance. */
        json_write_string_n(document, "www_authenticate", reply->server_auth,
                            strcspn(reply->server_auth, "=\" ,"));
        json_write_integer(document, "www_authenticates", reply->server_auths);
    }
    if (reply->retry_after_s > 0) {
        json_write_integer(document, "retry_after_s", reply->retry_after_s);
    }
    json_write_integer(document, "bytes", (int64_t)reply->bytes);
    json_write_string(document, "body", body_kind(reply));
    if (reply->rows > 0) {
        json_write_integer(document, "rows", (int64_t)reply->rows);
    }
    if (code == HECTOR_OK && reply->fault == JSON_OK) {
        put_json(&(struct writer){body, &operation->secrets}, NULL, reply->json);
    }
}

int32_t record_exchange(struct operation *operation, const struct http_request *request,
                        const struct http_reply *reply, int32_t code, struct failure *failure)
{
    struct buffer body = BUFFER(RECORD_BODY_MAX);

    operation->exchanges++;
    put_request(operation, request, &body);
    int32_t emitted = emit_body(operation, "request", &body, failure);
    if (emitted == HECTOR_OK) {
        buffer_clear(&body);
        put_reply(operation, reply, code, &body);
        emitted = emit_body(operation, "reply", &body, failure);
    }
    buffer_release(&body);
    return emitted;
}
