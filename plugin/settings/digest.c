/*
 * digest.c - digests of the settings that affect a sync.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "digest.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "json/json_read.h"
#include "json/json_write.h"

/*
 * Writes what determines which units are listed, in one canonical form, whatever the order in the
 * document.
 */
static void write_listing(const struct settings *settings, bool one_fgt, struct buffer *out)
{
    json_write_boolean(out, "unauthorized", settings->include_unauthorized);
    if (one_fgt) { /* a FortiGate has neither ADOMs nor rows of devices */
        return;
    }
    json_write_array(out, "adoms");
    for (size_t i = 0; i < json_count(settings->adoms); i++) {
        json_write_string(out, NULL, json_text(json_element(settings->adoms, i)));
    }
    json_write_array_end(out);
    json_write_boolean(out, "log_only", settings->include_log_only);
    json_write_boolean(out, "model", settings->include_model);
}

/*
 * Writes all settings that affect the result of a sync in one canonical form, whatever the order or
 * defaults in the document. Omits fallback_url: both addresses are those of the same FortiManager.
 */
static void write_all(const struct settings *settings, struct buffer *out)
{
    char url[ADDRESS_TEXT_MAX];

    address_format(&settings->address, url, sizeof(url));
    json_write_string(out, "url", url);
    json_write_string(out, "username", settings->username != NULL ? settings->username : "");
    json_write_string(out, "forticloud_user",
                      settings->forticloud_user != NULL ? settings->forticloud_user : "");
    json_write_array(out, "device_types");
    for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
        if (settings->device_types[type]) {
            json_write_string(out, NULL, device_type_id(type));
        }
    }
    json_write_array_end(out);
    json_write_boolean(out, "synchronize_categories", settings->synchronize_categories);
    json_write_array(out, "attributes");
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i]) {
            json_write_string(out, NULL, attribute_info(i)->id);
        }
    }
    json_write_array_end(out);
    json_write_array(out, "meta");
    for (size_t i = 0; i < settings->meta_count; i++) {
        json_write_string(out, NULL, settings->meta[i]);
    }
    json_write_array_end(out);
    write_listing(settings, false, out);
    json_write_boolean(out, "live_status", settings->live_status);
    json_write_string(out, "source", settings->source != NULL ? settings->source : "auto");
}

int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        const char *system, char ret[static 72], struct failure *failure)
{
    struct buffer text = BUFFER(HECTOR_REQUEST_MAX);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    json_write_object(&text, NULL);
    if (system == NULL) {
        write_all(settings, &text);
    } else {
        json_write_string(&text, "system", system);
        write_listing(settings, strcmp(system, "fortigate") == 0, &text);
    }
    json_write_object_end(&text);
    int32_t code = fail_buffer(operation, failure, &text);
    if (code == HECTOR_OK &&
        EVP_Digest(text.data, text.size, hash, &size, EVP_sha256(), NULL) != 1) {
        code = fail_memory(operation, failure);
    }
    buffer_release(&text);
    memcpy(ret, "sha256:", sizeof("sha256:"));
    for (unsigned int i = 0; i < size; i++) {
        (void)snprintf(ret + 7 + (size_t)i * 2, 3, "%02x", hash[i]);
    }
    return code;
}
