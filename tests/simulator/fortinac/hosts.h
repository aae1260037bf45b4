/*
 * hosts.h - the hosts of a FortiNAC: one for each machine with an agent, and more for some; one for
 * each adapter without (G.1).
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef FORTINAC_HOSTS_H
#define FORTINAC_HOSTS_H

#include "machines.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HOST_TEXT_SIZE 96
#define HOST_ADAPTERS  2

/* Hosts that the faults row-added and row-removed may move. */
#define MAXIMUM_MOVING 4

/* Where a host is connected: the port of a switch that a FortiGate manages (G.1). */
struct place {
    const char *fgt; /* NULL: nowhere */
    const char *address;
    const char *vdom;
    const char *switch_serial;
    unsigned port;
};

struct host {
    int64_t id;
    const struct machine *machine;              /* NULL: no agent, no serial */
    char name[MACHINE_TEXT_SIZE];               /* "": null */
    char macs[HOST_ADAPTERS][MACHINE_MAC_SIZE]; /* the primary one first */
    size_t mac_count;
    const char *system;
    const char *owner;
    const char *role;
    const char *agent_version;
    int type;
    const char *type_label;
    bool connected;
    bool mdm;
    int64_t polled_ms;         /* 0: never */
    int64_t adapter_polled_ms; /* of its first adapter; 0: never */
    int64_t created_ms;
    struct place place;
    bool absent; /* of the faults row-added and row-removed */
};

struct hosts {
    struct machines machines;
    struct host *items; /* by id */
    size_t count;
    struct host *moving[MAXIMUM_MOVING]; /* in the order in which they come or go */
    size_t moving_count;
    size_t moved;
};

/* Grows them from a seed. */
void hosts_grow(struct hosts *hosts, uint64_t seed, uint32_t machines, uint32_t rogues);
void hosts_release(struct hosts *hosts);

/* Chooses `count` hosts that will move, with a serial each that no other host has. They are absent
 * at first if they will be added. */
void hosts_choose_moving(struct hosts *hosts, size_t count, bool added);

/* Moves the next one. */
void hosts_move(struct hosts *hosts);

/* The serial, or NULL. */
const char *host_serial(const struct host *host);

/* "FortiGateRugged-60F [192.168.130.1]:root:SR12DPTD21001461:port1", or "". */
void host_location(const struct host *host, char ret_text[HOST_TEXT_SIZE]);

/* Unix seconds of the newest contact, of the host or its adapter; 0: never. */
int64_t host_contact(const struct host *host);

#endif
