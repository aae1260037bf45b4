/*
 * unfilled.h - which ticked attributes stay empty on every unit, and why.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Known once a source was read: it says which attributes its kind of system lacks, the settings say
 * what is not asked for, and the inventory, where no scope is incomplete, which custom fields no
 * firewall fills.
 */
#ifndef UNFILLED_H
#define UNFILLED_H

#include "source.h"

/* In a sync: one problem of severity info for each reason why. */
int32_t unfilled_report(struct inventory *inventory, const struct source *source,
                        struct failure *reterr);

/* In a validation: the same as warnings of the step CHECK_ATTRIBUTES. */
int32_t unfilled_check(struct inventory *inventory, const struct source *source,
                       struct failure *reterr);
#endif
