/*
 * unfilled.h - selected attributes that stay empty on every unit, and why.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Known once a source was read: the source names the attributes that its kind of system lacks, the
 * settings those that are not queried, and the inventory, if no scope is incomplete, the custom
 * fields that no firewall fills.
 */
#ifndef UNFILLED_H
#define UNFILLED_H

#include "source.h"

/*
 * Reports one problem of severity info for each reason; with `as_checks`, for a validation, one
 * warning of the step CHECK_ATTRIBUTES.
 */
int32_t unfilled_report(const struct source_call *call, const struct source *source, bool as_checks,
                        struct failure *failure);
#endif
