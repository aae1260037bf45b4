/*
 * roster_count.c - how many switches and access points there are, at most: for validate.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_read.h"
#include "rosters.h"

#define COUNT_MAX 100000000 /* units that one table may count */

struct counting {
    struct run *run;
    uint64_t units;
};

static int32_t take_counts(struct counting *counting, const struct pack *pack,
                           const struct rpc_param *params, struct failure *reterr)
{
    for (size_t i = 0; i < pack->count; i++) {
        int64_t units;

        /* A count that is none, or that no FortiManager can hold, was not read. */
        if (params[i].code != RPC_OK || !json_integer(params[i].data, &units) || units < 0 ||
            units > COUNT_MAX) {
            return rosters_fail_answer(counting->run, &pack->rosters[i], &params[i], reterr);
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
        roster_url(run, &pack->rosters[i], roster_table(pack->rosters[i].type), &urls[i]);
        roster_scope(run, &pack->rosters[i], "\"option\":[\"count\"],", &rests[i]);
        params[i].url = buffer_text(&urls[i]);
        params[i].rest = buffer_text(&rests[i]);
        left -= rests[i].size;
        code = fail_buffer(run->call->operation, reterr, &urls[i]);
        if (code == HECTOR_OK) {
            code = fail_buffer(run->call->operation, reterr, &rests[i]);
        }
    }
    if (code == HECTOR_OK) {
        code = rpc_get(&run->rpc, params, pack->count, reterr);
    }
    if (code == HECTOR_OK) {
        code = take_counts(counting, pack, params, reterr);
    }
    rpc_release(params, pack->count);
    for (size_t i = 0; i < pack->count; i++) {
        buffer_release(&urls[i]);
        buffer_release(&rests[i]);
    }
    return code;
}

int32_t rosters_count(struct run *run, enum device_type type, uint64_t *ret, struct failure *reterr)
{
    struct counting counting = {.run = run};
    size_t bytes[DEVICE_TYPE_COUNT] = {0};
    int32_t code;

    bytes[type] = UNIT_BYTES;
    code = roster_plan(run, bytes, count_pack, &counting, reterr);
    *ret = counting.units;
    return code;
}
