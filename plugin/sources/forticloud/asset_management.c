/*
 * asset_management.c - FortiCloud Asset Management: registration, warranty and support.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "asset_management.h"

#define EVERY_TYPE (OF(FIREWALL) | OF(SWITCH) | OF(ACCESS_POINT) | OF(MANAGEMENT))

static const struct column COLUMN_ROWS[] = {
    COLUMN_SET(registration_date, EVERY_TYPE),  COLUMN_SET(warranty_end_date, EVERY_TYPE),
    COLUMN_SET(support_end_date, EVERY_TYPE),   COLUMN_SET(support_level, EVERY_TYPE),
    COLUMN_SET(end_of_repair_date, EVERY_TYPE), COLUMN_SET(end_of_support_date, EVERY_TYPE),
    COLUMN_SET(decommissioned, EVERY_TYPE),
};

static const struct columns FILLED = COLUMNS(COLUMN_ROWS);
static const struct origin ORIGINS[] = {{&FILLED, COST_ENRICHMENT}, {NULL, COST_NO}};

static bool is_needed(const struct settings *settings)
{
    return settings->chosen[CHOICE_enrich_asset_management];
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

const struct enrichment forticloud_asset_management = {
    .name = "asset_management",
    .product = "FortiCloud Asset Management",
    .origins = ORIGINS,
    .needed = is_needed,
    .load = load,
    .check = check,
};
