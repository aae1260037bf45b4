/*
 * edge_table.h - what a FortiGate's configuration knows of switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EDGE_TABLE_H
#define EDGE_TABLE_H

#include "rest.h"

/*
 * The configured switches of all VDOMs. OK although they cannot be read: then there are none. Their
 * memory counts until edge_table_release().
 */
int32_t edge_table_read(struct gate_run *run, struct rest_answer *ret, struct failure *reterr);
void edge_table_release(struct gate_run *run, struct rest_answer *table);

/* The member `sn` of the switch with an id; NULL when the VDOM has no such switch, or no `sn`. */
struct json_object *edge_table_serial(const struct rest_answer *table, const char *vdom,
                                      const char *id);

/* Units of one type. All keys are "ID\nSCOPE". */
struct edge_ids {
    struct strmap listed;  /* of the rows of lists; the value is the caller's */
    struct strmap aliases; /* other ids and names of these rows that a serial may be */
    struct strmap
        missing; /* configured, and not listed when it was looked for: the VDOM's number */
};

void edge_ids_init(struct edge_ids *ids);
void edge_ids_release(struct edge_ids *ids);

/* The memory that they take. */
size_t edge_ids_bytes(const struct edge_ids *ids);

/*
 * Holds the configuration of each VDOM against what was listed: sets `table`, `unshown` and
 * `missing`. OK although it cannot be read.
 */
int32_t edge_table_compare(struct gate_run *run, enum device_type type, struct edge_ids *ids,
                           struct failure *reterr);

/* Counts, for each VDOM, those of `missing` that no list has shown since. */
void edge_table_count(struct gate_run *run, const struct edge_ids *ids);
#endif
