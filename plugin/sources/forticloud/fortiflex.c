/*
 * fortiflex.c - FortiFlex: the entitlements of units.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fortiflex.h"

#define EVERY_TYPE (OF(FIREWALL) | OF(SWITCH) | OF(ACCESS_POINT) | OF(MANAGEMENT))

static const struct column COLUMN_ROWS[] = {
    COLUMN_SET(fortiflex_status, EVERY_TYPE),
    COLUMN_SET(fortiflex_start_date, EVERY_TYPE),
    COLUMN_SET(fortiflex_end_date, EVERY_TYPE),
    COLUMN_SET(fortiflex_configuration, EVERY_TYPE),
};

static const struct columns FILLED = COLUMNS(COLUMN_ROWS);
static const struct origin ORIGINS[] = {{&FILLED, COST_ENRICHMENT}, {NULL, COST_NO}};

static bool is_needed(const struct settings *settings)
{
    return settings->chosen[CHOICE_enrich_fortiflex];
}

static int32_t load(const struct source_call *call, struct enrich_loaded *ret,
                    struct failure *failure)
{
    *ret = (struct enrich_loaded){NULL, false};
    return fail(call->operation, failure, REASON_forticloud_invalid, NULL,
                ARGUMENTS("support.fortinet.com"));
}

static int32_t check(const struct source_call *call, struct failure *failure)
{
    return fail(call->operation, failure, REASON_forticloud_invalid, NULL,
                ARGUMENTS("support.fortinet.com"));
}

const struct enrichment forticloud_fortiflex = {
    .name = "fortiflex",
    .product = "FortiFlex",
    .origins = ORIGINS,
    .needed = is_needed,
    .load = load,
    .check = check,
};
