/*
 * fmg_unit_list_plan.c - which tables of switches and access points to ask for, and how many at
 * once. SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_plan.h"

#include "json/json_write.h"

#define FGT_UNITS 4

struct plan {
    struct fmg_run *run;
    const size_t *unit_bytes;
    take_pack *take;
    void *context;
    struct pack pack;
};

const char *fmg_unit_list_table(enum device_type type)
{
    return type == SWITCH ? "/obj/fsp/managed-switch" : "/obj/wireless-controller/wtp";
}

/* Expected units of a FortiGate, to size a slice. A counter of 0 does not exclude a few units. */
static size_t units_of(const struct fmg_run *run, const struct unit_list *unit_list, size_t i)
{
    const struct adom *adom = &run->topology.adoms[unit_list->adom];
    const struct fgt *fgt = &run->topology.fgts[adom->fgts[unit_list->first + i]];
    uint32_t counted = unit_list->type == SWITCH ? fgt->switches : fgt->access_points;

    return counted > 0 ? counted : FGT_UNITS;
}

bool fmg_vdom_lies_in(const struct fmg_vdom *vdom, uint32_t adom)
{
    return vdom->adom == STRMAP_NONE || vdom->adom == adom;
}

bool fmg_unit_list_names_any(const struct fmg_run *run, const struct unit_list *unit_list)
{
    const struct adom *adom = &run->topology.adoms[unit_list->adom];

    for (size_t i = 0; i < unit_list->fgt_count && !unit_list->whole; i++) {
        const struct fgt *fgt = &run->topology.fgts[adom->fgts[unit_list->first + i]];
        uint32_t v = fgt->first_vdom;

        while (v != STRMAP_NONE && !fmg_vdom_lies_in(&run->topology.vdoms[v], unit_list->adom)) {
            v = run->topology.vdoms[v].next;
        }
        if (v != STRMAP_NONE || fgt->first_vdom == STRMAP_NONE) {
            return true;
        }
    }
    return unit_list->whole;
}

/* Writes the (FortiGate, VDOM) pairs of a slice, without VDOMs that are in another ADOM. */
static void write_pairs(const struct fmg_run *run, const struct unit_list *unit_list,
                        struct buffer *out)
{
    const struct adom *adom = &run->topology.adoms[unit_list->adom];

    for (size_t i = 0; i < unit_list->fgt_count; i++) {
        const struct fgt *fgt = &run->topology.fgts[adom->fgts[unit_list->first + i]];

        for (uint32_t v = fgt->first_vdom; v != STRMAP_NONE; v = run->topology.vdoms[v].next) {
            const struct fmg_vdom *vdom = &run->topology.vdoms[v];

            if (fmg_vdom_lies_in(vdom, unit_list->adom)) {
                json_write_object(out, NULL);
                json_write_string(out, "name", fgt->name);
                json_write_string(out, "vdom", vdom->name);
                json_write_object_end(out);
            }
        }
        if (fgt->first_vdom == STRMAP_NONE) {
            json_write_object(out, NULL);
            json_write_string(out, "name", fgt->name);
            json_write_string(out, "vdom", "root");
            json_write_object_end(out);
        }
    }
}

void fmg_unit_list_scope(const struct fmg_run *run, const struct unit_list *unit_list,
                         const char *lead, struct buffer *out)
{
    buffer_append_text(out, lead);
    buffer_append_text(out, "\"scope member\":[");
    if (unit_list->whole) {
        buffer_append_text(out, "{\"name\":\"All_FortiGate\"}");
    } else {
        write_pairs(run, unit_list, out);
    }
    buffer_append_text(out, "]");
}

void fmg_unit_list_url(const struct fmg_run *run, const struct unit_list *unit_list,
                       const char *table, struct buffer *out)
{
    buffer_append_text(out, "/pm/config/adom/");
    fmg_rpc_escape(out, run->topology.adoms[unit_list->adom].name);
    buffer_append_text(out, table);
}

static int32_t flush(struct plan *plan, struct failure *failure)
{
    struct pack pack = plan->pack;

    plan->pack.count = plan->pack.bytes = 0;
    return pack.count > 0 ? plan->take(plan->context, &pack, failure) : HECTOR_OK;
}

static int32_t add(struct plan *plan, const struct unit_list *unit_list, struct failure *failure)
{
    size_t bytes = unit_list->units * plan->unit_bytes[unit_list->type];
    size_t aim = plan->run->operation->limits->reply_aim_bytes;
    int32_t code = HECTOR_OK;

    if (!fmg_unit_list_names_any(plan->run, unit_list)) {
        return HECTOR_OK;
    }
    if (plan->pack.count == PACK_MAX || (plan->pack.count > 0 && plan->pack.bytes + bytes > aim)) {
        code = flush(plan, failure);
    }
    plan->pack.unit_lists[plan->pack.count++] = *unit_list;
    plan->pack.bytes += bytes;
    return code;
}

/*
 * The longest slice from `first` on that fits the target size of a reply; at least one FortiGate.
 */
static struct unit_list slice(const struct plan *plan, uint32_t adom, enum device_type type,
                              size_t first)
{
    size_t most = plan->run->operation->limits->reply_aim_bytes / plan->unit_bytes[type];
    size_t fgts = plan->run->topology.adoms[adom].fgt_count;
    struct unit_list unit_list = {.adom = adom, .type = type, .first = first};

    while (first + unit_list.fgt_count < fgts) {
        size_t expected = units_of(plan->run, &unit_list, unit_list.fgt_count);

        if (unit_list.fgt_count > 0 && unit_list.units + expected > most) {
            break;
        }
        unit_list.units += expected;
        unit_list.fgt_count++;
    }
    unit_list.whole = unit_list.fgt_count == fgts;
    return unit_list;
}

static int32_t plan_table(struct plan *plan, uint32_t adom, enum device_type type,
                          struct failure *failure)
{
    size_t first = 0;
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && first < plan->run->topology.adoms[adom].fgt_count) {
        struct unit_list unit_list = slice(plan, adom, type, first);

        first += unit_list.fgt_count;
        code = add(plan, &unit_list, failure);
    }
    return code;
}

static int32_t plan_adoms(struct plan *plan, bool changed_only, struct failure *failure)
{
    struct fmg_run *run = plan->run;
    int32_t code = HECTOR_OK;

    fmg_topology_sort(&run->topology);
    for (size_t i = 0; code == HECTOR_OK && i < run->topology.adom_count; i++) {
        const struct adom *adom = &run->topology.adoms[i];

        if (!adom->wanted || adom->outside || (changed_only && !adom->changed) ||
            !fmg_topology_holds_fgts(&run->topology, adom)) {
            continue;
        }
        for (int type = SWITCH; code == HECTOR_OK && type <= ACCESS_POINT; type++) {
            if (plan->unit_bytes[type] > 0) {
                code = plan_table(plan, (uint32_t)i, (enum device_type)type, failure);
            }
        }
    }
    return code == HECTOR_OK ? flush(plan, failure) : code;
}

/* Counts unit lists (a take_pack, context: size_t). */
static int32_t count_unit_lists(void *context, struct pack *pack, struct failure *failure)
{
    size_t *count = context;

    (void)failure;
    *count += pack->count;
    return HECTOR_OK;
}

/* Plans twice: first to report the number of unit lists to the host, then to request them. */
static int32_t plan_counted(const struct plan *plan, bool changed_only, struct failure *failure)
{
    struct plan taking = *plan, counting = *plan;
    size_t count = 0;
    int32_t code;

    counting.take = count_unit_lists;
    counting.context = &count;
    code = plan_adoms(&counting, changed_only, failure);
    if (count > 0) {
        operation_progress(plan->run->operation, PHASE_unit_lists, 0, count);
    }
    return code == HECTOR_OK ? plan_adoms(&taking, changed_only, failure) : code;
}

int32_t fmg_unit_list_plan(struct fmg_run *run, const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                           take_pack *take, void *context, struct failure *failure)
{
    struct plan plan = {.run = run, .unit_bytes = unit_bytes, .take = take, .context = context};

    return plan_counted(&plan, false, failure);
}

int32_t fmg_unit_list_plan_changed(struct fmg_run *run,
                                   const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                                   take_pack *take, void *context, struct failure *failure)
{
    struct plan plan = {.run = run, .unit_bytes = unit_bytes, .take = take, .context = context};

    return plan_counted(&plan, true, failure);
}

int32_t fmg_unit_list_plan_again(struct fmg_run *run,
                                 const size_t unit_bytes[static DEVICE_TYPE_COUNT],
                                 const struct unit_list *unit_lists, size_t count, take_pack *take,
                                 void *context, struct failure *failure)
{
    struct plan plan = {.run = run, .unit_bytes = unit_bytes, .take = take, .context = context};
    int32_t code = HECTOR_OK;

    if (count > 0) {
        operation_progress(run->operation, PHASE_unit_lists, 0, count);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = add(&plan, &unit_lists[i], failure);
    }
    return code == HECTOR_OK ? flush(&plan, failure) : code;
}
