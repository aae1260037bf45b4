/*
 * unit_table.h - switches and access points in a FortiGate's configuration.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef UNIT_TABLE_H
#define UNIT_TABLE_H

#include "rest.h"

/*
 * Reads the configured switches of all VDOMs into `ret`. The caller releases it with
 * fgt_unit_table_release(); until then its memory counts. OK, with an empty table, if they cannot
 * be read.
 */
int32_t fgt_unit_table_read(struct fgt_run *run, struct rest_answer *ret, struct failure *failure);

/* Releases the table, and the memory that it counts. */
void fgt_unit_table_release(struct fgt_run *run, struct rest_answer *table);

/*
 * Returns the member `sn` of the switch `id`, borrowed from the table; NULL if the VDOM has no such
 * switch, or it has no `sn`.
 */
struct json_object *fgt_unit_table_serial(const struct rest_answer *table, const char *vdom,
                                          const char *id);

/* Identifiers of units of one type. All keys are "ID\nSCOPE". */
struct unit_ids {
    struct strmap listed;  /* rows of unit lists; the caller defines the value */
    struct strmap aliases; /* other ids and names of these rows that may be serials */
    struct strmap missing; /* configured, but not listed when compared; value: VDOM index */
};

void fgt_unit_ids_init(struct unit_ids *ids);
void fgt_unit_ids_release(struct unit_ids *ids);

/* Returns the memory that they take, in bytes. */
size_t fgt_unit_ids_bytes(const struct unit_ids *ids);

/*
 * Compares the configuration of each VDOM with the listed units: sets `table` and `unshown` of the
 * VDOMs, and `missing`. OK even if the configuration cannot be read.
 */
int32_t fgt_unit_table_compare(struct fgt_run *run, enum device_type type, struct unit_ids *ids,
                               struct failure *failure);

/* Sets `unlisted` of each VDOM: the units of `missing` that no unit list has shown since. */
void fgt_unit_table_count(struct fgt_run *run, const struct unit_ids *ids);
#endif
