/*
 * topology.h - the ADOMs and FortiGates of one run: their membership, and what was read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * system.c adds the ADOMs and the names of their members, device_import.c each device's row;
 * unit_lists.c uses both. A struct fgt stands for any named device of the device table; `is_fgt`
 * marks the FortiGates among them. Names are unique on one FortiManager. Memory: a few hundred
 * bytes per device; nothing else of ten thousand FortiGates stays in memory.
 */
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strmap.h"
#include "base/vector.h"
#include "catalogue/attributes.h"
#include "host/operation.h"

/* The scope of devices in no ADOM, and the prefix of an ADOM's scope. */
#define SCOPE_NONE   "none"
#define SCOPE_PREFIX "adom:"

struct fmg_vdom {
    const char *name;
    uint32_t adom; /* STRMAP_NONE = not reported */
    uint32_t next; /* of the same device; STRMAP_NONE = last */
};

/* What the closing request has found at a FortiGate: a changed table, or device database. */
enum fmg_shift { SHIFT_NONE, SHIFT_DATABASE, SHIFT_TABLE };

struct fgt {
    const char *name;
    int64_t oid;                         /* FortiManager's id; 0 = not reported */
    const char *sn;                      /* from the last row or ADOM that showed it; NULL = none */
    const char *serials;                 /* of all members, sorted, joined ", "; NULL = not read */
    bool read;                           /* its row in a device table was read */
    uint32_t reading;                    /* number of the device table pass that last showed it */
    bool gone;                           /* it no longer exists */
    bool is_fgt;                         /* a FortiGate: its switches and access points are read */
    bool connected;                      /* FortiManager reaches it */
    bool older_path;                     /* its FortiOS only knows the older path of its switches */
    uint32_t first_adom;                 /* index in memberships; STRMAP_NONE = none */
    uint32_t adom_count;                 /* number of its memberships */
    uint32_t first_vdom;                 /* index in vdoms; STRMAP_NONE = none */
    uint32_t counted[DEVICE_TYPE_COUNT]; /* units that its row counts */
    bool counts;                         /* the counters are real: authorised, no model device */
    bool settled[DEVICE_TYPE_COUNT];     /* a counter without rows has been followed up */
    bool vdoms_damaged;                  /* the name of a VDOM cannot be used in a URL */
    uint32_t snapshot;                   /* the last closing request that showed its row */
    enum fmg_shift shift;                /* what differs from the last closing request */
    uint32_t listed[DEVICE_TYPE_COUNT];  /* rows in the unit lists of all its ADOMs */
};

/* One device in one ADOM. */
struct membership {
    uint32_t adom;
    uint32_t next;     /* of the same device; STRMAP_NONE = last */
    uint32_t snapshot; /* the last ADOM table that listed it; 0 = only device rows name it */
};

VECTOR_TYPE(fgt_numbers, uint32_t)

/* What was read of one of an ADOM's tables, for the closing request: closing_counts.c. */
struct fmg_tally {
    size_t rows;
    bool wide; /* every part of the table counts as much as the whole */
};

struct adom {
    const char *name;
    const char *scope; /* "adom:NAME" */
    int64_t oid;       /* 0 = not reported */
    int64_t oid_was;   /* before this closing request; 0 = none, or not listed */
    uint32_t snapshot; /* the last ADOM table that listed it */
    bool changed;      /* has changed since it was read */
    bool empty;        /* known to have no devices */
    bool narrowed;     /* a unit list of it was requested by names of FortiGates and VDOMs */
    bool named;        /* its row listed its members, so the account sees into it */
    bool named_by_row; /* a device row names it: its own table is to be asked */
    bool asked;        /* that table was asked */
    bool listed;       /* in the ADOM table: the account sees it */
    bool wanted;       /* the setting `adoms` includes it */
    bool per_device[DEVICE_TYPE_COUNT]; /* units managed on each FortiGate separately */
    struct fmg_tally tallies[DEVICE_TYPE_COUNT];
    bool outside; /* its devices are refused while others answer: outside of the account */
    bool failed;  /* not all of its devices were read */
    struct fgt_numbers fgts; /* its devices; fmg_topology_sort() sorts them by name */
};

VECTOR_TYPE(adom_list, struct adom)
VECTOR_TYPE(fgt_list, struct fgt)
VECTOR_TYPE(membership_list, struct membership)
VECTOR_TYPE(vdom_list, struct fmg_vdom)

/* Initially all zero: empty. */
struct topology {
    struct strmap adom_index, fgt_index;
    struct strmap texts; /* those that the other members borrow: see strmap_keep() */
    struct adom_list adoms;
    struct fgt_list fgts;
    struct membership_list memberships;
    struct vdom_list vdoms;
    size_t adom_bytes; /* memory of the lists that the ADOMs own */
};

/* Frees everything the topology owns, its texts included. */
void fmg_topology_release(struct topology *topology);

/* Finds or adds an ADOM; NULL without memory. The pointer is valid until the next addition. */
struct adom *fmg_topology_adom(struct topology *topology, const char *name);

/* Finds or adds a device; NULL without memory. The pointer is valid until the next addition. */
struct fgt *fmg_topology_fgt(struct topology *topology, const char *name);

/* Finds an ADOM by name; NULL if unknown, and for the name NULL. */
struct adom *fmg_topology_find_adom(const struct topology *topology, const char *name);

/* Finds a device by name; NULL if unknown, and for the name NULL. */
struct fgt *fmg_topology_find_fgt(const struct topology *topology, const char *name);

/* Adds both if needed and makes the device a member of the ADOM. False without memory. */
bool fmg_topology_join(struct topology *topology, const char *fgt, const char *adom);

/* Whether a serial is that of one of the device's cluster members. */
bool fmg_fgt_has_serial(const struct fgt *fgt, const char *serial);

/* Discards what was read of a device, because its row and its units will be read again. */
void fmg_fgt_forget(struct fgt *fgt);

/* The membership of a device in an ADOM; NULL if it is no member. Valid until the next addition. */
struct membership *fmg_topology_membership(const struct topology *topology, const struct fgt *fgt,
                                           const struct adom *adom);

/* Removes a device from an ADOM. */
void fmg_topology_leave(struct topology *topology, struct fgt *fgt, struct adom *adom);

/* Adds a VDOM to a device. `adom` NULL = not reported. False without memory. */
bool fmg_topology_add_vdom(struct topology *topology, const char *fgt, const char *vdom,
                           const char *adom);

/* The VDOMs of a FortiGate that are in an ADOM: those whose row names it, or no ADOM. */
struct vdom_cursor {
    const struct topology *topology;
    uint32_t adom;
    uint32_t next; /* index in vdoms; internal */
    bool none;     /* the FortiGate reported no VDOM: `root` stands for them; internal */
};

struct vdom_cursor fmg_vdoms_of(const struct topology *topology, const struct fgt *fgt,
                                uint32_t adom);

/* The name of the next VDOM; NULL = there is none. */
const char *fmg_vdom_next(struct vdom_cursor *cursor);

/* Whether an ADOM has a FortiGate, so that it has unit lists. */
bool fmg_topology_holds_fgts(const struct topology *topology, const struct adom *adom);

/* Memory in use, in bytes. */
size_t fmg_topology_bytes(const struct topology *topology);

/* Sorts the devices of each ADOM by name: the order in which unit lists are read. */
void fmg_topology_sort(struct topology *topology);

/*
 * Stores the ADOMs of a device (NULL = none) in `ret`, at most `most`, sorted by name. Returns how
 * many it stored.
 */
size_t fmg_topology_adoms_of(const struct topology *topology, const struct fgt *fgt,
                             const struct adom **ret, size_t most);
#endif
