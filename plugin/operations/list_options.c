/*
 * list_options.c - the operation list_options: the values that a setting may take.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/utf8.h"
#include "operations.h"
#include "sources/registry.h"
#include "json/json_read.h"
#include "json/json_write.h"

struct listing {
    struct operation *operation;
    const char *option, *filter; /* filter "" = all */
    int32_t left;
    bool more; /* values were left out because of the limit */
};

/*
 * True if `text` contains `filter`, without regard to the case of ASCII letters; strcasestr()
 * depends on the locale.
 */
static bool contains(const char *text, const char *filter)
{
    size_t most = strlen(text), size = strlen(filter), at = 0;

    while (at + size <= most && !utf8_same(text + at, filter, size)) {
        at++;
    }
    return at + size <= most;
}

/* Opens the document of a value; NULL if the filter or the limit excludes it. */
static struct buffer *open_option(struct listing *listing, const char *value, const char *label)
{
    if (!contains(value, listing->filter) && !contains(label, listing->filter)) {
        return NULL;
    }
    if (listing->left == 0) {
        listing->more = true;
        return NULL;
    }
    listing->left--;
    struct buffer *out = operation_document(listing->operation, "option");
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
    json_write_optional(out, "description", description);
    return operation_emit(listing->operation, failure);
}

static int32_t list_device_types(struct listing *listing, struct json_object *request,
                                 struct failure *failure)
{
    int32_t code = HECTOR_OK;

    (void)request;
    for (enum device_type type = FIREWALL; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        code = emit_option(listing, device_type_id(type),
                           operation_text(listing->operation, device_type_info(type)->plural), NULL,
                           failure);
    }
    return code;
}

/* Lists what only the remote system knows: ADOMs, custom fields. */
static int32_t list_remote(struct listing *listing, struct json_object *request,
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
    settings.adoms = NULL; /* all ADOMs, not those already chosen, whatever the device types */
    memset(settings.device_types, true, sizeof(settings.device_types));
    code = source_open(&call, &source, failure);
    if (code == HECTOR_OK && source->list_options == NULL) {
        operation_log(call.operation, HECTOR_LOG_INFO, "a %s has no ADOMs and custom fields",
                      source->product);
    } else if (code == HECTOR_OK) {
        call.inventory = inventory_new(call.operation, &settings, true);
        code = call.inventory != NULL ? source->list_options(&call, adoms, &sink, failure)
                                      : fail_memory(call.operation, failure);
        inventory_free(call.inventory);
    }
    http_close(call.http);
    return code;
}

static int32_t list_attributes(struct listing *listing, struct json_object *request,
                               struct failure *failure)
{
    enum language language = listing->operation->wording.language;
    int32_t code = HECTOR_OK;

    for (enum attribute i = 0; code == HECTOR_OK && i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info(i);
        struct buffer *out = open_option(listing, info->id, info->labels[language]);

        if (out != NULL) {
            json_write_string(out, "description", info->meanings[language]);
            operation_write_attribute(out, i);
            code = operation_emit(listing->operation, failure);
        }
    }
    /* Only an appliance knows the custom fields; without settings, the catalogue is all. */
    return code != HECTOR_OK || json_member(request, "settings") == NULL
               ? code
               : list_remote(listing, request, failure);
}

static const struct {
    const char *option;
    int32_t (*list)(struct listing *listing, struct json_object *request, struct failure *failure);
} OPTIONS[] = {
    {"device_types", list_device_types},
    {"adoms", list_remote},
    {"attributes", list_attributes},
};

int32_t list_options(struct operation *operation, struct json_object *request, int32_t code,
                     struct failure *failure)
{
    struct listing listing = {.operation = operation,
                              .option = json_member_text(request, "option")};
    size_t i = 0;

    if (code != HECTOR_OK || (code = settings_read_listing(operation, request, &listing.filter,
                                                           &listing.left, failure)) != HECTOR_OK) {
        return code;
    }
    while (i < COUNT(OPTIONS) && !json_member_is(request, "option", OPTIONS[i].option)) {
        i++;
    }
    if (i == COUNT(OPTIONS)) {
        return fail_field(operation, failure, "option", REASON_option_unknown,
                          ARGUMENTS(listing.option != NULL ? listing.option : "\"\""));
    }
    if ((code = OPTIONS[i].list(&listing, request, failure)) != HECTOR_OK) {
        return code;
    }
    struct buffer *out = operation_document(operation, "options_end");
    json_write_string(out, "option", listing.option);
    json_write_boolean(out, "more", listing.more);
    return operation_emit(operation, failure);
}
