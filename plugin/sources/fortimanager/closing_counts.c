/*
 * closing_counts.c - whether the unit lists that were read have as many rows as are counted now.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "closing_counts.h"

#include <inttypes.h>
#include <stdio.h>

enum reading_kind { READING_WHOLE, READING_NARROWED, READING_DATABASE, READING_KINDS };

/*
 * Whether counts of a kind of reading are reliable, by type of unit: one of them equals the rows
 * read. A part of a table must also have fewer rows than the whole table, because a server may
 * report the count of the whole table for a part of it.
 */
struct proven {
    bool kinds[DEVICE_TYPE_COUNT][READING_KINDS];
};

static enum reading_kind kind_of(const struct unit_list_reading *reading)
{
    return reading->vdom != NULL      ? READING_DATABASE
           : reading->unit_list.whole ? READING_WHOLE
                                      : READING_NARROWED;
}

/* The tally of the table of which the reading is a part. */
static struct fmg_tally *tally_of(const struct unit_lists *unit_lists,
                                  const struct unit_list_reading *reading)
{
    const struct unit_list *unit_list = &reading->unit_list;

    return &fmg_unit_list_adom(unit_lists->run, unit_list)->tallies[unit_list->type];
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

static struct proven take_tallies(const struct unit_lists *unit_lists)
{
    struct topology *topology = &unit_lists->run->topology;
    struct proven proven = {0};

    for (size_t i = 0; i < topology->adoms.count; i++) {
        for (enum device_type type = FIREWALL; type < DEVICE_TYPE_COUNT; type++) {
            topology->adoms.items[i].tallies[type] = (struct fmg_tally){.wide = true};
        }
    }
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        const struct unit_list_reading *each = &unit_lists->readings.items[i];

        if (!each->superseded && each->vdom == NULL) {
            tally_of(unit_lists, each)->rows += each->rows;
        }
    }
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        const struct unit_list_reading *each = &unit_lists->readings.items[i];
        struct fmg_tally *tally = tally_of(unit_lists, each);
        enum reading_kind kind = kind_of(each);

        if (each->superseded || each->count == COUNT_NONE) {
            continue;
        }
        if (each->rows > 0 && each->count == (int64_t)each->rows &&
            (kind != READING_NARROWED || tally->rows > each->rows)) {
            proven.kinds[each->unit_list.type][kind] = true;
        }
        if (kind == READING_NARROWED && each->count != (int64_t)tally->rows) {
            tally->wide = false;
        }
    }
    return proven;
}

/*
 * Discards counts of parts for which the FortiManager ignored `scope member`: every part of the
 * table counts as much as the whole, which says nothing about a part. If only one part does, units
 * may have joined it.
 */
static void drop_wide_counts(struct unit_lists *unit_lists, const struct proven *proven)
{
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];

        if (is_short(reading) && kind_of(reading) == READING_NARROWED &&
            !proven->kinds[reading->unit_list.type][READING_NARROWED] &&
            tally_of(unit_lists, reading)->wide) {
            reading->count = COUNT_NONE;
        }
    }
}

bool fmg_closing_counts_compare(struct unit_lists *unit_lists)
{
    struct proven proven = take_tallies(unit_lists);
    bool differ = false;

    drop_wide_counts(unit_lists, &proven);
    for (size_t i = 0; i < unit_lists->readings.count; i++) {
        struct unit_list_reading *reading = &unit_lists->readings.items[i];

        /*
         * More rows than are counted now are no evidence of a missing row. But if counts of this
         * kind are reliable, units have left the table since, and others may have taken their
         * places.
         */
        reading->moved = reading->count != COUNT_NONE && reading->count < (int64_t)reading->rows &&
                         proven.kinds[reading->unit_list.type][kind_of(reading)];
        differ = differ || fmg_closing_counts_differ(reading);
    }
    return differ;
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
               ARGUMENTS(fmg_unit_list_adom(run, &reading->unit_list)->name));
    return fmg_unit_lists_incomplete(unit_lists, &reading->unit_list, &why, failure);
}

int32_t fmg_closing_counts_check(struct unit_lists *unit_lists, struct failure *failure)
{
    const char *origin = unit_lists->run->settings->origin;
    struct proven proven = take_tallies(unit_lists);
    bool unproven = false;
    int32_t code = HECTOR_OK;

    for (size_t i = 0; code == HECTOR_OK && i < unit_lists->readings.count; i++) {
        const struct unit_list_reading *reading = &unit_lists->readings.items[i];
        enum reading_kind kind = kind_of(reading);

        if (!is_short(reading)) {
            continue;
        }
        if ((kind != READING_NARROWED && reading->rows == 0) ||
            proven.kinds[reading->unit_list.type][kind]) {
            code = fail_short(unit_lists, reading, failure);
        } else {
            unproven = unproven || kind != READING_NARROWED;
        }
    }
    if (code != HECTOR_OK || !unproven) {
        return code;
    }
    return inventory_problem(
        unit_lists->run->inventory,
        PROBLEM(SEVERITY_INFO, REASON_counts_differ, origin, ARGUMENTS(origin)), failure);
}
