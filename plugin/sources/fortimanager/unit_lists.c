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

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_database.h"
#include "searched_rows.h"
#include "serial_search.h"
#include "status_cache.h"
#include "unit_list_answer.h"
#include "unit_list_counters.h"

/* A pack's answers: the tables, and the caches of the unit lists that have one. */
struct answers {
    struct rpc_param tables[PACK_MAX], caches[PACK_MAX];
    struct buffer urls[2 * PACK_MAX], rests[2 * PACK_MAX];
    size_t left; /* bytes left for `rests` in the request */
};

/* ---- the request */

/*
 * Writes URL and members of one param. Both buffers are limited to what can be sent, because a
 * FortiGate may have any number of VDOMs. Fails if one overflows: a truncated URL or list would
 * query other objects.
 */
static int32_t write_param(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           const char *table, const char *lead, struct answers *answers,
                           size_t number, struct rpc_param *param, struct failure *failure)
{
    struct buffer *url = &answers->urls[number], *rest = &answers->rests[number];
    int32_t code;

    *rest = BUFFER(answers->left);
    fmg_unit_list_url(unit_lists->run, unit_list, table, url);
    fmg_unit_list_scope(unit_lists->run, unit_list, lead, rest);
    answers->left -= rest->size;
    param->url = buffer_text(url);
    param->rest = buffer_text(rest);
    code = fail_buffer(unit_lists->run->operation, failure, url);
    return code == HECTOR_OK ? fail_buffer(unit_lists->run->operation, failure, rest) : code;
}

static bool has_cache(const struct unit_lists *unit_lists, const struct unit_list *unit_list)
{
    return unit_list->type == ACCESS_POINT && unit_lists->cache_needed;
}

/* Sends a pack: all tables, then the caches. Stores the answers by unit list. */
static int32_t ask(struct unit_lists *unit_lists, const struct pack *pack, struct answers *answers,
                   struct failure *failure)
{
    struct rpc_param params[2 * PACK_MAX] = {0};
    size_t count = pack->count, cache = count;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        const struct unit_list *unit_list = &pack->unit_lists[i];

        params[i].fields = buffer_text(&unit_lists->fields[unit_list->type]);
        code = write_param(unit_lists, unit_list, fmg_unit_list_table(unit_list->type),
                           "\"loadsub\":0,", answers, i, &params[i], failure);
        if (code == HECTOR_OK && has_cache(unit_lists, unit_list)) {
            params[count].status_optional = true;
            code = write_param(unit_lists, unit_list, STATUS_CACHE_TABLE, "", answers, count,
                               &params[count], failure);
            count++;
        }
    }
    if (code == HECTOR_OK) {
        code = fmg_rpc_get(&unit_lists->run->rpc, params, count, failure);
    }
    for (size_t i = 0; i < pack->count; i++) {
        answers->tables[i] = params[i];
        if (has_cache(unit_lists, &pack->unit_lists[i])) {
            answers->caches[i] = params[cache++];
        }
    }
    return code;
}

static struct answers *answers_new(void)
{
    struct answers *answers = calloc(1, sizeof(*answers));

    if (answers == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < 2 * PACK_MAX; i++) {
        answers->urls[i] = BUFFER(FMG_URL_MAX);
    }
    answers->left = REQUEST_BODY_MAX;
    return answers;
}

static void answers_free(struct answers *answers)
{
    fmg_rpc_release(answers->tables, PACK_MAX);
    fmg_rpc_release(answers->caches, PACK_MAX);
    for (size_t i = 0; i < 2 * PACK_MAX; i++) {
        buffer_release(&answers->urls[i]);
        buffer_release(&answers->rests[i]);
    }
    free(answers);
}

/* ---- the answers */

static int32_t take_answers(struct unit_lists *unit_lists, const struct pack *pack,
                            struct answers *answers, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        code = fmg_unit_lists_take_answer(unit_lists, &pack->unit_lists[i], &answers->tables[i],
                                          &answers->caches[i], failure);
        fmg_rpc_release(&answers->tables[i], 1);
        fmg_rpc_release(&answers->caches[i], 1);
    }
    return code;
}

/* ---- failures */

/* Marks all unit lists of a pack as incomplete. */
static int32_t end_pack(struct unit_lists *unit_lists, const struct pack *pack,
                        const struct failure *why, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        code = fmg_unit_lists_incomplete(unit_lists, &pack->unit_lists[i], why, failure);
    }
    return code;
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
    int32_t code;

    if (halves == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    if (halve(pack, halves)) {
        code = HECTOR_OK;
        for (size_t i = 0; code == HECTOR_OK && i < 2; i++) {
            if (fmg_unit_list_names_any(unit_lists->run, &halves[i].unit_lists[0])) {
                code = read_pack(unit_lists, &halves[i], failure);
            }
        }
    } else {
        if (++unit_lists->failed_in_row >= FAILED_ANSWERS_MAX) {
            unit_lists->lost = *why;
        }
        code = end_pack(unit_lists, pack, why, failure);
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
    return end_pack(unit_lists, pack, why, failure);
}

static int32_t read_pack(struct unit_lists *unit_lists, struct pack *pack, struct failure *failure)
{
    struct answers *answers;
    struct failure why;
    int32_t code;

    if (unit_lists->lost.cause != 0) {
        return end_pack(unit_lists, pack, &unit_lists->lost, failure);
    }
    code = operation_check(unit_lists->run->operation, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    answers = answers_new();
    if (answers == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    code = ask(unit_lists, pack, answers, &why);
    if (code == HECTOR_OK) {
        struct operation *operation = unit_lists->run->operation;
        size_t bytes = unit_lists->run->rpc.tree_bytes;

        /* Queries to FortiGates meanwhile share the memory limit with this answer. */
        operation->tree_bytes += bytes;
        unit_lists->failed_in_row = 0;
        code = take_answers(unit_lists, pack, answers, failure);
        operation->tree_bytes -= bytes;
        answers_free(answers);
        return code;
    }
    answers_free(answers);
    return pack_failed(unit_lists, pack, &why, failure);
}

/* Expects the scopes first, so that a failed request leaves them incomplete rather than absent. */
int32_t fmg_unit_lists_take_pack(void *context, struct pack *pack, struct failure *failure)
{
    struct unit_lists *unit_lists = context;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        const struct unit_list *unit_list = &pack->unit_lists[i];

        code = inventory_expect(unit_lists->run->inventory,
                                unit_lists->run->topology.adoms[unit_list->adom].scope,
                                unit_list->type, failure);
    }
    code = code == HECTOR_OK ? read_pack(unit_lists, pack, failure) : code;
    operation_progress(unit_lists->run->operation, PHASE_unit_lists, pack->count, 0);
    return code;
}

/* ---- all unit lists */

/*
 * Treats an ADOM whose row was not read, alone or with all others, as one in per-device mode,
 * because it may be: the databases of its FortiGates are read as well.
 */
static void suspect_per_device(struct fmg_run *run)
{
    for (size_t i = 0; i < run->topology.adom_count; i++) {
        struct adom *adom = &run->topology.adoms[i];

        adom->per_device[SWITCH] = adom->per_device[SWITCH] || !adom->listed;
        adom->per_device[ACCESS_POINT] = adom->per_device[ACCESS_POINT] || !adom->listed;
    }
}

/* Whether FortiGates or device databases are asked while an answer is kept in memory. */
static bool asks_meanwhile(const struct unit_lists *unit_lists)
{
    const struct topology *topology = &unit_lists->run->topology;
    bool per_device = false;

    for (size_t i = 0; i < topology->adom_count; i++) {
        per_device = per_device || topology->adoms[i].per_device[SWITCH] ||
                     topology->adoms[i].per_device[ACCESS_POINT];
    }
    return per_device || unit_lists->proxied.needed[SWITCH] ||
           unit_lists->proxied.needed[ACCESS_POINT];
}

int32_t fmg_unit_lists_open(struct fmg_run *run, struct unit_lists **ret, struct failure *failure)
{
    const struct settings *settings = run->settings;
    struct unit_lists *unit_lists = calloc(1, sizeof(*unit_lists));
    size_t *bytes;
    int32_t code;

    *ret = unit_lists;
    if (unit_lists == NULL) {
        return fail_memory(run->operation, failure);
    }
    unit_lists->run = run;
    unit_lists->take = fmg_unit_lists_take_pack;
    unit_lists->cache_needed = fmg_status_cache_needed(settings);
    suspect_per_device(run);
    fmg_proxied_init(&unit_lists->proxied, run);
    unit_lists->fields[SWITCH] = unit_lists->fields[ACCESS_POINT] = BUFFER(FMG_URL_MAX);
    fmg_fields_switch(&run->version, &unit_lists->fields[SWITCH]);
    fmg_fields_access_point(&unit_lists->fields[ACCESS_POINT]);
    bytes = unit_lists->unit_bytes;
    bytes[SWITCH] = settings->device_types[SWITCH] ? UNIT_BYTES : 0;
    if (settings->device_types[ACCESS_POINT]) {
        bytes[ACCESS_POINT] = UNIT_BYTES + (unit_lists->cache_needed ? STATUS_CACHE_BYTES : 0);
    }
    if (asks_meanwhile(unit_lists)) {
        bytes[SWITCH] *= 2; /* half of the memory is for those answers */
        bytes[ACCESS_POINT] *= 2;
    }
    code = fail_buffer(run->operation, failure, &unit_lists->fields[SWITCH]);
    return code == HECTOR_OK
               ? fail_buffer(run->operation, failure, &unit_lists->fields[ACCESS_POINT])
               : code;
}

void fmg_unit_lists_close(struct unit_lists *unit_lists)
{
    if (unit_lists != NULL) {
        buffer_release(&unit_lists->fields[SWITCH]);
        buffer_release(&unit_lists->fields[ACCESS_POINT]);
        fmg_searched_rows_release(unit_lists);
        free(unit_lists->readings);
        free(unit_lists);
    }
}

int32_t fmg_unit_lists_read(struct unit_lists *unit_lists, struct failure *failure)
{
    int32_t code;

    fmg_device_database_expect(unit_lists);
    fmg_proxied_expect(&unit_lists->proxied);
    code = fmg_unit_list_plan(unit_lists->run, unit_lists->unit_bytes, fmg_unit_lists_take_pack,
                              unit_lists, failure);
    if (code == HECTOR_OK) {
        code = fmg_unit_lists_settle_counters(unit_lists, failure);
    }
    return code == HECTOR_OK ? fmg_serial_search_settle(unit_lists, failure) : code;
}
