/*
 * list_options.c - the operation list_options: the values that a setting may take.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/vector.h"
#include "net/http.h"
#include "operations.h"
#include "settings/settings.h"
#include "sources/registry.h"
#include "json/json_read.h"
#include "json/json_write.h"

struct listing {
    struct operation *operation;
    const char *option, *filter; /* filter "" = all */
    int64_t left;
    bool more; /* values were left out because of the limit */
};

/*
 * True if `text` contains `filter`, without regard to the case of ASCII letters; strcasestr()
 * depends on the locale.
 */
static bool contains(const char *text, const char *filter)
{
    for (;; text++) {
        size_t i = 0;

        for (; filter[i] != '\0'; i++) {
            char a = text[i], b = filter[i];

            a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
            b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
            if (a != b) {
                break;
            }
        }
        if (filter[i] == '\0') {
            return true;
        }
        if (*text == '\0') {
            return false;
        }
    }
}

/* Opens the document of a value; NULL if the filter or the limit excludes it. */
static struct buffer *open_option(struct listing *listing, const char *value, const char *label)
{
    struct buffer *out;

    if (!contains(value, listing->filter) && !contains(label, listing->filter)) {
        return NULL;
    }
    if (listing->left == 0) {
        listing->more = true;
        return NULL;
    }
    listing->left--;
    out = operation_document(listing->operation, "option");
    json_write_string(out, "option", listing->option);
    json_write_string(out, "value", value);
    json_write_string(out, "label", label);
    return out;
}

static int32_t emit_option(void *context, const char *value, const char *label,
                           const char *description, struct failure *failure)
{
    struct listing *listing = context;
    struct buffer *out = open_option(listing, value, label);

    if (out == NULL) {
        return HECTOR_OK;
    }
    if (description != NULL) {
        json_write_string(out, "description", description);
    }
    return operation_emit(listing->operation, failure);
}

static int32_t list_device_types(struct listing *listing, struct json_object *request,
                                 struct failure *failure)
{
    (void)request;
    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        int32_t code = emit_option(listing, device_type_id((enum device_type)type),
                                   message_template(listing->operation->wording.language,
                                                    device_type_plural((enum device_type)type)),
                                   NULL, failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* Lists what only the remote system knows: ADOMs, custom fields. */
static int32_t list_live(struct listing *listing, struct json_object *request,
                         struct failure *failure)
{
    struct settings settings;
    struct source_call call = {.operation = listing->operation, .settings = &settings};
    struct option_sink sink = {listing, emit_option};
    const struct source *source = NULL;
    bool adoms = strcmp(listing->option, "adoms") == 0;
    int32_t code = settings_read(listing->operation, request, &settings, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    settings.adoms = NULL; /* all ADOMs, not those already chosen */
    if ((code = source_open(&call, &source, failure)) != HECTOR_OK) {
        goto out;
    }
    code = (adoms ? source->list_adoms : source->list_meta)(&call, &sink, failure);
out:
    http_close(call.http);
    return code;
}

static int32_t list_attributes(struct listing *listing, struct json_object *request,
                               struct failure *failure)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        struct buffer *out =
            open_option(listing, info->id, info->labels[listing->operation->wording.language]);
        int32_t code;

        if (out == NULL) {
            continue;
        }
        json_write_string(out, "description", info->meanings[listing->operation->wording.language]);
        attribute_write(out, info);
        if ((code = operation_emit(listing->operation, failure)) != HECTOR_OK) {
            return code;
        }
    }
    /* Only an appliance knows the custom fields; without settings, the catalogue is all. */
    return json_member(request, "settings") != NULL ? list_live(listing, request, failure)
                                                    : HECTOR_OK;
}

static const struct {
    const char *option;
    int32_t (*list)(struct listing *listing, struct json_object *request, struct failure *failure);
} OPTIONS[] = {
    {"device_types", list_device_types},
    {"adoms", list_live},
    {"attributes", list_attributes},
};

static int32_t emit_end(struct listing *listing, struct failure *failure)
{
    struct buffer *out = operation_document(listing->operation, "options_end");

    json_write_string(out, "option", listing->option);
    json_write_boolean(out, "more", listing->more);
    return operation_emit(listing->operation, failure);
}

int32_t list_options(struct operation *operation, struct json_object *request, int32_t code,
                     struct failure *failure)
{
    const char *option = json_member_text(request, "option");
    const char *filter = json_member_text(request, "filter");
    struct listing listing = {operation, option, filter != NULL ? filter : "", OPTIONS_MAX, false};
    char range[MESSAGE_MAX];

    if (code != HECTOR_OK) {
        return code;
    }
    if (json_member(request, "limit") != NULL &&
        (!json_member_integer(request, "limit", &listing.left) || listing.left < 1 ||
         listing.left > OPTIONS_MAX)) {
        operation_sentence(operation, range, sizeof(range), LABEL_expected_integer,
                           ARGUMENTS("1 - 10000"));
        return fail_field(operation, failure, "limit", REASON_setting_invalid,
                          ARGUMENTS("limit", range, "100"));
    }
    for (size_t i = 0; option != NULL && i < COUNT(OPTIONS); i++) {
        if (strcmp(option, OPTIONS[i].option) == 0) {
            code = OPTIONS[i].list(&listing, request, failure);
            return code != HECTOR_OK ? code : emit_end(&listing, failure);
        }
    }
    return fail_field(operation, failure, "option", REASON_option_unknown,
                      ARGUMENTS(option != NULL ? option : "\"\""));
}
