/*
 * topology.h - the ADOMs and gates of one run: who is a member of what, and what was read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Filled by system.c (ADOMs and the names of their members), then by device_import.c (each gate's
 * row), then used by unit_lists.c. Names are unique on one FortiManager. A few hundred bytes a
 * gate; that is all that stays in memory of ten thousand of them.
 */
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strmap.h"
#include "catalogue/attributes.h"
#include "host/operation.h"

/* The scope of a device that is in no ADOM. */
#define SCOPE_NONE   "none"
#define SCOPE_PREFIX "adom:"

struct gate_vdom {
    const char *name;
    uint32_t adom; /* STRMAP_NONE = not told */
    uint32_t next; /* of the same gate; STRMAP_NONE = last */
};

struct gate {
    const char *name;
    int64_t oid;                        /* FortiManager's own; 0 = not reported */
    const char *sn;                     /* of the last row or ADOM that showed it; NULL = none */
    const char *serials;                /* of all members, sorted, joined ", "; NULL = not read */
    bool read;                          /* its device row was seen */
    uint32_t reading;                   /* of a device table: the last that showed it */
    bool gone;                          /* it does not exist any more */
    bool ours;                          /* a product whose switches and access points are read */
    bool connected;                     /* FortiManager reaches it now */
    bool older_path;                    /* it does not know the newer path of its switches */
    uint32_t first_adom;                /* in memberships; STRMAP_NONE = none */
    uint32_t adom_count;                /* of them */
    uint32_t first_vdom;                /* in vdoms */
    uint32_t switches, access_points;   /* as the row counts them */
    bool counts;                        /* its counters mean something: no model, authorised */
    bool settled[DEVICE_TYPE_COUNT];    /* what it counts and lists no row of was looked into */
    bool vdoms_damaged;                 /* a VDOM has a name that cannot be asked for */
    uint32_t snapshot;                  /* the last closing request that showed its row */
    uint32_t listed[DEVICE_TYPE_COUNT]; /* rows, by the unit lists of all its ADOMs */
};

/* One gate in one ADOM. */
struct membership {
    uint32_t adom;
    uint32_t next;     /* of the same gate; STRMAP_NONE = last */
    uint32_t snapshot; /* the last ADOM table that listed it; 0 = only rows name it */
};

struct adom {
    const char *name;
    const char *scope;                  /* "adom:NAME" */
    int64_t oid;                        /* 0 = not reported */
    uint32_t snapshot;                  /* the last ADOM table that listed it */
    bool changed;                       /* since it was read */
    bool empty;                         /* it names no device and counts none */
    bool uncounted;                     /* it names none, and does not say how many it counts */
    bool named;                         /* it named devices of its own: the account sees into it */
    bool named_by_row;                  /* though it named no device: its own table is asked */
    bool asked;                         /* it was */
    bool listed;                        /* in the ADOM table: the account sees it */
    bool wanted;                        /* by the setting adoms */
    bool per_device[DEVICE_TYPE_COUNT]; /* switches, access points: managed gate by gate */
    bool outside; /* its devices are refused while others answer: outside of the account */
    struct failure *failure; /* why its devices were not all read; NULL = they were */
    uint32_t *gates;         /* sorted by name once complete */
    size_t gate_count, gate_capacity;
};

struct topology {
    struct strmap adom_index, gate_index, texts;
    struct adom *adoms;
    struct gate *gates;
    struct membership *memberships;
    struct gate_vdom *vdoms;
    size_t adom_count, adom_capacity, gate_count, gate_capacity;
    size_t membership_count, membership_capacity, vdom_count, vdom_capacity;
    size_t array_bytes; /* of all arrays */
};

void topology_init(struct topology *topology);
void topology_release(struct topology *topology);

/* Each finds or adds; NULL without memory. Pointers are valid until the next addition. */
struct adom *topology_adom(struct topology *topology, const char *name);
struct gate *topology_gate(struct topology *topology, const char *name);

/* NULL when unknown. */
struct adom *topology_find_adom(const struct topology *topology, const char *name);
struct gate *topology_find_gate(const struct topology *topology, const char *name);

/* Notes that a gate is a member of an ADOM; once is enough. False without memory. */
bool topology_join(struct topology *topology, const char *gate, const char *adom);

/* Whether a serial is one of a gate's members. */
bool gate_has_serial(const struct gate *gate, const char *serial);

/* What was read of a gate counts no more: its row and its units are read again. */
void gate_forget(struct gate *gate);

/* The membership of a gate in an ADOM, or NULL. */
struct membership *topology_membership(const struct topology *topology, const struct gate *gate,
                                       const struct adom *adom);

/* The gate is no member of the ADOM any more. */
void topology_leave(struct topology *topology, struct gate *gate, struct adom *adom);

/* Notes a VDOM of a gate. `adom` NULL = not told. False without memory. */
bool topology_add_vdom(struct topology *topology, const char *gate, const char *vdom,
                       const char *adom);

/* Whether an ADOM has a gate whose switches and access points are read. */
bool topology_holds_gates(const struct topology *topology, const struct adom *adom);

/* A copy that lives as long as the topology; NULL without memory. */
const char *topology_keep(struct topology *topology, const char *text);

/* The memory it takes. */
size_t topology_bytes(const struct topology *topology);

/* Sorts ADOMs' gates by name: the order in which unit lists are read. */
void topology_sort(struct topology *topology);

/*
 * The ADOMs of a gate, sorted by name: up to `most`; returns how many there are.
 */
size_t topology_adoms_of(const struct topology *topology, const struct gate *gate,
                         const struct adom **ret, size_t most);
#endif
