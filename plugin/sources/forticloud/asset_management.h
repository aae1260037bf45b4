/*
 * asset_management.h - FortiCloud Asset Management: registration, warranty and support.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_ASSET_MANAGEMENT_H
#define FORTICLOUD_ASSET_MANAGEMENT_H

#include "sources/enrich.h"

extern const struct enrichment forticloud_asset_management;
#endif
