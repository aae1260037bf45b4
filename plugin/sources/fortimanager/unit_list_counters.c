/*
 * unit_list_counters.c - FortiGates that count units although no unit list has a row of theirs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An empty list does not prove that there are no units, and a counter does not prove that there are
 * some: it may be stale. Such a FortiGate is asked for alone once more, then its device databases
 * are read. If those are empty too, the counter is stale.
 */
#include "unit_list_counters.h"

#include <stdlib.h>

#include "device_database.h"
#include "host/repeat.h"

/* The FortiGates of one ADOM that are followed up ("silent": they count units but list none). */
struct silent {
    struct unit_lists *unit_lists;
    enum device_type type;
    uint32_t adom;
    struct unit_list *alone; /* one unit list per FortiGate */
    size_t count;
    bool all; /* no other FortiGate has listed a row either */
};

static bool was_read(const struct adom *adom)
{
    return adom->wanted && !adom->outside && !adom->failed;
}

/* False if units that the FortiGate counts may be in an ADOM that this run does not read. */
static bool is_whole(const struct topology *topology, const struct fgt *fgt)
{
    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = topology->memberships.items[i].next) {
        if (!was_read(&topology->adoms.items[topology->memberships.items[i].adom])) {
            return false;
        }
    }
    for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = topology->vdoms.items[v].next) {
        if (topology->vdoms.items[v].adom != STRMAP_NONE &&
            !was_read(&topology->adoms.items[topology->vdoms.items[v].adom])) {
            return false;
        }
    }
    return true;
}

static bool is_silent(const struct topology *topology, const struct fgt *fgt, enum device_type type)
{
    return fgt->is_fgt && fgt->counts && !fgt->settled[type] && fgt->listed[type] == 0 &&
           fgt->counted[type] > 0 && is_whole(topology, fgt);
}

static void find_silent(struct silent *silent)
{
    const struct topology *topology = &silent->unit_lists->run->topology;
    const struct adom *adom = &topology->adoms.items[silent->adom];

    silent->count = 0;
    silent->all = true;
    for (size_t i = 0; i < adom->fgts.count; i++) {
        const struct fgt *fgt = &topology->fgts.items[adom->fgts.items[i]];

        if (!is_silent(topology, fgt, silent->type)) {
            silent->all = silent->all && fgt->listed[silent->type] == 0;
            continue;
        }
        silent->alone[silent->count++] = (struct unit_list){.adom = silent->adom,
                                                            .type = silent->type,
                                                            .alone = true,
                                                            .first = i,
                                                            .fgt_count = 1,
                                                            .units = fgt->counted[silent->type]};
    }
}

/* Reads the table of an ADOM that returned no row once more; this replaces the first reading. */
static int32_t ask_whole(const struct silent *silent, size_t fgt_count, struct failure *failure)
{
    struct unit_lists *unit_lists = silent->unit_lists;
    struct unit_list whole = {
        .adom = silent->adom, .type = silent->type, .whole = true, .fgt_count = fgt_count};

    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];

        if (reading->unit_list.adom == whole.adom && reading->unit_list.type == whole.type) {
            reading->superseded = true;
        }
    }
    return fmg_unit_list_plan_again(&unit_lists->plan, &whole, 1, failure);
}

static int32_t ask_alone(struct silent *silent, struct failure *failure)
{
    struct fmg_run *run = silent->unit_lists->run;
    size_t fgt_count = run->topology.adoms.items[silent->adom].fgts.count, before = silent->count;
    bool again = run->operation->again;
    int32_t code = HECTOR_OK;

    repeat_reading(run->operation, HECTOR_LOG_INFO, "FortiGates count units that no list shows");
    run->operation->again = true;
    if (silent->all) {
        code = ask_whole(silent, fgt_count, failure);
        find_silent(silent);
    }
    /* If the ADOM has only one FortiGate, ask_whole() has already asked for it alone. */
    if (code == HECTOR_OK && silent->count > 0 && (!silent->all || fgt_count > 1)) {
        code = fmg_unit_list_plan_again(&silent->unit_lists->plan, silent->alone, silent->count,
                                        failure);
        find_silent(silent);
    }
    run->operation->again = again;
    repeat_end(run->operation, silent->count < before);
    return code;
}

static int32_t ask_databases(struct silent *silent, struct failure *failure)
{
    struct unit_lists *unit_lists = silent->unit_lists;

    return fmg_unit_list_adom(unit_lists->run, silent->alone)->per_device[silent->type]
               ? HECTOR_OK
               : fmg_device_database_read(unit_lists, silent->alone, silent->count, failure);
}

/* Calls `ask` for each ADOM with silent FortiGates. */
static int32_t for_each_adom(struct silent *silent,
                             int32_t (*ask)(struct silent *, struct failure *),
                             struct failure *failure)
{
    const struct fmg_run *run = silent->unit_lists->run;
    int32_t code = HECTOR_OK;

    for (silent->adom = 0; code == HECTOR_OK && silent->adom < run->topology.adoms.count;
         silent->adom++) {
        const struct adom *adom = &run->topology.adoms.items[silent->adom];

        if (was_read(adom) && silent->unit_lists->lost.cause == 0 &&
            inventory_state(run->inventory, adom->scope, silent->type) != COVERAGE_INCOMPLETE) {
            find_silent(silent);
            code = silent->count > 0 ? ask(silent, failure) : HECTOR_OK;
        }
    }
    return code;
}

/* Whether an ADOM of the FortiGate is incomplete, which already explains why it lists nothing. */
static bool is_incomplete(const struct fmg_run *run, const struct fgt *fgt, enum device_type type)
{
    const struct topology *topology = &run->topology;

    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = topology->memberships.items[i].next) {
        const struct adom *adom = &topology->adoms.items[topology->memberships.items[i].adom];

        if (inventory_state(run->inventory, adom->scope, type) == COVERAGE_INCOMPLETE) {
            return true;
        }
    }
    return false;
}

/* Reports all stale counters of a type in one problem, which names the first FortiGate. */
static int32_t report_stale(const struct silent *silent, struct failure *failure)
{
    struct fmg_run *run = silent->unit_lists->run;
    enum device_type type = silent->type;
    const char *units = operation_text(run->operation, device_type_info(type)->units);
    const char *first = NULL;
    int64_t stale = 0;

    for (size_t i = 0; i < run->topology.fgts.count; i++) {
        struct fgt *fgt = &run->topology.fgts.items[i];

        if (is_silent(&run->topology, fgt, type)) {
            fgt->settled[type] = true;
            if (!is_incomplete(run, fgt, type)) {
                first = first != NULL ? first : fgt->name;
                stale++;
            }
        }
    }
    if (stale == 0 || silent->unit_lists->lost.cause != 0) {
        return HECTOR_OK;
    }
    return inventory_problem(run->inventory,
                             PROBLEM(SEVERITY_INFO, REASON_counter_stale, device_type_id(type),
                                     ARGUMENTS(message_number(stale).text, units, first),
                                     .device_type = device_type_id(type)),
                             failure);
}

int32_t fmg_unit_lists_settle_counters(struct unit_lists *unit_lists, struct failure *failure)
{
    struct silent silent = {
        .unit_lists = unit_lists,
        .type = FIREWALL,
        .alone = calloc(unit_lists->run->topology.fgts.count + 1, sizeof(*silent.alone))};
    int32_t code = HECTOR_OK;

    if (silent.alone == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    for (; code == HECTOR_OK && silent.type < DEVICE_TYPE_COUNT; silent.type++) {
        if (unit_lists->plan.unit_bytes[silent.type] > 0 &&
            (code = for_each_adom(&silent, ask_alone, failure)) == HECTOR_OK &&
            (code = for_each_adom(&silent, ask_databases, failure)) == HECTOR_OK) {
            code = report_stale(&silent, failure);
        }
    }
    free(silent.alone);
    return code;
}
