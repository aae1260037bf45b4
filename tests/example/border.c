/*
 * border.c - what any small integration needs at the border: copy it beside your own source.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* tdestroy */

#include "border.h"

#include <openssl/evp.h>
#include <search.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void border_fail(struct border *border, int32_t cause, const char *reason, const char *field,
                 const char *message, ...)
{
    va_list values;

    if (border->cause != HECTOR_OK && cause != HECTOR_CANCELLED && cause != HECTOR_HOST)
        return;
    border->cause = cause;
    border->reason = reason;
    border->field = field;
    va_start(values, message);
    (void)vsnprintf(border->message, sizeof(border->message), message, values);
    va_end(values);
}

static void read_request(struct border *border, const char *request, size_t size, json_object **ret)
{
    json_tokener *tokener = json_tokener_new();

    if (tokener == NULL) {
        border_fail(border, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    } else if (size > HECTOR_REQUEST_MAX) {
        border_fail(border, HECTOR_CONFIG, "request_too_large", "", "The request is too large.");
    } else {
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
        *ret = size > 0 ? json_tokener_parse_ex(tokener, request, (int)size)
                        : json_object_new_object();
        if (!json_object_is_type(*ret, json_type_object)) {
            border_fail(border, HECTOR_CONFIG, "request_invalid", "",
                        "The request is not a JSON object.");
            json_object_put(*ret);
            *ret = NULL;
        }
    }
    if (tokener != NULL)
        json_tokener_free(tokener);
}

static void tell_time(char ret[static 32])
{
    const time_t now = time(NULL);
    struct tm tm = {0};

    (void)gmtime_r(&now, &tm);
    (void)strftime(ret, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

void border_begin(struct border *border, const struct hector_host *host, const char *request,
                  size_t request_size, json_object **ret_request)
{
    size_t size;

    *border = (struct border){.reason = "", .field = ""};
    *ret_request = NULL;
    tell_time(border->started);
    if (host == NULL || !HECTOR_HAS(host, struct hector_host, emit) || host->emit == NULL) {
        border_fail(border, HECTOR_ABI, "host_table", "", "The host's table has no emit.");
        return;
    }
    size = host->struct_size < sizeof(border->host) ? host->struct_size : sizeof(border->host);
    /* A table that ends within a callback must not leave half a pointer: all are of one size. */
    memcpy(&border->host, host, size - size % sizeof(void *));
    border->out = open_memstream(&border->document, &border->size);
    if (border->out == NULL)
        border_fail(border, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    else
        read_request(border, request, request_size, ret_request);
}

/* Fills a member of the error if the host's struct reaches over it. */
#define REPORT(error, member, text)                                                                \
    do {                                                                                           \
        if (HECTOR_HAS(error, struct hector_error, member))                                        \
            (void)snprintf((error)->member, sizeof((error)->member), "%s", text);                  \
    } while (0)

int32_t border_end(struct border *border, int32_t code, struct hector_error *error)
{
    if (code != HECTOR_OK && error != NULL) {
        if (HECTOR_HAS(error, struct hector_error, cause))
            error->cause = border->cause;
        if (HECTOR_HAS(error, struct hector_error, retry_after_s))
            error->retry_after_s = 0;
        REPORT(error, reason, border->reason);
        REPORT(error, field, border->field);
        REPORT(error, message, border->message);
        REPORT(error, detail, "");
    }
    if (border->out != NULL)
        (void)fclose(border->out);
    free(border->document);
    tdestroy(border->serials, free);
    return code;
}

const char *border_setting(json_object *request, const char *key)
{
    json_object *settings = NULL, *value = NULL;
    const char *text;

    (void)json_object_object_get_ex(request, "settings", &settings);
    (void)json_object_object_get_ex(settings, key, &value);
    text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
    /* One with a NUL inside is none. */
    return strlen(text) == (size_t)json_object_get_string_len(value) ? text : "";
}

bool border_stopped(struct border *border)
{
    if (border->cause != HECTOR_CANCELLED && border->cause != HECTOR_HOST &&
        border->host.cancelled != NULL && border->host.cancelled(border->host.context) != 0)
        border_fail(border, HECTOR_CANCELLED, "cancelled", "", "The operation was cancelled.");
    return border->cause == HECTOR_CANCELLED || border->cause == HECTOR_HOST;
}

void border_log(const struct border *border, uint32_t level, const char *line)
{
    if (border->host.log != NULL && level <= border->host.log_level)
        border->host.log(border->host.context, level, line, strlen(line));
}

/* ---- documents */

static void put_text(FILE *out, const char *text)
{
    (void)putc('"', out);
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ' || *text == '"' || *text == '\\')
            (void)fprintf(out, "\\u%04x", (unsigned)*text);
        else
            (void)putc(*text, out);
    }
    (void)putc('"', out);
}

void border_put(struct border *border, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    for (; *format != '\0'; format++) {
        if (*format == '$')
            put_text(border->out, va_arg(values, const char *));
        else if (*format == '#')
            (void)fprintf(border->out, "%zu", va_arg(values, size_t));
        else
            (void)putc(*format == '\'' ? '"' : *format, border->out);
    }
    va_end(values);
}

void border_emit(struct border *border)
{
    if (fflush(border->out) != 0 || ferror(border->out) != 0)
        border_fail(border, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    else if (border->cause != HECTOR_HOST &&
             border->host.emit(border->host.context, border->document, border->size) != 0)
        border_fail(border, HECTOR_HOST, "host_refused", "", "The host refused a document.");
    rewind(border->out);
}

/* No overlong form, no surrogate, nothing above U+10FFFF. */
bool border_is_utf8(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        int more = *at < 0x80 ? 0 : *at < 0xC2 ? 4 : *at < 0xE0 ? 1 : *at < 0xF0 ? 2 : 3;
        const int least = *at == 0xE0 ? 0xA0 : *at == 0xF0 ? 0x90 : 0x80;
        const int most = *at == 0xED ? 0x9F : *at == 0xF4 ? 0x8F : 0xBF;

        if (more == 4 || *at > 0xF4 || (more > 0 && (at[1] < least || at[1] > most)))
            return false;
        for (; more > 0; more--)
            if ((*++at & 0xC0) != 0x80)
                return false;
    }
    return true;
}

void border_source(struct border *border, const char *system, const char *id)
{
    char digest[72] = "sha256:";
    unsigned char bytes[32] = {0};

    (void)EVP_Digest(id, strlen(id), bytes, NULL, EVP_sha256(), NULL);
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void)snprintf(digest + 7 + 2 * i, 3, "%02x", bytes[i]);
    border_put(border, "{'kind':'source','system':$,'id':$,'serials':[],", system, id);
    border_put(border, "'plugin_version':'1','settings_digest':$,'listing_digest':$}", digest,
               digest);
    border_emit(border);
}

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

bool border_first(struct border *border, const char *serial)
{
    char *copy = strdup(serial);
    char **kept = copy != NULL ? tsearch(copy, &border->serials, compare) : NULL;
    const bool first = kept != NULL && *kept == copy;

    if (kept == NULL)
        border_fail(border, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    if (!first)
        free(copy);
    return first;
}

static size_t units(const struct border_count *count)
{
    return count->assets + count->duplicates + count->unusable;
}

void border_coverage(struct border *border, const char *scope, const struct border_count *count)
{
    border_put(border, "{'kind':'coverage','scope':$,'device_type':$,'units':#,", scope,
               count->device_type, units(count));
    if (border->cause == HECTOR_OK)
        border_put(border, "'complete':true}");
    else
        border_put(border, "'complete':false,'cause':-#,'reason':$,'message':$}",
                   (size_t)-border->cause, border->reason, border->message);
    border_emit(border);
}

/* What a source failed at leaves the run partial; what ended the call does not. */
static int32_t code_of(const struct border *border, size_t assets)
{
    const bool ended = border->cause == HECTOR_OK || border->cause < HECTOR_LIMIT;

    return !ended && assets > 0 ? HECTOR_PARTIAL : border->cause;
}

int32_t border_summary(struct border *border, const struct border_count *counts, size_t count)
{
    static const char *const outcomes[] = {"ok",          "config",    "auth",      "permission",
                                           "unreachable", "throttled", "data",      "limit",
                                           "cancelled",   "host",      "no_memory", "internal"};
    const char *complete = border->cause == HECTOR_OK ? "true" : "false";
    size_t assets = 0;
    int32_t code;
    char ended[32];

    if (border->out == NULL)
        return border->cause;
    for (size_t i = 0; i < count; i++)
        assets += counts[i].assets;
    code = code_of(border, assets);
    tell_time(ended);
    border_put(border, "{'kind':'summary','started':$,'ended':$,'outcome':$,", border->started,
               ended, code == HECTOR_PARTIAL ? "partial" : outcomes[-code]);
    border_put(border, "'device_types':{");
    for (size_t i = 0; i < count; i++) {
        border_put(border, i > 0 ? ",$:" : "$:", counts[i].device_type);
        border_put(border, "{'seen':#,'assets':#,'duplicates':#,", units(&counts[i]),
                   counts[i].assets, counts[i].duplicates);
        border_put(border, "'skipped':{'serial_unusable':#},'complete':", counts[i].unusable);
        border_put(border, complete);
        border_put(border, "}");
    }
    border_put(border, "},'scopes_complete':");
    border_put(border, code >= HECTOR_OK ? "true" : "false");
    border_put(border, ",'requests':0,'bytes':0");
    if (code != HECTOR_OK)
        border_put(border, ",'error':{'cause':-#,'reason':$,'message':$}", (size_t)-border->cause,
                   border->reason, border->message);
    border_put(border, "}");
    border_emit(border);
    return code_of(border, assets);
}
