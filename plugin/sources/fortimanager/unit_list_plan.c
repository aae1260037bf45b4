/*
 * unit_list_plan.c - which tables of switches and access points to request, and how many at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_plan.h"

#include "json/json_write.h"

#define FGT_UNITS 4

struct packing {
    const struct unit_list_plan *plan;
    bool counting; /* the unit lists are only counted */
    size_t count;
    struct pack pack;
};

const char *fmg_unit_list_table(enum device_type type)
{
    return type == SWITCH ? "/obj/fsp/managed-switch" : "/obj/wireless-controller/wtp";
}

/* The `i`-th FortiGate of a unit list. */
static const struct fgt *fgt_at(const struct fmg_run *run, const struct unit_list *unit_list,
                                size_t i)
{
    const struct topology *topology = &run->topology;

    return &topology->fgts
                .items[topology->adoms.items[unit_list->adom].fgts.items[unit_list->first + i]];
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
    fmg_rpc_escape(out, run->topology.adoms.items[unit_list->adom].name);
    buffer_append_text(out, table);
}

static int32_t send_pack(struct packing *packing, struct failure *failure)
{
    struct pack pack = packing->pack;

    packing->pack.count = packing->pack.bytes = 0;
    return pack.count > 0 ? packing->plan->take(packing->plan->context, &pack, failure) : HECTOR_OK;
}

static int32_t pack_unit_list(struct packing *packing, const struct unit_list *unit_list,
                              struct failure *failure)
{
    const struct unit_list_plan *plan = packing->plan;
    size_t bytes = unit_list->units * plan->unit_bytes[unit_list->type];
    size_t aim = plan->run->operation->limits->reply_aim_bytes;
    struct pack *pack = &packing->pack;

    if (!fmg_unit_list_names_any(plan->run, unit_list)) {
        return HECTOR_OK;
    }
    packing->count++;
    if (packing->counting) {
        return HECTOR_OK;
    }
    if (pack->count == PACK_MAX || (pack->count > 0 && pack->bytes + bytes > aim)) {
        int32_t code = send_pack(packing, failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    pack->unit_lists[pack->count++] = *unit_list;
    pack->bytes += bytes;
    return HECTOR_OK;
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
        /* A counter of 0 does not exclude a few units. */
        size_t expected = counted > 0 ? counted : FGT_UNITS;

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
    size_t first = 0;

    while (first < packing->plan->run->topology.adoms.items[adom].fgts.count) {
        struct unit_list unit_list = slice_from(packing->plan, adom, type, first);
        int32_t code = pack_unit_list(packing, &unit_list, failure);

        if (code != HECTOR_OK) {
            return code;
        }
        first += unit_list.fgt_count;
    }
    return HECTOR_OK;
}

static int32_t pack_adoms(struct packing *packing, bool changed_only, struct failure *failure)
{
    struct topology *topology = &packing->plan->run->topology;

    fmg_topology_sort(topology);
    for (uint32_t i = 0; i < topology->adoms.count; i++) {
        const struct adom *adom = &topology->adoms.items[i];

        if (!adom->wanted || adom->outside || (changed_only && !adom->changed) ||
            !fmg_topology_holds_fgts(topology, adom)) {
            continue;
        }
        for (enum device_type type = SWITCH; type <= ACCESS_POINT; type++) {
            int32_t code = packing->plan->unit_bytes[type] > 0
                               ? pack_table(packing, i, type, failure)
                               : HECTOR_OK;

            if (code != HECTOR_OK) {
                return code;
            }
        }
    }
    return send_pack(packing, failure);
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
    expect_unit_lists(plan, packing.count);
    packing.counting = false;
    return pack_adoms(&packing, changed_only, failure);
}

int32_t fmg_unit_list_plan_again(const struct unit_list_plan *plan,
                                 const struct unit_list *unit_lists, size_t count,
                                 struct failure *failure)
{
    struct packing packing = {.plan = plan};

    expect_unit_lists(plan, count);
    for (size_t i = 0; i < count; i++) {
        int32_t code = pack_unit_list(&packing, &unit_lists[i], failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return send_pack(&packing, failure);
}
