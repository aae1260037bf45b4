/*
 * border.h - helpers with which an integration uses the interface safely: the host's table, the
 * request, documents, failures.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For integrations in C (C11, POSIX.1-2008, json-c, OpenSSL's libcrypto). Each of the four
 * operations makes one struct hector_call, which the calling thread uses from hector_begin() to
 * hector_end(), and which owns its content. tests/example/csv.c is a complete integration on top of
 * it.
 */
#ifndef HECTOR_BORDER_H
#define HECTOR_BORDER_H

#include <json-c/json.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "hector/integration.h"

struct hector_call {
    struct hector_host host; /* a copy; callbacks that the host lacks are NULL */
    int32_t cause;           /* why the call failed; HECTOR_OK = it has not */
    const char *reason, *field;
    char message[512];
    char started[32];
    FILE *out; /* memory stream to write the document to */
    char *document;
    size_t size;
    json_object *serials; /* keys that hector_is_first() has seen */
};

/* Counts of one device type in a run. */
struct hector_count {
    const char *device_type;
    size_t assets, duplicates, unusable; /* no usable serial number: `skipped` */
};

/*
 * Records a failure. The first one is kept, except that CANCELLED and HOST replace it. `reason` is
 * a slug, `field` the key of a setting or "", both constant. The message MUST fit in 511 bytes: the
 * cut may split a character.
 */
__attribute__((format(printf, 5, 6))) static inline void
hector_fail(struct hector_call *call, int32_t cause, const char *reason, const char *field,
            const char *message, ...)
{
    va_list values;

    if (call->cause != HECTOR_OK && cause != HECTOR_CANCELLED && cause != HECTOR_HOST)
        return;
    call->cause = cause;
    call->reason = reason;
    call->field = field;
    va_start(values, message);
    (void)vsnprintf(call->message, sizeof(call->message), message, values);
    va_end(values);
}

static inline void hector_read_request(struct hector_call *call, const char *request, size_t size,
                                       json_object **ret)
{
    json_tokener *tokener = json_tokener_new();

    if (tokener == NULL) {
        hector_fail(call, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
        return;
    }
    if (size > HECTOR_REQUEST_MAX) {
        hector_fail(call, HECTOR_CONFIG, "request_too_large", "", "The request is too large.");
    } else {
        /* Without STRICT, which rejects every byte above 0x7F in json-c 0.18. */
        json_tokener_set_flags(tokener, JSON_TOKENER_VALIDATE_UTF8);
        *ret = size > 0 ? json_tokener_parse_ex(tokener, request, (int)size)
                        : json_object_new_object();
        if (!json_object_is_type(*ret, json_type_object)) {
            hector_fail(call, HECTOR_CONFIG, "request_invalid", "",
                        "The request is not a JSON object.");
            json_object_put(*ret);
            *ret = NULL;
        }
    }
    json_tokener_free(tokener);
}

static inline void hector_tell_time(char ret[static 32])
{
    const time_t now = time(NULL);
    struct tm tm = {0};

    (void)gmtime_r(&now, &tm);
    (void)strftime(ret, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/*
 * Begins a call: copies the host's table and reads the request. `*ret_request` is an object, which
 * the caller releases with json_object_put(), or NULL after a failure. The caller calls
 * hector_end() in either case.
 */
static inline void hector_begin(struct hector_call *call, const struct hector_host *host,
                                const char *request, size_t request_size, json_object **ret_request)
{
    size_t size;

    *call = (struct hector_call){.reason = "", .field = ""};
    *ret_request = NULL;
    hector_tell_time(call->started);
    if (host == NULL || !HECTOR_HAS(host, struct hector_host, emit) || host->emit == NULL) {
        hector_fail(call, HECTOR_ABI, "host_table", "", "The host's table has no emit.");
        return;
    }
    size = host->struct_size < sizeof(call->host) ? host->struct_size : sizeof(call->host);
    /*
     * A table that ends inside a callback must not leave a partial pointer: copy whole pointers
     * only.
     */
    memcpy(&call->host, host, size - size % sizeof(void *));
    call->serials = json_object_new_object();
    call->out = open_memstream(&call->document, &call->size);
    if (call->out == NULL || call->serials == NULL)
        hector_fail(call, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    else
        hector_read_request(call, request, request_size, ret_request);
}

/* Fills a text member of the error if the host's struct is large enough to have it. */
#define HECTOR_REPORT(error, member, text)                                                         \
    do {                                                                                           \
        if (HECTOR_HAS(error, struct hector_error, member))                                        \
            (void)snprintf((error)->member, sizeof((error)->member), "%s", text);                  \
    } while (0)

/*
 * Ends a call: fills the host's error unless `code` is OK, and frees everything that the call owns.
 * Returns `code`.
 */
static inline int32_t hector_end(struct hector_call *call, int32_t code, struct hector_error *error)
{
    if (code != HECTOR_OK && error != NULL) {
        if (HECTOR_HAS(error, struct hector_error, cause))
            error->cause = call->cause;
        if (HECTOR_HAS(error, struct hector_error, retry_after_s))
            error->retry_after_s = 0;
        HECTOR_REPORT(error, reason, call->reason);
        HECTOR_REPORT(error, field, call->field);
        HECTOR_REPORT(error, message, call->message);
        HECTOR_REPORT(error, detail, "");
    }
    if (call->out != NULL)
        (void)fclose(call->out);
    free(call->document);
    json_object_put(call->serials);
    return code;
}

/*
 * The text of a setting, borrowed from the request; "" if it is missing, not a string, or contains
 * a NUL.
 */
static inline const char *hector_setting(json_object *request, const char *key)
{
    json_object *settings = NULL, *value = NULL;
    const char *text;

    (void)json_object_object_get_ex(request, "settings", &settings);
    (void)json_object_object_get_ex(settings, key, &value);
    text = json_object_is_type(value, json_type_string) ? json_object_get_string(value) : "";
    return strlen(text) == (size_t)json_object_get_string_len(value) ? text : "";
}

/*
 * Whether the host has cancelled the call or refused a document. After that, this function does not
 * ask the host again.
 */
static inline bool hector_stopped(struct hector_call *call)
{
    if (call->cause != HECTOR_CANCELLED && call->cause != HECTOR_HOST &&
        call->host.cancelled != NULL && call->host.cancelled(call->host.context) != 0)
        hector_fail(call, HECTOR_CANCELLED, "cancelled", "", "The operation was cancelled.");
    return call->cause == HECTOR_CANCELLED || call->cause == HECTOR_HOST;
}

/* Logs one line, given without a line break, if the host wants this level. */
static inline void hector_log(const struct hector_call *call, uint32_t level, const char *line)
{
    if (call->host.log != NULL && level <= call->host.log_level)
        call->host.log(call->host.context, level, line, strlen(line));
}

/* ---- documents */

static inline void hector_put_text(FILE *out, const char *text)
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

/*
 * Writes part of a document as JSON in which ' stands for ", $ for the next argument as a text
 * (const char *) and # for the next argument as a number (size_t). Texts MUST be valid UTF-8.
 */
static inline void hector_put(struct hector_call *call, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    for (; *format != '\0'; format++) {
        if (*format == '$')
            hector_put_text(call->out, va_arg(values, const char *));
        else if (*format == '#')
            (void)fprintf(call->out, "%zu", va_arg(values, size_t));
        else
            (void)putc(*format == '\'' ? '"' : *format, call->out);
    }
    va_end(values);
}

/*
 * Passes the document to the host and empties the stream. After the host has refused a document,
 * drops the document instead.
 */
static inline void hector_emit(struct hector_call *call)
{
    if (fflush(call->out) != 0 || ferror(call->out) != 0)
        hector_fail(call, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    else if (call->cause != HECTOR_HOST &&
             call->host.emit(call->host.context, call->document, call->size) != 0)
        hector_fail(call, HECTOR_HOST, "host_refused", "", "The host refused a document.");
    rewind(call->out);
}

/*
 * Whether the text is UTF-8 without overlong encodings, surrogates and code points above U+10FFFF.
 */
static inline bool hector_is_utf8(const char *text)
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

/*
 * Emits the `source` document. `id` identifies the source and is its only setting, so both digests
 * are computed from it.
 */
static inline void hector_emit_source(struct hector_call *call, const char *system, const char *id)
{
    char digest[72] = "sha256:";
    unsigned char bytes[32] = {0};

    (void)EVP_Digest(id, strlen(id), bytes, NULL, EVP_sha256(), NULL);
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void)snprintf(digest + 7 + 2 * i, 3, "%02x", bytes[i]);
    hector_put(call, "{'kind':'source','system':$,'id':$,'serials':[],", system, id);
    hector_put(call, "'plugin_version':'1','settings_digest':$,'listing_digest':$}", digest,
               digest);
    hector_emit(call);
}

/*
 * Returns false for a serial number that occurred in this call before. Without memory, records a
 * failure and returns false.
 */
static inline bool hector_is_first(struct hector_call *call, const char *serial)
{
    if (json_object_object_get_ex(call->serials, serial, NULL))
        return false;
    if (json_object_object_add(call->serials, serial, NULL) == 0)
        return true;
    hector_fail(call, HECTOR_NO_MEMORY, "no_memory", "", "There is not enough memory.");
    return false;
}

static inline size_t hector_units(const struct hector_count *count)
{
    return count->assets + count->duplicates + count->unusable;
}

/* Emits the `coverage` of a scope, which is complete unless the call has failed. */
static inline void hector_emit_coverage(struct hector_call *call, const char *scope,
                                        const struct hector_count *count)
{
    hector_put(call, "{'kind':'coverage','scope':$,'device_type':$,'units':#,", scope,
               count->device_type, hector_units(count));
    if (call->cause == HECTOR_OK)
        hector_put(call, "'complete':true}");
    else
        hector_put(call, "'complete':false,'cause':-#,'reason':$,'message':$}",
                   (size_t)-call->cause, call->reason, call->message);
    hector_emit(call);
}

/*
 * Returns the code of a sync that delivered `assets` assets: PARTIAL if the source failed and there
 * are assets, unless the cause ended the call; otherwise the cause.
 */
static inline int32_t hector_code_of(const struct hector_call *call, size_t assets)
{
    const bool ended = call->cause == HECTOR_OK || call->cause < HECTOR_LIMIT;

    return !ended && assets > 0 ? HECTOR_PARTIAL : call->cause;
}

/* Emits the last document of a sync. Returns the code of the sync, as hector_code_of() does. */
static inline int32_t hector_emit_summary(struct hector_call *call,
                                          const struct hector_count *counts, size_t count)
{
    static const char *const outcomes[] = {"ok",          "config",    "auth",      "permission",
                                           "unreachable", "throttled", "data",      "limit",
                                           "cancelled",   "host",      "no_memory", "internal"};
    size_t assets = 0;
    int32_t code;
    char ended[32];

    if (call->out == NULL)
        return call->cause;
    for (size_t i = 0; i < count; i++)
        assets += counts[i].assets;
    code = hector_code_of(call, assets);
    hector_tell_time(ended);
    hector_put(call, "{'kind':'summary','started':$,'ended':$,'outcome':$,", call->started, ended,
               code == HECTOR_PARTIAL ? "partial" : outcomes[-code]);
    hector_put(call, "'device_types':{");
    for (size_t i = 0; i < count; i++) {
        hector_put(call, i > 0 ? ",$:" : "$:", counts[i].device_type);
        hector_put(call, "{'seen':#,'assets':#,'duplicates':#,'skipped':{'serial_unusable':#},",
                   hector_units(&counts[i]), counts[i].assets, counts[i].duplicates,
                   counts[i].unusable);
        hector_put(call, call->cause == HECTOR_OK ? "'complete':true}" : "'complete':false}");
    }
    hector_put(call, code >= HECTOR_OK ? "},'scopes_complete':true,'requests':0,'bytes':0"
                                       : "},'scopes_complete':false,'requests':0,'bytes':0");
    if (code != HECTOR_OK)
        hector_put(call, ",'error':{'cause':-#,'reason':$,'message':$}", (size_t)-call->cause,
                   call->reason, call->message);
    hector_put(call, "}");
    hector_emit(call);
    return hector_code_of(call, assets);
}
#endif
