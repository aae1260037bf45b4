/*
 * entitlements.c - the entitlements of FortiFlex, the best of each serial in one record.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entitlements.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "json/json_read.h"

/* The text of a 64-bit number. */
struct id_text {
    char text[24];
};

/* Reads the id of a configuration; false if there is none. */
static bool read_id(struct json_object *row, const char *key, struct id_text *ret)
{
    int64_t id = 0;

    if (!json_member_integer(row, key, &id)) {
        return false;
    }
    (void)snprintf(ret->text, sizeof(ret->text), "%" PRId64, id);
    return true;
}

/* Maps the ids of configurations to the numbers of their names. */
static enum forticloud_kept read_configs(struct forticloud_records *records,
                                         struct json_object *configs, struct strmap *ret)
{
    for (size_t i = 0; i < json_count(configs); i++) {
        struct json_object *row = json_element(configs, i);
        struct id_text id;
        uint16_t name;
        enum forticloud_kept kept =
            forticloud_records_keep(records, json_member_text(row, "name"), &name);

        if (kept != FORTICLOUD_KEPT) {
            return kept;
        }
        if (read_id(row, "id", &id) && strmap_put(ret, id.text, name, NULL, NULL) == NULL) {
            return FORTICLOUD_NO_MEMORY;
        }
    }
    return FORTICLOUD_KEPT;
}

static bool is_better(const struct forticloud_entitlement *entitlement,
                      const struct forticloud_entitlement *than)
{
    if (entitlement->in_force != than->in_force) {
        return entitlement->in_force;
    }
    return entitlement->end != than->end ? entitlement->end > than->end
                                         : entitlement->start > than->start;
}

/* Reads all but the serial. */
static enum forticloud_kept read_entitlement(struct forticloud_records *records,
                                             struct json_object *row, const struct strmap *names,
                                             struct forticloud_entitlement *ret)
{
    const char *status = json_member_text(row, "status");
    struct id_text id;
    const uint32_t *name = read_id(row, "configId", &id) ? strmap_find(names, id.text) : NULL;

    ret->start = forticloud_day_read(row, "startDate");
    ret->end = forticloud_day_read(row, "endDate");
    ret->in_force = status != NULL &&
                    (strcasecmp(status, "ACTIVE") == 0 || strcasecmp(status, "GRACE_PERIOD") == 0);
    ret->configuration = name != NULL ? (uint16_t)*name : 0;
    return forticloud_records_keep(records, status, &ret->status);
}

/* Reads one row with a usable serial. KEPT also if it is not better than the record there is. */
static enum forticloud_kept read_row(struct forticloud_records *records, struct json_object *row,
                                     const struct strmap *names, const char *serial)
{
    struct forticloud_entitlement entitlement = {.start = 0};
    enum forticloud_kept kept = read_entitlement(records, row, names, &entitlement);
    void *record;

    if (kept != FORTICLOUD_KEPT) {
        return kept;
    }
    kept = forticloud_records_add(records, serial, &record);
    if (kept == FORTICLOUD_KEPT || (kept == FORTICLOUD_KNOWN && is_better(&entitlement, record))) {
        memcpy(entitlement.serial, record, SERIAL_MAX);
        memcpy(record, &entitlement, sizeof(entitlement));
    }
    return kept == FORTICLOUD_KNOWN ? FORTICLOUD_KEPT : kept;
}

enum forticloud_kept forticloud_entitlements_read(struct forticloud_records *records,
                                                  struct json_object *configs,
                                                  struct json_object *rows, size_t *ret_broken)
{
    struct strmap names = {0};
    enum forticloud_kept kept = read_configs(records, configs, &names);

    *ret_broken = 0;
    for (size_t i = 0; kept == FORTICLOUD_KEPT && i < json_count(rows); i++) {
        struct json_object *row = json_element(rows, i);
        char serial[SERIAL_MAX + 1];

        if (device_serial_trim(json_member_text(row, "serialNumber"), serial) &&
            device_serial_valid(serial)) {
            kept = read_row(records, row, &names, serial);
        } else {
            (*ret_broken)++;
        }
    }
    strmap_release(&names);
    return kept;
}

bool forticloud_entitlements_apply(const struct forticloud_records *records, struct device *device)
{
    const struct forticloud_entitlement *entitlement =
        forticloud_records_find(records, device_serial(device));

    if (entitlement == NULL || (records->cut && !entitlement->in_force)) {
        return false;
    }
    device_set_text(device, ATTRIBUTE_fortiflex_status,
                    forticloud_records_text(records, entitlement->status));
    device_set_date(device, ATTRIBUTE_fortiflex_start_date,
                    forticloud_day_number(entitlement->start));
    device_set_date(device, ATTRIBUTE_fortiflex_end_date, forticloud_day_number(entitlement->end));
    device_set_text(device, ATTRIBUTE_fortiflex_configuration,
                    forticloud_records_text(records, entitlement->configuration));
    return entitlement->in_force;
}

int32_t forticloud_entitlements_report(struct forticloud_records *records, const char *enrichment,
                                       const struct source_call *call, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    forticloud_records_sort(records);
    for (size_t i = 0; code == HECTOR_OK && i < records->count; i++) {
        const struct forticloud_entitlement *entitlement = forticloud_records_at(records, i);
        char serial[SERIAL_MAX + 1] = "";

        memcpy(serial, entitlement->serial, SERIAL_MAX);
        if (entitlement->in_force) {
            code = inventory_unmatched(
                call->inventory,
                &(const struct unmatched){.enrichment = enrichment,
                                          .serial = serial,
                                          .status =
                                              forticloud_records_text(records, entitlement->status),
                                          .end_day = forticloud_day_number(entitlement->end)},
                failure);
        }
    }
    return code;
}
