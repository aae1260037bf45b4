/*
 * ems_expected.c - what a perfect client finds in an EMS, for the test.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The endpoints are what is true: nothing here reads a reply.
 */
#include "ems_expected.h"

#include "expected_parts.h"
#include "rows.h"

#include <stdlib.h>

/* Reasons why a row is no asset, as the plugin's slugs. */
static const char *reason_of(const struct endpoint *endpoint)
{
    if (endpoint->machine == NULL)
        return "unmanaged";
    switch (endpoint->machine->identity) {
    case MACHINE_SERIALLESS: return "serial_absent";
    case MACHINE_PLACEHOLDER: return "serial_placeholder";
    case MACHINE_SHARED: return "serial_shared";
    default: return NULL;
    }
}

static void put_scope(const struct ems *ems, struct text *text)
{
    char *scope = must_print("ems:%s", ems->options.site);

    text_string(text, scope);
    free(scope);
}

static void put_scopes(const struct ems *ems, struct text *text)
{
    text_key(text, "scopes");
    text_open(text, '[');
    put_scope(ems, text);
    text_close(text, ']');
}

static void put_attributes(const struct endpoint *endpoint, struct text *text)
{
    const struct machine *machine = endpoint->machine;

    text_key(text, "attributes");
    text_open(text, '{');
    expected_put_text(text, "serial_number", machine->key);
    expected_put_text(text, "name", endpoint->name);
    expected_put_text(text, "hostname", endpoint->name);
    expected_put_text(text, "manufacturer", machine->maker);
    expected_put_text(text, "model", machine->model);
    expected_put_text(text, "ip_address", machine->ip);
    expected_put_text(text, "mac_address", endpoint->mac);
    expected_put_text(text, "operating_system", machine->os);
    expected_put_text(text, "user", machine->user);
    expected_put_text(text, "agent_version", rows_fct_version(endpoint));
    expected_put_text(text, "group", rows_group(endpoint));
    expected_put_text(text, "connection_status", endpoint->online ? "up" : "down");
    expected_put_time(text, "last_seen", endpoint->last_seen);
    text_close(text, '}');
}

static void put_row(const struct ems *ems, const struct endpoint *endpoint, struct text *text)
{
    const struct machine *machine = endpoint->machine;
    const char *reason = reason_of(endpoint);

    text_open(text, '{');
    expected_put(text, "device_type", "endpoint");
    expected_put(text, "serial",
                 machine == NULL || machine->serial[0] == '\0' ? NULL
                 : machine->key[0] != '\0'                     ? machine->key
                                                               : machine->serial);
    expected_put(text, "title", endpoint->name);
    expected_put(text, "maker", machine != NULL ? machine->maker : NULL);
    expected_put(text, "model", machine != NULL ? machine->model : NULL);
    expected_put(text, "reason", reason);
    expected_put(text, "manager", NULL);
    text_key(text, "log_only");
    text_boolean(text, false);
    put_scopes(ems, text);
    if (reason == NULL)
        put_attributes(endpoint, text);
    text_key(text, "live");
    text_literal(text, "{}");
    text_close(text, '}');
}

/* Which list a row is in. */
enum listing { LISTING_ASSETS, LISTING_NO_ASSETS, LISTING_OLDER };

static enum listing listing_of(const struct ems *ems, const struct endpoint *endpoint)
{
    if (endpoint->stale)
        return LISTING_OLDER;
    return reason_of(endpoint) == NULL && ems->options.hardware != HARDWARE_NONE
               ? LISTING_ASSETS
               : LISTING_NO_ASSETS;
}

static void put_rows(const struct ems *ems, const char *key, enum listing listing,
                     struct text *text)
{
    text_key(text, key);
    text_open(text, '[');
    for (size_t i = 0; i < ems->endpoints.count; i++)
        if (listing_of(ems, &ems->endpoints.items[i]) == listing)
            put_row(ems, &ems->endpoints.items[i], text);
    text_close(text, ']');
}

static void put_moving(const struct ems *ems, struct text *text)
{
    text_key(text, "moving");
    text_open(text, '[');
    for (size_t i = 0; i < ems->endpoints.count; i++)
        if (ems->endpoints.items[i].moves)
            text_string(text, ems->endpoints.items[i].machine->key);
    text_close(text, ']');
}

static void put_system(const struct ems *ems, struct text *text)
{
    text_key(text, "system");
    text_open(text, '{');
    expected_put(text, "serial", EMS_SERIAL);
    text_key(text, "serials");
    text_open(text, '[');
    text_string(text, EMS_SERIAL);
    text_close(text, ']');
    expected_put(text, "hostname", NULL);
    expected_put(text, "version", ems_version_name(ems));
    text_close(text, '}');
}

static void put_scope_list(const struct ems *ems, struct text *text)
{
    text_key(text, "scopes");
    text_open(text, '[');
    text_open(text, '{');
    text_key(text, "scope");
    put_scope(ems, text);
    expected_put(text, "device_type", "endpoint");
    text_close(text, '}');
    text_close(text, ']');
}

static size_t count_managed(const struct ems *ems)
{
    size_t count = 0;

    for (size_t i = 0; i < ems->endpoints.count; i++)
        count += ems->endpoints.items[i].machine != NULL ? 1 : 0;
    return count;
}

char *ems_expected_write(const struct ems *ems)
{
    static const char *const empty[] = {"dead_fgts", "adoms", "refused", "incomplete", NULL};
    struct text text = {NULL, 0, 0};

    text_open(&text, '{');
    put_system(ems, &text);
    put_rows(ems, "units", LISTING_ASSETS, &text);
    put_rows(ems, "not_assets", LISTING_NO_ASSETS, &text);
    put_rows(ems, "double_listed", LISTING_OLDER, &text);
    put_moving(ems, &text);
    put_scope_list(ems, &text);
    for (size_t i = 0; empty[i] != NULL; i++) {
        text_key(&text, empty[i]);
        text_literal(&text, "[]");
    }
    text_key(&text, "types");
    text_literal(&text, "[\"endpoint\"]");
    text_key(&text, "managed");
    text_integer(&text, (int64_t)count_managed(ems));
    text_key(&text, "total");
    text_integer(&text, (int64_t)ems->endpoints.count);
    text_close(&text, '}');
    text_put(&text, "\n");
    return text_steal(&text);
}
