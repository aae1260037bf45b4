/*
 * closing_counts.c - whether the unit lists that were read have as many rows as are counted now.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "closing_counts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum reading_kind { READING_WHOLE, READING_NARROWED, READING_DATABASE, READING_KINDS };

/*
 * What the readings show together. A server may report the count of the whole table for a part of
 * it, so the rows of all parts matter. A kind is proven if the count of one of its readings equals
 * its rows; a part of a table must also have fewer rows than the whole table.
 */
struct tally {
    size_t *rows; /* rows read of an ADOM's table, by ADOM and type */
    bool proven[DEVICE_TYPE_COUNT][READING_KINDS];
};

static enum reading_kind kind_of(const struct unit_list_reading *reading)
{
    return reading->vdom != NULL      ? READING_DATABASE
           : reading->unit_list.whole ? READING_WHOLE
                                      : READING_NARROWED;
}

static size_t *rows_of(const struct tally *tally, const struct unit_list *unit_list)
{
    return &tally->rows[(size_t)unit_list->adom * DEVICE_TYPE_COUNT + unit_list->type];
}

/* Whether a reading has fewer rows than are counted now. */
static bool is_short(const struct unit_list_reading *reading)
{
    return !reading->superseded && reading->count > (int64_t)reading->rows;
}

bool fmg_closing_counts_differ(const struct unit_list_reading *reading)
{
    return is_short(reading) || (reading->moved && !reading->superseded);
}

static int32_t take_tally(const struct unit_lists *unit_lists, struct tally *ret,
                          struct failure *failure)
{
    const struct unit_list_reading *end = unit_lists->readings.items + unit_lists->readings.count;
    size_t adoms = unit_lists->run->topology.adoms.count;

    *ret = (struct tally){.rows = calloc(adoms * DEVICE_TYPE_COUNT + 1, sizeof(*ret->rows))};
    if (ret->rows == NULL) {
        return fail_memory(unit_lists->run->operation, failure);
    }
    for (const struct unit_list_reading *each = unit_lists->readings.items; each < end; each++) {
        if (!each->superseded && each->vdom == NULL) {
            *rows_of(ret, &each->unit_list) += each->rows;
        }
    }
    for (const struct unit_list_reading *each = unit_lists->readings.items; each < end; each++) {
        enum reading_kind kind = kind_of(each);

        if (!each->superseded && each->rows > 0 && each->count == (int64_t)each->rows &&
            (kind != READING_NARROWED || *rows_of(ret, &each->unit_list) > each->rows)) {
            ret->proven[each->unit_list.type][kind] = true;
        }
    }
    return HECTOR_OK;
}

static bool is_same_table(const struct unit_list *a, const struct unit_list *b)
{
    return a->adom == b->adom && a->type == b->type;
}

/* Whether the server reports the count of the whole table for every part of it. */
static bool all_count_the_whole(const struct unit_lists *unit_lists, const struct tally *tally,
                                const struct unit_list *unit_list)
{
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings.items[i];

        if (!reading->superseded && kind_of(reading) == READING_NARROWED &&
            is_same_table(&reading->unit_list, unit_list) && reading->count != COUNT_NONE &&
            reading->count != (int64_t)*rows_of(tally, unit_list)) {
            return false;
        }
    }
    return true;
}

/*
 * Discards counts of parts for which the FortiManager ignored `scope member`: every part of the
 * table counts as much as the whole, which says nothing about a part. If only one part does, units
 * may have joined it.
 */
static void drop_wide_counts(struct unit_lists *unit_lists, const struct tally *tally)
{
    const struct unit_list *table = NULL; /* its parts are adjacent in `readings` */
    bool wide = false;

    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];

        if (!is_short(reading) || kind_of(reading) != READING_NARROWED ||
            tally->proven[reading->unit_list.type][READING_NARROWED] ||
            reading->count != (int64_t)*rows_of(tally, &reading->unit_list)) {
            continue;
        }
        if (table == NULL || !is_same_table(table, &reading->unit_list)) {
            table = &reading->unit_list;
            wide = all_count_the_whole(unit_lists, tally, table);
        }
        reading->count = wide ? COUNT_NONE : reading->count;
    }
}

/*
 * Finds readings with more rows than are counted now. That is no evidence of a missing row. But if
 * counts of this kind are reliable, units have left the table since, and others may have taken
 * their places.
 */
static void find_moved(struct unit_lists *unit_lists, const struct tally *tally)
{
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];

        reading->moved = reading->count != COUNT_NONE && reading->count < (int64_t)reading->rows &&
                         tally->proven[reading->unit_list.type][kind_of(reading)];
    }
}

int32_t fmg_closing_counts_compare(struct unit_lists *unit_lists, struct failure *failure)
{
    struct tally tally;
    int32_t code = take_tally(unit_lists, &tally, failure);

    if (code != HECTOR_OK) {
        return code;
    }
    drop_wide_counts(unit_lists, &tally);
    find_moved(unit_lists, &tally);
    free(tally.rows);
    return HECTOR_OK;
}

static int32_t fail_short(struct unit_lists *unit_lists, const struct unit_list_reading *reading,
                          struct failure *failure)
{
    const struct fmg_run *run = unit_lists->run;
    struct failure why;
    char counts[64];

    (void)snprintf(counts, sizeof(counts), "%zu rows read, %" PRId64 " counted", reading->rows,
                   reading->count);
    (void)fail(run->operation, &why, REASON_table_changed, counts,
               ARGUMENTS(run->topology.adoms.items[reading->unit_list.adom].name));
    return fmg_unit_lists_incomplete(unit_lists, &reading->unit_list, &why, failure);
}

int32_t fmg_closing_counts_check(struct unit_lists *unit_lists, struct failure *failure)
{
    const char *origin = unit_lists->run->settings->origin;
    struct tally tally;
    bool unproven = false;
    int32_t code = take_tally(unit_lists, &tally, failure);

    for (size_t i = 0; code == HECTOR_OK && i < unit_lists->readings.count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings.items[i];
        enum reading_kind kind = kind_of(reading);

        if (!is_short(reading)) {
            continue;
        }
        if ((kind != READING_NARROWED && reading->rows == 0) ||
            tally.proven[reading->unit_list.type][kind]) {
            code = fail_short(unit_lists, reading, failure);
        } else {
            unproven = unproven || kind != READING_NARROWED;
        }
    }
    free(tally.rows);
    if (code != HECTOR_OK || !unproven) {
        return code;
    }
    return inventory_problem(
        unit_lists->run->inventory,
        PROBLEM(SEVERITY_INFO, REASON_counts_differ, origin, ARGUMENTS(origin)), failure);
}
