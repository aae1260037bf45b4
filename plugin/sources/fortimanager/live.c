/*
 * live.c - proxied queries: the FortiManager forwards a query to its FortiGates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "live.h"

#include <stdio.h>
#include <string.h>

#include "sources/fortios/fortios.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define BATCH_MAX 50 /* upper limit of the setting proxy_batch */

#define TARGET_NO_PATH (-6) /* code of a target whose FortiOS does not know the path */

/* One query: what it requests and where the rows go. */
struct question {
    struct live *live;
    const char *adom, *path, *format, *gate; /* gate: the FortiGate whose answer is being read */
    enum device_type type;
    struct overlay *overlay;
    bool no_memory;
    live_row *take; /* takes the rows instead of `overlay`; failures are then not reported */
    void *context;
};

static bool any_live(const struct settings *settings, enum device_type type)
{
    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (settings->attributes[i] && attribute_info((enum attribute)i)->cost[type] == COST_LIVE) {
            return true;
        }
    }
    return false;
}

void fmg_live_init(struct live *live, struct run *run)
{
    const struct settings *settings = run->call->settings;

    *live = (struct live){.run = run};
    for (int type = SWITCH; type <= ACCESS_POINT; type++) {
        live->needed[type] = settings->live_status && settings->device_types[type] &&
                             any_live(settings, (enum device_type)type);
    }
}

/*
 * How often a FortiGate will be queried for a type: once by each of its ADOMs in per-device mode,
 * and once by one of the others, whose table lists its units, if it counts any.
 */
static size_t questions_to(const struct topology *topology, const struct gate *gate,
                           enum device_type type)
{
    bool counts = (type == SWITCH ? gate->switches : gate->access_points) > 0, listed = false;
    size_t questions = 0;

    for (uint32_t i = gate->first_adom; i != STRMAP_NONE; i = topology->memberships[i].next) {
        const struct adom *adom = &topology->adoms[topology->memberships[i].adom];

        questions += adom->wanted && adom->per_device[type] ? 1 : 0;
        listed = listed || (counts && adom->wanted && !adom->per_device[type]);
    }
    return gate->ours && gate->connected ? questions + (listed ? 1 : 0) : 0;
}

void fmg_live_expect(const struct live *live)
{
    const struct topology *topology = &live->run->topology;
    size_t questions = 0;

    for (int type = SWITCH; type <= ACCESS_POINT; type++) {
        for (size_t i = 0; live->needed[type] && i < topology->gate_count; i++) {
            questions += questions_to(topology, &topology->gates[i], (enum device_type)type);
        }
    }
    if (questions > 0) {
        operation_progress(live->run->call->operation, PHASE_proxied_queries, 0, questions);
    }
}

/*
 * FortiManager's time limit for a query must end before that of the HTTP request, or each slow
 * FortiGate would cost the whole call.
 */
static int32_t proxy_timeout_s(const struct live *live)
{
    int32_t timeout_s = live->run->call->settings->timeout_s;

    return timeout_s > 10 ? timeout_s - 5 : 5;
}

static void write_question(const struct question *question, const uint32_t *gates, size_t count,
                           struct buffer *out)
{
    const struct topology *topology = &question->live->run->topology;
    struct buffer text = BUFFER(KIB(2));

    buffer_append_text(out, "\"data\":");
    json_write_object(out, NULL);
    json_write_string(out, "action", "get");
    buffer_append_text(&text, question->path);
    buffer_append_text(&text, "?vdom=*&format=");
    buffer_append_text(&text, question->format);
    json_write_buffer(out, "resource", &text);
    json_write_array(out, "target");
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&text);
        buffer_append_text(&text, "adom/");
        fmg_rpc_escape(&text, question->adom);
        buffer_append_text(&text, "/device/");
        fmg_rpc_escape(&text, topology->gates[gates[i]].name);
        json_write_buffer(out, NULL, &text);
    }
    buffer_release(&text);
    json_write_array_end(out);
    json_write_integer(out, "timeout", proxy_timeout_s(question->live));
    json_write_object_end(out);
}

static void take_row(void *context, struct json_object *row)
{
    struct question *question = context;
    struct fortios_texts texts;
    struct device unit;

    if (question->take != NULL) {
        question->take(question->context, row);
    } else if (fortios_row(row, question->type, &texts, &unit) &&
               !overlay_put(question->overlay, question->gate, &unit)) {
        question->no_memory = true;
    }
}

/*
 * Reports a failed query as a problem. `words` may be a sentence; its full stop is removed, because
 * the message continues after it.
 */
static int32_t tell(const struct live *live, enum text_id reason, const char *gate,
                    const char *words, struct failure *reterr)
{
    char said[TEXT_MAX];
    size_t size;

    secrets_hide(&live->run->call->operation->secrets, words, said, sizeof(said));
    size = strlen(said);
    if (size > 0 && said[size - 1] == '.') {
        said[size - 1] = '\0';
    }
    return inventory_problem(live->run->inventory,
                             PROBLEM(SEVERITY_INFO, reason, gate, ARGUMENTS(gate, said)), reterr);
}

/* The answer of one FortiGate, found by name, because answers come in any order. */
static struct json_object *answer_of(struct json_object *data, const char *gate)
{
    for (size_t i = 0; i < json_count(data); i++) {
        struct json_object *answer = json_element(data, i);
        const char *target = json_member_text(answer, "target");

        if (target != NULL && strcmp(target, gate) == 0) {
            return answer;
        }
    }
    return NULL;
}

/*
 * Reads each FortiGate's answer. One that returned 404 or does not know the path is marked, because
 * it may know the older path.
 */
static int32_t read_answers(struct question *question, struct json_object *data,
                            const uint32_t *gates, size_t count, struct failure *reterr)
{
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        struct gate *gate = &question->live->run->topology.gates[gates[i]];
        struct json_object *answer = answer_of(data, gate->name);
        struct json_object *status = json_member_object(answer, "status");
        const char *words = json_member_text(status, "message");
        int64_t number = -1;
        bool not_found = false;

        question->gate = gate->name;
        (void)json_member_integer(status, "code", &number);
        if (number == 0) {
            question->live->answered = gates[i];
            question->live->answered_adom = question->adom;
        }
        if (number == 0 &&
            fortios_each(json_member(answer, "response"), take_row, question, &not_found)) {
            continue;
        }
        if (not_found || number == TARGET_NO_PATH) {
            gate->older_path = gate->older_path || question->type == SWITCH;
            continue;
        }
        if (question->take == NULL) {
            code = tell(question->live, TEXT_live_gate_failed, gate->name,
                        number != 0 && words != NULL ? words : "?", reterr);
        }
    }
    return code;
}

/* Sends one call for some FortiGates. On failure the caller splits the batch or reports. */
static int32_t ask_once(struct question *question, const uint32_t *gates, size_t count,
                        struct failure *reterr)
{
    struct run *run = question->live->run;
    struct buffer rest = BUFFER(REQUEST_BODY_MAX);
    struct rpc_param param = {.url = "/sys/proxy/json"};
    int64_t started = clock_ms();
    int32_t code;

    write_question(question, gates, count, &rest);
    param.rest = buffer_text(&rest);
    code = fail_buffer(run->call->operation, reterr, &rest);
    if (code == HECTOR_OK) {
        code = fmg_rpc_exec(&run->rpc, &param, reterr);
    }
    question->live->spent_ms += clock_ms() - started;
    if (code == HECTOR_OK && param.code != RPC_OK) {
        code = fmg_rpc_fail(&run->rpc, &param, reterr);
    }
    if (code == HECTOR_OK) {
        code = read_answers(question, param.data, gates, count, reterr);
    }
    fmg_rpc_release(&param, 1);
    buffer_release(&rest);
    if (code == HECTOR_OK && question->no_memory) {
        code = fail_memory(run->call->operation, reterr);
    }
    return code;
}

/*
 * Stops all further queries, because permission denied, HTTP 429 and an exhausted budget apply to
 * every FortiGate.
 */
static int32_t stop(struct live *live, enum text_id reason, const char *words,
                    struct failure *reterr)
{
    live->stopped = true;
    return tell(live, reason, live->run->call->settings->origin, words, reterr);
}

/*
 * Decides whether -11 concerns all FortiGates: it is also the answer to a call whose FortiGates are
 * all unknown, moved or gone. Queries a FortiGate that answered before; `*ret` is whether it
 * answers again, false if there is none.
 */
static int32_t may_still_ask(const struct question *question, bool *ret, struct failure *reterr)
{
    struct live *live = question->live;
    struct question known = *question;
    int32_t code;

    *ret = false;
    if (live->answered_adom == NULL) {
        return HECTOR_OK;
    }
    known.adom = live->answered_adom;
    code = ask_once(&known, (const uint32_t[]){live->answered}, 1, reterr);
    if (failure_ends(code, reterr)) {
        return code;
    }
    *ret = code == HECTOR_OK;
    return HECTOR_OK;
}

/* Handles a refused batch: it stops all queries, or is reported for the batch's FortiGates only. */
static int32_t batch_refused(const struct question *question, const uint32_t *gates, size_t count,
                             const struct failure *why, struct failure *reterr)
{
    struct live *live = question->live;
    bool may = false;
    int32_t code =
        why->cause == HECTOR_PERMISSION ? may_still_ask(question, &may, reterr) : HECTOR_OK;

    if (code == HECTOR_OK && !may) {
        return stop(live, TEXT_live_refused, why->detail, reterr);
    }
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = tell(live, TEXT_live_gate_failed, live->run->topology.gates[gates[i]].name,
                    why->detail, reterr);
    }
    return code;
}

/*
 * Queries a batch. If it fails as a whole, queries its FortiGates one by one, because one dead
 * FortiGate blocks the others.
 */
static int32_t ask_batch(struct question *question, const uint32_t *gates, size_t count,
                         struct failure *reterr)
{
    struct live *live = question->live;
    struct failure failure;
    int32_t code = operation_check(live->run->call->operation, reterr);

    if (code != HECTOR_OK || live->stopped) {
        return code;
    }
    if (live->spent_ms > live->run->call->operation->limits->live_budget_ms) {
        return stop(live, TEXT_live_time_spent, "", reterr);
    }
    code = ask_once(question, gates, count, &failure);
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    if (failure_ends(code, &failure)) {
        *reterr = failure;
        return code;
    }
    if (code == HECTOR_PERMISSION || code == HECTOR_AUTH) {
        return batch_refused(question, gates, count, &failure, reterr);
    }
    if (code == HECTOR_THROTTLED) {
        return stop(live, TEXT_live_throttled, "", reterr);
    }
    if (count == 1) {
        return tell(live, TEXT_live_gate_failed, live->run->topology.gates[gates[0]].name,
                    failure.message, reterr);
    }
    code = HECTOR_OK;
    for (size_t i = 0; code == HECTOR_OK && i < count; i++) {
        code = ask_batch(question, &gates[i], 1, reterr);
    }
    return code;
}

/* Queries those FortiGates that are connected and know the query's path, batch by batch. */
static int32_t ask_gates(struct question *question, const uint32_t *gates, size_t count, bool older,
                         struct failure *reterr)
{
    const struct run *run = question->live->run;
    size_t most = (size_t)run->call->settings->proxy_batch, next = 0;
    uint32_t batch[BATCH_MAX];
    int32_t code = HECTOR_OK;

    while (code == HECTOR_OK && next < count && !question->live->stopped) {
        size_t size = 0;

        for (; next < count && size < most; next++) {
            const struct gate *gate = &run->topology.gates[gates[next]];

            if (gate->ours && gate->connected &&
                (question->type == SWITCH && gate->older_path) == older) {
                batch[size++] = gates[next];
            }
        }
        if (size > 0) {
            code = ask_batch(question, batch, size, reterr);
            operation_progress(run->call->operation, PHASE_proxied_queries, size, 0);
        }
    }
    return code;
}

int32_t fmg_live_rows(struct live *live, const char *adom, uint32_t gate, live_row *take,
                      void *context, struct failure *reterr)
{
    const struct run *run = live->run;
    struct question question = {.live = live,
                                .adom = adom,
                                .path = FORTIOS_SWITCH_PATH,
                                .format = FORTIOS_SWITCH_FORMAT,
                                .type = SWITCH,
                                .take = take,
                                .context = context};
    struct failure failure;
    int32_t code;

    if (!run->call->settings->live_status || !run->topology.gates[gate].connected ||
        live->stopped || live->spent_ms > run->call->operation->limits->live_budget_ms) {
        return HECTOR_OK;
    }
    code = ask_once(&question, &gate, 1, &failure);
    if (failure_ends(code, &failure)) {
        *reterr = failure;
        return code;
    }
    live->stopped = code == HECTOR_PERMISSION || code == HECTOR_AUTH || code == HECTOR_THROTTLED;
    return HECTOR_OK;
}

int32_t fmg_live_ask(struct live *live, const char *adom, enum device_type type,
                     const uint32_t *gates, size_t count, struct overlay *overlay,
                     struct failure *reterr)
{
    bool is_switch = type == SWITCH;
    struct question question = {
        .live = live,
        .adom = adom,
        .path = is_switch ? FORTIOS_SWITCH_PATH : FORTIOS_ACCESS_POINT_PATH,
        .format = is_switch ? FORTIOS_SWITCH_FORMAT : FORTIOS_ACCESS_POINT_FORMAT,
        .type = type,
        .overlay = overlay,
    };
    int32_t code = ask_gates(&question, gates, count, false, reterr);

    if (code == HECTOR_OK && is_switch) {
        /* 404 on this path as well: the FortiGate has no switch controller, so no switches. */
        question.path = FORTIOS_SWITCH_PATH_OLD;
        code = ask_gates(&question, gates, count, true, reterr);
    }
    return code;
}
