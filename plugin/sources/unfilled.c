/*
 * unfilled.c - selected device types and attributes of which no unit has any, and why.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unfilled.h"

#include <stdio.h>

#include "base/utf8.h"
#include "enrich.h"

/* The lists of names, one for each reason. */
enum { NOT_REPORTED, NOT_CHOSEN, NOT_ASKED, NOT_ENRICHED, EMPTY_FIELDS, LIST_COUNT };

static const enum message_id REASONS[LIST_COUNT] = {
    [NOT_REPORTED] = REASON_attributes_not_reported,
    [NOT_CHOSEN] = REASON_attributes_not_chosen,
    [NOT_ASKED] = REASON_attributes_not_asked,
    [NOT_ENRICHED] = REASON_attributes_not_enriched,
    [EMPTY_FIELDS] = REASON_meta_empty,
};

/*
 * Returns the lowest cost of an attribute over the given device types (NULL = all); COST_NO = none
 * has it.
 */
static enum attribute_cost least_cost(const struct source *source, const bool *types,
                                      enum attribute attribute)
{
    enum attribute_cost least = COST_NO;

    for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
        enum attribute_cost cost = columns_cost(source->origins, attribute, type);

        if ((types == NULL || types[type]) && cost != COST_NO &&
            (least == COST_NO || cost < least)) {
            least = cost;
        }
    }
    return least;
}

/* Reports the chosen device types that the source lacks. */
static int32_t report_ignored(const struct source_call *call, const struct source *source,
                              bool as_checks, struct failure *failure)
{
    int32_t code = HECTOR_OK;

    for (enum device_type type = 0; code == HECTOR_OK && type < DEVICE_TYPE_COUNT; type++) {
        const char *const *arguments = ARGUMENTS(
            operation_text(call->operation, device_type_info(type)->plural), source->product);
        const struct problem *problem =
            PROBLEM(SEVERITY_INFO, REASON_device_type_ignored, device_type_id(type), arguments);

        if (call->ignored[type]) {
            code = as_checks ? check_skip(call->operation, check_step_of(type), problem->reason,
                                          arguments, failure)
                             : inventory_problem(call->inventory, problem, failure);
        }
    }
    return code;
}

int32_t unfilled_report(const struct source_call *call, const struct source *source, bool as_checks,
                        struct failure *failure)
{
    struct operation *operation = call->operation;
    const struct wording *wording = &operation->wording;
    const struct settings *settings = call->settings;
    struct inventory *inventory = call->inventory;
    bool all_read = inventory_worst(inventory) == NULL;
    char lists[LIST_COUNT][MESSAGE_MAX / 2] = {{0}};
    int32_t code = report_ignored(call, source, as_checks, failure);

    /* Each by its label in a form, or by its id in a shell. */
    for (enum attribute i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info(i);
        enum attribute_cost cost = least_cost(source, settings->device_types, i);
        bool reported = least_cost(source, NULL, i) != COST_NO;
        bool asked = cost != COST_LIVE || settings->chosen[CHOICE_live_status_when_needed];
        int list = !reported && enrich_of(i) != NULL ? NOT_ENRICHED
                   : !reported                       ? NOT_REPORTED
                   : cost == COST_NO                 ? NOT_CHOSEN
                   : asked                           ? LIST_COUNT
                                                     : NOT_ASKED;

        if (settings->attributes[i] && !enrich_fills(settings, i) && list != LIST_COUNT) {
            utf8_list(lists[list], sizeof(lists[list]),
                      wording->keys ? info->id : info->labels[wording->language]);
        }
    }
    for (size_t i = 0; i < settings->meta_count; i++) {
        bool empty = all_read && inventory_seen(inventory, FIREWALL) > 0 &&
                     !inventory_meta_filled(inventory, i);
        int list = source->has_meta ? EMPTY_FIELDS : NOT_REPORTED;
        char name[sizeof(META_PREFIX) + NAME_MAX_BYTES];

        (void)snprintf(name, sizeof(name), "%s%s", wording->keys ? META_PREFIX : "",
                       settings->meta[i]);
        if (empty || !source->has_meta) {
            utf8_list(lists[list], sizeof(lists[list]), name);
        }
    }
    for (int i = 0; code == HECTOR_OK && i < LIST_COUNT; i++) {
        const char *const *arguments = ARGUMENTS(lists[i], source->product);

        if (lists[i][0] != '\0') {
            code = as_checks
                       ? check_warn(operation, CHECK_ATTRIBUTES, REASONS[i], arguments, failure)
                       : inventory_problem(
                             inventory, PROBLEM(SEVERITY_INFO, REASONS[i], "attributes", arguments),
                             failure);
        }
    }
    return code;
}
