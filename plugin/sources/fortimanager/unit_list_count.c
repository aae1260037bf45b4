/*
 * unit_list_count.c - counts switches and access points for validate, as an upper bound.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unit_list_count.h"

#include <stdlib.h>

#include "device_database.h"
#include "envelope.h"
#include "unit_list_reading.h"
#include "json/json_read.h"

struct counting {
    struct fmg_run *run;
    enum device_type type;
    uint64_t units;

    /* ADOMs in per-device mode: databases of their FortiGates, to be counted in one request */
    struct rpc_batch batch;
    uint32_t fgts[ENVELOPE_URLS_MAX]; /* the FortiGate of each */
    uint64_t *found;                  /* units by FortiGate */
};

/* The plausible count in an answer, or COUNT_NONE. */
static int64_t count_in(const struct rpc_param *param)
{
    int64_t count = fmg_rpc_count(param);

    return count <= UNIT_COUNT_MAX ? count : COUNT_NONE;
}

/* Counts the tables of a pack (a take_pack, context: struct counting). */
static int32_t count_pack(void *context, const struct pack *pack, struct failure *failure)
{
    struct counting *counting = context;
    const char *table = fmg_kinds[counting->type].table;

    for (size_t i = 0; i < pack->count; i++) {
        (void)fmg_unit_list_add(counting->run, &pack->unit_lists[i], table, RPC_COUNT_OPTION ",",
                                &counting->batch);
    }
    int32_t code = fmg_rpc_batch_get(&counting->batch, 0, pack->count, failure);
    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        const struct rpc_param *param = &counting->batch.params[i];
        int64_t units = count_in(param);

        if (units == COUNT_NONE) {
            code = fmg_unit_lists_fail_answer(counting->run, &pack->unit_lists[i], param, failure);
        } else {
            counting->units += (uint64_t)units;
        }
    }
    operation_progress(counting->run->operation, PHASE_unit_lists, pack->count, 0);
    fmg_rpc_batch_release(&counting->batch);
    return code;
}

/* ---- ADOMs in per-device mode */

/* True as well for an ADOM whose row was not read: see assume_per_device() in unit_lists.c. */
static bool is_per_device(const struct counting *counting, uint32_t number)
{
    const struct adom *adom = &counting->run->topology.adoms.items[number];

    return adom->wanted && !adom->outside && (adom->per_device[counting->type] || !adom->listed);
}

/* Whether any ADOM of a FortiGate is in per-device mode. */
static bool lies_in_per_device(const struct counting *counting, const struct fgt *fgt)
{
    const struct membership *memberships = counting->run->topology.memberships.items;

    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = memberships[i].next) {
        if (is_per_device(counting, memberships[i].adom)) {
            return true;
        }
    }
    return false;
}

/*
 * Requests the databases of the batch and adds their counts. A VDOM that no longer exists has no
 * units. A server that does not count sends the rows instead.
 */
static int32_t count_databases(struct counting *counting, struct failure *failure)
{
    struct rpc_batch *batch = &counting->batch;
    int32_t code = fmg_rpc_batch_get(batch, 0, batch->count, failure);

    for (size_t i = 0; code == HECTOR_OK && i < batch->count; i++) {
        const struct rpc_param *param = &batch->params[i];
        int64_t units =
            json_is_table(param->data) ? (int64_t)json_count(param->data) : count_in(param);

        if (param->code == RPC_OK && units != COUNT_NONE) {
            counting->found[counting->fgts[i]] += (uint64_t)units;
        } else if (param->code == RPC_OK) {
            code = fmg_envelope_invalid(batch->rpc, param->url, "no count", failure);
        } else if (param->code != RPC_NOT_FOUND) {
            code = fmg_rpc_fail(batch->rpc, param, failure);
        }
    }
    if (batch->count > 0) {
        operation_progress(counting->run->operation, PHASE_device_databases, batch->count, 0);
    }
    fmg_rpc_batch_release(batch);
    return code;
}

/*
 * Adds the databases of a FortiGate's VDOMs in per-device ADOMs. If the ADOM of a VDOM is unknown,
 * or the FortiGate reported no VDOM, each ADOM of the FortiGate may be its ADOM.
 */
static int32_t add_databases_of(struct counting *counting, uint32_t number, struct failure *failure)
{
    static const struct fmg_vdom unreported = {"root", STRMAP_NONE, STRMAP_NONE};
    const struct topology *topology = &counting->run->topology;
    const struct fgt *fgt = &topology->fgts.items[number];
    struct rpc_batch *batch = &counting->batch;
    uint32_t v = fgt->first_vdom;
    int32_t code = HECTOR_OK;

    do {
        const struct fmg_vdom *vdom = v != STRMAP_NONE ? &topology->vdoms.items[v] : &unreported;

        if (vdom->adom != STRMAP_NONE ? is_per_device(counting, vdom->adom)
                                      : lies_in_per_device(counting, fgt)) {
            counting->fgts[batch->count] = number;
            fmg_device_database_add(batch, fgt->name, vdom->name, counting->type, NULL);
        }
        if (batch->count == ENVELOPE_URLS_MAX) {
            code = count_databases(counting, failure);
        }
        v = vdom->next;
    } while (code == HECTOR_OK && v != STRMAP_NONE);
    return code;
}

/*
 * Adds, for each FortiGate in a per-device ADOM, the units of its databases or its own counter,
 * whichever is larger. Units that the ADOM's table lists as well count twice: this is an upper
 * bound.
 */
static int32_t add_databases(struct counting *counting, struct failure *failure)
{
    const struct fgt_list *fgts = &counting->run->topology.fgts;
    int32_t code = HECTOR_OK;

    for (uint32_t i = 0; code == HECTOR_OK && i < fgts->count; i++) {
        if (fgts->items[i].is_fgt && fgts->items[i].read) {
            code = add_databases_of(counting, i, failure);
        }
    }
    if (code == HECTOR_OK) {
        code = count_databases(counting, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < fgts->count; i++) {
        const struct fgt *fgt = &fgts->items[i];
        uint32_t counted = fgt->counted[counting->type];

        if (fgt->is_fgt && fgt->read && lies_in_per_device(counting, fgt)) {
            counting->units += counting->found[i] > counted ? counting->found[i] : counted;
        }
    }
    return code;
}

int32_t fmg_unit_lists_count(struct fmg_run *run, enum device_type type, uint64_t *ret,
                             struct failure *failure)
{
    struct counting counting = {.run = run,
                                .type = type,
                                .batch = {.rpc = &run->rpc},
                                .found = calloc(run->topology.fgts.count + 1, sizeof(uint64_t))};
    struct unit_list_plan plan = {.run = run, .take = count_pack, .context = &counting};
    int32_t code;

    if (counting.found == NULL) {
        return fail_memory(run->operation, failure);
    }
    plan.unit_bytes[type] = UNIT_BYTES;
    if ((code = fmg_unit_list_plan(&plan, false, failure)) == HECTOR_OK) {
        code = add_databases(&counting, failure);
    }
    free(counting.found);
    *ret = counting.units;
    return code;
}
