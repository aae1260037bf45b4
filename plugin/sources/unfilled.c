/*
 * unfilled.c - selected attributes that stay empty on every unit, and why.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "unfilled.h"

#include <stdio.h>
#include <string.h>

/* Reports one sentence: as a problem or as a check. */
typedef int32_t report_fn(struct inventory *inventory, enum message_id reason,
                          const char *const *arguments, struct failure *failure);

/* Names of attributes in a sentence; an ellipsis stands for those without room. */
struct names {
    char text[MESSAGE_MAX / 2];
    bool full;
};

/* The lists of names, one for each reason. */
enum { NOT_REPORTED, NOT_CHOSEN, NOT_ASKED, EMPTY_FIELDS, LIST_COUNT };

static const enum message_id REASONS[LIST_COUNT] = {
    [NOT_REPORTED] = REASON_attributes_not_reported,
    [NOT_CHOSEN] = REASON_attributes_not_chosen,
    [NOT_ASKED] = REASON_attributes_not_asked,
    [EMPTY_FIELDS] = REASON_meta_empty,
};

static void add_name(struct names *names, const char *lead, const char *name)
{
    const char *comma = names->text[0] != '\0' ? ", " : "";
    size_t size = strlen(names->text), more = strlen(comma) + strlen(lead) + strlen(name);

    if (!names->full && size + more + sizeof(", \xE2\x80\xA6") > sizeof(names->text)) {
        names->full = true;
        lead = "";
        name = "\xE2\x80\xA6";
    } else if (names->full) {
        return;
    }
    (void)snprintf(names->text + size, sizeof(names->text) - size, "%s%s%s", comma, lead, name);
}

/* Adds an attribute by its label in a form, or by its id in a shell. */
static void add_attribute(struct names *names, const struct operation *operation,
                          const struct attribute_info *info)
{
    const struct wording *wording = &operation->wording;

    add_name(names, "", wording->keys ? info->id : info->labels[wording->language]);
}

static bool lacks(const struct source *source, enum attribute attribute)
{
    for (size_t i = 0; i < source->lack_count; i++) {
        if (source->lacks[i] == attribute) {
            return true;
        }
    }
    return false;
}

/* Returns the lowest cost of an attribute over the selected device types; COST_NO = none has it. */
static enum attribute_cost least_cost(const struct settings *settings,
                                      const struct attribute_info *info)
{
    enum attribute_cost least = COST_NO;

    for (int type = 0; type < DEVICE_TYPE_COUNT; type++) {
        enum attribute_cost cost = info->cost[type];

        if (settings->device_types[type] && cost != COST_NO && (least == COST_NO || cost < least)) {
            least = cost;
        }
    }
    return least;
}

static int32_t report_all(struct inventory *inventory, const struct source *source,
                          report_fn *report, struct failure *failure)
{
    const struct settings *settings = inventory_settings(inventory);
    bool all_read = inventory_worst(inventory) == NULL;
    struct names lists[LIST_COUNT] = {0};

    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        enum attribute_cost cost = least_cost(settings, info);

        if (!settings->attributes[i]) {
            continue;
        }
        if (lacks(source, (enum attribute)i)) {
            add_attribute(&lists[NOT_REPORTED], inventory_operation(inventory), info);
        } else if (cost == COST_NO) {
            add_attribute(&lists[NOT_CHOSEN], inventory_operation(inventory), info);
        } else if (cost == COST_LIVE && source->live_by_setting && !settings->live_status) {
            add_attribute(&lists[NOT_ASKED], inventory_operation(inventory), info);
        }
    }
    for (size_t i = 0; i < settings->meta_count; i++) {
        const char *lead = inventory_operation(inventory)->wording.keys ? META_PREFIX : "";

        if (!source->has_meta) {
            add_name(&lists[NOT_REPORTED], lead, settings->meta[i]);
        } else if (all_read && inventory_seen(inventory, FIREWALL) > 0 &&
                   !inventory_meta_filled(inventory, i)) {
            add_name(&lists[EMPTY_FIELDS], lead, settings->meta[i]);
        }
    }
    for (int i = 0; i < LIST_COUNT; i++) {
        int32_t code;

        if (lists[i].text[0] != '\0' &&
            (code = report(inventory, REASONS[i], ARGUMENTS(lists[i].text, source->product),
                           failure)) != HECTOR_OK) {
            return code;
        }
    }
    return HECTOR_OK;
}

static int32_t report_problem(struct inventory *inventory, enum message_id reason,
                              const char *const *arguments, struct failure *failure)
{
    return inventory_problem(inventory, PROBLEM(SEVERITY_INFO, reason, "attributes", arguments),
                             failure);
}

static int32_t report_check(struct inventory *inventory, enum message_id reason,
                            const char *const *arguments, struct failure *failure)
{
    return check_warn(inventory_operation(inventory), CHECK_ATTRIBUTES, reason, arguments, failure);
}

int32_t unfilled_report(struct inventory *inventory, const struct source *source,
                        struct failure *failure)
{
    return report_all(inventory, source, report_problem, failure);
}

int32_t unfilled_check(struct inventory *inventory, const struct source *source,
                       struct failure *failure)
{
    return report_all(inventory, source, report_check, failure);
}
