/*
 * asset_management.h - an enrichment: registration, warranty and support by FortiCloud.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Asset Management lists the registered products of an account, in pages of a size that it decides.
 * Its list has only products with an entitlement [FNDN], so a device that it lacks may still be
 * registered.
 */
#ifndef FORTICLOUD_ASSET_MANAGEMENT_H
#define FORTICLOUD_ASSET_MANAGEMENT_H

#include "sources/enrich.h"

extern const struct enrichment forticloud_asset_management;
#endif
