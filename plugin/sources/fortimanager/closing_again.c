/*
 * closing_again.c - reads again the device tables and unit lists that have changed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "closing_again.h"

#include <stdlib.h>
#include <string.h>

#include "closing_counts.h"
#include "devices.h"
#include "serial_search.h"
#include "unit_list_counters.h"
#include "unit_lists.h"

/* What has changed at a FortiGate: a table that lists its units, or a device database. */
enum shift { SHIFT_NONE, SHIFT_DATABASE, SHIFT_TABLE };

bool fmg_closing_again_needed(const struct unit_lists *unit_lists)
{
    const struct fmg_run *run = unit_lists->run;

    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        if (run->topology.adoms.items[i].changed) {
            return true;
        }
    }
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        if (fmg_closing_counts_differ(&unit_lists->readings.items[i])) {
            return true;
        }
    }
    return run->none_changed;
}

/* The FortiGate of a reading of a device database, as a number. */
static size_t fgt_number(const struct topology *topology, const struct unit_list_reading *reading)
{
    return (size_t)(fmg_topology_find_fgt(topology, reading->fgt) - topology->fgts.items);
}

/* The end of the unit list's range in the devices of its ADOM, which may have lost some. */
static size_t range_end(const struct adom *adom, const struct unit_list *unit_list)
{
    size_t end = unit_list->first + unit_list->fgt_count;

    return end < adom->fgts.count ? end : adom->fgts.count;
}

/* Marks the FortiGates of changed readings; `shifts` has one element per device of the topology. */
static void mark_shifted(const struct unit_lists *unit_lists, enum shift *shifts)
{
    const struct topology *topology = &unit_lists->run->topology;

    for (size_t r = 0; r < unit_lists->readings.count; r++) {
        const struct unit_list_reading *reading = &unit_lists->readings.items[r];
        const struct unit_list *unit_list = &reading->unit_list;
        const struct adom *adom = &topology->adoms.items[unit_list->adom];

        if (!fmg_closing_counts_differ(reading)) {
            continue;
        }
        if (reading->vdom != NULL) {
            enum shift *shift = &shifts[fgt_number(topology, reading)];

            *shift = *shift < SHIFT_DATABASE ? SHIFT_DATABASE : *shift;
            continue;
        }
        for (size_t i = unit_list->first; i < range_end(adom, unit_list); i++) {
            shifts[adom->fgts.items[i]] = SHIFT_TABLE;
        }
    }
}

/*
 * Whether a changed table, of either type, lists units of a FortiGate that this unit list
 * requested.
 */
static bool is_table_shifted(const struct topology *topology, const struct unit_list *unit_list,
                             const enum shift *shifts)
{
    const struct adom *adom = &topology->adoms.items[unit_list->adom];

    for (size_t i = unit_list->first; i < range_end(adom, unit_list); i++) {
        if (shifts[adom->fgts.items[i]] == SHIFT_TABLE) {
            return true;
        }
    }
    return false;
}

/* A unit list of one FortiGate, to read its device databases and status cache again. */
static struct unit_list databases_of(const struct topology *topology,
                                     const struct unit_list_reading *reading)
{
    const struct adom *adom = &topology->adoms.items[reading->unit_list.adom];
    size_t fgt = fgt_number(topology, reading);
    struct unit_list unit_list = {.adom = reading->unit_list.adom,
                                  .type = reading->unit_list.type,
                                  .databases = true,
                                  .fgt_count = 1,
                                  .units = reading->rows};

    while (unit_list.first + 1 < adom->fgts.count && adom->fgts.items[unit_list.first] != fgt) {
        unit_list.first++;
    }
    return unit_list;
}

/* Whether both are device databases of one FortiGate. They are adjacent: one per VDOM. */
static bool is_same_fgt(const struct unit_list_reading *a, const struct unit_list_reading *b)
{
    return a->vdom != NULL && b->vdom != NULL && a->unit_list.adom == b->unit_list.adom &&
           a->unit_list.type == b->unit_list.type && strcmp(a->fgt, b->fgt) == 0;
}

/*
 * Marks readings as superseded: those of changed ADOMs and, where one list has changed, all
 * readings that list units of its FortiGates, because units of both types may have moved there
 * while as many left. Stores in `ret` the unit lists to request again; changed ADOMs are planned
 * anew instead. Returns how many there are.
 */
static size_t supersede(struct unit_lists *unit_lists, const enum shift *shifts,
                        struct unit_list *ret)
{
    const struct topology *topology = &unit_lists->run->topology;
    size_t count = 0;

    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];
        bool changed = topology->adoms.items[reading->unit_list.adom].changed;
        bool table =
            is_table_shifted(topology, &reading->unit_list, shifts); /* reads databases as well */
        bool database =
            reading->vdom != NULL && shifts[fgt_number(topology, reading)] != SHIFT_NONE;

        if (reading->superseded || (!changed && !table && !database)) {
            continue;
        }
        reading->superseded = true;
        if (!changed && table && reading->vdom == NULL) {
            ret[count++] = reading->unit_list;
        } else if (!changed && !table && (i == 0 || !is_same_fgt(reading - 1, reading))) {
            ret[count++] = databases_of(topology, reading);
        }
    }
    return count;
}

/*
 * Reads again the unit lists of changed ADOMs, including those that a device row has just revealed,
 * and the superseded ones.
 */
static int32_t read_unit_lists_again(struct unit_lists *unit_lists, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    struct unit_list *again = calloc(unit_lists->readings.count + 1, sizeof(*again));
    enum shift *shifts = calloc(run->topology.fgts.count + 1, sizeof(*shifts));
    size_t count;
    int32_t code;

    if (again == NULL || shifts == NULL) {
        code = fail_memory(run->operation, failure);
        goto out;
    }
    mark_shifted(unit_lists, shifts);
    count = supersede(unit_lists, shifts, again);
    if ((code = fmg_unit_list_plan(&unit_lists->plan, true, failure)) == HECTOR_OK) {
        code = fmg_unit_list_plan_again(&unit_lists->plan, again, count, failure);
    }
out:
    free(again);
    free(shifts);
    return code;
}

static int32_t read_changed(struct unit_lists *unit_lists, struct failure *failure)
{
    int32_t code;

    if ((code = fmg_devices_read_changed(unit_lists->run, failure)) != HECTOR_OK ||
        (code = read_unit_lists_again(unit_lists, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_settle_counters(unit_lists, failure)) != HECTOR_OK) {
        return code;
    }
    return fmg_serial_search_settle(unit_lists, failure);
}

int32_t fmg_closing_again_read(struct unit_lists *unit_lists, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    int32_t code;

    operation_log(run->operation, HECTOR_LOG_WARNING,
                  "the FortiManager changed while it was read: what differs is read again");
    run->operation->repeats++;
    inventory_read_again(run->inventory, true);
    code = read_changed(unit_lists, failure);
    inventory_read_again(run->inventory, false);
    for (size_t i = 0; i < run->topology.adoms.count; i++) {
        run->topology.adoms.items[i].changed = false;
    }
    run->none_changed = false;
    return code;
}
