/*
 * unit_table.h - switches and access points in a FortiGate's configuration.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_TABLE_H
#define FGT_UNIT_TABLE_H

#include "rest.h"
#include "sources/fortios/fortios.h"

/* How the units of a kind are requested of a FortiGate. */
struct unit_kind {
    enum device_type type;
    const struct fortios_kind *fortios;
    const char *format;      /* of the unit list, with the members that name VDOMs */
    bool has_pages;          /* the unit list is known to accept `start` and `count` */
    const char *titles[3];   /* its members that name a unit for people, best first, up to NULL */
    struct rest_query table; /* of the configuration */
};

/* Identifiers of units of one kind, initially all zero. All keys are "ID\nSCOPE". */
struct unit_ids {
    struct strmap listed;  /* rows of unit lists; value: number of the list that showed it first */
    struct strmap aliases; /* other ids and names of these rows that may be serials */
    struct strmap missing; /* configured, but not listed when compared; value: VDOM index */
};

void fgt_unit_ids_release(struct unit_ids *ids);

/* Keeps the memory of the run within its limit: inventory_room(). */
int32_t fgt_unit_ids_room(const struct fgt_run *run, const struct unit_ids *ids,
                          struct failure *failure);

/*
 * Notes that the list with this number shows a unit. Returns the number of the first list that
 * showed it; STRMAP_NONE without memory.
 */
uint32_t fgt_unit_ids_list(struct unit_ids *ids, const char *id, const char *scope, uint32_t list);

/* Notes another id of a listed unit. False without memory. */
bool fgt_unit_ids_alias(struct unit_ids *ids, const char *id, const char *scope);

/*
 * Reads the configured units of all VDOMs into `ret`. The caller releases it with
 * fgt_rest_release(). OK, with an empty table, if they cannot be read.
 */
int32_t fgt_unit_table_read(struct fgt_run *run, const struct unit_kind *kind,
                            struct rest_answer *ret, struct failure *failure);

/*
 * Returns the serial of the unit `id`, borrowed from the table; NULL if the VDOM has no such unit,
 * or it has none. Only of a kind whose configuration has serials.
 */
struct json_object *fgt_unit_table_serial(const struct unit_kind *kind,
                                          const struct rest_answer *table, const char *vdom,
                                          const char *id);

/*
 * Compares the configuration of each VDOM with the listed units: sets `table` and `unshown` of the
 * VDOMs, and `missing`. OK even if the configuration cannot be read.
 */
int32_t fgt_unit_table_compare(struct fgt_run *run, const struct unit_kind *kind,
                               struct unit_ids *ids, struct failure *failure);

/* Sets `unlisted` of each VDOM: the units of `missing` that no unit list has shown since. */
void fgt_unit_table_count(struct fgt_run *run, const struct unit_ids *ids);
#endif
