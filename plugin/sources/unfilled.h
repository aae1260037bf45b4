/*
 * unfilled.h - selected device types and attributes of which no unit has any, and why.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Known once a source was read: the source names what its kind of system lacks, the settings
 * the attributes that are not queried, and the inventory, if no scope is incomplete, the custom
 * fields that no firewall fills.
 */
#ifndef UNFILLED_H
#define UNFILLED_H

#include "source.h"

/*
 * Reports one problem of severity info for each such device type, and one for each reason why
 * attributes are empty. With `as_checks`, for a validation: the step of the device type as skipped,
 * and a warning of the step CHECK_ATTRIBUTES for each reason.
 */
int32_t unfilled_report(const struct source_call *call, const struct source *source, bool as_checks,
                        struct failure *failure);
#endif
