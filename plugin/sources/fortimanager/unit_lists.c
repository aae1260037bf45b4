/*
 * unit_lists.c - reads the switches and access points of all FortiGates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ADOM's table lists the units, whether their FortiGate is online or not; it alone decides
 * completeness. The status cache comes in the same request. Proxied queries follow if a selected
 * attribute needs them. Both only add attributes to units that the table lists. If an answer is too
 * large, the pack is halved, then the slice, down to one FortiGate.
 */
#include "unit_lists.h"

#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "searched_rows.h"
#include "serial_search.h"
#include "status_cache.h"
#include "unit_list_answer.h"
#include "unit_list_counters.h"

static bool has_cache(const struct unit_lists *unit_lists, const struct unit_list *unit_list)
{
    return unit_list->type == ACCESS_POINT && unit_lists->cache_needed;
}

/* Sends a pack: all tables, then the caches of the unit lists that have one. */
static int32_t send_pack(const struct unit_lists *unit_lists, const struct pack *pack,
                         struct rpc_batch *batch, struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;

    for (size_t i = 0; i < pack->count; i++) {
        const struct unit_list *unit_list = &pack->unit_lists[i];
        size_t number = fmg_rpc_batch_add(batch);

        batch->params[number].fields = buffer_text(&unit_lists->fields[unit_list->type]);
        fmg_unit_list_url(run, unit_list, fmg_unit_list_table(unit_list->type),
                          &batch->urls[number]);
        fmg_unit_list_scope(run, unit_list, "\"loadsub\":0,", &batch->rests[number]);
    }
    for (size_t i = 0; i < pack->count; i++) {
        if (has_cache(unit_lists, &pack->unit_lists[i])) {
            size_t number = fmg_rpc_batch_add(batch);

            batch->params[number].status_optional = true;
            fmg_unit_list_url(run, &pack->unit_lists[i], STATUS_CACHE_TABLE, &batch->urls[number]);
            fmg_unit_list_scope(run, &pack->unit_lists[i], "", &batch->rests[number]);
        }
    }
    return fmg_rpc_batch_get(batch, 0, batch->count, failure);
}

static int32_t take_answers(struct unit_lists *unit_lists, const struct pack *pack,
                            struct rpc_batch *batch, struct failure *failure)
{
    struct rpc_param no_cache = {0}, *next_cache = batch->params + pack->count;

    for (size_t i = 0; i < pack->count; i++) {
        struct rpc_param *table = &batch->params[i];
        struct rpc_param *cache =
            has_cache(unit_lists, &pack->unit_lists[i]) ? next_cache++ : &no_cache;
        int32_t code =
            fmg_unit_lists_take_answer(unit_lists, &pack->unit_lists[i], table, cache, failure);

        if (code != HECTOR_OK) {
            return code;
        }
        fmg_rpc_release(table, 1);
        fmg_rpc_release(cache, 1);
    }
    return HECTOR_OK;
}

/* ---- failures */

/* Marks all unit lists of a pack as incomplete. */
static int32_t fail_pack(struct unit_lists *unit_lists, const struct pack *pack,
                         const struct failure *why, struct failure *failure)
{
    for (size_t i = 0; i < pack->count; i++) {
        int32_t code = fmg_unit_lists_incomplete(unit_lists, &pack->unit_lists[i], why, failure);

        if (code != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

/* Halves a pack, or its only unit list. False if that is one FortiGate. */
static bool halve(const struct pack *pack, struct pack halves[static 2])
{
    struct unit_list *left = &halves[0].unit_lists[0], *right = &halves[1].unit_lists[0];

    halves[0] = (struct pack){.count = 1};
    halves[1] = halves[0];
    if (pack->count > 1) {
        halves[0].count = pack->count / 2;
        halves[1].count = pack->count - halves[0].count;
        memcpy(left, pack->unit_lists, halves[0].count * sizeof(*left));
        memcpy(right, pack->unit_lists + halves[0].count, halves[1].count * sizeof(*right));
        return true;
    }
    *left = *right = pack->unit_lists[0];
    left->whole = right->whole = false;
    left->fgt_count /= 2;
    right->first += left->fgt_count;
    right->fgt_count -= left->fgt_count;
    return left->fgt_count > 0;
}

static int32_t read_pack(struct unit_lists *unit_lists, struct pack *pack, struct failure *failure);

static int32_t read_halves(struct unit_lists *unit_lists, const struct pack *pack,
                           const struct failure *why, struct failure *failure)
{
    struct pack *halves = calloc(2, sizeof(*halves));
    int32_t code = HECTOR_OK;

    if (halves == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    if (!halve(pack, halves)) {
        free(halves);
        if (++unit_lists->failed_in_row >= FAILED_ANSWERS_MAX) {
            unit_lists->lost = *why;
        }
        return fail_pack(unit_lists, pack, why, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < 2; i++) {
        if (fmg_unit_list_names_any(unit_lists->run, &halves[i].unit_lists[0])) {
            code = read_pack(unit_lists, &halves[i], failure);
        }
    }
    free(halves);
    return code;
}

/*
 * Handles the failure of a whole pack: it ends the run, stops all further packs, or leads to two
 * halves.
 */
static int32_t pack_failed(struct unit_lists *unit_lists, const struct pack *pack,
                           const struct failure *why, struct failure *failure)
{
    if (failure_ends(why->cause, why)) {
        *failure = *why;
        return why->cause;
    }
    /* Too large, or an unusable answer to one table that hides the answers to the others. */
    if (why->reason == REASON_reply_too_large || why->reason == REASON_too_large_to_send ||
        (why->cause == HECTOR_DATA && pack->count > 1)) {
        return read_halves(unit_lists, pack, why, failure);
    }
    if (why->cause != HECTOR_DATA || ++unit_lists->failed_in_row >= FAILED_ANSWERS_MAX) {
        unit_lists->lost = *why;
    }
    return fail_pack(unit_lists, pack, why, failure);
}

static int32_t read_pack(struct unit_lists *unit_lists, struct pack *pack, struct failure *failure)
{
    struct operation *operation = unit_lists->run->operation;
    struct rpc_batch *batch;
    struct failure why;
    int32_t code;

    if (unit_lists->lost.cause != 0) {
        return fail_pack(unit_lists, pack, &unit_lists->lost, failure);
    }
    code = operation_check(operation, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    batch = calloc(1, sizeof(*batch));
    if (batch == NULL) {
        return fail_memory(operation, failure);
    }
    batch->rpc = &unit_lists->run->rpc;
    code = send_pack(unit_lists, pack, batch, &why);
    if (code != HECTOR_OK) {
        fmg_rpc_batch_release(batch);
        code = pack_failed(unit_lists, pack, &why, failure);
    } else {
        size_t bytes = batch->rpc->tree_bytes;

        /* Queries to FortiGates meanwhile share the memory limit with this answer. */
        operation->tree_bytes += bytes;
        unit_lists->failed_in_row = 0;
        code = take_answers(unit_lists, pack, batch, failure);
        operation->tree_bytes -= bytes;
    }
    fmg_rpc_batch_release(batch);
    free(batch);
    return code;
}

/* Requests a pack and imports the answers (a take_pack, context: struct unit_lists). */
static int32_t take_unit_lists(void *context, struct pack *pack, struct failure *failure)
{
    struct unit_lists *unit_lists = context;
    const struct fmg_run *run = unit_lists->run;
    int32_t code;

    /* The scopes first, so that a failed request leaves them incomplete rather than absent. */
    for (size_t i = 0; i < pack->count; i++) {
        code = inventory_expect(run->inventory,
                                run->topology.adoms.items[pack->unit_lists[i].adom].scope,
                                pack->unit_lists[i].type, failure);
        if (code != HECTOR_OK) {
            return code;
        }
    }
    code = read_pack(unit_lists, pack, failure);
    operation_progress(run->operation, PHASE_unit_lists, pack->count, 0);
    return code;
}

/* ---- all unit lists */

/*
 * Treats an ADOM whose row was not read, alone or with all others, as one in per-device mode,
 * because it may be: the databases of its FortiGates are read as well. Returns whether any ADOM is
 * in that mode.
 */
static bool find_per_device(struct topology *topology)
{
    bool found = false;

    for (size_t i = 0; i < topology->adoms.count; i++) {
        bool *per_device = topology->adoms.items[i].per_device;

        if (!topology->adoms.items[i].listed) {
            per_device[SWITCH] = per_device[ACCESS_POINT] = true;
        }
        found = found || per_device[SWITCH] || per_device[ACCESS_POINT];
    }
    return found;
}

int32_t fmg_unit_lists_open(struct fmg_run *run, struct unit_lists **ret, struct failure *failure)
{
    const struct settings *settings = run->settings;
    struct unit_lists *unit_lists = calloc(1, sizeof(*unit_lists));
    struct buffer *fields;
    size_t *bytes;
    int32_t code;

    *ret = unit_lists;
    if (unit_lists == NULL) {
        return fail_memory(run->operation, failure);
    }
    unit_lists->run = run;
    unit_lists->cache_needed = fmg_status_cache_needed(settings);
    fmg_proxied_init(&unit_lists->proxied, run);
    fields = unit_lists->fields;
    fields[SWITCH] = fmg_fields_unit(SWITCH, &run->version);
    fields[ACCESS_POINT] = fmg_fields_unit(ACCESS_POINT, &run->version);
    unit_lists->plan =
        (struct unit_list_plan){.run = run, .take = take_unit_lists, .context = unit_lists};
    bytes = unit_lists->plan.unit_bytes;
    bytes[SWITCH] = settings->device_types[SWITCH] ? UNIT_BYTES : 0;
    if (settings->device_types[ACCESS_POINT]) {
        bytes[ACCESS_POINT] = UNIT_BYTES + (unit_lists->cache_needed ? STATUS_CACHE_BYTES : 0);
    }
    if (find_per_device(&run->topology) || unit_lists->proxied.needed[SWITCH] ||
        unit_lists->proxied.needed[ACCESS_POINT]) {
        bytes[SWITCH] *= 2; /* half of the memory is for answers to what is asked meanwhile */
        bytes[ACCESS_POINT] *= 2;
    }
    code = fail_buffer(run->operation, failure, &fields[SWITCH]);
    return code != HECTOR_OK ? code : fail_buffer(run->operation, failure, &fields[ACCESS_POINT]);
}

void fmg_unit_lists_close(struct unit_lists *unit_lists)
{
    if (unit_lists != NULL) {
        buffer_release(&unit_lists->fields[SWITCH]);
        buffer_release(&unit_lists->fields[ACCESS_POINT]);
        fmg_searched_rows_release(unit_lists);
        free(unit_lists->readings.items);
        free(unit_lists);
    }
}

int32_t fmg_unit_lists_read(struct unit_lists *unit_lists, struct failure *failure)
{
    int32_t code;

    fmg_device_database_expect(unit_lists);
    fmg_proxied_expect(&unit_lists->proxied);
    if ((code = fmg_unit_list_plan(&unit_lists->plan, false, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_settle_counters(unit_lists, failure)) != HECTOR_OK) {
        return code;
    }
    return fmg_serial_search_settle(unit_lists, failure);
}
