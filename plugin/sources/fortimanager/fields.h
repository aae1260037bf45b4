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

/* FortiManager's version, which decides what fields it knows. */
struct fmg_version {
    int major, minor, patch; /* major 0 = unknown */
};

/* Whether a version is that version or newer. False for an unknown version. */
bool fmg_version_at_least(const struct fmg_version *version, int major, int minor, int patch);

/*
 * Whether every switch-id is a serial number: only FortiOS 7.4.0 and later can rename a switch, and
 * a FortiManager before 7.4.0 does not manage it. False for an unknown version.
 */
bool fmg_ids_are_serials(const struct fmg_version *version);

/* Whether the switch tables have `sn`, or may have it: an older version refuses the whole table. */
bool fmg_knows_switch_sn(const struct fmg_version *version);

/*
 * Each returns a JSON array of a table's fields, which the caller releases. `need_managed_sn`: with
 * the FortiManager's own serial, as its devices report it.
 */
struct buffer fmg_fields_device(const struct settings *settings, bool need_managed_sn);
struct buffer fmg_fields_unit(enum device_type type, const struct fmg_version *version);
#endif
