/*
 * edge_table.h - the serials of switches that a FortiGate's configuration knows.
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
#endif
