/*
 * fuzz_settings.c - the request of an operation with its settings, as a host passes it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "net/certificate.h"
#include "settings/digest.h"
#include "settings/unknown_keys.h"
#include "json/json_read.h"

static int32_t count_key(void *context, const char *key, const char *meant, struct failure *failure)
{
    (void)failure;
    fuzz_check_text(key);
    FUZZ_CHECK(meant == NULL || strcmp(meant, key) != 0);
    ++*(size_t *)context;
    return HECTOR_OK;
}

static void check_text(const char *text, size_t most)
{
    if (text != NULL) {
        FUZZ_CHECK(*text != '\0' && strlen(text) <= most && strpbrk(text, "\r\n") == NULL);
    }
}

/* Ranges that the rest of the plugin relies on. */
static void check_ranges(const struct settings *settings)
{
    bool any = false;

    for (int i = 0; i < DEVICE_TYPE_COUNT; i++) {
        any = any || settings->device_types[i];
    }
    FUZZ_CHECK(any);
    FUZZ_CHECK(settings->attributes[ATTRIBUTE_serial_number]);
    FUZZ_CHECK(settings->proxy_batch >= 1 && settings->proxy_batch <= 50);
    FUZZ_CHECK(settings->timeout_s >= 5 && settings->timeout_s <= 600);
    FUZZ_CHECK(settings->meta_count <= META_VALUES_MAX);
    for (size_t i = 0; i < settings->meta_count; i++) {
        check_text(settings->meta[i], NAME_MAX_BYTES);
        FUZZ_CHECK(settings->meta[i] != NULL);
        FUZZ_CHECK(i == 0 || strcmp(settings->meta[i - 1], settings->meta[i]) < 0);
    }
    check_text(settings->username, 128);
    check_text(settings->proxy, 512);
    check_text(settings->ca_file, 4096);
    check_text(settings->user_agent, 128);
    check_text(settings->egress_address, 64);
    FUZZ_CHECK(settings->pinned_public_key == NULL ||
               (certificate_pin_valid(settings->pinned_public_key) &&
                strlen(settings->pinned_public_key) == 52));
    FUZZ_CHECK(settings->address.https || settings->allow_loopback);
    for (size_t i = 0; i < json_count(settings->adoms); i++) {
        check_text(json_text(json_element(settings->adoms, i)), NAME_MAX_BYTES);
    }
}

/* No stored setting may be a secret. */
static void check_no_secret(const struct settings *settings)
{
    static const char *const keys[] = {"token", "password", "api_key", "secret"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        FUZZ_CHECK(json_member(settings->document, keys[i]) == NULL);
    }
}

/* The same settings, written again, have the same digest. */
static void check_again(struct fuzz_host *host)
{
    struct settings again;
    struct json_object *request = NULL;
    char digest[72] = "", digest_again[72] = "";
    char *text = strdup(json_object_to_json_string_ext(host->request, JSON_C_TO_STRING_PLAIN));

    FUZZ_CHECK(text != NULL);
    FUZZ_CHECK(settings_digest(&host->operation, &host->settings, CHOICE_NONE, digest,
                               &host->failure) == HECTOR_OK);
    FUZZ_CHECK(strlen(digest) == 71);
    FUZZ_CHECK(settings_parse_request(&host->operation, text, strlen(text), &request,
                                      &host->failure) == HECTOR_OK);
    FUZZ_CHECK(settings_read(&host->operation, request, &again, &host->failure) == HECTOR_OK);
    FUZZ_CHECK(settings_digest(&host->operation, &again, CHOICE_NONE, digest_again,
                               &host->failure) == HECTOR_OK);
    FUZZ_CHECK(strcmp(digest, digest_again) == 0);
    json_object_put(request);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_host host;
    char *text = fuzz_text((struct fuzz_input){(const char *)data, size});
    size_t unknown = 0;
    int32_t code;

    fuzz_host_begin(&host, data, size);
    code = settings_parse_request(&host.operation, text, size, &host.request, &host.failure);
    if (code == HECTOR_OK) {
        code = settings_read(&host.operation, host.request, &host.settings, &host.failure);
    }
    fuzz_check_failure(code, &host.failure);
    FUZZ_CHECK(code == HECTOR_OK || code == HECTOR_CONFIG);
    if (code == HECTOR_OK) {
        check_ranges(&host.settings);
        check_no_secret(&host.settings);
        FUZZ_CHECK(settings_unknown_keys(&host.settings, HECTOR_OK, count_key, &unknown,
                                         &host.failure) == HECTOR_OK);
        FUZZ_CHECK(unknown <= (size_t)json_object_object_length(host.settings.document));
        check_again(&host);
    }
    fuzz_host_end(&host);
    free(text);
    return 0;
}
