/*
 * gate.h - what the parts of the FortiGate source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All that is ever asked, by GET, the token in the header Authorization:
 *   monitor/system/status              system.c    who it is, and which VDOMs the token may see;
 *                                                  again where a list shows other VDOMs
 *   monitor/web-ui/state               system.c    what the token may read, and what is off
 *   monitor/system/csf                 cluster.c   members of the cluster, gates of the fabric
 *   monitor/system/ha-peer             cluster.c   members of the cluster, and at the end again
 *   monitor/system/ha-checksums        cluster.c   the same, where ha-peer does not tell
 *   cmdb/system/ha                     cluster.c   mode and name of the cluster, where csf does not
 *   cmdb/system/global                 system.c    coordinates, where they are ticked
 *   monitor/switch-controller/managed-switch[/status], monitor/wifi/managed_ap    edges.c
 *   cmdb/switch-controller/managed-switch, cmdb/wireless-controller/wtp    edge_table.c, after each
 *                                                  list, and where a switch in it has no serial
 *
 * A scope is `gate:SERIAL/vdom:NAME`. SERIAL is the first, in their order, of the cluster's usable
 * serials: it stays when another member takes over. Where no member has one (a virtual machine
 * without a licence), the address stands in its place. The firewalls themselves are listed in the
 * management VDOM, or where the token does not see it, in the first that it sees.
 */
#ifndef GATE_H
#define GATE_H

#include "base/buffer.h"
#include "base/limits.h"
#include "base/strmap.h"
#include "catalogue/models.h"
#include "inventory/inventory.h"
#include "sources/guide.h"
#include "sources/source.h"

#define GATE_VDOMS_MAX  1024 /* FortiOS allows 500 on the largest model */
#define GATE_UNREAD_MAX 8
#define SCOPE_TEXT_MAX  (ADDRESS_TEXT_MAX + NAME_MAX_BYTES + 16) /* "gate:SERIAL/vdom:NAME" */

/* What the token may read, as far as its profile is known. */
enum right { RIGHT_UNKNOWN, RIGHT_NONE, RIGHT_READ };

enum ha_role { ROLE_UNKNOWN, ROLE_SECONDARY, ROLE_PRIMARY };

/* Calls that reach, and so name, only living members. */
enum living { LIVING_PEERS = 1, LIVING_CHECKSUMS = 2 };

/* One physical unit of the cluster; the first is the one that answers, if its serial is usable. */
struct gate_member {
    char serial[SERIAL_MAX + 1];
    char hostname[NAME_MAX_BYTES + 1];
    enum ha_role role;
    int64_t vcluster;  /* of the row that named the role: the lowest decides */
    bool connected;    /* it answers, or one of the next has named it */
    unsigned named_by; /* enum living */
};

/* What the configuration of a VDOM says of units of one type. */
enum table { TABLE_UNREAD, TABLE_ABSENT, TABLE_READ };

struct gate_vdom {
    const char *name, *scope;
    bool listed;   /* the status of the gate named it */
    bool doubtful; /* the token's own list of VDOMs lacks it, and it has not answered */
    /* In the unit list that is being read: */
    bool shown, answered;   /* it stood in the answer for all VDOMs; it gave an answer */
    bool absent;            /* 404: it has no such controller */
    uint64_t rows, at_once; /* of it; of them in the answer for all VDOMs */
    enum table table;
    uint64_t unlisted; /* units that the configuration has and the unit list does not */
    uint64_t unshown;  /* rows that the configuration counts and does not show */
};

struct gate_run {
    struct source_call *call;
    struct inventory *inventory;
    struct buffer token;  /* secret */
    bool formats_refused; /* this version does not take format=: whole rows are asked for */
    int32_t unreachable;  /* calls in a row that found nobody, and what the last one said */
    struct failure lost;
    const char *unread[GATE_UNREAD_MAX]; /* static: calls whose facts are missing */
    size_t unread_count;

    /* Whose answers came, as they say it: the first unit's, and those of others. */
    char answering[SERIAL_MAX + 1], others[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    size_t other_count;
    bool replaced;    /* another unit of the cluster answered earlier in this call */
    bool vdoms_moved; /* a list showed other VDOMs than the status */

    /* system.c */
    char serial[SERIAL_MAX + 1]; /* "" = none that is usable */
    char hostname[NAME_MAX_BYTES + 1], version[32], model[MODEL_MAX];
    char latitude[32], longitude[32];
    int64_t build;
    bool model_guessed, multi_vdom;
    struct strmap texts; /* owns the names and scopes of the VDOMs */
    const char *home;    /* name of the VDOM that lists the firewalls; NULL = no VDOM was told */
    struct gate_vdom *vdoms;
    size_t vdom_count, vdom_capacity;
    enum right edges_right, system_right, fabric_right; /* wifi; sysgrp's cfg; secfabgrp */
    bool fabric_on;                                     /* it says so */
    bool off[DEVICE_TYPE_COUNT];       /* the controller of this type is switched off ... */
    char off_vdom[NAME_MAX_BYTES + 1]; /* ... in this VDOM */

    /* cluster.c */
    struct gate_member members[IDENTITY_SERIALS_MAX];
    size_t member_count;
    char unusable[IDENTITY_SERIALS_MAX][NAME_MAX_BYTES + 1]; /* names of those without a serial */
    size_t unusable_count;
    bool unnamed; /* a row of the members names none */
    bool members_known;
    bool living_told, living_unread; /* which members are there; it was asked in vain */
    struct failure members_unread;   /* why they are not */
    bool members_untold;             /* the calls that list them list none, or do not exist */
    bool members_refused;            /* one of them was, for want of a right */
    const char *ha_mode;             /* static; NULL = unknown */
    char cluster[NAME_MAX_BYTES + 1], management_ip[64];
    char serials[IDENTITY_SERIALS_MAX * (SERIAL_MAX + 2)]; /* sorted, joined by ", " */
    char scope[ADDRESS_TEXT_MAX + 8]; /* "gate:SERIAL", with which all scopes begin */
    struct json_object *fabric;       /* owned: the gates of the Security Fabric; NULL = not told */
    size_t fabric_bytes;              /* its memory, which the next reply has less */
};
#endif
