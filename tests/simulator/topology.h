/*
 * topology.h - the state of the simulated FortiManager, grown from a seed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The topology is built once, before the first request, and only motion.h and change.h change it.
 * Devices and managed units (switches and access points, struct unit) are in flat arrays; an ADOM
 * has pointers into them in the orders of the tables. The units of one FortiGate are next to each
 * other.
 */
#ifndef SIMULATOR_TOPOLOGY_H
#define SIMULATOR_TOPOLOGY_H

#include "catalog.h"
#include "random.h"
#include "settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAXIMUM_VDOMS 4

/* From this number of FortiGates on, every kind and special case occurs at least once, and so do
 * rows of other products. A smaller topology has no special cases. */
#define FULL_TOPOLOGY 20

/* Rows of a table in one order; the pointers are to struct adom, device or managed unit. */
struct rows {
    const void **items;
    size_t count;
    size_t capacity;
};

void rows_add(struct rows *rows, const void *item);

struct adom {
    const char *name;
    const char *description;
    int oid;
    int mode;            /* 1 gms, 2 provider */
    const char *product; /* restricted_prds, verbose */
    int64_t product_bit; /* the same, not verbose */
    bool factory;
    bool away;       /* absent now (change.h) */
    bool per_device; /* each FortiGate keeps its switches and access points (section 3.4) */
    struct rows devices_by_name;
    struct rows devices_by_oid;
    struct rows switches;
    struct rows access_points;
};

struct vdom {
    const char *name;
    const struct adom *adom; /* NULL: in no ADOM */
};

struct member {
    const char *name; /* "" when FortiManager does not know it */
    char serial[24];
    int oid;
    bool master;
    int priority;
    int index;
    int status; /* 1 up; 0 or 2 down */
};

/* The values are FortiManager's own numbers (section 3.2). */
enum connection { CONNECTION_UNKNOWN = 0, CONNECTION_UP = 1, CONNECTION_DOWN = 2 };
enum management {
    MANAGEMENT_UNREGISTERED = 0,
    MANAGEMENT_FORTIMANAGER = 1,
    MANAGEMENT_LOGS = 2,
    MANAGEMENT_BOTH = 3
};
enum product {
    PRODUCT_FIREWALL = 0,
    PRODUCT_SWITCH = 1,
    PRODUCT_MAIL = 3,
    PRODUCT_ANALYZER = 4,
    PRODUCT_WEB = 5,
    /* The reference only has the names of these two; the numbers are made up. */
    PRODUCT_ACCESS_POINT = 19,
    PRODUCT_SASE = 27
};

#define FLAG_HAS_DISK        UINT64_C(1)
#define FLAG_VDOM_ENABLED    UINT64_C(2)
#define FLAG_IS_MODEL        UINT64_C(262144)
#define FLAG_LINKED_TO_MODEL UINT64_C(67108864)
#define FLAG_NEED_RESET      UINT64_C(34359738368)

struct device {
    const char *name;
    const char *hostname;
    const char *platform;
    const char *description;
    const char *latitude;
    const char *longitude;
    const char *ha_group;
    char serial[24]; /* "" when the row has no sn: a model device with a pre-shared key */
    char address[16];
    const struct model *model;
    struct member *members;
    uint32_t member_count;
    struct vdom vdoms[MAXIMUM_VDOMS];
    uint32_t vdom_count;
    uint64_t flags;
    int oid;
    int product;
    int os_ver;
    int mr;
    int patch;
    int build;
    int connection;
    int management;
    int ha_mode;       /* 0 standalone, 1 AP, 2 AA */
    size_t first_unit; /* its managed units, next to each other */
    size_t unit_count;
    int switch_count;
    int access_point_count;
    int last_checked;
    bool dead; /* conn_status is up, but proxied queries are never answered */
    bool away; /* absent now (motion.h) */
    bool bare; /* its last VDOM manages nothing */
};

/* Why a row of a unit list or a device table is no asset; ASSET when it is one. */
enum reason {
    ASSET,
    REASON_MODEL_DEVICE,
    REASON_UNAUTHORIZED,
    REASON_SERVICE,
    REASON_OTHER_PRODUCT,
    REASON_PRE_PROVISIONED,
    REASON_WILDCARD,
    REASON_LOCAL_RADIO,
    REASON_INVALID_SERIAL
};

struct unit {
    const char *name;
    const char *id; /* switch-id or wtp-id */
    char serial[24];
    const struct model *model;
    const struct device *fgt;
    uint32_t vdom;
    enum reason reason;
    unsigned number; /* the same in both unit lists of a unit that is listed twice */
    bool access_point;
    bool connected;
    bool double_listed; /* is in the unit lists of two FortiGates */
    bool superseded;    /* the outdated one of the two rows: not connected there */
};

struct system_unit {
    char serial[24];
    char peer_serial[24]; /* "" for a single unit */
    const char *hostname;
    const char *peer_hostname;
    const char *version; /* "7.4.7" */
    int major;
    int minor;
    int patch;
    int build;
};

struct topology {
    struct system_unit system;
    struct adom *adoms;
    size_t adom_count;
    struct device *devices;
    size_t device_count;
    struct unit *units;
    size_t unit_count;
    struct rows adoms_by_name;
    struct rows adoms_by_oid;
    struct rows devices_by_name;
    struct rows devices_by_oid;
    /* Used while the topology grows. */
    struct random random;
    uint32_t serial_start;
    uint32_t serial_number;
    uint32_t next_oid;
    uint32_t double_listings_left;
    struct rows strings; /* owns every string of the topology */
};

void topology_build(struct topology *topology, const struct settings *settings);
void topology_release(struct topology *topology);

/* Rebuilds all orders. Call it after names, ADOMs, FortiGates or units have changed or become
 * absent. */
void topology_reindex(struct topology *topology);

/* Another member takes over, if one can. */
void topology_fail_over(struct device *device);

/* NULL when no ADOM has exactly that name. */
const struct adom *topology_find_adom(const struct topology *topology, const char *name);
const struct device *topology_find_device(const struct topology *topology, const char *name);

/* Why the row of a device is no asset, or ASSET. */
enum reason device_reason(const struct device *device);

/* True when a VDOM of the device is in that ADOM. */
bool device_is_in(const struct device *device, const struct adom *adom);

/* True for a FortiGate whose switches and access points FortiManager lists. */
bool device_manages(const struct device *device);

/* False for a unit that its ADOM's table lacks, because the FortiGate keeps it (per-device
 * mode). */
bool unit_is_in_table(const struct unit *unit);

/* Only for the files that grow the topology. */
const char *topology_keep(struct topology *topology, char *string);
void topology_serial(struct topology *topology, const struct model *model, char *ret_serial);
void topology_grow_devices(struct topology *topology, const struct settings *settings);
void topology_grow_units(struct topology *topology, const struct settings *settings);

#endif
