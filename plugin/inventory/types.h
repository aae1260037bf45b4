/*
 * types.h - what a source reports to the inventory.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef INVENTORY_TYPES_H
#define INVENTORY_TYPES_H

#include "settings/settings.h"

struct inventory;

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

/* Coverage status of one (scope, device type). */
enum coverage_state {
    COVERAGE_NOT_EXPECTED,
    COVERAGE_OPEN,
    COVERAGE_COMPLETE,
    COVERAGE_INCOMPLETE
};

/* State of a scope; SCOPE_IN if a unit list of it is read, whatever was set. */
enum scope_state { SCOPE_IN, SCOPE_OUTSIDE, SCOPE_NOT_CHOSEN };

/* The names of a scope. */
struct scope_names {
    const char *scope;
    const char *label;          /* for people */
    const char *const *aliases; /* other names of the same scope */
    size_t alias_count;
};

/* One thing that a user should know. Texts that do not apply are NULL. */
struct problem {
    enum severity severity;
    enum message_id reason;
    const char *subject; /* the same from run to run */
    const char *const *arguments;
    const char *scope, *device_type, *sync_key;
};

/* PROBLEM(severity, reason, subject, ARGUMENTS(...)), then members that apply: .scope = scope */
#define PROBLEM(level, id, about, ...)                                                             \
    (&(const struct problem){                                                                      \
        .severity = (level), .reason = (id), .subject = (about), .arguments = __VA_ARGS__})

/* What a run adds to its assets from elsewhere, and reports of what is no asset. */
struct inventory_extras {
    void *context;

    /*
     * Adds values to a device just before it becomes an asset; their texts must stay valid until
     * the next call. Returns whether the unit has an entitlement.
     */
    bool (*complete)(void *context, struct device *device);

    /* Emits `unmatched` documents once all coverages are known. NULL = there are none. */
    int32_t (*report)(void *context, struct failure *failure);

    bool count_entitled; /* the summary counts the assets without an entitlement */
};

/* A record of another system that may belong to no unit. Texts that are not known are NULL. */
struct unmatched {
    const char *enrichment; /* name of the enrichment that read it */
    const char *serial, *model, *status;
    int32_t end_day; /* since 1970-01-01; 0 = not known */
};

/* One row of a table that is no asset. */
struct inventory_row {
    enum device_type type;
    const char *scope;      /* scope of the table */
    enum message_id reason; /* why: unauthorized ...; serial_unusable, row_unnamed */
    const char *subject;    /* its name in the table, the same from run to run */
    const char *serial;     /* NULL or "" = no usable one */
};
#endif
