/*
 * fields.c - which fields of FortiManager's rows a run requests, and for which attribute.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fields.h"

#include "columns.h"
#include "kinds.h"
#include "json/json_write.h"

/*
 * Of a device, beside the columns and the counters. Not listed here: the sub-tables ha_slave and
 * vdom come regardless of `fields`.
 */
static const char *const DEVICE_FIELDS[] = {"oid", "os_type", "flags", NULL};

bool fmg_ids_are_serials(int32_t version)
{
    return version != 0 && version < FMG_VERSION(7, 4, 0);
}

bool fmg_knows_switch_sn(int32_t version)
{
    return version == 0 || version >= FMG_VERSION(7, 4, 3);
}

/* Begins a JSON array with the fields that are always requested. */
static struct buffer begin(const char *const *names, enum device_type type)
{
    struct buffer out = BUFFER(FMG_FIELDS_MAX);

    json_write_array(&out, NULL);
    for (; *names != NULL; names++) {
        json_write_string(&out, NULL, *names);
    }
    columns_fields(&fmg_always_columns, type, NULL, &out);
    return out;
}

struct buffer fmg_fields_device(const struct settings *settings, bool need_managed_sn)
{
    struct buffer out = begin(DEVICE_FIELDS, FIREWALL);

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        json_write_optional(&out, NULL,
                            settings->device_types[type] ? fmg_kinds[type].counter : NULL);
    }
    json_write_optional(&out, NULL, need_managed_sn ? "managed_sn" : NULL);
    json_write_optional(&out, NULL, settings->meta_count > 0 ? "meta fields" : NULL);
    columns_fields(&fmg_device_columns, FIREWALL, settings->attributes, &out);
    columns_fields(&fmg_own_columns, FIREWALL, settings->attributes, &out);
    json_write_array_end(&out);
    return out;
}

struct buffer fmg_fields_unit(enum device_type type, int32_t version)
{
    struct buffer out = begin(fmg_kinds[type].fields, type);

    json_write_optional(&out, NULL,
                        fmg_knows_switch_sn(version) ? fortios_kinds[type].serial : NULL);
    json_write_array_end(&out);
    return out;
}
