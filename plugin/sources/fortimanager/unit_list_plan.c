/*
 * unit_list_plan.c - which tables of switches and access points to request, and how many at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_plan.h"

#include "json/json_write.h"

struct packing {
    const struct unit_list_plan *plan;
    bool counting;   /* the unit lists are only counted */
    size_t expected; /* unit lists counted */
    struct unit_list unit_lists[PACK_MAX];
    size_t count, bytes; /* of the pack */
};

const char *fmg_unit_list_table(enum device_type type)
{
    return type == SWITCH ? "/obj/fsp/managed-switch" : "/obj/wireless-controller/wtp";
}

uint32_t fmg_fgt_unit_count(const struct fgt *fgt, enum device_type type)
{
    return type == SWITCH ? fgt->switches : fgt->access_points;
}

struct adom *fmg_unit_list_adom(const struct fmg_run *run, const struct unit_list *unit_list)
{
    return &run->topology.adoms.items[unit_list->adom];
}

/* The `i`-th FortiGate of a unit list. */
static const struct fgt *fgt_at(const struct fmg_run *run, const struct unit_list *unit_list,
                                size_t i)
{
    const struct adom *adom = fmg_unit_list_adom(run, unit_list);

    return &run->topology.fgts.items[adom->fgts.items[unit_list->first + i]];
}

struct vdom_cursor fmg_vdoms_of(const struct topology *topology, const struct fgt *fgt,
                                uint32_t adom)
{
    return (struct vdom_cursor){topology, fgt, adom, fgt->first_vdom,
                                fgt->first_vdom == STRMAP_NONE};
}

const char *fmg_vdom_next(struct vdom_cursor *cursor)
{
    while (cursor->next != STRMAP_NONE) {
        const struct fmg_vdom *vdom = &cursor->topology->vdoms.items[cursor->next];

        cursor->next = vdom->next;
        if (vdom->adom == STRMAP_NONE || vdom->adom == cursor->adom) {
            return vdom->name;
        }
    }
    if (cursor->none) {
        cursor->none = false;
        return "root";
    }
    return NULL;
}

bool fmg_unit_list_names_any(const struct fmg_run *run, const struct unit_list *unit_list)
{
    for (size_t i = 0; i < unit_list->fgt_count && !unit_list->whole; i++) {
        struct vdom_cursor vdoms =
            fmg_vdoms_of(&run->topology, fgt_at(run, unit_list, i), unit_list->adom);

        if (fmg_vdom_next(&vdoms) != NULL) {
            return true;
        }
    }
    return unit_list->whole;
}

/* Writes the (FortiGate, VDOM) pairs of a slice, without VDOMs that are in another ADOM. */
static void write_pairs(const struct fmg_run *run, const struct unit_list *unit_list,
                        struct buffer *out)
{
    for (size_t i = 0; i < unit_list->fgt_count; i++) {
        const struct fgt *fgt = fgt_at(run, unit_list, i);
        struct vdom_cursor vdoms = fmg_vdoms_of(&run->topology, fgt, unit_list->adom);

        for (const char *vdom; (vdom = fmg_vdom_next(&vdoms)) != NULL;) {
            json_write_object(out, NULL);
            json_write_string(out, "name", fgt->name);
            json_write_string(out, "vdom", vdom);
            json_write_object_end(out);
        }
    }
}

struct rpc_param *fmg_unit_list_add(const struct fmg_run *run, const struct unit_list *unit_list,
                                    const char *table, const char *lead, struct rpc_batch *batch)
{
    size_t i = fmg_rpc_batch_add(batch);
    struct buffer *url = &batch->urls[i], *rest = &batch->rests[i];

    buffer_append_text(url, "/pm/config/adom/");
    fmg_rpc_escape(url, fmg_unit_list_adom(run, unit_list)->name);
    buffer_append_text(url, table);
    buffer_append_text(rest, lead);
    buffer_append_text(rest, "\"scope member\":[");
    if (unit_list->whole) {
        buffer_append_text(rest, "{\"name\":\"All_FortiGate\"}");
    } else {
        write_pairs(run, unit_list, rest);
    }
    buffer_append_text(rest, "]");
    return &batch->params[i];
}

static int32_t send_pack(struct packing *packing, struct failure *failure)
{
    const struct unit_list_plan *plan = packing->plan;
    const struct pack pack = {packing->unit_lists, packing->count};

    packing->count = packing->bytes = 0;
    return pack.count > 0 ? plan->take(plan->context, &pack, failure) : HECTOR_OK;
}

static int32_t pack_unit_list(struct packing *packing, const struct unit_list *unit_list,
                              struct failure *failure)
{
    const struct unit_list_plan *plan = packing->plan;
    size_t bytes = unit_list->units * plan->unit_bytes[unit_list->type];
    size_t aim = plan->run->operation->limits->reply_aim_bytes;
    int32_t code = HECTOR_OK;

    if (!fmg_unit_list_names_any(plan->run, unit_list)) {
        return HECTOR_OK;
    }
    if (packing->counting) {
        packing->expected++;
        return HECTOR_OK;
    }
    if (packing->count == PACK_MAX || (packing->count > 0 && packing->bytes + bytes > aim)) {
        code = send_pack(packing, failure);
    }
    packing->unit_lists[packing->count++] = *unit_list;
    packing->bytes += bytes;
    return code;
}

/*
 * The longest slice from `first` on that fits the target size of a reply; at least one FortiGate.
 */
static struct unit_list slice_from(const struct unit_list_plan *plan, uint32_t adom,
                                   enum device_type type, size_t first)
{
    size_t most = plan->run->operation->limits->reply_aim_bytes / plan->unit_bytes[type];
    size_t fgts = plan->run->topology.adoms.items[adom].fgts.count;
    struct unit_list unit_list = {.adom = adom, .type = type, .first = first};

    while (first + unit_list.fgt_count < fgts) {
        const struct fgt *fgt = fgt_at(plan->run, &unit_list, unit_list.fgt_count);
        size_t counted = fmg_fgt_unit_count(fgt, type);
        size_t expected = counted > 0 ? counted : UNITS_ASSUMED;

        if (unit_list.fgt_count > 0 && unit_list.units + expected > most) {
            break;
        }
        unit_list.units += expected;
        unit_list.fgt_count++;
    }
    unit_list.whole = unit_list.fgt_count == fgts;
    return unit_list;
}

static int32_t pack_table(struct packing *packing, uint32_t adom, enum device_type type,
                          struct failure *failure)
{
    size_t fgts = packing->plan->run->topology.adoms.items[adom].fgts.count;
    int32_t code = HECTOR_OK;

    for (size_t first = 0; code == HECTOR_OK && first < fgts;) {
        struct unit_list unit_list = slice_from(packing->plan, adom, type, first);

        code = pack_unit_list(packing, &unit_list, failure);
        first += unit_list.fgt_count;
    }
    return code;
}

static int32_t pack_adoms(struct packing *packing, bool changed_only, struct failure *failure)
{
    struct topology *topology = &packing->plan->run->topology;
    int32_t code = HECTOR_OK;

    fmg_topology_sort(topology);
    for (uint32_t i = 0; code == HECTOR_OK && i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];

        if (!adom->wanted || adom->outside || (changed_only && !adom->changed) ||
            !fmg_topology_holds_fgts(topology, adom)) {
            continue;
        }
        for (int type = SWITCH; code == HECTOR_OK && type <= ACCESS_POINT; type++) {
            if (packing->plan->unit_bytes[type] > 0) {
                code = pack_table(packing, i, type, failure);
            }
        }
    }
    return code == HECTOR_OK ? send_pack(packing, failure) : code;
}

static void expect_unit_lists(const struct unit_list_plan *plan, size_t count)
{
    if (count > 0) {
        operation_progress(plan->run->operation, PHASE_unit_lists, 0, count);
    }
}

int32_t fmg_unit_list_plan(const struct unit_list_plan *plan, bool changed_only,
                           struct failure *failure)
{
    struct packing packing = {.plan = plan, .counting = true};

    (void)pack_adoms(&packing, changed_only, failure); /* sends nothing */
    expect_unit_lists(plan, packing.expected);
    packing.counting = false;
    return pack_adoms(&packing, changed_only, failure);
}

int32_t fmg_unit_list_plan_again(const struct unit_list_plan *plan,
                                 const struct unit_list *unit_lists, size_t count,
                                 struct failure *failure)
{
    struct packing packing = {.plan = plan};
    int32_t code = HECTOR_OK;

    expect_unit_lists(plan, count);
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = pack_unit_list(&packing, &unit_lists[i], failure);
    }
    return code == HECTOR_OK ? send_pack(&packing, failure) : code;
}
