/*
 * day.h - FortiCloud's dates, as days without a time zone, in two bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * FortiCloud writes "2024-07-31T00:00:00", "2024-07-07T14:32:09.873", "2020-08-25 10:12:25", and
 * was once seen with a zone. The day is what it writes: to shift it by a zone would make an end of
 * support a day off.
 */
#ifndef FORTICLOUD_DAY_H
#define FORTICLOUD_DAY_H

#include <json-c/json.h>
#include <stdint.h>

/*
 * Reads a member as a day, by which days compare: 1 is 2000-01-01; there are
 * some up to FORTICLOUD_YEAR_MAX. 0 = none: the member is absent, null, no date of the calendar, or
 * outside of these years, such as 0001-01-01.
 */
uint16_t forticloud_day_read(struct json_object *row, const char *key);

/* The number of the day since 1970-01-01; 0 = none. */
int32_t forticloud_day_number(uint16_t day);
#endif
