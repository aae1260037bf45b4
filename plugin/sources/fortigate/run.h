/*
 * run.h - state that the parts of the FortiGate source share during one call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All requests are GETs with the token in the Authorization header:
 *   monitor/system/status              system.c    identity and visible VDOMs; repeated if a unit
 *                                                  list shows other VDOMs
 *   monitor/web-ui/state               system.c    the token's rights; controllers switched off
 *   monitor/system/csf                 cluster.c   cluster members; FortiGates of the fabric
 *   monitor/system/ha-peer             cluster.c   cluster members; repeated at the end
 *   monitor/system/ha-checksums        cluster.c   the same, if ha-peer is not sufficient
 *   cmdb/system/ha                     cluster.c   HA mode and cluster name, if csf lacks the mode
 *   cmdb/system/global                 system.c    coordinates, if these attributes are selected
 *   monitor/switch-controller/managed-switch[/status], monitor/wifi/managed_ap    unit_list.c
 *   cmdb/switch-controller/managed-switch, cmdb/wireless-controller/wtp    unit_table.c, after each
 *                                                  unit list, and for switches without a serial
 *
 * A scope is `gate:SERIAL/vdom:NAME`. SERIAL is the first usable serial of the cluster in sort
 * order: a fail-over does not change it. If no member has a usable serial (a virtual machine
 * without a licence), the address takes its place. The firewalls themselves are listed in the
 * management VDOM or, if the token cannot see it, in the first VDOM that it can see.
 */
#ifndef FGT_RUN_H
#define FGT_RUN_H

#include "base/strmap.h"
#include "catalogue/models.h"
#include "net/rest.h"
#include "sources/source.h"

/* A right of the token, as its access profile states it. */
enum right { RIGHT_UNKNOWN, RIGHT_NONE, RIGHT_READ };

enum ha_role { ROLE_UNKNOWN, ROLE_SECONDARY, ROLE_PRIMARY };

/* Calls that list connected members only; bits of fgt_member.named_by. */
enum living { LIVING_PEERS = 1, LIVING_CHECKSUMS = 2 };

/*
 * One physical unit of the cluster. The first is the unit that answered, if its serial is usable.
 */
struct fgt_member {
    char serial[SERIAL_MAX + 1];
    char hostname[NAME_MAX_BYTES + 1];
    enum ha_role role;
    int64_t vcluster;  /* virtual cluster whose row set `role`: the lowest counts */
    bool connected;    /* it answered, or a call of enum living lists it */
    unsigned named_by; /* bits of enum living */
};

/* The configuration table of one device type in a VDOM; absent = 404. */
enum table { TABLE_UNREAD, TABLE_ABSENT, TABLE_READ };

struct fgt_vdom {
    const char *name, *scope;
    bool listed;   /* monitor/system/status names it */
    bool doubtful; /* not in the token's VDOM list, and has not answered */
    /* State of the unit list that is being read: */
    bool shown, answered;   /* the answer for all VDOMs has it; it answered */
    bool absent;            /* 404: it has no such controller */
    uint64_t rows, at_once; /* read; of these, in the answer for all VDOMs */
    enum table table;
    uint64_t unlisted; /* configured units that no unit list shows */
    uint64_t unshown;  /* configuration rows that are counted but not returned */
};

VECTOR_TYPE(vdom_list, struct fgt_vdom)

struct fgt_run {
    struct source_call *call;
    struct operation *operation; /* of `call`, as the next */
    const struct settings *settings;
    struct inventory *inventory;
    struct buffer token;  /* secret */
    struct rest rest;     /* the connection of `call`, with the token */
    bool formats_refused; /* this version refuses format=: whole rows are requested */
    int32_t unreachable;  /* calls in a row that failed as unreachable; the last failure */
    struct failure lost;
    const char *unread[FGT_UNREAD_MAX]; /* static: paths of calls whose data is missing */
    size_t unread_count;

    /* Serials in the answers: of the first unit that answered, and of other units. */
    char answering[SERIAL_MAX + 1], others[IDENTITY_SERIALS_MAX][SERIAL_MAX + 1];
    size_t other_count;
    const struct fgt_run *former;     /* the first reading of this call; NULL = this is it */
    bool replaced;                    /* another member answered the first reading */
    bool vdoms_moved;                 /* a unit list shows other VDOMs than the status */
    char changed[NAME_MAX_BYTES + 1]; /* what changed during this reading; "" = nothing */

    /* system.c */
    char serial[SERIAL_MAX + 1]; /* "" = no usable serial */
    char hostname[NAME_MAX_BYTES + 1], version[32], model[MODEL_MAX];
    struct buffer shared; /* attributes that all members share, packed; empty = none */
    int64_t build;
    bool model_guessed, multi_vdom;
    struct strmap texts; /* owns the names and scopes of the VDOMs */
    const char *home;    /* name of the VDOM that lists the firewalls; NULL = none was named */
    struct vdom_list vdoms;
    enum right units_right, system_right, fabric_right; /* groups wifi; sysgrp's cfg; secfabgrp */
    bool fabric_on;                                     /* web-ui/state reports csf_enabled */
    bool off[DEVICE_TYPE_COUNT];       /* the controller of this type is switched off ... */
    char off_vdom[NAME_MAX_BYTES + 1]; /* ... in this VDOM */

    /* cluster.c */
    struct fgt_member members[IDENTITY_SERIALS_MAX];
    size_t member_count;
    char unusable[IDENTITY_SERIALS_MAX][NAME_MAX_BYTES + 1]; /* names of those without a serial */
    size_t unusable_count;
    bool unnamed; /* a member row has neither a serial nor a name */
    bool members_known;
    bool living_reported, living_unread; /* a call listed the connected members; one did not */
    struct failure members_unread;       /* why the members are not known */
    bool members_unlisted; /* a call that lists members is missing (404) or lists none */
    bool members_refused;  /* a call that lists members was refused for lack of a right */
    const char *ha_mode;   /* static; NULL = unknown */
    char cluster[NAME_MAX_BYTES + 1], management_ip[64];
    char serials[IDENTITY_SERIALS_MAX * (SERIAL_MAX + 2)]; /* sorted, joined by ", " */
    char scope[ADDRESS_TEXT_MAX + 8]; /* "gate:SERIAL", the prefix of all scopes */
    struct json_object *fabric; /* owned: FortiGates of the Security Fabric; NULL = not known */
    struct budget_share fabric_tree;
};
#endif
