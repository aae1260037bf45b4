/*
 * fortiflex.h - FortiFlex: the entitlements of units.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTICLOUD_FORTIFLEX_H
#define FORTICLOUD_FORTIFLEX_H

#include "sources/enrich.h"

extern const struct enrichment forticloud_fortiflex;
#endif
