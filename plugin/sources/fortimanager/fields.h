/*
 * fields.h - which fields of FortiManager's rows a run requests, and for which attribute.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The only place that decides this. Identity, classification, connection and membership are always
 * requested, anything else only for a selected attribute.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "base/buffer.h"
#include "settings/settings.h"

/* FortiManager's version, which decides what fields it knows, to be compared; 0 = unknown. */
#define FMG_VERSION(major, minor, patch) (((major)*1000 + (minor)) * 1000 + (patch))

/*
 * Whether every switch-id is a serial number: only FortiOS 7.4.0 and later can rename a switch, and
 * a FortiManager before 7.4.0 does not manage it. False for an unknown version.
 */
bool fmg_ids_are_serials(int32_t version);

/* Whether the switch tables have `sn`, or may have it: an older version refuses the whole table. */
bool fmg_knows_switch_sn(int32_t version);

/*
 * Each returns a JSON array of a table's fields, which the caller releases. `need_managed_sn`: with
 * the FortiManager's own serial, as its devices report it.
 */
struct buffer fmg_fields_device(const struct settings *settings, bool need_managed_sn);
struct buffer fmg_fields_unit(enum device_type type, int32_t version);
#endif
