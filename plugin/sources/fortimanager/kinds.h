/*
 * kinds.h - what differs between the kinds of managed units of a FortiManager: switches and access
 * points.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef KINDS_H
#define KINDS_H

#include "sources/fortios/fortios.h"

struct fmg_kind {
    /* The unit list of an ADOM: */
    const char *table;      /* behind the ADOM's URL */
    const char *fields[4];  /* members that are requested beside those of the columns, up to NULL */
    const char *state;      /* member: "enable" if authorised */
    const char *counter;    /* member of a FortiGate's row: how many units it manages */
    const char *per_device; /* flag of an ADOM whose FortiGates manage them separately */
    /* Of the table in a device database, as JSON; the latter without `sn`; NULL = the same */
    const char *database_fields, *database_fields_old;
};

/* By device type; a type without a table is no managed unit. */
extern const struct fmg_kind fmg_kinds[DEVICE_TYPE_COUNT];

/* Whether ADOMs list units of a type: firewalls and managed units. */
bool fmg_adoms_list(enum device_type type);
#endif
