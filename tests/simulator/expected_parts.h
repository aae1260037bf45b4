/*
 * expected_parts.h - the parts of what is expected, and their common functions.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef SIMULATOR_EXPECTED_PARTS_H
#define SIMULATOR_EXPECTED_PARTS_H

#include "simulator.h"
#include "text.h"

/* The most names or serials in a unit's list: VDOMs, members. */
#define MOST_NAMES 8

/* A member with text, or null. */
void expected_put(struct text *text, const char *key, const char *value);

/* Sorts and removes duplicates; returns the number that remain. */
size_t expected_sort(const char **values, size_t count);

/* As above, for a member that is a list. */
void expected_put_list(struct text *text, const char *key, const char **values, size_t count);

/* Members of "attributes". Unknown values are left out: a text or list without characters (a text
 * becomes one line), a number or time that is 0, an address that is `unknown`. */
void expected_put_text(struct text *text, const char *id, const char *value);
void expected_put_joined(struct text *text, const char *id, const char **values, size_t count);
void expected_put_number(struct text *text, const char *id, int64_t number);
void expected_put_time(struct text *text, const char *id, int64_t seconds);
void expected_put_boolean(struct text *text, const char *id, bool value);
void expected_put_address(struct text *text, const char *id, const char *address,
                          const char *unknown);

/* The names of the ADOMs of some VDOMs, and the serials of a FortiGate: sorted. */
size_t expected_adoms(const struct vdom *vdoms, size_t count, const char **ret);
size_t expected_serials(const struct device *fgt, const char **ret);

/* "firewall", "switch", "access_point", "other". */
const char *expected_kind(const struct device *device);

/* The serial in a row of a unit list; for a row that is no asset, the id. */
const char *expected_serial(const struct unit *unit);

/* The scope that lists a unit: its first ADOM that the account may see, or "none". The caller frees
 * it. */
char *expected_scope(const struct simulator *simulator, const struct vdom *vdoms, size_t count);

/* The members "units", "not_assets" and "double_listed" (expected_units.c). */
void expected_write_units(struct text *text, const struct simulator *simulator);

/* The members "attributes" and "live" of a unit (expected_attributes.c). `member` NULL: no cluster.
 */
void expected_write_device_attributes(struct text *text, const struct device *device,
                                      const struct member *member, const char *title);
void expected_write_unit_attributes(struct text *text, const struct unit *unit, const char *title);

/* The members "scopes", "refused" and "incomplete" (expected_scopes.c). */
void expected_write_scopes(struct text *text, const struct simulator *simulator);

#endif
