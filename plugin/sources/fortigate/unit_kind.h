/*
 * unit_kind.h - what differs between the managed units of a FortiGate: switches and access points.
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FGT_UNIT_KIND_H
#define FGT_UNIT_KIND_H

#include "rest.h"

struct unit_kind {
    enum device_type type;
    /* The unit list: */
    const char *path, *old_path; /* the latter of older releases; NULL = they have the same */
    const char *format;
    bool has_pages;          /* it is known to accept `start` and `count` */
    const char *titles[3];   /* members that name a unit for people, best first, up to NULL */
    bool may_be_local_radio; /* a row may be the built-in radio of a FortiWiFi */
    bool may_be_virtual;     /* ATTRIBUTE_virtual_machine applies */
    /* The configuration: */
    struct rest_query table;
    const char *id, *admin; /* members of its rows: identifier, "enable" if authorised */
    const char *serial;     /* the same; NULL = the identifier is the serial, never a free name */
};

/* By device type; FIREWALL has none. */
extern const struct unit_kind FGT_UNIT_KINDS[DEVICE_TYPE_COUNT];
#endif
