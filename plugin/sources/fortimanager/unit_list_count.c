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

#define COUNT_MAX 100000000 /* plausible maximum of units in one table */

struct counting {
    struct run *run;
    uint64_t units;
};

static int32_t take_counts(struct counting *counting, const struct pack *pack,
                           const struct rpc_param *params, struct failure *reterr)
{
    for (size_t i = 0; i < pack->count; i++) {
        int64_t units;

        /* A missing or implausible count means that the table was not counted. */
        if (params[i].code != RPC_OK || !json_integer(params[i].data, &units) || units < 0 ||
            units > COUNT_MAX) {
            return fmg_unit_lists_fail_answer(counting->run, &pack->unit_lists[i], &params[i],
                                              reterr);
        }
        counting->units += (uint64_t)units;
    }
    return HECTOR_OK;
}

static int32_t count_pack(void *context, struct pack *pack, struct failure *reterr)
{
    struct counting *counting = context;
    struct run *run = counting->run;
    struct rpc_param params[PACK_MAX] = {0};
    struct buffer urls[PACK_MAX] = {0}, rests[PACK_MAX] = {0};
    size_t left = REQUEST_BODY_MAX;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        urls[i] = BUFFER(KIB(2));
        rests[i] = BUFFER(left);
        fmg_unit_list_url(run, &pack->unit_lists[i], fmg_unit_list_table(pack->unit_lists[i].type),
                          &urls[i]);
        fmg_unit_list_scope(run, &pack->unit_lists[i], "\"option\":[\"count\"],", &rests[i]);
        params[i].url = buffer_text(&urls[i]);
        params[i].rest = buffer_text(&rests[i]);
        left -= rests[i].size;
        code = fail_buffer(run->call->operation, reterr, &urls[i]);
        if (code == HECTOR_OK) {
            code = fail_buffer(run->call->operation, reterr, &rests[i]);
        }
    }
    if (code == HECTOR_OK) {
        code = fmg_rpc_get(&run->rpc, params, pack->count, reterr);
    }
    if (code == HECTOR_OK) {
        code = take_counts(counting, pack, params, reterr);
    }
    operation_progress(run->call->operation, PHASE_unit_lists, pack->count, 0);
    fmg_rpc_release(params, pack->count);
    for (size_t i = 0; i < pack->count; i++) {
        buffer_release(&urls[i]);
        buffer_release(&rests[i]);
    }
    return code;
}

/* ---- ADOMs in per-device mode: the databases of their FortiGates */

/* Tables to count in one request, and the FortiGate of each. */
struct database_batch {
    struct run *run;
    enum device_type type;
    struct rpc_param params[ENVELOPE_URLS_MAX];
    struct buffer urls[ENVELOPE_URLS_MAX];
    uint32_t gates[ENVELOPE_URLS_MAX];
    size_t count;
    uint64_t *found; /* units by FortiGate */
};

/* True as well for an ADOM whose row was not read: see suspect_per_device() in unit_lists.c. */
static bool is_per_device(const struct run *run, uint32_t number, enum device_type type)
{
    const struct adom *adom = &run->topology.adoms[number];

    return adom->wanted && !adom->outside && (adom->per_device[type] || !adom->listed);
}

/*
 * Whether the ADOM of a VDOM is in per-device mode. If that ADOM is unknown (STRMAP_NONE), whether
 * any ADOM of the FortiGate is.
 */
static bool lies_in_per_device(const struct run *run, const struct gate *gate, uint32_t adom,
                               enum device_type type)
{
    if (adom != STRMAP_NONE) {
        return is_per_device(run, adom, type);
    }
    for (uint32_t i = gate->first_adom; i != STRMAP_NONE; i = run->topology.memberships[i].next) {
        if (is_per_device(run, run->topology.memberships[i].adom, type)) {
            return true;
        }
    }
    return false;
}

/*
 * Adds the count of one database. A VDOM that no longer exists has no units. A server that does not
 * count sends the rows instead.
 */
static int32_t take_database_count(struct database_batch *batch, size_t i, struct failure *reterr)
{
    const struct rpc_param *param = &batch->params[i];
    int64_t units = (int64_t)json_count(param->data);

    if (param->code == RPC_NOT_FOUND) {
        return HECTOR_OK;
    }
    if (param->code != RPC_OK) {
        return fmg_rpc_fail(&batch->run->rpc, param, reterr);
    }
    if (!json_is_table(param->data) &&
        (!json_integer(param->data, &units) || units < 0 || units > COUNT_MAX)) {
        return fmg_envelope_invalid(&batch->run->rpc, param->url, "no count", reterr);
    }
    batch->found[batch->gates[i]] += (uint64_t)units;
    return HECTOR_OK;
}

static int32_t count_databases(struct database_batch *batch, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    if (batch->count > 0) {
        code = fmg_rpc_get(&batch->run->rpc, batch->params, batch->count, reterr);
    }
    for (size_t i = 0; code == HECTOR_OK && i < batch->count; i++) {
        code = take_database_count(batch, i, reterr);
    }
    if (batch->count > 0) {
        operation_progress(batch->run->call->operation, PHASE_device_databases, batch->count, 0);
    }
    fmg_rpc_release(batch->params, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        buffer_release(&batch->urls[i]);
    }
    batch->count = 0;
    return code;
}

static int32_t add_database(struct database_batch *batch, const struct gate *gate, const char *vdom,
                            struct failure *reterr)
{
    size_t i = batch->count++;
    int32_t code;

    batch->urls[i] = BUFFER(KIB(2));
    fmg_device_database_url(gate->name, vdom, batch->type, &batch->urls[i]);
    batch->params[i] =
        (struct rpc_param){.url = buffer_text(&batch->urls[i]), .rest = "\"option\":[\"count\"]"};
    batch->gates[i] = (uint32_t)(gate - batch->run->topology.gates);
    code = fail_buffer(batch->run->call->operation, reterr, &batch->urls[i]);
    if (code == HECTOR_OK && batch->count < ENVELOPE_URLS_MAX) {
        return HECTOR_OK;
    }
    if (code != HECTOR_OK) {
        batch->count--;
        buffer_release(&batch->urls[i]);
        return code;
    }
    return count_databases(batch, reterr);
}

static int32_t add_gate(struct database_batch *batch, const struct gate *gate,
                        struct failure *reterr)
{
    const struct topology *topology = &batch->run->topology;
    int32_t code = HECTOR_OK;

    if (gate->first_vdom == STRMAP_NONE &&
        lies_in_per_device(batch->run, gate, STRMAP_NONE, batch->type)) {
        code = add_database(batch, gate, "root", reterr);
    }
    for (uint32_t v = gate->first_vdom; code == HECTOR_OK && v != STRMAP_NONE;
         v = topology->vdoms[v].next) {
        if (lies_in_per_device(batch->run, gate, topology->vdoms[v].adom, batch->type)) {
            code = add_database(batch, gate, topology->vdoms[v].name, reterr);
        }
    }
    return code;
}

/*
 * Adds, for each FortiGate in a per-device ADOM, the units of its databases or its own counter,
 * whichever is larger. Units that the ADOM's table lists as well count twice: this is an upper
 * bound.
 */
static int32_t add_databases(struct counting *counting, enum device_type type,
                             struct failure *reterr)
{
    struct run *run = counting->run;
    const struct topology *topology = &run->topology;
    struct database_batch *batch = calloc(1, sizeof(*batch));
    uint64_t *found = calloc(topology->gate_count + 1, sizeof(*found));
    int32_t code = HECTOR_OK;

    if (batch == NULL || found == NULL) {
        free(batch);
        free(found);
        return fail_memory(run->call->operation, reterr);
    }
    *batch = (struct database_batch){.run = run, .type = type, .found = found};
    for (size_t i = 0; code == HECTOR_OK && i < topology->gate_count; i++) {
        if (topology->gates[i].ours && topology->gates[i].read) {
            code = add_gate(batch, &topology->gates[i], reterr);
        }
    }
    if (code == HECTOR_OK) {
        code = count_databases(batch, reterr);
    }
    for (size_t i = 0; code == HECTOR_OK && i < topology->gate_count; i++) {
        const struct gate *gate = &topology->gates[i];
        uint32_t counted = type == SWITCH ? gate->switches : gate->access_points;

        if (gate->ours && gate->read && lies_in_per_device(run, gate, STRMAP_NONE, type)) {
            counting->units += found[i] > counted ? found[i] : counted;
        }
    }
    for (size_t i = 0; i < batch->count; i++) {
        buffer_release(&batch->urls[i]);
    }
    free(batch);
    free(found);
    return code;
}

int32_t fmg_unit_lists_count(struct run *run, enum device_type type, uint64_t *ret,
                             struct failure *reterr)
{
    struct counting counting = {.run = run};
    size_t bytes[DEVICE_TYPE_COUNT] = {0};
    int32_t code;

    bytes[type] = UNIT_BYTES;
    code = fmg_unit_list_plan(run, bytes, count_pack, &counting, reterr);
    if (code == HECTOR_OK) {
        code = add_databases(&counting, type, reterr);
    }
    *ret = counting.units;
    return code;
}
