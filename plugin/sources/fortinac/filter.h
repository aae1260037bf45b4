/*
 * filter.h - the setting `filter`: which hosts a FortiNAC lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grammar [FortiNAC-F 7.4 REST API, "Filtering"]: KEY OPERATOR PATTERN, joined by `,` (or) and `&`
 * (and). Operators: == != =@ !@ <= < >= >. In a pattern `.` and `\` are escaped by `\`; nothing
 * escapes `,` and `&`.
 */
#ifndef FNAC_FILTER_H
#define FNAC_FILTER_H

#include "base/buffer.h"

/*
 * Appends the filter as FortiNAC wants it, with `.` and `\` in patterns escaped unless the user
 * already did so, and without blanks around the conditions. Returns where in `filter` it stops
 * being one; NULL = it is one.
 */
const char *fnac_filter_write(const char *filter, struct buffer *out);

#endif
