/*
 * unit_list_answer.c - imports the answer for one unit list: table, status cache, device databases.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_answer.h"

#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "envelope.h"
#include "status_cache.h"
#include "system.h"
#include "unit_rows.h"
#include "json/json_read.h"

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(fmg_unit_row_fgt(*left), fmg_unit_row_fgt(*right));
}

/*
 * Queries FortiGates for what only they know: in per-device mode all of the unit list, since their
 * databases list more units, else those that manage rows of the answer. `rows` is sorted by
 * FortiGate.
 */
static int32_t ask_fgts(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        struct json_object *rows, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    const struct adom *adom = &run->topology.adoms.items[unit_list->adom];
    bool all = adom->per_device[unit_list->type];
    size_t most = all ? unit_list->fgt_count : json_count(rows), count = 0;
    const char *last = "";
    uint32_t *fgts;
    int32_t code;

    if (!unit_lists->proxied.needed[unit_list->type] || unit_lists->proxied.stopped || most == 0) {
        return HECTOR_OK;
    }
    fgts = calloc(most, sizeof(*fgts));
    if (fgts == NULL) {
        return fail_memory(run->operation, failure);
    }
    if (all) {
        memcpy(fgts, adom->fgts.items + unit_list->first, most * sizeof(*fgts));
        count = most;
    }
    for (size_t i = 0; i < json_count(rows) && !all; i++) {
        const char *name = fmg_unit_row_fgt(json_element(rows, i));
        const struct fgt *fgt = fmg_topology_find_fgt(&run->topology, name);

        if (fgt != NULL && strcmp(name, last) != 0) {
            fgts[count++] = (uint32_t)(fgt - run->topology.fgts.items);
        }
        last = name;
    }
    code = fmg_proxied_ask(&unit_lists->proxied, &(struct proxied_targets){adom->name, fgts, count},
                           unit_list->type, &unit_lists->asked, failure);
    free(fgts);
    return code;
}

/* Reserves memory for the overlays: OVERLAY_MAX bytes, or less if the run has less left. */
static int32_t make_room(struct unit_lists *unit_lists, size_t *ret_room, struct failure *failure)
{
    int32_t code;

    *ret_room = 2 * OVERLAY_MAX;
    do {
        *ret_room /= 2;
        code = fmg_run_room(unit_lists->run, *ret_room, failure);
    } while (code == HECTOR_LIMIT && *ret_room > 0);
    return code;
}

/*
 * Marks the unit list as incomplete if a FortiGate that was requested by its name and VDOMs has no
 * VDOM in its row (it may have others than `root`), or a damaged name, which cannot be requested.
 */
static int32_t check_names(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;
    const struct adom *adom = &run->topology.adoms.items[unit_list->adom];

    /* A follow-up of one FortiGate: the unit list of its ADOM was checked before. */
    if (unit_list->alone || unit_list->databases ||
        (unit_list->whole && !adom->per_device[unit_list->type])) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < unit_list->fgt_count; i++) {
        const struct fgt *fgt = &run->topology.fgts.items[adom->fgts.items[unit_list->first + i]];
        bool unlisted = fgt->first_vdom == STRMAP_NONE && !fgt->vdoms_damaged;
        struct failure why;
        int32_t code;

        if (!fgt->is_fgt || (!unlisted && !fgt->vdoms_damaged && !fmg_name_damaged(fgt->name))) {
            continue;
        }
        (void)fmg_envelope_invalid(
            &run->rpc, "/dvmdb/device",
            unlisted ? "a FortiGate without a VDOM" : "a name that is no text", &why);
        code = fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* Fills the overlays of the unit list from the status cache and the FortiGates. */
static int32_t read_facts(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *failure)
{
    size_t room;
    int32_t code;

    if (json_count(cache->data) == 0 && !unit_lists->proxied.needed[unit_list->type]) {
        return HECTOR_OK;
    }
    code = make_room(unit_lists, &room, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    unit_lists->cached.max_bytes = room;
    if (cache->code == RPC_OK && !fmg_status_cache_read(cache->data, &unit_lists->cached)) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    unit_lists->asked.max_bytes =
        room > overlay_bytes(&unit_lists->cached) ? room - overlay_bytes(&unit_lists->cached) : 0;
    return ask_fgts(unit_lists, unit_list, rows, failure);
}

static int32_t take_table(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *failure)
{
    const struct adom *adom = &unit_lists->run->topology.adoms.items[unit_list->adom];
    int32_t code;

    if ((code = read_facts(unit_lists, unit_list, rows, cache, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_take_rows(unit_lists, unit_list, NULL, rows, failure)) !=
            HECTOR_OK) {
        return code;
    }
    if (adom->per_device[unit_list->type]) {
        code = fmg_device_database_read(unit_lists, unit_list, adom->fgts.items + unit_list->first,
                                        unit_list->fgt_count, failure);
    }
    if (code != HECTOR_OK || (!unit_lists->asked.full && !unit_lists->cached.full)) {
        return code;
    }
    return inventory_problem(unit_lists->run->inventory,
                             PROBLEM(SEVERITY_WARNING, REASON_facts_full, adom->name,
                                     ARGUMENTS(adom->name), .scope = adom->scope,
                                     .device_type = device_type_id(unit_list->type)),
                             failure);
}

int32_t fmg_unit_lists_take_answer(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                                   const struct rpc_param *table, const struct rpc_param *cache,
                                   struct failure *failure)
{
    const struct unit_list_reading reading = {.unit_list = *unit_list,
                                              .rows = json_row_count(table->data)};
    struct failure why;
    int32_t code;

    if (table->code != RPC_OK || !json_is_table(table->data)) {
        (void)fmg_unit_lists_fail_answer(unit_lists->run, unit_list, table, &why);
        return fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
    }
    if ((code = check_names(unit_lists, unit_list, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_note_reading(unit_lists, &reading, failure)) != HECTOR_OK) {
        return code;
    }
    /* Sorted by FortiGate, so that equal data gives equal output. */
    if (json_count(table->data) > 1) {
        json_object_array_sort(table->data, compare_rows);
    }
    fmg_unit_lists_begin_facts(unit_lists);
    code = take_table(unit_lists, unit_list, table->data, cache, failure);
    fmg_unit_lists_end_facts(unit_lists);
    return code;
}
