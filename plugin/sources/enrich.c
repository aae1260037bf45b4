/*
 * enrich.c - enrichments: what a second system knows about the units of any source, by serial.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "enrich.h"

enum attribute_cost enrich_cost(enum attribute attribute, enum device_type type)
{
    enum attribute_cost cost = COST_NO;
    const struct enrichment *enrichment;

    for (size_t i = 0; cost == COST_NO && (enrichment = enrich_at(i)) != NULL; i++) {
        cost = columns_cost(enrichment->origins, attribute, type);
    }
    return cost;
}

bool enrich_fills(const struct settings *settings, enum attribute attribute)
{
    const struct enrichment *enrichment;
    bool ret = false;

    for (size_t i = 0; (enrichment = enrich_at(i)) != NULL; i++) {
        for (enum device_type type = 0; type < DEVICE_TYPE_COUNT; type++) {
            ret = ret || (settings->device_types[type] && enrichment->needed(settings) &&
                          columns_cost(enrichment->origins, attribute, type) != COST_NO);
        }
    }
    return ret;
}

static void apply_loaded(void *context, struct device *device)
{
    const struct enrich *enrich = context;

    for (size_t i = 0; i < ENRICHMENTS_MAX; i++) {
        if (enrich->loaded[i] != NULL) {
            enrich_at(i)->apply(enrich->loaded[i], device);
        }
    }
}

int32_t enrich_load(struct enrich *enrich, const struct source_call *call, struct failure *failure)
{
    const struct enrichment *enrichment;

    for (size_t i = 0; (enrichment = enrich_at(i)) != NULL; i++) {
        struct failure why;

        if (!enrichment->needed(call->settings)) {
            continue;
        }
        int32_t code = enrichment->load(call, &enrich->loaded[i], &why);
        if (code != HECTOR_OK && code != HECTOR_CONFIG && failure_ends(code, &why)) {
            return fail_as(failure, &why);
        }
        if (code != HECTOR_OK &&
            (code = inventory_problem(call->inventory,
                                      PROBLEM(SEVERITY_WARNING, REASON_enrichment_failed,
                                              enrichment->name,
                                              ARGUMENTS(enrichment->product, why.message)),
                                      failure)) != HECTOR_OK) {
            return code;
        }
    }
    inventory_set_completion(call->inventory, apply_loaded, enrich);
    return HECTOR_OK;
}

void enrich_release(struct enrich *enrich)
{
    for (size_t i = 0; i < ENRICHMENTS_MAX; i++) {
        if (enrich->loaded[i] != NULL) {
            enrich_at(i)->release(enrich->loaded[i]);
        }
    }
}
