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

static void write_text(const char *text, struct buffer *out)
{
    json_write_string(out, NULL, text != NULL ? text : "");
}

/*
 * Writes a setting in one canonical form, whatever the order or defaults in the document: an array
 * of its texts.
 */
static void write_setting(const struct settings *settings, const struct setting *row,
                          enum choice system, struct buffer *out)
{
    const void *member = (const char *)settings + row->member;
    struct setting_value value;
    char url[ADDRESS_TEXT_MAX];

    json_write_array(out, row->key);
    if (row->type == SETTING_TEXT || row->type == SETTING_PEM) {
        write_text(*(const char *const *)member, out);
    } else if (row->type == SETTING_ADDRESS) {
        address_format(member, url, sizeof(url));
        write_text(url, out);
    } else if (row->type == SETTING_BOOLEAN) {
        json_write_boolean(out, NULL, *(const bool *)member);
    } else if (row->type == SETTING_INTEGER) {
        json_write_integer(out, NULL, *(const int32_t *)member);
    } else if (row->type == SETTING_LIST) {
        struct json_object *list = *(struct json_object *const *)member;

        for (size_t i = 0; i < json_count(list); i++) {
            write_text(json_text(json_element(list, i)), out);
        }
    }
    for (size_t i = 0; setting_value(row, i, &value); i++) {
        if (setting_applies(value.sources, system) &&
            *(const bool *)((const char *)settings + value.member)) {
            write_text(value.id, out);
        }
    }
    for (size_t i = 0; row->type == SETTING_ATTRIBUTES && i < settings->meta_count; i++) {
        json_write_array(out, NULL);
        write_text(settings->meta[i], out);
        json_write_array_end(out);
    }
    json_write_array_end(out);
}

int32_t settings_digest(struct operation *operation, const struct settings *settings,
                        enum choice system, char ret[static 72], struct failure *failure)
{
    struct buffer text = BUFFER(HECTOR_REQUEST_MAX);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    json_write_object(&text, NULL);
    json_write_optional(&text, "system", setting_choice_id(system));
    for (size_t i = 0; setting_at(i) != NULL; i++) {
        const struct setting *row = setting_at(i);

        if (row->digest == DIGEST_LISTING ? setting_applies(row->sources, system)
                                          : row->digest == DIGEST_SYNC && system == CHOICE_NONE) {
            write_setting(settings, row, system, &text);
        }
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
