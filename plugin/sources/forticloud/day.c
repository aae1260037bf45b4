/*
 * day.c - FortiCloud's dates, as days without a time zone, in two bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "day.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "json/json_read.h"

/* The day before the first of FORTICLOUD_YEAR_MIN, since 1970-01-01. */
#define DAY_BEFORE_FIRST 10956

#define MONTHS 12

/* Reads decimal digits, and nothing else. */
static bool read_digits(const char *text, size_t size, int32_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *ret = *ret * 10 + (text[i] - '0');
    }
    return true;
}

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t days_of_month(int32_t year, int32_t month)
{
    static const int32_t days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

/* The number of a day of the calendar, from 2000-01-01, which is 1; 0 = outside of the years. */
static uint16_t number_of(int32_t year, int32_t month, int32_t day)
{
    int32_t number = day;

    if (year < FORTICLOUD_YEAR_MIN || year > FORTICLOUD_YEAR_MAX) {
        return 0;
    }
    for (int32_t i = 1; i < month; i++) {
        number += days_of_month(year, i);
    }
    for (int32_t i = FORTICLOUD_YEAR_MIN; i < year; i++) {
        number += is_leap(i) ? 366 : 365;
    }
    return (uint16_t)number;
}

uint16_t forticloud_day_read(struct json_object *row, const char *key)
{
    static const char form[] = "0000-00-00";
    const char *text = json_member_text(row, key);
    int32_t year, month, day;

    text = text != NULL ? text + strspn(text, " ") : "";
    if (strlen(text) < strlen(form) || strchr("T ", text[strlen(form)]) == NULL || text[4] != '-' ||
        text[7] != '-' || !read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
        !read_digits(text + 8, 2, &day) || month < 1 || month > MONTHS || day < 1 ||
        day > days_of_month(year, month)) {
        return 0;
    }
    return number_of(year, month, day);
}

int32_t forticloud_day_number(uint16_t day)
{
    return day > 0 ? DAY_BEFORE_FIRST + day : 0;
}
