/*
 * device_database.c - switches and access points from each gate's own configuration database.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "device_database.h"

#include <stdlib.h>

#include "envelope.h"
#include "json_read.h"

#define BATCH 32 /* tables in one request */

/* A configuration has no state; what is asked for only tells units and keeps secrets away. */
#define SWITCH_FIELDS       "[\"name\",\"switch-id\",\"sn\",\"fsw-wan1-admin\"]"
#define SWITCH_FIELDS_OLD   "[\"name\",\"switch-id\",\"fsw-wan1-admin\"]" /* before 7.4.3 */
#define ACCESS_POINT_FIELDS "[\"name\",\"wtp-id\",\"admin\"]"

/* Tables of (gate, VDOM) pairs that wait to be asked for together. */
struct batch {
    struct rosters *rosters;
    const struct roster *roster;
    struct buffer urls[BATCH];
    const char *gates[BATCH];
    size_t count, most; /* the first batch is one table */
    bool stopped;
    const char *gate;    /* whose tables are being taken */
    bool there;          /* one of its VDOMs is */
    bool heard;          /* it listed a unit, or why not was told */
    struct failure gone; /* what was said of another one; cause 0 = nothing */
    uint32_t *empty;     /* gates that count units and listed none */
    size_t empty_count;
    bool missed; /* what one of them counts must be here */
    bool again;  /* they are asked once more */
};

void device_database_url(const char *gate, const char *vdom, enum device_type type,
                         struct buffer *out)
{
    buffer_append_text(out, "/pm/config/device/");
    rpc_escape(out, gate);
    buffer_append_text(out, "/vdom/");
    rpc_escape(out, vdom);
    buffer_append_text(out, type == SWITCH ? "/switch-controller/managed-switch"
                                           : "/wireless-controller/wtp");
}

static const char *fields_of(const struct batch *batch)
{
    const struct fmg_version *version = &batch->rosters->run->version;

    if (batch->roster->type == ACCESS_POINT) {
        return ACCESS_POINT_FIELDS;
    }
    return version->major == 0 || fmg_version_at_least(version, 7, 4, 3) ? SWITCH_FIELDS
                                                                         : SWITCH_FIELDS_OLD;
}

static int32_t unread(struct rosters *rosters, const struct roster *roster, const char *gate,
                      const struct failure *why, struct failure *reterr)
{
    struct failure failure;

    (void)fail(rosters->run->call->operation, &failure, why->cause, TEXT_roster_unread, why->detail,
               ARGUMENTS(rosters->run->estate.adoms[roster->adom].name, gate));
    return rosters_incomplete(rosters, roster, &failure, reterr);
}

/* False when units that a gate counts may lie in a VDOM of another ADOM. */
static bool is_alone(const struct batch *batch, const struct gate *gate)
{
    const struct estate *estate = &batch->rosters->run->estate;

    for (uint32_t v = gate->first_vdom; v != INDEX_NONE; v = estate->vdoms[v].next) {
        if (estate->vdoms[v].adom != INDEX_NONE && estate->vdoms[v].adom != batch->roster->adom) {
            return false;
        }
    }
    return true;
}

/* A gate that counts units has listed none: it is asked once more, then its verdict waits. */
static int32_t take_empty(struct batch *batch, const struct gate *gate, struct failure *reterr)
{
    struct rosters *rosters = batch->rosters;
    uint32_t number = (uint32_t)(gate - rosters->run->estate.gates);
    struct silent_gate *larger;

    if (!batch->again) {
        batch->empty[batch->empty_count++] = number;
        batch->missed = batch->missed || is_alone(batch, gate);
        return HECTOR_OK;
    }
    larger = array_room(rosters->silent, rosters->silent_count, &rosters->silent_capacity,
                        sizeof(*rosters->silent));
    if (larger == NULL) {
        return fail_memory(rosters->run->call->operation, reterr);
    }
    rosters->silent = larger;
    rosters->silent[rosters->silent_count++] =
        (struct silent_gate){batch->roster->adom, number, batch->roster->type};
    return HECTOR_OK;
}

/*
 * The tables of a gate are taken, and `next` (NULL = none) is the next. A VDOM that went away since
 * it was read is no loss; a gate of which nothing is there any more was not read.
 */
static int32_t next_gate(struct batch *batch, const char *next, struct failure *reterr)
{
    const struct gate *gate =
        batch->gate != NULL ? estate_find_gate(&batch->rosters->run->estate, batch->gate) : NULL;
    int32_t code = HECTOR_OK;

    if (batch->gone.cause != 0 && !batch->there) {
        code = unread(batch->rosters, batch->roster, batch->gate, &batch->gone, reterr);
    } else if (gate != NULL && !batch->heard && gate_unlisted(gate, batch->roster->type) > 0) {
        code = take_empty(batch, gate, reterr);
    }
    batch->gate = next;
    batch->there = batch->heard = false;
    batch->gone.cause = 0;
    return code;
}

static int32_t take_table(struct batch *batch, const struct rpc_param *param, const char *gate,
                          struct failure *reterr)
{
    const struct rpc *rpc = &batch->rosters->run->rpc;
    int32_t code = gate != batch->gate ? next_gate(batch, gate, reterr) : HECTOR_OK;
    struct failure why;

    if (code != HECTOR_OK) {
        return code;
    }
    if (param->code == RPC_NOT_FOUND) {
        (void)rpc_fail(rpc, param, &batch->gone);
        return HECTOR_OK;
    }
    batch->there = true;
    if (param->code != RPC_OK || !json_is_table(param->data)) {
        if (param->code == RPC_OK) {
            (void)envelope_invalid(rpc, param->url, "no table", &why);
        } else {
            (void)rpc_fail(rpc, param, &why);
        }
        batch->heard = true;
        return unread(batch->rosters, batch->roster, gate, &why, reterr);
    }
    batch->heard = batch->heard || json_object_is_type(param->data, json_type_object) ||
                   json_count(param->data) > 0;
    if (json_object_is_type(param->data, json_type_object)) {
        return rosters_take_row(batch->rosters, batch->roster, gate, param->data, reterr);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(param->data); i++) {
        code = rosters_take_row(batch->rosters, batch->roster, gate, json_element(param->data, i),
                                reterr);
    }
    return code;
}

/* What the failure of a request means: for the run, or for the roster, of which no more is asked.
 */
static int32_t stop(struct batch *batch, const struct failure *failure, struct failure *reterr)
{
    batch->stopped = true;
    if (failure_ends(failure->cause, failure)) {
        *reterr = *failure;
        return failure->cause;
    }
    return rosters_incomplete(batch->rosters, batch->roster, failure, reterr);
}

/* Some tables in one request; what is too large for one answer, in two halves. */
static int32_t read_tables(struct batch *batch, size_t first, size_t count, struct failure *reterr)
{
    struct rpc_param params[BATCH] = {0};
    struct failure failure;
    int32_t code;

    if (count == 0 || batch->stopped) {
        return HECTOR_OK;
    }
    for (size_t i = 0; i < count; i++) {
        params[i].url = buffer_text(&batch->urls[first + i]);
        params[i].fields = fields_of(batch);
        params[i].rest = "\"loadsub\":0";
    }
    code = rpc_get(&batch->rosters->run->rpc, params, count, &failure);
    if (code != HECTOR_OK) {
        rpc_release(params, count);
        if (failure.reason != TEXT_reply_too_large || count == 1) {
            return stop(batch, &failure, reterr);
        }
        code = read_tables(batch, first, count / 2, reterr);
        return code == HECTOR_OK ? read_tables(batch, first + count / 2, count - count / 2, reterr)
                                 : code;
    }
    for (size_t i = 0; code == HECTOR_OK && i < count && !batch->stopped; i++) {
        code = take_table(batch, &params[i], batch->gates[first + i], reterr);
        batch->stopped = batch->most == 1 && params[i].code == RPC_NO_PERMISSION;
    }
    rpc_release(params, count);
    return code;
}

static int32_t flush(struct batch *batch, struct failure *reterr)
{
    int32_t code = read_tables(batch, 0, batch->count, reterr);

    for (size_t i = 0; i < batch->count; i++) {
        buffer_clear(&batch->urls[i]);
    }
    batch->count = 0;
    batch->most = BATCH;
    return code;
}

static int32_t add(struct batch *batch, const char *gate, const char *vdom, struct failure *reterr)
{
    struct buffer *url = &batch->urls[batch->count];
    int32_t code;

    device_database_url(gate, vdom, batch->roster->type, url);
    code = fail_buffer(batch->rosters->run->call->operation, reterr, url);
    if (code != HECTOR_OK) {
        return code;
    }
    batch->gates[batch->count++] = gate;
    return batch->count >= batch->most ? flush(batch, reterr) : HECTOR_OK;
}

static int32_t add_gate(struct batch *batch, const struct gate *gate, struct failure *reterr)
{
    const struct estate *estate = &batch->rosters->run->estate;
    int32_t code = HECTOR_OK;

    if (gate->ours && gate->first_vdom == INDEX_NONE) {
        code = add(batch, gate->name, "root", reterr);
    }
    for (uint32_t v = gate->first_vdom; code == HECTOR_OK && gate->ours && v != INDEX_NONE;
         v = estate->vdoms[v].next) {
        if (estate->vdoms[v].adom == INDEX_NONE || estate->vdoms[v].adom == batch->roster->adom) {
            code = add(batch, gate->name, estate->vdoms[v].name, reterr);
        }
    }
    return code;
}

static int32_t read_gates(struct batch *batch, const uint32_t *gates, size_t count,
                          struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = add_gate(batch, &batch->rosters->run->estate.gates[gates[i]], reterr);
    }
    if (code == HECTOR_OK) {
        code = flush(batch, reterr);
    }
    return code == HECTOR_OK ? next_gate(batch, NULL, reterr) : code;
}

int32_t device_database_read(struct rosters *rosters, const struct roster *roster,
                             struct failure *reterr)
{
    struct run *run = rosters->run;
    const uint32_t *gates = run->estate.adoms[roster->adom].gates + roster->first;
    uint32_t *empty = calloc(roster->gate_count + 1, sizeof(*empty));
    struct batch batch = {.rosters = rosters, .roster = roster, .most = 1, .empty = empty};
    int32_t code;

    if (empty == NULL) {
        return fail_memory(run->call->operation, reterr);
    }
    for (size_t i = 0; i < BATCH; i++) {
        batch.urls[i] = BUFFER(KIB(2));
    }
    code = read_gates(&batch, gates, roster->gate_count, reterr);
    if (code == HECTOR_OK && batch.empty_count > 0 && !batch.stopped) {
        batch.again = true;
        run->call->operation->repeats += batch.missed ? 1 : 0;
        code = read_gates(&batch, empty, batch.empty_count, reterr);
    }
    for (size_t i = 0; i < BATCH; i++) {
        buffer_release(&batch.urls[i]);
    }
    free(empty);
    return code;
}

int32_t device_database_settle(struct rosters *rosters, struct failure *reterr)
{
    const struct run *run = rosters->run;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < rosters->silent_count; i++) {
        const struct silent_gate *silent = &rosters->silent[i];
        const struct gate *gate = &run->estate.gates[silent->gate];
        const struct roster roster = {.adom = silent->adom, .type = silent->type};
        struct failure why;

        if (gate_unlisted(gate, silent->type) > 0) {
            (void)envelope_invalid(&run->rpc, gate->name,
                                   "no unit, although the FortiGate counts some", &why);
            code = unread(rosters, &roster, gate->name, &why, reterr);
        }
    }
    return code;
}
