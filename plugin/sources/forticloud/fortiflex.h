/*
 * fortiflex.h - an enrichment: the FortiFlex entitlement of each unit.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An account has programs; a program has configurations and entitlements. An entitlement names the
 * serial of a device or of a virtual machine, and its configuration. A unit may have several, of
 * which one in force (ACTIVE, GRACE_PERIOD) is the best, then the one that ends later, then the one
 * that begins later. The activation token of a virtual machine is never read.
 */
#ifndef FORTICLOUD_FORTIFLEX_H
#define FORTICLOUD_FORTIFLEX_H

#include "sources/enrich.h"

extern const struct enrichment forticloud_fortiflex;
#endif
