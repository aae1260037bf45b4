/*
 * rosters.c - the switches and access points of all gates, ADOM by ADOM.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An ADOM's table answers for the gates named by `scope member`: All_FortiGate, or a slice of
 * (gate, VDOM) pairs where an ADOM is too large for one answer. What several ADOMs hold is packed
 * into one request up to a size; an answer that is too large halves the pack, then the slice, down
 * to one gate. It needs no gate to be online.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json_read.h"
#include "json_write.h"
#include "roster_row.h"
#include "run.h"

#define PACK_MAX   32  /* tables in one request */
#define UNIT_BYTES 256 /* text of one row with the fields that are asked for */
#define GATE_UNITS 4   /* a gate whose counters say nothing may have a few units all the same */

static const char *const TABLES[DEVICE_TYPE_COUNT] = {
    [SWITCH] = "/obj/fsp/managed-switch", [ACCESS_POINT] = "/obj/wireless-controller/wtp"};

/* One table to read: an ADOM's units of one type, of all its gates or of some. */
struct roster {
    uint32_t adom;
    enum device_type type;
    bool whole;               /* All_FortiGate */
    size_t first, gate_count; /* else these of the ADOM's gates */
    size_t units;             /* expected */
    bool asked_again;         /* it was empty though its gates count units */
};

struct rosters {
    struct run *run;
    struct buffer fields[DEVICE_TYPE_COUNT];
    struct failure lost; /* the connection is gone: nothing more is asked; cause 0 = it is not */
    uint64_t done;
};

/* ---- the request */

static size_t gate_units(const struct gate *gate, enum device_type type)
{
    return type == SWITCH ? gate->switches : gate->access_points;
}

static size_t roster_units(const struct run *run, const struct roster *roster, size_t *ret_counted)
{
    const struct adom *adom = &run->estate.adoms[roster->adom];
    size_t units = 0;

    *ret_counted = 0;
    for (size_t i = 0; i < roster->gate_count; i++) {
        size_t counted =
            gate_units(&run->estate.gates[adom->gates[roster->first + i]], roster->type);

        *ret_counted += counted;
        units += counted > 0 ? counted : GATE_UNITS;
    }
    return units;
}

/* The (gate, VDOM) pairs of a slice; VDOMs that are known to lie in another ADOM are left out. */
static void write_pairs(const struct run *run, const struct roster *roster, struct buffer *out)
{
    const struct adom *adom = &run->estate.adoms[roster->adom];

    for (size_t i = 0; i < roster->gate_count; i++) {
        const struct gate *gate = &run->estate.gates[adom->gates[roster->first + i]];
        size_t written = 0;

        for (uint32_t v = gate->first_vdom; v != INDEX_NONE; v = run->estate.vdoms[v].next) {
            const struct gate_vdom *vdom = &run->estate.vdoms[v];

            if (vdom->adom != INDEX_NONE && vdom->adom != roster->adom) {
                continue;
            }
            write_object(out, NULL);
            write_string(out, "name", gate->name);
            write_string(out, "vdom", vdom->name);
            write_object_end(out);
            written++;
        }
        if (written == 0) {
            write_object(out, NULL);
            write_string(out, "name", gate->name);
            write_string(out, "vdom", "root");
            write_object_end(out);
        }
    }
}

static void write_rest(const struct run *run, const struct roster *roster, const char *lead,
                       struct buffer *out)
{
    buffer_append_text(out, lead);
    buffer_append_text(out, "\"scope member\":[");
    if (roster->whole) {
        buffer_append_text(out, "{\"name\":\"All_FortiGate\"}");
    } else {
        write_pairs(run, roster, out);
    }
    buffer_append_text(out, "]");
}

static void write_url(const struct run *run, const struct roster *roster, struct buffer *out)
{
    buffer_append_text(out, "/pm/config/adom/");
    rpc_escape(out, run->estate.adoms[roster->adom].name);
    buffer_append_text(out, TABLES[roster->type]);
}

/* Asks for some rosters at once; the caller releases the params. */
static int32_t ask(struct rosters *rosters, const struct roster *pack, size_t count,
                   struct rpc_param *params, struct failure *reterr)
{
    struct operation *operation = rosters->run->call->operation;
    struct buffer urls[PACK_MAX], rests[PACK_MAX];
    int32_t code = HECTOR_OK;

    for (size_t i = 0; i < count; i++) {
        urls[i] = BUFFER(KIB(2));
        rests[i] = BUFFER(REQUEST_BODY_MAX);
        write_url(rosters->run, &pack[i], &urls[i]);
        write_rest(rosters->run, &pack[i], "\"loadsub\":0,", &rests[i]);
        params[i] = (struct rpc_param){.url = buffer_text(&urls[i]),
                                       .fields = buffer_text(&rosters->fields[pack[i].type]),
                                       .rest = buffer_text(&rests[i])};
        if (code == HECTOR_OK) {
            code = fail_buffer(operation, reterr, &rests[i]);
        }
    }
    if (code == HECTOR_OK) {
        code = rpc_get(&rosters->run->rpc, params, count, reterr);
    }
    for (size_t i = 0; i < count; i++) {
        struct failure failure;

        /* The url goes with its buffer: what has to be said of it is said now. */
        if (code == HECTOR_OK && params[i].code != RPC_OK) {
            (void)rpc_fail(&rosters->run->rpc, &params[i], &failure);
            code = census_end_scope(rosters->run->census,
                                    rosters->run->estate.adoms[pack[i].adom].scope, pack[i].type,
                                    &failure, reterr);
        }
        params[i].url = NULL;
        buffer_release(&urls[i]);
        buffer_release(&rests[i]);
    }
    return code;
}

/* ---- the answer */

static int compare_rows(const void *a, const void *b)
{
    struct json_object *const *left = a, *const *right = b;

    return strcmp(roster_row_gate(*left), roster_row_gate(*right));
}

static int32_t take_row(struct rosters *rosters, const struct roster *roster,
                        struct json_object *json, struct failure *reterr)
{
    struct run *run = rosters->run;
    const struct adom *adom = &run->estate.adoms[roster->adom];
    const struct gate *gate;
    struct roster_row row;
    struct device device;
    int32_t code = HECTOR_OK;

    roster_row_read(json, roster->type, run->call->settings, &row, &device);
    if (row.skip != TEXT_COUNT) {
        return census_skip(run->census, roster->type, adom->scope, row.skip, row.id, reterr);
    }
    gate = row.gate != NULL ? estate_find_gate(&run->estate, row.gate) : NULL;
    device.scope = adom->scope;
    device_set_text(&device, ATTRIBUTE_adom, adom->name);
    device_set_text(&device, ATTRIBUTE_managed_by_serials, gate != NULL ? gate->serials : NULL);
    if (row.model_guessed) {
        code = census_unknown_prefix(run->census, row.serial, reterr);
    }
    return code == HECTOR_OK ? census_sighting(run->census, &device, reterr) : code;
}

/* Rows are taken in the order of their gates, so that a run over the same data gives the same. */
static int32_t take_rows(struct rosters *rosters, const struct roster *roster,
                         struct json_object *data, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    if (json_object_is_type(data, json_type_object)) {
        return take_row(rosters, roster, data, reterr);
    }
    if (json_count(data) > 1) {
        json_object_array_sort(data, compare_rows);
    }
    for (size_t i = 0; code == HECTOR_OK && i < json_count(data); i++) {
        code = take_row(rosters, roster, json_element(data, i), reterr);
    }
    return code;
}

static int32_t read_pack(struct rosters *rosters, struct roster *pack, size_t count,
                         struct failure *reterr);

/* An empty list is no proof of nothing: where gates count units it is asked for once more. */
static int32_t take_empty(struct rosters *rosters, struct roster *roster, struct failure *reterr)
{
    struct run *run = rosters->run;
    const struct adom *adom = &run->estate.adoms[roster->adom];
    struct failure failure;
    char counted_text[24];
    size_t counted;

    (void)roster_units(run, roster, &counted);
    if (counted == 0) {
        return HECTOR_OK;
    }
    if (!roster->asked_again) {
        roster->asked_again = true;
        run->call->operation->repeats++;
        return read_pack(rosters, roster, 1, reterr);
    }
    (void)snprintf(counted_text, sizeof(counted_text), "%zu", counted);
    (void)fail(run->call->operation, &failure, HECTOR_DATA, TEXT_roster_empty, NULL,
               ARGUMENTS(adom->name, counted_text));
    return census_end_scope(run->census, adom->scope, roster->type, &failure, reterr);
}

static int32_t take_answers(struct rosters *rosters, struct roster *pack, size_t count,
                            struct rpc_param *params, struct failure *reterr)
{
    struct operation *operation = rosters->run->call->operation;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        struct json_object *data = params[i].data;
        bool empty =
            data == NULL || (json_object_is_type(data, json_type_array) && json_count(data) == 0);

        if (params[i].code != RPC_OK) {
            continue; /* told by ask() */
        }
        code = empty ? take_empty(rosters, &pack[i], reterr)
                     : take_rows(rosters, &pack[i], data, reterr);
        json_object_put(params[i].data);
        params[i].data = NULL;
    }
    rosters->done += count;
    operation_progress(operation, "rosters", rosters->done, 0);
    return code;
}

/* ---- too large, or lost */

static int32_t end_pack(struct rosters *rosters, const struct roster *pack, size_t count,
                        const struct failure *failure, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code =
            census_end_scope(rosters->run->census, rosters->run->estate.adoms[pack[i].adom].scope,
                             pack[i].type, failure, reterr);
    }
    return code;
}

/* Halves a pack, or the only roster of it; one gate cannot be halved. */
static int32_t read_halves(struct rosters *rosters, struct roster *pack, size_t count,
                           const struct failure *too_large, struct failure *reterr)
{
    struct roster halves[2];
    int32_t code;

    if (count > 1) {
        code = read_pack(rosters, pack, count / 2, reterr);
        return code == HECTOR_OK ? read_pack(rosters, pack + count / 2, count - count / 2, reterr)
                                 : code;
    }
    if (pack->gate_count < 2) {
        return end_pack(rosters, pack, 1, too_large, reterr);
    }
    halves[0] = halves[1] = *pack;
    halves[0].whole = halves[1].whole = false;
    halves[0].gate_count = pack->gate_count / 2;
    halves[1].first += halves[0].gate_count;
    halves[1].gate_count -= halves[0].gate_count;
    code = read_pack(rosters, &halves[0], 1, reterr);
    return code == HECTOR_OK ? read_pack(rosters, &halves[1], 1, reterr) : code;
}

static int32_t read_pack(struct rosters *rosters, struct roster *pack, size_t count,
                         struct failure *reterr)
{
    struct rpc_param params[PACK_MAX] = {0};
    struct failure failure;
    int32_t code;

    if (rosters->lost.cause != 0) {
        return end_pack(rosters, pack, count, &rosters->lost, reterr);
    }
    code = operation_check(rosters->run->call->operation, reterr);
    if (code != HECTOR_OK) {
        return code;
    }
    code = ask(rosters, pack, count, params, &failure);
    if (code == HECTOR_OK) {
        code = take_answers(rosters, pack, count, params, &failure);
    }
    rpc_release(params, count);
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    if (code == HECTOR_LIMIT && failure.reason == TEXT_reply_too_large) {
        return read_halves(rosters, pack, count, &failure, reterr);
    }
    if (run_ends(code) || (code == HECTOR_LIMIT && failure.reason == TEXT_deadline_passed)) {
        *reterr = failure;
        return code;
    }
    if (code != HECTOR_DATA) {
        rosters->lost = failure;
    }
    if (code == HECTOR_DATA && count > 1) {
        /* One bad answer among them must not take the others along. */
        return read_halves(rosters, pack, count, &failure, reterr);
    }
    return end_pack(rosters, pack, count, &failure, reterr);
}

/* ---- what there is to read */

/* Cuts an ADOM's gates into slices of about the size aimed at, and hands each to `add`. */
static int32_t each_slice(struct rosters *rosters, uint32_t number, enum device_type type,
                          int32_t (*add)(struct rosters *, const struct roster *, void *,
                                         struct failure *),
                          void *context, struct failure *reterr)
{
    const struct adom *adom = &rosters->run->estate.adoms[number];
    size_t aim = rosters->run->call->operation->limits->reply_aim_bytes / UNIT_BYTES, counted;
    struct roster roster = {.adom = number, .type = type, .gate_count = adom->gate_count};
    int32_t code = HECTOR_OK;

    roster.units = roster_units(rosters->run, &roster, &counted);
    if (roster.units <= aim || adom->gate_count < 2) {
        roster.whole = true;
        return add(rosters, &roster, context, reterr);
    }
    while (code == HECTOR_OK && roster.first < adom->gate_count) {
        roster.gate_count = 0;
        roster.units = 0;
        while (roster.first + roster.gate_count < adom->gate_count) {
            struct roster one = {.adom = number,
                                 .type = type,
                                 .first = roster.first + roster.gate_count,
                                 .gate_count = 1};
            size_t units = roster_units(rosters->run, &one, &counted);

            if (roster.gate_count > 0 && roster.units + units > aim) {
                break;
            }
            roster.units += units;
            roster.gate_count++;
        }
        code = add(rosters, &roster, context, reterr);
        roster.first += roster.gate_count;
    }
    return code;
}

/* Rosters that wait to be asked for together. */
struct pack {
    struct roster rosters[PACK_MAX];
    size_t count, units;
};

static int32_t flush(struct rosters *rosters, struct pack *pack, struct failure *reterr)
{
    size_t count = pack->count;

    pack->count = 0;
    pack->units = 0;
    return count > 0 ? read_pack(rosters, pack->rosters, count, reterr) : HECTOR_OK;
}

static int32_t add_to_pack(struct rosters *rosters, const struct roster *roster, void *context,
                           struct failure *reterr)
{
    struct pack *pack = context;
    size_t aim = rosters->run->call->operation->limits->reply_aim_bytes / UNIT_BYTES;
    int32_t code = HECTOR_OK;

    if (pack->count == PACK_MAX || (pack->count > 0 && pack->units + roster->units > aim)) {
        code = flush(rosters, pack, reterr);
    }
    pack->rosters[pack->count++] = *roster;
    pack->units += roster->units;
    return code;
}

static bool holds_gates(const struct run *run, const struct adom *adom)
{
    for (size_t i = 0; i < adom->gate_count; i++) {
        if (run->estate.gates[adom->gates[i]].ours) {
            return true;
        }
    }
    return false;
}

static void rosters_init(struct rosters *rosters, struct run *run)
{
    *rosters = (struct rosters){.run = run};
    rosters->fields[SWITCH] = rosters->fields[ACCESS_POINT] = BUFFER(KIB(2));
    fields_switch(&run->version, &rosters->fields[SWITCH]);
    fields_access_point(&rosters->fields[ACCESS_POINT]);
    estate_sort(&run->estate);
}

static void rosters_release(struct rosters *rosters)
{
    buffer_release(&rosters->fields[SWITCH]);
    buffer_release(&rosters->fields[ACCESS_POINT]);
}

/* Calls `add` for each table of each ADOM that holds gates, in the order of ADOMs and gates. */
static int32_t each_roster(struct rosters *rosters,
                           int32_t (*add)(struct rosters *, const struct roster *, void *,
                                          struct failure *),
                           void *context, struct failure *reterr)
{
    struct run *run = rosters->run;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->estate.adom_count; i++) {
        const struct adom *adom = &run->estate.adoms[i];

        if (!adom->wanted || adom->outside || !holds_gates(run, adom)) {
            continue;
        }
        for (int type = SWITCH; code == HECTOR_OK && type <= ACCESS_POINT; type++) {
            if (run->call->settings->device_types[type]) {
                code =
                    each_slice(rosters, (uint32_t)i, (enum device_type)type, add, context, reterr);
            }
        }
    }
    return code;
}

/* Every expected scope that no failure has ended was read to its end. */
static int32_t end_scopes(struct run *run, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < run->estate.adom_count; i++) {
        for (int type = SWITCH; code == HECTOR_OK && type <= ACCESS_POINT; type++) {
            const char *scope = run->estate.adoms[i].scope;

            if (census_expects(run->census, scope, (enum device_type)type)) {
                code = census_end_scope(run->census, scope, (enum device_type)type, NULL, reterr);
            }
        }
    }
    return code;
}

int32_t rosters_read(struct run *run, struct failure *reterr)
{
    struct rosters rosters;
    struct pack pack = {0};
    int32_t code;

    rosters_init(&rosters, run);
    code = each_roster(&rosters, add_to_pack, &pack, reterr);
    if (code == HECTOR_OK) {
        code = flush(&rosters, &pack, reterr);
    }
    if (code == HECTOR_OK) {
        code = end_scopes(run, reterr);
    }
    rosters_release(&rosters);
    return code;
}

/* ---- counting, for validate */

struct counting {
    enum device_type type;
    uint64_t units;
};

static int32_t count_one(struct rosters *rosters, const struct roster *roster, void *context,
                         struct failure *reterr)
{
    struct counting *counting = context;
    struct buffer url = BUFFER(KIB(2)), rest = BUFFER(REQUEST_BODY_MAX);
    struct rpc_param param = {0};
    int64_t units;
    int32_t code;

    if (roster->type != counting->type) {
        return HECTOR_OK;
    }
    write_url(rosters->run, roster, &url);
    write_rest(rosters->run, roster, "\"option\":[\"count\"],", &rest);
    param.url = buffer_text(&url);
    param.rest = buffer_text(&rest);
    code = fail_buffer(rosters->run->call->operation, reterr, &rest);
    if (code == HECTOR_OK) {
        code = rpc_get(&rosters->run->rpc, &param, 1, reterr);
    }
    if (code == HECTOR_OK && param.code != RPC_OK) {
        code = rpc_fail(&rosters->run->rpc, &param, reterr);
    }
    if (code == HECTOR_OK && json_integer(param.data, &units) && units > 0) {
        counting->units += (uint64_t)units;
    }
    rpc_release(&param, 1);
    buffer_release(&url);
    buffer_release(&rest);
    return code;
}

int32_t rosters_count(struct run *run, enum device_type type, uint64_t *ret, struct failure *reterr)
{
    struct rosters rosters;
    struct counting counting = {.type = type};
    int32_t code;

    rosters_init(&rosters, run);
    code = each_roster(&rosters, count_one, &counting, reterr);
    rosters_release(&rosters);
    *ret = counting.units;
    return code;
}
