/*
 * host.c - the host of the unit tests: collects documents, hands out secrets, cancels and refuses.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "host.h"
#include "base/utf8.h"

#include <string.h>

#include <CUnit/CUnit.h>

/* Fails the test when the plugin passes a secret to the host. */
static void check_no_secret(const struct test_host *host, const char *text, size_t size)
{
    const char *const secrets[] = {host->token, host->password};

    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        if (secrets[i] != NULL && *secrets[i] != '\0') {
            CU_ASSERT_PTR_NULL(memmem(text, size, secrets[i], strlen(secrets[i])));
        }
    }
}

static int32_t take_document(void *context, const char *document, size_t size)
{
    static const char lead[] = "{\"kind\":\"";
    struct test_host *host = context;
    struct json_object *text = json_object_new_string_len(document, (int)size);
    struct json_object *parsed = json_tokener_parse(json_object_get_string(text));

    CU_ASSERT_TRUE(size > strlen(lead) && memcmp(document, lead, strlen(lead)) == 0);
    CU_ASSERT_TRUE(json_object_is_type(parsed, json_type_object));
    CU_ASSERT_PTR_NULL(memchr(document, '\n', size));
    CU_ASSERT_PTR_NULL(memchr(document, '\0', size));
    check_no_secret(host, document, size);
    json_object_array_add(host->texts, text);
    json_object_array_add(host->documents, parsed);
    host->cancel = host->cancel || json_object_array_length(host->texts) == host->cancel_at;
    return json_object_array_length(host->texts) == host->refuse_at;
}

static void take_log(void *context, uint32_t level, const char *text, size_t size)
{
    struct test_host *host = context;

    host->log_lines++;
    if (size > 11 &&
        (memcmp(text, "sent again ", 11) == 0 || memcmp(text, "read again:", 11) == 0)) {
        host->repeat_lines++;
    }
    check_no_secret(host, text, size);
    if (level <= HECTOR_LOG_WARNING) {
        utf8_copy(host->warning, sizeof(host->warning), text, size);
    }
}

static void take_progress(void *context, const char *phase, size_t size, uint64_t done,
                          uint64_t total)
{
    struct test_host *host = context;

    CU_ASSERT_EQUAL(strlen(phase), size);
    check_no_secret(host, phase, size);
    CU_ASSERT_PTR_NULL(progress_rule_take(&host->progress, phase, size, done, total));
    host->progress_calls++;
    if (strncmp(phase, "waiting:", 8) == 0) {
        utf8_copy(host->waiting, sizeof(host->waiting), phase, size);
    }
}

static int32_t report_cancelled(void *context)
{
    struct test_host *host = context;

    host->cancel_polls++;
    return host->cancel;
}

static int64_t report_secret(void *context, const char *name, size_t name_size, char *buffer,
                             size_t capacity)
{
    struct test_host *host = context;
    const char *secret = NULL;

    host->secrets_asked++;
    CU_ASSERT_EQUAL(strlen(name), name_size);
    if (strcmp(name, "token") == 0 || strcmp(name, "access_key") == 0) {
        secret = host->token;
    } else if (strcmp(name, "password") == 0 || strcmp(name, "forticloud_password") == 0) {
        secret = host->password;
    }
    if (secret == NULL) {
        return -1;
    }
    if (strlen(secret) <= capacity) {
        memcpy(buffer, secret, strlen(secret));
    }
    return (int64_t)strlen(secret);
}

void host_begin(struct test_host *host)
{
    *host = (struct test_host){
        .table = {.struct_size = sizeof(struct hector_host),
                  .log_level = HECTOR_LOG_DEBUG,
                  .context = host,
                  .emit = take_document,
                  .log = take_log,
                  .progress = take_progress,
                  .cancelled = report_cancelled,
                  .secret = report_secret},
        .limits = LIMITS_DEFAULT,
        .documents = json_object_new_array(),
        .texts = json_object_new_array(),
    };
    host->limits.connect_ms = 30000;
    host->limits.grace_ms = 30000;
    host->limits.backoff_ms = 1;
    host->limits.backoff_max_ms = 4;
    host->limits.refused_pause_ms = 1;
    host->limits.forticloud_repeat_ms = 1;
    CU_ASSERT_EQUAL(operation_begin(&host->operation, &host->table, &host->limits, &host->failure),
                    HECTOR_OK);
}

void host_end(struct test_host *host)
{
    CU_ASSERT_TRUE(host->operation.repeats <= host->repeat_lines);
    CU_ASSERT_EQUAL(host->operation.replies.used, 0);
    operation_end(&host->operation);
    json_object_put(host->request);
    json_object_put(host->documents);
    json_object_put(host->texts);
}

void host_settings(struct test_host *host, const char *request)
{
    int32_t code;

    json_object_put(host->request);
    host->request = NULL;
    code = settings_parse_request(&host->operation, request, strlen(request), &host->request,
                                  &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
    code = settings_read(&host->operation, host->request, &host->settings, &host->failure);
    CU_ASSERT_EQUAL(code, HECTOR_OK);
}

static bool is_kind(struct json_object *document, const char *kind)
{
    return kind == NULL ||
           strcmp(json_object_get_string(json_object_object_get(document, "kind")), kind) == 0;
}

size_t host_count(const struct test_host *host, const char *kind)
{
    size_t count = 0;

    for (size_t i = 0; i < json_object_array_length(host->documents); i++) {
        count += is_kind(json_object_array_get_idx(host->documents, i), kind) ? 1 : 0;
    }
    return count;
}

/* The index of the `nth` document of a kind among all; the number of all documents when there is
 * none. */
static size_t place_of(const struct test_host *host, const char *kind, size_t nth)
{
    size_t i = 0, count = json_object_array_length(host->documents);

    for (; i < count; i++) {
        if (is_kind(json_object_array_get_idx(host->documents, i), kind) && nth-- == 0) {
            break;
        }
    }
    return i;
}

const char *host_text(const struct test_host *host, const char *kind, size_t nth)
{
    struct json_object *text = json_object_array_get_idx(host->texts, place_of(host, kind, nth));

    return text != NULL ? json_object_get_string(text) : "";
}

const char *host_value(const struct test_host *host, const char *kind, size_t nth,
                       const char *pointer)
{
    struct json_object *value = NULL,
                       *document =
                           json_object_array_get_idx(host->documents, place_of(host, kind, nth));

    if (document == NULL || json_pointer_get(document, pointer, &value) != 0 || value == NULL) {
        return "";
    }
    return json_object_is_type(value, json_type_string)
               ? json_object_get_string(value)
               : json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);
}
