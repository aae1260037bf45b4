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

static void add_field(struct names *names, const struct operation *operation, const char *field)
{
    add_name(names, operation->wording.keys ? META_PREFIX : "", field);
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

static int32_t report_names(struct inventory *inventory, enum message_id reason,
                            const struct names *names, const struct source *source,
                            report_fn *report, struct failure *failure)
{
    return names->text[0] == '\0'
               ? HECTOR_OK
               : report(inventory, reason, ARGUMENTS(names->text, source->product), failure);
}

static int32_t report_all(struct inventory *inventory, const struct source *source,
                          report_fn *report, struct failure *failure)
{
    const struct settings *settings = inventory->settings;
    bool all_read = inventory->worst.cause == 0;
    struct names lacking = {0}, not_chosen = {0}, not_asked = {0}, fields = {0};
    int32_t code;

    for (int i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        enum attribute_cost cost = least_cost(settings, info);

        if (!settings->attributes[i]) {
            continue;
        }
        if (lacks(source, (enum attribute)i)) {
            add_attribute(&lacking, inventory->operation, info);
        } else if (cost == COST_NO) {
            add_attribute(&not_chosen, inventory->operation, info);
        } else if (cost == COST_LIVE && source->live_by_setting && !settings->live_status) {
            add_attribute(&not_asked, inventory->operation, info);
        }
    }
    for (size_t i = 0; i < settings->meta_count; i++) {
        if (!source->has_meta) {
            add_field(&lacking, inventory->operation, settings->meta[i]);
        } else if (all_read && inventory->counts[FIREWALL].seen > 0 && !inventory->meta_filled[i]) {
            add_field(&fields, inventory->operation, settings->meta[i]);
        }
    }
    code =
        report_names(inventory, REASON_attributes_not_reported, &lacking, source, report, failure);
    if (code == HECTOR_OK) {
        code = report_names(inventory, REASON_attributes_not_chosen, &not_chosen, source, report,
                            failure);
    }
    if (code == HECTOR_OK) {
        code = report_names(inventory, REASON_attributes_not_asked, &not_asked, source, report,
                            failure);
    }
    return code == HECTOR_OK
               ? report_names(inventory, REASON_meta_empty, &fields, source, report, failure)
               : code;
}

static int32_t problem(struct inventory *inventory, enum message_id reason,
                       const char *const *arguments, struct failure *failure)
{
    return inventory_problem(inventory, PROBLEM(SEVERITY_INFO, reason, "attributes", arguments),
                             failure);
}

static int32_t check(struct inventory *inventory, enum message_id reason,
                     const char *const *arguments, struct failure *failure)
{
    return check_emit(inventory->operation, CHECK_ATTRIBUTES, CHECK_WARNING, reason, arguments,
                      NULL, failure);
}

int32_t unfilled_report(struct inventory *inventory, const struct source *source,
                        struct failure *failure)
{
    return report_all(inventory, source, problem, failure);
}

int32_t unfilled_check(struct inventory *inventory, const struct source *source,
                       struct failure *failure)
{
    return report_all(inventory, source, check, failure);
}
