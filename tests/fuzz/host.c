/*
 * host.c - the host of the fuzz targets: checks each document, log line and error as it arrives.
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE 1 /* memmem */

#include "host.h"

#include <stdio.h>
#include <string.h>

#include "catalogue/device.h"
#include "catalogue/endpoint_serial.h"
#include "json/json_read.h"

const char FUZZ_ALL_SETTINGS[] =
    "{\"settings\":{\"url\":\"https://192.0.2.1\",\"live_status\":\"when_needed\",\"attributes\":["
#define ATTRIBUTE(id, ...) "\"" #id "\","
#include "catalogue/attributes.def"
#undef ATTRIBUTE
    "\"meta.site\"]}}";

void fuzz_check_text(const char *text)
{
    FUZZ_CHECK(fuzz_is_utf8(text, strlen(text)));
}

static bool known_code(int32_t code)
{
    return code >= HECTOR_ABI && code <= HECTOR_PARTIAL;
}

void fuzz_check_failure(int32_t code, const struct failure *failure)
{
    FUZZ_CHECK(known_code(code));
    if (code == HECTOR_OK) {
        return;
    }
    FUZZ_CHECK(failure->cause < HECTOR_OK && known_code(failure->cause));
    FUZZ_CHECK(code == failure->cause || code == HECTOR_PARTIAL);
    FUZZ_CHECK(memchr(failure->message, '\0', sizeof(failure->message)) != NULL);
    FUZZ_CHECK(memchr(failure->detail, '\0', sizeof(failure->detail)) != NULL);
    FUZZ_CHECK(memchr(failure->field, '\0', sizeof(failure->field)) != NULL);
    FUZZ_CHECK(failure->message[0] != '\0');
    fuzz_check_text(failure->message);
    fuzz_check_text(failure->detail);
    fuzz_check_text(failure->field);
    /* No input may cause HECTOR_INTERNAL, which stands for a defect of the plugin. */
    FUZZ_CHECK(code != HECTOR_INTERNAL);
}

/* ---- documents */

static void check_no_secret(const struct fuzz_host *host, const char *text, size_t size)
{
    if (!host->echoes) {
        FUZZ_CHECK(memmem(text, size, FUZZ_TOKEN, strlen(FUZZ_TOKEN)) == NULL);
        FUZZ_CHECK(memmem(text, size, FUZZ_PASSWORD, strlen(FUZZ_PASSWORD)) == NULL);
    }
}

static bool shown(const char *text)
{
    return text != NULL && text[strspn(text, " \t\r\n")] != '\0';
}

#define COVERED 1

/* The record of the scope and device type that a document names. */
static uint32_t *scope_of(struct fuzz_host *host, struct json_object *document, bool *ret_new)
{
    const char *scope = json_member_text(document, "scope");
    const char *type = json_member_text(document, "device_type");
    char key[2048];
    uint32_t *state = NULL;

    FUZZ_CHECK(shown(scope) && shown(type));
    FUZZ_CHECK((size_t)snprintf(key, sizeof(key), "%s %s", type, scope) < sizeof(key));
    FUZZ_CHECK(strmap_put(&host->scopes, key, 0, &state, ret_new) != NULL);
    return state;
}

static uint64_t number_of(struct json_object *object, const char *key)
{
    int64_t number = -1;

    FUZZ_CHECK(json_member_integer(object, key, &number) && number >= 0);
    return (uint64_t)number;
}

/* One for each scope and type, after its last asset. */
static void take_coverage(struct fuzz_host *host, struct json_object *document)
{
    bool added = false;
    uint32_t *state = scope_of(host, document, &added);
    bool complete = json_member_true(document, "complete");

    FUZZ_CHECK(*state != COVERED);
    FUZZ_CHECK(complete == (json_member(document, "reason") == NULL));
    FUZZ_CHECK(complete || shown(json_member_text(document, "message")));
    *state = COVERED;
    host->uncovered -= added ? 0 : 1;
    host->coverages++;
    host->complete += complete ? 1 : 0;
    /* A scope that is complete without a unit delivers nothing. */
    host->delivered = host->delivered || (complete && number_of(document, "units") > 0);
}

/* The device type of an id; OTHER for any that no asset may have. */
static enum device_type type_of(const char *id)
{
    enum device_type type = 0;

    while (type < OTHER && strcmp(device_type_id(type), id) != 0) {
        type++;
    }
    return type;
}

static void take_asset(struct fuzz_host *host, struct json_object *document)
{
    struct json_object *manager = json_member_object(document, "manager");
    const char *serial = json_member_text(document, "sync_key");
    enum device_type type = type_of(json_member_text(document, "device_type"));
    bool added = false, first = false;

    FUZZ_CHECK(*scope_of(host, document, &first) != COVERED);
    host->uncovered += first ? 1 : 0;
    if (json_member_is(document, "device_type", "endpoint")) {
        char same[ENDPOINT_SERIAL_MAX + 1];

        FUZZ_CHECK(endpoint_serial(serial, same) && strcmp(serial, same) == 0);
        FUZZ_CHECK(strlen(serial) >= 5 && strlen(serial) <= 64);
    } else {
        FUZZ_CHECK(serial != NULL && device_serial_valid(serial));
        FUZZ_CHECK(strlen(serial) >= 8 && strlen(serial) <= 32);
    }
    FUZZ_CHECK(strmap_put(&host->serials, serial, 0, NULL, &added) != NULL && added);
    FUZZ_CHECK(type != OTHER);
    host->assets[type]++;
    FUZZ_CHECK(shown(json_member_text(document, "title")));
    FUZZ_CHECK(strlen(json_member_text(document, "title")) <= TITLE_MAX);
    FUZZ_CHECK(type == ENDPOINT || /* which may not report its hardware */
               shown(json_member_text(json_member_object(document, "part"), "model")));
    FUZZ_CHECK(json_member_object(document, "attributes") != NULL);
    if (manager != NULL) {
        struct json_object *serials = json_member_array(manager, "serials");

        FUZZ_CHECK(shown(json_member_text(manager, "name")));
        for (size_t i = 0; i < json_count(serials); i++) {
            FUZZ_CHECK(device_serial_valid(json_text(json_element(serials, i))));
        }
    }
}

/* What no unit of the run has: after the coverages, each once, by serial. */
static void take_unmatched(struct fuzz_host *host, struct json_object *document)
{
    const char *serial = json_member_text(document, "serial_number");
    char key[sizeof(host->last_unmatched)];

    FUZZ_CHECK(serial != NULL && device_serial_valid(serial));
    FUZZ_CHECK(host->uncovered == 0 && strmap_find(&host->serials, serial) == NULL);
    FUZZ_CHECK(type_of(json_member_text(document, "device_type")) != OTHER);
    FUZZ_CHECK((size_t)snprintf(key, sizeof(key), "%s %s", json_member_text(document, "enrichment"),
                                serial) < sizeof(key));
    FUZZ_CHECK(strcmp(host->last_unmatched, key) < 0); /* of asset_management, then of fortiflex */
    memcpy(host->last_unmatched, key, sizeof(key));
    host->unmatched++;
}

/* No unit gets lost: each one seen is an asset, skipped for a reason, or a duplicate. */
static void take_summary(struct fuzz_host *host, struct json_object *document)
{
    struct json_object *types = json_member_object(document, "device_types");

    host->summaries++;
    FUZZ_CHECK(host->uncovered == 0 || !host->scopes_reported);
    json_object_object_foreach(types, id, counts) {
        uint64_t seen = number_of(counts, "seen"), assets = number_of(counts, "assets");
        uint64_t sum = assets + number_of(counts, "duplicates");
        struct json_object *skipped = json_member_object(counts, "skipped");
        enum device_type type = type_of(id);

        json_object_object_foreach(skipped, reason, count) {
            (void)count;
            sum += number_of(skipped, reason);
        }
        FUZZ_CHECK(seen == sum);
        FUZZ_CHECK(assets == (type != OTHER ? host->assets[type] : 0));
    }
}

static int32_t take_document(void *context, const char *text, size_t size)
{
    static const char lead[] = "{\"kind\":\"";
    struct fuzz_host *host = context;
    struct json_object *document;
    const char *kind;

    FUZZ_CHECK(host->summaries == 0); /* it comes last */
    FUZZ_CHECK(size > strlen(lead) && size <= DOCUMENT_MAX);
    FUZZ_CHECK(memcmp(text, lead, strlen(lead)) == 0);
    FUZZ_CHECK(memchr(text, '\n', size) == NULL && memchr(text, '\0', size) == NULL);
    FUZZ_CHECK(fuzz_is_utf8(text, size));
    check_no_secret(host, text, size);
    document = fuzz_parse(text, size);
    FUZZ_CHECK(json_object_is_type(document, json_type_object));
    kind = json_member_text(document, "kind");
    host->documents++;
    if (strcmp(kind, "asset") == 0) {
        take_asset(host, document);
    } else if (strcmp(kind, "coverage") == 0) {
        take_coverage(host, document);
    } else if (strcmp(kind, "summary") == 0) {
        take_summary(host, document);
    } else if (strcmp(kind, "unmatched") == 0) {
        take_unmatched(host, document);
    }
    json_object_put(document);
    return 0;
}

static void take_log(void *context, uint32_t level, const char *text, size_t size)
{
    (void)level;
    FUZZ_CHECK(size < LOG_LINE_MAX && memchr(text, '\n', size) == NULL);
    FUZZ_CHECK(fuzz_is_utf8(text, size));
    check_no_secret(context, text, size);
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct fuzz_host *host = context;

    FUZZ_CHECK(strlen(phase) == size);
    FUZZ_CHECK(progress_rule_take(&host->progress, phase, size, done, total) == NULL);
}

static int64_t report_secret(void *context, const char *name, size_t name_size, char *buffer,
                             size_t capacity)
{
    const struct fuzz_host *host = context;
    const char *secret = NULL;

    (void)name_size;
    if (strcmp(name, "token") == 0 && host->settings.username == NULL &&
        host->settings.forticloud_user == NULL) {
        secret = FUZZ_TOKEN;
    } else if (strcmp(name, "password") == 0 || strcmp(name, "forticloud_password") == 0 ||
               strcmp(name, "access_key") == 0) {
        secret = FUZZ_PASSWORD;
    }
    if (secret == NULL || strlen(secret) > capacity) {
        return -1;
    }
    memcpy(buffer, secret, strlen(secret));
    return (int64_t)strlen(secret);
}

/* ---- an operation */

static bool knows(const uint8_t *input, size_t size, const char *secret)
{
    return memmem(input, size, secret, strlen(secret)) != NULL;
}

void fuzz_host_begin(struct fuzz_host *host, const uint8_t *input, size_t size)
{
    *host = (struct fuzz_host){
        .table = {.struct_size = sizeof(struct hector_host),
                  .log_level = HECTOR_LOG_TRACE,
                  .context = host,
                  .emit = take_document,
                  .log = take_log,
                  .progress = take_progress,
                  .secret = report_secret},
        .limits = LIMITS_DEFAULT,
        /* A \u escape may stand for any letter of a secret. */
        .echoes = knows(input, size, FUZZ_TOKEN) || knows(input, size, FUZZ_PASSWORD) ||
                  knows(input, size, "\\u"),
    };
    host->limits.backoff_ms = host->limits.backoff_max_ms = 0;
    host->limits.refused_pause_ms = 0;
    host->limits.forticloud_repeat_ms = 0;
    FUZZ_CHECK(operation_begin(&host->operation, &host->table, &host->limits, &host->failure) ==
               HECTOR_OK);
}

void fuzz_host_end(struct fuzz_host *host)
{
    FUZZ_CHECK(host->operation.replies.used == 0);
    strmap_release(&host->serials);
    strmap_release(&host->scopes);
    operation_end(&host->operation);
    json_object_put(host->request);
}

void fuzz_host_settings(struct fuzz_host *host, const char *request)
{
    FUZZ_CHECK(settings_parse_request(&host->operation, request, strlen(request), &host->request,
                                      &host->failure) == HECTOR_OK);
    FUZZ_CHECK(settings_read(&host->operation, host->request, &host->settings, &host->failure) ==
               HECTOR_OK);
}

void fuzz_check_outcome(const struct fuzz_host *host, int32_t code)
{
    bool delivered = host->delivered;

    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        delivered = delivered || host->assets[type] > 0;
    }
    FUZZ_CHECK(host->summaries == 1);
    FUZZ_CHECK(code != HECTOR_OK || host->complete == host->coverages);
    FUZZ_CHECK(code != HECTOR_PARTIAL || delivered);
    FUZZ_CHECK(code >= HECTOR_OK || !delivered);
}

void fuzz_check_error(int32_t code, const struct hector_error *error)
{
    FUZZ_CHECK(known_code(code) && code != HECTOR_INTERNAL);
    FUZZ_CHECK((code == HECTOR_OK) == (error->reason[0] == '\0'));
    FUZZ_CHECK(memchr(error->field, '\0', sizeof(error->field)) != NULL);
    FUZZ_CHECK(memchr(error->message, '\0', sizeof(error->message)) != NULL);
    FUZZ_CHECK(memchr(error->detail, '\0', sizeof(error->detail)) != NULL);
    FUZZ_CHECK(code == HECTOR_OK || error->message[0] != '\0');
    FUZZ_CHECK(code >= HECTOR_OK || error->cause == code);
    FUZZ_CHECK(error->reserved == 0);
    fuzz_check_text(error->field);
    fuzz_check_text(error->message);
    fuzz_check_text(error->detail);
}
