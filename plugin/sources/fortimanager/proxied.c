/*
 * proxied.c - proxied queries: the FortiManager forwards a query to its FortiGates.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "proxied.h"

#include <string.h>

#include "columns.h"
#include "json/json_read.h"
#include "json/json_write.h"

#define TARGET_NO_PATH (-6) /* code of a target whose FortiOS does not know the path */

/* One query: what it requests and where the rows go. */
struct query {
    struct proxied *proxied;
    enum device_type type;
    bool older;      /* the older path */
    const char *fgt; /* whose answer is being read */
    struct overlay *overlay;
    bool no_memory;
    fortios_take *take; /* takes the rows instead of `overlay`; failures are then not reported */
    void *context;
};

void fmg_proxied_init(struct proxied *proxied, struct fmg_run *run)
{
    const struct settings *settings = run->settings;

    *proxied = (struct proxied){.run = run};
    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        proxied->needed[type] = settings->chosen[CHOICE_live_status_when_needed] &&
                                settings->device_types[type] &&
                                columns_selected(fmg_origins, settings, type, COST_LIVE);
    }
}

/*
 * How often a FortiGate will be queried for a type: once by each of its ADOMs in per-device mode,
 * and once by one of the others, whose table lists its units, if it counts any.
 */
static size_t queries_to(const struct topology *topology, const struct fgt *fgt,
                         enum device_type type)
{
    bool counts = fgt->counted[type] > 0, listed = false;
    size_t queries = 0;

    for (uint32_t i = fgt->first_adom; i != STRMAP_NONE; i = topology->memberships.items[i].next) {
        const struct adom *adom = &topology->adoms.items[topology->memberships.items[i].adom];

        queries += adom->wanted && adom->per_device[type] ? 1 : 0;
        listed = listed || (counts && adom->wanted && !adom->per_device[type]);
    }
    return fgt->is_fgt && fgt->connected ? queries + (listed ? 1 : 0) : 0;
}

static bool is_time_spent(const struct proxied *proxied)
{
    return proxied->spent_ms > proxied->run->operation->limits->proxied_budget_ms;
}

void fmg_proxied_expect(const struct proxied *proxied)
{
    const struct topology *topology = &proxied->run->topology;
    size_t queries = 0;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        for (size_t i = 0; proxied->needed[type] && i < topology->fgts.count; i++) {
            queries += queries_to(topology, &topology->fgts.items[i], type);
        }
    }
    source_expect(proxied->run->operation, PHASE_proxied_queries, queries);
}

static const struct fgt *target(const struct proxied *proxied,
                                const struct proxied_targets *targets, size_t i)
{
    return &proxied->run->topology.fgts.items[targets->fgts[i]];
}

static void write_query(const struct query *query, const struct proxied_targets *targets,
                        struct buffer *out)
{
    const struct fortios_kind *kind = &fortios_kinds[query->type];
    int32_t timeout_s = query->proxied->run->settings->timeout_s;
    struct buffer text = BUFFER(FMG_URL_MAX);

    buffer_append_text(out, "\"data\":");
    json_write_object(out, NULL);
    json_write_string(out, "action", "get");
    buffer_printf(&text, "%s?vdom=*&format=%s", query->older ? kind->older_path : kind->path,
                  kind->format);
    columns_format(&fortios_columns, query->type, "|", &text);
    json_write_buffer(out, "resource", &text);
    json_write_array(out, "target");
    for (size_t i = 0; i < targets->count; i++) {
        buffer_clear(&text);
        fmg_rpc_path(&text, "adom/", targets->adom, "/device/");
        fmg_rpc_path(&text, "", target(query->proxied, targets, i)->name, "");
        json_write_buffer(out, NULL, &text);
    }
    buffer_release(&text);
    json_write_array_end(out);
    /* Ends before the time limit of the HTTP request: one slow FortiGate would cost the whole call.
     */
    json_write_integer(out, "timeout", timeout_s > 10 ? timeout_s - 5 : 5);
    json_write_object_end(out);
}

static void take_query_row(void *context, struct json_object *row)
{
    struct query *query = context;
    struct column_texts texts;
    struct device unit;

    if (query->take != NULL) {
        query->take(query->context, row);
    } else if (fortios_row(row, query->type, &texts, &unit) &&
               !overlay_put(query->overlay, query->fgt, &unit)) {
        query->no_memory = true;
    }
}

/*
 * Reports a failed query as a problem. `words` may be a sentence; its full stop is removed, because
 * the message continues after it.
 */
static int32_t report_failure(const struct proxied *proxied, enum message_id reason,
                              const char *fgt, const char *words, struct failure *failure)
{
    char said[MESSAGE_MAX];

    secrets_hide(&proxied->run->operation->secrets, words, said, sizeof(said));
    size_t size = strlen(said);
    if (size > 0 && said[size - 1] == '.') {
        said[size - 1] = '\0';
    }
    return inventory_problem(proxied->run->inventory,
                             PROBLEM(SEVERITY_INFO, reason, fgt, ARGUMENTS(fgt, said)), failure);
}

/* The answer of one FortiGate, found by name, because answers come in any order. */
static struct json_object *answer_of(struct json_object *data, const char *fgt)
{
    for (size_t i = 0; i < json_count(data); i++) {
        if (json_member_is(json_element(data, i), "target", fgt)) {
            return json_element(data, i);
        }
    }
    return NULL;
}

/*
 * Reads each FortiGate's answer. One that returned 404 or does not know the path is marked, because
 * it may know the older path.
 */
static int32_t read_answers(struct query *query, struct json_object *data,
                            const struct proxied_targets *targets, struct failure *failure)
{
    struct proxied *proxied = query->proxied;

    for (size_t i = 0; i < targets->count; i++) {
        struct fgt *fgt = &proxied->run->topology.fgts.items[targets->fgts[i]];
        struct json_object *answer = answer_of(data, fgt->name);
        struct json_object *status = json_member_object(answer, "status");
        const char *words = json_member_text(status, "message");
        int64_t number = -1;
        bool not_found = false;
        int32_t code;

        query->fgt = fgt->name;
        (void)json_member_integer(status, "code", &number);
        if (number == 0) {
            proxied->answered = targets->fgts[i];
            proxied->answered_adom = targets->adom;
            if (fortios_each(json_member(answer, "response"), take_query_row, query, &not_found)) {
                continue;
            }
        }
        if (not_found || number == TARGET_NO_PATH) {
            fgt->older_path = fgt->older_path || fortios_kinds[query->type].older_path != NULL;
        } else if (query->take == NULL &&
                   (code = report_failure(proxied, REASON_live_gate_failed, fgt->name,
                                          number != 0 && words != NULL ? words : "?", failure)) !=
                       HECTOR_OK) {
            return code;
        }
    }
    return query->no_memory ? fail_memory(proxied->run->operation, failure) : HECTOR_OK;
}

/* Sends one call for some FortiGates. On failure the caller splits the batch or reports. */
static int32_t ask_once(struct query *query, const struct proxied_targets *targets,
                        struct failure *failure)
{
    struct rpc *rpc = &query->proxied->run->rpc;
    struct buffer rest = BUFFER(REQUEST_BODY_MAX);
    struct rpc_param param = {.url = "/sys/proxy/json"};
    int64_t started = clock_ms();
    int32_t code;

    write_query(query, targets, &rest);
    param.rest = buffer_text(&rest);
    if ((code = fail_buffer(rpc->operation, failure, &rest)) == HECTOR_OK) {
        code = fmg_rpc_exec(rpc, &param, failure);
    }
    query->proxied->spent_ms += clock_ms() - started;
    if (code == HECTOR_OK) {
        code = param.code == RPC_OK ? read_answers(query, param.data, targets, failure)
                                    : fmg_rpc_fail(rpc, &param, failure);
    }
    fmg_rpc_release(&param, 1);
    buffer_release(&rest);
    return code;
}

/*
 * Stops all further queries, because permission denied, HTTP 429 and an exhausted budget apply to
 * every FortiGate.
 */
static int32_t stop_queries(struct proxied *proxied, enum message_id reason, const char *words,
                            struct failure *failure)
{
    proxied->stopped = true;
    return report_failure(proxied, reason, proxied->run->settings->origin, words, failure);
}

/*
 * Handles a refused batch: it stops all queries, or is reported for the batch's FortiGates only.
 * -11 is also the answer to a call whose FortiGates are all unknown, moved or gone: whether a
 * FortiGate that answered before, if there is one, answers again decides.
 */
static int32_t batch_refused(struct query *query, const struct proxied_targets *targets,
                             const struct failure *why, struct failure *failure)
{
    struct proxied *proxied = query->proxied;
    const struct proxied_targets known = {proxied->answered_adom, &proxied->answered, 1};
    int32_t code = why->cause;

    if (code == HECTOR_PERMISSION && known.adom != NULL) {
        code = ask_once(query, &known, failure);
        if (failure_ends(code, failure)) {
            return code;
        }
    }
    if (code != HECTOR_OK) {
        return stop_queries(proxied, REASON_live_refused, why->detail, failure);
    }
    for (size_t i = 0; code == HECTOR_OK && i < targets->count; i++) {
        code = report_failure(proxied, REASON_live_gate_failed, target(proxied, targets, i)->name,
                              why->detail, failure);
    }
    return code;
}

/*
 * Queries a batch. If it fails as a whole, queries its FortiGates one by one, because one dead
 * FortiGate blocks the others.
 */
static int32_t ask_batch(struct query *query, const struct proxied_targets *targets,
                         struct failure *failure)
{
    struct proxied *proxied = query->proxied;
    struct failure why;
    int32_t code = operation_check(proxied->run->operation, failure);

    if (code != HECTOR_OK || proxied->stopped) {
        return code;
    }
    if (is_time_spent(proxied)) {
        return stop_queries(proxied, REASON_live_time_spent, "", failure);
    }
    code = ask_once(query, targets, &why);
    if (failure_ends(code, &why)) {
        return fail_as(failure, &why);
    }
    if (code == HECTOR_PERMISSION || code == HECTOR_AUTH) {
        return batch_refused(query, targets, &why, failure);
    }
    if (code == HECTOR_THROTTLED) {
        return stop_queries(proxied, REASON_live_throttled, "", failure);
    }
    if (code == HECTOR_OK) {
        return HECTOR_OK;
    }
    if (targets->count == 1) {
        return report_failure(proxied, REASON_live_gate_failed, target(proxied, targets, 0)->name,
                              why.message, failure);
    }
    code = HECTOR_OK;
    for (size_t i = 0; code == HECTOR_OK && i < targets->count; i++) {
        code = ask_batch(query, &(struct proxied_targets){targets->adom, &targets->fgts[i], 1},
                         failure);
    }
    return code;
}

/*
 * Queries those FortiGates that are connected, batch by batch. With the older path of switches,
 * those that only know it; else those that are not known to be such.
 */
static int32_t ask_path(struct query *query, const struct proxied_targets *targets,
                        struct failure *failure)
{
    const struct fmg_run *run = query->proxied->run;
    uint32_t fgts[PROXY_BATCH_MAX];
    struct proxied_targets batch = {targets->adom, fgts, 0};
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < targets->count && !query->proxied->stopped; i++) {
        const struct fgt *fgt = target(query->proxied, targets, i);

        if (fgt->is_fgt && fgt->connected &&
            (fortios_kinds[query->type].older_path != NULL && fgt->older_path) == query->older) {
            fgts[batch.count++] = targets->fgts[i];
        }
        if (batch.count == (size_t)run->settings->proxy_batch ||
            (batch.count > 0 && i + 1 == targets->count)) {
            code = ask_batch(query, &batch, failure);
            operation_progress(run->operation, PHASE_proxied_queries, batch.count, 0);
            batch.count = 0;
        }
    }
    return code;
}

int32_t fmg_proxied_rows(struct proxied *proxied, const struct proxied_targets *single,
                         fortios_take *take, void *context, struct failure *failure)
{
    struct query query = {.proxied = proxied, .type = SWITCH, .take = take, .context = context};
    struct failure why;

    if (!proxied->run->settings->chosen[CHOICE_live_status_when_needed] ||
        !target(proxied, single, 0)->connected || proxied->stopped || is_time_spent(proxied)) {
        return HECTOR_OK;
    }
    int32_t code = ask_once(&query, single, &why);
    if (failure_ends(code, &why)) {
        return fail_as(failure, &why);
    }
    proxied->stopped = code == HECTOR_PERMISSION || code == HECTOR_AUTH || code == HECTOR_THROTTLED;
    return HECTOR_OK;
}

int32_t fmg_proxied_ask(struct proxied *proxied, const struct proxied_targets *targets,
                        enum device_type type, struct overlay *overlay, struct failure *failure)
{
    struct query query = {.proxied = proxied, .type = type, .overlay = overlay};
    int32_t code = ask_path(&query, targets, failure);

    if (code != HECTOR_OK || fortios_kinds[type].older_path == NULL) {
        return code;
    }
    /* 404 on this path as well: the FortiGate has no switch controller, so no switches. */
    query.older = true;
    return ask_path(&query, targets, failure);
}
