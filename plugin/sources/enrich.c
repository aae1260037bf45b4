/*
 * enrich.c - enrichments: what a second system knows about the units of any source, by serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "enrich.h"

#include "json/json_read.h"

enum attribute_cost enrich_cost(enum attribute attribute, enum device_type type)
{
    enum attribute_cost cost = COST_NO;
    const struct enrichment *enrichment;

    for (size_t i = 0; cost == COST_NO && (enrichment = enrich_at(i)) != NULL; i++) {
        cost = columns_cost(enrichment->origins, attribute, type);
    }
    return cost;
}

/* Whether an enrichment fills an attribute of one of the device types; NULL = of any. */
static bool is_filled(const struct enrichment *enrichment, enum attribute attribute,
                      const bool *types)
{
    bool ret = false;

    for (enum device_type type = 0; !ret && type < DEVICE_TYPE_COUNT; type++) {
        ret = (types == NULL || types[type]) &&
              columns_cost(enrichment->origins, attribute, type) != COST_NO;
    }
    return ret;
}

const char *enrich_of(enum attribute attribute)
{
    const struct enrichment *enrichment;

    for (size_t i = 0; (enrichment = enrich_at(i)) != NULL; i++) {
        if (is_filled(enrichment, attribute, NULL)) {
            return enrichment->name;
        }
    }
    return NULL;
}

bool enrich_fills(const struct settings *settings, enum attribute attribute)
{
    const struct enrichment *enrichment;
    bool ret = false;

    for (size_t i = 0; !ret && (enrichment = enrich_at(i)) != NULL; i++) {
        ret = enrichment->needed(settings) &&
              is_filled(enrichment, attribute, settings->device_types);
    }
    return ret;
}

void enrich_choose_attributes(struct settings *settings)
{
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        if (json_member(settings->document, "attributes") == NULL && enrich_fills(settings, i)) {
            settings->attributes[i] = true;
        }
    }
}

/* ---- sync */

static bool apply_loaded(void *context, struct device *device)
{
    const struct enrich *enrich = context;
    bool entitled = false;

    for (size_t i = 0; i < ENRICHMENTS_MAX; i++) {
        if (enrich->loaded[i].data != NULL) {
            entitled = enrich_at(i)->apply(enrich->loaded[i].data, device) || entitled;
        }
    }
    return entitled;
}

static int32_t report_loaded(void *context, struct failure *failure)
{
    const struct enrich *enrich = context;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < ENRICHMENTS_MAX; i++) {
        if (enrich->loaded[i].whole) {
            code = enrich_at(i)->report(enrich->loaded[i].data, enrich->call, failure);
        }
    }
    return code;
}

/* Loads one enrichment; `why` is that of a failure that does not end the call: a problem. */
static int32_t load_one(const struct enrichment *enrichment, const struct source_call *call,
                        struct enrich_loaded *ret, struct failure *why, struct failure *failure)
{
    struct operation *operation = call->operation;
    /* Refused credentials are those of all enrichments: they are not sent again. */
    int32_t code = why->cause == HECTOR_AUTH ? why->cause : enrichment->load(call, ret, why);

    if (code == HECTOR_OK) {
        return code;
    }
    if (why->reason == REASON_deadline_passed) {
        operation_sentence(operation, why->message, sizeof(why->message),
                           LABEL_label_enrichment_time, NO_ARGUMENTS);
    } else if (code != HECTOR_CONFIG && failure_ends(code, why)) {
        return fail_as(failure, why);
    }
    operation_log(operation, HECTOR_LOG_WARNING, "%s: %s %s", enrichment->name,
                  message_slug(why->reason), why->detail);
    return inventory_problem(call->inventory,
                             PROBLEM(SEVERITY_WARNING, REASON_enrichment_failed, enrichment->name,
                                     ARGUMENTS(enrichment->product, why->message)),
                             failure);
}

/*
 * Loads one enrichment, and reports its repeated requests and repaired replies as such: those that
 * the operation counts are the source's.
 */
static int32_t load_counted(const struct enrichment *enrichment, const struct source_call *call,
                            struct enrich_loaded *ret, struct failure *why, struct failure *failure)
{
    struct operation *operation = call->operation;
    const uint64_t repeats = operation->repeats, repaired = operation->repaired;
    int32_t code = load_one(enrichment, call, ret, why, failure);
    const struct message_number again = message_number((int64_t)(operation->repeats - repeats));

    if (code == HECTOR_OK && ret->whole && operation->repeats > repeats) {
        code = inventory_problem(call->inventory,
                                 PROBLEM(SEVERITY_INFO, REASON_requests_repeated, enrichment->name,
                                         ARGUMENTS(enrichment->product, again.text)),
                                 failure);
    }
    if (code == HECTOR_OK && ret->data != NULL && operation->repaired > repaired) {
        code = inventory_problem(call->inventory,
                                 PROBLEM(SEVERITY_WARNING, REASON_text_repaired, enrichment->name,
                                         ARGUMENTS(enrichment->product)),
                                 failure);
    }
    operation->repeats = repeats;
    operation->repaired = repaired;
    return code;
}

int32_t enrich_load(struct enrich *enrich, const struct source_call *call, struct failure *failure)
{
    struct operation *operation = call->operation;
    const int64_t now = clock_ms(), whole_ms = operation->deadline_ms - now;
    const bool has_deadline = operation->deadline_ms != 0;
    int64_t own_ms = (int64_t)call->settings->enrich_minutes * MINUTE_MS;
    struct inventory_extras extras = {enrich, apply_loaded, report_loaded, false};
    const struct enrichment *enrichment;
    struct failure why = {0};
    size_t chosen = 0, whole = 0;
    int32_t code = HECTOR_OK;

    own_ms = has_deadline && whole_ms / 2 < own_ms ? whole_ms / 2 : own_ms;
    enrich->call = call;
    operation->deadline_ms = now + own_ms;
    for (size_t i = 0; code == HECTOR_OK && (enrichment = enrich_at(i)) != NULL; i++) {
        if (enrichment->needed(call->settings)) {
            code = load_counted(enrichment, call, &enrich->loaded[i], &why, failure);
            chosen++;
            whole += enrich->loaded[i].whole ? 1 : 0;
        }
    }
    /* What the host's emit took has moved the deadline. */
    operation->deadline_ms = has_deadline ? operation->deadline_ms + whole_ms - own_ms : 0;
    extras.count_entitled = chosen > 0 && whole == chosen;
    inventory_set_extras(call->inventory, &extras);
    return code;
}

void enrich_release(struct enrich *enrich)
{
    for (size_t i = 0; i < ENRICHMENTS_MAX; i++) {
        if (enrich->loaded[i].data != NULL) {
            enrich_at(i)->release(enrich->loaded[i].data);
        }
    }
}

/* ---- validate */

/* Checks one enrichment. Only a failure that a user can correct in the form fails the validation.
 */
static int32_t check_one(const struct enrichment *enrichment, const struct source_call *call,
                         struct failure *failure)
{
    const struct checks checks = {.operation = call->operation};
    struct failure why;
    int32_t code = enrichment->check(call, &why);
    bool is_at_fault = code == HECTOR_AUTH || code == HECTOR_CONFIG;

    if (code == HECTOR_OK || check_ends(code)) {
        return code == HECTOR_OK ? code : fail_as(failure, &why);
    }
    code = check_emit_failure(&checks, CHECK_ENRICHMENT, is_at_fault ? CHECK_FAILED : CHECK_WARNING,
                              &why, failure);
    return code == HECTOR_OK && is_at_fault ? fail_as(failure, &why) : code;
}

int32_t enrich_check(const struct source_call *call, int32_t code, struct failure *failure)
{
    const struct enrichment *enrichment;
    struct failure why;

    if (check_ends(code)) {
        return code;
    }
    for (size_t i = 0; (enrichment = enrich_at(i)) != NULL; i++) {
        if (!enrichment->needed(call->settings)) {
            continue;
        }
        if (code == HECTOR_OK) {
            code = check_one(enrichment, call, failure);
        } else if (!check_ends(code) &&
                   check_skip(call->operation, CHECK_ENRICHMENT, LABEL_check_not_reached,
                              NO_ARGUMENTS, &why) != HECTOR_OK) {
            return fail_as(failure, &why);
        }
    }
    return code;
}
