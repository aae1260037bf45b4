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
    uint64_t units;
};

static int32_t take_counts(struct counting *counting, const struct pack *pack,
                           const struct rpc_param *params, struct failure *failure)
{
    for (size_t i = 0; i < pack->count; i++) {
        int64_t units;

        /* A missing or implausible count means that the table was not counted. */
        if (params[i].code != RPC_OK || !json_integer(params[i].data, &units) || units < 0 ||
            units > UNIT_COUNT_MAX) {
            return fmg_unit_lists_fail_answer(counting->run, &pack->unit_lists[i], &params[i],
                                              failure);
        }
        counting->units += (uint64_t)units;
    }
    return HECTOR_OK;
}

static int32_t count_pack(void *context, struct pack *pack, struct failure *failure)
{
    struct counting *counting = context;
    struct fmg_run *run = counting->run;
    struct rpc_param params[PACK_MAX] = {0};
    struct buffer urls[PACK_MAX] = {0}, rests[PACK_MAX] = {0};
    size_t left = REQUEST_BODY_MAX;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        urls[i] = BUFFER(FMG_URL_MAX);
        rests[i] = BUFFER(left);
        fmg_unit_list_url(run, &pack->unit_lists[i], fmg_unit_list_table(pack->unit_lists[i].type),
                          &urls[i]);
        fmg_unit_list_scope(run, &pack->unit_lists[i], "\"option\":[\"count\"],", &rests[i]);
        params[i].url = buffer_text(&urls[i]);
        params[i].rest = buffer_text(&rests[i]);
        left -= rests[i].size;
        code = fail_buffer(run->operation, failure, &urls[i]);
        if (code == HECTOR_OK) {
            code = fail_buffer(run->operation, failure, &rests[i]);
        }
    }
    if (code == HECTOR_OK) {
        code = fmg_rpc_get(&run->rpc, params, pack->count, failure);
    }
    if (code == HECTOR_OK) {
        code = take_counts(counting, pack, params, failure);
    }
    operation_progress(run->operation, PHASE_unit_lists, pack->count, 0);
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
    struct fmg_run *run;
    enum device_type type;
    struct rpc_param params[ENVELOPE_URLS_MAX];
    struct buffer urls[ENVELOPE_URLS_MAX];
    uint32_t fgts[ENVELOPE_URLS_MAX];
    size_t count;
    uint64_t *found; /* units by FortiGate */
};

/* True as well for an ADOM whose row was not read: see suspect_per_device() in unit_lists.c. */
static bool is_per_device(const struct fmg_run *run, uint32_t number, enum device_type type)
{
    const struct adom *adom = &run->topology.adoms[number];

    return adom->wanted && !adom->outside && (adom->per_device[type] || !adom->listed);
}

/*
 * Whether the ADOM of a VDOM is in per-device mode. If that ADOM is unknown (STRMAP_NONE), whether
 * any ADOM of the FortiGate is.
 */
static bool lies_in_per_device(const struct fmg_run *run, const struct fgt *fgt, uint32_t adom,
                               enum device_type type)
{
    if (adom != STRMAP_NONE) {
        return is_per_device(run, adom, type);
    }
    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = run->topology.memberships[i].next) {
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
static int32_t take_database_count(struct database_batch *batch, size_t i, struct failure *failure)
{
    const struct rpc_param *param = &batch->params[i];
    int64_t units = (int64_t)json_count(param->data);

    if (param->code == RPC_NOT_FOUND) {
        return HECTOR_OK;
    }
    if (param->code != RPC_OK) {
        return fmg_rpc_fail(&batch->run->rpc, param, failure);
    }
    if (!json_is_table(param->data) &&
        (!json_integer(param->data, &units) || units < 0 || units > UNIT_COUNT_MAX)) {
        return fmg_envelope_invalid(&batch->run->rpc, param->url, "no count", failure);
    }
    batch->found[batch->fgts[i]] += (uint64_t)units;
    return HECTOR_OK;
}

static int32_t count_databases(struct database_batch *batch, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    if (batch->count > 0) {
        code = fmg_rpc_get(&batch->run->rpc, batch->params, batch->count, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < batch->count; i++) {
        code = take_database_count(batch, i, failure);
    }
    if (batch->count > 0) {
        operation_progress(batch->run->operation, PHASE_device_databases, batch->count, 0);
    }
    fmg_rpc_release(batch->params, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        buffer_release(&batch->urls[i]);
    }
    batch->count = 0;
    return code;
}

static int32_t add_database(struct database_batch *batch, const struct fgt *fgt, const char *vdom,
                            struct failure *failure)
{
    size_t i = batch->count++;
    int32_t code;

    batch->urls[i] = BUFFER(FMG_URL_MAX);
    fmg_device_database_url(fgt->name, vdom, batch->type, &batch->urls[i]);
    batch->params[i] =
        (struct rpc_param){.url = buffer_text(&batch->urls[i]), .rest = "\"option\":[\"count\"]"};
    batch->fgts[i] = (uint32_t)(fgt - batch->run->topology.fgts);
    code = fail_buffer(batch->run->operation, failure, &batch->urls[i]);
    if (code == HECTOR_OK && batch->count < ENVELOPE_URLS_MAX) {
        return HECTOR_OK;
    }
    if (code != HECTOR_OK) {
        batch->count--;
        buffer_release(&batch->urls[i]);
        return code;
    }
    return count_databases(batch, failure);
}

static int32_t add_fgt(struct database_batch *batch, const struct fgt *fgt, struct failure *failure)
{
    const struct topology *topology = &batch->run->topology;
    int32_t code = HECTOR_OK;

    if (fgt->first_vdom == STRMAP_NONE &&
        lies_in_per_device(batch->run, fgt, STRMAP_NONE, batch->type)) {
        code = add_database(batch, fgt, "root", failure);
    }
    for (uint32_t v = fgt->first_vdom; code == HECTOR_OK && v != STRMAP_NONE;
         v = topology->vdoms[v].next) {
        if (lies_in_per_device(batch->run, fgt, topology->vdoms[v].adom, batch->type)) {
            code = add_database(batch, fgt, topology->vdoms[v].name, failure);
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
                             struct failure *failure)
{
    struct fmg_run *run = counting->run;
    const struct topology *topology = &run->topology;
    struct database_batch *batch = calloc(1, sizeof(*batch));
    uint64_t *found = calloc(topology->fgt_count + 1, sizeof(*found));
    int32_t code = HECTOR_OK;

    if (batch == NULL || found == NULL) {
        free(batch);
        free(found);
        return fail_memory(run->operation, failure);
    }
    *batch = (struct database_batch){.run = run, .type = type, .found = found};
    for (size_t i = 0; code == HECTOR_OK && i < topology->fgt_count; i++) {
        if (topology->fgts[i].is_fgt && topology->fgts[i].read) {
            code = add_fgt(batch, &topology->fgts[i], failure);
        }
    }
    if (code == HECTOR_OK) {
        code = count_databases(batch, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < topology->fgt_count; i++) {
        const struct fgt *fgt = &topology->fgts[i];
        uint32_t counted = type == SWITCH ? fgt->switches : fgt->access_points;

        if (fgt->is_fgt && fgt->read && lies_in_per_device(run, fgt, STRMAP_NONE, type)) {
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

int32_t fmg_unit_lists_count(struct fmg_run *run, enum device_type type, uint64_t *ret,
                             struct failure *failure)
{
    struct counting counting = {.run = run};
    size_t bytes[DEVICE_TYPE_COUNT] = {0};
    int32_t code;

    bytes[type] = UNIT_BYTES;
    code = fmg_unit_list_plan(run, bytes, count_pack, &counting, failure);
    if (code == HECTOR_OK) {
        code = add_databases(&counting, type, failure);
    }
    *ret = counting.units;
    return code;
}
