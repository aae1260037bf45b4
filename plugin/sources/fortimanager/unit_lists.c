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
#include "envelope.h"
#include "serial_search.h"
#include "status_cache.h"
#include "system.h"
#include "unit_list_counters.h"
#include "json/json_read.h"

/* ---- answers */

/* Rows are imported in the order of their FortiGates. */
static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(fmg_unit_row_place(*left, "name"), fmg_unit_row_place(*right, "name"));
}

/*
 * Queries FortiGates for what only they know: in per-device mode all of the unit list, since their
 * databases list more units, else those that manage rows of the answer. `rows` is sorted by
 * FortiGate.
 */
static int32_t ask_fgts(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                        struct json_object *rows, struct failure *failure)
{
    struct fmg_run *run = unit_lists->run;
    const struct adom *adom = fmg_unit_list_adom(run, unit_list);
    bool all = adom->per_device[unit_list->type];
    struct proxied_targets targets = {adom->name, adom->fgts.items + unit_list->first,
                                      unit_list->fgt_count};
    uint32_t *fgts = NULL;

    if (!unit_lists->proxied.needed[unit_list->type] || unit_lists->proxied.stopped) {
        return HECTOR_OK;
    }
    if (!all) {
        fgts = calloc(json_count(rows) + 1, sizeof(*fgts));
        targets = (struct proxied_targets){adom->name, fgts, 0};
        if (fgts == NULL) {
            return fail_memory(run->operation, failure);
        }
    }
    for (size_t i = 0; fgts != NULL && i < json_count(rows); i++) {
        const struct fgt *fgt = fmg_topology_find_fgt(
            &run->topology, fmg_unit_row_place(json_element(rows, i), "name"));
        uint32_t number = fgt != NULL ? (uint32_t)(fgt - run->topology.fgts.items) : 0;

        if (fgt != NULL && (targets.count == 0 || fgts[targets.count - 1] != number)) {
            fgts[targets.count++] = number;
        }
    }
    int32_t code = fmg_proxied_ask(&unit_lists->proxied, &targets, unit_list->type,
                                   &unit_lists->asked, failure);
    free(fgts);
    return code;
}

/*
 * Marks the unit list as incomplete if a FortiGate that was requested by its name and VDOMs has no
 * VDOM in its row (it may have others than `root`), or a damaged name, which cannot be requested.
 */
static int32_t check_names(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;
    const struct fgt *fgt;
    int32_t code = HECTOR_OK;

    /* A follow-up of one FortiGate: the unit list of its ADOM was checked before. */
    if (unit_list->alone || unit_list->databases ||
        (unit_list->whole && !fmg_unit_list_adom(run, unit_list)->per_device[unit_list->type])) {
        return HECTOR_OK;
    }
    for (size_t i = 0; code == HECTOR_OK && (fgt = fmg_unit_list_fgt(run, unit_list, i)) != NULL;
         i++) {
        bool unlisted = fgt->first_vdom == STRMAP_NONE && !fgt->vdoms_damaged;
        struct failure why;

        if (fgt->is_fgt && (unlisted || fgt->vdoms_damaged || fmg_name_damaged(fgt->name))) {
            (void)fmg_envelope_invalid(
                &run->rpc, "/dvmdb/device",
                unlisted ? "a FortiGate without a VDOM" : "a name that is no text", &why);
            code = fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
        }
    }
    return code;
}

/*
 * Fills the overlays of the unit list from the status cache and the FortiGates. They may take
 * OVERLAY_MAX bytes, or less if the run has less left.
 */
static int32_t read_facts(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *failure)
{
    size_t room = 2 * OVERLAY_MAX, used;
    int32_t code;

    if (json_count(cache->data) == 0 && !unit_lists->proxied.needed[unit_list->type]) {
        return HECTOR_OK;
    }
    do {
        room /= 2;
        code = fmg_run_room(unit_lists->run, room, failure);
    } while (code == HECTOR_LIMIT && room > 0);
    if (code != HECTOR_OK) {
        return code;
    }
    unit_lists->cached.max_bytes = room;
    if (cache->code == RPC_OK && !fmg_status_cache_read(cache->data, &unit_lists->cached)) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    used = overlay_bytes(&unit_lists->cached);
    unit_lists->asked.max_bytes = room > used ? room - used : 0;
    return ask_fgts(unit_lists, unit_list, rows, failure);
}

static int32_t take_table(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                          struct json_object *rows, const struct rpc_param *cache,
                          struct failure *failure)
{
    const struct adom *adom = fmg_unit_list_adom(unit_lists->run, unit_list);
    int32_t code;

    if ((code = read_facts(unit_lists, unit_list, rows, cache, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_take_rows(unit_lists, unit_list, NULL, rows, failure)) !=
            HECTOR_OK) {
        return code;
    }
    if (adom->per_device[unit_list->type]) {
        code = fmg_device_database_read(unit_lists, unit_list, 1, failure);
    }
    if (code != HECTOR_OK || (!unit_lists->asked.full && !unit_lists->cached.full)) {
        return code;
    }
    return inventory_problem(unit_lists->run->inventory,
                             PROBLEM(SEVERITY_WARNING, REASON_facts_full, adom->name,
                                     ARGUMENTS(adom->name), .scope = adom->scope,
                                     .device_type = device_type_id(unit_list->type)),
                             failure);
}

/*
 * Imports the answers of a unit list's table and, if it has one, of its status cache. What cannot
 * be read makes the unit list's scope incomplete.
 */
static int32_t take_answer(struct unit_lists *unit_lists, const struct unit_list *unit_list,
                           const struct rpc_param *table, const struct rpc_param *cache,
                           struct failure *failure)
{
    const struct unit_list_reading reading = {.unit_list = *unit_list,
                                              .rows = json_row_count(table->data)};
    struct failure why;
    int32_t code;

    if (table->code != RPC_OK || !json_is_table(table->data)) {
        (void)fmg_unit_lists_fail_answer(unit_lists->run, unit_list, table, &why);
        return fmg_unit_lists_incomplete(unit_lists, unit_list, &why, failure);
    }
    if ((code = check_names(unit_lists, unit_list, failure)) != HECTOR_OK ||
        (code = fmg_unit_lists_note_reading(unit_lists, &reading, failure)) != HECTOR_OK) {
        return code;
    }
    /* Sorted by FortiGate, so that equal data gives equal output. */
    if (json_count(table->data) > 1) {
        json_object_array_sort(table->data, compare_rows);
    }
    code = take_table(unit_lists, unit_list, table->data, cache, failure);
    overlay_release(&unit_lists->asked);
    overlay_release(&unit_lists->cached);
    strmap_release(&unit_lists->listed);
    return code;
}

/* ---- packs */

static bool has_cache(const struct unit_lists *unit_lists, enum device_type type)
{
    return type == ACCESS_POINT && unit_lists->cache_needed;
}

/* Sends a pack: all tables, then the caches of the unit lists that have one. */
static int32_t send_pack(const struct unit_lists *unit_lists, const struct pack *pack,
                         struct rpc_batch *batch, struct failure *failure)
{
    for (size_t i = 0; i < pack->count; i++) {
        const struct unit_list *unit_list = &pack->unit_lists[i];
        const char *table = fmg_kinds[unit_list->type].table;

        fmg_unit_list_add(unit_lists->run, unit_list, table, "\"loadsub\":0,", batch)->fields =
            buffer_text(&unit_lists->fields[unit_list->type]);
    }
    for (size_t i = 0; i < pack->count; i++) {
        if (has_cache(unit_lists, pack->unit_lists[i].type)) {
            fmg_unit_list_add(unit_lists->run, &pack->unit_lists[i], STATUS_CACHE_TABLE, "", batch)
                ->status_optional = true;
        }
    }
    return fmg_rpc_batch_get(batch, 0, batch->count, failure);
}

static int32_t take_answers(struct unit_lists *unit_lists, const struct pack *pack,
                            struct rpc_batch *batch, struct failure *failure)
{
    struct rpc_param no_cache = {0}, *next_cache = batch->params + pack->count;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        struct rpc_param *cache =
            has_cache(unit_lists, pack->unit_lists[i].type) ? next_cache++ : &no_cache;

        code = take_answer(unit_lists, &pack->unit_lists[i], &batch->params[i], cache, failure);
    }
    return code;
}

/* Marks all unit lists of a pack as incomplete. */
static int32_t fail_pack(struct unit_lists *unit_lists, const struct pack *pack,
                         const struct failure *why, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        code = fmg_unit_lists_incomplete(unit_lists, &pack->unit_lists[i], why, failure);
    }
    return code;
}

static int32_t read_pack(struct unit_lists *unit_lists, const struct pack *pack,
                         struct failure *failure);

/* Reads the halves of a pack, or of its only unit list. */
static int32_t read_halves(struct unit_lists *unit_lists, const struct pack *pack,
                           struct failure *failure)
{
    struct unit_list left = pack->unit_lists[0], right = left;
    size_t count = pack->count / 2;
    struct pack halves[] = {{pack->unit_lists, count},
                            {pack->unit_lists + count, pack->count - count}};
    int32_t code = HECTOR_OK;

    if (pack->count == 1) {
        left.whole = right.whole = false;
        left.fgt_count /= 2;
        right.first += left.fgt_count;
        right.fgt_count -= left.fgt_count;
        halves[0] = (struct pack){&left, 1};
        halves[1] = (struct pack){&right, 1};
    }
    for (size_t i = 0; code == HECTOR_OK && i < 2; i++) {
        if (fmg_unit_list_names_any(unit_lists->run, halves[i].unit_lists)) {
            code = read_pack(unit_lists, &halves[i], failure);
        }
    }
    return code;
}

/*
 * Handles the failure of a whole pack: it ends the run, stops all further packs, or leads to two
 * halves.
 */
static int32_t pack_failed(struct unit_lists *unit_lists, const struct pack *pack,
                           const struct failure *why, struct failure *failure)
{
    bool too_large =
        why->reason == REASON_reply_too_large || why->reason == REASON_too_large_to_send;

    if (failure_ends(why->cause, why)) {
        return fail_as(failure, why);
    }
    /* An unusable answer to one table hides the answers to the others. */
    if ((too_large && pack->unit_lists[0].fgt_count > 1) ||
        ((too_large || why->cause == HECTOR_DATA) && pack->count > 1)) {
        operation_log(unit_lists->run->operation, HECTOR_LOG_DEBUG, "%zu unit lists in halves: %s",
                      pack->count, message_slug(why->reason));
        return read_halves(unit_lists, pack, failure);
    }
    if ((!too_large && why->cause != HECTOR_DATA) ||
        ++unit_lists->failed_in_row >= FAILED_ANSWERS_MAX) {
        unit_lists->lost = *why;
    }
    return fail_pack(unit_lists, pack, why, failure);
}

static int32_t read_pack(struct unit_lists *unit_lists, const struct pack *pack,
                         struct failure *failure)
{
    struct operation *operation = unit_lists->run->operation;
    struct rpc_batch *batch;
    struct failure why;

    if (unit_lists->lost.cause != 0) {
        return fail_pack(unit_lists, pack, &unit_lists->lost, failure);
    }
    int32_t code = operation_check(operation, failure);
    if (code != HECTOR_OK) {
        return code;
    }
    batch = calloc(1, sizeof(*batch));
    if (batch == NULL) {
        return fail_memory(operation, failure);
    }
    batch->rpc = &unit_lists->run->rpc;
    bool taken = send_pack(unit_lists, pack, batch, &why) == HECTOR_OK;
    if (taken) {
        unit_lists->failed_in_row = 0;
        code = take_answers(unit_lists, pack, batch, failure);
    }
    fmg_rpc_batch_release(batch);
    free(batch);
    return taken ? code : pack_failed(unit_lists, pack, &why, failure);
}

/* Requests a pack and imports the answers (a take_pack, context: struct unit_lists). */
static int32_t take_unit_lists(void *context, const struct pack *pack, struct failure *failure)
{
    struct unit_lists *unit_lists = context;
    const struct fmg_run *run = unit_lists->run;
    int32_t code = HECTOR_OK;

    /* The scopes first, so that a failed request leaves them incomplete rather than absent. */
    for (size_t i = 0; code == HECTOR_OK && i < pack->count; i++) {
        code =
            inventory_expect(run->inventory, fmg_unit_list_adom(run, &pack->unit_lists[i])->scope,
                             pack->unit_lists[i].type, failure);
    }
    if (code == HECTOR_OK) {
        code = read_pack(unit_lists, pack, failure);
        operation_progress(run->operation, PHASE_unit_lists, pack->count, 0);
    }
    return code;
}

/* ---- all unit lists */

/*
 * Treats an ADOM whose row was not read, alone or with all others, as one in per-device mode,
 * because it may be: the databases of its FortiGates are read as well. Returns whether any ADOM is
 * in that mode.
 */
static bool assume_per_device(struct topology *topology)
{
    bool found = false;

    for (size_t i = 0; i < topology->adoms.count; i++) {
        bool *per_device = topology->adoms.items[i].per_device;

        for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
            per_device[type] = per_device[type] || !topology->adoms.items[i].listed;
            found = found || per_device[type];
        }
    }
    return found;
}

int32_t fmg_unit_lists_open(struct unit_lists *unit_lists, struct fmg_run *run,
                            struct failure *failure)
{
    const struct settings *settings = run->settings;
    bool asks_meanwhile = assume_per_device(&run->topology);
    int32_t code = HECTOR_OK;

    *unit_lists = (struct unit_lists){
        .run = run,
        .plan = {.run = run, .take = take_unit_lists, .context = unit_lists},
        .cache_needed = fmg_status_cache_needed(settings),
    };
    fmg_proxied_init(&unit_lists->proxied, run);
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        asks_meanwhile = asks_meanwhile || unit_lists->proxied.needed[type];
    }
    for (enum device_type type = FIREWALL; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        if (settings->device_types[type] && fmg_kinds[type].table != NULL) {
            size_t bytes = UNIT_BYTES + (has_cache(unit_lists, type) ? STATUS_CACHE_BYTES : 0);

            /* Half of the memory is for answers to what is asked meanwhile. */
            unit_lists->plan.unit_bytes[type] = asks_meanwhile ? 2 * bytes : bytes;
            unit_lists->fields[type] = fmg_fields_unit(type, run->version);
            code = fail_buffer(run->operation, failure, &unit_lists->fields[type]);
        }
    }
    return code;
}

void fmg_unit_lists_close(struct unit_lists *unit_lists)
{
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        buffer_release(&unit_lists->fields[type]);
    }
    fmg_unit_lists_release_searched(unit_lists);
    free(unit_lists->readings.items);
}

int32_t fmg_unit_lists_settle(struct unit_lists *unit_lists, struct failure *failure)
{
    int32_t code = fmg_unit_lists_settle_counters(unit_lists, failure);

    return code == HECTOR_OK ? fmg_serial_search_settle(unit_lists, failure) : code;
}

int32_t fmg_unit_lists_read(struct unit_lists *unit_lists, struct failure *failure)
{
    fmg_device_database_expect(unit_lists);
    fmg_proxied_expect(&unit_lists->proxied);
    int32_t code = fmg_unit_list_plan(&unit_lists->plan, false, failure);
    return code == HECTOR_OK ? fmg_unit_lists_settle(unit_lists, failure) : code;
}
