/*
 * enrich_list.c - the list of enrichments.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "enrich.h"
#include "forticloud/asset_management.h"
#include "forticloud/fortiflex.h"

/* One line per enrichment, in the order in which they add values. NULL ends the list. */
static const struct enrichment *const ENRICHMENTS[] = {
    &forticloud_asset_management,
    &forticloud_fortiflex,
    NULL,
};

_Static_assert(COUNT(ENRICHMENTS) <= ENRICHMENTS_MAX + 1, "struct enrich has room for all");

const struct enrichment *enrich_at(size_t index)
{
    return index < COUNT(ENRICHMENTS) ? ENRICHMENTS[index] : NULL;
}
