/*
 * devices.h - /dvmdb/device, /dvmdb/adom/{a}/device, and devices inside /dvmdb/adom.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_DEVICES_H
#define SIMULATOR_DEVICES_H

#include "table.h"

extern const struct table device_table;

/* Reads "sub fetch"; returns a status code. */
int devices_read_sub_fetch(struct query *query, struct json_object *param);

/* The rows in the order that the query requests. */
const struct rows *devices_choose(const struct query *query, const struct rows *by_name,
                                  const struct rows *by_oid);

/* Writes the members of a cluster as a value; null when there are none. */
void devices_write_members(struct text *text, const struct device *device,
                           const struct query *query);

/* Write the tables inside a row, each with its key; nothing when "sub fetch" hides it. */
void devices_write_ha_slave(struct text *text, const void *row, const struct query *query);
void devices_write_onboard_rule(struct text *text, const void *row, const struct query *query);
void devices_write_vdoms(struct text *text, const void *row, const struct query *query);
void devices_write_meta_fields(struct text *text, const void *row, const struct query *query);

#endif
