/*
 * narrow.c - fortinet.so with small pages, so that a small topology takes many requests.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Times and everything else are the product's.
 */
#include "base/limits.h"

#undef LIMITS_SIZES
#define LIMITS_SIZES                                                                               \
    .attempts = 3, .reply_max_bytes = MIB(8), .reply_aim_bytes = 512, .tree_max_bytes = MIB(48),   \
    .page_rows = 2, .page_rows_max = 4000

#include "entry.c"
