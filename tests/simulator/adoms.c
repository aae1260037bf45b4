/*
 * adoms.c - /dvmdb/adom, with the devices inside each ADOM on request (section 3.4).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "adoms.h"

#include "devices.h"

#include <string.h>

#define AT(member) offsetof(struct adom, member)

static const struct value_name modes[] = {{0, "ems"}, {1, "gms"}, {2, "provider"}, {0, NULL}};

/*
 * [device_object_master_adom]: a string for one flag; a list for several, null for none (section
 * 3.2 on flags). As numbers, no_vpn_console is 8 in adom_root_rest; the other bits are made up.
 */
static void write_flags(struct text *text, const void *row, const struct query *query)
{
    const struct adom *adom = row;

    text_key(text, "flags");
    if (adom->per_device)
        text_literal(text, query->verbose
                               ? "[\"no_vpn_console\",\"per_device_wtp\",\"per_device_fsw\"]"
                               : "4360");
    else if (adom->mode == 1)
        text_literal(text, query->verbose ? "\"no_vpn_console\"" : "8");
    else
        text_literal(text, query->verbose ? "null" : "0");
}

/* [device_object_master_adom, adom_root_rest]: "fos" or 1. */
static void write_products(struct text *text, const void *row, const struct query *query)
{
    const struct adom *adom = row;

    text_key(text, "restricted_prds");
    if (query->verbose)
        text_string(text, adom->product);
    else
        text_integer(text, adom->product_bit);
}

static void write_version(struct text *text, const void *row, const struct query *query)
{
    (void)row;
    text_key(text, "os_ver");
    text_literal(text, query->verbose ? "\"7.0\"" : "7");
}

static void write_migration_version(struct text *text, const void *row, const struct query *query)
{
    (void)row;
    text_key(text, "mig_os_ver");
    text_literal(text, query->verbose ? "\"0.0\"" : "0");
}

#define FIXED(name_, json_)                                                                        \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_FIXED, .json = (json_)                                     \
    }
#define CUSTOM(name_, write_)                                                                      \
    {                                                                                              \
        .name = (name_), .kind = COLUMN_CUSTOM, .write = (write_)                                  \
    }

/* Columns: section 3.4, samples device_object_master_adom and adom_root_rest. */
static const struct column columns[] = {
    FIXED("create_time", "1700207435"),
    {.name = "desc", .kind = COLUMN_STRING, .offset = AT(description)},
    CUSTOM("flags", write_flags),
    FIXED("lock_override", "0"),
    FIXED("log_db_retention_hours", "1440"),
    FIXED("log_disk_quota", "0"),
    FIXED("log_disk_quota_alert_thres", "90"),
    FIXED("log_disk_quota_split_ratio", "70"),
    FIXED("log_file_retention_hours", "8760"),
    FIXED("logview_customize", "\"\""),
    FIXED("mig_mr", "0"),
    CUSTOM("mig_os_ver", write_migration_version),
    {.name = "mode", .kind = COLUMN_NAMED, .offset = AT(mode), .names = modes},
    FIXED("mr", "4"),
    {.name = "name", .kind = COLUMN_STRING, .offset = AT(name), .role = ROLE_ALWAYS},
    FIXED("obj_customize", "\"\""),
    {.name = "oid", .kind = COLUMN_NUMBER, .offset = AT(oid), .role = ROLE_ALWAYS},
    CUSTOM("os_ver", write_version),
    CUSTOM("restricted_prds", write_products),
    FIXED("state", "1"),
    FIXED("tab_status", "\"\""),
    {.name = "tz", .kind = COLUMN_FIXED, .json = "2", .since = 70400},
    FIXED("uuid", "\"210ecfa4-baed-51ee-a551-2efcb4f9a788\""),
    FIXED("workspace_mode", "0"),
};

static const char *const members[] = {"expand member", NULL};
static const char *const keys[] = {"name", "oid", NULL};

static const struct table adom_table = {.name = "adom",
                                        .columns = columns,
                                        .column_count = sizeof(columns) / sizeof(columns[0]),
                                        .members = members,
                                        .keys = keys};

/*
 * Section 2: "expand member": [{"url": "device", "fields": [...]}]. The devices inside have no
 * sub-tables in the one sample there is [adom_expand_member_devices].
 */
static int read_expand(struct query *devices, struct simulator *simulator,
                       struct json_object *param, bool verbose, bool *ret_expand)
{
    struct json_object *expand = NULL;
    struct json_object *first = NULL;
    const char *url;
    int code;

    if (!json_object_object_get_ex(param, "expand member", &expand))
        return STATUS_OK;
    if (json_object_is_type(expand, json_type_array) && json_object_array_length(expand) == 1)
        first = json_object_array_get_idx(expand, 0);
    url = json_object_get_string(json_object_object_get(first, "url"));
    if (first == NULL || url == NULL || strcmp(url, "device") != 0) {
        report_violation(&simulator->report, "adom: expand member is not one of url device");
        return STATUS_INVALID_PARAMETER;
    }
    code = query_read(devices, &device_table, simulator, first, verbose, FAULT_NONE);
    devices->loadsub = false;
    *ret_expand = true;
    return code;
}

static void write_expanded(const struct adom *adom, const struct query *devices, struct text *text)
{
    const struct rows *rows = &adom->devices_by_name;

    /* The row of an empty ADOM lacks the member, and so does that of one whose devices the account
     * may not see. */
    if (rows->count == 0 || simulator_denies(devices->simulator, "devices", adom->name))
        return;
    text_key(text, "expand member");
    text_open(text, '{');
    text_key(text, "device");
    text_open(text, '[');
    for (size_t i = 0; i < rows->count; i++)
        if (!((const struct device *)rows->items[i])->away)
            query_write_row(devices, rows->items[i], text);
    text_close(text, ']');
    text_close(text, '}');
}

static void write_expanded_rows(const struct query *query, const struct query *devices,
                                const struct rows *rows, struct text *text)
{
    text_key(text, "data");
    text_open(text, '[');
    for (size_t i = 0; i < rows->count; i++) {
        const struct adom *adom = query_row(query, rows, i);

        if (i < query->first || i - query->first >= query->limit)
            continue;
        query_write_row(query, adom, text);
        /* Reopens the row for one more member. */
        text->size--;
        write_expanded(adom, devices, text);
        text_close(text, '}');
    }
    text_close(text, ']');
}

int adoms_answer(struct simulator *simulator, struct json_object *param, bool verbose,
                 enum fault fault, struct text *text)
{
    struct query query;
    struct query devices;
    const struct rows *rows = &simulator->topology.adoms_by_name;
    bool expand = false;
    int code = query_read(&query, &adom_table, simulator, param, verbose, fault);

    if (code == STATUS_OK)
        code = read_expand(&devices, simulator, param, verbose, &expand);
    if (code != STATUS_OK)
        return code;
    if (query.sort_key >= 0 && strcmp(keys[query.sort_key], "oid") == 0)
        rows = &simulator->topology.adoms_by_oid;
    if (expand && !query.count)
        write_expanded_rows(&query, &devices, rows, text);
    else
        query_write(&query, rows, text);
    return STATUS_OK;
}
