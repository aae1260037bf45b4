/*
 * unit_list_plan.c - which tables of switches and access points to request, and how many at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_plan.h"

#include <stdlib.h>

#include "json/json_write.h"

VECTOR_TYPE(unit_list_vector, struct unit_list)

struct adom *fmg_unit_list_adom(const struct fmg_run *run, const struct unit_list *unit_list)
{
    return &run->topology.adoms.items[unit_list->adom];
}

struct fgt *fmg_unit_list_fgt(const struct fmg_run *run, const struct unit_list *unit_list,
                              size_t i)
{
    const struct fgt_numbers *fgts = &fmg_unit_list_adom(run, unit_list)->fgts;

    /* The ADOM may have lost some since the unit list was planned. */
    return i < unit_list->fgt_count && unit_list->first + i < fgts->count
               ? &run->topology.fgts.items[fgts->items[unit_list->first + i]]
               : NULL;
}

bool fmg_unit_list_names_any(const struct fmg_run *run, const struct unit_list *unit_list)
{
    const struct fgt *fgt;

    for (size_t i = 0; !unit_list->whole && (fgt = fmg_unit_list_fgt(run, unit_list, i)) != NULL;
         i++) {
        struct vdom_cursor vdoms = fmg_vdoms_of(&run->topology, fgt, unit_list->adom);

        if (fmg_vdom_next(&vdoms) != NULL) {
            return true;
        }
    }
    return unit_list->whole;
}

struct rpc_param *fmg_unit_list_add(const struct fmg_run *run, const struct unit_list *unit_list,
                                    const char *table, const char *lead, struct rpc_batch *batch)
{
    size_t i = fmg_rpc_batch_add(batch, lead);
    struct buffer *rest = &batch->rests[i];
    const struct fgt *fgt;

    fmg_rpc_path(&batch->urls[i], "/pm/config/adom/", fmg_unit_list_adom(run, unit_list)->name,
                 table);
    buffer_append_text(rest, "\"scope member\":[");
    if (unit_list->whole) {
        buffer_append_text(rest, "{\"name\":\"All_FortiGate\"}");
    }
    for (size_t g = 0; !unit_list->whole && (fgt = fmg_unit_list_fgt(run, unit_list, g)) != NULL;
         g++) {
        struct vdom_cursor vdoms = fmg_vdoms_of(&run->topology, fgt, unit_list->adom);

        for (const char *vdom; (vdom = fmg_vdom_next(&vdoms)) != NULL;) {
            json_write_object(rest, NULL);
            json_write_string(rest, "name", fgt->name);
            json_write_string(rest, "vdom", vdom);
            json_write_object_end(rest);
        }
    }
    buffer_append_text(rest, "]");
    return &batch->params[i];
}

/*
 * The longest slice from `first` on that fits the target size of a reply; at least one FortiGate.
 */
static struct unit_list slice_from(const struct unit_list_plan *plan, uint32_t adom,
                                   enum device_type type, size_t first)
{
    size_t most = plan->run->operation->limits->reply_aim_bytes / plan->unit_bytes[type];
    const struct topology *topology = &plan->run->topology;
    const struct fgt_numbers *fgts = &topology->adoms.items[adom].fgts;
    struct unit_list unit_list = {.adom = adom, .type = type, .first = first};

    for (size_t i = first; i < fgts->count; i++) {
        size_t counted = topology->fgts.items[fgts->items[i]].counted[type];
        size_t expected = counted > 0 ? counted : UNITS_ASSUMED;

        if (unit_list.fgt_count > 0 && unit_list.units + expected > most) {
            break;
        }
        unit_list.units += expected;
        unit_list.fgt_count++;
    }
    unit_list.whole = unit_list.fgt_count == fgts->count;
    return unit_list;
}

/*
 * Adds the unit lists of all ADOMs, or of those that have changed, to `ret`. False without memory.
 */
static bool find_unit_lists(const struct unit_list_plan *plan, bool changed_only,
                            struct unit_list_vector *ret)
{
    struct topology *topology = &plan->run->topology;

    fmg_topology_sort(topology);
    for (uint32_t i = 0; i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];
        bool read = adom->wanted && !adom->outside && (!changed_only || adom->changed) &&
                    fmg_topology_holds_fgts(topology, adom);

        for (enum device_type type = FIREWALL; read && type < DEVICE_TYPE_COUNT; type++) {
            for (size_t first = 0; plan->unit_bytes[type] > 0 && first < adom->fgts.count;) {
                struct unit_list unit_list = slice_from(plan, i, type, first);

                if (!unit_list_vector_add(ret, unit_list)) {
                    return false;
                }
                first += unit_list.fgt_count;
            }
        }
    }
    return true;
}

/* How many of the unit lists fit in one request: up to the target size of a reply, at least one. */
static size_t pack_size(const struct unit_list_plan *plan, const struct unit_list *unit_lists,
                        size_t count)
{
    size_t size = 0, bytes = 0;

    for (; size < count && size < PACK_MAX; size++) {
        bytes += unit_lists[size].units * plan->unit_bytes[unit_lists[size].type];
        if (size > 0 && bytes > plan->run->operation->limits->reply_aim_bytes) {
            break;
        }
    }
    return size;
}

int32_t fmg_unit_list_plan(const struct unit_list_plan *plan, bool changed_only,
                           struct failure *failure)
{
    struct unit_list_vector found = {0};
    int32_t code = find_unit_lists(plan, changed_only, &found)
                       ? fmg_unit_list_plan_again(plan, found.items, found.count, failure)
                       : fail_memory(plan->run->operation, failure);

    free(found.items);
    return code;
}

int32_t fmg_unit_list_plan_again(const struct unit_list_plan *plan, struct unit_list *unit_lists,
                                 size_t count, struct failure *failure)
{
    size_t named = 0;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        if (fmg_unit_list_names_any(plan->run, &unit_lists[i])) {
            unit_lists[named++] = unit_lists[i];
        }
    }
    source_expect(plan->run->operation, PHASE_unit_lists, named);
    for (size_t first = 0; code == HECTOR_OK && first < named;) {
        const struct pack pack = {unit_lists + first,
                                  pack_size(plan, unit_lists + first, named - first)};

        code = plan->take(plan->context, &pack, failure);
        first += pack.count;
    }
    return code;
}
